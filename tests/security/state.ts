import path from 'node:path'
import Handle from 'better-sqlite3'
import { getTableColumns, getTableName } from 'drizzle-orm'
import { onTestFinished } from 'vitest'
import { contactMessages } from '../../src/about/table.ts'
import { savedSearches } from '../../src/availability/table.ts'
import { bookings, holds, idempotentAnswers, occupancies } from '../../src/bookings/table.ts'
import { eventTexts, feedAddresses, feedTags } from '../../src/calendars/table.ts'
import { decisions } from '../../src/decisions/table.ts'
import { events } from '../../src/history/table.ts'
import { readBanners } from '../../src/notices/banner-store.ts'
import { banners } from '../../src/notices/table.ts'
import { apiTokens, associations, bans, invitations, memberships, persons, sessions, signInLinks, staffRoles } from '../../src/people/table.ts'
import { jobs } from '../../src/platform/jobs/table.ts'
import { editions, editionWithdrawals } from '../../src/rulebook/table.ts'
import { trials } from '../../src/trials/table.ts'
import type { World } from '../support/world.ts'

/** Everything that people's deeds write, parents first. What is only made to be quick (event texts, feed tags) is no deed. */
const tables = [
  persons, associations, memberships, invitations, staffRoles, sessions, apiTokens, signInLinks, bookings, holds, occupancies,
  idempotentAnswers, feedAddresses, banners,
  contactMessages, savedSearches, bans, decisions, editions, editionWithdrawals, trials, events, jobs,
]
const names = tables.map((table) => getTableName(table))

/** Whether a token or an address was used is noted by looking, so it does not count as a change. */
const compared = tables.map((table) => Object.values(getTableColumns(table)).map(({ name }) => name).filter((name) => name !== 'last_used_at').join())

/** Asks for a row when any table holds another row, or one less, than the kept ones: no row has to come here for that. */
const difference = names.flatMap((name, i) => [['main', 'kept'], ['kept', 'main']].map(([one, other]) =>
  `select 1 where exists (select ${compared[i]} from ${one}.${name} except select ${compared[i]} from ${other}.${name})`)).join(' union all ')

/** Remembers how everything is, to tell whether it changed and to make it so again. */
export async function remembered({ ctx, dataDir }: World) {
  const file = new Handle(path.join(dataDir, 'tilavuoro.db'))
  onTestFinished(() => { file.close() })
  file.exec(`attach ':memory:' as kept; ${names.map((name) => `create table kept.${name} as select * from main.${name}`).join(';')}`)
  const differing = file.prepare(difference)
  const again = file.transaction(() => file.exec([
    ...[...names, getTableName(eventTexts), getTableName(feedTags)].reverse().map((name) => `delete from main.${name}`),
    ...names.map((name) => `insert into main.${name} select * from kept.${name}`),
  ].join(';')))
  /** SQLite's own word for whether anybody else has written since the last asking. */
  const version = (): unknown => file.pragma('data_version', { simple: true })
  let seen = version()

  async function changed(): Promise<boolean> {
    const now = version()
    if (now === seen) return false
    if (differing.get()) return true
    seen = now
    return false
  }

  async function restore(): Promise<void> {
    await ctx.db.transaction(async () => undefined)
    again.immediate()
    await readBanners(ctx.db, ctx.clock.now())
  }
  return { changed, restore }
}
