import { sql, type SQL } from 'drizzle-orm'
import Handle from 'better-sqlite3'
import path from 'node:path'
import supertest from 'supertest'
import { expect, onTestFinished, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { personById } from '../../src/people/store.ts'
import { issueToken } from '../../src/people/user-actions.ts'
import { StorageFull } from '../../src/platform/db/database.ts'
import { wishFor } from '../bookings/wishes.ts'
import { wrongsIn } from '../support/wrongs.ts'
import { world, type World } from '../support/world.ts'

const wish = (day: number) => ({
  space: 'sali-b', start: `2026-12-${day}T18:00`, end: `2026-12-${day}T19:00`, applicant: 'unregistered_group', purpose: 'hobby', people: 10, openToAll: true,
  title: 'Neulekerho '.repeat(10), public: true, responsible: { name: 'Olli', phone: '040 123 4567' }, acceptTerms: true,
})
const say = (the: World, words: SQL): Promise<void> =>
  the.ctx.db.transaction(async (db) => void (await (db as unknown as { run(words: SQL): Promise<unknown> }).run(words)))

/** A city whose disk is full: the database may not grow by a page, and has used up what it had. */
async function full() {
  const the = await world()
  const sqlite = new Handle(path.join(the.dataDir, 'tilavuoro.db'))
  onTestFinished(() => { sqlite.close() })
  const { token } = await issueToken(the.ctx, 'olli', 'test')
  await say(the, sql.raw(`pragma max_page_count = ${(sqlite.pragma('page_count', { simple: true }) as number) + 1}`))
  // What is left in half-full pages goes first.
  let filled: unknown = null
  for (let i = 0; i < 2000 && filled === null; i++) {
    await say(the, sql`insert into events (id, at, actor, what, subject, particulars) values (${`e${i}`}, 0, 'system', 'test', 'test', ${'x'.repeat(500)})`).catch((error: unknown) => { filled = error })
  }
  expect(filled).toBeInstanceOf(StorageFull)
  return {
    the, sqlite,
    api: (day: number, key: string) => supertest(the.app).post('/api/v1/bookings').set('Authorization', `Bearer ${token}`).set('Idempotency-Key', key).send(wish(day)),
    counts: () => ['bookings', 'occupancies', 'holds', 'jobs', 'persons'].map((table) => sqlite.prepare(`select count(*) as n from ${table}`).get() as { n: number }),
    makeRoom: () => say(the, sql.raw('pragma max_page_count = 1000000')),
  }
}

test('on a full disk nothing is half booked, reading goes on, and with room there is booking again', async () => {
  const { the, sqlite, api, counts, makeRoom } = await full()
  // Half-full pages take a few bookings more; the one that finds no page leaves nothing behind.
  let [before, refused] = [counts(), null as unknown]
  for (let i = 0; i < 16 && refused === null; i++) {
    before = counts()
    const one = (await personById(the.ctx.db, (['maija', 'kalle', 'mona', 'kerttu'] as const)[i % 4]!))!
    const day = String(7 + Math.floor(i / 4)).padStart(2, '0')
    const wish = wishFor('luokka', `2026-12-${day}T${17 + (i % 4)}:00`, `2026-12-${day}T${18 + (i % 4)}:00`, { title: 'x'.repeat(120) })
    await book(the.ctx, one, wish, { language: 'fi' }).catch((error: unknown) => { refused = error })
  }
  expect(refused).toBeInstanceOf(StorageFull)
  for (let i = 0; i < 5; i++) {
    const told = await api(10, `k${i}`).expect(503).expect('Content-Type', /^application\/problem\+json/)
    expect(told.body).toMatchObject({ status: 503, code: 'storage-full', requestId: told.headers['x-request-id'] })
    // Nobody knows when somebody will have made room.
    expect(told.headers['retry-after']).toBeUndefined()
  }
  expect(counts()).toEqual(before)
  expect(wrongsIn(sqlite)).toEqual([])

  const visitor = supertest(the.app)
  for (const page of ['/', '/spaces', '/spaces/luokka', '/calendars/spaces/luokka.ics', '/api/v1/spaces/luokka/availability?from=2026-12-08&to=2026-12-09', '/healthz', '/readyz']) {
    const { status } = await visitor.get(page)
    expect([page, status]).toEqual([page, page === '/readyz' ? 503 : 200])
  }

  await makeRoom()
  await api(10, 'k0').expect(201)
  await the.settle()
  expect(the.mails()).toHaveLength(counts()[0]!.n)
  expect(wrongsIn(sqlite)).toEqual([])
})

test.each([['fi', '', 'Emme voi juuri nyt tallentaa mitään'], ['sv', '/sv', 'Vi kan inte spara något just nu'], ['en', '/en', 'We cannot save anything right now']])(
  'the page says so (%s)', async (_, prefix, title) => {
    const { the } = await full()
    const visitor = await the.client()
    let told = ''
    for (let i = 0; i < 40 && !told; i++) {
      const { status, text, headers } = await visitor.post(`${prefix}/sign-in`).type('form').send({ email: `${'x'.repeat(50)}${i}@example.org`, return: '/' })
      if (status < 500) continue
      expect([status, headers['retry-after']]).toEqual([503, undefined])
      told = text
    }
    expect(told).toContain(title)
  })
