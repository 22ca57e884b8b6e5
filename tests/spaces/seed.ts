import { readFileSync } from 'node:fs'
import { splitCsv } from '../../src/cli/import-file.ts'
import { areasOf, type AreaChain } from '../../src/spaces/area.ts'
import { parseExceptions, type Exceptions } from '../../src/spaces/exceptions.ts'
import { nothingKnown, planPremises } from '../../src/spaces/premises-plan.ts'
import { parseAreas, parsePremises } from '../../src/spaces/premises.ts'
import type { CsvRecord } from '../../src/spaces/record.ts'
import { sinceEver } from '../../src/spaces/stay.ts'
import { parseTemplates } from '../../src/spaces/templates.ts'

const file = (name: string) => readFileSync(new URL(`../../drizzle/seed/${name}`, import.meta.url), 'utf8')

/** A CSV text as the importer splits it. */
export const recordsOf = (csv: string): CsvRecord[] => splitCsv(csv).records

/** What an empty city would hold after these records; each unit with its building and limits. */
export function cityOf(records: readonly CsvRecord[], chains: AreaChain[], exceptions?: Exceptions) {
  const areas = areasOf(chains)
  const told = parsePremises(records, { areas: new Set(areas.map(({ id }) => id)), exceptions })
  const plan = planPremises({ units: told.units, chains }, nothingKnown, { today: sinceEver, source: 'open_data' })
  const buildingOf = new Map(plan.stays.map(({ unitId, buildingId }) => [unitId, buildingId]))
  const units = plan.units.added.map((unit) => ({
    ...unit, buildingId: buildingOf.get(unit.id),
    restrictions: plan.restrictions.filter(({ unitId }) => unitId === unit.id).map(({ unitId: _, ...limit }) => limit),
  }))
  return { areas: plan.areas.added, buildings: plan.buildings.added, units, notOwn: told.notOwn, problems: told.problems }
}

export const exceptions = parseExceptions(JSON.parse(file('exceptions.json')))
export const templates = parseTemplates(JSON.parse(file('templates.json')))
export const premisesRecords = recordsOf(file('premises.csv'))
export const hierarchy = parseAreas(recordsOf(file('areas.csv')))
export const helsinki = cityOf(premisesRecords, hierarchy.chains, exceptions)
