import { index, instant, json, string, table } from '../platform/db/kit.ts'

/** The ledger: who did what to which, when. Written in the transaction of the deed. */
export const events = table('events', {
  id: string('id').primaryKey(),
  at: instant('at').notNull(),
  /** A person's id, or 'system'. */
  actor: string('actor').notNull(),
  /** For instance `booking.confirmed`. */
  what: string('what').notNull(),
  subject: string('subject').notNull(),
  particulars: json<Record<string, unknown>>('particulars').notNull(),
}, (t) => [index('events_subject').on(t.subject, t.at)])
