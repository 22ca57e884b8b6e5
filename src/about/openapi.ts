import { accessibilityNeeds, equipmentKinds, spaceKinds, supervisionModes, unitKinds } from '../spaces/space.ts'
import { ruleExamples, ruleSchemas } from './openapi-rules.ts'
import { listOf, oneOf, ref, schemas } from './openapi-schemas.ts'
import type { Schema } from './openapi-schemas.ts'

type Parameter = { name: string; in: string; required?: boolean; schema: Schema; description?: string }

const query = (name: string, schema: Schema, description?: string): Parameter => ({ name, in: 'query', schema, ...(description && { description }) })
const required = (parameter: Parameter): Parameter => ({ ...parameter, required: true })
const inPath = (name: string): Parameter => ({ name, in: 'path', required: true, schema: { type: 'string' } })
const json = (schema: Schema) => ({ 'application/json': { schema } })
const answers = (description: string, schema: Schema, example?: object) =>
  ({ description, content: { 'application/json': { schema, ...(example && { example }) } } })
const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: ref('Problem') } } })
const body = (name: string, required = true) => ({ required, content: json(ref(name)) })

const date: Schema = { type: 'string', format: 'date' }
const clock: Schema = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$' }
const text: Schema = { type: 'string' }
const paging = [
  query('limit', { type: 'integer', minimum: 1, maximum: 100, default: 100 }),
  query('cursor', text, 'The next of the piece before.'),
]
const filter = [
  query('q', text, 'Words of the space, its unit, kind and areas; all must be found, anywhere in a word, å ä ö as a a o.'),
  query('kind', oneOf(spaceKinds)), query('unitKind', oneOf(unitKinds)),
  query('area', text, 'The slug of an area of any level.'), query('people', { type: 'integer', minimum: 1 }),
  query('equipment', { type: 'array', items: oneOf(equipmentKinds) }, 'All of them; repeated, or with commas between.'),
  query('access', oneOf(accessibilityNeeds), 'A need that the space is known to meet.'),
  query('supervision', oneOf(supervisionModes), 'A mode that the space can be used in.'),
]
const unreadable = { 400: problem('The query cannot be read.') }
const unknown = { 404: problem('Unknown, or not yours.') }
/** What may be wrong with anything that is sent along. */
const sent = {
  400: problem('The JSON, or a header, cannot be read.'), 413: problem('The body is longer than 64 kB.'), 415: problem('The encoding of the body is not known.'),
  422: problem('Fields are missing or wrong.'),
}
const unwritten = { 503: problem('Nothing was done: busy (with Retry-After), or no room left to write in (storage-full).') }
const withToken = { security: [{ token: [] }] }
const mayHaveToken = { security: [{}, { token: [] }] }
const badToken = { 401: problem('A token was sent that does not work.') }
const signedOut = { 401: problem('No token, or one that no longer works.') }

const open = {
  '/units': {
    get: {
      summary: 'Units', parameters: [query('kind', oneOf(unitKinds)), filter[3], ...paging],
      responses: { 200: answers('A piece of the list.', listOf('Unit')), ...unreadable },
    },
  },
  '/spaces': {
    get: { summary: 'Spaces', parameters: [...filter, ...paging], responses: { 200: answers('A piece of the list.', listOf('Space')), ...unreadable } },
  },
  '/spaces/{slug}/availability': {
    get: {
      summary: 'Open and free times of a space, both dates included, at most 92 days',
      parameters: [inPath('slug'), required(query('from', date)), required(query('to', date))],
      responses: { 200: answers('One entry a date.', ref('Availability')), ...unreadable, ...unknown },
    },
  },
  '/search': {
    get: {
      summary: 'Spaces that can take a booking of so many minutes between two times of a date, or of one of several, the earliest first',
      parameters: [
        query('date', date, 'Today when left out.'), query('dateTo', date, 'The last of several dates, at most 56.'),
        query('weekdays', { type: 'array', items: { type: 'integer', minimum: 1, maximum: 7 } }, 'Of several dates those on these ISO weekdays, 1 = Monday.'),
        query('from', { ...clock, default: '00:00' }), query('to', { ...clock, default: '24:00' }),
        query('minutes', { type: 'integer', minimum: 15, maximum: 1440, default: 60 }), ...filter, ...paging,
      ],
      responses: { 200: answers('A piece of the list.', listOf('Found')), ...unreadable },
    },
  },
  '/quotes': {
    post: {
      summary: 'What a wish would cost, under which conditions and why, and what speaks against it; nothing is kept',
      description: 'Limits of a person (open bookings, bans, granted rights, confirmed memberships) are told to who sends a key. Without one the wish is anybody’s.',
      ...mayHaveToken, requestBody: body('QuoteRequest'),
      responses: {
        200: answers('The answer; not_allowed and refusals are answers too.', ref('Quote')), ...badToken, ...unknown, ...sent,
      },
    },
  },
  '/rules': {
    get: { summary: 'The rule book in force', responses: { 200: answers('The edition, with its decision.', ref('RuleBook'), ruleExamples.ruleBook), ...unreadable } },
  },
  '/rules/editions': {
    get: {
      summary: 'Editions of the rule book that are no drafts: coming, in force, earlier, the newest first', parameters: paging,
      responses: { 200: answers('A piece of the list.', listOf('EditionLine'), ruleExamples.editions), ...unreadable },
    },
  },
  '/rules/editions/{id}': {
    get: {
      summary: 'An edition as its file says it; an adopted one never changes', parameters: [inPath('id')],
      responses: { 200: answers('The edition, with its decision.', ref('Edition'), ruleExamples.edition), ...unreadable, ...unknown },
    },
  },
  '/rules/schema': {
    get: {
      summary: 'The form of an edition’s file, as JSON Schema (draft 2020-12)',
      responses: {
        200: { description: 'The schema.', content: { 'application/schema+json': { schema: ref('JsonSchema'), example: ruleExamples.schema } } }, ...unreadable,
      },
    },
  },
}

const refused = { 409: problem('Refused, with all the reasons.') }
const byToken = {
  '/bookings': {
    post: {
      summary: 'Book, or ask for a booking', ...withToken, requestBody: body('BookingRequest'),
      parameters: [{ name: 'Idempotency-Key', in: 'header', required: true, schema: text, description: 'Kept for 24 hours: the same body gets the same answer.' }],
      responses: { 201: answers('Made.', ref('Booked')), ...signedOut, ...unknown, ...refused, ...sent, ...unwritten },
    },
  },
  '/bookings/{ref}': {
    get: { summary: 'A booking', ...withToken, parameters: [inPath('ref')], responses: { 200: answers('The booking.', ref('Booking')), ...unreadable, ...signedOut, ...unknown } },
    delete: {
      summary: 'Withdraw or cancel', ...withToken, parameters: [inPath('ref')], requestBody: body('Cancellation', false),
      responses: { 200: answers('The booking as it is now.', ref('Booking')), ...signedOut, ...unknown, ...refused, ...sent, ...unwritten },
    },
  },
  '/bookings/{ref}/move': {
    post: {
      summary: 'Move to another time in the same space; judged like a new wish, so that the price may change and staff may have to decide again',
      ...withToken, parameters: [inPath('ref')], requestBody: body('Move'),
      responses: { 200: answers('Moved.', ref('Booking')), ...signedOut, ...unknown, ...refused, ...sent, ...unwritten },
    },
  },
  '/bookings/{ref}/approval': {
    post: {
      summary: 'Approve (staff)', ...withToken, parameters: [inPath('ref')], requestBody: body('Approval', false),
      responses: { 200: answers('Approved.', ref('Booking')), ...signedOut, ...unknown, ...refused, ...sent, ...unwritten },
    },
  },
  '/bookings/{ref}/rejection': {
    post: {
      summary: 'Decline (staff)', ...withToken, parameters: [inPath('ref')], requestBody: body('Rejection'),
      responses: { 200: answers('Declined.', ref('Booking')), ...signedOut, ...unknown, ...refused, ...sent, ...unwritten },
    },
  },
}

/** The description of the interface, OpenAPI 3.1. `baseUrl` is the service's address without a trailing slash. */
export const openapi = (baseUrl: string) => ({
  openapi: '3.1.0',
  info: {
    title: 'Tilavuoro',
    version: '1',
    description: 'A city’s premises, their free times, the rules that say who pays what, and bookings. Times without an offset are Europe/Helsinki.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: `${baseUrl}/api/v1` }],
  paths: { ...open, ...byToken },
  components: { schemas: { ...schemas, ...ruleSchemas }, securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
})
