import type { Space } from '../spaces/space.ts'
import { union } from '../time/interval.ts'
import type { Interval } from '../time/interval.ts'
import { minuteMs } from '../time/wallclock.ts'

/**
 * An occupancy of any of the space's parts, with the empty time its own space needs around it (minutes).
 * A booking of several parts may come several times.
 */
export type Taken = Interval & { id: string; before: number; after: number; kind: 'booking' | 'hold' }

type Buffers = Pick<Space, 'bufferBefore' | 'bufferAfter'>

/** The longest buffer a space may ask for (minutes), so that a query for neighbours knows how far to look. */
export const longestBuffer = 240

/** Minutes that must stay empty between the occupancy and a wish that comes after it. */
export const gapAfter = (one: Taken, space: Buffers): number => Math.max(one.after, space.bufferBefore)

/** Minutes that must stay empty between a wish and the occupancy that comes after it. */
export const gapBefore = (one: Taken, space: Buffers): number => Math.max(space.bufferAfter, one.before)

/** Where no wish of the space may reach because of this occupancy: itself and the gaps around it. */
export const shadow = (one: Taken, space: Buffers): Interval =>
  ({ start: one.start - gapBefore(one, space) * minuteMs, end: one.end + gapAfter(one, space) * minuteMs })

/** The shadows of all occupancies as one sorted list. */
export const shadows = (taken: readonly Taken[], space: Buffers): Interval[] =>
  union(taken.map((one) => shadow(one, space)))
