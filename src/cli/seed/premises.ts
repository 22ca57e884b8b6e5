import { readFileSync } from 'node:fs'
import type { Writes } from '../../platform/db/database.ts'
import { root } from '../../platform/root.ts'
import { areasOf } from '../../spaces/area.ts'
import { parseExceptions, type Exceptions } from '../../spaces/exceptions.ts'
import { writePremises } from '../../spaces/import-actions.ts'
import { nothingKnown, planPremises, type PremisesPlan } from '../../spaces/premises-plan.ts'
import { parseAreas, parsePremises } from '../../spaces/premises.ts'
import { sinceEver } from '../../spaces/stay.ts'
import { markCatalogueChanged } from '../../spaces/store.ts'
import { parseTemplates, type Templates } from '../../spaces/templates.ts'
import { readHierarchyFile, readPremisesFile } from '../import-file.ts'
import { seedShapes } from './shapes.ts'

const bundled = (name: string): string => root('drizzle/seed', name)
const json = (name: string): unknown => JSON.parse(readFileSync(bundled(name), 'utf8'))

/** Which units lend nothing or within limits, and which have only a Swedish name. */
export const bundledExceptions = (): Exceptions => parseExceptions(json('exceptions.json'))
/** The example spaces of a unit of each kind. */
export const bundledTemplates = (): Templates => parseTemplates(json('templates.json'))

/** What the bundled files make of an empty database. A fault in them is an exception: nothing is seeded by halves. */
export function bundledPremises(): PremisesPlan {
  const hierarchy = readHierarchyFile(bundled('areas.csv'))
  const areas = parseAreas(hierarchy.records)
  const premises = readPremisesFile(bundled('premises.csv'))
  const told = parsePremises(premises.records, {
    areas: new Set(areasOf(areas.chains).map(({ id }) => id)), exceptions: bundledExceptions(),
  })
  const [fault] = [...hierarchy.problems, ...areas.problems, ...premises.problems, ...told.problems]
  if (fault) throw new Error(`bundled premises, line ${fault.line}: ${fault.reason}`)
  return planPremises({ units: told.units, chains: areas.chains }, nothingKnown, {
    today: sinceEver, source: 'open_data', templates: bundledTemplates(),
  })
}

/**
 * The bundled Helsinki premises, imported into an empty database: areas, buildings and units are open data, the spaces
 * follow the templates and say so.
 */
export async function seedPremises(db: Writes, now: number): Promise<{ units: number; spaces: number }> {
  const plan = bundledPremises()
  await writePremises(db, plan, { at: now })
  await seedShapes(db)
  await markCatalogueChanged(db)
  return { units: plan.units.added.length, spaces: plan.spaces.spaces.length }
}
