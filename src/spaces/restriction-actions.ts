import { eq } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { record } from '../history/store.ts'
import { localDateOf } from '../time/wallclock.ts'
import { takeCatalogue } from './premises-store.ts'
import { bindsOn } from './space.ts'
import { catalogueOf } from './store.ts'
import { spaces } from './table.ts'

/**
 * Lets go of the limits whose last day is over, so that spaces without any are booked by the rules alone. Runs by the clock;
 * whoever else changes the premises at the same moment goes first, and this is done the next time.
 */
export async function liftRestrictions(ctx: Context): Promise<void> {
  const now = ctx.clock.now()
  const date = localDateOf(now)
  const { version, spaces: all } = await catalogueOf(ctx.db)
  const over = all.filter(({ space }) => space.restrictions.some((one) => !bindsOn(date, one)))
  if (over.length === 0) return
  await ctx.db.transaction(async (db) => {
    if (!(await takeCatalogue(db, version))) return
    for (const { space: { id, restrictions } } of over) {
      const left = restrictions.filter((one) => bindsOn(date, one))
      const change = left.length > 0 ? { restrictions: left } : { restrictions: left, approval: 'automatic' as const }
      await db.update(spaces).set(change).where(eq(spaces.id, id)).returning({ id: spaces.id })
      for (const one of restrictions.filter((one) => !bindsOn(date, one))) {
        await record(db, { at: now, actor: 'system', what: 'space.restriction-ended', subject: id, particulars: { ...one } })
      }
    }
  })
}
