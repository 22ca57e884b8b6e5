import { describe, expect, test } from 'vitest'
import { issueToken } from '../../src/people/user-actions.ts'
import { world } from '../support/world.ts'
import { cookieOf, doorOf, form, routesOf } from './knocking.ts'

const policy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'self'", "manifest-src 'self'",
  "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
].join(';')
const kept = {
  'content-security-policy': policy, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'x-frame-options': 'SAMEORIGIN',
  'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin', 'x-powered-by': undefined, server: undefined,
}
const production = { NODE_ENV: 'production', BASE_URL: 'https://tilavuoro.test' }

test('every answer carries the same headers: pages, faults, calendars, files, the API', async () => {
  const the = await world()
  const knock = await doorOf(the)
  const paths = ['/', '/spaces', '/nothing', '/%E0%A4%A', '/static/css/tilavuoro.css', '/static/nothing', '/calendars/spaces/luokka.ics', '/api/v1/spaces', '/api/v1/nothing', '/healthz', '/bookings', '/sign-in/x']
  for (const path of paths) {
    const { headers } = await knock({ path })
    expect([path, Object.fromEntries(Object.keys(kept).map((name) => [name, headers[name]]))]).toEqual([path, kept])
  }
  expect((await knock({ path: '/' })).headers['strict-transport-security']).toBeUndefined()
  const abroad = await doorOf(await world({ env: production }))
  expect((await abroad({ path: '/' })).headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
})

const secretPaths = ['/sign-in/:token', '/associations/invitations/:token']

describe('what a cache may keep', () => {
  test('is nothing that a signed-in person was shown', async () => {
    const the = await world()
    const [knock, session] = [await doorOf(the), await cookieOf(the, 'kalle')]
    for (const { path } of routesOf(the).filter(({ method, path }) => method === 'GET' && !/^\/(api|healthz|readyz|metrics|calendars\/spaces)/.test(path))) {
      const { headers, status } = await knock({ path: path.replace(':slug', 'luokka').replace(/:\w+/, 'x'), headers: session })
      expect([path, status < 500, headers['cache-control']]).toEqual([path, true, secretPaths.includes(path) ? 'no-store' : 'private, no-cache'])
    }
  })

  test('is no form on its way, no link that signs in, no secret address, and no answer to a token', async () => {
    const the = await world()
    const knock = await doorOf(the)
    const { token } = await issueToken(the.ctx, 'maija', 'test')
    const cacheOf = async (path: string, more: object = {}): Promise<string | undefined> => (await knock({ path, ...more })).headers['cache-control']
    expect(await cacheOf('/bookings/new?space=luokka')).toBe('private, no-cache')
    expect(await cacheOf('/sign-in/whatever')).toBe('no-store')
    expect(await cacheOf('/calendars/own', { method: 'POST', headers: { ...form, ...(await cookieOf(the, 'maija')) } })).toBe('no-store')
    expect(await cacheOf('/api/v1/bookings/TV-AAAA-AAAA', { headers: { authorization: `Bearer ${token}` } })).toBe('no-store')
  })
})

describe('behind a proxy', () => {
  test('who asks for the counters from elsewhere finds nothing', async () => {
    const elsewhere = { 'x-forwarded-for': '203.0.113.7' }
    const fronted = await doorOf(await world({ env: { TRUST_PROXY: '1' } }))
    expect([(await fronted({ path: '/metrics', headers: elsewhere })).status, (await fronted({ path: '/metrics' })).status]).toEqual([404, 200])
  })

  test('without one, a forwarded address counts for nothing', async () => {
    const knock = await doorOf(await world())
    const statuses: number[] = []
    for (let i = 0; i < 11; i++) statuses.push((await knock({ method: 'POST', path: '/sign-in', headers: { ...form, 'x-forwarded-for': `203.0.113.${i}` }, body: 'email=none' })).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 422), 429])
  })
})
