import { describe, expect, test } from 'vitest'
import { holds, occupancies } from '../../src/bookings/table.ts'
import { signInLinks } from '../../src/people/table.ts'
import { world, type World } from '../support/world.ts'
import { cookieOf, doorOf, form, tokenOf, json, type Knock, type Reply } from './knocking.ts'

const rows = async ({ ctx: { db } }: World) => ({ holds: await db.select().from(holds), parts: await db.select().from(occupancies) })
const days = Array.from({ length: 60 }, (_, i) => new Date(Date.parse('2026-11-24') + i * 86_400_000).toISOString().slice(0, 10))
const wish = (date: string, space = 'kokoushuone'): string =>
  new URLSearchParams({ space, date, from: '18:00', to: '19:00', applicant: 'private_person', purpose: 'hobby', people: '5', openToAll: 'yes', entryFee: 'no', asked: 'openToAll entryFee activities locals youths groups' }).toString()
const keep = (date: string, headers: Record<string, string> = {}): Knock => ({ method: 'POST', path: '/bookings/new', headers: { ...form, ...headers }, body: wish(date) })
const cookieFrom = ({ headers }: Reply, name: string): { cookie: string } =>
  ({ cookie: (headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '').find((pair) => pair.startsWith(`${name}=`)) ?? '' })

describe('whoever keeps times without booking', () => {
  test('keeps one a browser: each new one lets the old one go', async () => {
    const the = await world()
    const knock = await doorOf(the)
    const mine = cookieFrom(await knock(keep(days[0]!)), 'pre')
    for (const day of days.slice(1, 6)) expect((await knock(keep(day, mine))).status).toBe(303)
    expect(await rows(the)).toMatchObject({ holds: [{ startsAt: Date.parse(`${days[5]}T18:00+02:00`) }], parts: [{}] })
  })

  test('keeps ten an address, however many browsers, whatever it says it is', async () => {
    const the = await world()
    const knock = await doorOf(the)
    const statuses: number[] = []
    for (const [i, day] of days.slice(0, 14).entries()) statuses.push((await knock(keep(day, { 'x-forwarded-for': `203.0.113.${i}`, cookie: `pre=made-up-${i}` }))).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 303), 409, 409, 409, 409])
    const { holds: kept, parts } = await rows(the)
    expect([kept.length, parts.length, new Set(kept.map(({ ownerHash }) => ownerHash)).size]).toEqual([10, 10, 10])
    the.clock.set(the.clock.now() + 15 * 60_000)
    expect((await knock(keep(days[0]!))).status).toBe(303)
    expect((await rows(the)).holds).toHaveLength(1)
  })

  test('keeps ten an address when all ask at once', async () => {
    const the = await world()
    const knock = await doorOf(the)
    const replies = await Promise.all(days.slice(0, 24).map((day) => knock(keep(day))))
    expect(replies.filter(({ status }) => status === 303)).toHaveLength(10)
    expect((await rows(the)).holds).toHaveLength(10)
  })

  test('is stopped after 120 tries in a quarter of an hour, and looking is not', async () => {
    const the = await world()
    const knock = await doorOf(the)
    const mine = cookieFrom(await knock(keep(days[0]!)), 'pre')
    for (let i = 1; i < 120; i++) await knock({ ...keep(days[0]!, mine), body: '' })
    const stopped = await knock(keep(days[1]!, mine))
    expect([stopped.status, stopped.headers['retry-after'], stopped.headers['content-type']]).toEqual([429, '900', 'text/html; charset=utf-8'])
    expect((await rows(the)).holds).toMatchObject([{ startsAt: Date.parse(`${days[0]}T18:00+02:00`) }])
    expect((await knock({ path: `/bookings/new?${wish(days[1]!)}` })).status).toBe(200)
  })

  test('does not stop a booking of another time, and loses to nobody the time it keeps', async () => {
    const the = await world()
    const knock = await doorOf(the)
    await knock(keep(days[0]!))
    const olli = { ...(await tokenOf(the, 'olli')), ...json }
    const body = (date: string): string => JSON.stringify({
      space: 'kokoushuone', start: `${date}T18:00`, end: `${date}T19:00`, applicant: 'private_person', purpose: 'hobby', people: 5, openToAll: true,
      title: 'Lukupiiri', responsible: { name: 'Olli', phone: '040 123 4567' }, acceptTerms: true,
    })
    const book = (date: string, key: string) => knock({ method: 'POST', path: '/api/v1/bookings', headers: { ...olli, 'idempotency-key': key }, body: body(date) })
    expect([(await book(days[1]!, 'a')).status, (await book(days[0]!, 'b')).status]).toEqual([201, 409])
    the.clock.set(the.clock.now() + 15 * 60_000)
    expect((await book(days[0]!, 'c')).status).toBe(201)
  })

  test('lets go of nobody else’s', async () => {
    const the = await world()
    const knock = await doorOf(the)
    await knock(keep(days[0]!))
    await knock(keep(days[1]!, await cookieOf(the, 'olli')))
    const release = (headers: Record<string, string>) => knock({ method: 'POST', path: '/bookings/new/release', headers: { ...form, ...headers }, body: 'space=kokoushuone' })
    for (const headers of [{}, { cookie: 'pre=person:olli' }, { cookie: 'pre=made-up' }, await cookieOf(the, 'maija')]) await release(headers)
    expect((await rows(the)).holds).toHaveLength(2)
    // The cookie's name for an owner is hashed, so nobody can say that they are a person.
    const { holds: kept } = await rows(the)
    expect(kept.map(({ ownerHash }) => ownerHash).filter((hash) => hash === 'person:olli')).toHaveLength(1)
    for (const wicked of ['/\\evil.example', '//evil.example', 'x/../../evil', '%0d%0aSet-Cookie:x']) {
      const { headers } = await knock({ method: 'POST', path: '/bookings/new/release', headers: form, body: `space=${encodeURIComponent(wicked)}` })
      expect(headers.location).toBe('/')
    }
  })
})

describe('asking for sign-in mails', () => {
  const ask = (email: string, headers: object = {}): Knock => ({ method: 'POST', path: '/sign-in', headers: { ...form, ...headers }, body: `email=${encodeURIComponent(email)}` })

  test('one address gets five links, and ten tries, however it is spelt', async () => {
    const the = await world()
    const knock = await doorOf(the)
    const spelt = ['olli@example.org', ' OLLI@example.org ', 'Olli@Example.ORG']
    const statuses: number[] = []
    for (let i = 0; i < 12; i++) statuses.push((await knock(ask(spelt[i % 3]!, { 'x-forwarded-for': `203.0.113.${i}` }))).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429, 429])
    expect(await the.ctx.db.select().from(signInLinks)).toHaveLength(5)
  })

  test('one network gets sixty', async () => {
    const the = await world()
    const knock = await doorOf(the)
    for (let i = 0; i < 60; i++) expect((await knock(ask(`somebody${i}@example.org`))).status).toBe(200)
    expect((await knock(ask('another@example.org'))).status).toBe(429)
    expect((await knock({ path: '/sign-in' })).status).toBe(200)
  })
})
