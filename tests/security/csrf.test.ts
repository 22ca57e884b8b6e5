import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { personById, sessionsOf } from '../../src/people/store.ts'
import { wishFor } from '../bookings/wishes.ts'
import { world } from '../support/world.ts'
import { booked, cookieOf, doorOf, form, json, routesOf } from './knocking.ts'

/** What a browser says of a form that another site sends. */
const foreign: Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': 'cross-site', origin: 'http://tilavuoro.test' }, { 'sec-fetch-site': 'nonsense' },
  { origin: 'https://evil.example' }, { origin: 'null' }, { origin: 'http://tilavuoro.test.evil.example' }, { origin: 'http://evil.example/tilavuoro.test' },
  { origin: 'http://tilavuoro.test:8080' }, { origin: 'tilavuoro.test' }, { origin: '' },
]
const ours: Record<string, string>[] = [{ 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }, { origin: 'http://tilavuoro.test' }, {}]

/** Maija signed in, with a confirmed booking. */
async function signedIn() {
  const the = await world()
  const maija = (await personById(the.ctx.db, 'maija'))!
  const made = await book(the.ctx, maija, wishFor('luokka', '2026-11-24T18:00', '2026-11-24T20:00'), { language: 'fi' })
  if (!made.ok) throw new Error('not booked')
  return { the, maija, ref: made.booking.ref, session: await cookieOf(the, 'maija'), knock: await doorOf(the) }
}

describe('a form of another site', () => {
  test('changes nothing on any page', async () => {
    const { the, maija, ref, session, knock } = await signedIn()
    const before = await booked(the)
    const pages = routesOf(the).filter(({ method, path }) => method !== 'GET' && !path.startsWith('/api/'))
    expect(pages.length).toBeGreaterThan(15)
    for (const { method, path } of pages) {
      const at = path.replace(':ref', ref).replace(/:\w+/, 'x')
      for (const headers of foreign) {
        for (const prefix of ['', '/sv']) {
          const { status } = await knock({ method, path: prefix + at, headers: { ...session, ...form, ...headers }, body: 'email=maija@example.org&reason=x' })
          expect([at, JSON.stringify(headers), status]).toEqual([at, JSON.stringify(headers), 403])
        }
      }
    }
    expect(await booked(the)).toEqual(before)
    expect(await sessionsOf(the.ctx.db, maija.id, the.clock.now())).toHaveLength(1)
  })

  test.each(ours)('but our own is taken (%j)', async (headers) => {
    const { session, knock, ref } = await signedIn()
    const sent = await knock({ method: 'POST', path: `/bookings/${ref}/cancellation`, headers: { ...session, ...form, ...headers }, body: '' })
    expect([sent.status, sent.headers.location]).toEqual([303, `/bookings/${ref}`])
  })

  test('cannot hide its verb in a field or a header', async () => {
    const { the, session, knock, ref } = await signedIn()
    const before = await booked(the)
    const hidden: Record<string, string>[] = [{ 'x-http-method-override': 'POST' }, { 'x-http-method': 'DELETE' }]
    for (const headers of hidden) {
      await knock({ path: `/bookings/${ref}/cancellation?_method=POST`, headers: { ...session, ...headers, 'sec-fetch-site': 'cross-site' } })
      await knock({ path: `/bookings/${ref}?_method=DELETE`, headers: { ...session, ...headers, 'sec-fetch-site': 'cross-site' } })
    }
    expect(await booked(the)).toEqual(before)
  })
})

test('looking changes nothing: a scanner that follows every link books, signs in and ends nothing', async () => {
  const { the, maija, ref, session, knock } = await signedIn()
  const before = await booked(the)
  for (const { path } of routesOf(the).filter(({ method }) => method === 'GET')) {
    await knock({ path: `${path.replace(':ref', ref).replace(':slug', 'luokka').replace(/:\w+/, 'x')}?space=sali&date=2026-11-24&from=18:00&to=20:00`, headers: session })
  }
  expect(await booked(the)).toEqual(before)
  expect(await sessionsOf(the.ctx.db, maija.id, the.clock.now())).toHaveLength(1)
})

test('the API takes no session, and lets no other site read', async () => {
  const { session, knock, ref } = await signedIn()
  for (const [method, path] of [['POST', ''], ['GET', `/${ref}`], ['DELETE', `/${ref}`], ['POST', `/${ref}/approval`], ['POST', `/${ref}/rejection`]] as const) {
    const { status, headers } = await knock({ method, path: `/api/v1/bookings${path}`, headers: { ...session, ...json, origin: 'https://evil.example' }, ...(method === 'GET' ? {} : { body: '{}' }) })
    expect([status, headers['access-control-allow-origin'], headers['access-control-allow-credentials']]).toEqual([401, undefined, undefined])
  }
  for (const path of ['/bookings', '/me', '/api/v1/spaces']) {
    const { headers } = await knock({ path, headers: { ...session, origin: 'https://evil.example' } })
    expect([headers['access-control-allow-origin'], headers['cross-origin-resource-policy']]).toEqual([undefined, 'same-origin'])
  }
})
