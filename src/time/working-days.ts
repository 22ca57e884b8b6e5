import type { YearCalendar } from './holidays.ts'
import { addDays, weekdayOf } from './wallclock.ts'
import type { LocalDate } from './wallclock.ts'

/** Monday to Friday, and neither a public holiday nor an eve (`bank`). */
export const isWorkingDay = (date: LocalDate, calendar: YearCalendar): boolean =>
  weekdayOf(date) <= 5 && calendar.holidayOn(date) === null

/** The `count`th working day after the date, which itself never counts; the date itself when `count` is 0. */
export function addWorkingDays(date: LocalDate, count: number, calendar: YearCalendar): LocalDate {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`Not a number of working days: ${count}`)
  let day = date
  for (let left = count; left > 0;) {
    day = addDays(day, 1)
    if (isWorkingDay(day, calendar)) left--
  }
  return day
}
