import type { Interval } from '../time/interval.ts'
import { addDays, edgeAt, localDateOf, minuteMs, weekdayOf } from '../time/wallclock.ts'
import type { Edition } from './edition.ts'

export type Band = Edition['priceList']['bands'][number]
/** Minutes of a slot in one band of hours; `band: null` is the rest of it. */
export type BandMinutes = { band: Band | null; minutes: number }

const overlapMs = (a: Interval, b: Interval): number => Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))

/** A slot (epoch ms) cut by the bands that it touches, in their order, the rest first. Whole when there are none. */
export function minutesByBand(bands: readonly Band[], slot: Interval): BandMinutes[] {
  const all = Math.round((slot.end - slot.start) / minuteMs)
  if (bands.length === 0) return [{ band: null, minutes: all }]
  const within = bands.map(band => ({ band, minutes: Math.round(msWithin(band, slot) / minuteMs) })).filter(({ minutes }) => minutes > 0)
  const rest = all - within.reduce((sum, { minutes }) => sum + minutes, 0)
  return rest > 0 || within.length === 0 ? [{ band: null, minutes: rest }, ...within] : within
}

function msWithin({ weekdays, from, to }: Band, slot: Interval): number {
  let sum = 0
  const last = localDateOf(slot.end - 1)
  for (let date = localDateOf(slot.start); date <= last; date = addDays(date, 1)) {
    if (weekdays.includes(weekdayOf(date))) sum += overlapMs(slot, { start: edgeAt(date, from, 'start'), end: edgeAt(date, to, 'end') })
  }
  return sum
}
