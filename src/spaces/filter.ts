import { z } from 'zod'
import type { Catalogue, Listed, Unit } from './catalogue.ts'
import { fold } from './slug.ts'
import { accessibilityNeeds, equipmentKinds, spaceKinds, supervisionModes, unitKinds } from './space.ts'

/** Reads a query field: the last of repeated ones; a blank one (an empty form field) is not said at all. */
export const said = <S extends z.ZodType>(schema: S) => z.preprocess(lastSaid, schema.optional())

function lastSaid(value: unknown): unknown {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value
  return typeof last === 'string' && last.trim() === '' ? undefined : last
}

/** Reads a query field that may be repeated, each time with one choice or several between commas; without any it is not said. */
export const saidMany = <S extends z.ZodType>(schema: S) => z.preprocess(allSaid, z.array(schema).max(100).optional())

function allSaid(value: unknown): unknown {
  if (value === undefined) return undefined
  const all = [value].flat().flatMap((one: unknown) => (typeof one === 'string' ? one.split(',').map((word) => word.trim()).filter(Boolean) : [one]))
  return all.length === 0 ? undefined : [...new Set(all)]
}

/** A query as a form shows it again: one text a field, or the texts of one that may be repeated. */
export const asSaid = (query: Readonly<Record<string, unknown>>): Record<string, string | string[]> =>
  Object.fromEntries(Object.entries(query).flatMap(([field, value]): [string, string | string[]][] => {
    const all = ([value].flat() as unknown[]).filter((one): one is string => typeof one === 'string' && one.trim() !== '')
    return all.length === 0 ? [] : [[field, repeated.has(field) ? all : all.at(-1)!]]
  }))

const repeated = new Set(['equipment', 'weekdays'])

/** The fields that choose spaces, wherever spaces are listed. Faults are named by message key. */
export const filterFields = {
  q: said(z.string('spaces.error.q').trim().max(100, 'spaces.error.q')),
  unitKind: said(z.enum(unitKinds, 'spaces.error.choice')),
  kind: said(z.enum(spaceKinds, 'spaces.error.choice')),
  /** The slug of an area of any level. */
  area: said(z.string('spaces.error.area').max(100, 'spaces.error.area')),
  people: said(z.string('spaces.error.people').regex(/^\d{1,5}$/, 'spaces.error.people').transform(Number).refine((n) => n > 0, 'spaces.error.people')),
  equipment: saidMany(z.enum(equipmentKinds, 'spaces.error.choice')),
  /** A need that the space is known to meet. */
  access: said(z.enum(accessibilityNeeds, 'spaces.error.choice')),
  supervision: said(z.enum(supervisionModes, 'spaces.error.choice')),
}
export type Filter = { [field in keyof typeof filterFields]?: z.output<(typeof filterFields)[field]> }

const mostWords = 10

/**
 * The spaces that fit the filter, in the order of lists. Every word of `q` must be found somewhere in the space's words:
 * `sali` finds a liikuntasali, `toolo` Töölö. An area that does not exist has no spaces.
 */
export function matching({ spaces, areaBySlug }: Pick<Catalogue, 'spaces' | 'areaBySlug'>, filter: Filter): readonly Listed[] {
  const conditions = conditionsOf(filter, areaBySlug)
  return conditions.length === 0 ? spaces : spaces.filter((one) => holdAll(conditions, one))
}

type Condition = (listed: Listed) => boolean

function holdAll(conditions: readonly Condition[], one: Listed): boolean {
  for (const holds of conditions) if (!holds(one)) return false
  return true
}

/** Only what was asked: a search looks at a thousand spaces. */
function conditionsOf({ q, unitKind, kind, people, access, supervision, equipment, area }: Filter, areaBySlug: Catalogue['areaBySlug']): Condition[] {
  const conditions: Condition[] = []
  if (unitKind !== undefined) conditions.push(({ unit }) => unit.kind === unitKind)
  if (kind !== undefined) conditions.push(({ space }) => space.kind === kind)
  if (people !== undefined) conditions.push(({ space }) => space.people >= people)
  if (access !== undefined) conditions.push(({ space }) => space.accessibility[access] === 'yes')
  if (supervision !== undefined) conditions.push(({ space }) => space.supervision.includes(supervision))
  for (const one of equipment ?? []) conditions.push(({ space }) => space.equipment.includes(one))
  if (area !== undefined) {
    const within = placed(areaBySlug, area)
    conditions.push(({ unit }) => within(unit))
  }
  for (const word of fold(q ?? '').split(/\s+/).filter(Boolean).slice(0, mostWords)) conditions.push(({ words }) => words.includes(word))
  return conditions
}

/** Whether a unit lies in the area with the slug; without a slug, anywhere. */
export function placed(areaBySlug: Catalogue['areaBySlug'], slug: string | undefined): (unit: Unit) => boolean {
  if (slug === undefined) return () => true
  const area = areaBySlug.get(slug)
  return (unit) => area !== undefined && unit.areaIds.includes(area.id)
}
