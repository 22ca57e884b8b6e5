import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import Handle from 'better-sqlite3'
import { pino } from 'pino'
import { boot } from '../../boot.ts'
import { readConfig, type Config } from '../../config.ts'
import type { Context } from '../../context.ts'
import { engine } from '../../platform/db/kit.ts'
import { hashOf } from '../../platform/ids.ts'
import { catalogueOf } from '../../spaces/store.ts'
import { apiTokens, persons } from '../../people/table.ts'
import { CliError } from '../cli-error.ts'
import { seedBookings, type Wanted } from '../seed/bulk.ts'
import { bulkWriter } from '../seed/bulk-writer.ts'
import { progress } from '../seed/progress.ts'
import { seedCity } from '../seed/seed.ts'

/** A Monday morning in term: figures must not hang on the day of the year. */
export const benchNow = '2026-11-23T09:00:00+02:00'

/** A database full of bookings, the people who will book, and what asks it. */
export type Town = { ctx: Context; file: string; env: Record<string, string>; spaces: number; bookers: Booker[]; close(): Promise<void> }
/** May have four coming bookings, like anybody. */
export type Booker = { id: string; token: string }

export function envFor(folder: string, file: string): Record<string, string> {
  return { DATA_DIR: folder, DATABASE_URL: `file:${file}`, TILAVUORO_NOW: benchNow, DEMO_BOOKINGS: 'false' }
}

async function make(file: string, wanted: Wanted, config: Config): Promise<void> {
  const unfinished = `${file}.unfinished`
  const away = (): void => ['', '-wal', '-shm'].forEach((end) => rmSync(unfinished + end, { force: true }))
  away()
  const url = `file:${unfinished}`
  const { ctx } = await boot({ ...config, databaseUrl: url }, pino({ level: 'silent' }))
  await seedCity(ctx.db, ctx.clock.now())
  const writer = bulkWriter(url, ctx.db)
  const done = await seedBookings(writer, wanted, ctx.clock.now(), progress('bookings seeded', wanted.bookings))
  writer.close()
  await ctx.db.close()
  if (!done.ok) {
    away()
    throw new CliError(`So many cannot be seeded: ${done.code}.`)
  }
  renameSync(unfinished, file)
}

/** Opens the town of so many bookings in the folder, seeding it when it is not there yet. What an earlier run left is taken away. */
export async function openTown(folder: string, wanted: Wanted, bookers: number): Promise<Town> {
  if (engine !== 'sqlite') throw new CliError('bench measures SQLite; unset DATABASE_URL.')
  mkdirSync(folder, { recursive: true })
  const file = path.resolve(folder, `town-${wanted.bookings}-${wanted.people}-${wanted.spaces ?? 'all'}.db`)
  const env = envFor(folder, file)
  const config = readConfig(env)
  if (!existsSync(file)) await make(file, wanted, config)
  const { ctx } = await boot(config, pino({ level: 'silent' }))
  asSeeded(file)
  const { spaces } = await catalogueOf(ctx.db)
  return { ctx, file, env, spaces: wanted.spaces ?? spaces.length, bookers: await addBookers(ctx, bookers), close: () => ctx.db.close() }
}

/** Takes away what a run made: kept texts, the queue, the ledger, and the bookers with all they booked. */
function asSeeded(file: string): void {
  const handle = new Handle(file, { timeout: 10_000 })
  // Children go before their parents; asking whether anybody was decided by each of them would read every booking.
  handle.pragma('foreign_keys = OFF')
  const theirs = `(select id from persons where email like 'bench-%')`
  const theirBookings = `(select id from bookings where person_id in ${theirs})`
  handle.exec(`begin immediate;
    delete from event_texts; delete from feed_tags; delete from jobs; delete from events; delete from idempotent_answers;
    delete from occupancies where booking_id in ${theirBookings};
    delete from bookings where person_id in ${theirs};
    delete from api_tokens where person_id in ${theirs};
    delete from persons where id in ${theirs};
    commit`)
  handle.pragma('wal_checkpoint(TRUNCATE)')
  handle.close()
}

async function addBookers(ctx: Context, howMany: number): Promise<Booker[]> {
  const bookers = Array.from({ length: howMany }, (_, i) => ({ id: `bench-${i}`, token: `tv_bench-${i}` }))
  const createdAt = ctx.clock.now()
  await ctx.db.transaction(async (db) => {
    for (let i = 0; i < bookers.length; i += 500) {
      const some = bookers.slice(i, i + 500)
      await db.insert(persons).values(some.map(({ id }) => ({ id, email: `${id}@example.org`, name: 'Mittaaja Malli', language: 'fi' as const, createdAt })))
      await db.insert(apiTokens).values(some.map(({ id, token }) => ({ id, tokenHash: hashOf(token), personId: id, name: 'bench', createdAt, lastUsedAt: createdAt })))
    }
  })
  return bookers
}
