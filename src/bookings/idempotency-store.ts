import { and, eq, isNull, lte } from 'drizzle-orm'
import type { Reads, Writes } from '../platform/db/database.ts'
import { idempotentAnswers as answers } from './table.ts'

export type KeptAnswer = typeof answers.$inferSelect

const of = (personId: string, key: string) => and(eq(answers.personId, personId), eq(answers.key, key))
/** Only while it runs: a request that was thought dead must not talk over the one that took its place. */
const running = (personId: string, key: string) => and(of(personId, key), isNull(answers.status))

export async function keptAnswer(db: Reads, personId: string, key: string): Promise<KeptAnswer | null> {
  const [found] = await db.select().from(answers).where(of(personId, key))
  return found ?? null
}

/** Notes that a request runs, over one that began at `deadUntil` or before; false when another one was first. */
export async function noteRunning(db: Writes, row: { personId: string; key: string; bodyHash: string; createdAt: number }, deadUntil: number): Promise<boolean> {
  const started = { ...row, status: null, answer: null }
  const dead = and(isNull(answers.status), lte(answers.createdAt, deadUntil))
  const noted = await db.insert(answers).values(started)
    .onConflictDoUpdate({ target: [answers.personId, answers.key], set: started, setWhere: dead }).returning({ key: answers.key })
  return noted.length > 0
}

export async function keepAnswer(db: Writes, personId: string, key: string, given: { status: number; answer: unknown }): Promise<void> {
  await db.update(answers).set(given).where(running(personId, key)).returning({ key: answers.key })
}

export async function forgetAnswer(db: Writes, personId: string, key: string): Promise<void> {
  await db.delete(answers).where(running(personId, key)).returning({ key: answers.key })
}

/** Forgets every answer as old as this or older. */
export async function forgetAnswersUntil(db: Writes, moment: number): Promise<void> {
  await db.delete(answers).where(lte(answers.createdAt, moment)).returning({ key: answers.key })
}
