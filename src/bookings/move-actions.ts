import type { Context } from '../context.ts'
import { lockAssociation } from '../people/association-store.ts'
import type { Person } from '../people/person.ts'
import { Overlap, type Writes } from '../platform/db/database.ts'
import type { Interval } from '../time/interval.ts'
import { announce, listedOf } from './announce-actions.ts'
import { decideBy } from './decide-by.ts'
import { decidedBy } from './judgement.ts'
import { mayMove } from './lifecycle.ts'
import { moveJudgement, offerFor } from './offer-store.ts'
import { refused, type Refused } from './refusal.ts'
import { lockParts, lockPerson, occupy, ownBooking, sweepHolds, updateBooking, vacate, type Booking } from './store.ts'

export type Moved = { ok: true; booking: Booking } | Refused

/**
 * Moves the person's own live booking to another time in its space. The new time is judged like a new wish by the rules in
 * force today, the booking's old time being no obstacle, so that a price may change and a person may have to decide again.
 * Refused, the booking stays where it is. Null when the person has no such booking.
 */
export async function move(ctx: Context, person: Person, ref: string, to: Interval): Promise<Moved | null> {
  const now = ctx.clock.now()
  try {
    const done = await ctx.db.transaction((db) => moveInside(db, now, person, ref, to))
    if (done?.ok) ctx.wake()
    return done
  } catch (error) {
    if (error instanceof Overlap) return refused({ code: 'taken', busy: [], gap: false })
    throw error
  }
}

async function moveInside(db: Writes, now: number, person: Person, ref: string, to: Interval): Promise<Moved | null> {
  const booking = await ownBooking(db, person.id, ref)
  if (!booking) return null
  const fixed = mayMove(booking, now)
  if (fixed) return refused(fixed)
  if (booking.startsAt === to.start && booking.endsAt === to.end) return { ok: true, booking }
  const { catalogue } = await listedOf(db, booking)
  const offer = await offerFor(db, booking.spaceId, now)
  if (!offer) return refused({ code: 'no-rule-book' })
  const { listed, edition } = offer
  await lockParts(db, listed.space)
  await lockPerson(db, person.id)
  if (booking.associationId !== null) await lockAssociation(db, booking.associationId)
  await sweepHolds(db, now)
  const { quote, refusals } = await moveJudgement(db, offer, booking, to, now)
  if (refusals.length || quote.charge === 'not_allowed') return refused(...refusals)

  const state = quote.approval === 'automatic' ? 'confirmed' : 'requested'
  const changed = await updateBooking(db, booking, {
    state, startsAt: to.start, endsAt: to.end, sequence: booking.sequence + 1, updatedAt: now,
    decided: decidedBy({ edition, listed, facts: booking.decided.facts, start: to.start }, quote), charge: quote.charge, totalCents: quote.totalCents, reason: null,
    decideBy: state === 'requested' ? decideBy(catalogue, edition, now) : null,
    decidedAt: state === 'confirmed' ? now : null, decidedById: null,
  })
  await vacate(db, { bookingId: booking.id })
  await occupy(db, listed.space, to, { bookingId: booking.id })
  const what = state === 'confirmed' ? 'booking.moved' : 'booking.move-requested'
  await announce(db, listed, changed, { actor: person.id, what, at: now, particulars: { from: { start: booking.startsAt, end: booking.endsAt } } })
  return { ok: true, booking: changed }
}
