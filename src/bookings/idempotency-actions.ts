import type { Context } from '../context.ts'
import type { Writes } from '../platform/db/database.ts'
import { hashOf } from '../platform/ids.ts'
import { forgetAnswer, forgetAnswersUntil, keepAnswer, keptAnswer, noteRunning } from './idempotency-store.ts'

const keptMs = 24 * 3_600_000
/** A request that says nothing for so long has died with its process; its deed and its answer are one transaction. */
const deadAfterMs = 60_000

export type Answered = { status: number; answer: unknown }
/** Keeps the answer in the transaction of the deed, so that neither is there without the other. */
export type Keep = (db: Writes, given: Answered) => Promise<void>
export type Once = ({ is: 'answered' } & Answered) | { is: 'other-body' } | { is: 'in-progress' }

/**
 * Does a person's request once for a day (rulings 24): the same body under the same key gets the first answer again.
 * `work` answers and may keep the answer itself, inside its transaction; when it throws, the key is free again.
 */
export async function once(ctx: Context, asked: { personId: string; key: string; body: unknown }, work: (keep: Keep) => Promise<Answered>): Promise<Once> {
  const { personId, key } = asked
  const earlier = await begin(ctx, personId, key, hashOf(canonical(asked.body)))
  if (earlier) return earlier
  const state = { kept: false }
  const keep: Keep = async (db, given) => {
    state.kept = true
    await keepAnswer(db, personId, key, given)
  }
  try {
    const given = await work(keep)
    if (!state.kept) await ctx.db.transaction((db) => keepAnswer(db, personId, key, given))
    return { is: 'answered', ...given }
  } catch (error) {
    await ctx.db.transaction((db) => forgetAnswer(db, personId, key))
    throw error
  }
}

/** What was answered before, or null when the work is now ours. */
function begin(ctx: Context, personId: string, key: string, bodyHash: string): Promise<Once | null> {
  const now = ctx.clock.now()
  return ctx.db.transaction(async (db) => {
    await forgetAnswersUntil(db, now - keptMs)
    const kept = await keptAnswer(db, personId, key)
    if (kept && kept.bodyHash !== bodyHash) return { is: 'other-body' }
    if (kept && kept.status !== null) return { is: 'answered', status: kept.status, answer: kept.answer }
    const ours = await noteRunning(db, { personId, key, bodyHash, createdAt: now }, now - deadAfterMs)
    return ours ? null : { is: 'in-progress' }
  })
}

/** JSON with its fields in order: two bodies that say the same are the same. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    (typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one))
}
