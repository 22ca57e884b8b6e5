import type { Closure } from '../spaces/opening.ts'
import { clip, overlaps } from '../time/interval.ts'
import type { Interval } from '../time/interval.ts'
import { addDays, endOf, localDateOf, startOf, weekdayOf } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'
import { answer } from './answer.ts'
import { lastBookableDate, startsAllowed } from './horizon.ts'
import { openingHours } from './openings.ts'
import type { DateRange, Limits, Schedule } from './schedule.ts'
import type { Taken } from './taken.ts'
import { nextFree } from './week.ts'

/** A calendar month, `YYYY-MM`; text order is time order. */
export type LocalMonth = string

/** What is to be said of a day: how many times may still be booked, one an hour at most (0 but for `free`), or why none. */
export type MonthDay = {
  date: LocalDate
  today: boolean
  is: 'free' | 'full' | 'closed' | 'closure' | 'past' | 'soon' | 'later'
  times: number
}

export type Month = {
  month: LocalMonth
  /** Mondays first; null before the first of the month and after its last. */
  weeks: (MonthDay | null)[][]
  closures: Closure[]
  /** The months before and after, as far as times may be looked at. */
  previous: LocalMonth | null
  next: LocalMonth | null
}

export type MonthQuestion = { schedule: Schedule; taken: readonly Taken[]; now: number; limits: Limits; month: LocalMonth }

export const monthOf = (date: LocalDate): LocalMonth => date.slice(0, 7)
const firstOf = (month: LocalMonth): LocalDate => `${month}-01`
// No month is longer than 31 days, and none is shorter than 28.
const monthAfter = (month: LocalMonth): LocalMonth => monthOf(addDays(firstOf(month), 31))
const monthBefore = (month: LocalMonth): LocalMonth => monthOf(addDays(firstOf(month), -1))

/** The month to show for one asked: not before this one, not after that of the last bookable date. */
export function shownMonth({ space }: Pick<Schedule, 'space'>, now: number, asked: LocalMonth): LocalMonth {
  const [first, last] = [monthOf(localDateOf(now)), monthOf(lastBookableDate(space, now))]
  return asked < first ? first : asked > last ? last : asked
}

/** The dates of the month, both included. */
export const monthRange = (month: LocalMonth): DateRange => ({ from: firstOf(month), to: addDays(firstOf(monthAfter(month)), -1) })

/** The month day by day. `taken` must cover `neighbourhood` of `monthRange`, with the space's shortest length. */
export function monthTable({ schedule, taken, now, limits, month }: MonthQuestion): Month {
  const range = monthRange(month)
  const whole = { start: startOf(range.from), end: endOf(range.to) }
  const hours = openingHours(schedule, whole)
  const { open, free } = answer({ schedule, taken, now, limits, range })
  const times = new Map<LocalDate, number>()
  for (const { start } of nextFree(schedule.space, free, Infinity)) times.set(localDateOf(start), (times.get(localDateOf(start)) ?? 0) + 1)
  const starts = startsAllowed(schedule, now, limits)
  const today = localDateOf(now)
  const dayOf = (date: LocalDate): MonthDay => {
    const own = { start: startOf(date), end: endOf(date) }
    const count = times.get(date) ?? 0
    return { date, today: date === today, is: count > 0 ? 'free' : without(clip(hours, own), clip(open, own), now, starts), times: count }
  }
  const days: (MonthDay | null)[] = Array.from({ length: weekdayOf(range.from) - 1 }, () => null)
  for (let date = range.from; date <= range.to; date = addDays(date, 1)) days.push(dayOf(date))
  while (days.length % 7 > 0) days.push(null)
  return {
    month,
    weeks: Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7)),
    closures: schedule.closures.filter((closure) => overlaps(closure, whole)),
    previous: month > monthOf(today) ? monthBefore(month) : null,
    next: monthAfter(month) <= monthOf(lastBookableDate(schedule.space, now)) ? monthAfter(month) : null,
  }
}

/** Why a day has no time to book. `hours` are its opening hours as if nothing were ever closed, `open` those that are left. */
function without(hours: readonly Interval[], open: readonly Interval[], now: number, starts: Interval): MonthDay['is'] {
  const [first, last] = [open[0], open.at(-1)]
  if (!first || !last) return hours.length > 0 ? 'closure' : 'closed'
  if (last.end <= now) return 'past'
  if (first.start >= starts.end) return 'later'
  return last.end <= starts.start ? 'soon' : 'full'
}
