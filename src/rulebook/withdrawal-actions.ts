import type { Context } from '../context.ts'
import { record } from '../history/store.ts'
import type { PlainText } from '../platform/i18n/text.ts'
import { localDateOf, type LocalDate } from '../time/wallclock.ts'
import { insertWithdrawal, lockEdition, withdrawals } from './edition-store.ts'

export type WithdrawalRefusal = { code: 'not-adopted' | 'withdrawn-already' | 'in-force-already' }
export type Withdrawing = { decision: { number: string; date: LocalDate; body: PlainText }; reason: PlainText }

/**
 * Decides that an adopted edition whose day has not come never comes into force. It stays readable with the reason; what
 * was decided and priced until now stays as it was. Null when there is no such edition.
 */
export async function withdrawEdition(
  ctx: Context, actor: string, id: string, { decision, reason }: Withdrawing,
): Promise<{ ok: true } | { ok: false; refusal: WithdrawalRefusal } | null> {
  const now = ctx.clock.now()
  return ctx.db.transaction(async (db) => {
    const row = await lockEdition(db, id)
    if (!row) return null
    const code = row.status !== 'adopted' ? 'not-adopted' : (await withdrawals(db)).has(id) ? 'withdrawn-already'
      : row.validFrom <= localDateOf(now) ? 'in-force-already' : null
    if (code) return { ok: false, refusal: { code } } as const
    await insertWithdrawal(db, { editionId: id, decision, reason, createdAt: now })
    await record(db, { at: now, actor, what: 'edition.withdrawn', subject: id, particulars: { number: decision.number, date: decision.date } })
    return { ok: true } as const
  })
}
