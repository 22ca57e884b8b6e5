import { z } from 'zod'
import { whoFields, whoOf } from '../rulebook/who.ts'
import type { Who } from '../rulebook/who.ts'
import { filterFields, said, saidMany } from '../spaces/filter.ts'
import type { Filter } from '../spaces/filter.ts'
import type { SpaceKind } from '../spaces/space.ts'
import { addDays, daysBetween, isLocalDate, localDateOf, minuteOfDay, parseMinute, weekdayOf } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'
import { suitedKinds } from './suited.ts'

const clock = z.string('spaces.error.time').transform((text, check) => {
  const minute = parseMinute(text)
  if (minute === null) check.addIssue({ code: 'custom', message: 'spaces.error.time' })
  return minute ?? z.NEVER
})

/** Wall-clock times of a query as minutes of the day; the end may be 24:00. */
export const fromField = said(clock.refine((minute) => minute < 1440, 'spaces.error.time'))
export const toField = said(clock)

export const dateField = said(z.string('spaces.error.date').refine(isLocalDate, 'spaces.error.date'))
export const minutesField = said(z.string('spaces.error.minutes').regex(/^\d{1,4}$/, 'spaces.error.minutes').transform(Number)
  .refine((minutes) => minutes >= 15 && minutes <= 1440, 'spaces.error.minutes'))
/** ISO weekdays, 1 = Monday. */
export const weekdaysField = saidMany(z.string('spaces.error.choice').regex(/^[1-7]$/, 'spaces.error.choice').transform(Number))

export const sorts = ['earliest', 'nearest', 'price', 'size'] as const
export type Sort = (typeof sorts)[number]
export const views = ['list', 'matrix', 'map'] as const
export type View = (typeof views)[number]

const yes = said(z.enum(['1'], 'spaces.error.choice').transform(() => true))

/** The query of the list of spaces: what is not said is left to `searchOf`. Faults are named by message key. */
export const searchQuery = z.object({
  ...filterFields,
  ...whoFields,
  near: said(z.string('spaces.error.near').trim().max(100, 'spaces.error.near')),
  date: dateField,
  dateTo: dateField,
  weekdays: weekdaysField,
  from: fromField,
  to: toField,
  minutes: minutesField,
  /** Also kinds of space that do not suit the purpose. */
  anyKind: yes,
  free: yes,
  fits: yes,
  sort: said(z.enum(sorts, 'spaces.error.choice')),
  /** The date that the matrix shows, of several. */
  on: dateField,
  view: said(z.enum(views, 'spaces.error.choice')),
  page: said(z.string('spaces.error.choice').regex(/^[1-9]\d{0,3}$/, 'spaces.error.choice').transform(Number)),
})
export type SearchQuery = z.output<typeof searchQuery>

/** What to look for, with nothing left open: minutes of the day, a length in minutes, a page from 1. */
export type Search = {
  filter: Filter
  /** The kinds that suit the purpose, looked at when no kind was chosen; null: any kind. */
  suited: readonly SpaceKind[] | null
  anyKind: boolean
  who: Who | null
  /** The name of a place, as it was typed. */
  near: string | undefined
  date: LocalDate
  /** The last of several dates; null when one date was asked for. */
  dateTo: LocalDate | null
  /** ISO weekdays, in order; none means all. */
  weekdays: number[]
  /** The dates to look at, in order: at most eight weeks of them, and none when no such weekday lies between. */
  dates: LocalDate[]
  /** The date asked for was over, so that today's is looked at. */
  passed: boolean
  from: number
  to: number
  minutes: number
  /** Only what costs the one who asks nothing. */
  free: boolean
  fits: boolean
  sort: Sort
  view: View
  /** The date that the matrix shows. */
  on: LocalDate
  page: number
}

const evening = { from: 17 * 60, to: 21 * 60 }
const weekendMorning = 9 * 60
const usualMinutes = 60
/** From this time of day on, the question without a date is about tomorrow. */
const lateToday = 18 * 60
/** The longest stretch of dates that one search looks at. */
export const mostDates = 56

/**
 * Fills in what was not said: this evening (tomorrow's when it is late), 17–21 or at weekends 9–21, and an hour. A `to`
 * that leaves no room for the length counts as not said: the answer names the times it is about.
 */
export function searchOf(query: SearchQuery, now: number): Search {
  const { q, unitKind, kind, area, people, equipment, access, supervision, date: asked, near, free = false, fits = false, view = 'list', page = 1 } = query
  const today = localDateOf(now)
  const date = asked === undefined ? (minuteOfDay(now) < lateToday ? today : addDays(today, 1)) : asked < today ? today : asked
  const dateTo = query.dateTo === undefined || query.dateTo === date ? null : query.dateTo
  const weekdays = dateTo === null ? [] : (query.weekdays ?? []).toSorted((a, b) => a - b)
  const dates = datesOf(date, dateTo, weekdays)
  const least = query.minutes ?? usualMinutes
  const usualFrom = dates.length > 0 && dates.every((one) => weekdayOf(one) > 5) ? weekendMorning : evening.from
  const from = query.from ?? Math.max(0, Math.min(usualFrom, (query.to ?? 1440) - least))
  const roomy = query.to !== undefined && query.to - from >= (query.minutes ?? 15)
  const to = roomy ? query.to! : Math.min(1440, Math.max(evening.to, from + least))
  return {
    filter: { q, unitKind, kind, area, people, equipment, access, supervision },
    suited: kind !== undefined || query.anyKind ? null : suitedKinds(query.purpose) ?? null,
    anyKind: query.anyKind ?? false,
    who: whoOf(query),
    near,
    date,
    dateTo,
    weekdays,
    dates,
    passed: asked !== undefined && asked < today,
    from,
    to,
    minutes: query.minutes ?? Math.min(usualMinutes, to - from),
    free,
    fits,
    sort: query.sort ?? (near === undefined ? 'earliest' : 'nearest'),
    view,
    on: query.on !== undefined && dates.includes(query.on) ? query.on : dates[0] ?? date,
    page,
  }
}

/** The dates from the first to the last (null: only the first) on some weekdays (none: all), in order; none when they are too many or the wrong way round. */
export function datesOf(first: LocalDate, last: LocalDate | null, weekdays: readonly number[]): LocalDate[] {
  const days = last === null ? 0 : daysBetween(first, last)
  if (days < 0 || days >= mostDates) return []
  return Array.from({ length: days + 1 }, (_, i) => addDays(first, i)).filter((date) => weekdays.length === 0 || weekdays.includes(weekdayOf(date)))
}

/** Why a search has no dates to look at, as a fault of the field to mend; null when it has some. */
export function datesFault({ date, dateTo, dates }: Pick<Search, 'date' | 'dateTo' | 'dates'>): { field: 'dateTo' | 'weekdays'; key: `spaces.error.${'dateTo' | 'tooManyDates' | 'weekdays'}` } | null {
  if (dates.length > 0) return null
  const days = dateTo === null ? 0 : daysBetween(date, dateTo)
  if (days < 0) return { field: 'dateTo', key: 'spaces.error.dateTo' }
  return days >= mostDates ? { field: 'dateTo', key: 'spaces.error.tooManyDates' } : { field: 'weekdays', key: 'spaces.error.weekdays' }
}
