import type { Text } from '../platform/i18n/text.ts'
import type { Interval } from '../time/interval.ts'
import type { LocalDate, Reading } from '../time/wallclock.ts'

/** Why a wish cannot be booked. Instants are epoch ms, durations minutes. */
export type Refusal =
  | { code: 'end-before-start' }
  /** The local time does not exist: the clock jumps over it, to `next`. */
  | { code: 'no-such-time'; edge: 'start' | 'end'; next: number }
  /** The local time comes twice. */
  | { code: 'ambiguous-time'; edge: 'start' | 'end'; first: number; second: number }
  | { code: 'in-the-past' }
  /** A person decides and needs time to do it; the first date that leaves enough. */
  | { code: 'too-late'; firstDate: LocalDate }
  /** The last date that may be booked today. */
  | { code: 'too-early'; lastDate: LocalDate }
  /** The shortest and longest length on the space's step. */
  | { code: 'too-short'; minutes: number }
  | { code: 'too-long'; minutes: number }
  /** Start and length must be multiples of this. */
  | { code: 'off-step'; minutes: number }
  /** Outside opening hours; `opensAt` are the openings that start on the wish's date, none when it is closed all day. */
  | { code: 'closed'; opensAt: Interval[] }
  | { code: 'closure'; reason: Text; start: number; end: number }
  /** Others' time, never whose. With `gap` the wish only comes too close, and `minutes` must stay empty between. */
  | { code: 'taken'; busy: Interval[]; gap: false }
  | { code: 'taken'; busy: Interval[]; gap: true; minutes: number }
  | { code: 'too-many-people'; people: number }
  /** The rule that says no. */
  | { code: 'not-allowed'; rule: string }
  /** From `freesAt` on one more fits, if nothing is cancelled before. */
  | { code: 'open-bookings'; limit: number; used: number; freesAt?: number }
  | ({ code: 'banned' } & Barred)

/** A ban in force: its last day, where (null: in the whole city) and whose. Why, only its party reads in the decision document. */
export type Barred = { until: LocalDate; unit: { slug: string; name: Text } | null; whose: 'person' | 'association' }

export type RefusalCode = Refusal['code']

/**
 * The refusals of a wish whose wall-clock times are not one instant each (rulings 14); empty when both are.
 * Such a wish has no stretch of time yet, so that nothing else can be asked about it.
 */
export const unclearTimes = (start: Reading, end: Reading): Refusal[] => [...unclear('start', start), ...unclear('end', end)]

function unclear(edge: 'start' | 'end', reading: Reading): Refusal[] {
  if (reading.kind === 'none') return [{ code: 'no-such-time', edge, next: reading.next }]
  if (reading.kind === 'two') return [{ code: 'ambiguous-time', edge, first: reading.first, second: reading.second }]
  return []
}
