import type { Context } from '../context.ts'
import { mayDecide } from '../people/roles.ts'
import type { Person } from '../people/person.ts'
import { membersOf } from '../people/store.ts'
import { Overlap, type Reads } from '../platform/db/database.ts'
import type { Edition, PriceClass } from '../rulebook/edition.ts'
import { priceFor, tariffFor } from '../rulebook/price.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { announce, giveUp, listedOf } from './announce-actions.ts'
import { againstNow, decidingEdition, placeOf } from './desk-store.ts'
import { traitsOf } from '../rulebook/traits.ts'
import { slotOf } from './judgement.ts'
import { next } from './lifecycle.ts'
import { refused, type BookingRefusal, type Refused } from './refusal.ts'
import { bookingByRef, lockParts, sweepHolds, updateBooking, type Booking } from './store.ts'

export type Decided = { ok: true; booking: Booking } | Refused
/** The price an official gives where the rules left it open; ignored where they did not. */
export type GivenCharge = { charge: 'free' } | { charge: 'paid'; priceClass: PriceClass }

/** Whether a charge is given that the edition's price list knows. */
const settles = ({ priceList }: Edition, given: GivenCharge | undefined): boolean =>
  given !== undefined && (given.charge === 'free' || priceList.groups.some(({ id }) => id === given.priceClass))

/** A booking in the official's scope with its place; null is also what an official of another unit gets. */
export async function bookingInScope(db: Reads, official: Person, ref: string): Promise<{ booking: Booking; listed: Listed } | null> {
  const booking = await bookingByRef(db, ref)
  if (!booking) return null
  const { listed } = await listedOf(db, booking)
  return mayDecide(official.roles, placeOf(listed)) ? { booking, listed } : null
}

/** Nobody decides their own or their association's request (rulings 17; hallintolaki 27–30 §). */
export async function stepsAside(db: Reads, official: Person, booking: Booking): Promise<BookingRefusal[]> {
  const own = booking.personId === official.id ||
    (booking.associationId !== null && (await membersOf(db, booking.associationId)).includes(official.id))
  return own ? [{ code: 'own-request' }] : []
}

/**
 * Approves a request. The time, the closures and the neighbours are checked again inside the transaction; lead time and
 * quota no longer refuse. The reason is owed where the official gives the price, and a message to the applicant elsewhere.
 * Null when the official has no such request.
 */
export async function approve(
  ctx: Context,
  official: Person,
  ref: string,
  decision: { reason: string | null; charge?: GivenCharge },
): Promise<Decided | null> {
  const now = ctx.clock.now()
  try {
    const done = await ctx.db.transaction(async (db): Promise<Decided | null> => {
      const found = await bookingInScope(db, official, ref)
      if (!found) return null
      const { booking, listed } = found
      const aside = await stepsAside(db, official, booking)
      const move = next(booking, 'approve', 'official', now)
      if (!move.ok || aside.length) return refused(...aside, ...(move.ok ? [] : [move.refusal]))
      await lockParts(db, listed.space)
      await sweepHolds(db, now)
      const edition = await decidingEdition(db, booking)
      const slot = slotOf(booking)
      const speaking = await againstNow(db, { edition, booking, listed }, now)
      const open = booking.charge === 'needs_person'
      const refusals: BookingRefusal[] = open ? [
        ...speaking,
        ...(settles(tariffFor(edition, slot.date).edition, decision.charge) ? [] : [{ code: 'charge-needed' } as const]),
        ...(decision.reason?.trim() ? [] : [{ code: 'reason-needed' } as const]),
      ] : speaking
      if (refusals.length) return refused(...refusals)
      const given = open ? decision.charge : undefined
      const priceClass = given?.charge === 'paid' ? given.priceClass : null
      const { lines: extras, supervision: { mode: supervision } } = booking.decided.quote
      const price = given ? priceFor(edition, priceClass, traitsOf(listed), slot, { supervision, extras }) : null
      const changed = await updateBooking(db, booking, {
        state: move.state, sequence: booking.sequence + 1, updatedAt: now, decidedAt: now, decidedById: official.id, reason: decision.reason,
        ...(given && price
          ? {
              charge: price.totalCents > 0 ? 'paid' : given.charge,
              totalCents: price.totalCents,
              decided: { ...booking.decided, given: { charge: given.charge, priceClass, lines: price.lines } },
            }
          : {}),
      })
      await announce(db, listed, changed, { actor: official.id, what: 'booking.approved', at: now, particulars: { ...given } })
      return { ok: true, booking: changed }
    })
    if (done?.ok) ctx.wake()
    return done
  } catch (error) {
    if (error instanceof Overlap) return refused({ code: 'taken', busy: [], gap: false })
    throw error
  }
}

/** Declines a request; a reason is owed (hallintolaki 45 §). Null when the official has no such request. */
export async function decline(ctx: Context, official: Person, ref: string, reason: string): Promise<Decided | null> {
  const now = ctx.clock.now()
  const done = await ctx.db.transaction(async (db): Promise<Decided | null> => {
    const found = await bookingInScope(db, official, ref)
    if (!found) return null
    const aside = await stepsAside(db, official, found.booking)
    const move = next(found.booking, 'decline', 'official', now)
    if (!move.ok || aside.length) return refused(...aside, ...(move.ok ? [] : [move.refusal]))
    return { ok: true, booking: await giveUp(db, found.booking, move.state, { actor: official.id, at: now, reason, decidedById: official.id }) }
  })
  if (done?.ok) ctx.wake()
  return done
}
