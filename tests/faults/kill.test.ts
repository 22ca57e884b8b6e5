import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Handle from 'better-sqlite3'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { boot } from '../../src/boot.ts'
import { readConfig } from '../../src/config.ts'
import { persons } from '../../src/people/table.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { waiting } from '../../src/platform/jobs/queue.ts'
import { seedCast } from '../support/cast.ts'
import { dice } from '../support/dice.ts'
import { mailsIn } from '../support/mail.ts'
import { idsOf, mailServer } from '../support/mail-server.ts'
import { monday, seedSmallCity } from '../support/premises.ts'
import { wrongsIn } from '../support/wrongs.ts'

/** How often the service is killed while it writes; more by `FAULT_ROUNDS=100`. */
const rounds = Number(process.env['FAULT_ROUNDS'] ?? 2)
const seed = Number(process.env['FAULT_SEED'] ?? Math.floor(Math.random() * 1e6))
/** Longer than a lease, so that each life takes up what the one before it left. */
const betweenLives = 2 * 60_000

async function town(smtpUrl: string | null) {
  const folder = mkdtempSync(path.join(tmpdir(), 'tilavuoro-kill-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'kill.db')
  const db = await openDatabase(`file:${file}`)
  const crowd = Array.from({ length: 40 }, (_, i) => `p${i}`)
  await db.transaction(async (db) => {
    await seedSmallCity(db, monday)
    await seedCast(db, monday)
    await db.insert(persons).values(crowd.map((id) => ({ id, email: `${id}@example.org`, name: id, language: 'fi' as const, createdAt: monday }))).returning()
  })
  await db.close()
  const { PATH, TZ } = process.env
  const env = { PATH, TZ, DATABASE_URL: `file:${file}`, DATA_DIR: folder, LOG_LEVEL: 'silent', ...(smtpUrl ? { SMTP_URL: smtpUrl } : {}) }
  const sqlite = new Handle(file)
  onTestFinished(() => { sqlite.close() })
  return { folder, env, crowd, sqlite }
}

/** Gets the means to kill each life; true when it will. */
type Killer = (kill: () => void, life: number) => boolean

/** Toils for so many deeds and a little longer, and is killed at whatever it does then. */
async function oneLife(env: NodeJS.ProcessEnv, args: string[], deeds: number, longerMs: number, killer: (kill: () => void) => boolean): Promise<void> {
  const child = spawn('node', ['--import', 'tsx', 'tests/faults/toiler.ts', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const kill = (): void => void child.kill('SIGKILL')
  const other = killer(kill)
  let [said, done] = ['', 0]
  child.stderr.on('data', (chunk: Buffer) => { said += String(chunk) })
  child.stdout.on('data', (chunk: Buffer) => {
    done += chunk.length
    if (done >= deeds && !other && !child.killed) setTimeout(kill, longerMs)
  })
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  expect([signal, said]).toEqual(['SIGKILL', ''])
}

type Job = { id: string; name: string; doneAt: number | null; attempts: number; lastError: string | null }
const jobsIn = (sqlite: Handle.Database): Job[] =>
  sqlite.prepare('select id, name, done_at as doneAt, attempts, last_error as lastError from jobs').all() as Job[]
const numberOf = (sqlite: Handle.Database, table: string): number => (sqlite.prepare(`select count(*) as n from ${table}`).get() as { n: number }).n

/** Kills the service again and again; then a last life that nobody kills does what is left. */
async function killed({ env, crowd, sqlite }: Awaited<ReturnType<typeof town>>, killer: Killer = () => false): Promise<void> {
  const { random } = dice(seed)
  for (let life = 0; life < rounds; life++) {
    await oneLife(env, [String(seed + life), String(monday + life * betweenLives), ...crowd], 50 + random(200), random(40), (kill) => killer(kill, life))
    expect(wrongsIn(sqlite)).toEqual([])
  }
  const { ctx, worker } = await boot(readConfig(env), pino({ level: 'silent' }))
  ctx.clock.now = () => monday + (rounds + 1) * betweenLives
  await worker.settle()
  const left = await waiting(ctx.db)
  expect(left).toEqual({ waiting: left.unclear, failing: 0, unclear: left.unclear })
  await worker.stop()
  await ctx.db.close()
  expect(wrongsIn(sqlite)).toEqual([])
  // It was killed at work: there is something that could have been lost.
  expect(numberOf(sqlite, 'events')).toBeGreaterThan(5 * rounds)
}

const report = (how: string, sqlite: Handle.Database, jobs: Job[], mails: number): void => {
  if (!process.env['FAULT_ROUNDS']) return
  const notices = jobs.filter(({ name }) => name === 'notices.booking')
  console.log(`${how}, seed ${seed}: ${rounds} kills, ${numberOf(sqlite, 'events')} deeds, ${numberOf(sqlite, 'bookings')} bookings, ${jobs.length} jobs, ${notices.length} notices, `
    + `${mails} mails, ${notices.filter(({ doneAt }) => doneAt === null).length} wait visibly, ${jobs.filter(({ attempts }) => attempts > 1).length} jobs taken up again`)
}

test('killed while it writes, it loses nothing, and each mail is one file', { timeout: 60_000 + rounds * 30_000 }, async () => {
  const the = await town(null)
  await killed(the)
  const notices = jobsIn(the.sqlite).filter(({ name }) => name === 'notices.booking')
  expect(notices.filter(({ doneAt }) => doneAt === null)).toEqual([])
  const mails = mailsIn(path.join(the.folder, 'outbox'))
  expect(idsOf(mails.map(({ raw }) => raw)).sort()).toEqual(notices.map(({ id }) => id).sort())
  expect(mails.every(({ raw }) => /--\r\n$/.test(raw))).toBe(true)
  report('files', the.sqlite, jobsIn(the.sqlite), mails.length)
})

test('killed while it sends, each mail arrives once or waits where it is seen', { timeout: 60_000 + rounds * 30_000 }, async () => {
  const { random } = dice(seed)
  // A server takes its time. Every other life ends when a mail is with the server and no answer has come back.
  const next = { mails: 0, kill: (): void => undefined }
  const server = await mailServer({
    answer(say) {
      if (--next.mails === 0) next.kill()
      setTimeout(say, random(12))
    },
  })
  const the = await town(server.url)
  await killed(the, (kill, life) => {
    next.kill = kill
    next.mails = life % 2 ? -1 : 1 + random(20)
    return next.mails > 0
  })
  const notices = jobsIn(the.sqlite).filter(({ name }) => name === 'notices.booking')
  const arrived = idsOf(server.taken)
  expect(arrived.length).toBe(new Set(arrived).size)
  const [sent, wait] = [notices.filter(({ doneAt }) => doneAt !== null), notices.filter(({ doneAt }) => doneAt === null)]
  expect(sent.filter(({ id }) => !arrived.includes(id))).toEqual([])
  expect(wait.map(({ lastError }) => lastError)).toEqual(wait.map(() => 'handed over, and no answer yet'))
  expect(wait.length).toBeGreaterThan(0)
  expect(wait.length).toBeLessThanOrEqual(rounds)
  expect(arrived.filter((id) => !notices.some((one) => one.id === id))).toEqual([])
  report('SMTP', the.sqlite, jobsIn(the.sqlite), arrived.length)
})
