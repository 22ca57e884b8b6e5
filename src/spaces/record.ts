import { z } from 'zod'
import { unitKinds } from './space.ts'

/** A record of a CSV file with the number of its line; names may hold commas, so the splitting is the reader's work. */
export type CsvRecord = { line: number; record: Record<string, string> }
/** Why a line cannot be taken: all its faults in one sentence, each with its column. */
export type Problem = { line: number; reason: string }

/** Nobody sees these in a name, and they break lists, mails and terminals: controls, line ends, reading order, lost characters. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFD]/u

function hiddenIn(text: string): string {
  if (/[\r\n]/.test(text)) return 'has a line break'
  return `has an invisible character, U+${(hidden.exec(text)?.[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

const longest = 200
const text = z.string('is missing').normalize('NFC').trim()
  .max(longest, `has more than ${longest} characters`)
  .refine((value) => !hidden.test(value), { error: ({ input }) => hiddenIn(String(input)) })
const optional = text.transform((value) => value || null)
const required = text.min(1, 'is empty')
const isNumber = (value: string, least: number, most: number): boolean =>
  /^\d+(\.\d+)?$/.test(value) && Number(value) >= least && Number(value) <= most
const number = (least: number, most: number) => required
  .refine((value) => !value || isNumber(value, least, most), `must be a number from ${least} to ${most}, with a decimal point`)
  .transform(Number)
const isId = (value: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$/.test(value)

/** The columns of a premises file (`premises.csv`); others are passed over. */
export const premisesRecord = z.object({
  /** The ids of a unit's spaces and parts begin with it. */
  id: required.refine((value) => !value || isId(value), 'may have only letters a–z, digits and . _ : -, 80 at most'),
  kind: z.enum(unitKinds, `must be one of ${unitKinds.join(', ')}`),
  name_fi: optional,
  name_sv: optional,
  name_en: optional,
  street_address: optional,
  postal_code: optional.refine((value) => value === null || /^\d{5}$/.test(value), 'must be five digits or empty'),
  // Finland and its sea: the usual mistake is a point with its numbers the wrong way round.
  lat: number(59, 71),
  lon: number(19, 32),
  osa_alue_id: required,
  kaupunginosa: optional,
  kaupunginosa_sv: optional,
  city_operated: z.enum(['yes', 'likely', 'no'], 'must be yes, likely or no'),
  oppilaitosnumero: optional,
  coord_source: optional,
  check_m: optional.refine((value) => value === null || /^\d{1,7}(\.\d+)?$/.test(value), 'must be a number of metres or empty')
    .transform((value) => value === null ? null : Number(value)),
}).refine((r) => r.name_fi || r.name_sv, { path: ['name_fi'], error: 'is empty, and so is name_sv' })
export type PremisesRecord = z.infer<typeof premisesRecord>

/** The columns of an area hierarchy file (`areas.csv`). */
export const hierarchyRecord = z.object({
  suurpiiri_id: required, suurpiiri_fi: required, suurpiiri_sv: optional,
  peruspiiri_id: required, peruspiiri_fi: required, peruspiiri_sv: optional,
  osa_alue_id: required, osa_alue_fi: required, osa_alue_sv: optional,
})

/** The columns a file lacks: one left out would silently empty a field of every unit. */
export const missingColumns = (schema: z.ZodObject, header: readonly string[]): string[] =>
  Object.keys(schema.shape).filter((column) => !header.includes(column))

/** The records that are as they should be, and the faults of the others. */
export function readRecords<S extends z.ZodType>(schema: S, records: readonly CsvRecord[]): {
  rows: { line: number; row: z.infer<S> }[]
  problems: Problem[]
} {
  const rows: { line: number; row: z.infer<S> }[] = []
  const problems: Problem[] = []
  for (const { line, record } of records) {
    const parsed = schema.safeParse(record)
    if (parsed.success) rows.push({ line, row: parsed.data })
    else problems.push({ line, reason: reasonOf(parsed.error) })
  }
  return { rows, problems }
}

function reasonOf(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
}
