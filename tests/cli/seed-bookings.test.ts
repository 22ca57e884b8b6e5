import path from 'node:path'
import Handle from 'better-sqlite3'
import { asc } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { openingHours } from '../../src/availability/openings.ts'
import { gapAfter } from '../../src/availability/taken.ts'
import { occupies } from '../../src/bookings/booking.ts'
import { bookings, occupancies } from '../../src/bookings/table.ts'
import { bulkWriter } from '../../src/cli/seed/bulk-writer.ts'
import { seedBookings, type Wanted } from '../../src/cli/seed/bulk.ts'
import { associations, memberships, persons } from '../../src/people/table.ts'
import { engine } from '../../src/platform/db/kit.ts'
import { jobs } from '../../src/platform/jobs/table.ts'
import { events } from '../../src/history/table.ts'
import { kept } from '../../src/rulebook/kept-quote.ts'
import { quote } from '../../src/rulebook/quote.ts'
import { editionInForce } from '../../src/rulebook/store.ts'
import { traitsOf } from '../../src/rulebook/traits.ts'
import { catalogueOf } from '../../src/spaces/store.ts'
import { addDays, localDateOf, minuteMs, startOf } from '../../src/time/wallclock.ts'
import { monday, world, type World } from '../support/world.ts'

const wanted: Wanted = { bookings: 2000, people: 60 }

async function seeded(more: Partial<Wanted> = {}): Promise<World & { told: number[]; done: Awaited<ReturnType<typeof seedBookings>> }> {
  const here = await world()
  const writer = bulkWriter(here.ctx.config.databaseUrl, here.ctx.db)
  const told: number[] = []
  const done = await seedBookings(writer, { ...wanted, ...more }, monday, (n) => told.push(n))
  writer.close()
  return { ...here, told, done }
}

function grouped<T, K>(rows: readonly T[], key: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row])
  return groups
}

const all = async ({ ctx: { db } }: World) => ({
  bookings: await db.select().from(bookings).orderBy(asc(bookings.id)),
  occupancies: await db.select().from(occupancies).orderBy(asc(occupancies.id)),
})

test('exactly as many as asked, over two years around now, muted and with real answers', async () => {
  const here = await seeded()
  const { db } = here.ctx
  expect(here.done).toEqual({ ok: true })
  expect(here.told).toEqual([2000])
  const { bookings: rows } = await all(here)
  expect(rows).toHaveLength(2000)
  expect(rows.every(({ muted }) => muted)).toBe(true)
  const today = localDateOf(monday)
  expect(Math.min(...rows.map(({ startsAt }) => startsAt))).toBeGreaterThanOrEqual(startOf(addDays(today, -365)))
  expect(Math.max(...rows.map(({ endsAt }) => endsAt))).toBeLessThanOrEqual(startOf(addDays(today, 367)))
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(
    ['requested', 'confirmed', 'declined', 'withdrawn', 'cancelled', 'expired', 'used', 'no_show'],
  ))
  expect(new Set(rows.map(({ charge }) => charge)).size).toBeGreaterThan(1)

  const catalogue = await catalogueOf(db)
  const edition = (await editionInForce(db, today))!
  for (const { spaceId, startsAt, endsAt, decided, charge, totalCents, people } of rows) {
    const listed = catalogue.spaceById.get(spaceId)!
    expect(decided.quote).toEqual(kept(quote(edition, decided.facts, traitsOf(listed), { start: startsAt, end: endsAt, date: localDateOf(startsAt) })))
    expect(people).toBeLessThanOrEqual(listed.space.people)
    if (!decided.given) expect({ charge, totalCents }).toEqual({ charge: decided.quote.charge, totalCents: decided.quote.totalCents })
  }
  expect(await db.select().from(jobs)).toEqual([])
  expect(await db.select().from(events)).toEqual([])
})

test('what is over is over, what is coming is coming', async () => {
  const { bookings: rows } = await all(await seeded())
  for (const { state, startsAt, endsAt, createdAt, updatedAt, decideBy, decidedAt } of rows) {
    expect(createdAt).toBeLessThan(startsAt)
    expect(updatedAt).toBeGreaterThanOrEqual(createdAt)
    expect(updatedAt).toBeLessThanOrEqual(monday)
    if (['used', 'no_show', 'expired'].includes(state)) expect(endsAt).toBeLessThanOrEqual(monday)
    if (state === 'requested') {
      expect(startsAt).toBeGreaterThan(monday)
      expect({ decideBy: decideBy === null, decidedAt }).toEqual({ decideBy: false, decidedAt: null })
    }
  }
})

test('each that occupies holds every part of its space, within openings and with the gaps between', async () => {
  const here = await seeded()
  const { bookings: rows, occupancies: held } = await all(here)
  const catalogue = await catalogueOf(here.ctx.db)
  const byBooking = grouped(held, ({ bookingId }) => bookingId)
  for (const { id, spaceId, state, startsAt, endsAt } of rows) {
    const listed = catalogue.spaceById.get(spaceId)!
    const parts = (byBooking.get(id) ?? []).filter((one) => one.startsAt === startsAt && one.endsAt === endsAt).map(({ partId }) => partId)
    expect(parts.sort()).toEqual(occupies(state) ? [...listed.space.partIds].sort() : [])
    expect(openingHours(listed, { start: startsAt, end: endsAt })).toEqual([{ start: startsAt, end: endsAt }])
  }
  for (const [partId, ofPart] of grouped(held, ({ partId }) => partId)) {
    const { space } = catalogue.spaces.find(({ space }) => space.partIds.includes(partId))!
    const sorted = ofPart.toSorted((a, b) => a.startsAt - b.startsAt)
    sorted.slice(1).forEach((next, i) => {
      const { startsAt: start, endsAt: end, before, after } = sorted[i]!
      expect(next.startsAt).toBeGreaterThanOrEqual(end + gapAfter({ id: '', start, end, before, after, kind: 'booking' }, space) * minuteMs)
    })
  }
  // A hall is lent whole and in halves.
  expect(new Set(rows.map(({ spaceId }) => spaceId)).size).toBe(catalogue.spaces.length)
})

test.skipIf(engine === 'pg')('the database is sound afterwards', async () => {
  const { dataDir } = await seeded()
  const handle = new Handle(path.join(dataDir, 'tilavuoro.db'), { readonly: true })
  expect(handle.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(handle.pragma('foreign_key_check')).toEqual([])
  handle.close()
})

test('the same wish makes the same rows', async () => {
  const [one, two] = [await all(await seeded()), await all(await seeded())]
  expect(two).toEqual(one)
})

test('a few spaces, when so few are asked', async () => {
  const { bookings: rows } = await all(await seeded({ spaces: 3, bookings: 200 }))
  expect(new Set(rows.map(({ spaceId }) => spaceId)).size).toBeLessThanOrEqual(3)
})

test('people are invented, half of them members of associations', async () => {
  const { ctx: { db } } = await seeded()
  const crowd = (await db.select().from(persons)).filter(({ email }) => email.startsWith('asukas-'))
  expect(crowd).toHaveLength(60)
  const joined = await db.select().from(memberships)
  expect(joined.filter(({ personId }) => crowd.some(({ id }) => id === personId))).toHaveLength(30)
  expect((await db.select().from(associations)).length).toBe(1 + 3)
})

test('refuses what cannot be', async () => {
  expect((await seeded({ spaces: 9 })).done).toEqual({ ok: false, code: 'too-many-spaces', most: 8 })
  expect((await seeded({ people: 1 })).done).toEqual({ ok: false, code: 'too-few-people', least: 2 })
  expect((await seeded({ bookings: 1_000_000 })).done).toMatchObject({ ok: false, code: 'too-many-bookings' })
  const here = await seeded()
  const writer = bulkWriter(here.ctx.config.databaseUrl, here.ctx.db)
  expect(await seedBookings(writer, wanted, monday, () => undefined)).toEqual({ ok: false, code: 'has-bookings' })
  writer.close()
})
