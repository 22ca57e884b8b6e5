import { describe, expect, test } from 'vitest'
import { byDay } from '../../src/availability/days.ts'
import { openFrom, openIntervals } from '../../src/availability/openings.ts'
import { isoWithOffset } from '../../src/time/wallclock.ts'
import type { Opening } from '../../src/spaces/opening.ts'
import type { Closure } from '../../src/spaces/opening.ts'
import { from, opening, schedule } from './sample.ts'

/** What is open, as people write it. */
const hours = (openings: Opening[], fromDate: string, toDate = fromDate, closures: Closure[] = []): string[] =>
  openIntervals(schedule({ openings, closures }), fromDate, toDate)
    .map(({ start, end }) => `${isoWithOffset(start).slice(5, 16)}/${isoWithOffset(end).slice(5, 16)}`)

const closed = (start: string, end: string): Closure => ({ ...from(start, end), reason: { fi: 'Lattia hiotaan' } })

describe('openings', () => {
  test('several a day, touching ones as one', () => {
    const day = [opening({ from: 480, to: 600 }), opening({ from: 960, to: 1080 }), opening({ from: 600, to: 720 })]
    expect(hours(day, '2026-11-24')).toEqual(['11-24T08:00/11-24T12:00', '11-24T16:00/11-24T18:00'])
  })

  test('on their weekdays only', () => {
    expect(hours([opening({ weekdays: [2, 7] })], '2026-11-23', '2026-11-29'))
      .toEqual(['11-24T16:00/11-24T22:00', '11-29T16:00/11-29T22:00'])
  })

  test('past midnight belongs to the date it starts on', () => {
    const friday = [opening({ weekdays: [5], from: 18 * 60, to: 26 * 60 })]
    expect(hours(friday, '2026-11-27')).toEqual(['11-27T18:00/11-28T00:00'])
    expect(hours(friday, '2026-11-28')).toEqual(['11-28T00:00/11-28T02:00'])
    expect(hours(friday, '2026-11-27', '2026-11-28')).toEqual(['11-27T18:00/11-28T02:00'])
    expect(openFrom(schedule({ openings: friday }), '2026-11-27')).toEqual([from('2026-11-27T18:00', '2026-11-28T02:00')])
    expect(openFrom(schedule({ openings: friday }), '2026-11-28')).toEqual([])
  })

  test('around the clock is one stretch', () => {
    expect(hours([opening({ from: 0, to: 1440 })], '2026-11-24', '2026-11-26')).toEqual(['11-24T00:00/11-27T00:00'])
  })

  test('a term opening keeps to terms, and a break inside a term is not term', () => {
    const term = [opening({ when: 'term', weekdays: [1] })]
    const rest = [opening({ when: 'break', weekdays: [1] })]
    expect(hours(term, '2026-10-05', '2026-10-19')).toEqual(['10-05T16:00/10-05T22:00', '10-19T16:00/10-19T22:00'])
    expect(hours(rest, '2026-10-05', '2026-10-19')).toEqual(['10-12T16:00/10-12T22:00'])
  })

  test('a holiday and an eve close what does not open on them', () => {
    expect(hours([opening({ onHolidays: false })], '2026-12-23', '2026-12-27'))
      .toEqual(['12-23T16:00/12-23T22:00', '12-27T16:00/12-27T22:00'])
    expect(hours([opening({ from: 1320, to: 1500, onHolidays: false })], '2026-12-24')).toEqual(['12-24T00:00/12-24T01:00'])
  })

  test('hold from the first to the last date of their validity', () => {
    expect(hours([opening({ validFrom: '2026-11-24', validTo: '2026-11-25' })], '2026-11-22', '2026-11-28'))
      .toEqual(['11-24T16:00/11-24T22:00', '11-25T16:00/11-25T22:00'])
  })

  test('closures are cut out, in any order and over each other', () => {
    const closures = [
      closed('2026-11-24T20:00', '2026-11-24T21:00'), closed('2026-11-24T10:00', '2026-11-24T16:30'),
      closed('2026-11-24T20:30', '2026-11-24T21:30'),
    ]
    expect(hours([opening()], '2026-11-24', '2026-11-24', closures))
      .toEqual(['11-24T16:30/11-24T20:00', '11-24T21:30/11-24T22:00'])
    expect(hours([opening()], '2026-11-24', '2026-11-24', [closed('2026-11-01T00:00', '2026-12-01T00:00')])).toEqual([])
  })

  test('without openings nothing is open', () => {
    expect(hours([], '2026-11-24')).toEqual([])
  })
})

describe('when the clocks change', () => {
  const lengths = (given: Partial<Opening>, date: string): number[] =>
    openIntervals(schedule({ openings: [opening(given)] }), date, date).map(({ start, end }) => (end - start) / 60_000)

  test('the spring day has 23 hours and the autumn day 25', () => {
    expect(lengths({ from: 0, to: 1440 }, '2026-03-29')).toEqual([23 * 60])
    expect(lengths({ from: 0, to: 1440 }, '2026-10-25')).toEqual([25 * 60])
  })

  test('an edge in the spring gap moves to its end', () => {
    expect(lengths({ from: 120, to: 210 }, '2026-03-29')).toEqual([60])
    expect(lengths({ from: 210, to: 300 }, '2026-03-29')).toEqual([60])
    expect(lengths({ from: 190, to: 230 }, '2026-03-29')).toEqual([])
  })

  test('a doubled edge makes the opening longer', () => {
    expect(lengths({ from: 120, to: 210 }, '2026-10-25')).toEqual([150])
    expect(lengths({ from: 210, to: 300 }, '2026-10-25')).toEqual([150])
    expect(lengths({ from: 190, to: 230 }, '2026-10-25')).toEqual([100])
    expect(lengths({ from: 120, to: 180 }, '2026-10-25')).toEqual([120])
    expect(lengths({ from: 180, to: 180 }, '2026-10-25')).toEqual([])
  })
})

test('days cut what goes over midnight', () => {
  const night = from('2026-11-27T22:00', '2026-11-28T02:00')
  const late = from('2026-11-28T00:30', '2026-11-28T02:00')
  expect(byDay({ open: [night], free: [late] }, { from: '2026-11-27', to: '2026-11-29' })).toEqual([
    { date: '2026-11-27', open: [from('2026-11-27T22:00', '2026-11-27T24:00')], free: [] },
    { date: '2026-11-28', open: [from('2026-11-28T00:00', '2026-11-28T02:00')], free: [late] },
    { date: '2026-11-29', open: [], free: [] },
  ])
})
