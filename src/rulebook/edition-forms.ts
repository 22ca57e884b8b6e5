import { z } from 'zod'
import type { PlainText } from '../platform/i18n/text.ts'
import { isLocalDate } from '../time/wallclock.ts'
import { charges, type ChargeRule, type EditionFile } from './edition.ts'
import type { Condition } from './condition.ts'
import { readJson } from './json-text.ts'
import { priceKeys, type PriceForm, type PriceRow } from './parts.ts'

export const tongues = ['Fi', 'Sv', 'En', 'Plain'] as const
const languages = { Fi: 'fi', Sv: 'sv', En: 'en', Plain: 'plain' } as const

/** The end of a line as a browser sends it is not part of a text. */
export const written = z.string('desk.rules.error.text').transform((text) => text.replaceAll('\r\n', '\n').trim())
const longest = 20_000
/** Of a file or a part of it, in characters: more than a whole city's rules have ever been. */
const longestFile = 1_000_000
// Nothing that hides, or turns the reading order, in what everybody reads; lines may end.
const hidden = /[\p{Zl}\p{Zp}\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2060-\u2069\ufeff]/u
/** A text of some lines that must be there. */
export const wordsOf = (most: number) => written.pipe(z.string().min(1, 'desk.rules.error.text').max(most, 'desk.rules.error.long')
  .refine((text) => !hidden.test(text), 'desk.rules.error.hidden'))
export const needed = wordsOf(longest)
export const date = z.string('desk.rules.error.date').refine(isLocalDate, 'desk.rules.error.date')
export const revision = z.string().regex(/^\d{1,9}$/).transform(Number)
export const whole = z.string('desk.rules.error.number').trim().regex(/^\d{1,6}$/, 'desk.rules.error.number').transform(Number)

type TextFields<Name extends string> = { [Field in `${Name}${(typeof tongues)[number]}`]: z.ZodType<string> }
export const fields = <Name extends string>(name: Name, field: z.ZodType<string>): TextFields<Name> =>
  Object.fromEntries(tongues.map((tongue) => [`${name}${tongue}`, field])) as TextFields<Name>

/** A text in all languages that may be left out altogether, but not in some of them. */
export const optional: z.ZodType<string> = written.pipe(z.string().max(longest, 'desk.rules.error.long')).default('')

export function textOf(form: Record<string, unknown>, name: string): PlainText {
  return Object.fromEntries(tongues.map((tongue) => [languages[tongue], form[`${name}${tongue}`]])) as PlainText
}

export function optionalText(form: Record<string, unknown>, name: string, check: z.core.$RefinementCtx): PlainText | undefined {
  const missing = tongues.filter((tongue) => form[`${name}${tongue}`] === '')
  if (missing.length === tongues.length) return undefined
  for (const tongue of missing) check.addIssue({ code: 'custom', path: [`${name}${tongue}`], message: 'desk.rules.error.text' })
  return textOf(form, name)
}

/** A text as the fields of a form. */
export const textFields = (name: string, text: PlainText | undefined): Record<string, string> =>
  Object.fromEntries(tongues.map((tongue) => [`${name}${tongue}`, text?.[languages[tongue]] ?? '']))

export const revisionForm = z.object({ revision })

export const generalForm = z.object({
  revision, ...fields('name', needed), ...fields('summary', optional), validFrom: date,
  pricedOn: z.enum(['use', 'request'], 'site.error.field'),
}).transform((form, check) => ({
  revision: form.revision,
  value: { name: textOf(form, 'name'), summary: optionalText(form, 'summary', check), validFrom: form.validFrom, pricedOn: form.pricedOn },
}))

export const limitsForm = z.object({
  revision, openBookingsPerPerson: whole, handlingWorkingDays: whole, decisionWorkingDays: whole,
  decisionDaysAtMost: z.union([z.literal('').transform(() => undefined), whole], 'desk.rules.error.number').default(undefined as never),
  holdMinutes: whole, youthUnder: whole,
}).transform(({ revision, ...value }) => ({ revision, value }))

export const termsForm = z.object({ revision, version: needed, ...fields('text', needed) })
  .transform((form) => ({ revision: form.revision, value: { version: form.version, text: textOf(form, 'text') } }))

/** A part that an edition may leave out: nothing typed is no part, else each field is needed. */
function optionalPart<Name extends string>(form: Record<string, string>, names: readonly Name[], check: z.core.$RefinementCtx): Record<Name, PlainText> | null {
  const said = Object.entries(form)
  if (said.every(([, text]) => text === '')) return null
  for (const [field, text] of said) if (text === '') check.addIssue({ code: 'custom', path: [field], message: field === 'days' ? 'desk.rules.error.number' : 'desk.rules.error.text' })
  return Object.fromEntries(names.map((name) => [name, textOf(form, name)])) as Record<Name, PlainText>
}

export const procedureForm = z.object({ revision, ...fields('text', optional), ...fields('responsible', optional) })
  .transform(({ revision, ...form }, check) => ({ revision, value: optionalPart(form as Record<string, string>, ['text', 'responsible'], check) }))

const days = z.string().trim().regex(/^\d{0,6}$/, 'desk.rules.error.number').default('')
export const reviewForm = z.object({ revision, ...fields('body', optional), ...fields('contact', optional), days }).transform(({ revision, ...form }, check) => {
  const texts = optionalPart(form as Record<string, string>, ['body', 'contact'], check)
  return { revision, value: texts && { ...texts, days: Number(form.days) } }
})

/** JSON as somebody typed it; what it must be is for `readEdition` to say. */
export const jsonForm = z.object({ revision, json: written.pipe(z.string().max(longestFile, 'desk.rules.error.fileLong')).default('') })

export const json = written.transform((text, check): unknown => {
  const read = readJson(text)
  if (!read) check.addIssue({ code: 'custom', message: 'desk.rules.error.json' })
  return read ? read.value : z.NEVER
})

export const ruleForm = z.object({
  revision,
  id: z.string('desk.rules.error.ruleId').trim().regex(/^[a-z][a-z0-9_]*$/, 'desk.rules.error.ruleId').max(60, 'desk.rules.error.ruleId'),
  ...fields('name', optional), ...fields('text', needed), ...fields('contact', optional),
  charge: z.enum(charges, 'desk.rules.error.charge'),
  priceClass: z.string().trim().default(''),
  source: written.default(''),
  when: json,
}).transform((form, check) => {
  const name = optionalText(form, 'name', check)
  const contact = optionalText(form, 'contact', check)
  if (form.charge === 'paid' && form.priceClass === '') check.addIssue({ code: 'custom', path: ['priceClass'], message: 'desk.rules.error.priceClass' })
  const rule: ChargeRule = {
    id: form.id,
    when: form.when as Condition,
    charge: form.charge,
    ...(form.charge === 'paid' ? { priceClass: form.priceClass } : {}),
    ...(name ? { name } : {}),
    text: textOf(form, 'text'),
    ...(contact ? { contact } : {}),
    source: form.source || null,
  }
  return { revision: form.revision, rule }
})

/** A charge rule as the fields of its form. */
export const ruleFields = (rule: ChargeRule): Record<string, string> => ({
  id: rule.id, charge: rule.charge, priceClass: rule.priceClass ?? '', source: rule.source ?? '', when: JSON.stringify(rule.when, null, 2),
  ...textFields('name', rule.name), ...textFields('text', rule.text), ...textFields('contact', rule.contact),
})

export const placeForm = z.object({ revision, way: z.enum(['up', 'down']) })

/** Cents as euros with a comma, `12` or `12,50`. */
export const euros = (cents: number): string => (cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2).replace('.', ','))

export const cents = z.string('desk.rules.error.price').trim().regex(/^\d{1,5}([,.]\d{1,2})?$/, 'desk.rules.error.price')
  .transform((text) => Math.round(Number(text.replace(',', '.')) * 100))
const openDate = z.union([z.literal('').transform(() => null), date], 'desk.rules.error.date').default(null)

/** The prices of these rows: `cents-<row>`, `from-<row>`, `to-<row>`; a row that the form does not have stays as it is. */
export const pricesForm = (keys: readonly string[]) => {
  const row = Object.fromEntries(keys.flatMap((key): [string, z.ZodType][] =>
    [[`cents-${key}`, cents.optional()], [`from-${key}`, date.optional()], [`to-${key}`, openDate]]))
  return z.object({ ...row, revision, newFrom: openDate }).transform((form) => {
    const said: Record<string, unknown> = form
    const rows = keys.flatMap((key): [string, PriceRow][] => {
      const [cents, validFrom, validTo] = [said[`cents-${key}`], said[`from-${key}`], said[`to-${key}`]] as [number?, string?, (string | null)?]
      return cents === undefined || validFrom === undefined ? [] : [[key, { cents, validFrom, validTo: validTo ?? null }]]
    })
    const value: PriceForm = { newFrom: said['newFrom'] as string | null, rows: new Map(rows) }
    return { revision: said['revision'] as number, value }
  })
}

export function priceFields(edition: EditionFile): Record<string, string> {
  const keys = priceKeys(edition)
  return Object.fromEntries(edition.priceList.prices.flatMap((row, at) =>
    [[`cents-${keys[at]}`, euros(row.centsPerHour)], [`from-${keys[at]}`, row.validFrom], [`to-${keys[at]}`, row.validTo ?? '']]))
}

const id = z.string('desk.rules.error.id').trim().regex(/^[a-z0-9][a-z0-9-]*$/, 'desk.rules.error.id').max(60, 'desk.rules.error.id')
export const copyForm = z.object({ from: z.string('site.error.field'), id })
export const fileForm = z.object({
  id: z.union([z.string().trim().length(0).transform(() => null), id], 'desk.rules.error.id').default(null),
  file: z.string('desk.rules.error.file').trim().min(1, 'desk.rules.error.file').max(longestFile, 'desk.rules.error.fileLong'),
})

// Anything invisible could hide another reading order in what is quoted everywhere.
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
export const line = (most: number, missing: string) => z.string(missing).trim().min(1, missing).max(most, 'desk.rules.error.tooLong')
  .refine((text) => !invisible.test(text), 'site.error.field')

export const decided = { number: line(60, 'desk.rules.error.decisionNumber').refine((text) => /\d/.test(text), 'desk.rules.error.decisionNumber'), date, ...fields('body', line(200, 'desk.rules.error.text')) }

/** The decision of a form; nothing can have been decided after `today`. */
export function decisionOf(form: { number: string; date: string }, today: string, check: z.core.$RefinementCtx) {
  if (form.date > today) check.addIssue({ code: 'custom', path: ['date'], message: 'desk.rules.error.decidedLater' })
  return { number: form.number, date: form.date, body: textOf(form, 'body') }
}

/** That an adopted edition never comes into force, as its form says it; `today` is a local date. */
export const withdrawalForm = (today: string) => z.object({ ...decided, ...fields('reason', needed) })
  .transform((form, check) => ({ decision: decisionOf(form, today, check), reason: textOf(form, 'reason') }))

/** A decision as its form says it; `today` is a local date, as nothing can have been decided later. */
export const adoptionForm = (today: string) => z.object({
  revision, ...decided, validFrom: date,
}).transform((form, check) => ({ revision: form.revision, validFrom: form.validFrom, decision: decisionOf(form, today, check) }))
export const decisionNumberHint = 'HEL 2026-001234'
