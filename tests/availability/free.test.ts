import { describe, expect, test } from 'vitest'
import type { Schedule, Taken } from '../../src/availability/answer.ts'
import { free, neighbourhood } from '../../src/availability/free.ts'
import { firstOn } from './first.ts'
import { at, from, opening, schedule, taken } from './sample.ts'

const limits = { handlingWorkingDays: 7 }
const monday = at('2026-11-23T12:00')

/** Free times on Tuesday 24 November, seen on Monday. */
const tuesday = (asked: Schedule, others: Taken[] = [], now = monday, minutes?: number) =>
  free(asked, others, { from: '2026-11-24', to: '2026-11-24' }, now, limits, minutes)

describe('free times', () => {
  test('are the openings when nobody has booked', () => {
    expect(tuesday(schedule())).toEqual([from('2026-11-24T16:00', '2026-11-24T22:00')])
  })

  test('leave out what is taken, and what is too short between', () => {
    expect(tuesday(schedule(), [taken('2026-11-24T17:00', '2026-11-24T18:00'), taken('2026-11-24T18:30', '2026-11-24T20:00')]))
      .toEqual([from('2026-11-24T16:00', '2026-11-24T17:00'), from('2026-11-24T20:00', '2026-11-24T22:00')])
  })

  test('a hold takes as a booking does', () => {
    expect(tuesday(schedule(), [taken('2026-11-24T16:00', '2026-11-24T20:00', { kind: 'hold' })]))
      .toEqual([from('2026-11-24T20:00', '2026-11-24T22:00')])
  })

  test('keep the larger gap, before and after, and no sum of the two', () => {
    const asked = schedule({ space: { bufferBefore: 30, bufferAfter: 15, stepMinutes: 15 } })
    const booked = taken('2026-11-24T18:00', '2026-11-24T19:00', { before: 45, after: 15 })
    expect(tuesday(asked, [booked])).toEqual([
      from('2026-11-24T16:00', '2026-11-24T17:15'), from('2026-11-24T19:30', '2026-11-24T22:00'),
    ])
  })

  test('ask no gap of opening and closing', () => {
    expect(tuesday(schedule({ space: { bufferBefore: 60, bufferAfter: 60 } })))
      .toEqual([from('2026-11-24T16:00', '2026-11-24T22:00')])
  })

  test('start and end on the step', () => {
    const odd = schedule({ openings: [opening({ from: 970, to: 1310 })] })
    expect(tuesday(odd)).toEqual([from('2026-11-24T16:30', '2026-11-24T21:30')])
  })

  test('a minimum between steps counts as the next step', () => {
    const asked = schedule({ space: { minMinutes: 75 }, openings: [opening({ to: 1050 }), opening({ from: 1080, to: 1155 })] })
    expect(tuesday(asked)).toEqual([from('2026-11-24T16:00', '2026-11-24T17:30')])
  })

  test('of a given length', () => {
    const booked = [taken('2026-11-24T17:30', '2026-11-24T19:00')]
    expect(tuesday(schedule(), booked, monday, 120)).toEqual([from('2026-11-24T19:00', '2026-11-24T22:00')])
    expect([30, 45, 300].map((minutes) => tuesday(schedule(), [], monday, minutes))).toEqual([[], [], []])
  })

  test('lie ahead', () => {
    expect(tuesday(schedule(), [], at('2026-11-24T17:01'))).toEqual([from('2026-11-24T17:30', '2026-11-24T22:00')])
    expect(tuesday(schedule(), [], at('2026-11-24T21:00'))).toEqual([from('2026-11-24T21:00', '2026-11-24T22:00')])
    expect(tuesday(schedule(), [], at('2026-11-24T21:01'))).toEqual([])
    expect(tuesday(schedule(), [], at('2026-12-01T12:00'))).toEqual([])
  })

  test('end with the last bookable date, whose last wish may run past midnight', () => {
    const night = schedule({ space: { daysAhead: 1 }, openings: [opening({ from: 22 * 60, to: 28 * 60 })] })
    expect(free(night, [], { from: '2026-11-24', to: '2026-11-26' }, monday, limits))
      .toEqual([from('2026-11-24T00:00', '2026-11-24T04:00'), from('2026-11-24T22:00', '2026-11-25T00:30')])
  })

  test('leave a person time to decide', () => {
    const asked = schedule({ space: { approval: 'person' } })
    expect(free(asked, [], { from: '2026-11-30', to: '2026-12-02' }, monday, limits))
      .toEqual([from('2026-12-02T16:00', '2026-12-02T22:00')])
    expect(free(asked, [], { from: '2026-11-24', to: '2026-11-24' }, at('2026-11-24T18:00'), { handlingWorkingDays: 0 }))
      .toEqual([from('2026-11-24T18:00', '2026-11-24T22:00')])
  })

  test('are cut at the midnights of the range, seeing what lies beyond', () => {
    const night = schedule({ openings: [opening({ from: 22 * 60, to: 26 * 60 })] })
    const before = taken('2026-11-24T00:30', '2026-11-24T02:00')
    const after = taken('2026-11-25T00:00', '2026-11-25T02:00')
    expect(tuesday(night, [before, after]))
      .toEqual([from('2026-11-24T00:00', '2026-11-24T00:30'), from('2026-11-24T22:00', '2026-11-24T24:00')])
  })
})

describe('a search', () => {
  const evening = { date: '2026-11-24', fromMinute: 17 * 60, toMinute: 21 * 60, minutes: 90 }
  const find = (others: Taken[] = [], given = {}, now = monday, asked = schedule()) =>
    firstOn(asked, others, now, limits, { ...evening, ...given })

  test('finds the earliest time inside the window', () => {
    expect(find()).toEqual(from('2026-11-24T17:00', '2026-11-24T18:30'))
    expect(find([taken('2026-11-24T16:00', '2026-11-24T18:00')])).toEqual(from('2026-11-24T18:00', '2026-11-24T19:30'))
    expect(find([], { fromMinute: 17 * 60 + 10 })).toEqual(from('2026-11-24T17:30', '2026-11-24T19:00'))
    expect(find([], {}, at('2026-11-24T18:20'))).toEqual(from('2026-11-24T18:30', '2026-11-24T20:00'))
  })

  test('finds nothing where the window, the day or the length does not allow', () => {
    expect(find([taken('2026-11-24T18:00', '2026-11-24T20:00')])).toBeNull()
    expect(find([], { toMinute: 18 * 60 })).toBeNull()
    expect(find([], { fromMinute: 8 * 60, toMinute: 17 * 60 })).toBeNull()
    expect([30, 80, 270].map((minutes) => find([], { minutes, toMinute: 1440 }))).toEqual([null, null, null])
    expect(find([], { date: '2027-02-22' })).toBeNull()
    expect(find([], {}, at('2026-11-24T19:31'))).toBeNull()
  })

  test('needs the gap to a neighbour outside the window', () => {
    const asked = schedule({ space: { bufferBefore: 60 } })
    expect(find([taken('2026-11-24T16:00', '2026-11-24T16:30')], {}, monday, asked))
      .toEqual(from('2026-11-24T17:30', '2026-11-24T19:00'))
  })

  test('ends with the date, also where the space is open into the night', () => {
    const night = schedule({ openings: [opening({ from: 22 * 60, to: 26 * 60 })] })
    const busy = [taken('2026-11-24T22:00', '2026-11-24T23:00')]
    expect(find(busy, { fromMinute: 1320, toMinute: 1440, minutes: 60 }, monday, night)).toEqual(from('2026-11-24T23:00', '2026-11-25T00:00'))
    expect(find(busy, { fromMinute: 1320, toMinute: 1440 }, monday, night)).toBeNull()
  })
})

test('neighbours matter as far as a wish and the longest gap reach', () => {
  expect(neighbourhood(from('2026-11-24T16:00', '2026-11-24T18:00'), 60))
    .toEqual(from('2026-11-24T11:00', '2026-11-24T23:00'))
})
