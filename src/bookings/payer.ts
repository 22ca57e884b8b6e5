import { occupies, type BookingState } from './booking.ts'
import type { BookingRefusal } from './refusal.ts'
import { costsSomething } from './words.ts'

type Billed = { state: BookingState; startsAt: number; totalCents: number | null; payerName: string | null }

export const payerStates = ['needed', 'given', 'not_needed'] as const
export type PayerState = (typeof payerStates)[number]

/** Whether a bill will be sent for the booking, and whether it is known to whom. What was given up costs nothing. */
export function payerOf(booking: Omit<Billed, 'startsAt'>): PayerState {
  if (!occupies(booking.state) || !costsSomething(booking)) return 'not_needed'
  return booking.payerName === null ? 'needed' : 'given'
}

/** Why its maker cannot say who pays, or null. A missing payer is taken also after the use: the bill comes later still. */
export function againstPayer(booking: Billed, now: number): BookingRefusal | null {
  const payer = payerOf(booking)
  if (payer === 'not_needed') return occupies(booking.state) ? { code: 'no-bill' } : { code: 'wrong-state', state: booking.state }
  return payer === 'given' && booking.startsAt <= now ? { code: 'already-started' } : null
}
