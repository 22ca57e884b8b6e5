import { contactMessages } from '../../src/about/table.ts'
import { savedSearches } from '../../src/availability/table.ts'
import { bookings, holds, idempotentAnswers, occupancies } from '../../src/bookings/table.ts'
import { eventTexts, feedAddresses, feedTags } from '../../src/calendars/table.ts'
import { decisions } from '../../src/decisions/table.ts'
import { events } from '../../src/history/table.ts'
import { readBanners } from '../../src/notices/banner-store.ts'
import { banners } from '../../src/notices/table.ts'
import { apiTokens, associations, invitations, memberships, persons, sessions, signInLinks, staffRoles } from '../../src/people/table.ts'
import { jobs } from '../../src/platform/jobs/table.ts'
import { editions } from '../../src/rulebook/table.ts'
import { trials } from '../../src/trials/table.ts'
import type { World } from '../support/world.ts'

/** Everything that people's deeds write, parents first. What is only made to be quick (event texts, feed tags) is no deed. */
const tables = [
  persons, associations, memberships, invitations, staffRoles, sessions, apiTokens, signInLinks, bookings, holds, occupancies,
  idempotentAnswers, feedAddresses, banners,
  contactMessages, savedSearches, decisions, editions, trials, events, jobs,
]

/** Whether a token or an address was used is noted by looking, so it does not count as a change. */
const textOf = (rows: object[][]): string => JSON.stringify(rows, (key, value: unknown) => (key === 'lastUsedAt' ? undefined : value))

/** SQLite's own word for whether anybody else has written since the last asking. */
const version = async ({ ctx: { db } }: World): Promise<unknown> => (await db.rows<unknown[]>('PRAGMA data_version', []))[0]

/** Remembers how everything is, to tell whether it changed and to make it so again. */
export async function remembered(the: World) {
  const { ctx } = the
  const read = (): Promise<object[][]> => Promise.all(tables.map((table): Promise<object[]> => ctx.db.select().from(table)))
  const rows = await read()
  const text = textOf(rows)
  let seen = JSON.stringify(await version(the))

  async function changed(): Promise<boolean> {
    const now = JSON.stringify(await version(the))
    if (now === seen) return false
    if (textOf(await read()) !== text) return true
    seen = now
    return false
  }

  async function restore(): Promise<void> {
    await ctx.db.transaction(async (db) => {
      for (const table of [feedTags, eventTexts, ...tables.toReversed()]) await db.delete(table)
      for (const [i, table] of tables.entries()) if (rows[i]?.length) await db.insert(table).values(rows[i] as never).returning()
    })
    await readBanners(ctx.db, ctx.clock.now())
  }
  return { changed, restore }
}
