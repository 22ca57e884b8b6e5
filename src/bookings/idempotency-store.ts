import { and, eq, lte } from 'drizzle-orm'
import type { Reads, Writes } from '../platform/db/database.ts'
import { idempotentAnswers as answers } from './table.ts'

export type KeptAnswer = typeof answers.$inferSelect

const of = (personId: string, key: string) => and(eq(answers.personId, personId), eq(answers.key, key))

export async function keptAnswer(db: Reads, personId: string, key: string): Promise<KeptAnswer | null> {
  const [found] = await db.select().from(answers).where(of(personId, key))
  return found ?? null
}

/** Notes that a request runs, over whatever stood under its key. */
export async function noteRunning(db: Writes, row: { personId: string; key: string; bodyHash: string; createdAt: number }): Promise<void> {
  const running = { ...row, status: null, answer: null }
  await db.insert(answers).values(running).onConflictDoUpdate({ target: [answers.personId, answers.key], set: running }).returning({ key: answers.key })
}

export async function keepAnswer(db: Writes, personId: string, key: string, given: { status: number; answer: unknown }): Promise<void> {
  await db.update(answers).set(given).where(of(personId, key)).returning({ key: answers.key })
}

export async function forgetAnswer(db: Writes, personId: string, key: string): Promise<void> {
  await db.delete(answers).where(of(personId, key)).returning({ key: answers.key })
}

/** Forgets every answer as old as this or older. */
export async function forgetAnswersUntil(db: Writes, moment: number): Promise<void> {
  await db.delete(answers).where(lte(answers.createdAt, moment)).returning({ key: answers.key })
}
