import { persons } from '../people/table.ts'
import { count, index, instant, json, string, table } from '../platform/db/kit.ts'
import { editions } from '../rulebook/table.ts'
import type { Outcome } from './outcome.ts'

/** A draft edition tried on the bookings of a year: what would have become free, paid or dearer. */
export const trials = table('trials', {
  id: string('id').primaryKey(),
  editionId: string('edition_id').notNull().references(() => editions.id),
  /** The draft as it was tried. */
  revision: count('revision').notNull(),
  state: string('state').$type<'waiting' | 'running' | 'done' | 'cancelled' | 'failed'>().notNull(),
  /** Bookings tried so far, of all. */
  done: count('done').notNull().default(0),
  all: count('all_bookings').notNull().default(0),
  outcome: json<Outcome>('outcome'),
  startedById: string('started_by_id').notNull().references(() => persons.id),
  createdAt: instant('created_at').notNull(),
  finishedAt: instant('finished_at'),
}, (t) => [index('trials_edition').on(t.editionId, t.createdAt)])
