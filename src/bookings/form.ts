import { z } from 'zod'
import { parseAssociation } from '../people/identifiers.ts'
import { nameField, phoneField } from '../people/person.ts'
import { activities, applicants, groups, purposes } from '../rulebook/facts.ts'
import { isLocalDate } from '../time/wallclock.ts'
import type { DraftAnswers } from './draft.ts'
import { clockOf } from './when.ts'
import type { BookingWish } from './wish.ts'

const unlessEmpty = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
const several = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.preprocess((value) => [value ?? []].flat().filter((one) => one !== ''), z.array(z.enum(values)))
const yesOrNo = (fault: string) => unlessEmpty(z.enum(['yes', 'no'], fault).transform((said) => said === 'yes'))

const clock = (fault: string) => z.string(fault).transform((text, check) => {
  const minute = clockOf(text)
  if (minute === null) check.addIssue({ code: 'custom', message: fault })
  return minute ?? z.NEVER
})
const head = (fault: string) => z.string(fault).trim().regex(/^\d{1,5}$/, fault).transform(Number)
const turn = unlessEmpty(z.enum(['first', 'second']))

const timeFields = {
  date: z.string('bookings.error.date').refine(isLocalDate, 'bookings.error.date'),
  from: clock('bookings.error.from'),
  to: clock('bookings.error.to'),
  fromTurn: turn,
  toTurn: turn,
}
/** A date with clock times, and which reading is meant where the clock is turned back. */
export const timeForm = z.object(timeFields)

/** What the first step asks, field by field; faults are message keys. `youths` and `locals` are heads, not shares. */
const wishFields = {
  ...timeFields,
  applicant: z.enum(applicants, 'bookings.error.applicant'),
  purpose: z.enum(purposes, 'bookings.error.purpose'),
  people: head('bookings.error.people').refine((people) => people > 0, 'bookings.error.people'),
  openToAll: yesOrNo('bookings.error.openToAll'),
  entryFee: yesOrNo('bookings.error.entryFee'),
  locals: unlessEmpty(head('bookings.error.heads')),
  youths: unlessEmpty(head('bookings.error.heads')),
  groups: several(groups),
  activities: several(activities),
}
export const wishForm = z.object(wishFields).superRefine(({ people, locals, youths }, check) => {
  for (const [field, heads] of Object.entries({ locals, youths })) {
    if (heads !== undefined && heads > people) check.addIssue({ code: 'custom', path: [field], message: 'bookings.error.tooManyHeads' })
  }
})
export type WishAnswers = z.output<typeof wishForm>

/** The answers that can be understood so far; the rest counts as not answered. */
export function understood(draft: DraftAnswers): Partial<WishAnswers> {
  const found: [string, unknown][] = []
  for (const [name, schema] of Object.entries(wishFields)) {
    const read = schema.safeParse(draft[name])
    if (read.success && read.data !== undefined) found.push([name, read.data])
  }
  return Object.fromEntries(found)
}

/** The facts of the rule book that were said, or null while who, what for or how many is open. */
export function factsSaid(answers: Partial<WishAnswers>): BookingWish['facts'] | null {
  const { applicant, purpose, people, openToAll, entryFee, locals, youths, groups = [], activities = [] } = answers
  if (!applicant || !purpose || !people) return null
  const share = (heads: number): number => Math.min(1, heads / people)
  return {
    applicant, purpose, people, groups, activities,
    ...(openToAll === undefined ? {} : { openToAll }),
    ...(entryFee === undefined ? {} : { entryFee }),
    ...(locals === undefined ? {} : { localShare: share(locals) }),
    ...(youths === undefined ? {} : { youthShare: share(youths) }),
  }
}

/** One line of text; anything invisible could hide a second one in a mail or a calendar. */
const line = (most: number, fault: string) => z.string(fault).trim().min(1, fault).max(most, fault).regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, fault)

/** The second step: what it is called and who answers for it. Who pays is asked only when it costs something (rulings 7). */
export const detailsForm = z.object({
  title: line(120, 'bookings.error.title'),
  public: unlessEmpty(z.literal('1')).transform((said) => said === '1'),
  responsibleName: nameField,
  responsiblePhone: phoneField,
}).transform(({ responsibleName: name, responsiblePhone: phone, ...rest }) => ({ ...rest, responsible: { name, phone } }))

export const payerForm = z.object({
  payerName: line(120, 'bookings.error.payerName'),
  payerAddress: z.string('bookings.error.payerAddress').trim().min(1, 'bookings.error.payerAddress').max(300, 'bookings.error.payerAddress'),
}).transform(({ payerName: name, payerAddress: address }) => ({ name, address }))

/** One of the person's own associations as `kind:value`, or another one by its number and name. */
export const associationForm = z.object({
  association: z.string().default('other'),
  associationNumber: z.string().default(''),
  associationName: z.string().trim().max(120, 'bookings.error.associationName').default(''),
}).transform(({ association, associationNumber, associationName: name }, check): NonNullable<BookingWish['association']> => {
  const own = /^(?:business_id|register_number):(.+)$/.exec(association)
  const named = parseAssociation(own?.[1] ?? associationNumber)
  if (named && own) return named
  if (!named) check.addIssue({ code: 'custom', path: ['associationNumber'], message: 'bookings.error.associationNumber' })
  if (!name) check.addIssue({ code: 'custom', path: ['associationName'], message: 'bookings.error.associationName' })
  return named && name ? { ...named, name } : z.NEVER
})
