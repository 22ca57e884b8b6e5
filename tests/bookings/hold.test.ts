import { expect, test } from 'vitest'
import { takenOf } from '../../src/availability/store.ts'
import { forgetHolds, placeHold } from '../../src/bookings/hold-actions.ts'
import { holds, occupancies } from '../../src/bookings/table.ts'
import { catalogueOf } from '../../src/spaces/store.ts'
import { world } from '../support/world.ts'
import { at } from './wishes.ts'

const slot = (day: string) => ({ space: 'luokka', start: at(`${day}T18:00`), end: at(`${day}T20:00`) })
const by = (hash: string, addressHash = `network of ${hash}`) => ({ hash, addressHash })
const minutes = (count: number): number => count * 60_000

test('a refused time leaves the kept one, a new one lets it go', async () => {
  const { ctx } = await world()
  await placeHold(ctx, by('rival'), slot('2026-11-25'), {})
  await placeHold(ctx, by('olli'), slot('2026-11-24'), {})
  expect(await placeHold(ctx, by('olli'), slot('2026-11-25'), {})).toMatchObject({ ok: false, refusals: [{ code: 'taken' }] })
  expect((await ctx.db.select().from(holds)).map(({ ownerHash, startsAt }) => [ownerHash, startsAt]).sort())
    .toEqual([['olli', slot('2026-11-24').start], ['rival', slot('2026-11-25').start]])
  expect(await placeHold(ctx, by('olli'), slot('2026-11-26'), {})).toMatchObject({ ok: true })
  expect(await ctx.db.select().from(occupancies)).toHaveLength(2)
})

test('the same time is kept anew', async () => {
  const { ctx, clock } = await world()
  await placeHold(ctx, by('olli'), slot('2026-11-24'), {})
  clock.set(clock.now() + minutes(10))
  expect(await placeHold(ctx, by('olli'), slot('2026-11-24'), {})).toMatchObject({ ok: true, hold: { expiresAt: clock.now() + minutes(15) } })
})

test('one network keeps ten times at most, the asker’s own not counted', async () => {
  const { ctx } = await world()
  const days = Array.from({ length: 11 }, (_, i) => `2026-12-${String(7 + i).padStart(2, '0')}`)
  for (const [i, day] of days.slice(0, 10).entries()) expect(await placeHold(ctx, by(`visitor ${i}`, 'school'), slot(day), {})).toMatchObject({ ok: true })
  expect(await placeHold(ctx, by('one more', 'school'), slot(days[10]!), {})).toEqual({ ok: false, refusals: [{ code: 'too-many-holds', limit: 10 }] })
  expect(await placeHold(ctx, by('visitor 3', 'school'), slot(days[10]!), {})).toMatchObject({ ok: true })
  expect(await placeHold(ctx, by('one more', 'library'), slot(days[3]!), {})).toMatchObject({ ok: true })
})

test('a time that ran out is free for everybody who looks, and the clock takes it away', async () => {
  const { ctx, clock } = await world()
  const listed = (await catalogueOf(ctx.db)).spaceBySlug.get('luokka')!
  const { start, end } = slot('2026-11-24')
  await placeHold(ctx, by('olli'), slot('2026-11-24'), {})
  const taken = async (): Promise<number> => (await takenOf(ctx.db, listed, start, end, clock.now())).length
  clock.set(clock.now() + minutes(15) - 1)
  await forgetHolds(ctx)
  expect(await taken()).toBe(1)
  clock.set(clock.now() + 1)
  expect(await taken()).toBe(0)
  expect(await ctx.db.select().from(occupancies)).toHaveLength(1)
  await forgetHolds(ctx)
  expect(await ctx.db.select().from(occupancies)).toEqual([])
  expect(await ctx.db.select().from(holds)).toEqual([])
})
