import { expect, test } from 'vitest'
import { percentile } from '../../src/cli/bench/percentile.ts'
import { table, type Line } from '../../src/cli/bench/report.ts'
import { createDice } from '../../src/cli/seed/dice.ts'
import { some } from '../../src/cli/seed/slots.ts'

test('a percentile is a value that was measured', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i)
  expect(percentile(hundred, 0.5)).toBe(50)
  expect(percentile(hundred, 0.95)).toBe(95)
  expect(percentile([7], 0.95)).toBe(7)
  expect(percentile([1, 2], 0.5)).toBe(1)
  expect(percentile([], 0.5)).toBeNaN()
})

test('the table tells shares of the limit, shares of the bare booking, growth and faults', () => {
  const line = (name: string, perSecond: number, of: Line['of'], cpu?: number, faults = {}): Line =>
    ({ name, of, alone: of === 'limit' ? { perSecond: 500, p50: 1, p95: 2, all: 9, faults: {}, inside: { p50: 0.84, p95: 1.55 } } : null, loaded: { perSecond, p50: 1.26, p95: 20.4, all: 10, faults, ...(cpu === undefined ? {} : { cpu }) } })
  const lines = (slower: number): Line[] => [
    line('limit route', 1000, 'limit', 1.25 * slower), line(`feed of ${500 * slower} events`, 400 / slower, 'limit', 2 * slower, { 503: 2 }),
    line('booking by action', 100 / slower ** 2, 'bare booking'), line('bare transaction of the same rows', 200 / slower, 'bare booking'),
    line('bare Express', 2000, null, 0.5 * slower), line('quote', 300, 'limit', 1.25 * slower ** 2),
  ]
  expect(table(lines(2), { bookings: 50_000, lines: lines(1) }).split('\n')).toEqual([
    '| path | requests/s | p50 ms | p95 ms | alone p50 | alone p95 | inside p50 | inside p95 | CPU ms | of the limit | × from 50,000 |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    '| limit route | 1000 | 1.3 | 20 | 1.0 | 2.0 | 0.8 | 1.6 | 2.50 | 100 % | 2.00 |',
    '| feed of 1000 events (2 × 503) | 200 | 1.3 | 20 | 1.0 | 2.0 | 0.8 | 1.6 | 4.00 | 20 % | 0.50 |',
    '| booking by action | 25 | 1.3 | 20 |  |  |  |  |  | 25 % of bare | 2.00 |',
    '| bare transaction of the same rows | 100 | 1.3 | 20 |  |  |  |  |  | 100 % of bare | 2.00 |',
    '| bare Express | 2000 | 1.3 | 20 |  |  |  |  | 1.00 |  | 2.00 |',
    '| quote | 300 | 1.3 | 20 | 1.0 | 2.0 | 0.8 | 1.6 | 5.00 | 30 % | 2.00 |',
  ])
})

test('dice fall the same way every time, and not all on one side', () => {
  const throws = (seed: number): number[] => {
    const dice = createDice(seed)
    return Array.from({ length: 6000 }, () => dice.below(6))
  }
  expect(throws(1)).toEqual(throws(1))
  expect(throws(1)).not.toEqual(throws(2))
  for (let side = 0; side < 6; side++) {
    const share = throws(1).filter((one) => one === side).length / 6000
    expect(Math.abs(share - 1 / 6)).toBeLessThan(0.02)
  }
  const dice = createDice(5)
  const ids = new Set(Array.from({ length: 10_000 }, () => dice.id()))
  expect(ids.size).toBe(10_000)
  expect([...ids].every((id) => /^[\w-]{16}$/.test(id))).toBe(true)
  expect(dice.ref()).toMatch(/^TV-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/)
})

test('exactly so many are picked, in their order', () => {
  const list = Array.from({ length: 1000 }, (_, i) => i)
  const picked = some(list, 137, createDice(1))
  expect(picked).toHaveLength(137)
  expect(picked).toEqual(picked.toSorted((a, b) => a - b))
  expect(some(list, 1000, createDice(1))).toEqual(list)
  expect(some(list, 0, createDice(1))).toEqual([])
})
