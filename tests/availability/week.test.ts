import { describe, expect, test } from 'vitest'
import type { Schedule, Taken } from '../../src/availability/answer.ts'
import { firstOfDays, firstShown, nextFree, weekTable } from '../../src/availability/week.ts'
import type { Cell } from '../../src/availability/week.ts'
import { at, opening, schedule } from './sample.ts'

const now = at('2026-11-23T19:10')
const limits = { handlingWorkingDays: 7 }
const table = (given: Schedule, taken: Taken[] = [], from = '2026-11-23') => weekTable({ schedule: given, taken, now, limits, from })
const booked = (start: string, end: string): Taken => ({ id: start, start: at(start), end: at(end), before: 0, after: 0, kind: 'booking' })
const said = (cell: Cell) => (cell.is === 'free' ? `free ${new Date(cell.book.start).toISOString().slice(11, 16)}Z` : cell.is)
/** What is said of each hour of a day, however the hours were joined. */
const column = (week: ReturnType<typeof table>, day: number) => Object.fromEntries(
  week.days[day]!.cells.flatMap((cell) => Array.from({ length: cell.hours }, (_, i) => [cell.from / 60 + i, said(cell)])))

describe('a week, hour by hour', () => {
  test('has only the hours at which something is open', () => {
    const week = table(schedule({ openings: [opening({ weekdays: [2] }), opening({ weekdays: [6], from: 9 * 60, to: 11 * 60 })] }))
    expect(week.hours.map((minute) => minute / 60)).toEqual([9, 10, 16, 17, 18, 19, 20, 21])
    expect(column(week, 1)).toEqual({ 9: 'closed', 10: 'closed', 16: 'free 14:00Z', 17: 'free 15:00Z', 18: 'free 16:00Z', 19: 'free 17:00Z', 20: 'free 18:00Z', 21: 'free 19:00Z' })
  })
  test('knows what is over and what is taken', () => {
    const week = table(schedule(), [booked('2026-11-24T17:00', '2026-11-24T18:30'), booked('2026-11-24T20:00', '2026-11-24T21:00')])
    expect(column(week, 0)).toEqual({ 16: 'past', 17: 'past', 18: 'past', 19: 'free 17:30Z', 20: 'free 18:00Z', 21: 'free 19:00Z' })
    expect(column(week, 1)).toEqual({ 16: 'free 14:00Z', 17: 'taken', 18: 'free 16:30Z', 19: 'free 17:00Z', 20: 'taken', 21: 'free 19:00Z' })
  })
  test('offers the end of a stretch by a booking that reaches into it', () => {
    const week = table(schedule({ space: { minMinutes: 120 }, openings: [opening({ from: 17 * 60, to: 20 * 60 })] }))
    expect(column(week, 1)).toEqual({ 17: 'free 15:00Z', 18: 'free 16:00Z', 19: 'free 16:00Z' })
  })
  test('says when an open hour is too short to book', () => {
    const week = table(schedule({ space: { minMinutes: 120 }, openings: [opening({ from: 17 * 60, to: 20 * 60 })] }), [booked('2026-11-24T18:00', '2026-11-24T19:00')])
    expect(column(week, 1)).toEqual({ 17: 'short', 18: 'taken', 19: 'short' })
  })
  test('says when a person would have too little time, and what lies too far ahead', () => {
    const person = schedule({ space: { approval: 'person', daysAhead: 14 } })
    expect(table(person).days.map(({ cells }) => said(cells[0]!))).toEqual(['past', 'soon', 'soon', 'soon', 'soon', 'soon', 'soon'])
    expect(table(person, [], '2026-12-07').days.map(({ cells }) => said(cells[0]!))).toEqual(['free 14:00Z', 'later', 'later', 'later', 'later', 'later', 'later'])
  })
  test('shows a closure as one, with its reason', () => {
    const closures = [{ start: at('2026-11-24T00:00'), end: at('2026-11-25T00:00'), reason: { fi: 'Remontti' } }]
    const week = table(schedule({ closures }))
    expect(column(week, 1)).toEqual({ 16: 'closure', 17: 'closure', 18: 'closure', 19: 'closure', 20: 'closure', 21: 'closure' })
    expect(week.closures).toEqual(closures)
  })
  test('puts the hours after midnight under their own date', () => {
    const week = table(schedule({ openings: [opening({ weekdays: [5], from: 22 * 60, to: 25 * 60 })] }))
    expect(column(week, 4)).toMatchObject({ 0: 'closed', 22: 'free 20:00Z', 23: 'free 21:00Z' })
    expect(column(week, 5)).toMatchObject({ 0: 'free 22:00Z', 22: 'closed' })
  })
  test('says the same of hours in a row once, and of free ones only where they lead to the same booking', () => {
    const evening = schedule({ space: { minMinutes: 120 }, openings: [opening({ weekdays: [2, 3], from: 17 * 60, to: 21 * 60 }), opening({ weekdays: [7], from: 9 * 60, to: 11 * 60 })] })
    const week = table(evening, [booked('2026-11-24T17:00', '2026-11-24T19:00')])
    const cells = (day: number) => week.days[day]!.cells.map((cell) => `${cell.from / 60}–${cell.to / 60} ${said(cell)}`)
    expect(cells(0)).toEqual(['9–11 closed', '17–21 closed'])
    expect(cells(1)).toEqual(['9–11 closed', '17–19 taken', '19–21 free 17:00Z'])
    expect(cells(2)).toEqual(['9–11 closed', '17–18 free 15:00Z', '18–19 free 16:00Z', '19–21 free 17:00Z'])
    for (const { cells } of week.days) expect(cells.reduce((sum, { hours }) => sum + hours, 0)).toBe(week.hours.length)
  })
  test('begins on any day, but never in the past nor so late that its end cannot be booked', () => {
    const gym = schedule({ space: { daysAhead: 20 } })
    const shown = ['2026-01-01', undefined, '2026-11-25', '2026-12-07', '2026-12-08', '2027-05-05'].map((asked) => firstShown(gym, now, asked))
    expect(shown).toEqual(['2026-11-23', '2026-11-23', '2026-11-25', '2026-12-07', '2026-12-07', '2026-12-07'])
    expect(firstShown(schedule({ space: { daysAhead: 3 } }), now, '2026-11-26')).toBe('2026-11-23')
    expect(table(gym)).toMatchObject({ previous: null, next: '2026-11-30' })
    expect(table(gym, [], '2026-11-25')).toMatchObject({ previous: '2026-11-23', next: '2026-12-02' })
    expect(table(gym, [], '2026-12-07')).toMatchObject({ previous: '2026-11-30', next: null })
  })
  test('in the weeks of the clock changes every cell is an hour or nothing', () => {
    const always = schedule({ openings: [opening({ from: 0, to: 1440 })], space: { daysAhead: 400 } })
    const spring = column(table(always, [], '2027-03-22'), 6)
    expect([spring[3], spring[4]]).toEqual(['closed', 'free 01:00Z'])
    const autumn = column(table(always, [], '2027-10-25'), 6)
    expect([autumn[2], autumn[3], autumn[4]]).toEqual(['free 23:00Z', 'free 00:00Z', 'free 02:00Z'])
  })
})

test('the next free times are an hour apart at least, whatever the step', () => {
  const free = [{ start: at('2026-11-24T17:00'), end: at('2026-11-24T19:00') }, { start: at('2026-11-25T17:00'), end: at('2026-11-25T18:00') }]
  const times = nextFree({ ...schedule().space, minMinutes: 30, stepMinutes: 15 }, free, 10)
  expect(times.map(({ start }) => start)).toEqual([at('2026-11-24T17:00'), at('2026-11-24T18:00'), at('2026-11-25T17:00')])
  expect(nextFree(schedule().space, free, 1)).toHaveLength(1)
})

test('the first free time of each day passes over days without one', () => {
  const free = [
    { start: at('2026-11-24T17:00'), end: at('2026-11-24T19:00') }, { start: at('2026-11-24T20:00'), end: at('2026-11-24T21:00') },
    { start: at('2026-11-25T17:00'), end: at('2026-11-25T17:30') }, { start: at('2026-11-26T17:10'), end: at('2026-11-26T19:00') },
  ]
  const times = firstOfDays({ ...schedule().space, minMinutes: 60, stepMinutes: 30 }, free, 4)
  expect(times).toEqual([{ start: at('2026-11-24T17:00'), end: at('2026-11-24T18:00') }, { start: at('2026-11-26T17:30'), end: at('2026-11-26T18:30') }])
  expect(firstOfDays(schedule().space, free, 1)).toHaveLength(1)
})
