import { and, desc, eq, gte, like, max } from 'drizzle-orm'
import { bookings } from '../bookings/table.ts'
import { events } from '../history/table.ts'
import { persons } from '../people/table.ts'
import type { Reads, Writes } from '../platform/db/database.ts'
import { forUpdate } from '../platform/db/dialect.ts'
import { localDateOf, startOf, type LocalDate } from '../time/wallclock.ts'
import { trials } from '../trials/table.ts'
import type { EditionRow } from './store.ts'
import { editions, editionWithdrawals } from './table.ts'

export const editionRows = (db: Reads): Promise<EditionRow[]> => db.select().from(editions)

export type Withdrawal = typeof editionWithdrawals.$inferSelect

/** What was withdrawn before its day, by the edition's id. */
export async function withdrawals(db: Reads): Promise<ReadonlyMap<string, Withdrawal>> {
  const rows = await db.select().from(editionWithdrawals)
  return new Map(rows.map((one) => [one.editionId, one]))
}

export async function insertWithdrawal(db: Writes, withdrawal: Withdrawal): Promise<void> {
  await db.insert(editionWithdrawals).values(withdrawal).returning({ id: editionWithdrawals.editionId })
}

export async function editionRow(db: Reads, id: string): Promise<EditionRow | null> {
  const [found] = await db.select().from(editions).where(eq(editions.id, id))
  return found ?? null
}

/** Changes of one edition queue here, so that of two officials who adopt it at once one comes second. */
export async function lockEdition(db: Writes, id: string): Promise<EditionRow | null> {
  const [found] = await forUpdate(db.select().from(editions).where(eq(editions.id, id)))
  return found ?? null
}

export async function updateEdition(db: Writes, id: string, change: Partial<EditionRow>): Promise<void> {
  await db.update(editions).set(change).where(eq(editions.id, id)).returning({ id: editions.id })
}

/** A draft goes with what was tried with it. */
export async function removeDraft(db: Writes, id: string): Promise<void> {
  await db.delete(trials).where(eq(trials.editionId, id))
  await db.delete(editions).where(and(eq(editions.id, id), eq(editions.status, 'draft')))
}

/** Who changed a draft last, and when. */
export async function lastChange(db: Reads, id: string): Promise<{ by: string | null; at: number } | null> {
  const [found] = await db.select({ by: persons.name, at: events.at }).from(events).leftJoin(persons, eq(persons.id, events.actor))
    .where(and(eq(events.subject, id), like(events.what, 'edition.%'))).orderBy(desc(events.at), desc(events.id)).limit(1)
  return found ?? null
}

/** The last local date from `from` on whose wishes have been decided, by whatever edition; null when there is none. */
export async function lastDecided(db: Reads, from: LocalDate): Promise<LocalDate | null> {
  const [last] = await db.select({ at: max(bookings.createdAt) }).from(bookings).where(gte(bookings.createdAt, startOf(from)))
  return last?.at == null ? null : localDateOf(last.at)
}
