import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { approve } from '../../src/bookings/decision-actions.ts'
import { makeFeed } from '../../src/calendars/address-actions.ts'
import { addressesOf } from '../../src/calendars/address-store.ts'
import { invitationToken, invite } from '../../src/people/invitation-actions.ts'
import { openInvitationsOf } from '../../src/people/invitation-store.ts'
import { personById, sessionsOf, tokensOf } from '../../src/people/store.ts'
import type { Name } from '../support/cast.ts'
import { club } from '../people/club.ts'
import { wishFor } from '../bookings/wishes.ts'
import { world } from '../support/world.ts'
import { booked, cookieOf, doorOf, form, json, routesOf, tokenOf, type Route } from './knocking.ts'

/** Nobody signed in; another resident; the one whose it is; who manages another unit, this unit, the whole city. */
const who = ['anonymous', 'olli', 'maija', 'mona', 'kalle', 'kerttu'] as const
type Who = (typeof who)[number]

/** What each of `who` gets, in that order, for what belongs to Maija and lies in Kalle's school. Not hers, not there: 404. */
const objects: Record<string, { gets: number[]; body?: string }> = {
  'GET /bookings/:ref': { gets: [303, 404, 200, 404, 404, 404] },
  'GET /bookings/:ref/booking.ics': { gets: [303, 404, 200, 404, 200, 200] },
  'POST /bookings/:ref/cancellation': { gets: [303, 404, 303, 404, 404, 404], body: 'reason=' },
  // Where nothing is to be paid.
  'POST /bookings/:ref/payer': { gets: [303, 404, 409, 404, 404, 404], body: 'payerName=Maija&payerAddress=Katu+1' },
  'GET /desk/requests/:ref': { gets: [303, 403, 403, 404, 200, 200] },
  'POST /desk/requests/:ref/approval': { gets: [303, 403, 403, 404, 303, 303], body: 'reason=' },
  'POST /desk/requests/:ref/rejection': { gets: [303, 403, 403, 404, 303, 303], body: 'reason=Ei+nyt' },
  // Of a booking that was approved before.
  'POST /desk/requests/:ref/cancellation': { gets: [303, 403, 403, 404, 303, 303], body: 'reason=Remontti' },
  'POST /me/sessions/:id/revocation': { gets: [303, 404, 303, 404, 404, 404], body: '' },
  'POST /me/tokens/:id/revocation': { gets: [303, 404, 303, 404, 404, 404], body: '' },
  'POST /calendars/own/:id/rotation': { gets: [303, 404, 200, 404, 404, 404], body: '' },
  'POST /calendars/own/:id/revocation': { gets: [303, 404, 303, 404, 404, 404], body: '' },
  // Of an association that Maija manages, Kalle belongs to and Olli is invited to; she cannot leave him without a manager.
  'GET /associations/:id': { gets: [303, 404, 200, 404, 200, 404] },
  'POST /associations/:id/departure': { gets: [303, 404, 409, 404, 303, 404], body: '' },
  'POST /associations/:id/members/:person/rights': { gets: [303, 404, 303, 404, 404, 404], body: 'rights=manages' },
  'POST /associations/:id/members/:person/removal': { gets: [303, 404, 303, 404, 404, 404], body: '' },
  'POST /associations/:id/invitations': { gets: [303, 404, 303, 404, 404, 404], body: 'email=mona@example.org&rights=books' },
  'POST /associations/:id/invitations/:invitation/revocation': { gets: [303, 404, 303, 404, 404, 404], body: '' },
  'GET /associations/invitations/:token': { gets: [303, 200, 403, 403, 403, 403] },
  'POST /associations/invitations/:token': { gets: [303, 303, 403, 403, 403, 403], body: '' },
  'GET /desk/associations': { gets: [303, 403, 403, 403, 403, 200] },
  'GET /desk/associations/:id': { gets: [303, 403, 403, 403, 403, 200] },
  'POST /desk/associations/:id/verification': { gets: [303, 403, 403, 403, 403, 303], body: 'name=Kallion+Sulka+ry' },
  'POST /desk/associations/:id/verification/revocation': { gets: [303, 403, 403, 403, 403, 303], body: '' },
  'POST /desk/associations/:id/name': { gets: [303, 403, 403, 403, 403, 303], body: 'name=Kallion+Sulka+ry' },
  'POST /desk/associations/:id/members/:person/confirmation': { gets: [303, 403, 403, 403, 403, 303], body: 'rights=books' },
  'POST /desk/associations/:id/members/:person/removal': { gets: [303, 403, 403, 403, 403, 303], body: '' },
  // Of a banner that is not there; those of one that is: tests/notices/banner.test.ts.
  'GET /desk/banners/:id': { gets: [303, 403, 403, 403, 403, 404] },
  'POST /desk/banners/:id': { gets: [303, 403, 403, 403, 403, 404], body: '' },
  'POST /desk/banners/:id/ending': { gets: [303, 403, 403, 403, 403, 404], body: '' },
  'GET /api/v1/bookings/:ref': { gets: [401, 404, 200, 404, 200, 200] },
  // A request is rejected, not cancelled, by those who may decide.
  'DELETE /api/v1/bookings/:ref': { gets: [401, 404, 200, 404, 409, 409], body: '{"reason":"Remontti"}' },
  'POST /api/v1/bookings/:ref/approval': { gets: [401, 404, 404, 404, 200, 200], body: '{}' },
  'POST /api/v1/bookings/:ref/rejection': { gets: [401, 404, 404, 404, 200, 200], body: '{"reason":"Ei nyt"}' },
}

/** One's own things: nothing of anybody else can be named. */
const ownOnly: Record<string, number> = {
  'GET /me': 303, 'POST /me': 303, 'POST /me/tokens': 303, 'POST /me/digest': 303, 'GET /associations': 303, 'POST /associations': 303, 'GET /bookings': 303, 'POST /bookings/new/details': 303,
  'GET /bookings/new/check': 303, 'POST /bookings/new/check': 303, 'POST /calendars/own': 303, 'GET /desk': 303, 'GET /desk/requests': 303, 'POST /api/v1/bookings': 401,
  'GET /desk/banners': 303, 'GET /desk/banners/new': 303, 'POST /desk/banners': 303,
}

/** For everybody by design. The secret in the address is the key to a feed and to signing in. */
const open = [
  'GET /healthz', 'GET /readyz', 'GET /metrics', 'GET /', 'GET /spaces', 'GET /spaces/:slug', 'GET /units/:slug', 'GET /rules', 'GET /calendars', 'GET /accessibility', 'GET /privacy',
  'GET /about-data', 'GET /calendars/spaces/:slug.ics', 'GET /calendars/units/:slug.ics', 'GET /calendars/f/:token.ics', 'GET /sign-in', 'POST /sign-in', 'GET /sign-in/:token', 'POST /sign-in/:token', 'POST /sign-out',
  'GET /bookings/new', 'POST /bookings/new', 'GET /bookings/new/details', 'POST /bookings/new/release', 'GET /api/v1/openapi.json', 'GET /api/v1/units', 'GET /api/v1/spaces',
  'GET /contact', 'POST /contact', 'GET /help', 'GET /robots.txt', 'GET /sitemap.xml', 'GET /favicon.ico', 'GET /.well-known/security.txt',
  'GET /api/v1/spaces/:slug/availability', 'GET /api/v1/search', 'GET /api/v1/rules', 'POST /api/v1/quotes',
]
/** Not there in production. */
const development = ['GET /dev/sign-in', 'POST /dev/sign-in', 'GET /dev/outbox', 'GET /dev/outbox/:file']

const nameOf = ({ method, path }: Route): string => `${method} ${path}`

test('every route is in the table, one’s own, or open by design', async () => {
  const the = await world()
  const routes = routesOf(the)
  const listed = [...Object.keys(objects), ...Object.keys(ownOnly), ...open, ...development]
  expect(routes.map(nameOf).sort()).toEqual(listed.sort())
  for (const route of routes) expect(['open', 'development'].includes(route.guard), nameOf(route)).toBe([...open, ...development].includes(nameOf(route)))
  const abroad = routesOf(await world({ env: { NODE_ENV: 'production' } }))
  expect(abroad.map(nameOf).filter((name) => !routes.some((route) => nameOf(route) === name) || name.includes('/dev/'))).toEqual([])
})

/** Maija's request in the school, with a session, a token and a feed address of hers. */
async function belongings() {
  const the = await world()
  const { ctx } = the
  const maija = (await personById(ctx.db, 'maija'))!
  const facts = { openToAll: true, people: 20 }
  const made = await book(ctx, maija, wishFor('ruokasali', '2026-12-10T18:00', '2026-12-10T20:00', { facts }), { language: 'fi' })
  if (!made.ok) throw new Error('no request')
  await cookieOf(the, 'maija')
  const token = await tokenOf(the, 'maija')
  await makeFeed(ctx, maija, 'fi')
  const [session] = await sessionsOf(ctx.db, maija.id, ctx.clock.now())
  const [apiToken] = await tokensOf(ctx.db, maija.id)
  const [address] = await addressesOf(ctx.db, maija.id)
  await club(the)
  await invite(ctx, maija, 'sulka', { email: 'olli@example.org', rights: 'books' })
  const [invitation] = await openInvitationsOf(ctx.db, 'sulka', ctx.clock.now())
  const inClub = (path: string): string => path
    .replace('associations/:id', 'associations/sulka').replace(':person', 'kalle').replace(':invitation', invitation!.id)
    .replace('invitations/:token', `invitations/${invitationToken(ctx.config.sessionSecret, invitation!.id)}`)
  const ids: Record<string, string> = { sessions: session!.idHash, tokens: apiToken!.id, own: address!.id }
  const pathOf = (path: string): string => inClub(path).replace(':ref', made.booking.ref).replace(/(sessions|tokens|own)\/:id/, (_, kind: string) => `${kind}/${ids[kind]}`)
  const keyOf = async (name: Who, path: string): Promise<Record<string, string>> => {
    if (name === 'anonymous') return {}
    return path.startsWith('/api/') ? (name === 'maija' ? token : tokenOf(the, name)) : cookieOf(the, name)
  }
  return { the, booking: made.booking, pathOf, keyOf }
}

describe('what belongs to somebody', () => {
  test.each(Object.entries(objects))('%s', async (route, { gets, body }) => {
    const [method = '', path = ''] = route.split(' ')
    const got: number[] = []
    const changed: Who[] = []
    const city = async () => {
      const made = await belongings()
      if (path === '/desk/requests/:ref/cancellation') await approve(made.the.ctx, (await personById(made.the.ctx.db, 'kalle'))!, made.booking.ref, { reason: null })
      return { ...made, knock: await doorOf(made.the) }
    }
    let now = await city()
    for (const name of who) {
      const { the, knock, pathOf, keyOf } = now
      const before = await booked(the)
      const headers = { ...(await keyOf(name, path)), ...(path.startsWith('/api/') ? json : form) }
      const { status } = await knock({ method, path: pathOf(path), headers, ...(body === undefined ? {} : { body }) })
      got.push(status)
      if (JSON.stringify(await booked(the)) !== JSON.stringify(before)) changed.push(name)
      if (method !== 'GET' && status < 400) now = await city()
    }
    expect(got).toEqual(gets)
    const decides = path.includes(':ref') && method !== 'GET'
    expect(changed).toEqual(decides ? who.filter((_, i) => gets[i] === 200 || gets[i] === 303).filter((name) => name !== 'anonymous') : [])
  })

  test('answers as what is not there: same status, same words', async () => {
    const { the, booking, keyOf } = await belongings()
    const knock = await doorOf(the)
    const words = (text: string): string => text.replaceAll(/[\w-]{36}|TV-\w{4}-\w{4}/g, '·')
    for (const name of ['olli', 'mona'] as const) {
      for (const path of ['/bookings/:ref', '/bookings/:ref/booking.ics', '/api/v1/bookings/:ref', ...(name === 'mona' ? ['/desk/requests/:ref'] : [])]) {
        const headers = await keyOf(name, path)
        const [theirs, none] = [await knock({ path: path.replace(':ref', booking.ref), headers }), await knock({ path: path.replace(':ref', 'TV-AAAA-AAAA'), headers })]
        expect([theirs.status, words(theirs.text)]).toEqual([404, words(none.text)])
      }
    }
  })

  test('is in nobody else’s list, page or inbox', async () => {
    const { the, booking, keyOf } = await belongings()
    const knock = await doorOf(the)
    const seen = async (path: string, name: Who): Promise<boolean> => (await knock({ path, headers: await keyOf(name, path) })).text.includes(booking.ref)
    const found = await Promise.all(who.flatMap((name) => ['/bookings', '/desk/requests', '/desk?date=2026-12-10', '/me'].map(async (path) => ((await seen(path, name)) ? `${name} ${path}` : ''))))
    expect(found.filter(Boolean)).toEqual(['maija /bookings', 'kalle /desk/requests', 'kalle /desk?date=2026-12-10', 'kerttu /desk/requests', 'kerttu /desk?date=2026-12-10'])
  })
})

test.each(Object.entries(ownOnly))('%s is for somebody signed in', async (route, status) => {
  const the = await world()
  const [method = '', path = ''] = route.split(' ')
  const knock = await doorOf(the)
  const bare = await knock({ method, path, headers: path.startsWith('/api/') ? json : form })
  expect([bare.status, bare.headers.location?.startsWith('/sign-in')]).toEqual([status, path.startsWith('/api/') ? undefined : true])
  const forged: Record<string, string>[] = [{ cookie: 'sid=forged' }, { cookie: 'sid=' }, { authorization: 'Bearer forged' }, { authorization: 'Basic bWFpamE6' }, { 'x-forwarded-user': 'maija' }]
  for (const headers of forged) expect((await knock({ method, path, headers })).status).toBe(status)
})

test('only machines bring tokens, only browsers bring sessions', async () => {
  const the = await world()
  const knock = await doorOf(the)
  const [session, token] = [await cookieOf(the, 'maija'), await tokenOf(the, 'maija')]
  for (const name of ['bookings', 'bookings/TV-AAAA-AAAA/approval', 'bookings/TV-AAAA-AAAA/rejection']) {
    expect((await knock({ method: 'POST', path: `/api/v1/${name}`, headers: { ...session, ...json }, body: '{}' })).status).toBe(401)
  }
  expect((await knock({ path: '/me', headers: token })).status).toBe(303)
  const people: Name[] = ['olli', 'maija']
  for (const name of people) expect((await knock({ path: '/desk', headers: await cookieOf(the, name) })).status).toBe(403)
})
