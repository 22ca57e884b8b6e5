import { isDeepStrictEqual } from 'node:util'
import { and, eq, inArray, or } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { record } from '../history/store.ts'
import { nanoId } from '../platform/ids.ts'
import { localDateOf } from '../time/wallclock.ts'
import { takeCatalogue } from './premises-store.ts'
import { stateOn, type Restriction, type RestrictionDecision } from './restriction.ts'
import { catalogueOf, markCatalogueChanged } from './store.ts'
import { restrictions } from './table.ts'

/**
 * Brings restrictions into force on their first day and lets go of them after their last, so that spaces without any are
 * booked by the rules alone. Runs by the clock; whoever else changes the premises at the same moment goes first, and this
 * is done the next time.
 */
export async function settleRestrictions(ctx: Context): Promise<void> {
  const now = ctx.clock.now()
  const date = localDateOf(now)
  const { version } = await catalogueOf(ctx.db)
  const due = (await ctx.db.select().from(restrictions).where(inArray(restrictions.state, ['coming', 'in_force'])))
    .flatMap((row) => (stateOn(date, row) === row.state ? [] : [{ row, state: stateOn(date, row) }]))
  if (due.length === 0) return
  await ctx.db.transaction(async (db) => {
    if (!(await takeCatalogue(db, version))) return
    for (const { row: { id, unitId, validFrom, validTo }, state } of due) {
      await db.update(restrictions).set({ state }).where(eq(restrictions.id, id)).returning({ id: restrictions.id })
      await record(db, { at: now, actor: 'system', what: state === 'over' ? 'restriction.over' : 'restriction.began', subject: id, particulars: { unitId, validFrom, validTo } })
    }
  })
}

export type RestrictionWish = Omit<Restriction, 'id' | 'state' | 'decision'> & { decision: RestrictionDecision }

/** Puts a limit on premises by a decision, and answers with its id: sent twice, it is one. Bookings that were made stay as they are. */
export async function restrict(ctx: Context, actor: string, wish: RestrictionWish): Promise<string> {
  const now = ctx.clock.now()
  return ctx.db.transaction(async (db) => {
    await markCatalogueChanged(db)
    const others = await db.select().from(restrictions).where(and(eq(restrictions.unitId, wish.unitId), inArray(restrictions.state, ['coming', 'in_force'])))
    const twin = others.find(({ id: _, state: __, ...one }) => isDeepStrictEqual(one, wish))
    if (twin) return twin.id
    const id = nanoId()
    await db.insert(restrictions).values({ id, ...wish, state: stateOn(localDateOf(now), wish) }).returning({ id: restrictions.id })
    await record(db, { at: now, actor, what: 'restriction.made', subject: id, particulars: { ...wish } })
    return id
  })
}

/** As `isTold`. */
const stillTold = or(inArray(restrictions.state, ['coming', 'in_force']), and(eq(restrictions.state, 'over'), eq(restrictions.effect, 'not_lent')))

/** Ends a restriction before its day by a decision, for a reason; false when there is none that could be ended. */
export async function liftRestriction(ctx: Context, actor: string, id: string, why: { decision: RestrictionDecision; reason: string }): Promise<boolean> {
  const now = ctx.clock.now()
  return ctx.db.transaction(async (db) => {
    const [row] = await db.update(restrictions).set({ state: 'lifted' }).where(and(eq(restrictions.id, id), stillTold)).returning()
    if (!row) return false
    await record(db, { at: now, actor, what: 'restriction.lifted', subject: id, particulars: why })
    await markCatalogueChanged(db)
    return true
  })
}
