import { exampleJson } from '../rulebook/example.ts'
import { mark, type Knocker, type Things, type Town } from './town.ts'
import { form, json, type Knock, type Route } from './knocking.ts'

/**
 * Whose thing a route is asked for: the knocker's own; Olli's, in the school or in Kallion Sulka ry; Aino's, in the youth
 * centre or in Puisto ry. `club` is Kallion Sulka ry itself, `-` nothing.
 */
const objects = ['own', 'here', 'there'] as const
export type Object = (typeof objects)[number] | 'club' | '-'

const placeholder = /:(?!slug|file|code)/

/** The objects that a route can be asked for. */
export function objectsOf({ method, path }: Route): readonly Object[] {
  if (`${method} ${path}` === 'POST /calendars/own') return [...objects, 'club']
  return placeholder.test(path) && !/\/(banners|restrictions|rules)\b/.test(path) ? objects : ['-']
}

type Asked = Things & { n: number; object: Object }

const times = (from: string, to: string): object => ({ date: '2026-12-22', from, to })
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
const moved = ({ request }: Asked): object => ({ date: dayOf(request.startsAt), from: '17:30', to: '19:30' })
const wish = {
  space: 'luokka', ...times('17:30', '19:30'), applicant: 'unregistered_group', purpose: 'hobby', people: '9', openToAll: 'yes',
  entryFee: 'no',
  asked: 'openToAll entryFee activities locals youths groups',
}
const details = { ...wish, title: 'Oma', responsibleName: 'Oma', responsiblePhone: '040 123 4567' }
const banner = {
  audience: 'staff', level: 'info', textFi: 'a', textSv: 'b', textEn: 'c', startDate: '2026-11-23', startTime: '08:00',
  endDate: '2026-11-23', endTime: '23:00',
}
const edited = exampleJson()
const [rule] = edited.chargeRules
const texts = (name: string): object => Object.fromEntries(['Fi', 'Sv', 'En', 'Plain'].map((tongue) => [`${name}${tongue}`, `${name} ${tongue}`]))
const ruleSaid = { revision: '0', id: 'uusi', charge: 'free', when: JSON.stringify(rule!.when), ...texts('text') }
const quotaSaid = { revision: '0', whose: 'person', within: 'city', per: 'day', bookings: '2', ...texts('text') }
const quoted = { space: 'luokka', start: '2026-12-22T17:30', end: '2026-12-22T19:30', applicant: 'unregistered_group', purpose: 'hobby', people: 9, openToAll: true }
const bookable = { ...quoted, title: 'Oma', responsible: { name: 'Oma', phone: '040 123 4567' }, acceptTerms: true }
const calendars: Record<Object, string> = { own: 'person', here: 'unit:koulu', there: 'unit:nuoriso', club: 'association:sulka', '-': '' }

/** What a route is asked with, so that nothing but who asks is in the way. */
const said: Record<string, (asked: Asked) => object> = {
  'POST /bookings/:ref/payer': () => ({ payerName: 'Toinen', payerAddress: 'Katu 1' }),
  'GET /bookings/:ref/move': moved,
  'POST /bookings/:ref/move': moved,
  'GET /bookings/new': () => wish,
  'POST /bookings/new': () => wish,
  'GET /bookings/new/details': () => wish,
  'POST /bookings/new/details': () => details,
  'GET /bookings/new/check': () => wish,
  'POST /bookings/new/check': () => ({ ...details, terms: 'example-1' }),
  'POST /decisions': () => ({ ...wish, people: '300' }),
  'POST /bookings/new/release': () => ({ space: 'luokka' }),
  'POST /desk/requests/:ref/rejection': () => ({ reason: 'Ei nyt' }),
  'POST /desk/requests/:ref/cancellation': () => ({ reason: 'Remontti' }),
  'POST /desk/requests/:ref/ban': () => ({ whose: 'person', where: 'unit', from: '2026-11-23', to: '2026-12-01', reason: 'Syy', heard: 'no', unheard: 'Syy' }),
  'POST /desk/bans/:id/lifting': () => ({ reason: 'Selvisi' }),
  'POST /me': () => ({ name: 'Uusi', phone: '', language: 'sv' }),
  'POST /me/tokens': () => ({ tokenName: 'Uusi' }),
  'POST /saved-searches': () => ({ name: 'Uusi', query: 'people=7' }),
  'POST /saved-searches/:id/name': () => ({ name: 'Uusi' }),
  'POST /associations': () => ({ identifier: '777', name: 'Uusi' }),
  // Each address gets few mails, whoever sends them.
  'POST /associations/:id/invitations': ({ n }) => ({ email: `uusi${n}@example.org`, rights: 'books' }),
  'POST /associations/:id/members/:person/rights': () => ({ rights: 'manages' }),
  'POST /desk/associations/:id/members/:person/confirmation': () => ({ rights: 'manages' }),
  'POST /desk/associations/:id/name': () => ({ name: 'Uusi ry' }),
  'POST /desk/associations/:id/verification': () => ({ name: 'Uusi ry' }),
  'POST /desk/banners': () => banner,
  'POST /desk/banners/:id': () => banner,
  'POST /desk/restrictions': () => ({
    unit: 'kallion-koulu', place: 'luokka', ...texts('what'), ...texts('reason'), validFrom: '2031-01-01', validTo: '2031-02-01', number: 'HEL 3', date: '2026-11-20', ...texts('body'),
  }),
  'POST /desk/restrictions/:id/ending': () => ({ reason: 'Valmis', number: 'HEL 4', date: '2026-11-20', ...texts('body') }),
  'POST /desk/rules/copy': () => ({ from: edited.id, id: 'kopio' }),
  'POST /desk/rules/file': () => ({ file: JSON.stringify({ ...edited, id: 'tuotu' }) }),
  'POST /desk/rules/:id/deletion': () => ({ revision: '0' }),
  'POST /desk/rules/:id/adoption': () => ({ revision: '0', number: 'HEL 1', date: '2026-11-20', validFrom: '2027-01-01', ...texts('body') }),
  'POST /desk/rules/:id/withdrawal': () => ({ number: 'HEL 2', date: '2026-11-21', ...texts('body'), ...texts('reason') }),
  'POST /desk/rules/:id/parts/:part': () => ({ revision: '0', ...edited.limits, holdMinutes: '99' }),
  'POST /desk/rules/:id/entries/:list': () => quotaSaid,
  'POST /desk/rules/:id/entries/:list/:entry': () => quotaSaid,
  'POST /desk/rules/:id/entries/:list/:entry/deletion': () => ({ revision: '0' }),
  'POST /desk/rules/:id/rules': () => ruleSaid,
  'POST /desk/rules/:id/rules/:rule': () => ruleSaid,
  'POST /desk/rules/:id/rules/:rule/place': () => ({ revision: '0', way: 'down' }),
  'POST /desk/rules/:id/rules/:rule/deletion': () => ({ revision: '0' }),
  'POST /calendars/own': ({ object }) => ({ of: calendars[object] }),
  'POST /contact': () => ({ topic: 'question', text: 'Kysymys' }),
  'POST /sign-in': ({ n }) => ({ email: `uusi${n}@example.org` }),
  'POST /dev/sign-in': () => ({ email: mark.email('olli') }),
  'POST /api/v1/quotes': () => quoted,
  'POST /api/v1/bookings': () => bookable,
  'GET /api/v1/spaces/:slug/availability': () => ({ from: '2026-12-01', to: '2026-12-02' }),
  'GET /api/v1/search': () => ({ date: '2026-12-01' }),
  'DELETE /api/v1/bookings/:ref': () => ({ reason: 'Remontti' }),
  'POST /api/v1/bookings/:ref/rejection': () => ({ reason: 'Ei nyt' }),
  'POST /api/v1/bookings/:ref/move': ({ request }) => ({ start: `${dayOf(request.startsAt)}T17:30`, end: `${dayOf(request.startsAt)}T19:30` }),
}

/** Staff cancels what is confirmed, and it is decided already; all else is asked of a request. */
const ofConfirmed = /\/(cancellation|decisions)$|^DELETE /

function thingsFor({ things, sulka }: Town, name: Knocker, object: Object): Things {
  if (object === 'here') return { ...things.olli, club: 'sulka', invitation: sulka.invitation }
  if (object === 'there') return { ...things.aino, club: 'puisto', invitation: 'invitation-of-puisto' }
  return things[name === 'anonymous' ? 'aino' : name]
}

/** The address of a route for these things. */
export function pathFor(town: Town, { method, path }: Route, its: Things): string {
  const { ref } = ofConfirmed.test(`${method} ${path}`) ? its.given : its.request
  const values = [
    ['units/:slug', 'units/kallion-koulu'], ['areas/:slug', 'areas/kallio'], [':slug', 'luokka'], [':file', 'none.eml'], ['/decisions/:ref', `/decisions/${its.decision}`], [':ref', ref],
    ['sessions/:id', `sessions/${its.session}`],
    ['tokens/:id', `tokens/${its.token}`], ['searches/:id', `searches/${its.search}`], ['own/:id', `own/${its.address}`], ['banners/:id', `banners/${town.banner}`], ['bans/:id', `bans/${its.ban}`], ['restrictions/:id', `restrictions/${town.restriction}`], ['rules/:id', `rules/${path.endsWith('/withdrawal') ? town.coming : town.draft}`], ['trials/:trial', `trials/${path.endsWith('/cancellation') ? town.waiting : town.trial}`], ['editions/:id', `editions/${edited.id}`],
    [':part', 'limits'], [':rule', 'youth'], [':list', 'quotas'], [':entry', 'unit_week'],
    ['associations/:id', `associations/${its.club}`],
    [':person', 'heta'], [':invitation', its.invitation], ['f/:token', `f/${its.feed}`], ['sign-in/:token', `sign-in/${its.link}`],
    ['invitations/:token', `invitations/${its.invited}`],
  ] as const
  return values.reduce((at, [name, value]) => at.replace(name, value), path)
}

/** What one knocker says at one route of one object. `n` tells one knock from another. */
export function knockAt(town: Town, route: Route, name: Knocker, object: Object, n = 0): Knock {
  const { method, path } = route
  const its = thingsFor(town, name, object)
  const asked = said[`${method} ${path}`]?.({ ...its, n, object }) ?? {}
  const fields = new URLSearchParams(asked as Record<string, string>).toString()
  const [at, headers] = [pathFor(town, route, its), town.keyOf(name, path)]
  if (method === 'GET') return { method, path: fields ? `${at}?${fields}` : at, headers }
  if (path.startsWith('/api/')) return { method, path: at, headers: { ...headers, ...json, 'idempotency-key': 'k' }, body: JSON.stringify(asked) }
  return { method, path: at, headers: { ...headers, ...form }, body: fields }
}
