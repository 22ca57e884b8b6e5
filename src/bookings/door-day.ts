import { lastBookableDate } from '../availability/horizon.ts'
import type { Space } from '../spaces/space.ts'
import { addDays, localDateOf } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'

/** The day whose doors are shown, and the days beside it; null where there is nothing more to look at. */
export type DoorDay = { date: LocalDate; before: LocalDate | null; after: LocalDate | null }

/** Bills and complaints ask for a day that is over, though not after a year. */
const daysBack = 365

/** The nearest day to the one asked that has doors to show: a year back at most, and as far ahead as any space is booked. */
export function doorDay(spaces: readonly { space: Pick<Space, 'daysAhead'> }[], now: number, asked: LocalDate | undefined): DoorDay {
  const today = localDateOf(now)
  const first = addDays(today, -daysBack)
  const last = lastBookableDate({ daysAhead: spaces.reduce((most, { space }) => Math.max(most, space.daysAhead), 0) }, now)
  const wanted = asked ?? today
  const date = wanted < first ? first : wanted > last ? last : wanted
  return { date, before: date > first ? addDays(date, -1) : null, after: date < last ? addDays(date, 1) : null }
}
