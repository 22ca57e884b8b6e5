import { describe, expect, test } from 'vitest'
import type { Schedule, Taken } from '../../src/availability/answer.ts'
import { monthRange, monthTable, shownMonth } from '../../src/availability/month.ts'
import { weekTable } from '../../src/availability/week.ts'
import { at, opening, schedule } from './sample.ts'

const now = at('2026-11-23T19:10')
const limits = { handlingWorkingDays: 7 }
const table = (given: Schedule, taken: Taken[] = [], month = '2026-11') => monthTable({ schedule: given, taken, now, limits, month })
const booked = (start: string, end: string): Taken => ({ id: start, start: at(start), end: at(end), before: 0, after: 0, kind: 'booking' })
const days = (month: ReturnType<typeof table>) => Object.fromEntries(
  month.weeks.flat().flatMap((day) => (day ? [[Number(day.date.slice(8)), day.is === 'free' ? day.times : day.is]] : [])))

describe('a month, day by day', () => {
  test('counts the times that may be booked, and says why there are none', () => {
    const closures = [{ start: at('2026-11-26T00:00'), end: at('2026-11-27T00:00'), reason: { fi: 'Remontti' } }]
    const gym = schedule({ closures, openings: [opening({ weekdays: [1, 2, 3, 4, 5], from: 17 * 60, to: 21 * 60 })], space: { daysAhead: 6 } })
    const month = table(gym, [booked('2026-11-24T17:00', '2026-11-24T21:00'), booked('2026-11-25T18:00', '2026-11-25T19:00')])
    expect(days(month)).toMatchObject({ 20: 'past', 22: 'closed', 23: 1, 24: 'full', 25: 3, 26: 'closure', 27: 4, 28: 'closed', 30: 'later' })
    expect(month.closures).toEqual(closures)
  })
  test('a day before a person can decide is too soon', () => {
    expect(days(table(schedule({ space: { approval: 'person' } })))).toMatchObject({ 23: 'soon', 24: 'soon', 30: 'soon' })
    expect(days(table(schedule({ space: { approval: 'person' } }), [], '2026-12'))[2]).toBeGreaterThan(0)
  })
  test('stands in weeks from Monday to Sunday, with nothing outside the month', () => {
    for (const month of ['2026-11', '2026-12', '2027-02', '2028-02']) {
      const { weeks } = table(schedule({ space: { daysAhead: 900 } }), [], month)
      const { from, to } = monthRange(month)
      const dates = weeks.flat().flatMap((day) => day?.date ?? [])
      expect([month, dates[0], dates.at(-1), dates.length]).toEqual([month, from, to, Number(to.slice(8))])
      expect(weeks.every((week) => week.length === 7)).toBe(true)
      for (const week of weeks) for (const [i, day] of week.entries()) if (day) expect(new Date(`${day.date}T12:00Z`).getUTCDay()).toBe((i + 1) % 7)
    }
  })
  test('is never asked for the past or beyond the horizon', () => {
    const gym = schedule({ space: { daysAhead: 60 } })
    expect(['2000-01', '2026-11', '2027-01', '2100-12'].map((asked) => shownMonth(gym, now, asked))).toEqual(['2026-11', '2026-11', '2027-01', '2027-01'])
    expect(table(gym)).toMatchObject({ previous: null, next: '2026-12' })
    expect(table(gym, [], '2027-01')).toMatchObject({ previous: '2026-12', next: null })
  })
  test('has a time on a day exactly when the week has one', () => {
    const gym = schedule({ space: { minMinutes: 120, daysAhead: 90, approval: 'person' }, openings: [opening({ from: 17 * 60, to: 21 * 60 }), opening({ weekdays: [5], from: 22 * 60, to: 25 * 60 })] })
    const taken = [booked('2026-12-08T18:00', '2026-12-08T20:00'), booked('2026-12-09T19:00', '2026-12-09T21:00'), booked('2026-12-11T17:00', '2026-12-12T01:00')]
    const said = days(table(gym, taken, '2026-12'))
    const week = weekTable({ schedule: gym, taken, now, limits, from: '2026-12-07' })
    expect(week.days.map(({ date }) => typeof said[Number(date.slice(8))] === 'number')).toEqual(week.days.map(({ cells }) => cells.some(({ is }) => is === 'free')))
  })
})
