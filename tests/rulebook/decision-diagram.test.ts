import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diagram, everywhere, nowhere, TooLarge } from '../../src/rulebook/decision-diagram.ts'
import type { Diagram, Region } from '../../src/rulebook/decision-diagram.ts'

const sizes = [2, 3, 2]
const points = [0, 1].flatMap(x => [0, 1, 2].flatMap(y => [0, 1].map(z => [x, y, z])))

/** A region made point by point, in any order. */
const made = (space: Diagram, wanted: readonly number[][]): Region => wanted.reduce((sum, point) => space.either(sum,
  point.reduce((region, value, axis) => space.both(region, space.where(axis, Array.from({ length: sizes[axis]! }, (_, at) => at === value))), everywhere)), nowhere)

describe('a decision diagram', () => {
  test('has one number for one region, however it came about', () => {
    fc.assert(fc.property(fc.shuffledSubarray(points), fc.shuffledSubarray(points), (some, others) => {
      const space = diagram(sizes, 10_000)
      const [a, b] = [made(space, some), made(space, others)]
      const inOrder = (kept: (point: number[]) => boolean) => made(space, points.filter(kept))
      expect(made(space, some.toReversed())).toBe(a)
      expect(space.both(a, b)).toBe(inOrder(point => some.includes(point) && others.includes(point)))
      expect(space.either(a, b)).toBe(inOrder(point => some.includes(point) || others.includes(point)))
      expect(space.without(a, b)).toBe(inOrder(point => some.includes(point) && !others.includes(point)))
      expect(space.without(everywhere, space.without(everywhere, a))).toBe(a)
    }))
  })

  test('points into its region, at the first place', () => {
    fc.assert(fc.property(fc.shuffledSubarray(points), some => {
      const space = diagram(sizes, 10_000)
      expect(space.pointIn(made(space, some))).toEqual(points.find(point => some.includes(point)) ?? null)
    }))
  })

  test('asks nothing that makes no difference', () => {
    const space = diagram(sizes, 10_000)
    expect(space.where(1, [true, true, true])).toBe(everywhere)
    expect(space.where(1, [false, false, false])).toBe(nowhere)
    const before = space.size()
    expect(space.either(space.where(0, [true, false]), space.where(0, [false, true]))).toBe(everywhere)
    expect(space.size()).toBe(before + 2)
  })

  test('stops when it grows past its limit', () => {
    expect(() => made(diagram(sizes, 10), points.filter((_, at) => at % 3 === 0))).toThrow(TooLarge)
  })
})
