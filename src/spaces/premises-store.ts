import { and, eq, inArray, isNull } from 'drizzle-orm'
import { nanoId } from '../platform/ids.ts'
import type { Reads, Writes } from '../platform/db/database.ts'
import type { Known, KnownUnit } from './premises-plan.ts'
import { areas, buildings, catalogueVersion, restrictions, slugRedirects, spaces, unitBuildings, units } from './table.ts'

/** What an import compares a file with, and the catalogue's version that it was read at (null: there is none yet). */
export async function knownPremises(db: Reads): Promise<Known & { version: string | null }> {
  // Read before the rest, so that a change in between makes the version stale and never the comparison wrong.
  const [row] = await db.select({ version: catalogueVersion.version }).from(catalogueVersion).where(eq(catalogueVersion.id, 1))
  const stays = new Map<string, { buildingId: string; since: string }>()
  const state = await db.select().from(unitBuildings).where(isNull(unitBuildings.validTo)).orderBy(unitBuildings.validFrom)
  for (const { unitId, buildingId, validFrom } of state) stays.set(unitId, { buildingId, since: validFrom })
  const unitRows = await db.select().from(units).orderBy(units.id)
  const spaceRows = await db.select({ unitId: spaces.unitId, slug: spaces.slug }).from(spaces)
  const notLent = await db.select({ unitId: restrictions.unitId }).from(restrictions).where(and(eq(restrictions.effect, 'not_lent'), inArray(restrictions.state, ['coming', 'in_force'])))
  const redirects = await db.select({ kind: slugRedirects.kind, slug: slugRedirects.slug }).from(slugRedirects)
  const ledOn = (kind: 'unit' | 'space'): string[] => redirects.filter((one) => one.kind === kind).map(({ slug }) => slug)
  return {
    version: row?.version ?? null,
    areas: (await db.select().from(areas).orderBy(areas.id)).map(({ revision: _, ...area }) => area),
    buildings: await db.select().from(buildings).orderBy(buildings.id),
    units: unitRows.map(({ revision: _, ...unit }): KnownUnit => ({
      ...unit, buildingId: stays.get(unit.id)?.buildingId ?? null, since: stays.get(unit.id)?.since ?? null,
    })),
    notLending: new Set(notLent.map(({ unitId }) => unitId)),
    furnished: new Set(spaceRows.map(({ unitId }) => unitId)),
    unitSlugs: new Set([...unitRows.map(({ slug }) => slug), ...ledOn('unit')]),
    spaceSlugs: new Set([...spaceRows.map(({ slug }) => slug), ...ledOn('space')]),
  }
}

/**
 * Marks the catalogue changed if it still is at the version; false when somebody was quicker. A second import at the same
 * time waits here for the first and is told so.
 */
export async function takeCatalogue(db: Writes, version: string | null): Promise<boolean> {
  const next = { id: 1, version: nanoId() }
  const still = and(eq(catalogueVersion.id, 1), eq(catalogueVersion.version, version ?? ''))
  const taken = version === null
    ? await db.insert(catalogueVersion).values(next).onConflictDoNothing().returning({ id: catalogueVersion.id })
    : await db.update(catalogueVersion).set(next).where(still).returning({ id: catalogueVersion.id })
  return taken.length === 1
}
