import { asc, eq } from 'drizzle-orm'
import { nanoId } from '../platform/ids.ts'
import type { Reads, Writes } from '../platform/db/database.ts'
import { inserting } from '../platform/db/prepared.ts'
import { events } from './table.ts'

export type HistoryEvent = typeof events.$inferSelect

/** Writes who did what to which; call it in the transaction of the deed. `actor` is a person's id or 'system'. */
export async function record(
  db: Writes,
  event: { at: number; actor: string; what: string; subject: string; particulars?: Record<string, unknown> },
): Promise<void> {
  await insertEvent(db, { id: nanoId(), particulars: {}, ...event })
}
const insertEvent = inserting(events)

/** What happened to one subject, oldest first. */
export const eventsOf = (db: Reads, subject: string): Promise<HistoryEvent[]> =>
  db.select().from(events).where(eq(events.subject, subject)).orderBy(asc(events.at), asc(events.id))
