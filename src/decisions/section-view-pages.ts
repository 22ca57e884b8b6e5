import type { Booking } from '../bookings/store.ts'
import type { Format } from '../platform/i18n/format.ts'
import type { Reads } from '../platform/db/database.ts'
import { decidedSoFar, pointOf } from './decision.ts'
import { decisionsOn, endingOf } from './store.ts'

/** A booking's documents, and which may still be issued, for its page and for the desk. */
export async function decisionSection(db: Reads, booking: Booking, f: Format) {
  const all = await decisionsOn(db, booking.id)
  const soFar = decidedSoFar(booking, await endingOf(db, booking))
  const point = soFar && pointOf(booking, soFar)
  return {
    issued: all.map(({ ref, kind, issuedAt }) => ({ ref, kind, date: f.fullDate(issuedAt) })).reverse(),
    open: soFar?.kinds.filter((kind) => !all.some((one) => one.kind === kind && one.content.point === point)) ?? [],
    waiting: booking.state === 'requested',
    /** Of what an official wrote: the language that the desk asked for. */
    written: soFar && soFar.by !== null ? booking.language : null,
    /** Nobody is told of an example. */
    muted: booking.muted,
  }
}
