import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { bookings, occupancies } from '../../src/bookings/table.ts'
import { personById } from '../../src/people/store.ts'
import { formIn, type Fields } from '../bookings/form-reader.ts'
import { wishFor } from '../bookings/wishes.ts'
import { world, type World } from '../support/world.ts'
import { cookieOf, doorOf, form, json, tokenOf, type Knock, type Reply } from './knocking.ts'

const evening = {
  space: 'luokka', start: '2026-11-24T18:00', end: '2026-11-24T20:00', applicant: 'unregistered_group', purpose: 'hobby', people: 10, openToAll: true,
  title: 'Neulekerho', public: false, responsible: { name: 'Olli Mallikas', phone: '040 123 4567' }, acceptTerms: true,
}
const states = async ({ ctx: { db } }: World): Promise<string[]> => (await db.select().from(bookings)).map(({ state }) => state)
const booking = (headers: Record<string, string>, key: string, own: object = {}): Knock =>
  ({ method: 'POST', path: '/api/v1/bookings', headers: { ...headers, ...json, 'idempotency-key': key }, body: JSON.stringify({ ...evening, ...own }) })
const tally = (replies: Reply[]): Record<number, number> =>
  replies.reduce<Record<number, number>>((found, { status }) => ({ ...found, [status]: (found[status] ?? 0) + 1 }), {})
const codes = ({ text }: Reply): string[] => (JSON.parse(text) as { refusals: { code: string }[] }).refusals.map(({ code }) => code)

test('the same request eight times at once books once', async () => {
  const the = await world()
  const [knock, olli] = [await doorOf(the), await tokenOf(the, 'olli')]
  const replies = await Promise.all(Array.from({ length: 8 }, () => knock(booking(olli, 'same'))))
  const made = replies.filter(({ status }) => status === 201)
  const answer = JSON.parse(made[0]!.text) as object
  expect(made.map(({ text }) => JSON.parse(text) as object)).toEqual(made.map(() => answer))
  expect(replies.filter(({ status }) => status !== 201).map(({ status, text }) => [status, (JSON.parse(text) as { code: string }).code]))
    .toEqual(Array.from({ length: 8 - made.length }, () => [409, 'in-progress']))
  expect(await states(the)).toEqual(['confirmed'])
  expect(JSON.parse((await knock(booking(olli, 'same'))).text)).toEqual(answer)
  expect((await knock(booking(olli, 'same', { title: 'Muu' }))).status).toBe(422)
  // Somebody else's key is their own.
  expect((await knock(booking(await tokenOf(the, 'maija'), 'same'))).status).toBe(409)
})

test('eight bookings at once stay within the quota of four', async () => {
  const the = await world()
  const [knock, olli] = [await doorOf(the), await tokenOf(the, 'olli')]
  const days = ['24', '25', '26', '27'].flatMap((day) => ['luokka', 'sali-a'].map((space) => ({ space, start: `2026-11-${day}T18:00`, end: `2026-11-${day}T20:00` })))
  const replies = await Promise.all(days.map((own, i) => knock(booking(olli, `k${i}`, own))))
  expect(tally(replies)).toEqual({ 201: 4, 409: 4 })
  expect(replies.filter(({ status }) => status === 409).flatMap(codes)).toEqual(['open-bookings', 'open-bookings', 'open-bookings', 'open-bookings'])
  expect(await states(the)).toEqual(['confirmed', 'confirmed', 'confirmed', 'confirmed'])
  // The API and the form share one quota, and so do requests that wait.
  expect(codes(await knock(booking(olli, 'request', { space: 'ruokasali', start: '2026-12-10T18:00', end: '2026-12-10T20:00' })))).toEqual(['open-bookings'])
})

test('one of many wins a time, whole hall or half, and the others are told', async () => {
  const the = await world()
  const knock = await doorOf(the)
  const people = await Promise.all((['olli', 'maija', 'kalle', 'mona', 'kerttu'] as const).map((name) => tokenOf(the, name)))
  const replies = await Promise.all(people.map((who, i) => knock(booking(who, 'k', { space: ['sali', 'sali-a', 'sali', 'sali-a', 'sali'][i] }))))
  expect(tally(replies)).toEqual({ 201: 1, 409: 4 })
  expect(replies.filter(({ status }) => status === 409).map(codes)).toEqual([['taken'], ['taken'], ['taken'], ['taken']])
  const [won] = await the.ctx.db.select().from(bookings)
  expect(await the.ctx.db.select().from(occupancies)).toHaveLength(won!.spaceId === 'sali' ? 2 : 1)
})

describe('a decision and its undoing at once', () => {
  /** Olli's request in Kalle's school. */
  async function requested() {
    const the = await world()
    const made = await book(the.ctx, (await personById(the.ctx.db, 'olli'))!, wishFor('ruokasali', '2026-12-10T18:00', '2026-12-10T20:00'), { language: 'fi' })
    if (!made.ok) throw new Error('no request')
    const { ref } = made.booking
    const say = (verb: string, headers: Record<string, string>, body: object = {}): Knock => ({ method: 'POST', path: `/api/v1/bookings/${ref}/${verb}`, headers: { ...headers, ...json }, body: JSON.stringify(body) })
    const kept = async () => ({ states: await states(the), parts: (await the.ctx.db.select().from(occupancies)).length, sequence: (await the.ctx.db.select().from(bookings))[0]!.sequence })
    return { the, ref, knock: await doorOf(the), kalle: await tokenOf(the, 'kalle'), kerttu: await tokenOf(the, 'kerttu'), say, kept }
  }

  test('leave a booking that keeps its time exactly when it holds', async () => {
    for (let round = 0; round < 6; round++) {
      const { the, ref, knock, kalle, say, kept } = await requested()
      const cancelling: Knock = { method: 'POST', path: `/bookings/${ref}/cancellation`, headers: { ...(await cookieOf(the, 'olli')), ...form } }
      const both = [say('approval', kalle), cancelling]
      const replies = await Promise.all((round % 2 ? both : both.reverse()).map(knock))
      expect(replies.every(({ status }) => [200, 303, 409].includes(status))).toBe(true)
      const { states: [state], parts } = await kept()
      expect([['withdrawn', 0], ['cancelled', 0], ['confirmed', 1]]).toContainEqual([state, parts])
    }
  })

  test('two officials decide once', async () => {
    const { knock, kalle, kerttu, say, kept } = await requested()
    const replies = await Promise.all([say('approval', kalle), say('rejection', kerttu, { reason: 'Ei nyt' }), say('approval', kerttu), say('rejection', kalle, { reason: 'Ei nyt' })].map(knock))
    expect(tally(replies)).toEqual({ 200: 1, 409: 3 })
    expect(replies.filter(({ status }) => status === 409).map(codes)).toEqual([['wrong-state'], ['wrong-state'], ['wrong-state']])
    const { states: [state], parts, sequence } = await kept()
    expect([['confirmed', 1, 1], ['declined', 0, 1]]).toContainEqual([state, parts, sequence])
  })
})

test('a form sent twice books once, and both answers lead to it', async () => {
  const the = await world()
  const [knock, session] = [await doorOf(the), await cookieOf(the, 'olli')]
  const send = (path: string, fields: Fields): Promise<Reply> =>
    knock({ method: 'POST', path, headers: { ...session, ...form }, body: new URLSearchParams(Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))).toString() })
  const look = async (path: string): Promise<string> => (await knock({ path, headers: session })).text
  const wish = { space: 'luokka', date: '2026-11-24', from: '18:00', to: '20:00', applicant: 'unregistered_group', purpose: 'hobby', people: '10', openToAll: 'yes', entryFee: 'no', asked: 'openToAll entryFee activities locals youths groups' }
  const kept = await send('/bookings/new', wish)
  const details = formIn(await look(kept.headers.location!), '/bookings/new/details')
  const given = await send('/bookings/new/details', { ...details, title: 'Neulekerho', responsibleName: 'Olli', responsiblePhone: '040 123 4567' })
  const check = formIn(await look(given.headers.location!), '/bookings/new/check')
  const replies = await Promise.all(Array.from({ length: 4 }, () => send('/bookings/new/check', { ...check, terms: 'example-1' })))
  const [made, ...more] = await the.ctx.db.select().from(bookings)
  expect([replies.map(({ headers }) => headers.location), more]).toEqual([Array.from({ length: 4 }, () => `/bookings/${made!.ref}`), []])
})
