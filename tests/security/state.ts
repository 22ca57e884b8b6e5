import path from 'node:path'
import Handle from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { readBanners } from '../../src/notices/banner-store.ts'
import type { World } from '../support/world.ts'

/** What is only made to be quick: looking may make it, so it is no deed. It is made again when it is missing. */
const quick = ['event_texts', 'feed_tags']
/** Follows from the occupancies by triggers, with a new mark every time. */
const following = ['occupied_days']
/** Whether a token or an address was used is noted by looking, so it does not count as a change. */
const noted = ['last_used_at']

/** Every table of the database as its own schema lists them, with its columns; a new one is watched without being named here. */
export function schemaOf(file: Handle.Database): Map<string, { name: string; type: string }[]> {
  const names = file.prepare(`select name from main.sqlite_master where type = 'table' and name not like 'sqlite%' and name not like '\\_\\_%' escape '\\'`).pluck().all() as string[]
  return new Map(names.map((name) => [name, file.prepare('select name, type from pragma_table_info(?)').all(name) as { name: string; type: string }[]]))
}

/** Remembers how everything is, to tell whether it changed and to make it so again. */
export async function remembered({ ctx, dataDir }: World) {
  const file = new Handle(path.join(dataDir, 'tilavuoro.db'))
  onTestFinished(() => { file.close() })
  file.pragma('foreign_keys = off')
  const tables = [...schemaOf(file)].filter(([name]) => !quick.includes(name) && !following.includes(name))
  const names = tables.map(([name]) => name)
  file.exec(`attach ':memory:' as kept; ${names.map((name) => `create table kept.${name} as select * from main.${name}`).join(';')}`)
  /** Asks for a row when any table holds another row, or one less, than the kept ones: no row has to come here for that. */
  const differing = file.prepare(tables.flatMap(([name, columns]) => {
    const compared = columns.map((column) => column.name).filter((column) => !noted.includes(column)).map((column) => `"${column}"`).join()
    return [['main', 'kept'], ['kept', 'main']].map(([one, other]) =>
      `select 1 where exists (select ${compared} from ${one}.${name} except select ${compared} from ${other}.${name})`)
  }).join(' union all '))
  const again = file.transaction(() => file.exec([
    ...[...names, ...quick].map((name) => `delete from main.${name}`),
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
