import { clip, intersect, union } from '../time/interval.ts'
import type { Interval } from '../time/interval.ts'
import { edgeAt, localDateOf, minuteMs, minuteOfDay } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'
import { free } from './free.ts'
import { openWithin } from './openings.ts'
import type { Limits } from './schedule.ts'
import type { Candidate, TimeWish } from './search.ts'

/** The hours around a wish, as instants and (in `bar`) as minutes of the day: open, taken, and where the wish fits. */
export type DayBar = {
  open: Interval[]
  taken: Interval[]
  fits: Interval[]
  bar: { from: number; to: number; open: Interval[]; taken: Interval[]; fits: Interval[] }
}

const margin = 60

/** The hours that the bar of a wish shows. */
const hoursOf = ({ from, to }: Pick<TimeWish, 'from' | 'to'>): { from: number; to: number } =>
  ({ from: Math.max(0, from - margin), to: Math.min(1440, to + margin) })

/** The same as a stretch of time: what must be known of others' occupancies, with the neighbourhood of the wish's length. */
export function dayBarSpan(wish: TimeWish): Interval {
  const { from, to } = hoursOf(wish)
  return { start: edgeAt(wish.date, from, 'start'), end: edgeAt(wish.date, to, 'end') }
}

/** `minutes` is the length the space takes; null when it never takes so long, so that nothing fits. */
export function dayBar({ schedule, taken }: Candidate, wish: TimeWish, minutes: number | null, now: number, limits: Limits): DayBar {
  const { date } = wish
  const { from, to } = hoursOf(wish)
  const shown = dayBarSpan(wish)
  const asked = { start: edgeAt(date, wish.from, 'start'), end: edgeAt(date, wish.to, 'end') }
  const open = openWithin(schedule, shown)
  const busy = intersect(open, clip(union(taken), shown))
  const fits = minutes === null ? [] : clip(free(schedule, taken, { from: date, to: date }, now, limits, minutes), asked)
    .filter(({ start, end }) => end - start >= minutes * minuteMs)
  const onClock = (intervals: Interval[]): Interval[] =>
    intervals.map(({ start, end }) => ({ start: minuteOn(date, start), end: minuteOn(date, end) }))
  return { open, taken: busy, fits, bar: { from, to, open: onClock(open), taken: onClock(busy), fits: onClock(fits) } }
}

/** What the clock shows of an instant on the date: 1440 for the midnight after it. */
const minuteOn = (date: LocalDate, instant: number): number => (localDateOf(instant) > date ? 1440 : minuteOfDay(instant))
