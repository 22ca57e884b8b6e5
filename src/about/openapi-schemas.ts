import { bookingStates } from '../bookings/booking.ts'
import { payerStates } from '../bookings/payer.ts'
import { activities, applicants, groups, purposes } from '../rulebook/facts.ts'
import { charges } from '../rulebook/edition.ts'
import { sources, spaceKinds, supervisionModes, unitKinds } from '../spaces/space.ts'

export type Schema = { [keyword: string]: unknown }

const string: Schema = { type: 'string' }
const boolean: Schema = { type: 'boolean' }
const integer: Schema = { type: 'integer' }
export const oneOf = (values: readonly string[]): Schema => ({ type: 'string', enum: [...values] })
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
export const arrayOf = (items: Schema): Schema => ({ type: 'array', items })
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })
export const object = (properties: Record<string, Schema>, optional: readonly string[] = [], description?: string): Schema => ({
  type: 'object', properties, required: Object.keys(properties).filter((name) => !optional.includes(name)), ...(description && { description }),
})
/** A piece of a list, and the cursor of the next one. */
export const listOf = (name: string): Schema => object({ items: arrayOf(ref(name)), next: orNull(string) })

const instant: Schema = { type: 'string', format: 'date-time', description: 'With offset, for example 2026-11-24T18:00:00+02:00.' }
const time: Schema = { type: 'string', description: 'An instant with Z or offset, or local time YYYY-MM-DDTHH:MM in Europe/Helsinki.' }
const interval = object({ start: instant, end: instant })
const share: Schema = { type: 'number', minimum: 0, maximum: 1 }
const reason: Schema = { type: 'string' }

const wish = {
  space: { ...string, description: 'The slug.' }, start: time, end: time,
  applicant: oneOf(applicants), purpose: oneOf(purposes), people: { ...integer, minimum: 1 },
  openToAll: { ...boolean, description: 'Anyone interested may take part.' },
  entryFee: { anyOf: [boolean, { type: 'number', minimum: 0 }], description: 'Whether people pay to get in; a sum is understood too.' },
  youthShare: { ...share, description: 'Share of participants under the age of the rule book’s limits.youthUnder.' },
  localShare: { ...share, description: 'Share of participants who live in the city.' },
  groups: arrayOf(oneOf(groups)), activities: arrayOf(oneOf(activities)),
  association: { ...string, description: 'Register number or Business ID (Y-tunnus).' },
}
const optionalFacts = ['openToAll', 'entryFee', 'youthShare', 'localShare', 'groups', 'activities', 'association']

const space = {
  id: string, slug: string, name: ref('Name'), kind: oneOf(spaceKinds), unit: object({ slug: string, name: ref('Name') }),
  people: integer, areaM2: integer, parts: arrayOf(string), whole: orNull(string), supervision: arrayOf(oneOf(supervisionModes)),
  approval: { ...oneOf(['automatic', 'person']), description: 'person: staff decide on every booking of the space, whoever asks.' }, minutes: object({ min: integer, max: integer, step: integer }), source: oneOf(sources),
}

const line = object({ text: ref('Sentence'), minutes: integer, cents: integer, vatRate: { type: 'number' } })
const because = object({ rule: string, text: ref('Sentence') })
const supervision = object({ mode: oneOf(supervisionModes), duties: arrayOf(ref('Sentence')) })
const tariff = object({ edition: string, date: { type: 'string', format: 'date' } }, [], 'Whose price list counted, and for which day.')
const booked = {
  id: string, ref: string, state: oneOf(bookingStates), start: instant, end: instant, charge: oneOf(charges), totalCents: orNull(integer),
  calendar: { ...string, format: 'uri' },
}

export const schemas: Record<string, Schema> = {
  Name: object({ fi: string, sv: string, en: string }, ['fi', 'sv', 'en'], 'A missing language is left out; fi too, where only a Swedish name exists.'),
  Sentence: object({ fi: string, sv: string, en: string, plain: { ...string, description: 'Easy Finnish (selkokieli).' } }),
  Interval: interval,
  Unit: object({
    id: string, slug: string, name: ref('Name'), kind: oneOf(unitKinds), address: orNull(string), postalCode: orNull(string),
    location: object({ lat: { type: 'number' }, lon: { type: 'number' } }), areas: arrayOf(string), notLent: orNull(ref('Name')),
    notLentUntil: orNull({ type: 'string', format: 'date', description: 'The last day of that, where it has one.' }), source: oneOf(sources),
  }),
  Space: object(space),
  Availability: object({ days: arrayOf(object({ date: { type: 'string', format: 'date' }, open: arrayOf(ref('Interval')), free: arrayOf(ref('Interval')) })) }),
  Found: object({ space: ref('Space'), first: ref('Interval') }),
  Refusal: { ...object({ code: { ...string, description: 'taken, closed, closure, too-late, too-early, too-short, too-long, off-step, in-the-past, too-many-people, not-allowed, open-bookings, banned (with until, unit or null, whose), no-such-time, ambiguous-time, end-before-start …' } }), additionalProperties: true },
  QuoteRequest: object(wish, optionalFacts),
  Quote: object({
    edition: string, charge: oneOf(charges), priceClass: orNull(string), totalCents: orNull(integer),
    lines: arrayOf(line), because: arrayOf(because), supervision,
    approval: oneOf(['automatic', 'person']), missing: arrayOf(oneOf(optionalFacts)), contact: ref('Sentence'), refusals: arrayOf(ref('Refusal')),
    explanation: ref('Explanation'), tariff,
  }, ['contact']),
  BookingRequest: object({
    ...wish, title: string, public: { ...boolean, default: false }, responsible: object({ name: string, phone: string }),
    payer: object({ name: string, address: string }), acceptTerms: { const: true },
  }, [...optionalFacts, 'public', 'payer']),
  Booked: object(booked),
  Booking: object({
    ...booked, space: string, unit: string, title: string, public: boolean, applicant: oneOf(applicants), purpose: oneOf(purposes), people: integer,
    responsible: object({ name: string, phone: string }),
    payer: { ...oneOf(payerStates), description: 'Whether it is known who gets the invoice; the maker says it in the booking or on its page.' },
    because: arrayOf(because), explanation: { anyOf: [ref('Explanation'), { type: 'null' }], description: 'Why it was decided so, by the facts and the rules of then; null where that can no longer be told.' },
    lines: arrayOf(line), supervision, rules: string, tariff, terms: string,
    decideBy: orNull(instant), decidedAt: orNull(instant), reason: { ...orNull(string), description: 'What the official wrote: the reason, or a message where the rules decided what was approved.' }, createdAt: instant, updatedAt: instant,
  }),
  Approval: object(
    { reason: { ...reason, description: 'Why this price, where the rules leave it to a person: owed there. A message to the applicant elsewhere.' }, charge: { ...oneOf(['free', 'paid']), description: 'Where the rules leave the price to a person.' }, priceClass: { ...string, default: 'full' } },
    ['reason', 'charge', 'priceClass'],
  ),
  Rejection: object({ reason }),
  Cancellation: object({ reason }, ['reason']),
  Move: object({ start: wish.start, end: wish.end }),
  Problem: {
    ...object({
      type: string, title: { ...string, description: 'A short sentence for people; programs look at the code.' }, status: integer, code: string, requestId: string,
      errors: arrayOf(object({ path: string, code: string, text: string }, ['text'])), refusals: arrayOf(ref('Refusal')),
    }, ['errors', 'refusals']),
    additionalProperties: true,
    description: 'RFC 9457.',
  },
}
