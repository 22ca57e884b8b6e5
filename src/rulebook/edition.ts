import { z } from 'zod'
import type { PlainText } from '../platform/i18n/text.ts'
import { spaceKinds, supervisionModes } from '../spaces/space.ts'
import { condition } from './condition.ts'
import { faults } from './soundness.ts'

/** An `example` has been decided by nobody. Whether an adopted edition is in force follows from the dates. */
export const editionStatuses = ['example', 'draft', 'adopted'] as const
export type EditionStatus = (typeof editionStatuses)[number]

export const charges = ['free', 'paid', 'needs_person', 'not_allowed'] as const
export type Charge = (typeof charges)[number]

/** A price group of the edition's price list; the example has `basic` and `full`. */
export type PriceClass = string

const sentence = z.string().trim().min(1)
const plainText: z.ZodType<PlainText> =
  z.strictObject({ fi: sentence, sv: sentence, en: sentence, plain: sentence })
const id = z.string().regex(/^[a-z][a-z0-9_]*$/, 'is not snake_case')
const cents = z.number().int().nonnegative()
const days = z.number().int().nonnegative()
/** Both dates included; `validTo: null` goes on for now. */
const validity = { validFrom: z.iso.date(), validTo: z.iso.date().nullable() }

const chargeRule = z.strictObject({
  id,
  when: condition,
  charge: z.enum(charges),
  priceClass: id.optional(),
  text: plainText,
  contact: plainText.optional(),
  /** Where the rule comes from (a decision, a law), or null where it is the edition's own. */
  source: sentence.nullable(),
})
const approvalRule = z.strictObject({ id, when: condition, text: plainText })
const supervisionRule = z.strictObject({
  id, when: condition, mode: z.enum(supervisionModes), duties: z.array(id), text: plainText,
})
const duty = z.strictObject({
  id, phase: z.enum(['before', 'during', 'after']), modes: z.array(z.enum(supervisionModes)).min(1), text: plainText,
})
const extra = z.strictObject({
  id, when: condition, cents: cents.optional(), centsPerHour: cents.optional(), vat: id, text: plainText,
})

const priceList = z.strictObject({
  groups: z.array(z.strictObject({ id, text: plainText })).min(1),
  /** Sizes of space; the first line that fits a space gives its class. `belowM2: null` fits any area. */
  classes: z.array(z.strictObject({
    id, kinds: z.array(z.enum(spaceKinds)).min(1), belowM2: z.number().positive().nullable(),
  })).min(1),
  /** What the resident pays an hour, VAT included. */
  prices: z.array(z.strictObject({ class: id, group: id, centsPerHour: cents, vat: id, ...validity })).min(1),
})

const edition = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'is not kebab-case'),
  status: z.enum(editionStatuses),
  decision: z.strictObject({ number: sentence, date: z.iso.date(), body: plainText }).nullable(),
  validFrom: z.iso.date(),
  name: plainText,
  /** Conditions with a name, so that rules can share them. */
  definitions: z.record(id, condition),
  /** In order: the first one that holds decides. The last one holds always. */
  chargeRules: z.array(chargeRule).min(1),
  /** Any one that holds sends the wish to a person. */
  approvalRules: z.array(approvalRule),
  /** In order: the first one that holds and whose mode the space offers decides. */
  supervisionRules: z.array(supervisionRule).min(1),
  /** In the order they are told. */
  duties: z.array(duty),
  priceList,
  /** Percent. */
  vatRates: z.array(z.strictObject({ id, rate: z.number().nonnegative(), ...validity })).min(1),
  /** Added after the outcome, for free users too. */
  extras: z.array(extra),
  limits: z.strictObject({
    openBookingsPerPerson: z.number().int().positive(),
    handlingWorkingDays: days,
    decisionWorkingDays: days,
    holdMinutes: z.number().int().positive(),
    /** Whom `youthShare` counts: people younger than this. */
    youthUnder: z.number().int().positive(),
  }),
  /** One point per line, in every language. */
  terms: z.strictObject({ version: sentence, text: plainText }),
})
export type Edition = z.infer<typeof edition>
export type ChargeRule = Edition['chargeRules'][number]
export type Duty = Edition['duties'][number]

/** Reads an edition from parsed JSON. Throws an Error that lists every fault with its path. */
export function parseEdition(json: unknown): Edition {
  const read = edition.safeParse(json)
  const found = read.success ? faults(read.data) : read.error.issues.map(fault)
  if (read.success && found.length === 0) return read.data
  throw new Error(`The rule book edition cannot be used:\n${found.map(line => `  ${line}`).join('\n')}`)
}

/** Of a condition's many readings, the one that came nearest tells most about what is wrong. */
function fault(issue: z.core.$ZodIssue): string {
  let nearest = issue
  const path = [...issue.path]
  while (nearest.code === 'invalid_union' && nearest.errors.length > 0) {
    const reading = nearest.errors.reduce((best, other) => nearness(other) > nearness(best) ? other : best)
    nearest = reading[0]!
    path.push(...nearest.path)
  }
  return `${path.join('.') || 'the whole'}: ${nearest.message}`
}

/** A reading that knows the words and stumbles inside is nearer than one that does not know the words. */
function nearness(issues: z.core.$ZodIssue[]): number {
  const depth = Math.max(...issues.map(issue => issue.path.length + (issue.code === 'invalid_union' ? 1 : 0)))
  return issues.some(issue => issue.code === 'unrecognized_keys') ? -issues.length : depth * 10 - issues.length
}
