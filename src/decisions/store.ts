import { and, asc, desc, eq, gte, isNull } from 'drizzle-orm'
import type { Booking } from '../bookings/store.ts'
import { eventsOf } from '../history/store.ts'
import type { Reads, Writes } from '../platform/db/database.ts'
import type { Ending } from './decision.ts'
import { decisions } from './table.ts'

export type Decision = typeof decisions.$inferSelect

export const decisionByRef = async (db: Reads, ref: string): Promise<Decision | null> =>
  (await db.select().from(decisions).where(eq(decisions.ref, ref.toUpperCase())))[0] ?? null

export const decisionById = async (db: Reads, id: string): Promise<Decision | null> =>
  (await db.select().from(decisions).where(eq(decisions.id, id)))[0] ?? null

/** A booking's documents, the oldest first. */
export const decisionsOn = (db: Reads, bookingId: string): Promise<Decision[]> =>
  db.select().from(decisions).where(eq(decisions.bookingId, bookingId)).orderBy(asc(decisions.issuedAt), asc(decisions.id))

/** The documents of a ban, the oldest first. */
export const decisionsOnBan = (db: Reads, banId: string): Promise<Decision[]> =>
  db.select().from(decisions).where(eq(decisions.banId, banId)).orderBy(asc(decisions.issuedAt), asc(decisions.id))

/** A person's documents of refused wishes from a moment on, the oldest first. */
export const wishDecisionsSince = (db: Reads, personId: string, since: number): Promise<Decision[]> =>
  db.select().from(decisions)
    .where(and(eq(decisions.personId, personId), isNull(decisions.bookingId), isNull(decisions.banId), gte(decisions.issuedAt, since)))
    .orderBy(asc(decisions.issuedAt), asc(decisions.id))

/** A person's documents that belong to no booking, of refused wishes and of bans, the newest first. */
export const decisionsApart = (db: Reads, personId: string): Promise<Decision[]> =>
  db.select().from(decisions).where(and(eq(decisions.personId, personId), isNull(decisions.bookingId))).orderBy(desc(decisions.issuedAt), desc(decisions.id)).limit(50)

export async function insertDecision(db: Writes, decision: Decision): Promise<Decision> {
  const [made] = await db.insert(decisions).values(decision).returning()
  return made!
}

/** Who cancelled a booking, as the ledger has it. */
export async function endingOf(db: Reads, { id, state }: Booking): Promise<Ending | null> {
  if (state !== 'cancelled') return null
  return (await eventsOf(db, id)).findLast(({ what }) => what === 'booking.cancelled') ?? null
}
