import path from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { groundOf, resultsOf } from '../../src/availability/actions.ts'
import { dayOf, freeWithin, neighbourhood } from '../../src/availability/free.ts'
import { stretchesOf } from '../../src/availability/free-day.ts'
import { freeDaysOf } from '../../src/availability/free-day-store.ts'
import { searchOf, searchQuery } from '../../src/availability/search-query.ts'
import { takenOf } from '../../src/availability/store.ts'
import { book } from '../../src/bookings/actions.ts'
import { cancel } from '../../src/bookings/ending-actions.ts'
import { placeHold } from '../../src/bookings/hold-actions.ts'
import { move } from '../../src/bookings/move-actions.ts'
import { ownBooking } from '../../src/bookings/store.ts'
import { occupancies } from '../../src/bookings/table.ts'
import { personById } from '../../src/people/store.ts'
import { engine } from '../../src/platform/db/kit.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { catalogueOf } from '../../src/spaces/store.ts'
import { addDays } from '../../src/time/wallclock.ts'
import { at, wishFor } from '../bookings/wishes.ts'
import { dice } from '../support/dice.ts'
import { world, type World } from '../support/world.ts'

const dates = Array.from({ length: 5 }, (_, i) => addDays('2026-11-24', i))
const slot = (start: string, end: string) => ({ start: at(start), end: at(end) })

/** What is kept in memory against what the database says of each space and date now. */
async function expectTrue({ ctx: { db }, clock }: World): Promise<void> {
  const catalogue = await catalogueOf(db)
  const now = clock.now()
  for (const day of await freeDaysOf(db, { catalogue, now }, dates)) {
    const { start, end } = neighbourhood(dayOf(day.date))
    for (const listed of catalogue.spaces) {
      const fresh = freeWithin(listed, await takenOf(db, listed, start, end, now), dayOf(day.date))
      expect(stretchesOf(day, listed.position), `${listed.space.slug} on ${day.date}`).toEqual(fresh)
    }
  }
}

async function classroomIsFree({ ctx }: World): Promise<string | undefined> {
  const ground = await groundOf(ctx)
  const search = searchOf(searchQuery.parse({ date: '2026-11-24', from: '18:00', to: '20:00', minutes: '120', kind: 'classroom' }), ground.now)
  const { rooms } = await resultsOf(ctx.db, ground, search, null)
  return rooms.find(({ head }) => head.listed.space.slug === 'luokka' && head.first !== null)?.head.listed.space.slug
}

test('a booking made is seen by the next search, and so is its end', async () => {
  const the = await world()
  const olli = (await personById(the.ctx.db, 'olli'))!
  expect(await classroomIsFree(the)).toBe('luokka')
  const done = await book(the.ctx, olli, wishFor('luokka', '2026-11-24T18:00', '2026-11-24T20:00'), { language: 'fi' })
  if (!done.ok) throw new Error('refused')
  expect(await classroomIsFree(the)).toBeUndefined()
  await move(the.ctx, olli, done.booking.ref, slot('2026-11-25T18:00', '2026-11-25T20:00'))
  expect(await classroomIsFree(the)).toBe('luokka')
  await move(the.ctx, olli, done.booking.ref, slot('2026-11-24T18:00', '2026-11-24T20:00'))
  expect(await classroomIsFree(the)).toBeUndefined()
  await cancel(the.ctx, (db) => ownBooking(db, 'olli', done.booking.ref), { person: olli, mover: 'owner', reason: null })
  expect(await classroomIsFree(the)).toBe('luokka')
})

test('a hold is in the way until the moment it runs out', async () => {
  const the = await world()
  expect(await classroomIsFree(the)).toBe('luokka')
  await placeHold(the.ctx, { hash: 'olli', addressHash: 'home' }, { space: 'luokka', ...slot('2026-11-24T18:00', '2026-11-24T20:00') }, {})
  expect(await classroomIsFree(the)).toBeUndefined()
  the.clock.set(the.clock.now() + 15 * 60_000 - 1)
  expect(await classroomIsFree(the)).toBeUndefined()
  the.clock.set(the.clock.now() + 1)
  expect(await classroomIsFree(the)).toBe('luokka')
})

test.runIf(engine === 'sqlite')('what another process books is seen too', async () => {
  const the = await world()
  expect(await classroomIsFree(the)).toBe('luokka')
  const other = await openDatabase(`file:${path.join(the.dataDir, 'tilavuoro.db')}`)
  const done = await book({ ...the.ctx, db: other }, (await personById(other, 'olli'))!, wishFor('luokka', '2026-11-24T18:00', '2026-11-24T20:00'), { language: 'fi' })
  await other.close()
  expect(done.ok).toBe(true)
  expect(await classroomIsFree(the)).toBeUndefined()
})

test('whatever comes and goes, memory and database agree', async () => {
  const the = await world()
  const { ctx } = the
  const { random, one } = dice(7)
  const { spaces } = await catalogueOf(ctx.db)
  const midnight = at('2026-11-24T00:00')
  const far = await book(ctx, (await personById(ctx.db, 'olli'))!, wishFor('luokka', '2026-12-15T18:00', '2026-12-15T20:00'), { language: 'fi' })
  if (!far.ok) throw new Error('refused')
  const bookingId = far.booking.id
  for (let step = 0; step < 60; step++) {
    const rows = (await ctx.db.select().from(occupancies)).filter(({ startsAt }) => startsAt < far.booking.startsAt)
    const startsAt = midnight + random(5 * 48) * 1_800_000
    const endsAt = startsAt + (random(8) === 0 ? 14 : 1 + random(4)) * 3_600_000
    const partId = one(one(spaces).space.partIds)
    const chosen = rows.length > 0 ? one(rows) : null
    const clear = rows.every((row) => row.partId !== partId || row.startsAt >= endsAt || row.endsAt <= startsAt)
    await ctx.db.transaction(async (db) => {
      if (chosen && random(5) === 0) await db.delete(occupancies).where(eq(occupancies.id, chosen.id)).returning()
      else if (chosen && clear && random(2) === 0) await db.update(occupancies).set({ startsAt, endsAt, partId }).where(eq(occupancies.id, chosen.id)).returning()
      else if (clear) await db.insert(occupancies).values({ id: `o${step}`, partId, startsAt, endsAt, holdId: null, bookingId, before: 0, after: 0 }).returning()
    })
    await expectTrue(the)
  }
  expect((await ctx.db.select().from(occupancies)).length).toBeGreaterThan(8)
})
