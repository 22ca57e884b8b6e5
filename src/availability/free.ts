import { clip, subtract } from '../time/interval.ts'
import type { Interval } from '../time/interval.ts'
import { edgeAt, endOf, minuteMs, startOf } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'
import { startsAllowed } from './horizon.ts'
import { isLength, shortest, stepDown, stepUp } from './length.ts'
import { openWithin } from './openings.ts'
import type { DateRange, Limits, Schedule } from './schedule.ts'
import { longestBuffer, shadows } from './taken.ts'
import type { Taken } from './taken.ts'

/** A search for one time of `minutes` on a date, inside wall-clock minutes 0–2880. */
export type SearchWindow = { date: LocalDate; fromMinute: number; toMinute: number; minutes: number }

/**
 * Where an anonymous wish of so many minutes (the space's shortest by default) has no time refusal: the union of all
 * such wishes, cut at the range's midnights; the piece beside a cut may be shorter than a wish. Sorted, on the step.
 * `taken` must cover `neighbourhood` of the range.
 */
export function free(
  schedule: Schedule, taken: readonly Taken[], range: DateRange, now: number, limits: Limits,
  minutes = shortest(schedule.space),
): Interval[] {
  const wanted = { start: startOf(range.from), end: endOf(range.to) }
  const starts = startsAllowed(schedule, now, limits)
  if (!isLength(schedule.space, minutes) || wanted.end <= starts.start) return []
  const length = minutes * minuteMs
  const found: Interval[] = []
  for (const gap of gaps(schedule, taken, { start: wanted.start - length, end: wanted.end + length })) {
    const first = stepUp(Math.max(gap.start, starts.start), schedule.space)
    const last = stepDown(Math.min(gap.end - length, starts.end - 1), schedule.space)
    if (first <= last) found.push({ start: first, end: last + length })
  }
  return clip(found, wanted)
}

/**
 * The earliest wish inside the window that has no time refusal, or null. A window edge in the spring gap moves to its
 * end; doubled edges make the window the longer. `taken` must cover the window with `longestBuffer` on both sides.
 */
export const firstFitting = (
  schedule: Schedule, taken: readonly Taken[], now: number, limits: Limits, search: SearchWindow,
): Interval | null => (isLength(schedule.space, search.minutes)
  ? firstWithin(schedule, taken, startsAllowed(schedule, now, limits), stretchOf(search), search.minutes)
  : null)

/** The stretch of time that a window looks at. */
export const stretchOf = ({ date, fromMinute, toMinute }: Omit<SearchWindow, 'minutes'>): Interval =>
  ({ start: edgeAt(date, fromMinute, 'start'), end: edgeAt(date, toMinute, 'end') })

/** `firstFitting` for callers that ask many spaces: the length is one of the space's, and where a wish may start and the stretch to look at are told. */
export function firstWithin(
  schedule: Schedule, taken: readonly Taken[], starts: Interval, window: Interval, minutes: number,
): Interval | null {
  const length = minutes * minuteMs
  if (window.end - window.start < length) return null
  for (const gap of gaps(schedule, taken, window)) {
    const start = stepUp(Math.max(gap.start, starts.start), schedule.space)
    if (start < starts.end && start + length <= gap.end) return { start, end: start + length }
  }
  return null
}

/** Which instants' occupancies an answer needs to know: what it asks about, and as far as a wish and a gap may reach. */
export function neighbourhood(asked: Interval, minutes = 0): Interval {
  const reach = (minutes + longestBuffer) * minuteMs
  return { start: asked.start - reach, end: asked.end + reach }
}

/** Open and out of every occupancy's shadow, within the window: a wish fits when it lies inside one of these. */
function gaps(schedule: Schedule, taken: readonly Taken[], window: Interval): Interval[] {
  const open = openWithin(schedule, window)
  return open.length > 0 && taken.length > 0 ? subtract(open, shadows(taken, schedule.space)) : open
}
