import { describe, expect, test } from 'vitest'
import { yearCalendar } from '../../src/time/holidays.ts'
import type { Holiday, Term } from '../../src/time/holidays.ts'

const christmasEve: Holiday = { date: '2026-12-24', name: { fi: 'Jouluaatto' }, kind: 'bank' }
const christmas: Holiday = { date: '2026-12-25', name: { fi: 'Joulupäivä' }, kind: 'public' }
const term = (from: string, to: string): Term => ({ name: { fi: 'Lukukausi' }, from, to, kind: 'term' })
const pause = (from: string, to: string): Term => ({ name: { fi: 'Loma' }, from, to, kind: 'break' })

describe('the year', () => {
  const year = yearCalendar([christmas, christmasEve], [
    term('2027-01-07', '2027-06-05'), pause('2027-02-22', '2027-02-26'),
    term('2026-08-11', '2026-12-22'), pause('2026-10-12', '2026-10-16'),
  ])

  test('knows its holidays, public and eve', () => {
    expect(year.holidayOn('2026-12-24')).toEqual(christmasEve)
    expect(year.holidayOn('2026-12-25')).toEqual(christmas)
    expect(year.holidayOn('2026-12-23')).toBeNull()
  })

  test('is in term from the first to the last day, and not in a break', () => {
    const inTerm = [
      '2026-08-10', '2026-08-11', '2026-10-11', '2026-10-12', '2026-10-16', '2026-10-17', '2026-12-22', '2026-12-23',
      '2027-01-06', '2027-01-07', '2027-02-24', '2027-06-05', '2027-06-06',
    ].filter(year.inTerm)
    expect(inTerm).toEqual(['2026-08-11', '2026-10-11', '2026-10-17', '2026-12-22', '2027-01-07', '2027-06-05'])
  })

  test('a break beyond the term and a term that ends before it starts change nothing', () => {
    const odd = yearCalendar([], [term('2026-01-10', '2026-01-20'), pause('2026-01-19', '2026-02-10'), term('2026-03-02', '2026-03-01')])
    expect(['2026-01-18', '2026-01-19', '2026-02-05', '2026-03-01', '2026-03-02'].map(odd.inTerm))
      .toEqual([true, false, false, false, false])
  })

  test('without rows has neither', () => {
    const empty = yearCalendar([], [])
    expect([empty.holidayOn('2026-12-25'), empty.inTerm('2026-11-24')]).toEqual([null, false])
  })
})
