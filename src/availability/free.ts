import { clip, subtract } from '../time/interval.ts'
import type { Interval } from '../time/interval.ts'
import { endOf, minuteMs, startOf } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'
import { startsAllowed } from './horizon.ts'
import { isLength, shortest, stepDown, stepUp } from './length.ts'
import { openWithin } from './openings.ts'
import type { DateRange, Limits, Schedule } from './schedule.ts'
import { longestBuffer, shadows } from './taken.ts'
import type { Taken } from './taken.ts'

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
  const { stepMinutes } = schedule.space
  const length = minutes * minuteMs
  const found: Interval[] = []
  for (const gap of freeWithin(schedule, taken, { start: wanted.start - length, end: wanted.end + length })) {
    const first = stepUp(Math.max(gap.start, starts.start), stepMinutes)
    const last = stepDown(Math.min(gap.end - length, starts.end - 1), stepMinutes)
    if (first <= last) found.push({ start: first, end: last + length })
  }
  return clip(found, wanted)
}

/** Which instants' occupancies an answer needs to know: what it asks about, and as far as a wish and a gap may reach. */
export function neighbourhood(asked: Interval, minutes = 0): Interval {
  const reach = (minutes + longestBuffer) * minuteMs
  return { start: asked.start - reach, end: asked.end + reach }
}

/** The whole of a local date. */
export const dayOf = (date: LocalDate): Interval => ({ start: startOf(date), end: endOf(date) })

/** Open and out of every occupancy's shadow, within the window: a wish fits when it lies inside one of these. */
export function freeWithin(schedule: Schedule, taken: readonly Taken[], window: Interval): Interval[] {
  const open = openWithin(schedule, window)
  return open.length > 0 && taken.length > 0 ? subtract(open, shadows(taken, schedule.space)) : open
}
