import { clip } from '../time/interval.ts'
import type { Interval } from '../time/interval.ts'
import { addDays, endOf, localDateOf, startOf } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'
import type { DateRange } from './schedule.ts'

export type Day = { date: LocalDate; open: Interval[]; free: Interval[] }

/** Open and free times by local date, cut at midnight: a night's end stands under the date that it falls on. */
export function byDay({ open, free }: { open: readonly Interval[]; free: readonly Interval[] }, range: DateRange): Day[] {
  const days: Day[] = []
  for (let date = range.from; date <= range.to; date = addDays(date, 1)) {
    const day = { start: startOf(date), end: endOf(date) }
    days.push({ date, open: clip(open, day), free: clip(free, day) })
  }
  return days
}

/** The dates of which a page names free times and events: today and a fortnight more. */
export function comingDays(now: number): DateRange {
  const today = localDateOf(now)
  return { from: today, to: addDays(today, 14) }
}
