import type { Closure } from '../spaces/opening.ts'
import { clip, overlaps } from '../time/interval.ts'
import type { Interval } from '../time/interval.ts'
import type { Holiday } from '../time/holidays.ts'
import { addDays, dayMs, edgeAt, endOf, localDateOf, minuteMs, startOf } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'
import { answer } from './answer.ts'
import { lastBookableDate, startsAllowed } from './horizon.ts'
import { shortest, stepDown, stepUp } from './length.ts'
import { openingHours } from './openings.ts'
import type { DateRange, Limits, Schedule } from './schedule.ts'
import { shadow } from './taken.ts'
import type { Taken } from './taken.ts'

/**
 * Hours in a row of which the same is to be said: `from` and `to` are minutes of the day, `hours` how many columns. `free`
 * carries the booking to offer, and whether the whole hour is free; `soon` is before a person can handle a request,
 * `later` beyond the horizon, `short` open but too little for the shortest booking.
 */
export type Cell = Hour & { from: number; to: number; hours: number }
type Hour = { is: 'free'; whole: boolean; book: Interval } | { is: 'taken' | 'closed' | 'closure' | 'past' | 'soon' | 'later' | 'short' }

export type WeekDay = { date: LocalDate; today: boolean; holiday: Holiday | null; cells: Cell[] }

/** Seven days from any date on. */
export type Week = {
  from: LocalDate
  days: WeekDay[]
  /** The minutes of the day at which a column starts: only the hours at which something is open on some day. */
  hours: number[]
  closures: Closure[]
  /** The first days of the weeks before and after, as far as times may be looked at. */
  previous: LocalDate | null
  next: LocalDate | null
}

export type WeekQuestion = { schedule: Schedule; taken: readonly Taken[]; now: number; limits: Limits; from: LocalDate }

const daysShown = 7

/** The first day to show of a week that has the date asked in it: never over already, never wholly too far ahead. */
export function firstShown({ space }: Pick<Schedule, 'space'>, now: number, asked: LocalDate | undefined): LocalDate {
  const today = localDateOf(now)
  const latest = addDays(lastBookableDate(space, now), 1 - daysShown)
  const wanted = asked ?? today
  return wanted < today || latest < today ? today : wanted > latest ? latest : wanted
}

/** The dates whose occupancies a week must know: a day more on both sides, so that no booking is cut at midnight. */
export const weekRange = (from: LocalDate): DateRange => ({ from: addDays(from, -1), to: addDays(from, daysShown) })

/** The week hour by hour. `taken` must cover `neighbourhood` of `weekRange`. */
export function weekTable(question: WeekQuestion): Week {
  const { schedule, taken, now, limits, from } = question
  const range = weekRange(from)
  const hours = openingHours(schedule, { start: startOf(range.from), end: endOf(range.to) })
  const found = { hours, starts: startsAllowed(schedule, now, limits), ...answer({ schedule, taken, now, limits, range }) }
  const today = localDateOf(now)
  const dates = Array.from({ length: daysShown }, (_, day) => addDays(from, day))
  const columns = columnsOf(dates, hours)
  const week = { start: startOf(from), end: endOf(addDays(from, daysShown - 1)) }
  return {
    from,
    days: dates.map((date) => ({ date, today: date === today, holiday: schedule.calendar.holidayOn(date), cells: cellsOf(question, found, date, columns) })),
    hours: columns,
    closures: schedule.closures.filter((closure) => overlaps(closure, week)),
    previous: from > today ? firstShown(schedule, now, addDays(from, -daysShown)) : null,
    next: addDays(from, daysShown) <= lastBookableDate(schedule.space, now) ? addDays(from, daysShown) : null,
  }
}

/** The hour that starts at a minute of the date. On most days the clock goes on evenly. */
function spanOf(date: LocalDate, day: Interval, minute: number): Interval {
  if (day.end - day.start !== dayMs) return { start: edgeAt(date, minute, 'start'), end: edgeAt(date, minute + 60, 'start') }
  const start = day.start + minute * minuteMs
  return { start, end: start + 60 * minuteMs }
}

/** The minutes at which an hour starts in which something is open on some of the dates. */
function columnsOf(dates: readonly LocalDate[], hours: readonly Interval[]): number[] {
  const open = new Set<number>()
  for (const date of dates) {
    const day = { start: startOf(date), end: endOf(date) }
    const own = clip(hours, day)
    for (let minute = 0; own.length > 0 && minute < 1440; minute += 60) {
      if (open.has(minute)) continue
      const span = spanOf(date, day, minute)
      if (span.start < span.end && own.some((one) => overlaps(one, span))) open.add(minute)
    }
  }
  return [...open].sort((a, b) => a - b)
}

/** `hours` are the opening hours as if nothing were ever closed, `starts` is where a wish may start. */
type Found = { hours: Interval[]; open: Interval[]; free: Interval[]; starts: Interval }

/** A day's cells. Neighbouring hours of which the same is said become one; free ones only where they offer the same booking. */
function cellsOf(question: WeekQuestion, found: Found, date: LocalDate, columns: readonly number[]): Cell[] {
  const day = { start: startOf(date), end: endOf(date) }
  const own = { hours: clip(found.hours, day), open: clip(found.open, day), free: found.free.filter((one) => overlaps(one, day)), starts: found.starts }
  const cells: Cell[] = []
  for (const minute of columns) {
    const cell = Object.assign(hourOf(question, own, spanOf(date, day, minute)), { from: minute, to: minute + 60, hours: 1 })
    const last = cells.at(-1)
    if (last && last.to === minute && alike(last, cell)) {
      last.to += 60
      last.hours += 1
    } else cells.push(cell)
  }
  return cells
}

const alike = (a: Cell, b: Cell): boolean => (a.is === 'free' && b.is === 'free' ? a.book.start === b.book.start : a.is === b.is)

function hourOf({ schedule, taken, now }: WeekQuestion, { hours, open, free, starts }: Found, hour: Interval): Hour {
  // The spring hour that does not exist.
  if (hour.start >= hour.end) return { is: 'closed' }
  const stretch = free.find((one) => overlaps(one, hour))
  if (stretch) return freeHour(schedule, stretch, hour)
  const [opened] = clip(open, hour)
  if (!opened) return { is: hours.some((one) => overlaps(one, hour)) ? 'closure' : 'closed' }
  if (hour.end <= now) return { is: 'past' }
  if (taken.some((one) => overlaps(shadow(one, schedule.space), opened))) return { is: 'taken' }
  return { is: opened.start >= starts.end ? 'later' : opened.start >= starts.start ? 'short' : starts.start > now ? 'soon' : 'past' }
}

/** Offers the shortest booking that begins in the hour, or, at the end of a free stretch, one that reaches into it. */
function freeHour({ space }: Schedule, stretch: Interval, hour: Interval): Hour {
  const [from, to] = [Math.max(stretch.start, hour.start), Math.min(stretch.end, hour.end)]
  const length = shortest(space) * minuteMs
  const start = Math.min(stepUp(from, space.stepMinutes), stepDown(stretch.end - length, space.stepMinutes))
  return { is: 'free', whole: from === hour.start && to === hour.end, book: { start, end: start + length } }
}

/** The first free times (of the shortest booking) from now on, one an hour at most; `free` as `answer` gives it. */
export function nextFree(space: Schedule['space'], free: readonly Interval[], most: number): Interval[] {
  const length = shortest(space) * minuteMs
  const times: Interval[] = []
  for (const stretch of free) {
    for (let start = stepUp(stretch.start, space.stepMinutes); start + length <= stretch.end && times.length < most; start += Math.max(length, 3_600_000)) {
      times.push({ start, end: start + length })
    }
  }
  return times
}

/** On how many days a page names a first free time: a space's own page, and its unit's. */
export const daysNamed = 4
export const daysNamedInUnit = 3

/** The first free time of each of the days that have one: somebody who cannot come today sees the other days at once. */
export function firstOfDays(space: Schedule['space'], free: readonly Interval[], most: number): Interval[] {
  const times: Interval[] = []
  for (const stretch of free) {
    if (times.length === most) break
    const [time] = nextFree(space, [stretch], 1)
    const last = times.at(-1)
    if (time && (!last || localDateOf(last.start) !== localDateOf(time.start))) times.push(time)
  }
  return times
}
