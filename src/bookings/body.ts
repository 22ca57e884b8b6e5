import { z } from 'zod'
import { parseAssociation } from '../people/identifiers.ts'
import { activities, applicants, groups, purposes } from '../rulebook/facts.ts'
import { parseWhen } from '../time/wallclock.ts'

/** A time of a body: an ISO instant, or local `YYYY-MM-DDTHH:MM`, which may turn out to be none or two. */
export const when = z.string().max(40).transform((text, check) => {
  const reading = parseWhen(text)
  if (reading.kind !== 'malformed') return reading
  check.addIssue({ code: 'custom', message: 'not a time: use 2026-11-24T18:00 or 2026-11-24T18:00:00+02:00' })
  return z.NEVER
})

const share = z.number().min(0).max(1)
const several = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.array(z.enum(values)).max(2 * values.length).transform((said) => [...new Set(said)]).default([])

const named = (text: string, check: z.core.$RefinementCtx) => {
  const found = parseAssociation(text)
  if (!found) check.addIssue({ code: 'custom', message: 'not a register number or Business ID', input: text })
  return found ?? z.NEVER
}
const number = z.string().max(20).transform(named)

/** Named by its number alone, or by number and name. */
const association = z.union([
  number,
  z.object({ number, name: z.string().trim().max(100).optional() })
    .transform(({ number, name }) => ({ ...number, ...(name ? { name } : {}) })),
], { error: 'not a register number or Business ID' })

/** What `POST /quotes` and `POST /bookings` have in common; unknown fields are left out. */
export const wishFields = {
  /** The slug. */
  space: z.string().min(1).max(200),
  start: when,
  end: when,
  applicant: z.enum(applicants),
  purpose: z.enum(purposes),
  people: z.int().min(1).max(100_000),
  openToAll: z.boolean().optional(),
  /** Whether people pay to get in; a sum is understood too. */
  entryFee: z.union([z.boolean(), z.number().min(0).transform((sum) => sum > 0)]).optional(),
  youthShare: share.optional(),
  localShare: share.optional(),
  groups: several(groups),
  activities: several(activities),
  association: association.optional(),
}

const fields = z.object(wishFields)

/** Parts a parsed body into what a wish is made of: where, when, what the rules ask, and for which association. */
export function wishOf({ space, start, end, association, ...facts }: z.output<typeof fields>) {
  return { space, start, end, facts, ...(association ? { association } : {}) }
}

/** The body of `POST /quotes`. */
export const quoteBody = fields.transform(wishOf)
export type QuoteBody = z.output<typeof quoteBody>

export type BodyError = { path: string; code: string; text: string }

/** What is wrong with a body, one line a fault, for the one who wrote the program. */
export function bodyErrors(error: z.ZodError, body: unknown): BodyError[] {
  return error.issues.map(({ path, code, message }) => {
    const missing = code === 'invalid_type' || code === 'invalid_value' || code === 'invalid_union'
      ? valueAt(body, path) === undefined : false
    return { path: path.join('.'), code: missing ? 'required' : code.replaceAll('_', '-'), text: missing ? 'is missing' : message }
  })
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) =>
    (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined), body)
}
