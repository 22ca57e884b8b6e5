import type { Space } from '../spaces/space.ts'
import type { Interval } from '../time/interval.ts'
import { addWorkingDays } from '../time/working-days.ts'
import { addDays, endOf, localDateOf, startOf } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'
import type { Limits, Schedule } from './schedule.ts'

/** The first date that leaves a person time to handle a request made now: the last working day of the lead time. */
export const firstHandledDate = ({ calendar }: Schedule, now: number, limits: Limits): LocalDate =>
  addWorkingDays(localDateOf(now), limits.handlingWorkingDays, calendar)

/** The last date on which a booking made now may start. */
export const lastBookableDate = (space: Pick<Space, 'daysAhead'>, now: number): LocalDate => addDays(localDateOf(now), space.daysAhead)

/** Where anyone's wish made now may start: not in the past, not too late for a person's decision, not too far ahead. */
export function startsAllowed(schedule: Schedule, now: number, limits: Limits): Interval {
  const { space } = schedule
  const handled = space.approval === 'person' ? startOf(firstHandledDate(schedule, now, limits)) : now
  return { start: Math.max(now, handled), end: endOf(lastBookableDate(space, now)) }
}
