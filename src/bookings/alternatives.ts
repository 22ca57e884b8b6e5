import { longest, shortest, stepDown, stepUp } from '../availability/length.ts'
import { intersect } from '../time/interval.ts'
import type { Interval } from '../time/interval.ts'
import { instantAt, localDateOf, minuteMs, minuteOfDay, type LocalDate } from '../time/wallclock.ts'

type Lengths = { minMinutes: number; maxMinutes: number; stepMinutes: number }

/** How long a wish can be at all (ms): as wanted, rounded up to the step, within the space's limits. */
const lengthFor = (wanted: Interval, space: Lengths): number =>
  Math.min(Math.max(stepUp(wanted.end - wanted.start, space.stepMinutes), shortest(space) * minuteMs), longest(space) * minuteMs)

/** What a start on another minute of the hour is worth (ms): people ask for 18.00 or 18.30, not for 17.45. */
const oddStart = 45 * minuteMs

/**
 * Up to `most` wishes inside the free times, nearest to the wanted start, in the order of the day and at least an hour
 * apart. As long as wanted, or as long as the longest free time when nothing so long is left.
 */
export function otherTimes(free: readonly Interval[], wanted: Interval, space: Lengths, most = 6): Interval[] {
  const step = space.stepMinutes * minuteMs
  const widest = Math.max(0, ...free.map((gap) => gap.end - gap.start))
  const length = Math.min(lengthFor(wanted, space), Math.floor(widest / step) * step)
  if (length < shortest(space) * minuteMs) return []
  const starts: number[] = []
  for (const gap of free) {
    for (let start = Math.ceil(gap.start / step) * step; start + length <= gap.end; start += step) starts.push(start)
  }
  const cost = (start: number): number =>
    Math.abs(start - wanted.start) + (minuteOfDay(start) % 60 === minuteOfDay(wanted.start) % 60 ? 0 : oddStart)
  starts.sort((a, b) => cost(a) - cost(b))
  const chosen: number[] = []
  for (const start of starts) {
    if (chosen.length === most) break
    if (chosen.every((other) => Math.abs(other - start) >= 60 * minuteMs)) chosen.push(start)
  }
  return chosen.sort((a, b) => a - b).map((start) => ({ start, end: start + length }))
}

/** Up to two times within the wanted one that are free, the longest first: better a short evening than none. */
export function shorterTimes(free: readonly Interval[], wanted: Interval, space: Lengths, most = 2): Interval[] {
  return intersect(free, [wanted])
    .map(({ start, end }) => ({ start: stepUp(start, space.stepMinutes), end: stepDown(end, space.stepMinutes) }))
    .filter(({ start, end }) => end - start >= shortest(space) * minuteMs && end - start < wanted.end - wanted.start)
    .sort((a, b) => b.end - b.start - (a.end - a.start))
    .slice(0, most)
}

/** The same clock time on the given dates where it lies wholly in the free times; a date that lacks the time is passed over. */
export function sameTimeOn(dates: readonly LocalDate[], free: readonly Interval[], wanted: Interval, space: Lengths, most = 3): Interval[] {
  const length = lengthFor(wanted, space)
  const found: Interval[] = []
  for (const date of dates) {
    if (found.length === most) break
    const reading = instantAt(date, minuteOfDay(wanted.start))
    if (date === localDateOf(wanted.start) || reading.kind !== 'one') continue
    const wish = { start: reading.at, end: reading.at + length }
    if (free.some((gap) => gap.start <= wish.start && wish.end <= gap.end)) found.push(wish)
  }
  return found
}
