import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
