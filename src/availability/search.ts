import type { Listed } from '../spaces/catalogue.ts'
import type { Space } from '../spaces/space.ts'
import type { Interval } from '../time/interval.ts'
import { edgeAt, minuteMs } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'
import { firstStart } from './free-day.ts'
import type { FreeDayNow } from './free-day.ts'
import { startsAllowed } from './horizon.ts'
import { longest, shortest } from './length.ts'
import type { Limits, Schedule } from './schedule.ts'

/** A time to look for on each of some dates, in order: minutes of the day and a length in minutes. */
export type TimeWish = { dates: readonly LocalDate[]; from: number; to: number; minutes: number }

/** A space that passed the filter, and its schedule for the one who asks. */
export type Candidate = { listed: Listed; schedule: Schedule }

/**
 * A candidate with its answer: the length it can be had for (null: never so long), the first time that fits, and on how
 * many of the dates one does.
 */
export type Hit = Candidate & { minutes: number | null; first: Interval | null; dates: number }

/** The wished length as the space takes it: on its step and not under its shortest; null when it never takes so long. */
export function lengthFor(space: Pick<Space, 'minMinutes' | 'maxMinutes' | 'stepMinutes'>, minutes: number): number | null {
  const length = Math.max(Math.ceil(minutes / space.stepMinutes) * space.stepMinutes, shortest(space))
  return length <= longest(space) ? length : null
}

/** The stretch of a date that a wish looks at. An edge in the spring gap moves to its end; doubled edges make it the longer. */
export const stretchOn = (date: LocalDate, { from, to }: Pick<TimeWish, 'from' | 'to'>): Interval =>
  ({ start: edgeAt(date, from, 'start'), end: edgeAt(date, to, 'end') })

/** The answer of each candidate; `days` are those of the wish, in order. */
export function hitsOf(candidates: readonly Candidate[], days: readonly FreeDayNow[], wish: Omit<TimeWish, 'dates'>, now: number, limits: Limits): Hit[] {
  const firstIn = firsts(days, wish, now, limits)
  return candidates.map(({ listed, schedule }) => {
    const minutes = lengthFor(listed.space, wish.minutes)
    const { first, dates } = minutes === null ? nowhere : firstIn({ listed, schedule }, minutes)
    return { listed, schedule, minutes, first, dates }
  })
}

type Firsts = { first: Interval | null; dates: number }
const nowhere: Firsts = { first: null, dates: 0 }

function firsts(days: readonly FreeDayNow[], wish: Omit<TimeWish, 'dates'>, now: number, limits: Limits) {
  const stretches = days.map(({ date }) => stretchOn(date, wish))
  const startsIn = startsKnown(now, limits)
  return ({ listed: { position, space: { stepMinutes } }, schedule }: Candidate, minutes: number): Firsts => {
    const starts = startsIn(schedule)
    let first: number | null = null
    let dates = 0
    for (const [i, day] of days.entries()) {
      const start = firstStart(day, position, starts, stretches[i]!, minutes * minuteMs, stepMinutes)
      if (start === null) continue
      first ??= start
      dates++
    }
    return { first: first === null ? null : { start: first, end: first + minutes * minuteMs }, dates }
  }
}

/** The first time on each of the days that has one, in order, at most so many. */
export function timesOn({ listed, schedule, minutes }: Omit<Hit, 'first' | 'dates'>, days: readonly FreeDayNow[], wish: Omit<TimeWish, 'dates'>, now: number, limits: Limits, most: number): Interval[] {
  const found: Interval[] = []
  if (minutes === null) return found
  for (const day of days) {
    if (found.length === most) break
    const { first } = firsts([day], wish, now, limits)({ listed, schedule }, minutes)
    if (first) found.push(first)
  }
  return found
}

/** `startsAllowed`, worked out once for all spaces with the same approval and horizon. */
function startsKnown(now: number, limits: Limits): (schedule: Schedule) => Interval {
  const known = { automatic: new Map<number, Interval>(), person: new Map<number, Interval>() }
  return (schedule) => {
    const { approval, daysAhead } = schedule.space
    let starts = known[approval].get(daysAhead)
    if (!starts) known[approval].set(daysAhead, (starts = startsAllowed(schedule, now, limits)))
    return starts
  }
}

type Found = Hit & { first: Interval }

/** The hits that can take exactly so many minutes. */
export const fitsExactly = (hits: readonly Hit[], minutes: number): Found[] =>
  hits.filter((hit): hit is Found => hit.first !== null && hit.minutes === minutes)

/** The earliest first; equals stay in the order of the list. */
export const soonestFirst = (hits: readonly Found[]): Found[] => hits.toSorted((a, b) => a.first.start - b.first.start)
