import { record } from '../history/store.ts'
import { bumpAssociationRevision, bumpPersonRevision } from '../people/store.ts'
import type { Reads, Writes } from '../platform/db/database.ts'
import { enqueue } from '../platform/jobs/queue.ts'
import type { Catalogue, Listed } from '../spaces/catalogue.ts'
import { bumpRevisions, catalogueOf } from '../spaces/store.ts'
import type { BookingState } from './booking.ts'
import { updateBooking, vacate, type Booking, type NewBooking } from './store.ts'

/** The ledger, the feeds and the mail of a change, in the transaction of the change. */
export async function announce(
  db: Writes,
  listed: Listed,
  booking: Booking,
  deed: { actor: string; what: string; at: number; particulars?: Record<string, unknown> },
): Promise<void> {
  await record(db, { ...deed, subject: booking.id })
  await bumpRevisions(db, await catalogueOf(db), listed)
  await bumpPersonRevision(db, booking.personId)
  if (booking.associationId !== null) await bumpAssociationRevision(db, booking.associationId)
  const job = { bookingId: booking.id, sequence: booking.sequence }
  await enqueue(db, 'calendars.event', job, { key: `event:${booking.id}:${booking.sequence}`, runAt: deed.at })
  if (booking.muted) return
  await enqueue(db, 'notices.booking', { ...job, what: deed.what }, { key: `${deed.what}:${booking.id}:${booking.sequence}`, runAt: deed.at })
}

export async function listedOf(db: Reads, booking: Booking): Promise<{ catalogue: Catalogue; listed: Listed }> {
  const catalogue = await catalogueOf(db)
  const listed = catalogue.spaceById.get(booking.spaceId)
  if (!listed) throw new Error(`the space of booking ${booking.id} is gone`)
  return { catalogue, listed }
}

/** Gives up an occupying state: the parts are free at once, the row stays with its reason. */
export async function giveUp(
  db: Writes,
  booking: Booking,
  state: BookingState,
  deed: { actor: string; at: number; reason: string | null; decidedById?: string },
): Promise<Booking> {
  const change: Partial<NewBooking> = { state, reason: deed.reason, sequence: booking.sequence + 1, updatedAt: deed.at }
  if (deed.decidedById) Object.assign(change, { decidedById: deed.decidedById, decidedAt: deed.at })
  const changed = await updateBooking(db, booking, change)
  await vacate(db, { bookingId: booking.id })
  const { listed } = await listedOf(db, changed)
  await announce(db, listed, changed, { actor: deed.actor, what: `booking.${state}`, at: deed.at, ...(deed.reason ? { particulars: { reason: deed.reason } } : {}) })
  return changed
}
