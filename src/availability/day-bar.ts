import { intersect } from '../time/interval.ts'
import type { Interval } from '../time/interval.ts'
import { edgeAt, localDateOf, minuteMs, minuteOfDay } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'
import { stretchesOf } from './free-day.ts'
import type { FreeDayNow } from './free-day.ts'
import { startsAllowed } from './horizon.ts'
import { stepDown, stepUp } from './length.ts'
import { openWithin } from './openings.ts'
import type { Limits, Schedule } from './schedule.ts'
import type { Candidate } from './search.ts'

/** The hours around a wish, as instants and (in `bar`) as minutes of the day: open, taken, and where the wish fits. */
export type DayBar = {
  open: Interval[]
  taken: Interval[]
  fits: Interval[]
  bar: { from: number; to: number; open: Interval[]; taken: Interval[]; fits: Interval[] }
}

/** Minutes of the day that are asked about. */
type Hours = { from: number; to: number }

const margin = 60

/** The hours that the bar of a wish shows. */
const hoursOf = ({ from, to }: Hours): { from: number; to: number } =>
  ({ from: Math.max(0, from - margin), to: Math.min(1440, to + margin) })

/**
 * What a space's day looks like around a wish. `minutes` is the length the space takes; null when it never takes so long,
 * so that nothing fits. A time fits where it may start, on the space's step, and ends inside what is asked.
 */
export function dayBar(day: FreeDayNow, { listed: { position }, schedule }: Candidate, hours: Hours, minutes: number | null, now: number, limits: Limits): DayBar {
  const { date } = day
  const { from, to } = hoursOf(hours)
  const shown = { start: edgeAt(date, from, 'start'), end: edgeAt(date, to, 'end') }
  const asked = { start: edgeAt(date, hours.from, 'start'), end: edgeAt(date, hours.to, 'end') }
  const open = openWithin(schedule, shown)
  const taken = intersect(open, stretchesOf(day, position, 'busy'))
  const fits = minutes === null ? [] : fitting(intersect(stretchesOf(day, position), [asked]), schedule, minutes, now, limits)
  const onClock = (intervals: Interval[]): Interval[] =>
    intervals.map(({ start, end }) => ({ start: minuteOn(date, start), end: minuteOn(date, end) }))
  return { open, taken, fits, bar: { from, to, open: onClock(open), taken: onClock(taken), fits: onClock(fits) } }
}

/** The union of all times of the length that lie in the free stretches. */
function fitting(free: readonly Interval[], schedule: Schedule, minutes: number, now: number, limits: Limits): Interval[] {
  const { stepMinutes } = schedule.space
  const starts = startsAllowed(schedule, now, limits)
  const length = minutes * minuteMs
  return free.flatMap(({ start, end }) => {
    const first = stepUp(Math.max(start, starts.start), stepMinutes)
    const last = stepDown(Math.min(end - length, starts.end - 1), stepMinutes)
    return first <= last ? [{ start: first, end: last + length }] : []
  })
}

/** What the clock shows of an instant on the date: 1440 for the midnight after it. */
const minuteOn = (date: LocalDate, instant: number): number => (localDateOf(instant) > date ? 1440 : minuteOfDay(instant))
