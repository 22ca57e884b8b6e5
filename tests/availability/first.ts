import { freeDay, withHolds } from '../../src/availability/free-day.ts'
import type { Limits, Schedule } from '../../src/availability/schedule.ts'
import type { Taken } from '../../src/availability/taken.ts'
import type { Listed, Unit } from '../../src/spaces/catalogue.ts'
import type { Interval } from '../../src/time/interval.ts'
import { foundAmong } from './found.ts'

/** A search for one time of `minutes` on a date, inside wall-clock minutes 0–1440. */
export type SearchWindow = { date: string; fromMinute: number; toMinute: number; minutes: number }

/** What a search of one space alone finds, when it takes exactly such a length. */
export function firstOn(schedule: Schedule, taken: readonly Taken[], now: number, limits: Limits, { date, fromMinute, toMinute, minutes }: SearchWindow): Interval | null {
  const listed = { ...schedule, position: 0, room: 0, unit: {} as Unit, words: '' } as Listed
  const known = new Map([[schedule.space.id, taken]])
  const day = withHolds(freeDay([listed], known, date), [listed], known)
  const { hits: [hit] } = foundAmong([listed], [day], { from: fromMinute, to: toMinute, minutes }, now, limits)
  return hit && hit.minutes === minutes ? hit.first : null
}
