import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answer } from '../../src/availability/answer.ts'
import type { Refusal, Taken } from '../../src/availability/answer.ts'
import { openIntervals } from '../../src/availability/openings.ts'
import type { Closure, Opening } from '../../src/spaces/opening.ts'
import { contains } from '../../src/time/interval.ts'
import type { Holiday, Term } from '../../src/time/holidays.ts'
import { instantsShowing } from '../time/intl.ts'
import { firstOn } from './first.ts'
import { firstByTrying, freeMinutes, minutesOf, openMinutes, scheduleOf, shift, timeCodes } from './oracle.ts'
import type { Facts } from './oracle.ts'
import { space } from './sample.ts'

/** Days on which something may go wrong: both clock changes, a leap day, a year's end, and a quiet one. */
const days = ['2026-03-28', '2026-03-29', '2027-03-28', '2026-10-24', '2026-10-25', '2027-10-31', '2028-02-28', '2028-02-29', '2026-12-31', '2026-11-24']
const minute = 60_000
const week: number[] = [1, 2, 3, 4, 5, 6, 7]
const midnight = (date: string): number => instantsShowing(`${date} 00:00`)[0]!
const many = { numRuns: 80 }

const clock = (max: number) => fc.oneof(
  fc.integer({ min: 0, max: max / 5 }).map((n) => n * 5),
  fc.integer({ min: 30, max: 60 }).map((n) => Math.min(max, n * 5)),
)
const buffer = fc.constantFrom(0, 0, 5, 15, 30, 60)

const openings: fc.Arbitrary<Opening> = fc.record({
  weekdays: fc.oneof(fc.constant(week), fc.subarray(week)),
  from: clock(1435),
  length: fc.integer({ min: 0, max: 288 }).map((n) => n * 5),
  when: fc.constantFrom<Opening['when']>('always', 'always', 'term', 'break'),
  onHolidays: fc.boolean(),
  validFrom: fc.option(fc.constantFrom(...days), { freq: 5 }),
  validTo: fc.option(fc.constantFrom(...days), { freq: 5 }),
}).map(({ length, ...opening }) => ({ ...opening, to: Math.min(2880, opening.from + length) }))

const factsOn = (date: string): fc.Arbitrary<Facts> => {
  const start = midnight(date)
  const around = fc.integer({ min: -300, max: 500 }).map((n) => start + n * 5 * minute)
  const near = fc.integer({ min: -3, max: 3 }).map((n) => shift(date, n))
  const stretch = (most: number) =>
    fc.tuple(around, fc.integer({ min: 1, max: most / 5 })).map(([at, n]) => ({ start: at, end: at + n * 5 * minute }))
  return fc.record({
    space: fc.record({
      approval: fc.constantFrom('automatic' as const, 'automatic' as const, 'person' as const),
      minMinutes: fc.constantFrom(15, 30, 45, 60, 90, 120),
      maxMinutes: fc.constantFrom(60, 120, 240, 900),
      stepMinutes: fc.constantFrom(15, 30, 60),
      bufferBefore: buffer,
      bufferAfter: buffer,
      daysAhead: fc.constantFrom(0, 1, 2, 14, 90),
    }).map(space),
    openings: fc.array(openings, { minLength: 1, maxLength: 4 }),
    closures: fc.array(stretch(600).map((one): Closure => ({ ...one, reason: { fi: 'Remontti' } })), { maxLength: 2 }),
    holidays: fc.array(near.map((on): Holiday => ({ date: on, name: { fi: on }, kind: 'public' })), { maxLength: 1 }),
    terms: fc.array(fc.tuple(near, near, fc.constantFrom('term' as const, 'break' as const))
      .map(([from, to, kind]): Term => ({ name: { fi: kind }, from, to, kind })), { maxLength: 3 }),
    taken: fc.array(fc.tuple(stretch(300), buffer, buffer, fc.constantFrom('booking' as const, 'hold' as const))
      .map(([one, before, after, kind]): Taken => ({ ...one, id: 'b', before, after, kind })), { maxLength: 5 }),
    now: fc.oneof(
      fc.integer({ min: -14 * 1440, max: 2000 }),
      fc.integer({ min: -2880, max: -60 }),
    ).map((n) => start + n * minute),
    limits: fc.record({ handlingWorkingDays: fc.integer({ min: 0, max: 8 }) }),
  })
}

const onAnyDay = <T>(given: (date: string) => fc.Arbitrary<T>) => fc.constantFrom(...days).chain(given)
const code = (refusal: Refusal): string => (refusal.code === 'taken' && refusal.gap ? 'gap' : refusal.code)

describe('against the slow and obvious way', () => {
  test('the space is open in the same minutes', () => {
    fc.assert(fc.property(onAnyDay((date) => fc.tuple(fc.constant(date), factsOn(date))), ([date, facts]) => {
      const range = { start: midnight(date), end: midnight(shift(date, 2)) }
      const open = openMinutes(facts, range)
      const expected = minutesOf([range]).filter((at) =>
        open.has(at) && !facts.closures.some(({ start, end }) => start <= at && at < end))
      expect(minutesOf(openIntervals(scheduleOf(facts), date, shift(date, 1)))).toEqual(expected)
    }), many)
  })

  test('it is free in the same minutes', () => {
    fc.assert(fc.property(onAnyDay((date) => fc.tuple(fc.constant(date), factsOn(date))), ([date, facts]) => {
      const range = { from: date, to: date }
      const { free } = answer({ ...facts, schedule: scheduleOf(facts), range })
      expect(minutesOf(free)).toEqual(freeMinutes(facts, range))
    }), many)
  })

  test('a wish has the same time refusals', () => {
    const asked = onAnyDay((date) => fc.record({
      facts: factsOn(date),
      start: fc.integer({ min: -48, max: 400 }).map((n) => midnight(date) + n * 5 * minute),
      length: fc.oneof(fc.integer({ min: 1, max: 60 }).map((n) => n * 5), fc.integer({ min: 1, max: 6 }).map((n) => n * 30)),
      approval: fc.constantFrom('automatic' as const, 'person' as const),
      decided: fc.boolean(),
    }))
    fc.assert(fc.property(asked, ({ facts, start, length, approval, decided }) => {
      const wish = { start, end: start + length * minute, approval, decided, people: 1 }
      const { refusals } = answer({ ...facts, schedule: scheduleOf(facts), wish })
      const found = [...new Set(refusals.map(code))].sort()
      expect(found).toEqual(timeCodes(facts, wish, openMinutes(facts, wish)))
    }), { numRuns: 400 })
  })

  test('a search finds the same first time', () => {
    const asked = onAnyDay((date) => fc.record({
      facts: factsOn(date),
      date: fc.constant(date),
      fromMinute: clock(1435),
      length: fc.integer({ min: 0, max: 144 }).map((n) => n * 5),
      minutes: fc.constantFrom(30, 45, 60, 90, 120, 180),
    }))
    fc.assert(fc.property(asked, ({ facts, length, ...rest }) => {
      const search = { ...rest, toMinute: Math.min(1440, rest.fromMinute + length) }
      expect(firstOn(scheduleOf(facts), facts.taken, facts.now, facts.limits, search))
        .toEqual(firstByTrying(facts, search))
    }), { numRuns: 200 })
  })
})

describe('free times and refusals agree', () => {
  test('a shortest wish on the grid has no refusal exactly where it lies in a free time', () => {
    fc.assert(fc.property(onAnyDay((date) => fc.tuple(fc.constant(date), factsOn(date))), ([date, facts]) => {
      const schedule = scheduleOf(facts)
      const { stepMinutes, minMinutes } = schedule.space
      const step = stepMinutes * minute
      const length = Math.ceil(minMinutes / stepMinutes) * step
      const range = { from: date, to: shift(date, 1) }
      const { free } = answer({ ...facts, schedule, range })
      for (let start = midnight(date); start + length <= midnight(shift(date, 2)); start += step) {
        const wish = { start, end: start + length, people: 1, approval: schedule.space.approval }
        const { refusals } = answer({ ...facts, schedule, wish })
        expect(free.some((one) => contains(one, wish))).toBe(refusals.length === 0)
      }
    }), many)
  })

  test('free times are sorted, apart, on the step and inside the open ones', () => {
    fc.assert(fc.property(onAnyDay((date) => fc.tuple(fc.constant(date), factsOn(date))), ([date, facts]) => {
      const { free, open } = answer({ ...facts, schedule: scheduleOf(facts), range: { from: date, to: shift(date, 2) } })
      const step = facts.space.stepMinutes * minute
      free.forEach((one, i) => {
        expect(one.start).toBeLessThan(one.end)
        expect(i === 0 || free[i - 1]!.end < one.start).toBe(true)
        expect([one.start % step, one.end % step]).toEqual([0, 0])
        expect(open.some((hours) => contains(hours, one))).toBe(true)
      })
    }), { numRuns: 300 })
  })
})

test('the samples reach what they are for', () => {
  const hit: Record<string, number> = {}
  const tick = (what: string, is: boolean): void => {
    hit[what] = (hit[what] ?? 0) + (is ? 1 : 0)
  }
  const asked = onAnyDay((date) => fc.record({
    date: fc.constant(date), facts: factsOn(date), start: fc.integer({ min: 0, max: 280 }).map((n) => midnight(date) + n * 5 * minute),
  }))
  for (const { date, facts, start } of fc.sample(asked, { numRuns: 3000, seed: 7 })) {
    const schedule = scheduleOf(facts)
    const open = openIntervals(schedule, date, date)
    const without = (given: Partial<Facts>): boolean => JSON.stringify(openIntervals(scheduleOf({ ...facts, ...given }), date, date)) !== JSON.stringify(open)
    const hours = (midnight(shift(date, 1)) - midnight(date)) / 3_600_000
    const night = instantsShowing(`${date} 04:00`)[0]!
    tick('open through the night of 23 hours', hours === 23 && open.some((one) => contains(one, { start: night - 1, end: night + 1 })))
    tick('open through the night of 25 hours', hours === 25 && open.some((one) => contains(one, { start: night - 7_200_000, end: night })))
    tick('open past midnight', facts.openings.some(({ to, weekdays }) => to > 1440 && weekdays.length > 0))
    tick('open more than once a day', open.length > 1)
    tick('closed on a holiday', without({ holidays: [] }))
    tick('otherwise outside terms', without({ terms: [] }))
    tick('a break inside a term', facts.terms.some(({ kind }) => kind === 'break') && without({ terms: facts.terms.filter(({ kind }) => kind === 'term') }))
    tick('open on a leap day', date === '2028-02-29' && open.length > 0)
    tick('closed for a reason', without({ closures: [] }))
    const wish = { start, end: start + 60 * minute }
    const { space } = facts
    for (const one of facts.taken) {
      const [before, after] = [(wish.start - one.end) / minute, (one.start - wish.end) / minute]
      tick('the gap asked by the one before', before >= 0 && before < one.after && before >= space.bufferBefore)
      tick('the gap asked after the one before', before >= 0 && before < space.bufferBefore && before >= one.after)
      tick('the gap asked by the next one', after >= 0 && after < one.before && after >= space.bufferAfter)
      tick('the gap asked before the next one', after >= 0 && after < space.bufferAfter && after >= one.before)
      // Together the two would ask for more; the greater one is enough.
      tick('enough for the greater buffer, not for both', before >= Math.max(one.after, space.bufferBefore) && before < one.after + space.bufferBefore)
    }
  }
  expect(Object.entries(hit).filter(([, times]) => times < 10)).toEqual([])
})
