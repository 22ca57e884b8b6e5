import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Handle from 'better-sqlite3'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { boot } from '../../src/boot.ts'
import { readConfig } from '../../src/config.ts'
import { persons } from '../../src/people/table.ts'
import { issueToken } from '../../src/people/user-actions.ts'
import { seedCast } from '../support/cast.ts'
import { dice } from '../support/dice.ts'
import { idsOf, mailServer } from '../support/mail-server.ts'
import { monday, seedSmallCity } from '../support/premises.ts'
import { until } from '../support/service.ts'
import { wrongsIn } from '../support/wrongs.ts'

/** Programs at work at once, and what each asks; more by `RACE_REQUESTS=200`. */
const [programs, requests] = [16, Number(process.env['RACE_REQUESTS'] ?? 20)]
const seed = Math.floor(Math.random() * 1e6)

/** A service of its own process over a database that others use too; gives its address. */
async function service(env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn('node', ['--import', 'tsx', 'src/main.ts'], { env: { ...env, PORT: '0', HOST: '127.0.0.1' }, stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(async () => {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => { said += String(chunk) })
  const port = await until(() => /serves at http:\/\/[^:]+:(\d+)/.exec(said)?.[1])
  return `http://127.0.0.1:${port}/api/v1`
}

async function contested() {
  const folder = mkdtempSync(path.join(tmpdir(), 'tilavuoro-http-race-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'race.db')
  const mails = await mailServer()
  const { PATH, TZ } = process.env
  const env = {
    PATH, TZ, DATABASE_URL: `file:${file}`, DATA_DIR: folder, LOG_LEVEL: 'silent', TILAVUORO_NOW: '2026-11-23T09:00:00+02:00', SMTP_URL: mails.url,
    SESSION_SECRET: 'a secret for tests, 32 characters or more',
  }
  const { ctx } = await boot(readConfig(env), pino({ level: 'silent' }))
  const crowd = Array.from({ length: programs }, (_, i) => `p${i}`)
  await ctx.db.transaction(async (db) => {
    await seedSmallCity(db, monday)
    await seedCast(db, monday)
    await db.insert(persons).values(crowd.map((id) => ({ id, email: `${id}@example.org`, name: id, language: 'fi' as const, createdAt: monday }))).returning()
  })
  const tokenOf = async (id: string): Promise<string> => (await issueToken(ctx, id, 'race')).token
  const [tokens, official] = [await Promise.all(crowd.map(tokenOf)), await tokenOf('kalle')]
  await ctx.db.close()
  const apps = await Promise.all([service(env), service(env)])
  const sqlite = new Handle(file)
  onTestFinished(() => { sqlite.close() })
  return { apps, tokens, official, sqlite, mails }
}

type Told = { status: number; retryAfter: string | null; body: { ref?: string; code?: string; refusals?: { code: string }[] } }

test('two services over one database, asked by machines: nothing overlaps, and every answer is true', { timeout: 60_000 + requests * 3_000 }, async () => {
  const { apps, tokens, official, sqlite, mails } = await contested()
  const answers: (Told & { what: string; key?: string })[] = []
  const { random, one } = dice(seed)
  let keys = 0

  async function ask(what: string, app: string, method: string, where: string, token: string, body: object, key?: string): Promise<Told> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...(key ? { 'idempotency-key': key } : {}) }
    const reply = await fetch(`${app}${where}`, { method, headers, body: JSON.stringify(body) })
    const told: Told = { status: reply.status, retryAfter: reply.headers.get('retry-after'), body: (await reply.json()) as Told['body'] }
    answers.push({ what, ...told, ...(key ? { key } : {}) })
    return told
  }

  const time = () => {
    const [day, from] = [one(['09', '10']), random(6) * 30 + 17 * 60]
    const clock = (minutes: number): string => `2026-12-${day}T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
    return { start: clock(from), end: clock(from + (2 + random(3)) * 30) }
  }
  const wish = () => ({
    space: one(['sali', 'sali-a', 'sali-b', 'luokka', 'ruokasali']), ...time(), applicant: 'unregistered_group', purpose: 'hobby', people: 10, openToAll: true,
    title: 'Kilpa', responsible: { name: 'Kilpailija', phone: '040 123 4567' }, acceptTerms: true,
  })
  const asked: string[] = []

  /** One person's program: it books, sometimes by both services at once, moves, gives up, and now and then an official approves. */
  async function program(token: string): Promise<void> {
    const own: string[] = []
    for (let i = 0; i < requests; i++) {
      const [app, which] = [one(apps), random(12)]
      if (which < 6) {
        const [key, body, twice] = [`k${keys++}`, wish(), which === 0]
        const told = await Promise.all((twice ? apps : [app]).map((at) => ask('book', at, 'POST', '/bookings', token, body, key)))
        const made = told.find(({ status }) => status === 201)?.body
        if (made?.ref) {
          own.push(made.ref)
          asked.push(made.ref)
        }
      } else if (which < 9 && own.length) await ask('move', app, 'POST', `/bookings/${one(own)}/move`, token, time())
      else if (which < 11 && own.length) await ask('give up', app, 'DELETE', `/bookings/${own.splice(random(own.length), 1)[0]}`, token, {})
      else if (asked.length) await ask('approve', app, 'POST', `/bookings/${one(asked)}/approval`, official, { charge: 'free', reason: 'Kokeilu' })
    }
  }
  await Promise.all(tokens.map(program))

  const count: Record<string, number> = {}
  for (const { what, status } of answers) count[`${what} ${status}`] = (count[`${what} ${status}`] ?? 0) + 1
  if (process.env['RACE_REQUESTS']) console.log(`seed ${seed}, ${answers.length} answers`, count)
  for (const what of ['book 201', 'book 409', 'move 200', 'move 409', 'give up 200']) expect(count[what], what).toBeGreaterThan(3)

  expect(answers.filter(({ status }) => ![200, 201, 409, 503].includes(status))).toEqual([])
  // Busy is told with the time to come back; a refusal with its reasons, and one that is still being judged says so.
  expect(answers.filter(({ status, body, retryAfter }) => status === 503 && !(body.code === 'busy' && Number(retryAfter) > 0))).toEqual([])
  expect(answers.filter(({ status, body, retryAfter }) => status === 409 && !(body.code === 'refused' && body.refusals?.length) && !(body.code === 'in-progress' && Number(retryAfter) > 0))).toEqual([])

  expect(wrongsIn(sqlite)).toEqual([])
  const rows = sqlite.prepare('select ref from bookings').all() as { ref: string }[]
  const made = new Map(answers.flatMap(({ status, key, body }) => (status === 201 ? [[key, body.ref] as const] : [])))
  expect([...made.values()].sort()).toEqual(rows.map(({ ref }) => ref).sort())
  for (const { status, key, body } of answers) if (status === 201) expect(body.ref).toBe(made.get(key))

  // Two workers shared the mails; each went out once.
  const jobs = (done: string): string[] => (sqlite.prepare(`select id from jobs where name = 'notices.booking' and done_at is ${done} order by id`).all() as { id: string }[]).map(({ id }) => id)
  await until(() => (jobs('null').length === 0 ? true : undefined))
  expect(idsOf(mails.taken).sort()).toEqual(jobs('not null').sort())
})
