import express from 'express'
import supertest from 'supertest'
import { describe, expect, test, vi } from 'vitest'
import { CliError } from '../../src/cli/cli-error.ts'
import { userAdd } from '../../src/cli/user.ts'
import { eventsOf } from '../../src/history/store.ts'
import { bearer } from '../../src/people/api.ts'
import { personByEmail, personById, tokensOf } from '../../src/people/store.ts'
import { apiTokens, persons, staffRoles } from '../../src/people/table.ts'
import { addUser, issueToken, revokeToken } from '../../src/people/user-actions.ts'
import { monday, world } from '../support/world.ts'

const uuno = { email: 'uuno@example.org', name: 'Uuno Uusi' }

describe('adding a user', () => {
  test.each([
    ['resident', undefined, []],
    ['caretaker', 'unit:kallion-koulu', [{ role: 'caretaker', scopeKind: 'unit', scopeId: 'koulu' }]],
    ['manager', 'area:kallio', [{ role: 'manager', scopeKind: 'area', scopeId: 'kallio' }]],
    ['coordinator', 'city', [{ role: 'coordinator', scopeKind: 'city', scopeId: '' }]],
    ['admin', undefined, [{ role: 'admin', scopeKind: 'city', scopeId: '' }]],
  ])('%s of %s', async (role, scope, roles) => {
    const city = await world()
    expect(await addUser(city.ctx, { ...uuno, role, scope })).toMatchObject({ ok: true, isNew: true, person: { ...uuno, roles } })
  })

  test('outside what the role may be given for is refused, and nothing is stored', async () => {
    const city = await world()
    const before = (await city.ctx.db.select().from(staffRoles)).length
    for (const [role, scope, refusal] of [
      ['caretaker', undefined, { code: 'scope-needed', role: 'caretaker', allowed: ['unit', 'area'] }],
      ['coordinator', undefined, { code: 'scope-needed', role: 'coordinator', allowed: ['area', 'city'] }],
      ['manager', 'city', { code: 'scope-not-allowed', role: 'manager', allowed: ['unit', 'area'] }],
      ['coordinator', 'unit:kallion-koulu', { code: 'scope-not-allowed', role: 'coordinator', allowed: ['area', 'city'] }],
      ['admin', 'area:kallio', { code: 'scope-not-allowed', role: 'admin', allowed: ['city'] }],
      ['resident', 'city', { code: 'scope-not-allowed', role: 'resident', allowed: [] }],
      ['manager', 'unit:no-such-school', { code: 'unknown-scope', scope: 'unit:no-such-school' }],
      ['manager', 'area:kallion-koulu', { code: 'unknown-scope', scope: 'area:kallion-koulu' }],
      ['manager', 'kallio', { code: 'unknown-scope', scope: 'kallio' }],
      ['king', 'city', { code: 'unknown-role', role: 'king' }],
    ] as const) {
      expect(await addUser(city.ctx, { ...uuno, role, scope })).toEqual({ ok: false, refusal })
    }
    expect(await personByEmail(city.ctx.db, uuno.email)).toBeNull()
    expect(await city.ctx.db.select().from(staffRoles)).toHaveLength(before)
  })

  test('with the same address again adds a role, once, and keeps the name', async () => {
    const city = await world()
    const { db } = city.ctx
    await addUser(city.ctx, { ...uuno, role: 'caretaker', scope: 'unit:kallion-koulu' })
    for (let i = 0; i < 2; i++) {
      expect(await addUser(city.ctx, { email: ' UUNO@example.org', name: 'Other', role: 'manager', scope: 'unit:kallion-kirjasto' })).toMatchObject({ ok: true, isNew: false })
    }
    const person = await personByEmail(db, uuno.email)
    expect(person?.name).toBe('Uuno Uusi')
    expect(person?.roles.map((held) => `${held.role} ${held.scopeId}`).sort()).toEqual(['caretaker koulu', 'manager kirjasto'])
    expect(await db.select().from(persons)).toHaveLength(6)
    expect((await eventsOf(db, person!.id)).map(({ what, actor, particulars }) => [what, actor, particulars])).toEqual(expect.arrayContaining([
      ['person.role-given', 'system', { role: 'caretaker', scope: 'unit:kallion-koulu' }],
      ['person.role-given', 'system', { role: 'manager', scope: 'unit:kallion-kirjasto' }],
    ]))
    expect(await eventsOf(db, person!.id)).toHaveLength(2)
  })
})

describe('user add on the command line', () => {
  async function said(argv: string[], city = world()): Promise<string> {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    try {
      await userAdd((await city).ctx, argv)
      return write.mock.calls.map(([text]) => String(text)).join('')
    } finally {
      write.mockRestore()
    }
  }
  const basic = ['--email', uuno.email, '--name', uuno.name, '--role', 'manager', '--scope', 'unit:kallion-koulu']

  test('says what it did', async () => {
    const city = world()
    expect(await said(basic, city)).toBe('Added Uuno Uusi <uuno@example.org>, manager of unit:kallion-koulu.\n')
    expect(await said(['--email', uuno.email, '--role', 'resident'], city)).toBe('Already known: Uuno Uusi <uuno@example.org>, a resident.\n')
  })

  test('prints a token alone, which opens the API', async () => {
    const city = await world()
    const token = await said([...basic, '--token'], Promise.resolve(city))
    expect(token).toMatch(/^tv_[\w-]{32}\n$/)
    const app = express().get('/api/v1/x', bearer(city.ctx), (_req, res) => void res.json(res.locals.person))
    expect((await supertest(app).get('/api/v1/x').set('Authorization', `Bearer ${token.trim()}`)).body).toMatchObject(uuno)
  })

  test('answers a mistake with one sentence', async () => {
    const city = world()
    const mistakes: [string[], string][] = [
      [[], '--email is missing. See user add --help.'],
      [['--email', 'a@example.org'], '--role is missing. See user add --help.'],
      [['--email', 'a@example.org', '--role', 'admin'], 'A new person needs --name, at most 100 characters.'],
      [['--email', 'nobody', '--name', 'N', '--role', 'admin'], '"nobody" is not an e-mail address.'],
      [['--email', 'a@example.org', '--name', 'N', '--role', 'king'], 'There is no role "king"; choose one of resident, caretaker, manager, coordinator, admin.'],
      [['--email', 'a@example.org', '--name', 'N', '--role', 'manager'], 'The role manager needs --scope: unit or area.'],
      [['--email', 'a@example.org', '--name', 'N', '--role', 'manager', '--scope', 'city'], 'The role manager is given for unit or area only.'],
      [['--email', 'a@example.org', '--name', 'N', '--role', 'resident', '--scope', 'city'], 'The role resident has no scope.'],
      [['--email', 'a@example.org', '--name', 'N', '--role', 'manager', '--scope', 'unit:x'], 'There is no place "unit:x"; a scope is unit:<slug>, area:<slug> or city.'],
      [['--mail', 'a@example.org'], "Unknown option '--mail'. See user add --help."],
      [['--email'], "Option '--email <value>' argument missing. See user add --help."],
    ]
    for (const [argv, sentence] of mistakes) await expect(said(argv, city)).rejects.toEqual(new CliError(sentence))
  })

  test('explains itself', async () => {
    expect(await said(['--help'])).toContain('user add --email E --name N --role resident|caretaker|manager|coordinator|admin')
  })
})

describe('a bearer token', () => {
  async function service() {
    const city = await world()
    const app = express().get('/api/v1/x', bearer(city.ctx), (_req, res) => void res.json({ id: res.locals.person?.id }))
    const call = (authorization?: string) => {
      const request = supertest(app).get('/api/v1/x')
      return authorization === undefined ? request : request.set('Authorization', authorization)
    }
    return { city, app, call }
  }

  test('names its guard', async () => {
    expect(bearer((await world()).ctx).guard).toBe('bearer')
  })

  test('acts for its person; only its hash is stored', async () => {
    const { city, call } = await service()
    const { token } = await issueToken(city.ctx, 'maija', 'school system')
    expect((await call(`Bearer ${token}`)).body).toEqual({ id: 'maija' })
    expect((await call(`bearer ${token}`)).status).toBe(200)
    expect(JSON.stringify(await city.ctx.db.select().from(apiTokens))).not.toContain(token.slice(3))
  })

  test('missing or wrong is a problem with a challenge', async () => {
    const { call } = await service()
    for (const [authorization, code, challenge] of [
      [undefined, 'token-needed', 'Bearer realm="tilavuoro"'],
      ['Basic bWFpamE6eA==', 'token-needed', 'Bearer realm="tilavuoro"'],
      ['Bearer tv_wrong', 'token-invalid', 'Bearer realm="tilavuoro", error="invalid_token"'],
    ] as const) {
      const res = await call(authorization)
      expect([res.status, res.type, res.body.code, res.headers['www-authenticate']]).toEqual([401, 'application/problem+json', code, challenge])
    }
  })

  test('a session cookie opens nothing here', async () => {
    const { city, app } = await service()
    const agent = supertest.agent(app)
    const signedIn = await city.client('maija')
    const sid = signedIn.jar.getCookie('sid', { path: '/', domain: '127.0.0.1', secure: false, script: false } as never)
    agent.jar.setCookie(`sid=${sid?.value}`, '127.0.0.1', '/')
    expect((await agent.get('/api/v1/x')).status).toBe(401)
  })

  test('is revoked at once, by its owner only', async () => {
    const { city, call } = await service()
    const { id, token } = await issueToken(city.ctx, 'maija', 'school system')
    expect(await revokeToken(city.ctx, (await personById(city.ctx.db, 'olli'))!, id)).toBe(false)
    expect((await (await city.client('olli')).post(`/me/tokens/${id}/revocation`)).status).toBe(404)
    expect((await call(`Bearer ${token}`)).status).toBe(200)
    const maija = await city.client('maija')
    expect((await maija.get('/me')).text).toContain('school system')
    expect((await maija.post(`/me/tokens/${id}/revocation`)).status).toBe(303)
    expect((await call(`Bearer ${token}`)).status).toBe(401)
    expect(await tokensOf(city.ctx.db, 'maija')).toEqual([])
  })

  test('its use is noted at most hourly', async () => {
    const { city, call } = await service()
    const { token } = await issueToken(city.ctx, 'maija', 'school system')
    const used = async () => (await tokensOf(city.ctx.db, 'maija'))[0]?.lastUsedAt
    expect(await used()).toBeNull()
    await call(`Bearer ${token}`)
    expect(await used()).toBe(monday)
    city.clock.set(monday + 3_600_000 - 1)
    await call(`Bearer ${token}`)
    expect(await used()).toBe(monday)
    city.clock.set(monday + 3_600_000)
    await call(`Bearer ${token}`)
    expect(await used()).toBe(monday + 3_600_000)
  })
})
