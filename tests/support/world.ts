import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getTableName } from 'drizzle-orm'
import { pino } from 'pino'
import supertest from 'supertest'
import { onTestFinished } from 'vitest'
import { createApp } from '../../src/app.ts'
import { boot } from '../../src/boot.ts'
import { readConfig } from '../../src/config.ts'
import type { Context } from '../../src/context.ts'
import type { Database } from '../../src/platform/db/database.ts'
import { engine } from '../../src/platform/db/kit.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { openSqlite } from '../../src/platform/db/sqlite.ts'
import { hashOf, secretToken } from '../../src/platform/ids.ts'
import { sessions } from '../../src/people/table.ts'
import { cast, seedCast, type Name } from './cast.ts'
import { tables } from './emptied.ts'
import { mailsIn, type ReadMail } from './mail.ts'
import { monday, seedSmallCity } from './premises.ts'

export { monday }

export type World = {
  ctx: Context
  app: ReturnType<typeof createApp>
  /** The clock stands until it is set. */
  clock: { now(): number; set(at: number | string): void }
  cast: typeof cast
  /** Runs everything that waits in the queue: event texts, notices, mails. */
  settle(): Promise<void>
  /** The mails written so far. */
  mails(): ReadMail[]
  /** A browser-like client; signed in when a name is given. */
  client(name?: Name): Promise<ReturnType<typeof supertest.agent>>
  dataDir: string
}

const folder = (): string => mkdtempSync(path.join(tmpdir(), 'tilavuoro-'))

async function seeded(db: Database): Promise<void> {
  await db.transaction(async (db) => {
    await seedSmallCity(db, monday)
    await seedCast(db, monday)
  })
}

let template: Promise<string> | undefined

/** One migrated and seeded file a worker; each world copies it. */
async function makeTemplate(): Promise<string> {
  const file = path.join(folder(), 'template.db')
  const db = await openDatabase(`file:${file}`)
  await seeded(db)
  await db.close()
  return file
}

async function sqlite(file: string): Promise<Database> {
  copyFileSync(await (template ??= makeTemplate()), file)
  return openSqlite(file)
}

const names = tables.map((table) => getTableName(table))
const atOnce = (db: Database, statements: string[]): Promise<unknown> => db.rows(`do $$ begin ${statements.join(';')}; end $$`, [])

let shared: Promise<Database> | undefined

/** One migrated and seeded PGlite a worker, which keeps a copy of its rows beside the tables. */
async function makeShared(): Promise<Database> {
  const db = await openDatabase('pglite:')
  await seeded(db)
  await atOnce(db, ['create schema kept', ...names.map((name) => `create table kept.${name} as table ${name}`)])
  return db
}

/** PostgreSQL in tests is one PGlite a worker; its rows are put back between worlds. */
async function postgres(): Promise<Database> {
  const db = await (shared ??= makeShared())
  await atOnce(db, [
    ...names.map((name) => `delete from ${name}`), ...names.toReversed().map((name) => `insert into ${name} table kept.${name}`),
    `update catalogue_version set version = md5(random()::text)`,
  ])
  return { ...db, transaction: db.transaction.bind(db), close: async () => undefined }
}

/** A fresh city with its cast: real database, real HTTP, real files for mails. With `log` every line that is logged goes there. */
export async function world(options: { env?: Record<string, string>; log?: string[] } = {}): Promise<World> {
  const dataDir = folder()
  const databaseUrl = engine === 'pg' ? 'pglite:' : `file:${path.join(dataDir, 'tilavuoro.db')}`
  const db = engine === 'pg' ? await postgres() : await sqlite(path.join(dataDir, 'tilavuoro.db'))
  const config = readConfig({
    DATA_DIR: dataDir, DATABASE_URL: databaseUrl, BASE_URL: 'http://tilavuoro.test', LOG_LEVEL: 'silent',
    SESSION_SECRET: 'a secret for tests, 32 characters or more', ...options.env,
  })
  const { log } = options
  const logger = log ? pino({ level: 'debug' }, { write: (line: string) => void log.push(line) }) : pino({ level: config.logLevel })
  const { ctx, worker } = await boot(config, logger, db)
  let at = monday
  const clock = { now: () => at, set: (to: number | string) => { at = typeof to === 'number' ? to : Date.parse(to) } }
  ctx.clock.now = clock.now
  ctx.wake = () => undefined
  const app = createApp(ctx, worker)
  onTestFinished(async () => {
    await worker.stop()
    await ctx.db.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return {
    ctx, app, clock, cast, dataDir,
    settle: () => worker.settle(),
    mails: () => mailsIn(path.join(dataDir, 'outbox')),
    async client(name) {
      const agent = supertest.agent(app)
      if (name) {
        const secret = secretToken()
        await ctx.db.transaction(async (db) => {
          await db.insert(sessions).values({
            idHash: hashOf(secret), personId: cast[name], device: 'test', createdAt: at, lastSeenAt: at, expiresAt: at + 30 * 86_400_000,
          }).returning()
        })
        agent.jar.setCookie(`sid=${secret}`, '127.0.0.1', '/')
      }
      return agent
    },
  }
}
