import supertest from 'supertest'
import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { personById } from '../../src/people/store.ts'
import { wishFor } from '../bookings/wishes.ts'
import { world } from '../support/world.ts'
import type { World } from '../support/world.ts'

const json = async (w: World, path: string) => supertest(w.app).get(`/api/v1${path}`)
const items = async (w: World, path: string): Promise<Record<string, unknown>[]> => (await json(w, path)).body.items
const hours = (from: string, to: string, date = '2026-11-24') => ({ start: `${date}T${from}:00+02:00`, end: `${date}T${to}:00+02:00` })

async function booked(w: World, space: string, start: string, end: string): Promise<void> {
  const person = await personById(w.ctx.db, w.cast.maija)
  const done = await book(w.ctx, person!, wishFor(space, start, end), { language: 'fi' })
  expect(done.ok).toBe(true)
}

describe('units', () => {
  test('are listed with their areas, and say what is missing', async () => {
    const w = await world()
    expect(await items(w, '/units?area=itainen')).toEqual([{
      id: 'nuoriso', slug: 'itiksen-nuorisotila', name: { fi: 'Itiksen nuorisotila', sv: 'Östra centrums ungdomsgård' }, kind: 'youth_centre',
      address: null, postalCode: '00530', location: { lat: 60.21, lon: 25.08 }, areas: ['vartiokyla', 'itainen'], notLent: null, notLentUntil: null, source: 'open_data',
    }])
  })
  test('come in pieces', async () => {
    const w = await world()
    const first = (await json(w, '/units?limit=2')).body
    expect(first.items.map((one: { slug: string }) => one.slug)).toEqual(['itiksen-nuorisotila', 'kallion-kirjasto'])
    const second = (await json(w, `/units?limit=2&cursor=${first.next}`)).body
    expect(second).toMatchObject({ items: [{ slug: 'kallion-koulu' }], next: null })
  })
})

describe('spaces', () => {
  test('are listed with their parts', async () => {
    const w = await world()
    expect(await items(w, '/spaces?kind=gym&people=100')).toEqual([{
      id: 'sali', slug: 'sali', name: { fi: 'Liikuntasali', sv: 'Gymnastiksal', en: 'Gym' }, kind: 'gym',
      unit: { slug: 'kallion-koulu', name: { fi: 'Kallion koulu', en: 'Kallio School' } }, people: 120, areaM2: 420, parts: ['sali-a', 'sali-b'],
      whole: null, supervision: ['self_supervised', 'key_contract', 'staffed'], approval: 'automatic', minutes: { min: 60, max: 180, step: 30 }, source: 'synthetic',
    }])
    expect((await items(w, '/spaces?q=kallio%20lohko')).map((one) => [one['slug'], one['whole']])).toEqual([['sali-a', 'sali'], ['sali-b', 'sali']])
  })
  test.each(['/spaces?kind=castle', '/spaces?limit=0', '/spaces?limit=101', '/spaces?cursor=zzz', '/spaces?people=many', '/units?area=atlantis', '/units?kind=zoo'])(
    '%s is malformed', async (path) => {
      const answer = await json(await world(), path)
      expect(answer.status).toBe(400)
      expect(answer.type).toBe('application/problem+json')
      expect(answer.body).toMatchObject({ status: 400, code: 'malformed', errors: [{ path: expect.any(String) as string }] })
    },
  )
})

describe('availability', () => {
  test('gives open and free times by date, both dates included', async () => {
    const w = await world()
    await booked(w, 'sali-a', '2026-11-24T18:00', '2026-11-24T19:00')
    const { body } = await json(w, '/spaces/sali/availability?from=2026-11-24&to=2026-11-25')
    expect(body).toEqual({ days: [
      { date: '2026-11-24', open: [hours('17:00', '21:00')], free: [hours('17:00', '18:00'), hours('19:00', '21:00')] },
      { date: '2026-11-25', open: [hours('17:00', '21:00', '2026-11-25')], free: [hours('17:00', '21:00', '2026-11-25')] },
    ] })
  })
  test.each([
    ['from=2026-11-24', 400], ['from=2026-11-24&to=2026-11-23', 400], ['from=2026-11-24&to=2027-02-24', 400], ['from=2026-11-31&to=2026-12-01', 400],
    ['from=2026-11-24&to=2027-02-23', 200],
  ])('%s answers %i', async (query, status) => {
    expect((await json(await world(), `/spaces/luokka/availability?${query}`)).status).toBe(status)
  })
  test('of an unknown space is unknown', async () => {
    const answer = await json(await world(), '/spaces/linna/availability?from=2026-11-24&to=2026-11-24')
    expect([answer.status, answer.type]).toEqual([404, 'application/problem+json'])
  })
})

describe('search', () => {
  test('gives the spaces that can take the time, the earliest first', async () => {
    const w = await world()
    await booked(w, 'luokka', '2026-11-24T17:00', '2026-11-24T19:00')
    const found = await items(w, '/search?date=2026-11-24&from=17:00&to=20:00&minutes=60')
    expect(found.map(({ space, first }) => [(space as { slug: string }).slug, first])).toEqual([
      ['kokoushuone', hours('17:00', '18:00')], ['sali', hours('17:00', '18:00')],
      ['sali-a', hours('17:00', '18:00')], ['sali-b', hours('17:00', '18:00')], ['luokka', hours('19:00', '20:00')],
    ])
  })
  test('asks the space for the length exactly, and for the people', async () => {
    const w = await world()
    const slugs = async (query: string) => (await items(w, `/search?date=2026-11-24&${query}`)).map(({ space }) => (space as { slug: string }).slug)
    expect(await slugs('minutes=30')).toEqual(['kokoushuone'])
    expect(await slugs('minutes=240&people=15')).toEqual(['luokka'])
    expect(await slugs('minutes=45&q=kokous')).toEqual(['kokoushuone'])
  })
  test('offers where staff decide only from the day on that leaves them time, whoever asks, and says who decides', async () => {
    const w = await world()
    const found = async (date: string) => (await items(w, `/search?date=${date}&kind=kitchen`)).map(({ space }) => (space as { approval: string }).approval)
    expect([await found('2026-12-01'), await found('2026-12-02')]).toEqual([[], ['person']])
    const free = async (date: string) => (await json(w, `/spaces/keittio/availability?from=${date}&to=${date}`)).body.days.map((day: { free: unknown[] }) => day.free.length)
    expect([await free('2026-12-01'), await free('2026-12-02')]).toEqual([[0], [1]])
    expect((await items(w, '/spaces?unitKind=youth_centre')).map(({ slug, approval }) => [slug, approval])).toEqual([['nuorisosali', 'person'], ['keittio', 'person']])
  })
  test('comes in pieces that make the whole', async () => {
    const w = await world()
    const whole = await items(w, '/search?date=2026-11-24')
    const first = (await json(w, '/search?date=2026-11-24&limit=4')).body
    expect([...first.items, ...(await items(w, `/search?date=2026-11-24&limit=4&cursor=${first.next}`))]).toEqual(whole)
  })
  test.each(['from=20:00&to=18:00', 'date=tomorrow', 'from=7', 'minutes=3', 'area=atlantis'])('%s is malformed', async (query) => {
    expect((await json(await world(), `/search?${query}`)).status).toBe(400)
  })
})

describe('quotes', () => {
  const body = { space: 'luokka', start: '2026-11-24T18:00', end: '2026-11-24T20:00', applicant: 'unregistered_group', purpose: 'hobby', people: 10, openToAll: true, localShare: 1 }
  const quoted = async (own: object = {}) => supertest((await world()).app).post('/api/v1/quotes').send({ ...body, ...own })

  test('say what it costs, why, what to do and what speaks against it', async () => {
    const answer = await quoted({ applicant: 'company', purpose: 'commercial', people: 40 })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      charge: 'paid', priceClass: 'full', totalCents: 3600, lines: [{ minutes: 120, cents: 3600, vatRate: 25.5 }],
      because: expect.arrayContaining([expect.objectContaining({ rule: 'commercial' })]) as unknown,
      approval: 'automatic', missing: [], refusals: [{ code: 'too-many-people', people: 30 }],
    })
    const { duties } = (answer.body as { supervision: { duties: object[] } }).supervision
    expect(Object.keys(duties[0]!)).toEqual(['fi', 'sv', 'en', 'plain'])
  })
  test('a use that is not allowed is an answer with a way out', async () => {
    const { status, body } = await quoted({ people: 250 })
    expect(status).toBe(200)
    expect(body).toMatchObject({ charge: 'not_allowed', totalCents: null, contact: { fi: expect.any(String) as string } })
    expect((body as { refusals: { code: string }[] }).refusals.map(({ code }) => code)).toEqual(expect.arrayContaining(['too-many-people', 'not-allowed']))
  })
  test('times that are none or two are refused for that', async () => {
    expect((await quoted({ start: '2027-03-28T03:30', end: '2027-03-28T05:00' })).body.refusals)
      .toEqual([{ code: 'no-such-time', edge: 'start', next: '2027-03-28T04:00:00+03:00' }])
    expect((await quoted({ start: '2027-10-31T03:30', end: '2027-10-31T05:00' })).body.refusals)
      .toEqual([{ code: 'ambiguous-time', edge: 'start', first: '2027-10-31T03:30:00+03:00', second: '2027-10-31T03:30:00+02:00' }])
  })
  test('a time that ends before it starts costs nothing, and is told so', async () => {
    const { body } = await quoted({ applicant: 'company', purpose: 'commercial', end: '2026-11-24T17:00' })
    expect(body).toMatchObject({ charge: 'paid', totalCents: 0, refusals: [{ code: 'end-before-start' }] })
  })
  test('a century is refused without being read', async () => {
    const { body } = await quoted({ start: '2026-11-24T18:00', end: '2099-11-24T18:00' })
    expect((body as { refusals: { code: string }[] }).refusals.map(({ code }) => code)).toEqual(['too-long', 'closed'])
  })
  test('broken JSON, a body without JSON, missing fields and an unknown space are told apart', async () => {
    const w = await world()
    const post = () => supertest(w.app).post('/api/v1/quotes')
    expect((await post().type('json').send('{')).status).toBe(400)
    expect((await post()).status).toBe(400)
    expect((await post().type('text').send('hello')).status).toBe(400)
    const invalid = await post().send({ ...body, people: 0 })
    expect([invalid.status, invalid.type]).toEqual([422, 'application/problem+json'])
    expect(invalid.body).toMatchObject({ code: 'invalid', errors: [{ path: 'people', code: 'too-small' }] })
    expect((await post().send({ ...body, space: 'linna' })).status).toBe(404)
  })
})

test('the rule book is told with its version and its decision', async () => {
  const { body } = await json(await world(), '/rules')
  expect(body).toMatchObject({ version: 'example-4', status: 'example', decision: null })
  expect((body as { chargeRules: object[] }).chargeRules.length).toBeGreaterThan(10)
})

test('the description names every path, and only schemas that exist', async () => {
  const { body } = await json(await world(), '/openapi.json')
  expect(body).toMatchObject({ openapi: '3.1.0', servers: [{ url: 'http://tilavuoro.test/api/v1' }] })
  expect(Object.keys(body.paths)).toEqual([
    '/units', '/spaces', '/spaces/{slug}/availability', '/search', '/quotes', '/rules', '/rules/editions', '/rules/editions/{id}', '/rules/schema', '/bookings', '/bookings/{ref}', '/bookings/{ref}/move', '/bookings/{ref}/approval', '/bookings/{ref}/rejection',
  ])
  const named = [...JSON.stringify(body).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name)
  expect(named.filter((name) => !(name! in body.components.schemas))).toEqual([])
})
