import { and, asc, eq, gt, inArray, lt, ne } from 'drizzle-orm'
import { answer } from '../availability/answer.ts'
import type { Refusal } from '../availability/refusals.ts'
import { takenOf } from '../availability/store.ts'
import type { Person } from '../people/person.ts'
import { mayDecide, maySee, type Place } from '../people/roles.ts'
import { associations, memberships } from '../people/table.ts'
import type { Reads } from '../platform/db/database.ts'
import type { Edition } from '../rulebook/edition.ts'
import { editionById } from '../rulebook/store.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { catalogueOf } from '../spaces/store.ts'
import { awaitingDecision, bookingByRef, bookingsIn, type Booking } from './store.ts'
import { bookings } from './table.ts'

export type Placed = { booking: Booking; listed: Listed }
export const placeOf = ({ unit }: Listed): Place => ({ unitId: unit.id, areaIds: unit.areaIds })

async function placed(db: Reads, rows: Booking[], wanted: (place: Place) => boolean): Promise<Placed[]> {
  const { spaceById } = await catalogueOf(db)
  return rows.flatMap((booking) => {
    const listed = spaceById.get(booking.spaceId)
    return listed && wanted(placeOf(listed)) ? [{ booking, listed }] : []
  })
}

/** The requests that the official may decide, the one due first on top. */
export const requestsFor = async (db: Reads, official: Person): Promise<Placed[]> =>
  placed(db, await awaitingDecision(db), (place) => mayDecide(official.roles, place))

/** How many those are. Asked for every page that an official looks at, so it reads no more than the places. */
export async function requestsWaitingFor(db: Reads, official: Person): Promise<number> {
  const rows = await db.select({ spaceId: bookings.spaceId }).from(bookings).where(eq(bookings.state, 'requested'))
  const { spaceById } = await catalogueOf(db)
  return rows.map(({ spaceId }) => spaceById.get(spaceId)).filter((listed) => listed && mayDecide(official.roles, placeOf(listed))).length
}

/** The bookings that the official may see and that touch the stretch of time, in its order. */
export async function bookingsDuring(db: Reads, official: Person, start: number, end: number): Promise<Placed[]> {
  const rows = await db.select().from(bookings).where(and(
    inArray(bookings.state, ['requested', 'confirmed', 'used', 'no_show']), lt(bookings.startsAt, end), gt(bookings.endsAt, start),
  )).orderBy(asc(bookings.startsAt), asc(bookings.id))
  return placed(db, await bookingsIn(db, rows), (place) => maySee(official.roles, place))
}

/** A booking that the official may see, decided or not; null is also what an official of another unit gets. */
export async function bookingSeen(db: Reads, official: Person, ref: string): Promise<Placed | null> {
  const booking = await bookingByRef(db, ref)
  const [found] = booking ? await placed(db, [booking], (place) => maySee(official.roles, place)) : []
  return found ?? null
}

/** A booking for the one who made it, or an official who may see it; null for everybody else. */
export async function bookingFor(db: Reads, person: Person, ref: string): Promise<Placed | null> {
  const booking = await bookingByRef(db, ref)
  const [found] = booking ? await placed(db, [booking], (place) => booking.personId === person.id || maySee(person.roles, place)) : []
  return found ?? null
}

/** The edition that decided a booking, with the price list and the day that priced it. */
export async function decidingEdition(db: Reads, { decided: { edition: id, tariff } }: Pick<Booking, 'decided'>): Promise<Edition> {
  const edition = await editionById(db, id)
  if (!edition) throw new Error(`the edition ${id} of a booking is gone`)
  if (!tariff || (tariff.edition === id && edition.pricedOn === 'use')) return edition
  const priced = tariff.edition === id ? null : await editionById(db, tariff.edition)
  return { ...edition, pricedAsOf: tariff.date, ...(priced ? { later: [priced] } : {}) }
}

/** What speaks against a request now: the time, the closures, the neighbours. Lead time and quota no longer refuse. */
export async function againstNow(
  db: Reads,
  { edition, booking, listed }: Placed & { edition: Pick<Edition, 'limits'> },
  now: number,
): Promise<Refusal[]> {
  const { startsAt: start, endsAt: end, people } = booking
  const taken = await takenOf(db, listed, start, end, now)
  const wish = { start, end, people, approval: 'person' as const, bookingId: booking.id, decided: true }
  return answer({ schedule: listed, taken, now, limits: edition.limits, wish }).refusals
}

/** The states of a person's other bookings, for their record. */
export const otherBookingsOf = (db: Reads, booking: Booking): Promise<{ state: string; endsAt: number }[]> =>
  db.select({ state: bookings.state, endsAt: bookings.endsAt }).from(bookings)
    .where(and(eq(bookings.personId, booking.personId), ne(bookings.id, booking.id))).orderBy(asc(bookings.startsAt))

/** The association that a booking is for, as staff may see it: whether it has been verified, whether its maker is a confirmed member, and what they wrote. */
export async function associationFor(db: Reads, { associationId, personId }: Booking) {
  if (associationId === null) return null
  const [found] = await db.select({ association: associations, membership: memberships }).from(associations)
    .leftJoin(memberships, and(eq(memberships.associationId, associations.id), eq(memberships.personId, personId)))
    .where(eq(associations.id, associationId))
  if (!found) return null
  const { association, membership } = found
  const verified = association.verifiedAt !== null
  const member = membership?.confirmedAt != null
  const called = membership?.declaredName
  return {
    id: association.id,
    name: association.name,
    registerNumber: association.registerNumber,
    businessId: association.businessId,
    standing: verified ? (member ? 'verified' as const : 'known' as const) : member ? 'member' as const : 'declared' as const,
    /** What the maker called it, where that is not its name: a hint that they mean another one. */
    called: called && called !== association.name ? called : null,
  }
}
