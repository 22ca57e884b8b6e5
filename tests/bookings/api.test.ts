import supertest from 'supertest'
import { describe, expect, test } from 'vitest'
import { once } from '../../src/bookings/idempotency-actions.ts'
import { bookings, idempotentAnswers } from '../../src/bookings/table.ts'
import { issueToken } from '../../src/people/user-actions.ts'
import type { Name } from '../support/cast.ts'
import { world, type World } from '../support/world.ts'

const evening = {
  space: 'luokka', start: '2026-11-24T18:00', end: '2026-11-24T20:00', applicant: 'unregistered_group', purpose: 'hobby', people: 10, openToAll: true,
  title: 'Neulekerho', public: true, responsible: { name: 'Olli Mallikas', phone: '040 123 4567' }, acceptTerms: true,
}
const request = { ...evening, space: 'ruokasali', start: '2026-12-10T18:00:00+02:00', end: '2026-12-10T20:00:00+02:00' }
const closed = { ...request, openToAll: false, people: 60 }

/** A program that acts for a person. */
async function machine(the: World, name: Name) {
  const { token } = await issueToken(the.ctx, the.cast[name], 'testi')
  const asked = (call: supertest.Test): supertest.Test => call.set('Authorization', `Bearer ${token}`)
  const http = supertest(the.app)
  return {
    get: (path: string) => asked(http.get(`/api/v1${path}`)),
    post: (path: string, body?: object) => asked(http.post(`/api/v1${path}`)).send(body),
    delete: (path: string, body?: object) => asked(http.delete(`/api/v1${path}`)).send(body),
    book: (body: object, key = 'k1') => asked(http.post('/api/v1/bookings')).set('Idempotency-Key', key).send(body),
  }
}
const count = async ({ ctx }: World): Promise<number> => (await ctx.db.select().from(bookings)).length

describe('POST /bookings', () => {
  test('books, and says where it is', async () => {
    const the = await world()
    const olli = await machine(the, 'olli')
    const made = await olli.book(evening).expect(201).expect('Content-Type', /^application\/json/)
    const { id, ref } = made.body as { id: string; ref: string }
    expect(made.body).toEqual({
      id, ref, state: 'confirmed', start: '2026-11-24T18:00:00+02:00', end: '2026-11-24T20:00:00+02:00', charge: 'free', totalCents: 0,
      calendar: `http://tilavuoro.test/bookings/${ref}/booking.ics`,
    })
    expect(made.headers['location']).toBe(`/api/v1/bookings/${ref}`)
    const read = await olli.get(`/bookings/${ref}`).expect(200)
    expect(read.body).toMatchObject({ ...(made.body as object), space: 'luokka', unit: 'kallion-koulu', title: 'Neulekerho', public: true, people: 10, responsible: evening.responsible, decideBy: null })
    expect((read.body as { because: { text: object }[] }).because[0]!.text).toMatchObject({ fi: expect.any(String), sv: expect.any(String), en: expect.any(String), plain: expect.any(String) })
  })

  test('asks a person where one decides', async () => {
    const the = await world()
    const olli = await machine(the, 'olli')
    const made = await olli.book(closed).expect(201)
    expect(made.body).toMatchObject({ state: 'requested', charge: 'needs_person', totalCents: null })
    const read = await olli.get(`/bookings/${(made.body as { ref: string }).ref}`)
    expect(read.body).toMatchObject({ decideBy: '2026-12-01T00:00:00+02:00', rules: expect.any(String) })
  })

  test('books for an association by its number', async () => {
    const the = await world()
    const maija = await machine(the, 'maija')
    await maija.book({ ...evening, applicant: 'registered_association', association: '123.456' }).expect(201)
    expect(await the.ctx.db.select().from(bookings)).toMatchObject([{ associationId: 'sulka', decided: { facts: { association: 'verified' } } }])
  })

  test('wants a token', async () => {
    const the = await world()
    const bare = await supertest(the.app).post('/api/v1/bookings').set('Idempotency-Key', 'k').send(evening).expect(401).expect('Content-Type', /^application\/problem\+json/)
    expect(bare.body).toMatchObject({ status: 401, code: 'token-needed' })
    const signedIn = await the.client('olli')
    await signedIn.post('/api/v1/bookings').set('Idempotency-Key', 'k').send(evening).expect(401)
  })

  test.each([[undefined, 'idempotency-key-missing'], ['', 'idempotency-key-missing'], ['with a space', 'idempotency-key-malformed'], ['x'.repeat(201), 'idempotency-key-malformed']])(
    'wants a key that can be one (%s)', async (key, code) => {
      const the = await world()
      const olli = await machine(the, 'olli')
      const call = key === undefined ? olli.post('/bookings', evening) : olli.book(evening, key)
      expect((await call.expect(400)).body).toMatchObject({ status: 400, code })
    })

  test('tells malformed JSON from a wrong body', async () => {
    const the = await world()
    const olli = await machine(the, 'olli')
    expect((await olli.post('/bookings').set('Idempotency-Key', 'k').type('json').send('{"space":').expect(400)).body).toMatchObject({ code: 'malformed' })
    await olli.post('/bookings').set('Idempotency-Key', 'k').expect(400)
    await olli.book({ ...evening, title: 'x'.repeat(70_000) }).expect(413)
    const wrong = await olli.book({ ...evening, people: 0, acceptTerms: false, title: 'a\r\nb', start: 'huomenna', responsible: { name: 'Olli' } }).expect(422).expect('Content-Type', /problem/)
    expect(wrong.body).toMatchObject({ status: 422, code: 'invalid' })
    const { errors } = wrong.body as { errors: { path: string; code: string; text: string }[] }
    expect(errors.map(({ path }) => path).sort()).toEqual(['acceptTerms', 'people', 'responsible.phone', 'start', 'title'])
    expect(errors.find(({ path }) => path === 'responsible.phone')).toMatchObject({ code: 'required' })
    expect(await count(the)).toBe(0)
  })

  test.each(['space', 'start', 'end', 'applicant', 'purpose', 'people', 'title', 'responsible', 'acceptTerms'])('needs %s', async (field) => {
    const the = await world()
    const olli = await machine(the, 'olli')
    const wrong = await olli.book({ ...evening, [field]: undefined }).expect(422)
    expect((wrong.body as { errors: object[] }).errors).toMatchObject([{ path: field, code: 'required' }])
  })

  test('an unknown space is unknown', async () => {
    const the = await world()
    await (await machine(the, 'olli')).book({ ...evening, space: 'linna' }).expect(404)
  })

  test('tells all refusals at once, with instants that say their offset', async () => {
    const the = await world()
    const olli = await machine(the, 'olli')
    await olli.book(evening)
    const refused = await (await machine(the, 'maija')).book({ ...evening, start: '2026-11-24T19:00', end: '2026-11-24T22:00', people: 31 }).expect(409).expect('Content-Type', /problem/)
    expect(refused.body).toMatchObject({
      status: 409, code: 'refused', refusals: [
        { code: 'closed', opensAt: [{ start: '2026-11-24T17:00:00+02:00', end: '2026-11-24T21:00:00+02:00' }] },
        { code: 'taken', busy: [{ start: '2026-11-24T18:00:00+02:00', end: '2026-11-24T20:00:00+02:00' }], gap: false },
        { code: 'too-many-people', people: 30 },
      ],
    })
  })

  test.each([
    ['the spring hour', '2027-03-28T03:30', [{ code: 'no-such-time', edge: 'start', next: '2027-03-28T04:00:00+03:00' }]],
    ['the autumn hour', '2027-10-31T03:30', [{ code: 'ambiguous-time', edge: 'start', first: '2027-10-31T03:30:00+03:00', second: '2027-10-31T03:30:00+02:00' }]],
  ])('%s is refused by what it is', async (_, start, refusals) => {
    const the = await world()
    const refused = await (await machine(the, 'olli')).book({ ...evening, start, end: `${start.slice(0, 11)}06:00` }).expect(409)
    expect(refused.body).toMatchObject({ refusals })
  })

  test('a use that is not allowed is refused', async () => {
    const the = await world()
    const refused = await (await machine(the, 'olli')).book({ ...evening, activities: ['open_fire'] }).expect(409)
    expect((refused.body as { refusals: { code: string }[] }).refusals.map(({ code }) => code)).toContain('not-allowed')
  })
})

describe('POST /quotes', () => {
  const quote = (the: World, authorization?: string): supertest.Test => {
    const asked = supertest(the.app).post('/api/v1/quotes').send(evening)
    return authorization === undefined ? asked : asked.set('Authorization', authorization)
  }

  test('says to who sends a key what a booking would say', async () => {
    const the = await world()
    const olli = await machine(the, 'olli')
    const { limits } = (await olli.get('/rules').expect(200)).body as { limits: { openBookingsPerPerson: number } }
    for (let day = 0; day < limits.openBookingsPerPerson; day++) {
      const date = new Date(Date.UTC(2026, 10, 25 + 7 * day)).toISOString().slice(0, 10)
      await olli.book({ ...evening, start: `${date}T18:00`, end: `${date}T20:00` }, `k${day}`).expect(201)
    }
    const { refusals } = (await olli.book(evening, 'more').expect(409)).body as { refusals: object[] }
    expect(refusals).toMatchObject([{ code: 'open-bookings' }])
    expect((await olli.post('/quotes', evening).expect(200)).body).toMatchObject({ refusals })
    expect((await quote(the).expect(200)).body).toMatchObject({ refusals: [] })
    expect((await (await machine(the, 'maija')).post('/quotes', evening).expect(200)).body).toMatchObject({ refusals: [] })
  })

  test('is about anybody without a key, also in a browser that is signed in, and takes no key that does not work', async () => {
    const the = await world()
    const anybodys = (await quote(the).expect(200)).body as object
    expect((await (await the.client('olli')).post('/api/v1/quotes').send(evening).expect(200)).body).toEqual(anybodys)
    for (const [given, code] of [['Bearer forged', 'token-invalid'], ['Basic b2xsaTp4', 'token-needed']] as const) {
      const refused = await quote(the, given).expect(401).expect('Content-Type', /problem/)
      expect([refused.body, refused.headers['www-authenticate']]).toMatchObject([{ code }, expect.stringMatching(/^Bearer /)])
    }
  })

  test('names the price list as the booking does', async () => {
    const the = await world()
    const olli = await machine(the, 'olli')
    const tariff = { edition: 'example-4', date: '2026-11-24' }
    expect((await olli.post('/quotes', evening).expect(200)).body).toMatchObject({ tariff })
    const { ref } = (await olli.book(evening).expect(201)).body as { ref: string }
    expect((await olli.get(`/bookings/${ref}`).expect(200)).body).toMatchObject({ tariff })
  })
})

describe('the same key', () => {
  test('with the same body gives the same answer and books once', async () => {
    const the = await world()
    const olli = await machine(the, 'olli')
    const first = await olli.book(evening).expect(201)
    const { title, ...rest } = evening
    const again = await olli.book({ title, ...rest }).expect(201)
    expect(again.body).toEqual(first.body)
    expect(again.headers['location']).toBe(first.headers['location'])
    expect(await count(the)).toBe(1)
  })

  test('with another body is refused', async () => {
    const the = await world()
    const olli = await machine(the, 'olli')
    await olli.book(evening).expect(201)
    expect((await olli.book({ ...evening, people: 11 }).expect(422)).body).toMatchObject({ code: 'idempotency-key-reused' })
  })

  test('is the person’s own', async () => {
    const the = await world()
    await (await machine(the, 'olli')).book(evening).expect(201)
    await (await machine(the, 'maija')).book({ ...evening, start: '2026-11-25T18:00', end: '2026-11-25T20:00' }).expect(201)
    expect(await count(the)).toBe(2)
  })

  test('replays a refusal too, even when it would be granted by now', async () => {
    const the = await world()
    const [olli, maija] = [await machine(the, 'olli'), await machine(the, 'maija')]
    const made = await olli.book(evening).expect(201)
    const refused = await maija.book(evening, 'm1').expect(409)
    await olli.delete(`/bookings/${(made.body as { ref: string }).ref}`).expect(200)
    const again = await maija.book(evening, 'm1').expect(409)
    expect({ ...again.body as object, requestId: null }).toEqual({ ...refused.body as object, requestId: null })
    expect([again, refused].map(({ body, headers }) => (body as { requestId: string }).requestId === headers['x-request-id'])).toEqual([true, true])
    expect(refused.body).toMatchObject({ code: 'refused', title: 'Refused, with all the reasons' })
    await maija.book(evening, 'm2').expect(201)
  })

  test('is forgotten after a day', async () => {
    const the = await world()
    const olli = await machine(the, 'olli')
    await olli.book(evening).expect(201)
    the.clock.set(the.clock.now() + 24 * 3_600_000)
    await olli.book({ ...evening, start: '2026-11-26T18:00', end: '2026-11-26T20:00' }).expect(201)
    expect(await the.ctx.db.select().from(idempotentAnswers)).toHaveLength(1)
  })

  test('sent at once by two books once', async () => {
    const the = await world()
    const olli = await machine(the, 'olli')
    const both = await Promise.all([olli.book(evening), olli.book(evening)])
    expect(both.map(({ status }) => status).sort()).toEqual(both.some(({ status }) => status === 409) ? [201, 409] : [201, 201])
    expect(await count(the)).toBe(1)
  })

  test('waits while the first request runs, and is free again when it died or failed', async () => {
    const the = await world()
    const asked = { personId: 'olli', key: 'k1', body: evening }
    let finish = (): void => undefined
    const running = once(the.ctx, asked, async () => {
      await new Promise<void>((resolve) => { finish = resolve })
      return { status: 409, answer: {} }
    })
    await expect.poll(async () => (await the.ctx.db.select().from(idempotentAnswers)).length).toBe(1)
    const olli = await machine(the, 'olli')
    const early = await olli.book(evening).expect(409).expect('Retry-After', '1')
    expect(early.body).toMatchObject({ code: 'in-progress' })
    the.clock.set(the.clock.now() + 61_000)
    await olli.book(evening).expect(201)
    finish()
    await running
    await olli.book(evening).expect(201)

    await expect(once(the.ctx, { ...asked, key: 'k2' }, () => Promise.reject(new Error('power cut')))).rejects.toThrow('power cut')
    expect((await once(the.ctx, { ...asked, key: 'k2' }, () => Promise.resolve({ status: 201, answer: { ref: 'x' } })))).toEqual({ is: 'answered', status: 201, answer: { ref: 'x' } })
  })
})

describe('a booking', () => {
  const made = async (the: World, body: object = request, name: Name = 'olli'): Promise<string> =>
    ((await (await machine(the, name)).book(body).expect(201)).body as { ref: string }).ref

  test("is nobody else's business", async () => {
    const the = await world()
    const ref = await made(the)
    const [maija, mona] = [await machine(the, 'maija'), await machine(the, 'mona')]
    for (const other of [maija, mona]) {
      await other.get(`/bookings/${ref}`).expect(404)
      await other.delete(`/bookings/${ref}`).expect(404)
      await other.post(`/bookings/${ref}/approval`).expect(404)
      await other.post(`/bookings/${ref}/rejection`, { reason: 'ei' }).expect(404)
    }
    await (await machine(the, 'olli')).get('/bookings/TV-AAAA-AAAA').expect(404)
    await supertest(the.app).get(`/api/v1/bookings/${ref}`).expect(401)
    expect(await the.ctx.db.select().from(bookings)).toMatchObject([{ state: 'requested' }])
  })

  test('is withdrawn or cancelled by its maker, once', async () => {
    const the = await world()
    const olli = await machine(the, 'olli')
    const ref = await made(the)
    expect((await olli.delete(`/bookings/${ref}`).expect(200)).body).toMatchObject({ ref, state: 'withdrawn' })
    const again = await olli.delete(`/bookings/${ref}`).expect(409)
    expect(again.body).toMatchObject({ code: 'refused', refusals: [{ code: 'wrong-state', state: 'withdrawn' }] })
    const other = ((await olli.book(evening, 'k2').expect(201)).body as { ref: string }).ref
    expect((await olli.delete(`/bookings/${other}`, { reason: 'Kipeä' }).expect(200)).body).toMatchObject({ state: 'cancelled', reason: 'Kipeä' })
    await olli.delete(`/bookings/${other}`, { reason: 7 }).expect(422)
  })

  test('is cancelled by an official with a reason only', async () => {
    const the = await world()
    const ref = await made(the, evening)
    const kalle = await machine(the, 'kalle')
    await kalle.delete(`/bookings/${ref}`).expect(422)
    expect((await kalle.delete(`/bookings/${ref}`, { reason: 'Vesivahinko' }).expect(200)).body).toMatchObject({ state: 'cancelled', reason: 'Vesivahinko' })
  })

  test('is approved by the official of its place', async () => {
    const the = await world()
    const ref = await made(the)
    const kalle = await machine(the, 'kalle')
    await kalle.get(`/bookings/${ref}`).expect(200)
    expect((await kalle.post(`/bookings/${ref}/approval`).expect(200)).body).toMatchObject({ ref, state: 'confirmed', charge: 'free', decidedAt: '2026-11-23T09:00:00+02:00' })
    expect((await kalle.post(`/bookings/${ref}/approval`).expect(409)).body).toMatchObject({ refusals: [{ code: 'wrong-state' }] })
  })

  test.each([
    [{ charge: 'free' }, { charge: 'free', totalCents: 0 }],
    [{ charge: 'paid', priceClass: 'basic' }, { charge: 'paid', totalCents: 2400 }],
    [{ charge: 'paid' }, { charge: 'paid', totalCents: 4800 }],
  ])('gets its price from the official where the rules left it open: %j', async (said, got) => {
    const the = await world()
    const ref = await made(the, closed)
    const kalle = await machine(the, 'kalle')
    expect((await kalle.post(`/bookings/${ref}/approval`).expect(409)).body).toMatchObject({ refusals: [{ code: 'charge-needed' }, { code: 'reason-needed' }] })
    for (const more of [{}, { reason: ' ' }]) {
      expect((await kalle.post(`/bookings/${ref}/approval`, { ...said, ...more }).expect(409)).body).toMatchObject({ refusals: [{ code: 'reason-needed' }] })
    }
    await kalle.post(`/bookings/${ref}/approval`, { charge: 'cheap' }).expect(422)
    expect((await kalle.post(`/bookings/${ref}/approval`, { ...said, reason: 'Suljettu joukko.' }).expect(200)).body).toMatchObject({ state: 'confirmed', reason: 'Suljettu joukko.', ...got })
  })

  test('is declined with a reason only', async () => {
    const the = await world()
    const ref = await made(the)
    const kalle = await machine(the, 'kalle')
    await kalle.post(`/bookings/${ref}/rejection`, {}).expect(422)
    await kalle.post(`/bookings/${ref}/rejection`, { reason: ' ' }).expect(422)
    expect((await kalle.post(`/bookings/${ref}/rejection`, { reason: 'Tila on remontissa.' }).expect(200)).body).toMatchObject({ state: 'declined', reason: 'Tila on remontissa.' })
  })

  test("is not decided by its own association's people", async () => {
    const the = await world()
    const ref = await made(the, { ...request, applicant: 'registered_association', association: '123456' }, 'maija')
    const kalle = await machine(the, 'kalle')
    expect((await kalle.post(`/bookings/${ref}/approval`).expect(409)).body).toMatchObject({ refusals: [{ code: 'own-request' }] })
    await (await machine(the, 'kerttu')).post(`/bookings/${ref}/approval`).expect(200)
  })
})
