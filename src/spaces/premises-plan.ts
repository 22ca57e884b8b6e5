import type { LocalDate } from '../time/wallclock.ts'
import { areasOf, type AreaChain, type AreaRow } from './area.ts'
import type { BuildingRow } from './building.ts'
import type { ToldRestriction } from './exceptions.ts'
import { areaChanges, unitChanges, type FieldChange } from './premises-diff.ts'
import type { ToldUnit, UnitFacts } from './premises.ts'
import type { Restriction } from './restriction.ts'
import { slugOf } from './slug.ts'
import type { Source } from './space.ts'
import { planStays, type Housed, type Stay } from './stay.ts'
import { spacesOf, type SpacePlan } from './template.ts'
import type { Templates } from './templates.ts'

/** As in the table. */
export type UnitRow = UnitFacts & { slug: string; source: Source }

/** A unit of the database, and where it stands. */
export type KnownUnit = UnitRow & Pick<Housed, 'buildingId' | 'since'>

/** What the database holds of premises. */
export type Known = {
  areas: AreaRow[]
  buildings: BuildingRow[]
  units: KnownUnit[]
  /** Ids of the units that have spaces. */
  furnished: ReadonlySet<string>
  /** Ids of the units that lend nothing, or will. */
  notLending: ReadonlySet<string>
  /** Slugs in use, those that lead on to a new one included. */
  unitSlugs: ReadonlySet<string>
  spaceSlugs: ReadonlySet<string>
}

export const nothingKnown: Known = {
  areas: [], buildings: [], units: [], furnished: new Set(), notLending: new Set(), unitSlugs: new Set(), spaceSlugs: new Set(),
}

export type RestrictionRow = ToldRestriction & Pick<Restriction, 'unitId'>

export type Change<T> = { row: T; changes: FieldChange[] }

/** All that an import does. Nothing is deleted: what the file does not name is only told. */
export type PremisesPlan = {
  areas: { added: AreaRow[]; changed: Change<AreaRow>[]; unchanged: number; missing: AreaRow[] }
  buildings: { added: BuildingRow[]; changed: BuildingRow[] }
  units: { added: UnitRow[]; changed: Change<UnitRow>[]; unchanged: number; missing: KnownUnit[] }
  /** Of the units that are new. */
  restrictions: RestrictionRow[]
  stays: Stay[]
  spaces: SpacePlan
}

/**
 * Compares a file with the database. Known units keep their slugs and, unless they moved, their buildings; a slug is
 * fixed at the first import (rulings 27), so a renamed unit keeps its address on the web. `chains` is null without a
 * file of areas; with `templates`, units that have no spaces get those of their kind.
 */
export function planPremises(
  file: { units: readonly ToldUnit[]; chains: readonly AreaChain[] | null },
  known: Known,
  { today, source, templates = null }: { today: LocalDate; source: Source; templates?: Templates | null },
): PremisesPlan {
  const before = new Map(known.units.map((unit) => [unit.id, unit]))
  const slugs = new Set(known.unitSlugs)
  const units: PremisesPlan['units'] = { added: [], changed: [], unchanged: 0, missing: [] }
  const restrictions: RestrictionRow[] = []
  const rows = file.units.map(({ restrictions: limits, ...told }): UnitRow => {
    const old = before.get(told.id)
    if (!old) {
      const row = { ...told, slug: freeSlug(slugOf(told.name.fi ?? told.name.sv ?? ''), told.id, slugs), source }
      units.added.push(row)
      for (const limit of limits) restrictions.push({ ...limit, unitId: row.id })
      return row
    }
    const { buildingId: _b, since: _s, ...kept } = old
    const changes = unitChanges(old, told, source)
    if (!changes.length) {
      units.unchanged += 1
      return kept
    }
    const row = { ...kept, ...told, slug: old.slug, source }
    units.changed.push({ row, changes })
    return row
  })
  const told = new Set(rows.map(({ id }) => id))
  units.missing = known.units.filter(({ id }) => !told.has(id))
  return {
    areas: planAreas(file.chains, known.areas),
    units,
    restrictions,
    ...planStays(rows, known, today),
    spaces: templates ? planSpaces(rows, new Set([...known.furnished, ...known.notLending, ...notLendingOf(restrictions)]), known, templates) : { spaces: [], parts: [], openings: [] },
  }
}

function planAreas(chains: readonly AreaChain[] | null, known: readonly AreaRow[]): PremisesPlan['areas'] {
  if (!chains) return { added: [], changed: [], unchanged: known.length, missing: [] }
  const told = new Map(areasOf(chains).map((area) => [area.id, area]))
  const changed = known.flatMap((area) => {
    const now = told.get(area.id)
    const changes = now ? areaChanges(area, now) : []
    return now && changes.length ? [{ row: { ...now, slug: area.slug }, changes }] : []
  })
  const missing = known.filter(({ id }) => !told.has(id))
  const added = areasOf(chains, known).slice(known.length)
  return { added, changed, unchanged: known.length - changed.length - missing.length, missing }
}

const notLendingOf = (restrictions: readonly RestrictionRow[]): string[] =>
  restrictions.filter(({ effect }) => effect === 'not_lent').map(({ unitId }) => unitId)

/** Spaces for the units that have none and lend. */
function planSpaces(rows: readonly UnitRow[], without: ReadonlySet<string>, { spaceSlugs }: Known, templates: Templates): SpacePlan {
  const slugs = new Set(spaceSlugs)
  const plans = rows.filter(({ id }) => !without.has(id)).map((row) => spacesOf(row, templates))
  return {
    spaces: plans.flatMap(({ spaces }) => spaces.map((space) => ({ ...space, slug: freeSlug(space.slug, space.id, slugs) }))),
    parts: plans.flatMap(({ parts }) => parts),
    openings: plans.flatMap(({ openings }) => openings),
  }
}

/** The slug, or where it is taken the first free of its kind; it is taken then. */
function freeSlug(slug: string, id: string, taken: Set<string>): string {
  const own = slugOf(id)
  const ended = slug ? `${slug}-${own}` : own
  let free = [slug, ended].find((one) => one && !taken.has(one))
  for (let n = 2; free === undefined; n += 1) if (!taken.has(`${ended}-${n}`)) free = `${ended}-${n}`
  taken.add(free)
  return free
}
