import { z } from 'zod'
import { supervisionModes } from '../spaces/space.ts'
import { condition } from './condition.ts'
import { conduct } from './conduct.ts'
import { faultLine, ownMessages, type Fault, type FaultCode } from './edition-fault.ts'
import { applicants, purposes } from './facts.ts'
import { days, id, plainText, sentence, validity } from './shape.ts'
import { faults } from './soundness.ts'
import { extra, priceList, vatRates } from './tariff.ts'

/** An `example` has been decided by nobody. Whether an adopted edition is in force follows from the dates. */
export const editionStatuses = ['example', 'draft', 'adopted'] as const
export type EditionStatus = (typeof editionStatuses)[number]

export const charges = ['free', 'paid', 'needs_person', 'not_allowed'] as const
export type Charge = (typeof charges)[number]

/** A price group of the edition's price list; the example has `basic` and `full`. */
export type PriceClass = string

const chargeRule = z.strictObject({
  id,
  when: condition,
  charge: z.enum(charges),
  priceClass: id.optional(),
  /** What the rule is called where it does not decide. An edition is adopted only when each has one. */
  name: plainText.optional(),
  text: plainText,
  contact: plainText.optional(),
  /** Where the rule comes from (a decision, a law), or null where it is the edition's own. */
  source: sentence.nullable(),
})
/**
 * What one unit does otherwise, between two dates and for a reason that anybody may read: it stands before every charge
 * rule that allows the use. Limits on a space and units that lend nothing are data of the premises (spaces/exceptions.ts).
 */
const unitException = chargeRule.extend({
  unit: z.string().min(1), ...validity, validTo: z.iso.date(),
}).refine(({ validFrom, validTo }) => validFrom <= validTo, { path: ['validTo'], message: 'is before validFrom' })

const approvalRule = z.strictObject({ id, when: condition, text: plainText })
const supervisionRule = z.strictObject({
  id, when: condition, mode: z.enum(supervisionModes), duties: z.array(id), text: plainText,
})
const duty = z.strictObject({
  id, phase: z.enum(['before', 'during', 'after']), modes: z.array(z.enum(supervisionModes)).min(1), text: plainText,
  /** Duties that nobody can keep together with this one. */
  excludes: z.array(id).optional(),
})

export const editionSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'is not kebab-case').max(60),
  status: z.enum(editionStatuses),
  decision: z.strictObject({ number: sentence, date: z.iso.date(), body: plainText }).nullable(),
  validFrom: z.iso.date(),
  name: plainText,
  /** What is new in it, and why. */
  summary: plainText.optional(),
  /** Whose price list counts: the one in force on the day of use, or the one of the day on which the request was made. */
  pricedOn: z.enum(['use', 'request']).default('use'),
  /** Who may ask, and how each shows what they are. */
  applicantGroups: z.array(z.strictObject({ id: z.enum(applicants), text: plainText, evidence: plainText })).default([]),
  purposes: z.array(z.strictObject({ id: z.enum(purposes), text: plainText })).default([]),
  /** Conditions with a name, so that rules can share them. */
  definitions: z.record(id, condition),
  /** In order: the first one that holds decides. The last one holds always. */
  chargeRules: z.array(chargeRule).min(1),
  exceptions: z.array(unitException).default([]),
  /** Any one that holds sends the wish to a person. */
  approvalRules: z.array(approvalRule),
  /** In order: the first one that holds and whose mode the space offers decides. */
  supervisionRules: z.array(supervisionRule).min(1),
  /** In the order they are told. */
  duties: z.array(duty),
  priceList,
  vatRates,
  extras: z.array(extra),
  ...conduct,
  limits: z.strictObject({
    openBookingsPerPerson: z.number().int().positive(),
    handlingWorkingDays: days,
    /** What is promised, and what is the longest: a request is decided within so many days. */
    decisionWorkingDays: days,
    decisionDaysAtMost: z.number().int().positive().optional(),
    holdMinutes: z.number().int().positive(),
    /** Whom `youthShare` counts: people younger than this. */
    youthUnder: z.number().int().positive(),
  }),
  /** One point per line, in every language. */
  terms: z.strictObject({ version: sentence, text: plainText }),
  /** How wishes are decided without a person, who answers for it, and where a review is asked (hallintolaki 53 e §). */
  procedure: z.strictObject({ text: plainText, responsible: plainText }).optional(),
  /** To whom a request for review is made (oikaisuvaatimus, kuntalaki 134 §), and within how many days. */
  review: z.strictObject({ body: plainText, contact: plainText, days: z.number().int().positive() }).optional(),
})
export type EditionFile = z.infer<typeof editionSchema>
/**
 * An edition as it is asked. `later` and `pricedAsOf` are no part of its file: whoever finds the edition in force adds
 * the editions that are adopted to follow it, or the day of the request, as `pricedOn` says.
 */
export type Edition = EditionFile & { later?: readonly Edition[]; pricedAsOf?: string }
export type ChargeRule = Edition['chargeRules'][number]
export type UnitException = Edition['exceptions'][number]
export type Duty = Edition['duties'][number]

/** Reads an edition from parsed JSON. Throws an Error that lists every fault with its path. */
export function parseEdition(json: unknown): Edition {
  const read = readEdition(json)
  if (read.ok) return read.edition
  throw new Error(`The rule book edition cannot be used:\n${read.faults.map(one => `  ${faultLine(one)}`).join('\n')}`)
}

/** Reads an edition from parsed JSON, or says every fault with its path. */
export function readEdition(json: unknown): { ok: true; edition: Edition } | { ok: false; faults: Fault[] } {
  const read = editionSchema.safeParse(json, { reportInput: true })
  const found = read.success ? faults(read.data) : read.error.issues.map(fault)
  return read.success && found.length === 0 ? { ok: true, edition: read.data } : { ok: false, faults: found }
}

/** Of a condition's many readings, the one that came nearest tells most about what is wrong. */
function fault(issue: z.core.$ZodIssue): Fault {
  let nearest = issue
  const path = [...issue.path]
  while (nearest.code === 'invalid_union' && nearest.errors.length > 0) {
    const reading = nearest.errors.reduce((best, other) => nearness(other) > nearness(best) ? other : best)
    nearest = reading[0]!
    path.push(...nearest.path)
  }
  return { path: path.join('.'), fault: nearest.message, ...coded(nearest) }
}

/** A reading that knows the words and stumbles inside is nearer than one that does not know the words. */
function nearness(issues: z.core.$ZodIssue[]): number {
  const depth = Math.max(...issues.map(issue => issue.path.length + (issue.code === 'invalid_union' ? 1 : 0)))
  return issues.some(issue => issue.code === 'unrecognized_keys') ? -issues.length : depth * 10 - issues.length
}

function coded(issue: z.core.$ZodIssue): Pick<Fault, 'code' | 'values'> {
  const as = (code: FaultCode, values: Fault['values'] = {}) => ({ code, values })
  if (Object.hasOwn(ownMessages, issue.message)) return as(ownMessages[issue.message as keyof typeof ownMessages])
  if ((issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union') && issue.input === undefined) return as('missing')
  switch (issue.code) {
    case 'invalid_type': return issue.expected === 'int' ? as('whole-number') : as('type', { expected: issue.expected })
    case 'invalid_value': return as('choice', { choices: issue.values.map(String).join(', ') })
    case 'unrecognized_keys': return as('unknown-keys', { names: issue.keys.join(', ') })
    case 'too_small': return issue.origin === 'string' || issue.origin === 'array' ? as('empty') : as('too-small', { least: Number(issue.minimum) + (issue.inclusive ? 0 : 1) })
    case 'too_big': return as('too-big', { most: Number(issue.maximum) })
    case 'invalid_format': return as(issue.format === 'date' ? 'date' : 'other')
    default: return as('other')
  }
}
