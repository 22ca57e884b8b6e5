import type { Text } from '../platform/i18n/text.ts'
import { holding, subtract, union } from './interval.ts'
import type { Interval } from './interval.ts'
import { endOf, startOf } from './wallclock.ts'
import type { LocalDate } from './wallclock.ts'

/** `public` is a public holiday by law; `bank` an eve (Midsummer, Christmas) when premises are closed all the same. */
export type Holiday = { date: LocalDate; name: Text; kind: 'public' | 'bank' }

/** A school term, or a break that lies inside one; both dates are included. */
export type Term = { name: Text; from: LocalDate; to: LocalDate; kind: 'term' | 'break' }

/** The city's year as the rules see it. */
export type YearCalendar = {
  /** The holiday on the date, or null; a date has at most one. */
  holidayOn(date: LocalDate): Holiday | null
  /** Whether schools are in term: inside a term and not in a break. */
  inTerm(date: LocalDate): boolean
}

/** Makes the calendar of rows, in any order; a term whose end lies before its start counts for nothing. */
export function yearCalendar(holidays: readonly Holiday[], terms: readonly Term[]): YearCalendar {
  const byDate = new Map(holidays.map((holiday) => [holiday.date, holiday]))
  const schoolDays = subtract(spans(terms, 'term'), spans(terms, 'break'))
  return {
    holidayOn: (date) => byDate.get(date) ?? null,
    inTerm: (date) => holding(schoolDays, startOf(date)) !== null,
  }
}

const spans = (terms: readonly Term[], kind: Term['kind']): Interval[] =>
  union(terms.filter((term) => term.kind === kind).map((term) => ({ start: startOf(term.from), end: endOf(term.to) })))
