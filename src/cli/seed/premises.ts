import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { Writes } from '../../platform/db/database.ts'
import { root } from '../../platform/root.ts'
import { parseExceptions } from '../../spaces/exceptions.ts'
import { parseAreas, parsePremises } from '../../spaces/premises.ts'
import type { CsvRecord } from '../../spaces/record.ts'
import { markCatalogueChanged } from '../../spaces/store.ts'
import { areas, buildings, openings, parts, spaceParts, spaces, unitBuildings, units } from '../../spaces/table.ts'
import { spacesOf } from '../../spaces/template.ts'
import { parseTemplates } from '../../spaces/templates.ts'

const file = (name: string): string => readFileSync(root('drizzle/seed', name), 'utf8')
const json = (name: string): unknown => JSON.parse(file(name))

function records(name: string): CsvRecord[] {
  const rows = parse(file(name), { columns: true, bom: true, skip_empty_lines: true, info: true }) as unknown as
    { record: Record<string, string>; info: { lines: number } }[]
  return rows.map(({ record, info }) => ({ line: info.lines, record }))
}

const batches = <T>(rows: T[], size = 200): T[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size))

/**
 * The bundled Helsinki premises: areas, buildings and units are open data, the spaces follow the templates and say so.
 * A fault in the bundled files is an exception: nothing is seeded by halves.
 */
export async function seedPremises(db: Writes): Promise<{ units: number; spaces: number }> {
  const hierarchy = parseAreas(records('areas.csv'))
  const premises = parsePremises(records('premises.csv'), {
    exceptions: parseExceptions(json('exceptions.json')), knownAreas: hierarchy.areas,
  })
  const [fault] = [...hierarchy.problems, ...premises.problems]
  if (fault) throw new Error(`bundled premises, line ${fault.line}: ${fault.reason}`)
  const templates = parseTemplates(json('templates.json'))
  const plans = premises.units.map((unit) => spacesOf(unit, templates))
  const spaceRows = plans.flatMap((plan) => plan.spaces)

  for (const batch of batches(premises.areas)) await db.insert(areas).values(batch).returning({ id: areas.id })
  for (const batch of batches(premises.buildings)) await db.insert(buildings).values(batch).returning({ id: buildings.id })
  for (const batch of batches(premises.units)) {
    await db.insert(units).values(batch.map(({ buildingId: _, restrictions: __, ...unit }) => unit)).returning({ id: units.id })
    await db
      .insert(unitBuildings)
      .values(batch.map((unit) => ({ unitId: unit.id, buildingId: unit.buildingId, validFrom: '2000-01-01' })))
      .returning({ id: unitBuildings.unitId })
  }
  for (const batch of batches(spaceRows)) {
    await db.insert(spaces).values(batch.map(({ partIds: _, ...space }) => space)).returning({ id: spaces.id })
  }
  for (const batch of batches(plans.flatMap((plan) => plan.parts))) await db.insert(parts).values(batch).returning({ id: parts.id })
  for (const batch of batches(spaceRows.flatMap((space) => space.partIds.map((partId) => ({ spaceId: space.id, partId }))))) {
    await db.insert(spaceParts).values(batch).returning({ id: spaceParts.partId })
  }
  for (const batch of batches(plans.flatMap((plan) => plan.openings))) await db.insert(openings).values(batch).returning({ id: openings.id })
  await markCatalogueChanged(db)
  return { units: premises.units.length, spaces: spaceRows.length }
}
