import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { finnishHolidays } from '../../src/cli/seed/holidays.ts'

describe('Finnish holidays', () => {
  it('of 2026 are the public ones, Sundays too, and the three eves', () => {
    const days = finnishHolidays([2026])
    expect(days.filter(({ kind }) => kind === 'public').map(({ date }) => date)).toEqual([
      '2026-01-01', '2026-01-06', '2026-04-03', '2026-04-05', '2026-04-06', '2026-05-01', '2026-05-14', '2026-05-24',
      '2026-06-20', '2026-10-31', '2026-12-06', '2026-12-25', '2026-12-26',
    ])
    expect(days.filter(({ kind }) => kind === 'bank').map(({ date, name }) => [date, name.fi])).toEqual([
      ['2026-06-19', 'juhannusaatto'], ['2026-12-24', 'jouluaatto'], ['2026-12-31', 'uudenvuodenaatto'],
    ])
  })

  it('have names in three languages', () => {
    const days = finnishHolidays([2025, 2026, 2027, 2028])
    expect(days.length).toBe(64)
    for (const { name } of days) expect([name.fi, name.sv, name.en].every(Boolean)).toBe(true)
    expect(days.find(({ date }) => date === '2027-05-16')?.name).toEqual({ fi: 'helluntaipäivä', sv: 'pingstdagen', en: 'Pentecost' })
  })

  it('come once a date', () => {
    const days = finnishHolidays([2025, 2026, 2027, 2028]).map(({ date }) => date)
    expect(new Set(days).size).toBe(days.length)
  })
})

describe('school terms', () => {
  const file = new URL('../../drizzle/seed/terms.json', import.meta.url)
  const { source, terms } = JSON.parse(readFileSync(file, 'utf8')) as
    { source: string; terms: { id: string; kind: string; name: Record<string, string>; from: string; to: string }[] }
  const weekday = (date: string) => new Date(`${date}T12:00Z`).getUTCDay()

  it('are marked as made up, with names in three languages and ids of their own', () => {
    expect(source).toBe('synthetic')
    expect(new Set(terms.map(({ id }) => id)).size).toBe(18)
    for (const { name, from, to } of terms) {
      expect(Object.keys(name)).toEqual(['fi', 'sv', 'en'])
      expect(from < to).toBe(true)
    }
  })

  it('break for weeks 42 and 8, from Monday to Sunday', () => {
    const weeks = terms.filter(({ id }) => /-(autumn|winter)-break$/.test(id))
    expect(weeks.map(({ from, to }) => [from, to])).toEqual([
      ['2025-10-13', '2025-10-19'], ['2026-02-16', '2026-02-22'], ['2026-10-12', '2026-10-18'],
      ['2027-02-22', '2027-02-28'], ['2027-10-18', '2027-10-24'], ['2028-02-21', '2028-02-27'],
    ])
    for (const { from, to } of weeks) expect([weekday(from), weekday(to)]).toEqual([1, 0])
  })

  it('leave no day between a term and the break after it', () => {
    const long = terms.filter(({ id }) => !/-(autumn|winter)-break$/.test(id))
    for (const [i, { from }] of long.entries()) {
      const before = long[i - 1]
      if (before) expect(Date.parse(from) - Date.parse(before.to)).toBe(86_400_000)
    }
  })
})
