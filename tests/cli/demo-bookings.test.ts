import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Handle from 'better-sqlite3'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { boot } from '../../src/boot.ts'
import { bookings } from '../../src/bookings/table.ts'
import { makeDemoBookings } from '../../src/cli/seed/demo-bookings.ts'
import { demoPeople } from '../../src/cli/seed/people.ts'
import { seedDemo } from '../../src/cli/seed/seed.ts'
import { readConfig } from '../../src/config.ts'
import type { Context } from '../../src/context.ts'
import { associations, persons } from '../../src/people/table.ts'
import { engine } from '../../src/platform/db/kit.ts'
import { jobs } from '../../src/platform/jobs/table.ts'
import { catalogueOf } from '../../src/spaces/store.ts'
import { until } from '../support/service.ts'

describe.skipIf(engine === 'pg')('demo bookings', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tilavuoro-demo-'))
  let ctx: Context
  let made = 0
  let rows: (typeof bookings.$inferSelect)[] = []

  beforeAll(async () => {
    const config = readConfig({ DATA_DIR: folder, TILAVUORO_NOW: '2026-11-23T09:00:00+02:00' })
    ctx = (await boot(config, pino({ level: 'silent' }))).ctx
    expect(await seedDemo(ctx.db, ctx.clock.now())).not.toBeNull()
    made = await makeDemoBookings(ctx)
    rows = await ctx.db.select().from(bookings)
  }, 120_000)
  afterAll(async () => {
    await ctx.db.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('are a few hundred, in many states, coming and muted', () => {
    expect(made).toBe(rows.length)
    expect(made).toBeGreaterThan(150)
    expect(made).toBeLessThan(3000)
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['confirmed', 'requested', 'declined', 'cancelled', 'withdrawn']))
    expect(rows.every(({ muted, startsAt }) => muted && startsAt > ctx.clock.now())).toBe(true)
    expect(rows.some(({ public: shown }) => shown)).toBe(true)
  })

  test('keep to the quota', () => {
    const open = rows.filter(({ state }) => state === 'confirmed' || state === 'requested')
    const most = Math.max(...open.map(({ personId }) => open.filter((one) => one.personId === personId).length))
    expect(most).toBeLessThanOrEqual(4)
  })

  test('leave requests for the demo manager, and some for the demo member to see', async () => {
    const { unitBySlug, spaceById } = await catalogueOf(ctx.db)
    const home = unitBySlug.get('kallion-ala-asteen-koulu')!.id
    const here = rows.filter(({ spaceId }) => spaceById.get(spaceId)?.unit.id === home)
    expect(here.filter(({ state }) => state === 'requested').length).toBeGreaterThanOrEqual(3)
    expect(here.filter(({ state }) => state === 'confirmed').length).toBeGreaterThanOrEqual(3)
    const maija = (await ctx.db.select().from(persons)).find(({ email }) => email === demoPeople[0].email)!
    expect(rows.filter(({ personId, state }) => personId === maija.id && state !== 'cancelled').length).toBeGreaterThanOrEqual(1)
  })

  test('are told to nobody', async () => {
    expect((await ctx.db.select().from(jobs)).filter(({ name }) => name !== 'calendars.event')).toEqual([])
  })

  test('come from people and associations that nobody could mistake for real ones', async () => {
    expect((await ctx.db.select().from(persons)).every(({ email }) => email.endsWith('@example.org'))).toBe(true)
    const names = (await ctx.db.select().from(associations)).map(({ name }) => name)
    expect(names.length).toBeGreaterThan(20)
    expect(names.every((name) => /^(Esimerkki|Malli|Keksit|Kuvitel|Näytteen|Luulon|Satu|Olemat).* ry$/.test(name))).toBe(true)
  })

  test('are not made again on a second start', async () => {
    expect(await seedDemo(ctx.db, ctx.clock.now())).toBeNull()
    expect(await makeDemoBookings(ctx)).toBe(0)
    expect((await ctx.db.select().from(bookings)).length).toBe(made)
  })
})

describe('production', () => {
  const asked = { DEMO_BOOKINGS: 'true', BENCH_LIMIT_ROUTE: 'true', BASE_URL: 'http://tilavuoro.test', SESSION_SECRET: 'a secret for tests, 32 characters or more' }

  test('has neither made-up bookings nor the bench’s page, even when asked for; elsewhere they can be had and be left out', () => {
    const of = (env: Record<string, string>) => {
      const { production, demoBookings, benchLimitRoute } = readConfig({ DATA_DIR: '/nowhere', ...env })
      return { production, demoBookings, benchLimitRoute }
    }
    expect(of({ ...asked, NODE_ENV: 'production' })).toEqual({ production: true, demoBookings: false, benchLimitRoute: false })
    expect(of({ ...asked, NODE_ENV: 'development' })).toEqual({ production: false, demoBookings: true, benchLimitRoute: true })
    expect(of({ ...asked, DEMO_BOOKINGS: '', BENCH_LIMIT_ROUTE: '' })).toEqual({ production: false, demoBookings: true, benchLimitRoute: false })
    expect(of({ ...asked, DEMO_BOOKINGS: 'false', BENCH_LIMIT_ROUTE: 'false' })).toEqual({ production: false, demoBookings: false, benchLimitRoute: false })
  })

  test('needs its own address and secret, and the true clock', () => {
    const wanting = (env: Record<string, string>) => () => readConfig({ DATA_DIR: '/nowhere', NODE_ENV: 'production', ...env })
    expect(wanting({ ...asked, SESSION_SECRET: '' })).toThrow('SESSION_SECRET: required in production')
    expect(wanting({ ...asked, BASE_URL: '' })).toThrow('BASE_URL: required in production')
    expect(wanting({ ...asked, TILAVUORO_NOW: '2026-11-23T09:00:00+02:00' })).toThrow('TILAVUORO_NOW: not allowed in production')
  })

  test.skipIf(engine === 'pg')('starts empty and stays so: nothing is seeded, and no page for trying is there', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tilavuoro-production-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const { PATH, TZ } = process.env
    const env = { PATH, TZ, ...asked, NODE_ENV: 'production', DATA_DIR: folder, PORT: '0', HOST: '127.0.0.1', BASE_URL: 'http://127.0.0.1:0', LOG_LEVEL: 'warn' }
    const child = spawn('node', ['--import', 'tsx', 'src/main.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const ended = once(child, 'exit')
    onTestFinished(() => void child.kill('SIGKILL'))
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { said += String(chunk) })
    const address = await until(() => {
      if (child.exitCode !== null) throw new Error(said)
      return /serves at (\S+)/.exec(said)?.[1]
    })
    const status = async (at: string): Promise<number> => (await fetch(address + at)).status
    // The worker begins after the city was filled, if it was.
    await until(async () => ((await status('/readyz')) === 200 ? true : undefined))
    expect(await Promise.all(['/bench/limit', '/dev/sign-in', '/dev/outbox', '/styleguide'].map(status))).toEqual([404, 404, 404, 404])
    child.kill('SIGTERM')
    await ended
    expect(said).toBe(`Tilavuoro serves at ${address}\n`)
    const file = new Handle(path.join(folder, 'tilavuoro.db'), { readonly: true })
    const rows = ['bookings', 'persons', 'associations', 'units', 'spaces', 'editions'].map((name) => file.prepare(`select count(*) from ${name}`).pluck().get())
    file.close()
    expect(rows).toEqual([0, 0, 0, 0, 0, 0])
  })
})
