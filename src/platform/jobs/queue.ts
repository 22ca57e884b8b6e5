import { and, asc, eq, gt, isNotNull, isNull, lt, lte, or } from 'drizzle-orm'
import { nanoId } from '../ids.ts'
import { forUpdate } from '../db/dialect.ts'
import type { Database, Reads, Writes } from '../db/database.ts'
import { inserting } from '../db/prepared.ts'
import { jobs } from './table.ts'

export type Job = typeof jobs.$inferSelect

/** What was begun may have been done or not, and doing it again would show: a person says which (`cli -- jobs`). */
export class OutcomeUnknown extends Error {
  override name = 'OutcomeUnknown'
}

const leaseMs = 60_000
/** A lease that no clock ends. */
const untilSomebodySays = Number.MAX_SAFE_INTEGER
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

/** A lease that ends much later than any begun now was given before the clock was set back: its worker is long gone. */
const fromAheadMs = 10 * leaseMs
const unleased = (now: number) =>
  or(isNull(jobs.leasedUntil), lte(jobs.leasedUntil, now), and(gt(jobs.leasedUntil, now + fromAheadMs), lt(jobs.leasedUntil, untilSomebodySays)))

const due = (now: number) => and(isNull(jobs.doneAt), lte(jobs.runAt, now), unleased(now))

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
      // A worker that took longer than its lease must not undo what the next one does.
      .where(and(eq(jobs.id, job.id), eq(jobs.attempts, job.attempts)))
      .returning({ id: jobs.id })
  })
}

/**
 * Marks a job just before its one irrevocable step, and throws when another worker has. Should the process die, or the
 * answer be lost, the job is not taken again but waits where it is seen: SMTP has no way to ask whether a mail was taken
 * (RFC 1047), a receiver may not drop the second one, and a person can look into the mail server's log.
 */
export async function standOrFall(db: Database, id: string): Promise<void> {
  const marked = await db.transaction((db) =>
    db
      .update(jobs)
      .set({ leasedUntil: untilSomebodySays, lastError: 'handed over, and no answer yet' })
      .where(and(eq(jobs.id, id), isNull(jobs.doneAt), lt(jobs.leasedUntil, untilSomebodySays)))
      .returning({ id: jobs.id }))
  if (marked.length === 0) throw new OutcomeUnknown('another worker was first')
}

/** What was due by a clock that has been set back from `before` to `now` stays due. */
export async function keepDue(db: Database, now: number, before: number): Promise<void> {
  await db.transaction(async (db) => {
    await db
      .update(jobs)
      .set({ runAt: now })
      .where(and(isNull(jobs.doneAt), gt(jobs.runAt, now), lte(jobs.runAt, before)))
      .returning({ id: jobs.id })
  })
}

/** What waits although it has been tried. `unclear` are those that nobody tries again until a person has said whether they were done. */
export async function troubled(db: Reads): Promise<(Job & { unclear: boolean })[]> {
  const rows = await db.select().from(jobs).where(and(isNull(jobs.doneAt), isNotNull(jobs.lastError))).orderBy(asc(jobs.runAt), asc(jobs.id))
  return rows.map((row) => ({ ...row, unclear: row.leasedUntil === untilSomebodySays }))
}

/** A person's word on a job that waits: it was done, or it is to be tried again. False when there is no such job. */
export async function settleByHand(db: Database, id: string, word: 'done' | 'again', now: number): Promise<boolean> {
  const change = { leasedUntil: null, lastError: null, ...(word === 'done' ? { doneAt: now } : { runAt: now }) }
  const changed = await db.transaction((db) =>
    db.update(jobs).set(change).where(and(eq(jobs.id, id), isNull(jobs.doneAt))).returning({ id: jobs.id }))
  return changed.length > 0
}

/** How many jobs wait, how many of them have failed, and how many wait for a person's word. */
export async function waiting(db: Reads): Promise<{ waiting: number; failing: number; unclear: number }> {
  const rows = await db.select({ lastError: jobs.lastError, leasedUntil: jobs.leasedUntil }).from(jobs).where(isNull(jobs.doneAt))
  const unclear = rows.filter((row) => row.leasedUntil === untilSomebodySays).length
  return { waiting: rows.length, failing: rows.filter((row) => row.lastError !== null).length - unclear, unclear }
}

const keepDoneMs = 30 * 86_400_000

/** Done rows are kept a month, to answer "was it sent?". */
export async function forgetOld(db: Database, now: number): Promise<void> {
  await db.transaction(async (db) => {
    await db.delete(jobs).where(lt(jobs.doneAt, now - keepDoneMs)).returning({ id: jobs.id })
  })
}
