import { persons } from '../people/table.ts'
import { count, index, instant, string, table } from '../platform/db/kit.ts'

/**
 * A mark for each UTC day that changes whenever an occupancy that starts on it does (-1: one of more than 12 hours), so that
 * what was worked out of a day in memory is known to be true still. Triggers write it, on SQLite only.
 */
export const occupiedDays = table('occupied_days', {
  day: count('day').primaryKey(),
  /** Random: a deleted or restored database never shows an old one again. */
  version: string('version').notNull(),
})

/** A search that a person keeps by a name of their own. */
export const savedSearches = table('saved_searches', {
  id: string('id').primaryKey(),
  personId: string('person_id').notNull().references(() => persons.id),
  name: string('name').notNull(),
  /** What is asked, as the query of the list's address: parsed again whenever it is used. */
  query: string('query').notNull(),
  createdAt: instant('created_at').notNull(),
}, (t) => [index('saved_searches_person').on(t.personId, t.createdAt)])
