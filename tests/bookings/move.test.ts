import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { approve } from '../../src/bookings/decision-actions.ts'
import { cancel } from '../../src/bookings/ending-actions.ts'
import { move } from '../../src/bookings/move-actions.ts'
import { bookingByRef, ownBooking } from '../../src/bookings/store.ts'
import { occupancies } from '../../src/bookings/table.ts'
import { personById } from '../../src/people/store.ts'
import { issueToken } from '../../src/people/user-actions.ts'
import type { Name } from '../support/cast.ts'
import { world, type World } from '../support/world.ts'
import { at, wishFor } from './wishes.ts'

const person = async ({ ctx }: World, name: Name) => (await personById(ctx.db, name))!
const codes = (done: { ok: boolean; refusals?: { code: string }[] } | null): string[] => (done && !done.ok ? (done.refusals ?? []).map(({ code }) => code) : [])
const slot = (start: string, end: string) => ({ start: at(start), end: at(end) })

async function booked(the: World, name: Name, wish: ReturnType<typeof wishFor>) {
  const done = await book(the.ctx, await person(the, name), wish, { language: 'fi' })
  if (!done.ok) throw new Error(JSON.stringify(done.refusals))
  return done.booking
}
const taken = async ({ ctx }: World) =>
  (await ctx.db.select().from(occupancies)).map(({ partId, startsAt, bookingId }) => ({ partId, startsAt, bookingId })).sort((a, b) => (a.partId < b.partId ? -1 : 1))

describe('moving', () => {
  test('takes the new time, frees the old, keeps the calendar identity and tells the mover', async () => {
    const the = await world()
    const booking = await booked(the, 'olli', wishFor('sali', '2026-11-24T18:00', '2026-11-24T20:00'))
    await the.settle()
    const done = await move(the.ctx, await person(the, 'olli'), booking.ref, slot('2026-11-24T19:00', '2026-11-24T21:00'))
    expect(done).toMatchObject({ ok: true, booking: { id: booking.id, uid: booking.uid, state: 'confirmed', sequence: 1, startsAt: at('2026-11-24T19:00') } })
    expect(await taken(the)).toEqual(['sali-a', 'sali-b'].map((partId) => ({ partId, startsAt: at('2026-11-24T19:00'), bookingId: booking.id })))
    await the.settle()
    expect((await the.mails()).map(({ subject }) => subject).sort()).toEqual([
      'Varaus siirretty: Liikuntasali, ti 24.11. klo 19–21', 'Varaus vahvistettu: Liikuntasali, ti 24.11. klo 18–20',
    ])
  })

  test('is refused with every reason, and the booking stays where it is', async () => {
    const the = await world()
    const booking = await booked(the, 'olli', wishFor('luokka', '2026-11-24T18:00', '2026-11-24T20:00'))
    await booked(the, 'maija', wishFor('luokka', '2026-11-25T18:00', '2026-11-25T20:00'))
    const olli = await person(the, 'olli')
    expect(codes(await move(the.ctx, olli, booking.ref, slot('2026-11-25T19:10', '2026-11-25T19:40')))).toEqual(['too-short', 'off-step', 'taken'])
    expect(codes(await move(the.ctx, olli, booking.ref, slot('2026-11-22T18:00', '2026-11-22T20:00')))).toEqual(['in-the-past'])
    expect(await bookingByRef(the.ctx.db, booking.ref)).toEqual(booking)
    expect((await taken(the)).filter(({ bookingId }) => bookingId === booking.id)).toHaveLength(1)
  })

  test('to where it is already changes nothing', async () => {
    const the = await world()
    const booking = await booked(the, 'olli', wishFor('luokka', '2026-11-24T18:00', '2026-11-24T20:00'))
    expect(await move(the.ctx, await person(the, 'olli'), booking.ref, slot('2026-11-24T18:00', '2026-11-24T20:00'))).toEqual({ ok: true, booking })
  })

  test('does not count against the quota twice', async () => {
    const the = await world()
    const days = ['24', '25', '26', '27']
    const own = []
    for (const day of days) own.push(await booked(the, 'olli', wishFor('luokka', `2026-11-${day}T18:00`, `2026-11-${day}T19:00`)))
    const done = await move(the.ctx, await person(the, 'olli'), own[0]!.ref, slot('2026-11-30T18:00', '2026-11-30T19:00'))
    expect(done?.ok).toBe(true)
  })

  test('needs a person again where a person decided, and not before a person can', async () => {
    const the = await world()
    const booking = await booked(the, 'olli', wishFor('ruokasali', '2026-12-08T18:00', '2026-12-08T20:00'))
    await approve(the.ctx, await person(the, 'kalle'), booking.ref, { reason: null })
    const olli = await person(the, 'olli')
    expect(codes(await move(the.ctx, olli, booking.ref, slot('2026-11-26T18:00', '2026-11-26T20:00')))).toEqual(['too-late'])
    const done = await move(the.ctx, olli, booking.ref, slot('2026-12-09T18:00', '2026-12-09T20:00'))
    expect(done).toMatchObject({ ok: true, booking: { state: 'requested', decidedAt: null, decidedById: null } })
    await the.settle()
    expect((await the.mails()).map(({ subject }) => subject)).toContain('Siirsit varauksesi: Ruokasali, ke 9.12. klo 18–20')
  })

  test('is nobody else’s, not after it was given up, and not once it has started', async () => {
    const the = await world()
    const booking = await booked(the, 'olli', wishFor('luokka', '2026-11-24T18:00', '2026-11-24T20:00'))
    const olli = await person(the, 'olli')
    for (const name of ['maija', 'kalle', 'kerttu'] as const) {
      expect(await move(the.ctx, await person(the, name), booking.ref, slot('2026-11-25T18:00', '2026-11-25T20:00'))).toBeNull()
    }
    the.clock.set('2026-11-24T18:30:00+02:00')
    expect(codes(await move(the.ctx, olli, booking.ref, slot('2026-11-25T18:00', '2026-11-25T20:00')))).toEqual(['already-started'])
    the.clock.set('2026-11-24T10:00:00+02:00')
    await cancel(the.ctx, (db) => ownBooking(db, 'olli', booking.ref), { person: olli, mover: 'owner', reason: null })
    expect(codes(await move(the.ctx, olli, booking.ref, slot('2026-11-25T18:00', '2026-11-25T20:00')))).toEqual(['wrong-state'])
  })
})

describe('on the page', () => {
  test('the new time is looked at first, then taken', async () => {
    const the = await world()
    const booking = await booked(the, 'olli', wishFor('luokka', '2026-11-24T18:00', '2026-11-24T20:00'))
    const olli = await the.client('olli')
    const page = await olli.get(`/bookings/${booking.ref}/move`).expect(200)
    expect(page.text).toContain('value="18:00"')
    const looked = await olli.get(`/bookings/${booking.ref}/move?date=2026-11-25&from=18:00&to=19:00`).expect(200)
    expect(looked.text).toContain('Tämä aika käy: keskiviikkona 25.11.2026 klo 18–19')
    expect((await bookingByRef(the.ctx.db, booking.ref))?.sequence).toBe(0)
    await olli.post(`/bookings/${booking.ref}/move`).type('form').send({ date: '2026-11-25', from: '18:00', to: '19:00' }).expect(303).expect('location', `/bookings/${booking.ref}`)
    expect(await bookingByRef(the.ctx.db, booking.ref)).toMatchObject({ startsAt: at('2026-11-25T18:00'), endsAt: at('2026-11-25T19:00') })
    expect((await olli.get(`/bookings/${booking.ref}`)).text).toContain('Varaus siirrettiin toiseen aikaan')
  })

  test('a taken time is refused with the nearest free ones, and wrong fields are named', async () => {
    const the = await world()
    const booking = await booked(the, 'olli', wishFor('luokka', '2026-11-24T18:00', '2026-11-24T20:00'))
    await booked(the, 'maija', wishFor('luokka', '2026-11-25T18:00', '2026-11-25T20:00'))
    const olli = await the.client('olli')
    const refused = await olli.post(`/bookings/${booking.ref}/move`).type('form').send({ date: '2026-11-25', from: '18:00', to: '19:00' }).expect(409)
    expect(refused.text).toContain(`/bookings/${booking.ref}/move?date=2026-11-26&amp;from=18%3A00&amp;to=19%3A00`)
    const wrong = await olli.post(`/bookings/${booking.ref}/move`).type('form').send({ date: '2026-02-30', from: 'six' }).expect(422)
    expect(wrong.text).toContain('href="#date"')
    await (await the.client('maija')).get(`/bookings/${booking.ref}/move`).expect(404)
    await (await the.client()).get(`/bookings/${booking.ref}/move`).expect(303)
  })
})

describe('by the API', () => {
  test('a machine moves what its person may', async () => {
    const the = await world()
    const booking = await booked(the, 'olli', wishFor('luokka', '2026-11-24T18:00', '2026-11-24T20:00'))
    const client = await the.client()
    const { token: olli } = await issueToken(the.ctx, 'olli', 'testi')
    const { token: kerttu } = await issueToken(the.ctx, 'kerttu', 'testi')
    const to = { start: '2026-11-25T18:00', end: '2026-11-25T20:00' }
    await client.post(`/api/v1/bookings/${booking.ref}/move`).set('authorization', `Bearer ${kerttu}`).send(to).expect(404)
    const moved = await client.post(`/api/v1/bookings/${booking.ref}/move`).set('authorization', `Bearer ${olli}`).send(to).expect(200)
    expect(moved.body).toMatchObject({ ref: booking.ref, state: 'confirmed', start: '2026-11-25T18:00:00+02:00' })
    const gap = await client.post(`/api/v1/bookings/${booking.ref}/move`).set('authorization', `Bearer ${olli}`).send({ start: '2027-03-28T03:30', end: '2027-03-28T05:00' }).expect(409)
    expect((gap.body as { refusals: { code: string }[] }).refusals.map(({ code }) => code)).toEqual(['no-such-time'])
    await client.post(`/api/v1/bookings/${booking.ref}/move`).set('authorization', `Bearer ${olli}`).send({ start: 'soon' }).expect(422)
  })
})
