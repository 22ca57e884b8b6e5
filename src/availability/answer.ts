import type { Interval } from '../time/interval.ts'
import { free } from './free.ts'
import { openIntervals } from './openings.ts'
import type { Refusal } from './refusals.ts'
import { refusalsOf } from './rules.ts'
import type { Standing, Wish } from './rules.ts'
import type { DateRange, Limits, Schedule } from './schedule.ts'
import type { Taken } from './taken.ts'

export type { DateRange, Limits, Refusal, Schedule, Standing, Taken, Wish }

/**
 * What may be asked of a space: when it is open and free on a range of dates, and what speaks against a wish.
 * `taken` must cover `neighbourhood` of the range (with the space's shortest length) and of the wish.
 */
export type Question = {
  schedule: Schedule
  taken: readonly Taken[]
  now: number
  limits: Limits
  range?: DateRange | undefined
  wish?: Wish | undefined
  standing?: Standing | undefined
}

/** Without a range nothing is listed; without a wish nothing is refused. */
export type Answer = { open: Interval[]; free: Interval[]; refusals: Refusal[] }

/**
 * The one answer to "may this be booked, and when?". List, week table, form, API, quote and approval all ask it.
 * `free` is what an anonymous wish of the shortest length finds; `refusals` are all the reasons against the wish.
 */
export function answer({ schedule, taken, now, limits, range, wish, standing }: Question): Answer {
  const others = wish ? taken.filter((one) => !isOwn(one, wish)) : taken
  return {
    open: range ? openIntervals(schedule, range.from, range.to) : [],
    free: range ? free(schedule, others, range, now, limits) : [],
    refusals: wish ? refusalsOf({ schedule, taken: others, now, limits, wish, standing }) : [],
  }
}

const isOwn = (one: Taken, wish: Wish): boolean =>
  one.id === (one.kind === 'booking' ? wish.bookingId : wish.holdId)
