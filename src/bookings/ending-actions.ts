import type { Context } from '../context.ts'
import type { Person } from '../people/person.ts'
import type { Reads } from '../platform/db/database.ts'
import { giveUp } from './announce-actions.ts'
import { stepsAside } from './decision-actions.ts'
import { next, type Mover } from './lifecycle.ts'
import { refused, type Refused } from './refusal.ts'
import { lapsedRequests, type Booking } from './store.ts'

/**
 * Withdraws a request or cancels a confirmed booking. `find` loads it through the one who asks, inside the transaction;
 * null means that they have no such booking. An official cancels nobody's of their own (rulings 17).
 */
export async function cancel(
  ctx: Context,
  find: (db: Reads) => Promise<Booking | null>,
  by: { person: Person; mover: Exclude<Mover, 'clock'>; reason: string | null },
): Promise<{ ok: true; booking: Booking } | Refused | null> {
  const now = ctx.clock.now()
  const done = await ctx.db.transaction(async (db) => {
    const booking = await find(db)
    if (!booking) return null
    const move = next(booking, booking.state === 'requested' ? 'withdraw' : 'cancel', by.mover, now)
    const aside = by.mover === 'official' ? await stepsAside(db, by.person, booking) : []
    if (!move.ok || aside.length) return refused(...aside, ...(move.ok ? [] : [move.refusal]))
    return { ok: true as const, booking: await giveUp(db, booking, move.state, { actor: by.person.id, at: now, reason: by.reason }) }
  })
  if (done?.ok) ctx.wake()
  return done
}

/** Requests that nobody decided in time become expired, and their makers are told. Runs by the clock. */
export async function expireRequests(ctx: Context): Promise<void> {
  const now = ctx.clock.now()
  if ((await lapsedRequests(ctx.db, now)).length === 0) return
  await ctx.db.transaction(async (db) => {
    for (const booking of await lapsedRequests(db, now)) {
      const move = next(booking, 'expire', 'clock', now)
      if (move.ok) await giveUp(db, booking, move.state, { actor: 'system', at: now, reason: null })
    }
  })
  ctx.wake()
}
