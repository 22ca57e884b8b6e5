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

/** When the first time starts where there is none: after all others. */
export const never = Number.MAX_SAFE_INTEGER

/**
 * What a search found, in flat numbers by the position in the catalogue: of a thousand spaces a page shows twenty, and
 * objects for the others were most of what a search left for the garbage collector.
 */
export type Found = {
  /** The spaces that passed the filter, in the order of the list. */
  passed: readonly Listed[]
  /** When the first time starts (epoch ms), or `never`. */
  starts: Float64Array
  /** On how many of the dates a time fits. */
  dates: Uint8Array
}

/** The wished length as the space takes it: on its step and not under its shortest; null when it never takes so long. */
export function lengthFor(space: Pick<Space, 'minMinutes' | 'maxMinutes' | 'stepMinutes'>, minutes: number): number | null {
  const length = Math.max(Math.ceil(minutes / space.stepMinutes) * space.stepMinutes, shortest(space))
  return length <= longest(space) ? length : null
}

/** The stretch of a date that a wish looks at. An edge in the spring gap moves to its end; doubled edges make it the longer. */
export const stretchOn = (date: LocalDate, { from, to }: Pick<TimeWish, 'from' | 'to'>): Interval =>
  ({ start: edgeAt(date, from, 'start'), end: edgeAt(date, to, 'end') })

/** The first times of those that passed; `days` are those of the wish, in order, `spaces` how many the catalogue has. */
export function firstTimes(
  passed: readonly Listed[], spaces: number, startsOf: (listed: Listed) => Interval, days: readonly FreeDayNow[], wish: Omit<TimeWish, 'dates'>,
): Found {
  const starts = new Float64Array(spaces).fill(never)
  const dates = new Uint8Array(spaces)
  const stretches = days.map(({ date }) => stretchOn(date, wish))
  for (const listed of passed) {
    const { position, space } = listed
    const minutes = lengthFor(space, wish.minutes)
    if (minutes === null) continue
    const allowed = startsOf(listed)
    for (let i = 0; i < days.length; i++) {
      const start = firstStart(days[i]!, position, allowed, stretches[i]!, minutes * minuteMs, space.stepMinutes)
      if (start === null) continue
      if (dates[position]!++ === 0) starts[position] = start
    }
  }
  return { passed, starts, dates }
}

/** The first time found in a space, which can be had for so many minutes; null when none fits. */
export function timeOf({ starts }: Found, { position }: Pick<Listed, 'position'>, minutes: number | null): Interval | null {
  const start = starts[position]!
  return minutes === null || start === never ? null : { start, end: start + minutes * minuteMs }
}

/** What was found of a space, for a wish of so many minutes. */
export function hitIn(found: Found, { listed, schedule }: Candidate, wished: number): Hit {
  const minutes = lengthFor(listed.space, wished)
  return { listed, schedule, minutes, first: timeOf(found, listed, minutes), dates: found.dates[listed.position]! }
}

/** The first time on each of the days that has one, in order, at most so many. */
export function timesOn({ listed, schedule, minutes }: Omit<Hit, 'first' | 'dates'>, days: readonly FreeDayNow[], wish: Omit<TimeWish, 'dates'>, now: number, limits: Limits, most: number): Interval[] {
  const found: Interval[] = []
  if (minutes === null) return found
  const allowed = startsAllowed(schedule, now, limits)
  for (const day of days) {
    if (found.length === most) break
    const start = firstStart(day, listed.position, allowed, stretchOn(day.date, wish), minutes * minuteMs, listed.space.stepMinutes)
    if (start !== null) found.push({ start, end: start + minutes * minuteMs })
  }
  return found
}

/** `startsAllowed` of a space with this approval, worked out once for all with the same approval and horizon. */
export function startsKnown(now: number, limits: Limits): (listed: Listed, approval: Space['approval']) => Interval {
  const known = { automatic: new Map<number, Interval>(), person: new Map<number, Interval>() }
  return (listed, approval) => {
    const { daysAhead } = listed.space
    let starts = known[approval].get(daysAhead)
    if (!starts) known[approval].set(daysAhead, (starts = startsAllowed({ ...listed, space: { ...listed.space, approval } }, now, limits)))
    return starts
  }
}

/** Those that can take exactly so many minutes. */
export const fitsExactly = ({ passed, starts }: Found, minutes: number): Listed[] =>
  passed.filter(({ position, space }) => starts[position] !== never && lengthFor(space, minutes) === minutes)

/** The earliest first; equals stay in the order of the list. */
export const soonestFirst = (listed: readonly Listed[], { starts }: Found): Listed[] =>
  listed.toSorted((a, b) => starts[a.position]! - starts[b.position]!)
