import path from 'node:path'
import Handle from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { placeHold } from '../../src/bookings/hold-actions.ts'
import { personById } from '../../src/people/store.ts'
import { at, wishFor } from '../bookings/wishes.ts'
import { doorOf, tokenOf, type Knock, type Reply } from '../security/knocking.ts'
import type { Name } from '../support/cast.ts'
import { world } from '../support/world.ts'

/** What a request may leave behind whatever came of it: its answer by its key, and when a token was used. The marks of days follow from the rows. */
const itsOwn = ['idempotent_answers', 'api_tokens', 'occupied_days']

/** A city with a booking, a request and a hold, whose every row is watched. */
export async function besieged() {
  const the = await world()
  const made = async (name: Name, space: string, day: string) => {
    const done = await book(the.ctx, (await personById(the.ctx.db, name))!, wishFor(space, `${day}T18:00`, `${day}T20:00`), { language: 'fi' })
    if (!done.ok) throw new Error(JSON.stringify(done.refusals))
    return done.booking.ref
  }
  const refs = { confirmed: await made('olli', 'luokka', '2026-11-24'), request: await made('olli', 'ruokasali', '2026-12-10'), others: await made('maija', 'ruokasali', '2026-12-11') }
  await placeHold(the.ctx, { hash: 'somebody', addressHash: 'somewhere' }, { space: 'sali', start: at('2026-11-26T18:00'), end: at('2026-11-26T20:00') }, {})
  await the.settle()
  const tokens = Object.fromEntries(await Promise.all((['olli', 'maija', 'kalle'] as const).map(async (name) => [name, await tokenOf(the, name)] as const)))

  const sqlite = new Handle(path.join(the.dataDir, 'tilavuoro.db'), { timeout: 5_000 })
  onTestFinished(() => { sqlite.close() })
  sqlite.pragma('foreign_keys = off')
  const tables = (sqlite.prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name not like '\\_\\_%' escape '\\'`).all() as { name: string }[])
    .map(({ name }) => name).filter((name) => !itsOwn.includes(name))
  const readers = tables.map((name) => [name, sqlite.prepare(`select * from ${name}`)] as const)
  const rows = (): Record<string, object[]> => Object.fromEntries(readers.map(([name, reader]) => [name, reader.all() as object[]]))
  const before = rows()
  const whole = JSON.stringify(before)
  const knock = await doorOf(the)
  return {
    the, refs, tokens,
    knock: (knocked: Knock): Promise<Reply> => knock(knocked),
    /** The tables that are not as they were. */
    changed(): string[] {
      const now = rows()
      return JSON.stringify(now) === whole ? [] : tables.filter((name) => JSON.stringify(now[name]) !== JSON.stringify(before[name]))
    },
    /** Puts every row back. */
    restore: sqlite.transaction(() => {
      for (const name of tables) sqlite.prepare(`delete from ${name}`).run()
      for (const [name, kept] of Object.entries(before)) {
        for (const row of kept) sqlite.prepare(`insert into ${name} (${Object.keys(row).join()}) values (${Object.keys(row).map((key) => `@${key}`).join()})`).run(row)
      }
    }),
  }
}
