import { and, asc, eq, isNull, lt, lte, or } from 'drizzle-orm'
import { nanoId } from '../ids.ts'
import { forUpdate } from '../db/dialect.ts'
import type { Database, Reads, Writes } from '../db/database.ts'
import { inserting } from '../db/prepared.ts'
import { jobs } from './table.ts'

export type Job = typeof jobs.$inferSelect

const leaseMs = 60_000
const backoffMs = (attempts: number): number => Math.min(2 ** attempts * 15_000, 3_600_000)

/** Puts work into the queue inside the deed's transaction. A second row with the same `key` is not made. */
export async function enqueue(
  db: Writes,
  name: string,
  data: Record<string, unknown>,
  options: { key?: string; runAt: number },
): Promise<void> {
  await insertJob(db, { id: nanoId(), name, data, key: options.key ?? null, runAt: options.runAt })
}
const insertJob = inserting(jobs, { unlessThere: true })

const due = (now: number) =>
  and(isNull(jobs.doneAt), lte(jobs.runAt, now), or(isNull(jobs.leasedUntil), lte(jobs.leasedUntil, now)))

/** The next due job, leased to the caller for a minute; null when there is none. */
export async function lease(db: Database, now: number): Promise<Job | null> {
  const [waiting] = await db.select({ id: jobs.id }).from(jobs).where(due(now)).limit(1)
  if (!waiting) return null
  return db.transaction(async (db) => {
    const [next] = await forUpdate(db.select().from(jobs).where(due(now)).orderBy(asc(jobs.runAt), asc(jobs.id)).limit(1))
    if (!next) return null
    const [leased] = await db
      .update(jobs)
      .set({ leasedUntil: now + leaseMs, attempts: next.attempts + 1 })
      .where(eq(jobs.id, next.id))
      .returning()
    return leased ?? null
  })
}

export async function finish(db: Database, job: Job, now: number): Promise<void> {
  await db.transaction(async (db) => {
    await db.update(jobs).set({ doneAt: now, leasedUntil: null, lastError: null }).where(eq(jobs.id, job.id)).returning({ id: jobs.id })
  })
}

/** Puts a failed job back with a growing pause; it is never given up silently. */
export async function putBack(db: Database, job: Job, now: number, error: string): Promise<void> {
  await db.transaction(async (db) => {
    await db
      .update(jobs)
      .set({ leasedUntil: null, runAt: now + backoffMs(job.attempts), lastError: error.slice(0, 500) })
      .where(eq(jobs.id, job.id))
      .returning({ id: jobs.id })
  })
}

/** How many jobs wait, and how many of them have failed at least once. */
export async function waiting(db: Reads): Promise<{ waiting: number; failing: number }> {
  const rows = await db.select({ attempts: jobs.attempts }).from(jobs).where(isNull(jobs.doneAt))
  return { waiting: rows.length, failing: rows.filter((row) => row.attempts > 1).length }
}

const keepDoneMs = 30 * 86_400_000

/** Done rows are kept a month, to answer "was it sent?". */
export async function forgetOld(db: Database, now: number): Promise<void> {
  await db.transaction(async (db) => {
    await db.delete(jobs).where(lt(jobs.doneAt, now - keepDoneMs)).returning({ id: jobs.id })
  })
}
