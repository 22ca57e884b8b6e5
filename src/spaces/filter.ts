import { z } from 'zod'
import type { Catalogue, Listed, Unit } from './catalogue.ts'
import { fold } from './slug.ts'
import { spaceKinds, unitKinds } from './space.ts'

/** Reads a query field: the last of repeated ones; a blank one (an empty form field) is not said at all. */
export const said = <S extends z.ZodType>(schema: S) => z.preprocess(lastSaid, schema.optional())

function lastSaid(value: unknown): unknown {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value
  return typeof last === 'string' && last.trim() === '' ? undefined : last
}

/** A query as a form shows it again: one text a field. */
export const asSaid = (query: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(query).flatMap(([field, value]) => {
    const one = lastSaid(value)
    return typeof one === 'string' ? [[field, one]] : []
  }))

/** The fields that choose spaces, wherever spaces are listed. Faults are named by message key. */
export const filterFields = {
  q: said(z.string('spaces.error.q').trim().max(100, 'spaces.error.q')),
  unitKind: said(z.enum(unitKinds, 'spaces.error.choice')),
  kind: said(z.enum(spaceKinds, 'spaces.error.choice')),
  /** The slug of an area of any level. */
  area: said(z.string('spaces.error.area').max(100, 'spaces.error.area')),
  people: said(z.string('spaces.error.people').regex(/^\d{1,5}$/, 'spaces.error.people').transform(Number).refine((n) => n > 0, 'spaces.error.people')),
}
export type Filter = { [field in keyof typeof filterFields]?: z.output<(typeof filterFields)[field]> }

const mostWords = 10

/**
 * The spaces that fit the filter, in the order of lists. Every word of `q` must be found somewhere in the space's words:
 * `sali` finds a liikuntasali, `toolo` Töölö. An area that does not exist has no spaces.
 */
export function matching({ spaces, areaBySlug }: Pick<Catalogue, 'spaces' | 'areaBySlug'>, filter: Filter): Listed[] {
  const words = fold(filter.q ?? '').split(/\s+/).filter(Boolean).slice(0, mostWords)
  const within = placed(areaBySlug, filter.area)
  return spaces.filter(({ space, unit, words: found }) =>
    (filter.unitKind === undefined || unit.kind === filter.unitKind)
    && (filter.kind === undefined || space.kind === filter.kind)
    && (filter.people === undefined || space.people >= filter.people)
    && within(unit)
    && words.every((word) => found.includes(word)))
}

/** Whether a unit lies in the area with the slug; without a slug, anywhere. */
export function placed(areaBySlug: Catalogue['areaBySlug'], slug: string | undefined): (unit: Unit) => boolean {
  if (slug === undefined) return () => true
  const area = areaBySlug.get(slug)
  return (unit) => area !== undefined && unit.areaIds.includes(area.id)
}

export type Relaxed = { drop: keyof Filter; count: number }

/** What a search without results could leave out, and how many rooms that would give: the narrowest relief first. */
export function relaxations(catalogue: Catalogue, filter: Filter): Relaxed[] {
  return (Object.keys(filter) as (keyof Filter)[])
    .filter((field) => filter[field] !== undefined)
    .map((drop) => ({ drop, count: roomsIn(matching(catalogue, { ...filter, [drop]: undefined })) }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => a.count - b.count)
}

/** How many rooms the spaces are: the halves of a hall are one with it (rulings 13). */
const roomsIn = (spaces: readonly Listed[]): number => new Set(spaces.map(({ space }) => space.wholeId ?? space.id)).size
