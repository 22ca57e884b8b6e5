import { count, index, instant, json, string, table, uniqueIndex } from '../db/kit.ts'

/** Work to do after a commit: the queue and the outbox are one (rulings 10). A row is written in the deed's transaction. */
export const jobs = table('jobs', {
  id: string('id').primaryKey(),
  name: string('name').notNull(),
  data: json<Record<string, unknown>>('data').notNull(),
  /** The same key is enqueued once: a notice is never sent twice. */
  key: string('key'),
  runAt: instant('run_at').notNull(),
  attempts: count('attempts').notNull().default(0),
  /** A worker that died leaves this behind; after it another may take the row. */
  leasedUntil: instant('leased_until'),
  doneAt: instant('done_at'),
  lastError: string('last_error'),
}, (t) => [index('jobs_due').on(t.doneAt, t.runAt), uniqueIndex('jobs_key').on(t.key)])
