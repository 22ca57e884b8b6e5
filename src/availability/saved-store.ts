import { and, asc, desc, eq } from 'drizzle-orm'
import { persons } from '../people/table.ts'
import type { Reads, Writes } from '../platform/db/database.ts'
import { forUpdate } from '../platform/db/dialect.ts'
import { savedSearches } from './table.ts'

export type SavedSearch = typeof savedSearches.$inferSelect

/** What a person has saved, the newest first. */
export const savedOf = (db: Reads, personId: string): Promise<SavedSearch[]> =>
  db.select().from(savedSearches).where(eq(savedSearches.personId, personId)).orderBy(desc(savedSearches.createdAt), asc(savedSearches.id))

/** As `savedOf`, while nobody else changes it: the person's row is locked until the end of the transaction. */
export async function savedToChange(db: Writes, personId: string): Promise<SavedSearch[]> {
  await forUpdate(db.select({ id: persons.id }).from(persons).where(eq(persons.id, personId)))
  return savedOf(db, personId)
}

export async function insertSaved(db: Writes, saved: SavedSearch): Promise<void> {
  await db.insert(savedSearches).values(saved).returning({ id: savedSearches.id })
}

const own = (personId: string, id: string) => and(eq(savedSearches.id, id), eq(savedSearches.personId, personId))

export async function nameSaved(db: Writes, personId: string, id: string, name: string): Promise<void> {
  await db.update(savedSearches).set({ name }).where(own(personId, id)).returning({ id: savedSearches.id })
}

/** False when the person has no such search. */
export async function deleteSaved(db: Writes, personId: string, id: string): Promise<boolean> {
  const deleted = await db.delete(savedSearches).where(own(personId, id)).returning({ id: savedSearches.id })
  return deleted.length > 0
}
