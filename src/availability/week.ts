import type { Closure } from '../spaces/opening.ts'
import { clip, overlaps } from '../time/interval.ts'
import type { Interval } from '../time/interval.ts'
import type { Holiday } from '../time/holidays.ts'
import { addDays, edgeAt, endOf, localDateOf, minuteMs, startOf, weekdayOf } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'
import { answer } from './answer.ts'
import { lastBookableDate, startsAllowed } from './horizon.ts'
import { shortest, stepDown, stepUp } from './length.ts'
import { openingHours } from './openings.ts'
import type { DateRange, Limits, Schedule } from './schedule.ts'
import { shadow } from './taken.ts'
import type { Taken } from './taken.ts'

/**
 * An hour of a week table. `free` carries the free part and the booking to offer; `soon` is before a person can handle a
 * request, `later` beyond the horizon, `short` open but too little for the shortest booking.
 */
export type Cell =
  | { is: 'free'; free: Interval; whole: boolean; book: Interval }
  | { is: 'taken' | 'closed' | 'closure' | 'past' | 'soon' | 'later' | 'short' }

export type Week = {
  monday: LocalDate
  days: { date: LocalDate; today: boolean; holiday: Holiday | null }[]
  /** Only the hours at which something is open on some day; minutes of the day. */
  rows: { from: number; to: number; cells: Cell[] }[]
  closures: Closure[]
  /** Mondays of the weeks before and after, as far as times may be looked at. */
  previous: LocalDate | null
  next: LocalDate | null
}

export type WeekQuestion = { schedule: Schedule; taken: readonly Taken[]; now: number; limits: Limits; monday: LocalDate }

export const mondayOf = (date: LocalDate): LocalDate => addDays(date, 1 - weekdayOf(date))

/** The Monday to show for a date asked: not before this week, not after the last bookable date. */
export function shownMonday(schedule: Pick<Schedule, 'space'>, now: number, asked: LocalDate | undefined): LocalDate {
  const [first, last] = [mondayOf(localDateOf(now)), mondayOf(lastBookableDate(schedule.space, now))]
  const wanted = mondayOf(asked ?? localDateOf(now))
  return wanted < first ? first : wanted > last ? last : wanted
}

/** The dates whose occupancies a week table must know: a day more on both sides, so that no booking is cut at midnight. */
export const weekRange = (monday: LocalDate): DateRange => ({ from: addDays(monday, -1), to: addDays(monday, 7) })

/** The week hour by hour. `taken` must cover `neighbourhood` of `weekRange`. */
export function weekTable(question: WeekQuestion): Week {
  const { schedule, taken, now, limits, monday } = question
  const range = weekRange(monday)
  const hours = openingHours(schedule, { start: startOf(range.from), end: endOf(range.to) })
  const found = { hours, ...answer({ schedule, taken, now, limits, range }) }
  const dates = Array.from({ length: 7 }, (_, day) => addDays(monday, day))
  const rows = Array.from({ length: 24 }, (_, hour) => dates.map((date): Interval => (
    { start: edgeAt(date, hour * 60, 'start'), end: edgeAt(date, (hour + 1) * 60, 'start') })))
  const week = { start: startOf(monday), end: endOf(addDays(monday, 6)) }
  return {
    monday,
    days: dates.map((date) => ({ date, today: date === localDateOf(now), holiday: schedule.calendar.holidayOn(date) })),
    rows: rows.flatMap((spans, hour) => (spans.some((span) => span.start < span.end && hours.some((one) => overlaps(one, span)))
      ? [{ from: hour * 60, to: (hour + 1) * 60, cells: spans.map((span) => cellOf(question, found, span)) }]
      : [])),
    closures: schedule.closures.filter((closure) => overlaps(closure, week)),
    previous: monday > mondayOf(localDateOf(now)) ? addDays(monday, -7) : null,
    next: addDays(monday, 7) <= lastBookableDate(schedule.space, now) ? addDays(monday, 7) : null,
  }
}

/** `hours` are the opening hours as if nothing were ever closed. */
type Found = { hours: Interval[]; open: Interval[]; free: Interval[] }

function cellOf({ schedule, taken, now, limits }: WeekQuestion, { hours, open, free }: Found, hour: Interval): Cell {
  // The spring hour that does not exist.
  if (hour.start >= hour.end) return { is: 'closed' }
  const stretch = free.find((one) => overlaps(one, hour))
  if (stretch) return freeCell(schedule, stretch, hour)
  const [opened] = clip(open, hour)
  if (!opened) return { is: hours.some((one) => overlaps(one, hour)) ? 'closure' : 'closed' }
  if (hour.end <= now) return { is: 'past' }
  if (taken.some((one) => overlaps(shadow(one, schedule.space), opened))) return { is: 'taken' }
  const starts = startsAllowed(schedule, now, limits)
  return { is: opened.start >= starts.end ? 'later' : opened.start >= starts.start ? 'short' : starts.start > now ? 'soon' : 'past' }
}

/** Offers the shortest booking that begins in the hour, or, at the end of a free stretch, one that reaches into it. */
function freeCell({ space }: Schedule, stretch: Interval, hour: Interval): Cell {
  const part = { start: Math.max(stretch.start, hour.start), end: Math.min(stretch.end, hour.end) }
  const length = shortest(space) * minuteMs
  const start = Math.min(stepUp(part.start, space), stepDown(stretch.end - length, space))
  return { is: 'free', free: part, whole: part.start === hour.start && part.end === hour.end, book: { start, end: start + length } }
}

/** The first free times (of the shortest booking) from now on, one an hour at most; `free` as `answer` gives it. */
export function nextFree(space: Schedule['space'], free: readonly Interval[], most: number): Interval[] {
  const length = shortest(space) * minuteMs
  const times: Interval[] = []
  for (const stretch of free) {
    for (let start = stepUp(stretch.start, space); start + length <= stretch.end && times.length < most; start += Math.max(length, 3_600_000)) {
      times.push({ start, end: start + length })
    }
  }
  return times
}
