import { z } from 'zod'
import { whoFields, whoOf } from '../rulebook/who.ts'
import type { Who } from '../rulebook/who.ts'
import { filterFields, said } from '../spaces/filter.ts'
import type { Filter } from '../spaces/filter.ts'
import { addDays, isLocalDate, localDateOf, minuteOfDay, parseMinute, weekdayOf } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'

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

/** The query of the list of spaces: what is not said is left to `searchOf`. Faults are named by message key. */
export const searchQuery = z.object({
  ...filterFields,
  ...whoFields,
  date: dateField,
  from: fromField,
  to: toField,
  minutes: minutesField,
  fits: said(z.enum(['1'], 'spaces.error.choice').transform(() => true)),
  page: said(z.string('spaces.error.choice').regex(/^[1-9]\d{0,3}$/, 'spaces.error.choice').transform(Number)),
})
export type SearchQuery = z.output<typeof searchQuery>

/** What to look for, with nothing left open: minutes of the day, a length in minutes, a page from 1. */
export type Search = {
  filter: Filter
  who: Who | null
  date: LocalDate
  /** The date asked for was over, so that today's is looked at. */
  passed: boolean
  from: number
  to: number
  minutes: number
  fits: boolean
  page: number
}

const evening = { from: 17 * 60, to: 21 * 60 }
const weekendMorning = 9 * 60
const usualMinutes = 60
/** From this time of day on, the question without a date is about tomorrow. */
const lateToday = 18 * 60

/**
 * Fills in what was not said: this evening (tomorrow's when it is late), 17–21 or at weekends 9–21, and an hour. A `to`
 * that leaves no room for the length counts as not said: the answer names the times it is about.
 */
export function searchOf(query: SearchQuery, now: number): Search {
  const { q, unitKind, kind, area, people, date: asked, fits = false, page = 1 } = query
  const today = localDateOf(now)
  const date = asked === undefined ? (minuteOfDay(now) < lateToday ? today : addDays(today, 1)) : asked < today ? today : asked
  const least = query.minutes ?? usualMinutes
  const usualFrom = weekdayOf(date) > 5 ? weekendMorning : evening.from
  const from = query.from ?? Math.max(0, Math.min(usualFrom, (query.to ?? 1440) - least))
  const roomy = query.to !== undefined && query.to - from >= (query.minutes ?? 15)
  const to = roomy ? query.to! : Math.min(1440, Math.max(evening.to, from + least))
  return {
    filter: { q, unitKind, kind, area, people },
    who: whoOf(query),
    date,
    passed: asked !== undefined && asked < today,
    from,
    to,
    minutes: query.minutes ?? Math.min(usualMinutes, to - from),
    fits,
    page,
  }
}
