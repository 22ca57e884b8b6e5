import type { Closure, Opening } from '../spaces/opening.ts'
import type { Space } from '../spaces/space.ts'
import type { YearCalendar } from '../time/holidays.ts'
import type { LocalDate } from '../time/wallclock.ts'

/** A space and when it is open at all; lists in any order, closures may overlap. */
export type Schedule = {
  space: Space
  openings: readonly Opening[]
  closures: readonly Closure[]
  calendar: YearCalendar
}

/** Local dates, both included. Callers cap it (the API at 92 days); the work grows with its length. */
export type DateRange = { from: LocalDate; to: LocalDate }

/** The rule book's numbers that a time is measured against. */
export type Limits = {
  /** Working days a person needs to handle a request (rulings 6). */
  handlingWorkingDays: number
}
