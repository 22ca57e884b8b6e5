import { z } from 'zod'
import { unitKinds } from './space.ts'

/** A record of a CSV file with the number of its line; names may hold commas, so the splitting is the reader's work. */
export type CsvRecord = { line: number; record: Record<string, string> }
/** Why a line was left out: all its faults in one sentence, each with its column. */
export type Problem = { line: number; reason: string }

const optional = z.string().trim().default('').transform((value) => value || null)
const required = z.string('is missing').trim().min(1, 'is empty')
const number = (least: number, most: number) => required.transform(Number)
  .refine((value) => value >= least && value <= most, `must be a number from ${least} to ${most}`)

/** The columns of a premises file (`premises.csv`); others are passed over. */
export const premisesRecord = z.object({
  id: required,
  kind: z.enum(unitKinds, `must be one of ${unitKinds.join(', ')}`),
  name_fi: optional,
  name_sv: optional,
  name_en: optional,
  street_address: optional,
  postal_code: optional.refine((value) => value === null || /^\d{5}$/.test(value), 'must be five digits or empty'),
  // Finland and its sea: the usual mistake is a point with its numbers the wrong way round.
  lat: number(59, 71),
  lon: number(19, 32),
  suurpiiri_id: required, suurpiiri: required, suurpiiri_sv: optional,
  peruspiiri_id: required, peruspiiri: required, peruspiiri_sv: optional,
  osa_alue_id: required, osa_alue: required, osa_alue_sv: optional,
  kaupunginosa: optional,
  kaupunginosa_sv: optional,
  city_operated: z.enum(['yes', 'likely', 'no'], 'must be yes, likely or no'),
  oppilaitosnumero: optional,
  coord_source: optional,
  check_m: optional.transform((value) => value === null ? null : Number(value))
    .refine((value) => value === null || value >= 0, 'must be a number of metres or empty'),
}).refine((r) => r.name_fi || r.name_sv, { path: ['name_fi'], error: 'is empty, and so is name_sv' })
export type PremisesRecord = z.infer<typeof premisesRecord>

/** The columns of an area hierarchy file (`areas.csv`). */
export const hierarchyRecord = z.object({
  suurpiiri_id: required, suurpiiri_fi: required, suurpiiri_sv: optional,
  peruspiiri_id: required, peruspiiri_fi: required, peruspiiri_sv: optional,
  osa_alue_id: required, osa_alue_fi: required, osa_alue_sv: optional,
})

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
