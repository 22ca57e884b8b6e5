import { and, eq } from 'drizzle-orm'
import { record } from '../history/store.ts'
import type { Writes } from '../platform/db/database.ts'
import type { PremisesPlan } from './premises-plan.ts'
import { localDateOf } from '../time/wallclock.ts'
import { takeCatalogue } from './premises-store.ts'
import { stateOn } from './restriction.ts'
import { areas, buildings, openings, parts, restrictions, spaceParts, spaces, unitBuildings, units } from './table.ts'

/** Told after each batch: how many rows are written. */
export type Progress = (rows: number) => void

export type Imported = { ok: true } | { ok: false; refusals: [{ code: 'changed-meanwhile' }] }

/**
 * Carries out a plan that was made at a version of the catalogue, all of it or nothing; call it in a transaction. Refused
 * when the premises have changed since. The ledger keeps the counts, and for each changed unit what it was before.
 */
export async function importPremises(
  db: Writes,
  plan: PremisesPlan,
  { version, file, at, progress }: { version: string | null; file: string; at: number; progress?: Progress },
): Promise<Imported> {
  if (!(await takeCatalogue(db, version))) return { ok: false, refusals: [{ code: 'changed-meanwhile' }] }
  await writePremises(db, plan, { at, progress })
  const deed = { at, actor: 'system' }
  for (const { row, changes } of plan.units.changed) await record(db, { ...deed, what: 'unit.changed', subject: row.id, particulars: { changes } })
  await record(db, { ...deed, what: 'premises.imported', subject: 'premises', particulars: { file, ...countsOf(plan) } })
  return { ok: true }
}

/** How many rows of each sort a plan adds, changes and leaves. */
export function countsOf({ areas, buildings, units, stays, spaces }: PremisesPlan) {
  return {
    units: { added: units.added.length, changed: units.changed.length, unchanged: units.unchanged, missing: units.missing.length },
    moved: stays.filter(({ ends, replaces }) => ends ?? replaces).length,
    areas: { added: areas.added.length, changed: areas.changed.length },
    buildings: { added: buildings.added.length, changed: buildings.changed.length },
    spaces: spaces.spaces.length,
  }
}

/** Writes a plan at an instant. A statement holds only so many values, so rows go in batches. */
export async function writePremises(db: Writes, plan: PremisesPlan, { at, progress = () => undefined }: { at: number; progress?: Progress | undefined }): Promise<void> {
  const today = localDateOf(at)
  let written = 0
  async function each<T>(rows: readonly T[], write: (batch: T[]) => Promise<unknown>, size = 200): Promise<void> {
    for (let i = 0; i < rows.length; i += size) {
      const batch = rows.slice(i, i + size)
      await write(batch)
      progress((written += batch.length))
    }
  }

  await each(plan.areas.added, (rows) => db.insert(areas).values(rows).returning({ id: areas.id }))
  await each(plan.areas.changed, ([change]) => updateRow(db, areas, change), 1)
  await each(plan.buildings.added, (rows) => db.insert(buildings).values(rows).returning({ id: buildings.id }))
  await each(plan.buildings.changed, ([row]) => updateRow(db, buildings, row && { row }), 1)
  await each(plan.units.added, (rows) => db.insert(units).values(rows).returning({ id: units.id }))
  await each(plan.units.changed, ([change]) => updateRow(db, units, change), 1)
  await each(plan.restrictions, (rows) => db.insert(restrictions).values(rows.map((row) => ({ ...row, state: stateOn(today, row) }))).returning({ id: restrictions.id }))

  const stays = plan.stays.map(({ unitId, buildingId, from }) => ({ unitId, buildingId, validFrom: from }))
  for (const { unitId, ends, replaces } of plan.stays) {
    const stayOf = (from: string) => and(eq(unitBuildings.unitId, unitId), eq(unitBuildings.validFrom, from))
    if (ends) await db.update(unitBuildings).set({ validTo: ends.to }).where(stayOf(ends.from)).returning({ id: unitBuildings.unitId })
    if (replaces) await db.delete(unitBuildings).where(stayOf(replaces)).returning({ id: unitBuildings.unitId })
  }
  await each(stays, (rows) => db.insert(unitBuildings).values(rows).returning({ id: unitBuildings.unitId }))

  await each(plan.spaces.spaces, (rows) =>
    db.insert(spaces).values(rows.map(({ partIds: _, restrictions: __, ...space }) => space)).returning({ id: spaces.id }))
  await each(plan.spaces.parts, (rows) => db.insert(parts).values(rows).returning({ id: parts.id }))
  const made = plan.spaces.spaces.flatMap(({ id, partIds }) => partIds.map((partId) => ({ spaceId: id, partId })))
  await each(made, (rows) => db.insert(spaceParts).values(rows).returning({ id: spaceParts.partId }))
  await each(plan.spaces.openings, (rows) => db.insert(openings).values(rows).returning({ id: openings.id }))
}

async function updateRow<T extends typeof areas | typeof buildings | typeof units>(
  db: Writes, table: T, change: { row: T['$inferInsert'] } | undefined,
): Promise<void> {
  if (change) await db.update(table).set(change.row as never).where(eq(table.id, change.row.id)).returning({ id: table.id })
}
