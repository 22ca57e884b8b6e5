import type { BookingState } from './booking.ts'

type Told = {
  state: BookingState
  startsAt: number
  endsAt: number
  createdAt: number
  updatedAt: number
  decideBy: number | null
  decidedAt: number | null
  totalCents: number | null
}

export type StepName =
  | 'sent' | 'decision' | 'approved' | 'confirmed' | 'prepare' | 'use' | 'bill' | 'declined' | 'withdrawn' | 'cancelled' | 'expired' | 'no_show'
/** `by`: the moment is a deadline. */
export type Step = { is: 'done' | 'now' | 'later' | 'stopped'; step: StepName; at?: number; by?: number }

/** What has happened to a booking and what comes next, in order. */
export function timelineOf(booking: Told, now: number): Step[] {
  const { state, startsAt, endsAt, createdAt, updatedAt, decideBy, decidedAt } = booking
  const asked: Step = { is: 'done', step: 'sent', at: createdAt }
  const agreed: Step[] = decideBy === null
    ? [{ is: 'done', step: 'confirmed', at: createdAt }]
    : [asked, ...(decidedAt === null ? [] : [{ is: 'done' as const, step: 'approved' as const, at: decidedAt }])]
  const bill: Step[] = (booking.totalCents ?? 0) > 0 ? [{ is: 'later', step: 'bill' }] : []
  switch (state) {
    case 'requested':
      return [asked, { is: 'now', step: 'decision', ...(decideBy === null ? {} : { by: decideBy }) }, { is: 'later', step: 'use', at: startsAt }, ...bill]
    case 'confirmed':
      if (now < startsAt) return [...agreed, { is: 'now', step: 'prepare' }, { is: 'later', step: 'use', at: startsAt }, ...bill]
      return [...agreed, { is: now < endsAt ? 'now' : 'done', step: 'use', at: startsAt }, ...bill]
    case 'used':
      return [...agreed, { is: 'done', step: 'use', at: startsAt }, ...bill]
    case 'no_show':
      return [...agreed, { is: 'stopped', step: 'no_show', at: startsAt }]
    case 'declined':
      return [asked, { is: 'stopped', step: 'declined', at: decidedAt ?? updatedAt }]
    case 'withdrawn':
      return [asked, { is: 'stopped', step: 'withdrawn', at: updatedAt }]
    case 'cancelled':
      return [...agreed, { is: 'stopped', step: 'cancelled', at: updatedAt }]
    case 'expired':
      return [asked, { is: 'stopped', step: 'expired', at: updatedAt }]
  }
}
