import type { Opening } from '../spaces/opening.ts'
import { clip, overlaps, subtract, union } from '../time/interval.ts'
import type { Interval } from '../time/interval.ts'
import type { YearCalendar } from '../time/holidays.ts'
import { addDays, edgeAt, endOf, localDateOf, startOf, weekdayOf } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'
import type { Schedule } from './schedule.ts'

/** When the space is open on these local dates, both included, cut at their outer midnights: sorted, closures taken away. */
export const openIntervals = (schedule: Schedule, fromDate: LocalDate, toDate: LocalDate): Interval[] =>
  openWithin(schedule, { start: startOf(fromDate), end: endOf(toDate) })

/** When the space is open within the window: sorted, closures taken away. */
export const openWithin = (schedule: Schedule, window: Interval): Interval[] =>
  withoutClosures(schedule, openingHours(schedule, window), window)

type Known = { calendar: YearCalendar; start: number; end: number; hours: Interval[] }

// A search asks one window of a thousand spaces, of which many share their hours (spaces/catalogue.ts); a space's page asks
// a few windows, which stay the same all day.
const lastKnown = new WeakMap<readonly Opening[], Known[]>()
const windowsKept = 10

/** Opening hours within the window as if nothing were ever closed: sorted. Not to be changed by the caller. */
export function openingHours(schedule: Schedule, window: Interval): Interval[] {
  const { openings, calendar } = schedule
  let known = lastKnown.get(openings)
  if (!known) lastKnown.set(openings, (known = []))
  for (const one of known) if (one.start === window.start && one.end === window.end && one.calendar === calendar) return one.hours
  const hours = workedOut(schedule, window)
  if (known.length === windowsKept) known.pop()
  known.unshift({ calendar, start: window.start, end: window.end, hours })
  return hours
}

function workedOut(schedule: Schedule, window: Interval): Interval[] {
  const hours: Interval[] = []
  // An opening past midnight belongs to the date it starts on, so that the evening before counts too.
  const last = localDateOf(window.end - 1)
  for (let date = addDays(localDateOf(window.start), -1); date <= last; date = addDays(date, 1)) {
    collect(schedule, date, hours)
  }
  return clip(union(hours), window)
}

/** The openings that start on the date, past midnight where they go on: sorted, closures taken away. */
export function openFrom(schedule: Schedule, date: LocalDate): Interval[] {
  const hours: Interval[] = []
  collect(schedule, date, hours)
  const merged = union(hours)
  const last = merged.at(-1)
  return last ? withoutClosures(schedule, merged, { start: merged[0]!.start, end: last.end }) : []
}

function withoutClosures({ closures }: Schedule, hours: Interval[], window: Interval): Interval[] {
  const near = closures.filter((closure) => overlaps(closure, window))
  return near.length > 0 ? subtract(hours, union(near)) : hours
}

function collect({ openings, calendar }: Schedule, date: LocalDate, hours: Interval[]): void {
  for (const opening of openings) {
    if (!appliesOn(opening, date, calendar)) continue
    hours.push({ start: edgeAt(date, opening.from, 'start'), end: edgeAt(date, opening.to, 'end') })
  }
}

/** Whether the opening starts on the date. Eves close like public holidays; an empty opening never opens. */
export function appliesOn(opening: Opening, date: LocalDate, calendar: YearCalendar): boolean {
  return opening.from < opening.to
    && opening.weekdays.includes(weekdayOf(date))
    && (opening.validFrom === null || opening.validFrom <= date)
    && (opening.validTo === null || date <= opening.validTo)
    && (opening.when === 'always' || calendar.inTerm(date) === (opening.when === 'term'))
    && (opening.onHolidays || calendar.holidayOn(date) === null)
}
