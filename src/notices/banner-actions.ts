import { eq } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { record } from '../history/store.ts'
import type { Person } from '../people/person.ts'
import type { Writes } from '../platform/db/database.ts'
import { nanoId } from '../platform/ids.ts'
import { stateOf, type BannerWish } from './banner.ts'
import { bannerById, readBanners } from './banner-store.ts'
import { banners } from './table.ts'

/** Does a deed to the banners, and shows it at once on the pages of this process. */
async function changing<T>(ctx: Context, deed: (db: Writes, now: number) => Promise<T>): Promise<T> {
  const now = ctx.clock.now()
  const done = await ctx.db.transaction((db) => deed(db, now))
  await readBanners(ctx.db, now)
  return done
}

export const makeBanner = (ctx: Context, person: Person, wish: BannerWish): Promise<string> => changing(ctx, async (db, now) => {
  const id = nanoId()
  await db.insert(banners).values({ id, ...wish, madeById: person.id, createdAt: now }).returning({ id: banners.id })
  await record(db, { at: now, actor: person.id, what: 'banner.made', subject: id, particulars: wish })
  return id
})

/** Changes what is shown now or later; false when there is no such banner or it is over, as what was shown is history. */
export const changeBanner = (ctx: Context, person: Person, id: string, wish: BannerWish): Promise<boolean> => changing(ctx, async (db, now) => {
  const banner = await bannerById(db, id)
  if (!banner || stateOf(banner, now) === 'past') return false
  await db.update(banners).set(wish).where(eq(banners.id, id)).returning({ id: banners.id })
  await record(db, { at: now, actor: person.id, what: 'banner.changed', subject: id, particulars: wish })
  return true
})

/** Takes a banner down, also one that has not started; false when there is none. One that is over stays as it was. */
export const endBanner = (ctx: Context, person: Person, id: string): Promise<boolean> => changing(ctx, async (db, now) => {
  const banner = await bannerById(db, id)
  if (!banner) return false
  if (stateOf(banner, now) === 'past') return true
  await db.update(banners).set({ startsAt: Math.min(banner.startsAt, now), endsAt: now }).where(eq(banners.id, id)).returning({ id: banners.id })
  await record(db, { at: now, actor: person.id, what: 'banner.ended', subject: id })
  return true
})
