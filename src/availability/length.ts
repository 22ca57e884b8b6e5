import type { Space } from '../spaces/space.ts'
import { minuteMs } from '../time/wallclock.ts'

type Lengths = Pick<Space, 'minMinutes' | 'maxMinutes' | 'stepMinutes'>

/** The shortest wish the space takes (minutes): its minimum, rounded up to its step. */
export const shortest = ({ minMinutes, stepMinutes }: Lengths): number =>
  Math.ceil(Math.max(minMinutes, stepMinutes) / stepMinutes) * stepMinutes

/** The longest wish the space takes (minutes): its maximum, rounded down to its step. */
export const longest = ({ maxMinutes, stepMinutes }: Lengths): number =>
  Math.floor(maxMinutes / stepMinutes) * stepMinutes

/** Whether a wish of so many minutes has no refusal for its length. */
export const isLength = (space: Lengths, minutes: number): boolean =>
  shortest(space) <= minutes && minutes <= longest(space) && minutes % space.stepMinutes === 0

// Helsinki's offset is whole hours and steps divide an hour, so that instants on the step in UTC are on it on the wall.

/** The first instant on a step of so many minutes, from this one on (epoch ms). */
export function stepUp(instant: number, stepMinutes: number): number {
  const step = stepMinutes * minuteMs
  return Math.ceil(instant / step) * step
}

/** The last instant on a step of so many minutes, up to this one. */
export function stepDown(instant: number, stepMinutes: number): number {
  const step = stepMinutes * minuteMs
  return Math.floor(instant / step) * step
}
