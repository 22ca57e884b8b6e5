import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freeTimes, groundOf } from '../../src/availability/actions.ts'
import { nobody } from '../../src/availability/asker.ts'
import { comingTimes } from '../../src/availability/calendar-actions.ts'
import { comingDays } from '../../src/availability/days.ts'
import { daysNamedInUnit, firstOfDays } from '../../src/availability/week.ts'
import { book } from '../../src/bookings/actions.ts'
import { personById } from '../../src/people/store.ts'
import { addDays, endOf, localDateOf, startOf } from '../../src/time/wallclock.ts'
import { wishFor } from '../bookings/wishes.ts'
import { world } from '../support/world.ts'

test('what is read of the first days only names the same times as the whole fortnight would', async () => {
  const { ctx, cast } = await world()
  await book(ctx, (await personById(ctx.db, cast.maija))!, wishFor('luokka', '2026-11-24T16:00', '2026-11-24T19:00'), { language: 'fi' })
  const ground = await groundOf(ctx)
  const today = localDateOf(ground.now)
  const coming = comingDays(ground.now)
  const closed = (days: readonly number[]) => days.map((day) => ({ start: startOf(addDays(today, day)), end: endOf(addDays(today, day)), reason: { fi: 'Remontti' } }))
  const someDays = fc.oneof(fc.uniqueArray(fc.nat(15)), fc.nat(15).map((days) => Array.from({ length: days }, (_, day) => day)))
  const spaces = ground.catalogue.spaces
  let later = 0
  await fc.assert(fc.asyncProperty(fc.array(someDays, { minLength: spaces.length, maxLength: spaces.length }), fc.constantFrom(1, daysNamedInUnit), async (shut, days) => {
    const some = spaces.map((listed, i) => ({ ...listed, closures: closed(shut[i]!) }))
    const [found, whole] = [await comingTimes(ctx.db, ground, some, coming, nobody, days), await freeTimes(ctx.db, ground, some, coming)]
    for (const [i, { space }] of some.entries()) {
      const named = firstOfDays(space, found[i]!, days)
      expect(named).toEqual(firstOfDays(space, whole[i]!.free, days))
      if (named.some(({ start }) => start > endOf(addDays(today, 7)))) later += 1
    }
  }), { numRuns: 60 })
  // Some were found only beyond the days that are read first.
  expect(later).toBeGreaterThan(0)
})
