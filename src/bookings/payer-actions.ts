import type { Context } from '../context.ts'
import { record } from '../history/store.ts'
import type { Person } from '../people/person.ts'
import { againstPayer, payerOf } from './payer.ts'
import { refused, type Refused } from './refusal.ts'
import { ownBooking, updateBooking, type Booking } from './store.ts'

/**
 * Keeps who gets the bill for the person's own booking. Calendars know nothing of it, so the event's sequence and its
 * time of change stay; the ledger keeps the deed, never the address. Null when the person has no such booking.
 */
export async function tellPayer(
  ctx: Context,
  person: Person,
  ref: string,
  payer: { name: string; address: string },
): Promise<{ ok: true; booking: Booking } | Refused | null> {
  const now = ctx.clock.now()
  return ctx.db.transaction(async (db) => {
    const booking = await ownBooking(db, person.id, ref)
    if (!booking) return null
    const against = againstPayer(booking, now)
    if (against) return refused(against)
    const same = booking.payerName === payer.name && booking.payerAddress === payer.address
    if (same) return { ok: true as const, booking }
    const changed = await updateBooking(db, booking, { payerName: payer.name, payerAddress: payer.address })
    const what = payerOf(booking) === 'needed' ? 'booking.payer-given' : 'booking.payer-changed'
    await record(db, { at: now, actor: person.id, what, subject: booking.id })
    return { ok: true as const, booking: changed }
  })
}
