import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { CsvError, parse } from 'csv-parse/sync'
import type { z } from 'zod'
import { hierarchyRecord, missingColumns, premisesRecord, type CsvRecord, type Problem } from '../spaces/record.ts'
import { CliError } from './cli-error.ts'

const largest = 50_000_000
/** Rows between two words on how far the reading has come; who listens may pass some over. */
export const progressEvery = 100

type Told = (rows: number) => void
export type CsvFile = { header: string[]; records: CsvRecord[]; problems: Problem[] }

/** Splits CSV text. A row that has not as many fields as the header is a problem; a stray quote ends the reading with one. */
export function splitCsv(text: string, told: Told = () => undefined): CsvFile {
  const file: CsvFile = { header: [], records: [], problems: [] }
  let count = 0
  let last = 0
  function take(row: string[], end: number): void {
    last = end
    count += 1
    if (count === 1) return void (file.header = row.map((name) => name.trim()))
    if (count % progressEvery === 0) told(count)
    const line = end - row.reduce((breaks, field) => breaks + field.split('\n').length - 1, 0)
    const { header } = file
    if (row.length !== header.length) {
      return void file.problems.push({ line, reason: `has ${row.length} fields, and the first line ${header.length}` })
    }
    file.records.push({ line, record: Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])) })
  }
  // A line break inside quotes must count once, whatever system wrote it.
  const lines = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  try {
    parse(lines, {
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: '\n',
      on_record: (row: string[], { lines: end }) => (take(row, end), null),
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const blank = /^\n*/.exec(lines.split('\n').slice(last).join('\n'))?.[0].length ?? 0
    const reason = 'a quotation mark is left open or stands inside a field; double it, and put the field in quotes'
    file.problems.push({ line: last + 1 + blank, reason })
  }
  return file
}

/** A premises file, split. What makes the whole file unreadable is a `CliError` in one sentence. */
export const readPremisesFile = (file: string, told?: Told): CsvFile => readCsv(file, premisesRecord, told)

/** A file of areas, split. */
export const readHierarchyFile = (file: string, told?: Told): CsvFile => readCsv(file, hierarchyRecord, told)

function readCsv(file: string, schema: z.ZodObject, told?: Told): CsvFile {
  const name = path.basename(file)
  const found = splitCsv(textOf(file, name), told)
  const twice = found.header.filter((column, i) => column && found.header.indexOf(column) !== i)
  if (twice.length) throw new CliError(`${name}: the column ${JSON.stringify(twice[0])} comes twice.`)
  const missing = missingColumns(schema, found.header)
  if (found.header.length && missing.length) {
    const semicolons = found.header.length === 1 && found.header[0]?.includes(';')
    throw new CliError(semicolons
      ? `${name}: the columns are separated by semicolons; save the file with commas.`
      : `${name}: the first line lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}.`)
  }
  if (!found.records.length && !found.problems.length) throw new CliError(`${name}: there are no rows below the first line.`)
  return found
}

function textOf(file: string, name: string): string {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) throw new CliError(`There is no file ${file}.`)
  if (!found.isFile()) throw new CliError(`${file} is not a file.`)
  if (found.size === 0) throw new CliError(`${name} is empty.`)
  if (found.size > largest) throw new CliError(`${name} has ${Math.ceil(found.size / 1e6)} MB; at most ${largest / 1e6} are read.`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    if (error instanceof TypeError) throw new CliError(`${name} is not UTF-8; save it as CSV UTF-8.`)
    throw new CliError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'fault'}.`)
  }
}
