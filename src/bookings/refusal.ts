import type { Refusal } from '../availability/refusals.ts'
import type { MoveRefusal } from './lifecycle.ts'

/** Everything a booking action may answer instead of doing it. */
export type BookingRefusal =
  | Refusal
  | MoveRefusal
  /** Nobody decides their own or their association's request (rulings 17). */
  | { code: 'own-request' }
  /** The rules left the price to a person: the approval must say free or paid, and the price class when paid. */
  | { code: 'charge-needed' }
  /** Whoever decides a price that the rules left open must say why (hallintolaki 45 §). */
  | { code: 'reason-needed' }
  /** One address or person keeps too many times waiting. */
  | { code: 'too-many-holds'; limit: number }
  /** The time was kept, but not for ever. */
  | { code: 'hold-expired' }
  /** Nothing is to be paid, so nobody gets a bill. */
  | { code: 'no-bill' }
  /** No rule book is in force on the day. */
  | { code: 'no-rule-book' }

export type Refused = { ok: false; refusals: BookingRefusal[] }
export const refused = (...refusals: BookingRefusal[]): Refused => ({ ok: false, refusals })

const otherMatters: readonly BookingRefusal['code'][] = [
  'too-many-people', 'not-allowed', 'open-bookings', 'banned', 'wrong-state', 'own-request', 'charge-needed', 'reason-needed', 'too-many-holds', 'no-bill', 'no-rule-book',
]
/** Whether another time could help. */
export const isAboutTime = ({ code }: BookingRefusal): boolean => !otherMatters.includes(code)

const spaceMatters: readonly BookingRefusal['code'][] = ['taken', 'closed', 'closure', 'too-many-people', 'too-short', 'too-long', 'off-step', 'too-late', 'too-early']
/** Whether another space could help at the same time. */
export const isAboutSpace = ({ code }: BookingRefusal): boolean => spaceMatters.includes(code)
