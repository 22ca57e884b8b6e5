import type { BookingState } from './booking.ts'

/** Who moves a booking: the one who made it, an official with the right over its place, or the clock. */
export type Mover = 'owner' | 'official' | 'clock'
export type Move = 'approve' | 'decline' | 'withdraw' | 'cancel' | 'expire'

const moves: Record<Move, { from: BookingState; to: BookingState; by: Mover[] }> = {
  approve: { from: 'requested', to: 'confirmed', by: ['official'] },
  decline: { from: 'requested', to: 'declined', by: ['official'] },
  withdraw: { from: 'requested', to: 'withdrawn', by: ['owner'] },
  cancel: { from: 'confirmed', to: 'cancelled', by: ['owner', 'official'] },
  expire: { from: 'requested', to: 'expired', by: ['clock'] },
}

export type MoveRefusal = { code: 'wrong-state'; state: BookingState } | { code: 'already-started' }

/**
 * The state after a move, or why it cannot be made. What has started is history: it can be neither decided nor
 * cancelled any more; only the clock expires a request whose start has passed.
 */
export function next(
  booking: { state: BookingState; startsAt: number },
  move: Move,
  by: Mover,
  now: number,
): { ok: true; state: BookingState } | { ok: false; refusal: MoveRefusal } {
  const { from, to, by: movers } = moves[move]
  if (booking.state !== from || !movers.includes(by)) return { ok: false, refusal: { code: 'wrong-state', state: booking.state } }
  const started = booking.startsAt <= now
  if (started !== (move === 'expire')) return { ok: false, refusal: { code: 'already-started' } }
  return { ok: true, state: to }
}

/** What the one who made it may do now: nothing once it has started. */
export function ownersMove(booking: { state: BookingState; startsAt: number }, now: number): 'withdraw' | 'cancel' | null {
  if (next(booking, 'withdraw', 'owner', now).ok) return 'withdraw'
  return next(booking, 'cancel', 'owner', now).ok ? 'cancel' : null
}

/** Why a booking's time can no longer be changed by its maker, or null: it must be live and not have started. */
export function mayMove({ state, startsAt }: { state: BookingState; startsAt: number }, now: number): MoveRefusal | null {
  if (state !== 'requested' && state !== 'confirmed') return { code: 'wrong-state', state }
  return startsAt <= now ? { code: 'already-started' } : null
}
