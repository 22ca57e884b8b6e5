import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { placeHold } from '../../src/bookings/hold-actions.ts'
import { bookings, holds, occupancies } from '../../src/bookings/table.ts'
import { personById } from '../../src/people/store.ts'
import { enqueue, lease } from '../../src/platform/jobs/queue.ts'
import { jobs } from '../../src/platform/jobs/table.ts'
import { wishFor } from '../bookings/wishes.ts'
import type { Name } from '../support/cast.ts'
import { world, type World } from '../support/world.ts'

const [minute, hour] = [60_000, 3_600_000]
const person = async ({ ctx }: World, name: Name) => (await personById(ctx.db, name))!
const keptTimes = async (the: World) => (await the.ctx.db.select().from(holds)).length
const jump = (the: World, ms: number): void => the.clock.set(the.clock.now() + ms)

/** A city at a moment, whose youth hall somebody keeps for an hour of the night; and whether it has been let go. */
async function keeping(now: string, start: string) {
  const the = await world()
  the.clock.set(now)
  const [from, owner] = [Date.parse(start), { hash: 'somebody', addressHash: 'somewhere' }]
  await the.ctx.db.transaction(async (db) => {
    await db.insert(holds).values({ id: 'h', spaceId: 'luokka', startsAt: from, endsAt: from + hour, ownerHash: owner.hash, addressHash: owner.addressHash, answers: {}, createdAt: the.clock.now(), expiresAt: the.clock.now() + 15 * minute }).returning()
    await db.insert(occupancies).values({ id: 'o', partId: 'luokka', startsAt: from, endsAt: from + hour, holdId: 'h', before: 0, after: 0 }).returning()
  })
  return the
}

describe.each([
  ['the spring night, when 03:00 is 04:00', '2027-03-28T02:50:00+02:00'],
  ['the autumn night, when 03:59 is followed by 03:00', '2027-10-31T03:50:00+03:00'],
])('through %s', (_, now) => {
  test('a kept time is kept for its fifteen minutes', async () => {
    const the = await keeping(now, '2027-11-30T17:00:00+02:00')
    jump(the, 15 * minute - 1)
    await the.settle()
    expect(await keptTimes(the)).toBe(1)
    jump(the, minute)
    await the.settle()
    expect([await keptTimes(the), await the.ctx.db.select().from(occupancies)]).toEqual([0, []])
  })

  test('a request expires at its start and not an hour before or after', async () => {
    const the = await world()
    const done = await book(the.ctx, await person(the, 'olli'), wishFor('ruokasali', '2026-12-10T18:00', '2026-12-10T19:00'), { language: 'fi' })
    if (!done.ok) throw new Error('no request')
    const start = Date.parse(now) + 30 * minute
    await the.ctx.db.transaction((db) => db.update(bookings).set({ startsAt: start, endsAt: start + hour }).where(eq(bookings.id, done.booking.id)).returning())
    const state = async () => (await the.ctx.db.select().from(bookings))[0]!.state
    for (const [at, expected] of [[start - 29 * minute, 'requested'], [start - 1, 'requested'], [start + minute, 'expired']] as const) {
      the.clock.set(at)
      await the.settle()
      expect(await state()).toBe(expected)
    }
  })
})

describe('a clock set back by an hour', () => {
  test('lets the work by the clock go on', async () => {
    const the = await world()
    await the.settle()
    jump(the, -hour)
    const done = await book(the.ctx, await person(the, 'olli'), wishFor('ruokasali', '2026-12-10T18:00', '2026-12-10T19:00'), { language: 'fi' })
    if (!done.ok) throw new Error('no request')
    await the.ctx.db.transaction((db) => db.update(bookings).set({ startsAt: the.clock.now(), endsAt: the.clock.now() + hour }).where(eq(bookings.id, done.booking.id)).returning())
    await the.settle()
    expect(await the.ctx.db.select().from(bookings)).toMatchObject([{ state: 'expired' }])
    await the.settle()
    expect(the.mails().map(({ to }) => to)).toEqual(['olli@example.org', 'olli@example.org'])
  })

  test('lets no mail wait for the hour to come again', async () => {
    const the = await world()
    await the.settle()
    jump(the, hour)
    await the.settle()
    await book(the.ctx, await person(the, 'olli'), wishFor('luokka', '2026-11-24T18:00', '2026-11-24T19:00'), { language: 'fi' })
    jump(the, -hour)
    await the.settle()
    expect(the.mails()).toHaveLength(1)
  })

  test('leaves work for later where it is', async () => {
    const the = await world()
    await the.settle()
    await the.ctx.db.transaction((db) => enqueue(db, 'nobody knows', {}, { key: 'later', runAt: the.clock.now() + 30 * minute }))
    jump(the, -hour)
    await the.settle()
    expect(await the.ctx.db.select().from(jobs).where(eq(jobs.key, 'later'))).toMatchObject([{ attempts: 0, runAt: the.clock.now() + 90 * minute }])
  })

  test('frees work that a worker took before it died', async () => {
    const the = await world()
    await book(the.ctx, await person(the, 'olli'), wishFor('luokka', '2026-11-24T18:00', '2026-11-24T19:00'), { language: 'fi' })
    while (await lease(the.ctx.db, the.clock.now())) expect(the.mails()).toEqual([])
    await the.settle()
    expect(the.mails()).toEqual([])
    jump(the, -hour)
    await the.ctx.db.transaction((db) => db.update(jobs).set({ runAt: the.clock.now() }).returning())
    await the.settle()
    expect(the.mails()).toHaveLength(1)
  })

  test('frees times that were kept before', async () => {
    const the = await world()
    const time = { space: 'luokka', start: Date.parse('2026-11-24T18:00:00+02:00'), end: Date.parse('2026-11-24T19:00:00+02:00') }
    expect((await placeHold(the.ctx, { hash: 'a', addressHash: 'x' }, time, {})).ok).toBe(true)
    jump(the, -hour)
    expect((await placeHold(the.ctx, { hash: 'b', addressHash: 'x' }, time, {})).ok).toBe(true)
    expect(await the.ctx.db.select().from(holds)).toMatchObject([{ ownerHash: 'b' }])
  })
})

test('work by the clock that fails is tried again at its next time, and holds up nothing else', async () => {
  const the = await world()
  const { transaction } = the.ctx.db
  await keepLapsed(the)
  let broken = true
  the.ctx.db.transaction = (work) => (broken ? Promise.reject(new Error('away')) : transaction(work))
  await the.settle()
  broken = false
  jump(the, minute)
  await the.settle()
  expect(await keptTimes(the)).toBe(0)
})

async function keepLapsed(the: World): Promise<void> {
  await placeHold(the.ctx, { hash: 'a', addressHash: 'x' }, { space: 'luokka', start: Date.parse('2026-11-24T18:00:00+02:00'), end: Date.parse('2026-11-24T19:00:00+02:00') }, {})
  jump(the, 16 * minute)
}
