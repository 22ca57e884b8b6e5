import type { Context } from '../context.ts'
import { takenOf } from '../availability/store.ts'
import type { Person } from '../people/person.ts'
import { lockNamed } from '../people/association-store.ts'
import { declareAssociation } from '../people/store.ts'
import { newRef, nanoId } from '../platform/ids.ts'
import type { Language } from '../platform/i18n/text.ts'
import { Overlap, type Writes } from '../platform/db/database.ts'
import { editionInForce } from '../rulebook/store.ts'
import { catalogueOf } from '../spaces/store.ts'
import { localDateOf } from '../time/wallclock.ts'
import { announce } from './announce-actions.ts'
import { decideBy } from './decide-by.ts'
import { decidedBy, judge, scheduleOf, type Judgement } from './judgement.ts'
import { refused, type Refused } from './refusal.ts'
import { standingOf } from './quota-store.ts'
import {
  insertBooking, liveHoldOf, lockParts, lockPerson, occupy, sweepHolds, type Booking,
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

/** Ends the transaction of a refused wish, so that nothing stays of it, such as the association that it named. */
class Undone extends Error {
  constructor(readonly refused: Refused) {
    super('refused')
  }
}

/**
 * Books for a person: everything is judged again inside the transaction, and the booking keeps what it was decided by.
 * Confirmed at once or waiting for a person, as the rules say. With `holdOwner` the kept time is used up.
 */
export async function book(ctx: Context, person: Person, wish: BookingWish, options: Options): Promise<Booked> {
  const now = ctx.clock.now()
  try {
    const booked = await ctx.db.transaction(async (db) => {
      const done = await bookInside(db, now, person, wish, options)
      if (!done.ok) throw new Undone(done)
      return done
    })
    ctx.wake()
    return booked
  } catch (error) {
    if (error instanceof Undone) return error.refused
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
  await lockNamed(db, wish.association)
  const association = wish.association ? await declareAssociation(db, person.id, wish.association, now) : null
  const facts = factsOf(wish.facts, person, association?.standing)
  const { quote, refusals } = judge({
    listed, edition, facts, start: wish.start, end: wish.end, now,
    schedule: scheduleOf(edition, listed),
    taken: await takenOf(db, listed, wish.start, wish.end),
    standing: await standingOf(db, { personId: person.id, associationId: association?.id ?? null, unit: listed.unit, limit: edition.limits.openBookingsPerPerson, now }),
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
    decided: decidedBy({ edition, facts, listed, start: wish.start }, quote), charge: quote.charge, totalCents: quote.totalCents,
    termsVersion: edition.terms.version, muted: options.muted ?? false,
    decideBy: state === 'requested' ? decideBy(catalogue, edition, now) : null,
    decidedAt: state === 'confirmed' ? now : null, createdAt: now, updatedAt: now,
  })
  await occupy(db, listed.space, wish, { bookingId: booking.id })
  await announce(db, listed, booking, { actor: person.id, what: `booking.${state}`, at: now })
  await options.also?.(db, booking)
  return { ok: true, booking, quote }
}
