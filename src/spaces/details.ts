import type { Language } from '../platform/i18n/text.ts'
import { metresBetween } from './building.ts'
import type { Catalogue, Listed, Unit } from './catalogue.ts'
import { besides } from './near.ts'
import { districtOf, shown, shownReason } from './shown.ts'
import { accessibilityNeeds } from './space.ts'
import type { Space } from './space.ts'

/** Where a unit is, for a page. `address` is null where the register has none: it is never made up (rulings 28). */
export function placeOf(unit: Unit, { areas }: Pick<Catalogue, 'areas'>, language: Language) {
  return {
    name: shown(unit.name, language),
    slug: unit.slug,
    kind: unit.kind,
    address: unit.address && [unit.address, unit.postalCode].filter(Boolean).join(', '),
    point: { lat: unit.lat, lon: unit.lon },
    district: districtOf(unit, areas, language),
    areas: unit.areaIds.toReversed().flatMap((id) => {
      const area = areas.get(id)
      return area ? { slug: area.slug, level: area.level, name: shown(area.name, language) } : []
    }),
    notLent: unit.notLent && { ...shown(unit.notLent.reason, language), until: unit.notLent.validTo, over: unit.notLent.state === 'over' },
    source: unit.source,
    metresFromRegister: unit.checkM,
  }
}

/** What stands on top of a space's page. */
export const headOf = ({ space, unit }: Listed, { areas }: Pick<Catalogue, 'areas'>, language: Language) => ({
  slug: space.slug,
  name: shown(space.name, language),
  kind: space.kind,
  people: space.people,
  areaM2: space.areaM2,
  wheelchair: space.accessibility.wheelchair ?? 'unknown' as const,
  equipment: space.equipment,
  unit: { name: shown(unit.name, language), slug: unit.slug, district: districtOf(unit, areas, language) },
})

/** The limits on a space's use; in plain Finnish where that is asked for. */
export const restrictionsOn = ({ space }: Pick<Listed, 'space'>, language: Language, plain: boolean) =>
  space.restrictions.map(({ what, reason, validTo }) => ({ what: shownReason(what, language, plain), reason: shownReason(reason, language, plain), until: validTo }))

/** What a space is like, for its page. */
export const detailsOf = ({ space, unit }: Listed, catalogue: Catalogue, language: Language) => ({
  slug: space.slug,
  people: space.people,
  areaM2: space.areaM2,
  accessibility: accessibilityNeeds.map((need) => ({ need, is: space.accessibility[need] ?? 'unknown' as const })),
  minMinutes: space.minMinutes,
  maxMinutes: space.maxMinutes,
  stepMinutes: space.stepMinutes,
  buffer: Math.max(space.bufferBefore, space.bufferAfter),
  daysAhead: space.daysAhead,
  supervision: space.supervision,
  synthetic: space.source === 'synthetic',
  unit: placeOf(unit, catalogue, language),
})

export const linkTo = (space: Space, language: Language) =>
  ({ name: shown(space.name, language), href: `/spaces/${space.slug}`, kind: space.kind, people: space.people, areaM2: space.areaM2 })

const found = new WeakMap<Catalogue['units'], Map<string, Unit[]>>()

/** Every unit is compared with every other only once, as long as the catalogue stands. */
function knownBesides(units: Catalogue['units'], unit: Unit): Unit[] {
  let known = found.get(units)
  if (!known) found.set(units, (known = new Map()))
  let others = known.get(unit.id)
  if (!others) known.set(unit.id, (others = besides(units.values(), unit)))
  return others
}

/** Units at the same door, and how far away they are (metres). */
export function neighboursOf(unit: Unit, { units }: Pick<Catalogue, 'units'>, language: Language) {
  return knownBesides(units, unit).map((other) => ({
    name: shown(other.name, language), href: `/units/${other.slug}`, kind: other.kind, metres: Math.round(metresBetween(unit, other)),
  }))
}
