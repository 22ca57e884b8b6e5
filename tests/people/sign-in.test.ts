import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import express from 'express'
import supertest from 'supertest'
import { describe, expect, test } from 'vitest'
import { askSignInLink, forgetOldSignIns, signIn, signInToken } from '../../src/people/actions.ts'
import { identify, ownerHash, ownerOf, pages } from '../../src/people/pages.ts'
import { liveLinksOf, personByEmail } from '../../src/people/store.ts'
import { apiTokens, persons, sessions, signInLinks } from '../../src/people/table.ts'
import { jobs } from '../../src/platform/jobs/table.ts'
import { language } from '../../src/platform/web/language.ts'
import { monday, world, type World } from '../support/world.ts'

const minute = 60_000
const maija = 'maija@example.org'

const ask = (city: World, email: string, more: Record<string, string> = {}) =>
  supertest(city.app).post('/sign-in').type('form').send({ email, ...more })

/** The path of the newest link of an address. */
async function linkTo(city: World, email: string): Promise<string> {
  const links = await liveLinksOf(city.ctx.db, email, city.clock.now())
  const newest = links.sort((a, b) => b.createdAt - a.createdAt)[0]
  return `/sign-in/${signInToken(city.ctx.config.sessionSecret, newest!.id)}`
}

async function freshLink(city: World, email: string, returnTo = '/'): Promise<string> {
  await askSignInLink(city.ctx, { email, language: 'fi', returnTo })
  return linkTo(city, email)
}

const cookie = (res: supertest.Response, name: string): string | undefined =>
  ([res.headers['set-cookie']].flat() as (string | undefined)[]).find((line) => line?.startsWith(`${name}=`))

/** Everything at rest: each row, and on SQLite the bytes of the file. */
async function atRest({ ctx: { db }, dataDir }: World): Promise<string> {
  const rows = [await db.select().from(signInLinks), await db.select().from(sessions), await db.select().from(apiTokens), await db.select().from(jobs)]
  const files = readdirSync(dataDir).filter((name) => name.startsWith('tilavuoro.db'))
  return JSON.stringify(rows) + files.map((name) => readFileSync(path.join(dataDir, name), 'latin1')).join('')
}

/** The pages of people beside a route that keeps something for its visitor, as a hold is kept. */
async function keeper() {
  const city = await world()
  const { ctx } = city
  const handOvers: string[][] = []
  const app = express()
  app.use((_req, res, next) => {
    res.locals.site = { name: '', city: '', contact: '', demo: true, baseUrl: '' }
    next()
  }, language(), express.urlencoded({ extended: false }), identify(ctx))
  app.get('/kept', (req, res) => void res.send(String(ownerHash(req, res))))
  app.post('/keep', (req, res) => void res.send(ownerOf(req, res).hash))
  app.use(pages(ctx, { onSignIn: async (from, to) => void handOvers.push([from, to]) }))
  return { city, app, handOvers }
}

describe('asking for a link', () => {
  test('known and unknown addresses get the same answer, byte for byte', async () => {
    const city = await world()
    const [known, unknown] = [await ask(city, maija), await ask(city, 'nobody@example.org')]
    expect([known.status, unknown.status]).toEqual([200, 200])
    expect(known.text).toBe(unknown.text)
    expect(known.text).toContain('Katso sähköpostisi')
    expect(Object.keys(known.headers)).toEqual(Object.keys(unknown.headers))
  })

  test('makes no person: that happens at the first sign-in', async () => {
    const city = await world()
    await ask(city, 'new@example.org')
    expect(await personByEmail(city.ctx.db, 'new@example.org')).toBeNull()
  })

  test('the mail carries the link in the language of the page', async () => {
    const city = await world()
    await supertest(city.app).post('/sv/sign-in').type('form').send({ email: ` ${maija.toUpperCase()} ` })
    await city.settle()
    const [mail, ...others] = city.mails()
    expect(others).toEqual([])
    expect(mail?.to).toContain(maija)
    expect(mail?.text).toContain(`http://tilavuoro.test/sv${await linkTo(city, maija)}`)
  })

  test('the sixth in a quarter of an hour is silently not sent', async () => {
    const city = await world()
    const answers = []
    for (let i = 0; i < 6; i++) answers.push((await ask(city, maija)).text)
    expect(new Set(answers).size).toBe(1)
    expect(await liveLinksOf(city.ctx.db, maija, city.clock.now())).toHaveLength(5)
    city.clock.set(monday + 15 * minute)
    await ask(city, maija)
    expect(await liveLinksOf(city.ctx.db, maija, city.clock.now())).toHaveLength(1)
  })

  test('too many requests for one address are refused with a page', async () => {
    const city = await world()
    for (let i = 0; i < 10; i++) expect((await ask(city, maija)).status).toBe(200)
    const refused = await ask(city, maija)
    expect([refused.status, refused.headers['retry-after'], refused.type]).toEqual([429, '900', 'text/html'])
    expect((await ask(city, 'olli@example.org')).status).toBe(200)
  })

  test('what is no address, or more than one, comes back with the fault beside the field', async () => {
    const city = await world()
    for (const email of ['', 'maija', `${maija}\r\nBcc: all@example.org`, `${maija},all@example.org`]) {
      const res = await ask(city, email, { return: '/bookings' })
      expect(res.status).toBe(422)
      expect(res.text).toContain('href="#email"')
      expect(res.text).toContain('value="/bookings"')
    }
    expect(await city.ctx.db.select().from(signInLinks)).toEqual([])
  })

  test('a form of another site is refused', async () => {
    const city = await world()
    expect((await ask(city, maija).set('Sec-Fetch-Site', 'cross-site')).status).toBe(403)
    expect((await ask(city, maija).set('Origin', 'https://evil.example')).status).toBe(403)
    expect(await city.ctx.db.select().from(signInLinks)).toEqual([])
  })
})

describe('following a link', () => {
  test('looking changes nothing, so a mail scanner burns no link', async () => {
    const city = await world()
    const link = await freshLink(city, maija)
    for (let i = 0; i < 3; i++) {
      const page = await supertest(city.app).get(link)
      expect(page.status).toBe(200)
      expect(page.text).toContain(`<form method="post" action="${link}">`)
      expect(page.headers['cache-control']).toBe('no-store')
      expect(page.headers['set-cookie']).toBeUndefined()
    }
    expect((await supertest(city.app).head(link)).status).toBe(200)
    expect(await city.ctx.db.select().from(sessions)).toEqual([])
    expect((await supertest(city.app).post(link)).status).toBe(303)
  })

  test('signs in with a cookie that scripts and other sites cannot use, and leads back', async () => {
    const city = await world()
    const link = await freshLink(city, maija, '/bookings/new?space=sali')
    const agent = await city.client()
    const res = await agent.post(`/en${link}`)
    expect([res.status, res.headers['location']]).toEqual([303, '/en/bookings/new?space=sali'])
    expect(cookie(res, 'sid')).toMatch(/^sid=[\w-]{32}; Max-Age=2592000; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/)
    expect((await agent.get('/me')).status).toBe(200)
  })

  test('in production the cookie is bound to host and https, and nothing for trying out exists', async () => {
    const city = await world({ env: { NODE_ENV: 'production' } })
    const res = await supertest(city.app).post(await freshLink(city, maija))
    expect(cookie(res, '__Host-sid')).toMatch(/; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/)
    expect(cookie(res, 'sid')).toBeUndefined()
    for (const page of ['/dev/sign-in', '/dev/outbox', '/dev/outbox/x.eml']) expect((await supertest(city.app).get(page)).status).toBe(404)
    expect((await supertest(city.app).post('/dev/sign-in').type('form').send({ email: maija })).status).toBe(404)
  })

  test('works once; the one who is signed in by it is led on', async () => {
    const city = await world()
    const link = await freshLink(city, maija, '/bookings')
    const agent = await city.client()
    expect((await agent.post(link)).status).toBe(303)
    const again = await supertest(city.app).post(link)
    expect([again.status, again.headers['set-cookie']]).toEqual([409, undefined])
    expect(again.text).toContain('Linkki on jo käytetty')
    expect((await supertest(city.app).get(link)).status).toBe(410)
    expect((await agent.get(link)).headers['location']).toBe('/bookings')
    expect(await city.ctx.db.select().from(sessions)).toHaveLength(1)
  })

  test('two at the same moment: one gets in', async () => {
    const city = await world()
    const token = (await freshLink(city, maija)).replace('/sign-in/', '')
    const both = await Promise.all([1, 2].map(() => signIn(city.ctx, token, { device: '' })))
    expect(both.filter((one) => one.ok)).toHaveLength(1)
    expect(both.find((one) => !one.ok)).toEqual({ ok: false, refusal: { code: 'used' } })
  })

  test('works until the quarter of an hour is full', async () => {
    const city = await world()
    const [first, second] = [await freshLink(city, maija), await freshLink(city, 'olli@example.org')]
    city.clock.set(monday + 15 * minute - 1)
    expect((await supertest(city.app).post(first)).status).toBe(303)
    city.clock.set(monday + 15 * minute)
    const late = await supertest(city.app).post(second)
    expect(late.status).toBe(409)
    expect(late.text).toContain('Linkki on vanhentunut')
  })

  test('a link nobody got is unknown', async () => {
    const city = await world()
    for (const token of ['x', 'a'.repeat(43), '%00', 'sent']) {
      expect((await supertest(city.app).get(`/sign-in/${token}`)).status).toBe(404)
      expect((await supertest(city.app).post(`/sign-in/${token}`)).status).toBe(404)
    }
  })

  test('the first sign-in makes the person, who has no name yet', async () => {
    const city = await world()
    const agent = await city.client()
    await agent.post(await freshLink(city, 'new@example.org'))
    expect(await personByEmail(city.ctx.db, 'new@example.org')).toMatchObject({ name: '', phone: null, roles: [], associationIds: [], grantedCityUnit: false })
    expect((await agent.get('/me')).text).toContain('new@example.org')
  })

  test('the way back stays on our site', async () => {
    const city = await world()
    for (const evil of ['//evil.example', '/\\evil.example', '%2f%2fevil.example', 'https://evil.example']) {
      const page = await supertest(city.app).get(`/sign-in?return=${encodeURIComponent(evil)}`)
      expect(page.text).toContain('name="return" value="/"')
      expect((await supertest(city.app).post(await freshLink(city, maija, evil))).headers['location']).toBe('/')
    }
  })

  test('a signed-in visitor is told whose session ends, and it does', async () => {
    const city = await world()
    const agent = await city.client('olli')
    const link = await freshLink(city, maija)
    expect((await agent.get(link)).text).toContain('olli@example.org')
    await agent.post(link)
    expect((await agent.get('/me')).text).toContain(maija)
    const rows = await city.ctx.db.select().from(sessions)
    expect(rows.map((row) => [row.personId, row.revokedAt === null]).sort()).toEqual([['maija', true], ['olli', false]])
  })

  test('what the browser that asked had kept goes over to the person, wherever the link is opened', async () => {
    const { city, app, handOvers } = await keeper()
    const asking = supertest.agent(app)
    expect((await asking.get('/kept')).text).toBe('null')
    const { text: hash } = await asking.post('/keep')
    expect((await asking.get('/kept')).text).toBe(hash)
    await asking.post('/sign-in').type('form').send({ email: maija })
    expect((await supertest(app).post(await linkTo(city, maija))).status).toBe(303)
    expect(handOvers).toEqual([[hash, 'person:maija']])
  })

  test('what this browser had kept goes over to the person, and its cookie is gone', async () => {
    const { city, app, handOvers } = await keeper()
    const asking = supertest.agent(app)
    const kept = await asking.post('/keep')
    expect(cookie(kept, 'pre')).toMatch(/^pre=[\w-]{32}; Max-Age=86400; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/)
    const res = await asking.post(await freshLink(city, maija))
    expect(handOvers).toEqual([[kept.text, 'person:maija']])
    expect(cookie(res, 'pre')).toContain('pre=;')
    expect((await asking.post('/keep')).text).toBe('person:maija')
  })
})

describe('a session', () => {
  test('ends at once when signed out', async () => {
    const city = await world()
    const agent = await city.client('maija')
    const stolen = (await city.ctx.db.select().from(sessions))[0]!
    const out = await agent.post('/sign-out')
    expect([out.status, out.headers['location']]).toEqual([303, '/'])
    expect((await agent.get('/me')).headers['location']).toBe('/sign-in?return=%2Fme')
    expect((await city.ctx.db.select().from(sessions))[0]).toEqual({ ...stolen, revokedAt: monday })
  })

  test('lasts thirty days from its last use, which is noted at most every ten minutes', async () => {
    const city = await world()
    const agent = await city.client('maija')
    const day = 24 * 60 * minute
    const seen = async () => (await city.ctx.db.select().from(sessions))[0]!.lastSeenAt
    city.clock.set(monday + 10 * minute - 1)
    expect((await agent.get('/me')).headers['set-cookie']).toBeUndefined()
    expect(await seen()).toBe(monday)
    city.clock.set(monday + 29 * day)
    expect(cookie(await agent.get('/me'), 'sid')).toContain('Max-Age=2592000')
    expect(await seen()).toBe(monday + 29 * day)
    city.clock.set(monday + 59 * day - 1)
    expect((await agent.get('/me')).status).toBe(200)
    city.clock.set(monday + 90 * day)
    expect((await agent.get('/me')).status).toBe(303)
  })

  test('a page of a signed-in person is nobody else\'s to keep', async () => {
    const city = await world()
    expect((await (await city.client('maija')).get('/me')).headers['cache-control']).toBe('private, no-cache')
  })
})

test('no secret is at rest: not of the link, not of the session', async () => {
  const city = await world()
  const link = await freshLink(city, maija)
  const token = link.replace('/sign-in/', '')
  expect(await atRest(city)).not.toContain(token)
  const session = /^sid=([^;]+)/.exec(cookie(await supertest(city.app).post(link), 'sid') ?? '')?.[1]
  const stored = await atRest(city)
  expect(session).toMatch(/^[\w-]{32}$/)
  expect(stored).not.toContain(session)
  expect(stored).not.toContain(token)
})

test('addresses in old links and ended sessions are forgotten', async () => {
  const city = await world()
  await freshLink(city, 'once@example.org')
  await city.client('maija')
  const day = 24 * 60 * minute
  city.clock.set(monday + day + 15 * minute - 1)
  await forgetOldSignIns(city.ctx)
  expect(await city.ctx.db.select().from(signInLinks)).toHaveLength(1)
  city.clock.set(monday + day + 15 * minute)
  await forgetOldSignIns(city.ctx)
  expect(await city.ctx.db.select().from(signInLinks)).toEqual([])
  expect(await city.ctx.db.select().from(sessions)).toHaveLength(1)
  city.clock.set(monday + 60 * day)
  await forgetOldSignIns(city.ctx)
  expect(await city.ctx.db.select().from(sessions)).toEqual([])
  expect((await city.ctx.db.select().from(persons)).length).toBeGreaterThan(0)
})
