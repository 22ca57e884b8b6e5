import { and, desc, eq, inArray } from 'drizzle-orm'
import type { DecidedBy } from '../bookings/booking.ts'
import type { Reads, Writes } from '../platform/db/database.ts'
import { engine } from '../platform/db/kit.ts'
import { nanoId } from '../platform/ids.ts'
import type { KeptQuote } from '../rulebook/kept-quote.ts'
import type { Interval } from '../time/interval.ts'
import { trials } from './table.ts'

export type Trial = typeof trials.$inferSelect

/** A booking as a trial reads it: instants in epoch ms, the price as it was in the end. */
export type Past = {
  spaceId: string
  startsAt: number
  endsAt: number
  charge: 'free' | 'paid' | 'needs_person'
  totalCents: number | null
  decided: DecidedBy<KeptQuote>
}
type Row = [place: string | number, string, number, number, Past['charge'], number | null, string | DecidedBy<KeptQuote>]

/** Where a page of bookings begins and ends: as the rows lie in the file, which is twice as quick as by space. */
const place = engine === 'sqlite' ? 'rowid' : 'id'
export type Place = string | number
export const firstPlace: Place = engine === 'sqlite' ? -1 : ''

// Joining nothing to the state keeps SQLite from reading by its index, which half of all bookings share.
const counting = "created_at >= ? and created_at < ? and state || '' in ('confirmed', 'used', 'no_show')"

/** The next of the bookings that were made within the interval and took place or will, and the place of the last; plain rows, as there are many. */
export async function bookingsAfter(db: Reads, after: Place, { start, end }: Interval, most: number): Promise<{ found: Past[]; last: Place | undefined }> {
  const rows = await db.rows<Row>(
    `select ${place}, space_id, starts_at, ends_at, charge, total_cents, decided from bookings
    where ${place} > ? and ${counting} order by ${place} limit ?`, [after, start, end, most])
  const found = rows.map(([, spaceId, startsAt, endsAt, charge, totalCents, decided]) => ({
    spaceId, startsAt, endsAt, charge, totalCents,
    decided: typeof decided === 'string' ? JSON.parse(decided) as Past['decided'] : decided,
  }))
  return { found, last: rows.at(-1)?.[0] }
}

/** How many bookings there are at all, which is quickly counted: about so many are gone through. */
export async function allBookings(db: Reads): Promise<number> {
  const [row] = await db.rows<[number | string]>('select count(*) from bookings', [])
  return Number(row?.[0] ?? 0)
}

export async function insertTrial(db: Writes, trial: Pick<Trial, 'editionId' | 'revision' | 'startedById' | 'createdAt'>): Promise<Trial> {
  const [made] = await db.insert(trials).values({ id: nanoId(), state: 'waiting', ...trial }).returning()
  return made!
}

export async function trialById(db: Reads, editionId: string, id: string): Promise<Trial | null> {
  const [found] = await db.select().from(trials).where(and(eq(trials.id, id), eq(trials.editionId, editionId)))
  return found ?? null
}

/** The newest first; what they found is left out. */
export const trialsOf = (db: Reads, editionId: string) =>
  db.select({ id: trials.id, revision: trials.revision, state: trials.state, createdAt: trials.createdAt }).from(trials)
    .where(eq(trials.editionId, editionId)).orderBy(desc(trials.createdAt), desc(trials.id)).limit(20)

/** Changes a trial that has not ended; false when it has, or when it is gone. */
export async function updateTrial(db: Writes, id: string, change: Partial<Pick<Trial, 'state' | 'done' | 'all' | 'outcome' | 'finishedAt'>>): Promise<boolean> {
  const changed = await db.update(trials).set(change).where(and(eq(trials.id, id), inArray(trials.state, ['waiting', 'running']))).returning({ id: trials.id })
  return changed.length > 0
}
