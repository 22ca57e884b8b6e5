import type { Listed } from '../spaces/catalogue.ts'
import { clip, union } from '../time/interval.ts'
import type { Interval } from '../time/interval.ts'
import type { LocalDate } from '../time/wallclock.ts'
import { dayOf, freeWithin } from './free.ts'
import { stepUp } from './length.ts'
import type { Taken } from './taken.ts'

/**
 * When every space of the catalogue is free and when it is taken on one local date, from midnight to midnight: free is open
 * and out of the shadow of bookings, whatever the time is now. Kept as flat numbers, as a city has a thousand spaces and a
 * search looks at weeks.
 */
export type FreeDay = {
  date: LocalDate
  free: Stretches
  busy: Stretches
  /** Positions of the spaces that a hold touches: a hold runs out, so that they have no stretches here. */
  held: readonly number[]
}

/** Starts and ends by turns (epoch ms), of one space after the other; where those of each position of the catalogue begin, and at last where all end. */
type Stretches = { edges: Float64Array; begins: Uint32Array }

/** A day as it is now: with the stretches of the spaces in `held`. */
export type FreeDayNow = FreeDay & { apart: ReadonlyMap<number, Own> }
type Own = { free: readonly Interval[]; busy: readonly Interval[] }

/** `taken` must cover the `neighbourhood` of the date, by the spaces' ids; holds that have run out may be in it. */
export function freeDay(spaces: readonly Listed[], taken: ReadonlyMap<string, readonly Taken[]>, date: LocalDate): FreeDay {
  const day = dayOf(date)
  const held: number[] = []
  const own = spaces.map((listed, position): Own => {
    const others = taken.get(listed.space.id) ?? none
    if (!others.some(({ kind }) => kind === 'hold')) return ownOn(day, listed, others)
    held.push(position)
    return { free: [], busy: [] }
  })
  return { date, free: flat(own.map(({ free }) => free)), busy: flat(own.map(({ busy }) => busy)), held }
}

const none: readonly Taken[] = []

const ownOn = (day: Interval, listed: Listed, taken: readonly Taken[]): Own =>
  ({ free: freeWithin(listed, taken, day), busy: taken.length > 0 ? clip(union(taken), day) : [] })

function flat(all: readonly (readonly Interval[])[]): Stretches {
  const edges: number[] = []
  const begins = new Uint32Array(all.length + 1)
  for (const [position, stretches] of all.entries()) {
    begins[position] = edges.length
    for (const { start, end } of stretches) edges.push(start, end)
  }
  begins[all.length] = edges.length
  return { edges: Float64Array.from(edges), begins }
}

/** Those spaces of the day that a hold touches, with what is taken of them now. */
export function withHolds(day: FreeDay, spaces: readonly Listed[], taken: ReadonlyMap<string, readonly Taken[]>): FreeDayNow {
  const apart = new Map(day.held.map((position) => {
    const listed = spaces[position]!
    return [position, ownOn(dayOf(day.date), listed, taken.get(listed.space.id) ?? none)]
  }))
  return { ...day, apart }
}

/** When the space at the position is free on the day, or taken: sorted. */
export function stretchesOf(day: FreeDayNow, position: number, which: 'free' | 'busy' = 'free'): readonly Interval[] {
  const own = day.apart.get(position)
  if (own) return own[which]
  const { edges, begins } = day[which]
  const found: Interval[] = []
  for (let i = begins[position]!; i < begins[position + 1]!; i += 2) found.push({ start: edges[i]!, end: edges[i + 1]! })
  return found
}

/**
 * When the first time of `length` (ms) starts, on the step of the space at the position, where it may start and within the
 * stretch of the day that is looked at; null when none fits. Asked a thousand times a search.
 */
export function firstStart(
  { free: { edges, begins }, apart }: FreeDayNow, position: number, starts: Interval, within: Interval, length: number, stepMinutes: number,
): number | null {
  const own = apart.size > 0 ? apart.get(position) : undefined
  const from = Math.max(within.start, starts.start)
  if (own) {
    for (const { start, end } of own.free) {
      const at = stepUp(Math.max(start, from), stepMinutes)
      if (at < starts.end && at + length <= end && at + length <= within.end) return at
    }
    return null
  }
  const last = begins[position + 1]!
  for (let i = begins[position]!; i < last; i += 2) {
    const at = stepUp(Math.max(edges[i]!, from), stepMinutes)
    if (at < starts.end && at + length <= edges[i + 1]! && at + length <= within.end) return at
  }
  return null
}
