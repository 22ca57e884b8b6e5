import fc from 'fast-check'
import { expect, test } from 'vitest'
import { yearCalendar } from '../../src/time/holidays.ts'
import type { Holiday } from '../../src/time/holidays.ts'
import { addDays } from '../../src/time/wallclock.ts'
import { addWorkingDays } from '../../src/time/working-days.ts'

const holiday = (date: string, kind: Holiday['kind']): Holiday => ({ date, name: { fi: date }, kind })
const year = yearCalendar([
  holiday('2026-04-03', 'public'), holiday('2026-04-05', 'public'), holiday('2026-04-06', 'public'),
  holiday('2026-06-19', 'bank'), holiday('2026-12-24', 'bank'), holiday('2026-12-25', 'public'),
  holiday('2026-12-26', 'public'), holiday('2026-12-31', 'bank'), holiday('2027-01-01', 'public'), holiday('2027-01-06', 'public'),
], [])

test('weekends do not count', () => {
  expect(addWorkingDays('2026-11-23', 7, year)).toBe('2026-12-02')
  expect(addWorkingDays('2026-11-27', 1, year)).toBe('2026-11-30')
  expect(addWorkingDays('2026-11-28', 1, year)).toBe('2026-11-30')
})

test('holidays and eves do not count', () => {
  expect(addWorkingDays('2026-04-01', 2, year)).toBe('2026-04-07')
  expect(addWorkingDays('2026-06-18', 1, year)).toBe('2026-06-22')
  expect(addWorkingDays('2026-12-21', 7, year)).toBe('2027-01-05')
  expect(addWorkingDays('2026-12-21', 8, year)).toBe('2027-01-07')
})

test('none is the date itself, a working day or not', () => {
  expect(addWorkingDays('2026-12-25', 0, year)).toBe('2026-12-25')
  expect(() => addWorkingDays('2026-12-25', -1, year)).toThrow(RangeError)
  expect(() => addWorkingDays('2026-12-25', 1.5, year)).toThrow(RangeError)
})

test('as many working days lie after the date, the last one included', () => {
  const works = (date: string): boolean =>
    ![0, 6].includes(new Date(`${date}T12:00Z`).getUTCDay()) && year.holidayOn(date) === null
  fc.assert(fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 30 }), (offset, count) => {
    const date = addDays('2026-01-01', offset)
    const found = addWorkingDays(date, count, year)
    let counted = 0
    for (let day = addDays(date, 1); day <= found; day = addDays(day, 1)) if (works(day)) counted++
    expect(counted).toBe(count)
    expect(works(found)).toBe(true)
  }))
})
