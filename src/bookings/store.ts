import { and, asc, desc, eq, gt, inArray, lte, or } from 'drizzle-orm'
import { nanoId } from '../platform/ids.ts'
import { persons } from '../people/table.ts'
import { Busy, type Reads, type Writes } from '../platform/db/database.ts'
import { forUpdate, locksRows } from '../platform/db/dialect.ts'
import { inserting, prepared } from '../platform/db/prepared.ts'
import type { Edition } from '../rulebook/edition.ts'
import { kept, told } from '../rulebook/kept-quote.ts'
import { editionById } from '../rulebook/store.ts'
import type { Space } from '../spaces/space.ts'
import { parts } from '../spaces/table.ts'
import type { BookingState, DecidedBy } from './booking.ts'
import { bookings, holds, occupancies } from './table.ts'

type Row = typeof bookings.$inferSelect
type NewRow = typeof bookings.$inferInsert
/** A booking with what decided it in full sentences. */
export type Booking = Omit<Row, 'decided'> & { decided: DecidedBy }
export type NewBooking = Omit<NewRow, 'decided'> & { decided: DecidedBy }
export type Hold = typeof holds.$inferSelect

const openStates: BookingState[] = ['requested', 'confirmed']

/** The first line of every transaction that occupies: writers of the same parts queue here on PostgreSQL. */
export async function lockParts(db: Writes, space: Space): Promise<void> {
  if (locksRows) await forUpdate(db.select({ id: parts.id }).from(parts).where(inArray(parts.id, space.partIds)).orderBy(asc(parts.id)))
}

/** Queues a person's own bookings behind each other, so that several at once cannot pass the quota together on PostgreSQL. */
export async function lockPerson(db: Writes, personId: string): Promise<void> {
  if (locksRows) await forUpdate(db.select({ id: persons.id }).from(persons).where(eq(persons.id, personId)))
}

/** One occupancy per part. Throws `Overlap` from the transaction when the database refuses. */
export async function occupy(
  db: Writes,
  space: Space,
  slot: { start: number; end: number },
  by: { bookingId: string } | { holdId: string },
): Promise<void> {
  for (const partId of space.partIds) {
    await insertOccupancy(db, {
      id: nanoId(), partId, startsAt: slot.start, endsAt: slot.end, before: space.bufferBefore, after: space.bufferAfter, ...by,
    })
  }
}
const insertOccupancy = inserting(occupancies)

export async function vacate(db: Writes, by: { bookingId: string } | { holdIds: string[] }): Promise<void> {
  const whose = 'bookingId' in by ? eq(occupancies.bookingId, by.bookingId) : inArray(occupancies.holdId, by.holdIds)
  await db.delete(occupancies).where(whose).returning({ id: occupancies.id })
}

const insertRow = inserting(bookings)

export async function insertBooking(db: Writes, booking: NewBooking): Promise<Booking> {
  return { ...(await insertRow(db, { ...booking, decided: stored(booking.decided) })), decided: booking.decided }
}

const stored = (decided: DecidedBy): Row['decided'] => ({ ...decided, quote: kept(decided.quote) })

/** The bookings of some rows. */
export async function bookingsIn(db: Reads, rows: readonly Row[]): Promise<Booking[]> {
  const editions = new Map<string, Edition>()
  for (const id of new Set(rows.map(({ decided }) => decided.edition))) {
    const edition = await editionById(db, id)
    if (!edition) throw new Error(`edition ${id} is gone`)
    editions.set(id, edition)
  }
  return rows.map((row) => ({ ...row, decided: { ...row.decided, quote: told(editions.get(row.decided.edition)!, row.decided.quote) } }))
}

const oneIn = async (db: Reads, rows: readonly Row[]): Promise<Booking | null> => (await bookingsIn(db, rows.slice(0, 1)))[0] ?? null

/** Changes a booking as it was read. Throws `Busy` when somebody else was first, as PostgreSQL allows: then it is read and judged again. */
export async function updateBooking(db: Writes, { id, sequence }: Booking, { decided, ...change }: Partial<NewBooking>): Promise<Booking> {
  const rows = await db.update(bookings).set({ ...change, ...(decided ? { decided: stored(decided) } : {}) })
    .where(and(eq(bookings.id, id), eq(bookings.sequence, sequence))).returning()
  const made = await oneIn(db, rows)
  if (!made) throw new Busy('the booking was changed meanwhile')
  return made
}

export const bookingByRef = async (db: Reads, ref: string): Promise<Booking | null> =>
  oneIn(db, await db.select().from(bookings).where(eq(bookings.ref, ref.toUpperCase())))

export const bookingById = async (db: Reads, id: string): Promise<Booking | null> =>
  oneIn(db, await db.select().from(bookings).where(eq(bookings.id, id)))

/** A person's own booking; anybody else's is as unknown as none. */
export async function ownBooking(db: Reads, personId: string, ref: string): Promise<Booking | null> {
  const found = await bookingByRef(db, ref)
  return found?.personId === personId ? found : null
}

/** The person's own live booking of exactly this time: what a form that was sent twice has already made. */
export const ownBookingAt = async (db: Reads, personId: string, spaceId: string, slot: { start: number; end: number }): Promise<Booking | null> =>
  oneIn(db, await db.select().from(bookings).where(and(
    eq(bookings.personId, personId), eq(bookings.spaceId, spaceId), eq(bookings.startsAt, slot.start), eq(bookings.endsAt, slot.end),
    inArray(bookings.state, openStates),
  )))

/** A person's bookings, the next one first, then what is over. */
export async function bookingsOf(db: Reads, personId: string, now: number): Promise<{ coming: Booking[]; over: Booking[] }> {
  const found = await db.select().from(bookings).where(eq(bookings.personId, personId)).orderBy(desc(bookings.startsAt), asc(bookings.id)).limit(500)
  const rows = await bookingsIn(db, found)
  const isComing = (one: Booking): boolean => one.endsAt > now && (one.state === 'requested' || one.state === 'confirmed')
  return { coming: rows.filter(isComing).reverse(), over: rows.filter((one) => !isComing(one)) }
}

/** Requests that wait for a person, the one due first on top. */
export const awaitingDecision = async (db: Reads): Promise<Booking[]> =>
  bookingsIn(db, await db.select().from(bookings).where(eq(bookings.state, 'requested')).orderBy(asc(bookings.decideBy), asc(bookings.id)))

/** Requests nobody decided before they would have started (rulings 6). */
export const lapsedRequests = async (db: Reads, now: number): Promise<Booking[]> =>
  bookingsIn(db, await db.select().from(bookings).where(and(eq(bookings.state, 'requested'), lte(bookings.startsAt, now))).limit(100))

export async function liveHoldOf(db: Reads, ownerHash: string, now: number): Promise<Hold | null> {
  const [found] = await db.select().from(holds).where(and(eq(holds.ownerHash, ownerHash), gt(holds.expiresAt, now))).orderBy(desc(holds.createdAt)).limit(1)
  return found ?? null
}

export const liveHoldsFrom = (db: Reads, addressHash: string, now: number): Promise<Hold[]> =>
  db.select().from(holds).where(and(eq(holds.addressHash, addressHash), gt(holds.expiresAt, now)))

export async function insertHold(db: Writes, hold: Hold): Promise<void> {
  await db.insert(holds).values(hold).returning({ id: holds.id })
}

export async function updateHold(db: Writes, id: string, change: Partial<Hold>): Promise<void> {
  await db.update(holds).set(change).where(eq(holds.id, id)).returning({ id: holds.id })
}

/** A hold made well after now was made before the clock was set back; it would keep its time for as long as the jump was. */
const fromAheadMs = 5 * 60_000
const isOver = (now: number) => or(lte(holds.expiresAt, now), gt(holds.createdAt, now + fromAheadMs))

export const anyHoldOver = async (db: Reads, now: number): Promise<boolean> =>
  (await db.select({ id: holds.id }).from(holds).where(isOver(now)).limit(1)).length > 0

const holdsOver = prepared<{ now: number; ahead: number }, { id: string }[]>((db, value) =>
  db.select({ id: holds.id }).from(holds).where(or(lte(holds.expiresAt, value('now')), gt(holds.createdAt, value('ahead')))))

/** Removes holds that have run out, and those of one owner when given, with their occupancies. */
export async function sweepHolds(db: Writes, now: number, ownerHash?: string): Promise<void> {
  const gone = ownerHash === undefined
    ? await holdsOver(db, { now, ahead: now + fromAheadMs })
    : await db.select({ id: holds.id }).from(holds).where(or(isOver(now), eq(holds.ownerHash, ownerHash)))
  if (gone.length === 0) return
  const ids = gone.map(({ id }) => id)
  await vacate(db, { holdIds: ids })
  await db.delete(holds).where(inArray(holds.id, ids)).returning({ id: holds.id })
}
