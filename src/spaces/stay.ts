import { addDays, type LocalDate } from '../time/wallclock.ts'
import { buildingsOf, metresBetween, sameBuildingMetres, type BuildingRow, type Standing } from './building.ts'
import { fold } from './slug.ts'

/**
 * A unit in a building from a day on. `ends` closes the stay before; `replaces` is the first day of a stay that had not
 * lasted a day, whose place it takes.
 */
export type Stay = {
  unitId: string
  buildingId: string
  from: LocalDate
  ends: { from: LocalDate; to: LocalDate } | null
  replaces: LocalDate | null
}

/** The first day of a stay that nobody knows the beginning of. */
export const sinceEver: LocalDate = '2000-01-01'

/** A unit and the building it has stood in since a day; both null when no building is known. */
export type Housed = Standing & { buildingId: string | null; since: LocalDate | null }

/**
 * Whether a unit stands in another house than before. The address decides by street and number, so that `Katu 1` made
 * `Katu 1 A` is no move; where an address is not known or the same, the point: but a point put right is no move either.
 */
export function hasMoved(before: Standing, now: Standing): boolean {
  if (before.address && now.address) return houseOf(before.address) !== houseOf(now.address)
  return metresBetween(before, now) > sameBuildingMetres
}

/** The street and its first number; the whole address where it has no number. */
const houseOf = (address: string): string => fold(/^.*?\d+/.exec(address)?.[0] ?? address).replace(/[\s,.]/g, '')

/** The buildings and stays that a file's units come to. Those that have not moved, and those it does not name, stay. */
export function planStays(
  told: readonly Standing[],
  known: { units: readonly Housed[]; buildings: readonly BuildingRow[] },
  today: LocalDate,
): { buildings: { added: BuildingRow[]; changed: BuildingRow[] }; stays: Stay[] } {
  const now = new Map(told.map((unit) => [unit.id, unit]))
  const before = new Map(known.units.map((unit) => [unit.id, unit]))
  const settled = known.units.flatMap((old) => {
    const unit = now.get(old.id) ?? old
    return old.buildingId !== null && !hasMoved(old, unit) ? [{ unit, buildingId: old.buildingId }] : []
  })
  const staying = new Set(settled.map(({ unit }) => unit.id))
  const seeking = told.filter(({ id }) => !staying.has(id)).map((unit) => ({ ...unit, leaves: before.get(unit.id)?.buildingId ?? null }))
  const { buildings, buildingOf } = buildingsOf(seeking, settled, known.buildings)
  const stays = seeking.map(({ id }) =>
    stayFrom({ unitId: id, buildingId: buildingOf.get(id) ?? '' }, before.get(id)?.since ?? null, today))

  const rows = new Map(known.buildings.map((one) => [one.id, one]))
  const added = buildings.filter(({ id }) => !rows.has(id))
  const changed = buildings.filter((one) => {
    const was = rows.get(one.id)
    return was && (['address', 'postalCode', 'lat', 'lon'] as const).some((field) => was[field] !== one[field])
  })
  return { buildings: { added, changed }, stays }
}

function stayFrom(where: { unitId: string; buildingId: string }, since: LocalDate | null, today: LocalDate): Stay {
  const stay = { ...where, ends: null, replaces: null }
  if (since === null) return { ...stay, from: sinceEver }
  if (since >= today) return { ...stay, from: since, replaces: since }
  return { ...stay, from: today, ends: { from: since, to: addDays(today, -1) } }
}
