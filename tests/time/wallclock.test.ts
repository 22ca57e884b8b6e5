import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays, daysBetween, edgeAt, endOf, instantAt, isLocalDate, isoWithOffset, localDateOf, minuteOfDay, minuteText,
  offsetText, parseMinute, parseWhen, startOf, weekdayOf,
} from '../../src/time/wallclock.ts'
import { instantsShowing, wall, wallDate, wallMinute } from './intl.ts'

const utc = (text: string): number => Date.parse(`${text}Z`)
const hour = 3_600_000

const clockChanges = ['2026-03-29', '2027-03-28', '2026-10-25', '2027-10-31', '2050-03-27', '2000-10-29']
const dates = fc.oneof(
  fc.integer({ min: utc('2000-01-02T00:00'), max: utc('2100-12-30T00:00') })
    .map((ms) => new Date(ms).toISOString().slice(0, 10)),
  fc.constantFrom(...clockChanges, '2028-02-29', '2026-12-31'),
)
const instants = fc.oneof(
  fc.integer({ min: utc('2000-01-02T00:00') / 60_000, max: utc('2100-12-30T00:00') / 60_000 }),
  fc.tuple(fc.constantFrom(...clockChanges), fc.integer({ min: -300, max: 1800 }))
    .map(([date, minute]) => utc(`${date}T00:00`) / 60_000 + minute),
).map((minute) => minute * 60_000)

describe('days', () => {
  test('a day is 23 hours in spring, 25 in autumn, else 24', () => {
    const hours = (date: string): number => (endOf(date) - startOf(date)) / hour
    expect(['2026-03-28', '2026-03-29', '2027-03-28', '2026-10-25', '2026-10-26', '2028-02-29'].map(hours))
      .toEqual([24, 23, 23, 25, 24, 24])
  })

  test('a date begins at its local midnight', () => {
    expect(startOf('2026-07-01')).toBe(utc('2026-06-30T21:00'))
    expect(startOf('2026-01-01')).toBe(utc('2025-12-31T22:00'))
    fc.assert(fc.property(dates, (date) => {
      expect(wall(startOf(date))).toBe(`${date} 00:00`)
      expect(endOf(date)).toBe(startOf(addDays(date, 1)))
    }))
  })

  test('counting days crosses leap days and years', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(daysBetween('2026-03-01', '2026-10-31')).toBe(244)
    fc.assert(fc.property(dates, fc.integer({ min: -800, max: 800 }), (date, days) => {
      expect(daysBetween(date, addDays(date, days))).toBe(days)
    }))
  })

  test('weekdays are ISO', () => {
    expect(['2026-11-23', '2026-11-28', '2026-11-29', '2028-02-29', '2000-01-01'].map(weekdayOf)).toEqual([1, 6, 7, 2, 6])
  })

  test('only real dates of this century are dates', () => {
    const good = ['2000-01-01', '2028-02-29', '2100-12-31']
    const bad = [
      '2026-02-30', '2026-02-29', '2100-02-29', '1999-12-31', '2101-01-01', '2026-13-01', '2026-00-10', '2026-04-31',
      '2026-4-1', '20260401', '2026-04-01T00:00', ' 2026-04-01', '2026-04-01\n', '', 'today', '+02026-04-01',
    ]
    expect(good.filter(isLocalDate)).toEqual(good)
    expect(bad.filter(isLocalDate)).toEqual([])
  })

  test('counting with a text that is no date is a failure', () => {
    expect(() => startOf('2026-02-30')).toThrow('Not a date: 2026-02-30')
    expect(() => weekdayOf('soon')).toThrow('Not a date: soon')
  })
})

describe('a wall-clock minute', () => {
  test('the spring hour does not exist', () => {
    const next = utc('2026-03-29T01:00')
    expect(instantAt('2026-03-29', 179)).toEqual({ kind: 'one', at: utc('2026-03-29T00:59') })
    expect(instantAt('2026-03-29', 180)).toEqual({ kind: 'none', next })
    expect(instantAt('2026-03-29', 239)).toEqual({ kind: 'none', next })
    expect(instantAt('2026-03-29', 240)).toEqual({ kind: 'one', at: next })
    expect(instantAt('2026-03-28', 1440 + 210)).toEqual({ kind: 'none', next })
  })

  test('the autumn hour comes twice', () => {
    expect(instantAt('2026-10-25', 179)).toEqual({ kind: 'one', at: utc('2026-10-24T23:59') })
    expect(instantAt('2026-10-25', 180))
      .toEqual({ kind: 'two', first: utc('2026-10-25T00:00'), second: utc('2026-10-25T01:00') })
    expect(instantAt('2026-10-25', 240)).toEqual({ kind: 'one', at: utc('2026-10-25T02:00') })
    expect(instantAt('2026-10-24', 1440 + 239))
      .toEqual({ kind: 'two', first: utc('2026-10-25T00:59'), second: utc('2026-10-25T01:59') })
  })

  test('has the instants at which the clocks show it', () => {
    fc.assert(fc.property(dates, fc.integer({ min: 0, max: 1439 }), (date, minute) => {
      const reading = instantAt(date, minute)
      const found = reading.kind === 'one' ? [reading.at] : reading.kind === 'two' ? [reading.first, reading.second] : []
      expect(found).toEqual(instantsShowing(`${date} ${minuteText(minute)}`))
    }))
  })

  test('past midnight is the next day', () => {
    fc.assert(fc.property(dates, fc.integer({ min: 0, max: 1440 }), (date, minute) => {
      expect(instantAt(date, 1440 + minute)).toEqual(instantAt(addDays(date, 1), minute))
    }))
  })

  test('other minutes are a failure', () => {
    for (const minute of [-1, 2881, NaN]) expect(() => instantAt('2026-05-05', minute)).toThrow(RangeError)
  })

  test('an opening edge is one instant: the end of the gap, or the reading that makes the opening longer', () => {
    expect(edgeAt('2026-03-29', 210, 'start')).toBe(utc('2026-03-29T01:00'))
    expect(edgeAt('2026-03-29', 210, 'end')).toBe(utc('2026-03-29T01:00'))
    expect(edgeAt('2026-10-25', 210, 'start')).toBe(utc('2026-10-25T00:30'))
    expect(edgeAt('2026-10-25', 210, 'end')).toBe(utc('2026-10-25T01:30'))
    expect(edgeAt('2026-10-25', 1440, 'end')).toBe(utc('2026-10-25T22:00'))
  })
})

describe('an instant', () => {
  test('has the date and the minute that the clocks show', () => {
    fc.assert(fc.property(instants, (instant) => {
      expect(localDateOf(instant)).toBe(wallDate(instant))
      expect(minuteOfDay(instant)).toBe(wallMinute(instant))
    }))
  })

  test('is written with its offset', () => {
    expect(isoWithOffset(utc('2026-11-24T16:00'))).toBe('2026-11-24T18:00:00+02:00')
    expect(isoWithOffset(utc('2026-07-01T21:30:05.999'))).toBe('2026-07-02T00:30:05+03:00')
    expect([utc('2026-10-25T00:30'), utc('2026-10-25T01:30')].map(isoWithOffset))
      .toEqual(['2026-10-25T03:30:00+03:00', '2026-10-25T03:30:00+02:00'])
    expect([utc('2026-03-29T00:59'), utc('2026-03-29T01:00')].map(offsetText)).toEqual(['+02:00', '+03:00'])
  })

  test('is read back as it was written', () => {
    fc.assert(fc.property(instants, (instant) => {
      expect(parseWhen(isoWithOffset(instant))).toEqual({ kind: 'one', at: instant })
      expect(parseWhen(new Date(instant).toISOString())).toEqual({ kind: 'one', at: instant })
    }))
  })
})

describe('a written time', () => {
  const one = (text: string) => ({ kind: 'one', at: utc(text) })

  test('is local without an offset', () => {
    expect(parseWhen('2026-11-24T18:00')).toEqual(one('2026-11-24T16:00'))
    expect(parseWhen('2026-07-24T18:00:30')).toEqual(one('2026-07-24T15:00:30'))
    expect(parseWhen('2028-02-29T00:00')).toEqual(one('2028-02-28T22:00'))
  })

  test('24:00 is the next midnight', () => {
    expect(parseWhen('2026-11-24T24:00')).toEqual(one('2026-11-24T22:00'))
    expect(parseWhen('2026-12-31T24:00:00Z')).toEqual(one('2027-01-01T00:00'))
  })

  test('is an instant with Z or an offset', () => {
    expect(parseWhen('2026-11-24T18:00:00+02:00')).toEqual(one('2026-11-24T16:00'))
    expect(parseWhen('2026-11-24T18:00Z')).toEqual(one('2026-11-24T18:00'))
    expect(parseWhen('2026-11-24T18:00:00.250-03:30')).toEqual(one('2026-11-24T21:30:00.250'))
    expect(parseWhen('2026-11-24T18:00:00.000001+00:00')).toEqual(one('2026-11-24T18:00'))
    expect(parseWhen('2026-10-25T03:30+02:00')).toEqual(one('2026-10-25T01:30'))
  })

  test('may be none or two', () => {
    expect(parseWhen('2026-03-29T03:30')).toEqual({ kind: 'none', next: utc('2026-03-29T01:00') })
    expect(parseWhen('2026-10-25T03:30:10'))
      .toEqual({ kind: 'two', first: utc('2026-10-25T00:30:10'), second: utc('2026-10-25T01:30:10') })
  })

  test('is malformed otherwise', () => {
    const bad = [
      '', '2026-11-24', '2026-11-24 18:00', '2026-11-24T18', '2026-11-24T18:60', '2026-11-24T25:00', '2026-11-24T24:01',
      '2026-11-24T24:00:01', '2026-02-30T10:00', '1999-12-31T23:00', '2101-01-01T00:00', '2026-11-24T18:00+0200',
      '2026-11-24T18:00+15:00', '2026-11-24T18:00+02:60', '2026-11-24T18:00:61', '2026-11-24T18:00z', '2026-11-24T18:00Z ',
      '18:00', '1764000000000', '2026-W48-2T18:00',
    ]
    expect(bad.filter((text) => parseWhen(text).kind !== 'malformed')).toEqual([])
    fc.assert(fc.property(fc.string(), (text) => {
      expect(() => parseWhen(text)).not.toThrow()
    }))
  })

  test('a clock time is minutes', () => {
    expect(['00:00', '09:05', '23:59', '24:00', '24:01', '9:05', '12:60', '12:00:00', ''].map(parseMinute))
      .toEqual([0, 545, 1439, 1440, null, null, null, null, null])
    expect([0, 545, 1440].map(minuteText)).toEqual(['00:00', '09:05', '24:00'])
  })
})
