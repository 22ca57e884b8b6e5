import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { cancel, expireRequests } from '../../src/bookings/ending-actions.ts'
import { approve, decline } from '../../src/bookings/decision-actions.ts'
import { keepAnswers, placeHold } from '../../src/bookings/hold-actions.ts'
import { bookingByRef, liveHoldOf, ownBooking } from '../../src/bookings/store.ts'
import { bookings, holds, occupancies } from '../../src/bookings/table.ts'
import { closures } from '../../src/spaces/table.ts'
import { markCatalogueChanged } from '../../src/spaces/store.ts'
import { nanoId } from '../../src/platform/ids.ts'
import { personById } from '../../src/people/store.ts'
import type { Name } from '../support/cast.ts'
import { world, type World } from '../support/world.ts'
import { at, wishFor } from './wishes.ts'

const person = async ({ ctx }: World, name: Name) => (await personById(ctx.db, name))!
const codes = (done: { ok: boolean; refusals?: { code: string }[] } | null): string[] => (done && !done.ok ? (done.refusals ?? []).map(({ code }) => code) : [])
const fi = { language: 'fi' } as const

/** Books as a person; the wish is known to be right. */
async function booked(the: World, name: Name, wish: ReturnType<typeof wishFor>) {
  const done = await book(the.ctx, await person(the, name), wish, fi)
  if (!done.ok) throw new Error(JSON.stringify(done.refusals))
  return done.booking
}

describe('booking', () => {
  test('an open hobby evening is free and confirmed at once, and keeps what decided it', async () => {
    const the = await world()
    const done = await book(the.ctx, await person(the, 'olli'), wishFor('luokka', '2026-11-24T18:00', '2026-11-24T20:00'), fi)
    expect(done).toMatchObject({ ok: true, booking: { state: 'confirmed', charge: 'free', totalCents: 0, sequence: 0 } })
    if (!done.ok) return
    expect(done.booking.decided.facts).toMatchObject({ applicant: 'unregistered_group', people: 10 })
    expect(done.booking.decided.quote.because.length).toBeGreaterThan(0)
    expect(done.booking.ref).toMatch(/^TV-[2-9A-Z]{4}-[2-9A-Z]{4}$/)
  })

  test('the whole gym takes both halves, and a half takes the whole', async () => {
    const the = await world()
    await booked(the, 'olli', wishFor('sali-a', '2026-11-24T18:00', '2026-11-24T20:00'))
    const maija = await person(the, 'maija')
    const whole = await book(the.ctx, maija, wishFor('sali', '2026-11-24T19:00', '2026-11-24T21:00'), fi)
    expect(codes(whole)).toEqual(['taken'])
    const other = await book(the.ctx, maija, wishFor('sali-b', '2026-11-24T18:00', '2026-11-24T20:00'), fi)
    expect(other.ok).toBe(true)
    const after = await book(the.ctx, maija, wishFor('sali', '2026-11-24T20:00', '2026-11-24T21:00'), fi)
    expect(after.ok).toBe(true)
    const rows = await the.ctx.db.select().from(occupancies)
    expect(rows.map((row) => row.partId).sort()).toEqual(['sali-a', 'sali-a', 'sali-b', 'sali-b'])
  })

  test('every reason is given at once, and nothing is left behind', async () => {
    const the = await world()
    const done = await book(the.ctx, await person(the, 'olli'), wishFor('luokka', '2026-11-24T15:10', '2026-11-24T15:40', { facts: { people: 45 } }), fi)
    expect(codes(done)).toEqual(['too-short', 'off-step', 'closed', 'too-many-people'])
    expect(await the.ctx.db.select().from(bookings)).toEqual([])
    expect(await the.ctx.db.select().from(occupancies)).toEqual([])
  })

  test('two hundred people are no matter for self-service', async () => {
    const the = await world()
    const done = await book(the.ctx, await person(the, 'olli'), wishFor('sali', '2026-11-28T12:00', '2026-11-28T14:00', { facts: { people: 200 } }), fi)
    expect(codes(done)).toContain('not-allowed')
  })

  test('the fifth open booking of one person is refused, and cancelling one makes room', async () => {
    const the = await world()
    const refs: string[] = []
    for (const day of ['24', '25', '26', '27']) refs.push((await booked(the, 'olli', wishFor('luokka', `2026-11-${day}T18:00`, `2026-11-${day}T19:00`))).ref)
    const olli = await person(the, 'olli')
    const fifth = wishFor('luokka', '2026-11-28T18:00', '2026-11-28T19:00')
    expect(await book(the.ctx, olli, fifth, fi)).toEqual({ ok: false, refusals: [{ code: 'open-bookings', limit: 4, used: 4, freesAt: at('2026-11-24T19:00') }] })
    await cancel(the.ctx, (db) => ownBooking(db, 'olli', refs[0]!), { person: olli, mover: 'owner', reason: null })
    expect((await book(the.ctx, olli, fifth, fi)).ok).toBe(true)
  })

  test('the library room needs a quarter of an hour after each booking, whoever comes first', async () => {
    const the = await world()
    await booked(the, 'olli', wishFor('kokoushuone', '2026-11-24T14:00', '2026-11-24T15:00'))
    const maija = await person(the, 'maija')
    expect(codes(await book(the.ctx, maija, wishFor('kokoushuone', '2026-11-24T15:00', '2026-11-24T16:00'), fi))).toEqual(['taken'])
    expect(codes(await book(the.ctx, maija, wishFor('kokoushuone', '2026-11-24T13:00', '2026-11-24T14:00'), fi))).toEqual(['taken'])
    expect((await book(the.ctx, maija, wishFor('kokoushuone', '2026-11-24T15:15', '2026-11-24T16:00'), fi)).ok).toBe(true)
  })
})

describe('a hold', () => {
  const mine = { hash: 'mine', addressHash: 'school' }
  const wish = { space: 'luokka', start: at('2026-11-24T18:00'), end: at('2026-11-24T19:00') }

  test('keeps the time for its owner, who books it, and leaves nothing behind', async () => {
    const the = await world()
    expect((await placeHold(the.ctx, mine, wish, {})).ok).toBe(true)
    const olli = await person(the, 'olli')
    const same = wishFor('luokka', '2026-11-24T18:00', '2026-11-24T19:00')
    expect(codes(await book(the.ctx, olli, same, fi))).toEqual(['taken'])
    expect((await book(the.ctx, olli, same, { ...fi, holdOwner: 'mine' })).ok).toBe(true)
    expect(await the.ctx.db.select().from(holds)).toEqual([])
  })

  test('is one an owner: the second lets the first go', async () => {
    const the = await world()
    await placeHold(the.ctx, mine, wish, {})
    await placeHold(the.ctx, mine, { ...wish, space: 'kokoushuone' }, {})
    expect((await the.ctx.db.select().from(holds)).map((row) => row.spaceId)).toEqual(['kokoushuone'])
    expect(await the.ctx.db.select().from(occupancies)).toHaveLength(1)
  })

  test('runs out: the time is free again, and answers are kept no more', async () => {
    const the = await world()
    await placeHold(the.ctx, mine, wish, {})
    the.clock.set('2026-11-23T09:15:00+02:00')
    expect(await keepAnswers(the.ctx, 'mine', { title: 'x' })).toBe(false)
    expect(await liveHoldOf(the.ctx.db, 'mine', the.clock.now())).toBeNull()
    await booked(the, 'maija', wishFor('luokka', '2026-11-24T18:00', '2026-11-24T19:00'))
  })

  test('eleven from one address are too many', async () => {
    const the = await world()
    for (let i = 0; i < 10; i++) {
      const start = at('2026-11-24T17:00') + i * 86_400_000
      expect((await placeHold(the.ctx, { hash: `owner ${i}`, addressHash: 'one' }, { space: 'luokka', start, end: start + 3_600_000 }, {})).ok).toBe(true)
    }
    const done = await placeHold(the.ctx, { hash: 'owner 11', addressHash: 'one' }, { ...wish, space: 'sali' }, {})
    expect(done).toEqual({ ok: false, refusals: [{ code: 'too-many-holds', limit: 10 }] })
  })
})

describe('a request', () => {
  const evening = wishFor('ruokasali', '2026-12-09T18:00', '2026-12-09T20:00')

  test('waits for a person five working days, and is approved by the manager', async () => {
    const the = await world()
    const request = await booked(the, 'olli', evening)
    expect(request).toMatchObject({ state: 'requested', decideBy: Date.parse('2026-12-01T00:00:00+02:00') })
    const done = await approve(the.ctx, await person(the, 'kalle'), request.ref, { reason: null })
    expect(done).toMatchObject({ ok: true, booking: { state: 'confirmed', decidedById: 'kalle', sequence: 1 } })
  })

  test('inside the handling time is too late, with the first date that will do', async () => {
    const the = await world()
    const done = await book(the.ctx, await person(the, 'olli'), wishFor('ruokasali', '2026-12-01T18:00', '2026-12-01T20:00'), fi)
    expect(done).toEqual({ ok: false, refusals: [{ code: 'too-late', firstDate: '2026-12-02' }] })
  })

  test('keeps the time while it waits, and gives it back when declined, with the reason', async () => {
    const the = await world()
    const request = await booked(the, 'olli', evening)
    const maija = await person(the, 'maija')
    expect(codes(await book(the.ctx, maija, evening, fi))).toEqual(['taken'])
    await decline(the.ctx, await person(the, 'kalle'), request.ref, 'Keittiö on remontissa.')
    expect(await bookingByRef(the.ctx.db, request.ref)).toMatchObject({ state: 'declined', reason: 'Keittiö on remontissa.' })
    expect((await book(the.ctx, maija, evening, fi)).ok).toBe(true)
  })

  test('is not there for the manager of another unit', async () => {
    const the = await world()
    const request = await booked(the, 'olli', evening)
    const mona = await person(the, 'mona')
    expect(await approve(the.ctx, mona, request.ref, { reason: null })).toBeNull()
    expect(await decline(the.ctx, mona, request.ref, 'ei')).toBeNull()
    expect(await approve(the.ctx, await person(the, 'maija'), request.ref, { reason: null })).toBeNull()
    expect((await approve(the.ctx, await person(the, 'kerttu'), request.ref, { reason: null }))?.ok).toBe(true)
  })

  test('of an official’s own or own association is for somebody else to decide', async () => {
    const the = await world()
    const own = await booked(the, 'kalle', evening)
    const kalle = await person(the, 'kalle')
    expect(codes(await approve(the.ctx, kalle, own.ref, { reason: null }))).toEqual(['own-request'])
    const ours = await booked(the, 'maija', { ...wishFor('ruokasali', '2026-12-10T18:00', '2026-12-10T20:00', { facts: { applicant: 'registered_association' } }), association: { kind: 'register_number', value: '123456' } })
    expect(ours.associationId).toBe('sulka')
    expect(codes(await decline(the.ctx, kalle, ours.ref, 'ei'))).toEqual(['own-request'])
  })

  test('is checked again when approved: a closure made meanwhile refuses it', async () => {
    const the = await world()
    const request = await booked(the, 'olli', evening)
    await the.ctx.db.transaction(async (db) => {
      await db.insert(closures).values({ id: nanoId(), spaceId: 'ruokasali', unitId: null, startsAt: at('2026-12-09T00:00'), endsAt: at('2026-12-10T00:00'), reason: { fi: 'Remontti' } }).returning()
      await markCatalogueChanged(db)
    })
    const done = await approve(the.ctx, await person(the, 'kalle'), request.ref, { reason: null })
    expect(codes(done)).toEqual(['closure'])
    expect((await bookingByRef(the.ctx.db, request.ref))?.state).toBe('requested')
  })

  test('is decided once: the second decision meets its state', async () => {
    const the = await world()
    const request = await booked(the, 'olli', evening)
    const kalle = await person(the, 'kalle')
    await approve(the.ctx, kalle, request.ref, { reason: null })
    expect(await decline(the.ctx, kalle, request.ref, 'ei')).toEqual({ ok: false, refusals: [{ code: 'wrong-state', state: 'confirmed' }] })
  })

  test('that nobody decides expires when it would have started, and frees the time', async () => {
    const the = await world()
    const request = await booked(the, 'olli', evening)
    the.clock.set('2026-12-09T17:59:59+02:00')
    await expireRequests(the.ctx)
    expect((await bookingByRef(the.ctx.db, request.ref))?.state).toBe('requested')
    the.clock.set('2026-12-09T18:00:00+02:00')
    await expireRequests(the.ctx)
    expect((await bookingByRef(the.ctx.db, request.ref))?.state).toBe('expired')
    expect(await the.ctx.db.select().from(occupancies)).toEqual([])
  })

  test('whose price the rules leave open needs a charge with its reason, and keeps the ones given', async () => {
    const the = await world()
    const request = await booked(the, 'olli', wishFor('luokka', '2026-12-09T18:00', '2026-12-09T20:00', { facts: { applicant: 'city_unit', purpose: 'meeting' } }))
    expect(request).toMatchObject({ state: 'requested', charge: 'needs_person', totalCents: null })
    const kalle = await person(the, 'kalle')
    const full = { charge: 'paid', priceClass: 'full' } as const
    expect(codes(await approve(the.ctx, kalle, request.ref, { reason: null }))).toEqual(['charge-needed', 'reason-needed'])
    expect(codes(await approve(the.ctx, kalle, request.ref, { reason: 'Koko talo.' }))).toEqual(['charge-needed'])
    for (const reason of [null, '', ' ']) expect(codes(await approve(the.ctx, kalle, request.ref, { reason, charge: full }))).toEqual(['reason-needed'])
    const done = await approve(the.ctx, kalle, request.ref, { reason: 'Koko talo.', charge: full })
    expect(done).toMatchObject({ ok: true, booking: { state: 'confirmed', charge: 'paid', totalCents: 3600, reason: 'Koko talo.' } })
    if (done?.ok) expect(done.booking.decided.given).toMatchObject({ charge: 'paid', priceClass: 'full' })
  })
})

describe('giving up', () => {
  test('a confirmed booking is cancelled with its reason, once, and only before it starts', async () => {
    const the = await world()
    const booking = await booked(the, 'olli', wishFor('luokka', '2026-11-24T18:00', '2026-11-24T19:00'))
    const olli = await person(the, 'olli')
    const giveUp = () => cancel(the.ctx, (db) => ownBooking(db, 'olli', booking.ref), { person: olli, mover: 'owner', reason: 'Sairastuin' })
    the.clock.set('2026-11-24T18:00:00+02:00')
    expect(codes(await giveUp())).toEqual(['already-started'])
    the.clock.set('2026-11-24T17:59:00+02:00')
    expect(await giveUp()).toMatchObject({ ok: true, booking: { state: 'cancelled', reason: 'Sairastuin', sequence: 1 } })
    expect(codes(await giveUp())).toEqual(['wrong-state'])
    expect(await the.ctx.db.select().from(occupancies).where(eq(occupancies.bookingId, booking.id))).toEqual([])
  })

  test('another person has no such booking', async () => {
    const the = await world()
    const booking = await booked(the, 'olli', wishFor('luokka', '2026-11-24T18:00', '2026-11-24T19:00'))
    const maija = await person(the, 'maija')
    expect(await cancel(the.ctx, (db) => ownBooking(db, 'maija', booking.ref), { person: maija, mover: 'owner', reason: null })).toBeNull()
  })
})
