import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { againstBanDates, banStateOf, lastDayOf } from '../../src/people/ban.ts'
import { addDays, daysBetween, localDateOf } from '../../src/time/wallclock.ts'

describe('the last day of a ban', () => {
  test.each([
    ['2026-11-22', 3, '2027-02-21'],
    ['2026-12-01', 3, '2027-02-28'],
    ['2026-12-31', 1, '2027-01-30'],
    ['2026-12-01', 1, '2026-12-31'],
    ['2027-01-01', 12, '2027-12-31'],
    // November has 30 days; February 28, or 29 in a leap year.
    ['2027-01-31', 1, '2027-02-28'],
    ['2027-01-29', 1, '2027-02-28'],
    ['2027-01-28', 1, '2027-02-27'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2028-01-29', 1, '2028-02-28'],
    ['2027-11-30', 3, '2028-02-29'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2028-02-29', 48, '2032-02-28'],
    // Over both changes of the clock.
    ['2026-03-28', 1, '2026-04-27'],
    ['2026-10-25', 3, '2027-01-24'],
  ])('that begins on %s and lasts %i months is %s', (from, months, last) => {
    expect(lastDayOf(from, months)).toBe(last)
  })

  test('is never later for an earlier start, and months follow each other', () => {
    const date = fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2024-01-01', days))
    fc.assert(fc.property(date, fc.integer({ min: 1, max: 24 }), (from, months) => {
      const last = lastDayOf(from, months)
      expect(lastDayOf(addDays(from, 1), months) >= last).toBe(true)
      expect(lastDayOf(from, months + 1) > last).toBe(true)
      expect(Math.abs(daysBetween(from, last) + 1 - months * 30.44)).toBeLessThan(3)
    }))
  })
})

describe('a ban is in force', () => {
  const ban = { from: '2026-11-22', to: '2027-02-21', liftedAt: null }

  test.each([['2026-11-21', 'coming'], ['2026-11-22', 'current'], ['2026-12-31', 'current'], ['2027-02-21', 'current'], ['2027-02-22', 'over']] as const)('on %s: %s', (today, state) => {
    expect(banStateOf(ban, today)).toBe(state)
    expect(banStateOf({ ...ban, liftedAt: 1 }, today)).toBe('lifted')
  })

  test.each([
    // The clock goes on in the night of 28.3.2027 and back in that of 31.10.2027; midnight is the city's, whatever the machine's.
    ['2027-03-28', '2027-03-27T22:00:00Z', '2027-03-28T21:00:00Z'],
    ['2027-10-31', '2027-10-30T21:00:00Z', '2027-10-31T22:00:00Z'],
    ['2026-12-31', '2026-12-30T22:00:00Z', '2026-12-31T22:00:00Z'],
    ['2028-02-29', '2028-02-28T22:00:00Z', '2028-02-29T22:00:00Z'],
  ])('all of %s, from midnight to midnight in Helsinki', (day, start, end) => {
    const oneDay = { from: day, to: day, liftedAt: null }
    const at = (instant: number): string => banStateOf(oneDay, localDateOf(instant))
    expect([Date.parse(start) - 1, Date.parse(start), Date.parse(end) - 1, Date.parse(end)].map(at)).toEqual(['coming', 'current', 'current', 'over'])
  })
})

describe('the dates of a ban', () => {
  const ground = { today: '2026-11-23', months: 3 }

  test('may be a single day or all that the rules allow', () => {
    expect(againstBanDates({ from: '2026-11-23', to: '2026-11-23' }, ground)).toEqual([])
    expect(againstBanDates({ from: '2026-11-23', to: '2027-02-22' }, ground)).toEqual([])
    expect(againstBanDates({ from: '2026-12-24', to: '2027-03-23' }, ground)).toEqual([])
  })

  test('are refused with all reasons at once', () => {
    expect(againstBanDates({ from: '2026-11-23', to: '2027-02-23' }, ground)).toEqual([{ code: 'ban-too-long', months: 3, lastDate: '2027-02-22' }])
    expect(againstBanDates({ from: '2026-12-25', to: '2027-06-01' }, ground))
      .toEqual([{ code: 'ban-too-far', lastDate: '2026-12-24' }, { code: 'ban-too-long', months: 3, lastDate: '2027-03-24' }])
    expect(againstBanDates({ from: '2026-11-22', to: '2026-11-21' }, ground)).toEqual([{ code: 'ban-backwards' }, { code: 'ban-in-the-past', firstDate: '2026-11-23' }])
  })
})
