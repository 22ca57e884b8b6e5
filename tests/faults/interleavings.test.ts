import path from 'node:path'
import Handle from 'better-sqlite3'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { approve, decline } from '../../src/bookings/decision-actions.ts'
import { cancel, expireRequests } from '../../src/bookings/ending-actions.ts'
import { placeHold } from '../../src/bookings/hold-actions.ts'
import { move } from '../../src/bookings/move-actions.ts'
import { ownBooking } from '../../src/bookings/store.ts'
import { bookings, occupancies } from '../../src/bookings/table.ts'
import { personById } from '../../src/people/store.ts'
import { wishFor } from '../bookings/wishes.ts'
import type { Name } from '../support/cast.ts'
import { world } from '../support/world.ts'
import { wrongsIn } from '../support/wrongs.ts'

const [day, from, to] = ['2026-12-10', '18:00', '20:00'] as const
const wish = wishFor('ruokasali', `${day}T${from}`, `${day}T${to}`)

/** A request for the canteen, and everything that may happen to it and its time at the same moment. */
async function crossroads() {
  const the = await world()
  const { ctx } = the
  const people = Object.fromEntries(await Promise.all((['olli', 'maija', 'kalle', 'kerttu'] as const).map(async (name) => [name, (await personById(ctx.db, name))!] as const))) as Record<Exclude<Name, 'mona'>, NonNullable<Awaited<ReturnType<typeof personById>>>>
  const made = await book(ctx, people.olli, wish, { language: 'fi' })
  if (!made.ok) throw new Error('no request')
  const { ref } = made.booking
  const sqlite = new Handle(path.join(the.dataDir, 'tilavuoro.db'), { readonly: true })
  onTestFinished(() => { sqlite.close() })
  const deeds = {
    approve: () => approve(ctx, people.kalle, ref, { reason: null }),
    'approve by another': () => approve(ctx, people.kerttu, ref, { reason: null }),
    decline: () => decline(ctx, people.kerttu, ref, 'Ei nyt'),
    withdraw: () => cancel(ctx, (db) => ownBooking(db, 'olli', ref), { person: people.olli, mover: 'owner', reason: null }),
    'book the same time': () => book(ctx, people.maija, wish, { language: 'fi' }),
    'book it twice': () => book(ctx, people.maija, wish, { language: 'fi' }),
    'book a part of it': () => book(ctx, people.kerttu, wishFor('ruokasali', `${day}T19:00`, `${day}T20:30`), { language: 'fi' }),
    'keep it': () => placeHold(ctx, { hash: 'somebody', addressHash: 'somewhere' }, { space: 'ruokasali', start: wish.start, end: wish.end }, {}),
    'move it': () => move(ctx, people.olli, ref, { start: wish.start + 1_800_000, end: wish.end + 1_800_000 }),
    expire: () => expireRequests(ctx),
  }
  return { the, deeds, sqlite, ref }
}
const names = ['approve', 'approve by another', 'decline', 'withdraw', 'book the same time', 'book it twice', 'book a part of it', 'keep it', 'move it', 'expire'] as const

test('whatever meets at a request and its time, one has the time and all are told the truth', async () => {
  await fc.assert(fc.asyncProperty(fc.shuffledSubarray([...names], { minLength: 2 }), async (order) => {
    const { the, deeds, sqlite, ref } = await crossroads()
    const told = await Promise.all(order.map(async (name) => [name, await deeds[name]()] as const))
    expect(wrongsIn(sqlite)).toEqual([])
    const rows = await the.ctx.db.select().from(bookings)
    const live = rows.filter(({ state }) => state === 'requested' || state === 'confirmed')
    const held = await the.ctx.db.select().from(occupancies)
    expect(held.filter(({ holdId }) => holdId === null)).toHaveLength(live.length)
    // Who was told yes has a row that says so; nobody else has one.
    const booked = told.filter(([name, done]) => name.startsWith('book') && done && 'ok' in done && done.ok)
    expect(rows).toHaveLength(1 + booked.length)
    const request = rows.find((row) => row.ref === ref)!
    const said = (name: string): boolean => told.some(([which, done]) => which === name && done !== undefined && done !== null && 'ok' in done && done.ok)
    const decisions = [said('approve'), said('approve by another'), said('decline')].filter(Boolean).length
    expect(decisions).toBeLessThanOrEqual(said('move it') ? 2 : 1)
    if (said('decline')) expect(request.state).toBe('declined')
    if (said('withdraw')) expect(['withdrawn', 'cancelled']).toContain(request.state)
    for (const [, done] of told) if (done && 'ok' in done && !done.ok) expect(done.refusals.length).toBeGreaterThan(0)
    await the.settle()
    expect(wrongsIn(sqlite)).toEqual([])
  }), { numRuns: Number(process.env['FAULT_ROUNDS'] ?? 12) })
})
