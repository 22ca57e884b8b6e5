import { z } from 'zod'
import type { PlainText } from '../platform/i18n/text.ts'
import { spaceKinds } from '../spaces/space.ts'
import type { Condition } from './condition.ts'
import { charges } from './edition.ts'
import { cents, date, euros, fields, json, needed, optional, optionalText, revision, textFields, textOf, tongues, whole, written } from './edition-forms.ts'
import type { Entry, EntryList, EntrySaid } from './entries.ts'
import { applicants, purposes } from './facts.ts'
import { isOnlyAll, ticked, type Ticked } from './ticked-condition.ts'

const quotaOf = { whose: ['person', 'association'], within: ['space', 'unit', 'city'], per: ['day', 'week', 'month', 'season'] } as const

/** Ticks come as one text or as several; they are kept in the order of their list. */
const sent = z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([])
const ticks = <const All extends readonly string[]>(all: All) => sent.pipe(z.array(z.enum(all, 'site.error.field'))).transform((said): All[number][] => all.filter((one) => said.includes(one)))
const emptyOr = <Said extends z.ZodType>(said: Said) => z.union([z.string().trim().length(0).transform(() => undefined), said]).default(undefined as never)

/** In characters: some hundreds of comparisons. */
const longestCondition = 20_000
const condition = {
  kinds: ticks(spaceKinds), applicants: ticks(applicants), purposes: ticks(purposes),
  named: sent.transform((names) => [...new Set(names)].sort()),
  whenMore: written.pipe(z.string().max(longestCondition, 'desk.rules.error.long')).transform((text) => text === '' ? '{"all":[]}' : text).pipe(json).default({ all: [] }),
}
type ConditionSaid = { kinds: Ticked['kinds']; applicants: Ticked['applicants']; purposes: Ticked['purposes']; named: string[]; whenMore: unknown }
const always = (said: unknown): boolean => isOnlyAll(said) && said.all.length === 0

const tickedOf = ({ kinds, applicants, purposes, named, whenMore }: ConditionSaid): Ticked =>
  ({ kinds, applicants, purposes, named, more: always(whenMore) ? null : whenMore as Condition })

const choice = <const All extends readonly string[]>(all: All) => z.enum(all, 'desk.rules.error.choose')
const chosen = (missing: string) => z.string(missing).trim().min(1, missing).max(200, missing)
const amount = z.string('desk.rules.error.amount').trim().regex(/^\d{1,4}([,.]\d{1,2})?$/, 'desk.rules.error.amount').transform((text) => Number(text.replace(',', '.')))
const price = emptyOr(cents)
const fault = (check: z.core.$RefinementCtx, field: string, message: string): void => check.addIssue({ code: 'custom', path: [field], message })
/** An optional field that says nothing is not there. */
const some = (said: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== ''))

type Form = z.ZodType<{ revision: number; said: EntrySaid }>

/** What each list's form asks of an entry; what does not fit together otherwise is for `readEdition` to say. */
export const entryForms: Record<EntryList, Form> = {
  exceptions: z.object({
    revision, ...condition, unit: chosen('desk.rules.error.unit'), validFrom: date, validTo: date, charge: choice(charges), priceClass: z.string().trim().max(200).default(''),
    ...fields('name', needed), ...fields('text', needed), ...fields('contact', optional), source: written.pipe(z.string().max(2000, 'desk.rules.error.long')).default(''),
  }).transform((form, check) => {
    const { revision, charge, priceClass, unit, validFrom, validTo, source } = form
    const [name, contact] = [textOf(form, 'name'), optionalText(form, 'contact', check)]
    if (charge === 'paid' && priceClass === '') fault(check, 'priceClass', 'desk.rules.error.priceClass')
    if (charge === 'not_allowed' && !contact) fault(check, 'contactFi', 'desk.rules.wrong.contact')
    if (validTo < validFrom) fault(check, 'validTo', 'desk.rules.wrong.before-start')
    const said = { charge, ...some({ priceClass: charge === 'paid' ? priceClass : '', name }), text: textOf(form, 'text'), ...some({ contact }), source: source || null, unit, validFrom, validTo }
    return { revision, said: { ticked: tickedOf(form), fields: said } }
  }),
  quotas: z.object({
    revision, ...condition, whose: choice(quotaOf.whose), within: choice(quotaOf.within), per: choice(quotaOf.per),
    bookings: emptyOr(whole), hours: emptyOr(amount), ...fields('text', needed),
  }).transform((form, check) => {
    const { revision, whose, within, per, bookings, hours } = form
    if (bookings === undefined && hours === undefined) fault(check, 'bookings', 'desk.rules.error.bookingsOrHours')
    return { revision, said: { ticked: tickedOf(form), fields: { whose, within, per, ...some({ bookings, hours }), text: textOf(form, 'text') } } }
  }),
  extras: z.object({
    revision, ...condition, cents: price, centsPerHour: price, band: z.string().trim().default(''), vat: chosen('desk.rules.error.choose'), ...fields('text', needed),
  }).transform((form, check) => {
    const { revision, cents, centsPerHour, band, vat } = form
    if ((cents === undefined) === (centsPerHour === undefined)) fault(check, 'cents', 'desk.rules.error.onePrice')
    return { revision, said: { ticked: tickedOf(form), fields: { ...some({ cents, centsPerHour, band }), vat, text: textOf(form, 'text') } } }
  }),
  approvalRules: z.object({ revision, ...condition, ...fields('text', needed) })
    .transform((form) => ({ revision: form.revision, said: { ticked: tickedOf(form), fields: { text: textOf(form, 'text') } } })),
  applicantGroups: z.object({ revision, id: choice(applicants), ...fields('text', needed), ...fields('evidence', needed) })
    .transform((form) => ({ revision: form.revision, said: { id: form.id, fields: { text: textOf(form, 'text'), evidence: textOf(form, 'evidence') } } })),
  purposes: z.object({ revision, id: choice(purposes), ...fields('text', needed) })
    .transform((form) => ({ revision: form.revision, said: { id: form.id, fields: { text: textOf(form, 'text') } } })),
}

/** The names of a form's fields, in the order in which they stand on the page. */
const conditioned = ['applicants', 'purposes', 'kinds', 'named', 'whenMore']
const text = (name: string): string[] => tongues.map((tongue) => `${name}${tongue}`)
export const entryFieldNames: Record<EntryList, readonly string[]> = {
  exceptions: ['unit', 'validFrom', 'validTo', 'charge', 'priceClass', ...text('name'), ...text('text'), ...conditioned, ...text('contact'), 'source'],
  quotas: ['whose', 'within', 'per', 'bookings', 'hours', ...text('text'), ...conditioned],
  extras: ['cents', 'centsPerHour', 'band', 'vat', ...text('text'), ...conditioned],
  approvalRules: [...text('text'), ...conditioned],
  applicantGroups: ['id', ...text('text'), ...text('evidence')],
  purposes: ['id', ...text('text')],
}

const isText = (value: unknown): value is PlainText => typeof value === 'object' && value !== null && 'plain' in value

/** An entry as the fields of its form. */
export function entryFields(entry: Entry): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).flatMap(([name, value]): [string, unknown][] => {
    if (name === 'when') return Object.entries(conditionFields(value as Condition))
    if (isText(value)) return Object.entries(textFields(name, value))
    if (name === 'cents' || name === 'centsPerHour') return [[name, euros(value as number)]]
    return [[name, name === 'hours' ? String(value).replace('.', ',') : value]]
  }))
}

function conditionFields(when: Condition): Record<string, unknown> {
  const { more, ...ticks } = ticked(when)
  return { ...ticks, whenMore: more === null ? '' : JSON.stringify(more, null, 2) }
}
export { quotaOf as quotaChoices }
