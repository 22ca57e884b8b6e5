import type { Text } from '../platform/i18n/text.ts'
import type { YearCalendar } from '../time/holidays.ts'
import type { AreaLevel, Shape } from './area.ts'
import type { Closure, Opening } from './opening.ts'
import { isAbout, type Restriction } from './restriction.ts'
import { fold } from './slug.ts'
import type { Source, Space, UnitKind } from './space.ts'

export type Area = { id: string; slug: string; level: AreaLevel; parentId: string | null; name: Text }

export type Unit = {
  id: string
  slug: string
  kind: UnitKind
  name: Text
  address: string | null
  postalCode: string | null
  lat: number
  lon: number
  /** From the smallest area to the largest. */
  areaIds: string[]
  neighbourhood: Text
  coordSource: string
  checkM: number | null
  /** Why nothing is lent here; null when the unit lends. */
  notLent: Restriction | null
  source: Source
}

/** A space with everything that seldom changes about it. */
export type Listed = {
  /** Where it stands in the catalogue's list, from 0. */
  position: number
  /** The position of the room it belongs to: of the whole that it is a half of, or its own (rulings 13). */
  room: number
  space: Space
  unit: Unit
  /** Spaces with the same hours share one list, so that what is worked out for one is known for all. */
  openings: Opening[]
  closures: Closure[]
  calendar: YearCalendar
  /** Folded words of the space, its unit and its areas in all languages; a search word matches anywhere inside. */
  words: string
}

/** Premises, openings and the year's calendar in memory; `version` changes when any of it does. */
export type Catalogue = {
  version: string
  areas: ReadonlyMap<string, Area>
  areaBySlug: ReadonlyMap<string, Area>
  /** By area id; a city that brought no outlines has none. */
  shapes: ReadonlyMap<string, Shape>
  units: ReadonlyMap<string, Unit>
  unitBySlug: ReadonlyMap<string, Unit>
  /** In the order of lists: by unit's name, then by the space's position. */
  spaces: readonly Listed[]
  spaceById: ReadonlyMap<string, Listed>
  spaceBySlug: ReadonlyMap<string, Listed>
  spacesOfUnit: ReadonlyMap<string, readonly Listed[]>
  calendar: YearCalendar
}

/** The spaces that a restriction of their use is about. */
export const spacesUnder = (one: Pick<Restriction, 'unitId' | 'spaceId'>, { spacesOfUnit, spaceById }: Pick<Catalogue, 'spacesOfUnit' | 'spaceById'>): Listed[] =>
  (spacesOfUnit.get(one.unitId) ?? []).filter(({ space }) => isAbout(one, space.partIds, (id) => spaceById.get(id)?.space.partIds ?? []))

const texts = (...all: (Text | string | null)[]): string[] =>
  all.flatMap((one) => (one === null ? [] : typeof one === 'string' ? [one] : [one.fi ?? '', one.sv ?? '', one.en ?? '']))

/** The words a space is found by; kind words come from the caller, in all languages. */
export function wordsOf(space: Space, unit: Unit, areas: ReadonlyMap<string, Area>, kindWords: string[]): string {
  const areaNames = unit.areaIds.map((id) => areas.get(id)?.name ?? null)
  return fold(texts(space.name, unit.name, unit.address, unit.neighbourhood, ...areaNames, ...kindWords).join(' '))
}

/** Areas from the given one up to the largest. */
export function areaChain(areas: ReadonlyMap<string, Area>, areaId: string): string[] {
  const chain: string[] = []
  for (let at = areas.get(areaId); at && !chain.includes(at.id); at = at.parentId ? areas.get(at.parentId) : undefined) chain.push(at.id)
  return chain
}
