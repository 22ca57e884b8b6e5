import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { parseExceptions } from '../../src/spaces/exceptions.ts'
import { parseAreas, parsePremises } from '../../src/spaces/premises.ts'
import type { CsvRecord } from '../../src/spaces/record.ts'
import { parseTemplates } from '../../src/spaces/templates.ts'

const file = (name: string) => readFileSync(new URL(`../../drizzle/seed/${name}`, import.meta.url), 'utf8')

/** A CSV text as the importer splits it. */
export function recordsOf(csv: string): CsvRecord[] {
  const rows = parse(csv, { columns: true, bom: true, info: true }) as unknown as
    { record: Record<string, string>; info: { lines: number } }[]
  return rows.map(({ record, info }) => ({ line: info.lines, record }))
}

export const exceptions = parseExceptions(JSON.parse(file('exceptions.json')))
export const templates = parseTemplates(JSON.parse(file('templates.json')))
export const premisesRecords = recordsOf(file('premises.csv'))
export const hierarchy = parseAreas(recordsOf(file('areas.csv')))
export const helsinki = parsePremises(premisesRecords, { exceptions, knownAreas: hierarchy.areas })
