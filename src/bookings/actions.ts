import type { Context } from '../context.ts'
import { takenOf } from '../availability/store.ts'
import { record } from '../history/store.ts'
import type { Person } from '../people/person.ts'
import { bumpPersonRevision, declareAssociation } from '../people/store.ts'
import { enqueue } from '../platform/jobs/queue.ts'
import { newRef, nanoId } from '../platform/ids.ts'
import type { Language } from '../platform/i18n/text.ts'
import { Overlap, type Reads, type Writes } from '../platform/db/database.ts'
import { editionInForce } from '../rulebook/store.ts'
import type { Catalogue, Listed } from '../spaces/catalogue.ts'
import { bumpRevisions, catalogueOf } from '../spaces/store.ts'
import { addWorkingDays } from '../time/working-days.ts'
import { endOf, localDateOf } from '../time/wallclock.ts'
import type { Edition } from '../rulebook/edition.ts'
import type { BookingState } from './booking.ts'
import { judge, scheduleOf, type Judgement } from './judgement.ts'
import { next, type Mover } from './lifecycle.ts'
import { refused, type Refused } from './refusal.ts'
import {
  insertBooking, lapsedRequests, liveHoldOf, lockParts, lockPerson, occupy, openBookingsOf, sweepHolds, updateBooking, vacate,
  type Booking, type NewBooking,
} from './store.ts'
import { factsOf, type BookingWish } from './wish.ts'

export type Booked = { ok: true; booking: Booking; quote: Judgement['quote'] } | Refused

type Options = {
  language: Language
  holdOwner?: string
  muted?: boolean
  /** Written in the booking's own transaction. */
  also?: (db: Writes, booking: Booking) => Promise<void>
}

/**
 * Books for a person: everything is judged again inside the transaction, and the booking keeps what it was decided by.
 * Confirmed at once or waiting for a person, as the rules say. With `holdOwner` the kept time is used up.
 */
export async function book(ctx: Context, person: Person, wish: BookingWish, options: Options): Promise<Booked> {
  const now = ctx.clock.now()
  try {
    const booked = await ctx.db.transaction((db) => bookInside(db, now, person, wish, options))
    if (booked.ok) ctx.wake()
    return booked
  } catch (error) {
    if (error instanceof Overlap) return refused({ code: 'taken', busy: [], gap: false })
    throw error
  }
}

async function bookInside(db: Writes, now: number, person: Person, wish: BookingWish, options: Options): Promise<Booked> {
  const catalogue = await catalogueOf(db)
  const listed = catalogue.spaceBySlug.get(wish.space)
  if (!listed) throw new Error(`unknown space ${wish.space}`)
  const edition = await editionInForce(db, localDateOf(now))
  if (!edition) return refused({ code: 'no-rule-book' })
  await lockParts(db, listed.space)
  await lockPerson(db, person.id)
  await sweepHolds(db, now)
  const hold = options.holdOwner ? await liveHoldOf(db, options.holdOwner, now) : null
  const association = wish.association ? await declareAssociation(db, person.id, wish.association, now) : null
  const facts = factsOf(wish.facts, person, association?.standing)
  const { quote, refusals } = judge({
    listed, edition, facts, start: wish.start, end: wish.end, now,
    schedule: scheduleOf(catalogue, listed),
    taken: await takenOf(db, listed, wish.start, wish.end),
    standing: { openBookings: await openBookingsOf(db, person.id, now), limit: edition.limits.openBookingsPerPerson },
    holdId: hold?.id,
  })
  if (refusals.length || quote.charge === 'not_allowed') return refused(...refusals)
  if (hold && options.holdOwner) await sweepHolds(db, now, options.holdOwner)

  const state = quote.approval === 'automatic' ? 'confirmed' : 'requested'
  const booking = await insertBooking(db, {
    id: nanoId(), ref: newRef(), uid: `${nanoId()}@tilavuoro`, spaceId: listed.space.id, personId: person.id,
    associationId: association?.id ?? null, state, startsAt: wish.start, endsAt: wish.end, title: wish.title,
    public: wish.public, people: facts.people, responsibleName: wish.responsible.name, responsiblePhone: wish.responsible.phone,
    payerName: wish.payer?.name ?? null, payerAddress: wish.payer?.address ?? null, language: options.language,
    decided: { edition: edition.id, facts, quote }, charge: quote.charge, totalCents: quote.totalCents,
    termsVersion: edition.terms.version, muted: options.muted ?? false,
    decideBy: state === 'requested' ? decideBy(catalogue, edition, now) : null,
    decidedAt: state === 'confirmed' ? now : null, createdAt: now, updatedAt: now,
  })
  await occupy(db, listed.space, wish, { bookingId: booking.id })
  await announce(db, listed, booking, { actor: person.id, what: `booking.${state}`, at: now })
  await options.also?.(db, booking)
  return { ok: true, booking, quote }
}

/** Five working days in the shipped edition, counted from the day after; the end of that day. */
const decideBy = (catalogue: Catalogue, edition: Edition, now: number): number =>
  endOf(addWorkingDays(localDateOf(now), edition.limits.decisionWorkingDays, catalogue.calendar))

/** The ledger, the feeds and the mail of a change, in the transaction of the change. */
export async function announce(
  db: Writes,
  listed: Listed,
  booking: Booking,
  deed: { actor: string; what: string; at: number; particulars?: Record<string, unknown> },
): Promise<void> {
  await record(db, { ...deed, subject: booking.id })
  await bumpRevisions(db, listed)
  await bumpPersonRevision(db, booking.personId)
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

/**
 * Withdraws a request or cancels a confirmed booking. `find` loads it through the one who asks, inside the transaction;
 * null means that they have no such booking.
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
    if (!move.ok) return refused(move.refusal)
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
