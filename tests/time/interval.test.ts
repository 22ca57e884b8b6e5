import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clip, contains, holding, intersect, overlaps, subtract, union } from '../../src/time/interval.ts'
import type { Interval } from '../../src/time/interval.ts'

const size = 24
const interval = fc.tuple(fc.integer({ min: 0, max: size - 1 }), fc.integer({ min: 1, max: 8 }))
  .map(([start, length]) => ({ start, end: Math.min(size, start + length) }))
const any = fc.array(interval, { maxLength: 7 })
const sorted = any.map(union)

/** Which whole numbers the intervals cover: the obvious model. */
const cells = (intervals: readonly Interval[]): boolean[] =>
  Array.from({ length: size }, (_, n) => intervals.some(({ start, end }) => start <= n && n < end))

function isSorted(intervals: readonly Interval[]): boolean {
  return intervals.every(({ start, end }, i) => start < end && (i === 0 || intervals[i - 1]!.end < start))
}

describe('two intervals', () => {
  test('neighbours that touch do not overlap', () => {
    expect(overlaps({ start: 0, end: 5 }, { start: 5, end: 9 })).toBe(false)
    expect(overlaps({ start: 0, end: 6 }, { start: 5, end: 9 })).toBe(true)
  })

  test('equal edges are inside', () => {
    expect(contains({ start: 0, end: 5 }, { start: 0, end: 5 })).toBe(true)
    expect(contains({ start: 0, end: 5 }, { start: 0, end: 6 })).toBe(false)
  })

  test('overlap is having a cell in common', () => {
    fc.assert(fc.property(interval, interval, (a, b) => {
      expect(overlaps(a, b)).toBe(cells([a]).some((has, n) => has && cells([b])[n]))
    }))
  })
})

describe('lists', () => {
  test('a union joins what touches and drops what is empty', () => {
    expect(union([{ start: 7, end: 9 }, { start: 3, end: 3 }, { start: 1, end: 4 }, { start: 4, end: 6 }]))
      .toEqual([{ start: 1, end: 6 }, { start: 7, end: 9 }])
  })

  test('a union leaves its input as it was', () => {
    const given = [{ start: 4, end: 6 }, { start: 1, end: 5 }]
    union(given)
    expect(given).toEqual([{ start: 4, end: 6 }, { start: 1, end: 5 }])
  })

  test('a union covers the same cells, sorted', () => {
    fc.assert(fc.property(any, (list) => {
      expect(cells(union(list))).toEqual(cells(list))
      expect(isSorted(union(list))).toBe(true)
    }))
  })

  test('subtract keeps the cells of the first that the second lacks', () => {
    fc.assert(fc.property(sorted, sorted, (from, away) => {
      const left = subtract(from, away)
      const taken = cells(away)
      expect(cells(left)).toEqual(cells(from).map((has, n) => has && !taken[n]))
      expect(left.every(({ start, end }) => start < end)).toBe(true)
    }))
  })

  test('intersect keeps the cells of both', () => {
    fc.assert(fc.property(sorted, sorted, (a, b) => {
      const both = intersect(a, b)
      const other = cells(b)
      expect(cells(both)).toEqual(cells(a).map((has, n) => has && other[n]))
      expect(isSorted(both)).toBe(true)
    }))
  })

  test('clip cuts at both ends', () => {
    expect(clip([{ start: 0, end: 4 }, { start: 6, end: 8 }, { start: 9, end: 12 }], { start: 2, end: 10 }))
      .toEqual([{ start: 2, end: 4 }, { start: 6, end: 8 }, { start: 9, end: 10 }])
  })

  test('holding finds the interval of a cell', () => {
    fc.assert(fc.property(sorted, fc.integer({ min: -1, max: size }), (list, n) => {
      expect(holding(list, n)).toEqual(list.find(({ start, end }) => start <= n && n < end) ?? null)
    }))
  })
})
