import { readFileSync } from 'node:fs'
import type { Writes } from '../../platform/db/database.ts'
import { root } from '../../platform/root.ts'
import { parseShapes, shapesFor, type ToldShape } from '../../spaces/area-shapes.ts'
import { markCatalogueChanged } from '../../spaces/store.ts'
import { areas, areaShapes } from '../../spaces/table.ts'

/** The outlines of the bundled areas. */
export const bundledShapes = (): ToldShape[] =>
  parseShapes(JSON.parse(readFileSync(root('drizzle/seed', 'area-shapes.geojson'), 'utf8')))

/** Gives the bundled areas that have no outline theirs, also in a city seeded before there were any; says how many. */
export async function seedShapes(db: Writes): Promise<number> {
  const drawn = new Set((await db.select({ id: areaShapes.areaId }).from(areaShapes)).map(({ id }) => id))
  const known = await db.select({ id: areas.id, name: areas.name }).from(areas)
  const missing = shapesFor(bundledShapes(), known.filter(({ id }) => !drawn.has(id)))
  if (missing.length === 0) return 0
  await db.insert(areaShapes).values(missing.map(({ id, shape }) => ({ areaId: id, shape }))).returning({ id: areaShapes.areaId })
  await markCatalogueChanged(db)
  return missing.length
}
