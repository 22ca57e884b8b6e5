import { expect, test } from 'vitest'
import { eventsOf } from '../../src/history/store.ts'
import { tokensOf } from '../../src/people/store.ts'
import { apiTokens } from '../../src/people/table.ts'
import { issueToken } from '../../src/people/user-actions.ts'
import { formIn, send, wordsIn, type Agent } from '../bookings/form-reader.ts'
import { monday, world } from '../support/world.ts'

const make = async (agent: Agent, name: string) => send(agent, (await agent.get('/me').expect(200)).text, '/me/tokens', { tokenName: name })
const secretIn = (html: string): string => /value="(tv_[\w-]{32})"/.exec(html)?.[1] ?? ''

test('a person makes a key for a program: shown once, kept as a hash, used, seen in the list, and ended', async () => {
  const the = await world()
  const maija = await the.client('maija')
  const explained = await maija.get('/me').expect(200)
  expect(wordsIn(explained.text)).toContain('varauksen tunnuksen avulla se voi katsoa, siirtää ja perua varauksesi. Luetteloa varauksistasi se ei saa.')
  expect(wordsIn(explained.text)).not.toContain('päättää pyynnöistä')
  expect(explained.text).toContain('href="/api/v1/openapi.json"')

  const made = await make(maija, ' Seuran <b>ohjelma</b> ')
  expect([made.status, made.headers['cache-control'], made.headers['location']]).toEqual([200, 'no-store', undefined])
  expect(String(made.headers['set-cookie'] ?? '')).not.toContain('tv_')
  expect(made.text).toContain('href="/sv/me"')
  expect(made.text).not.toContain('<b>ohjelma</b>')
  const secret = secretIn(made.text)
  expect(secret).not.toBe('')
  const later = await maija.get('/me').expect(200)
  expect(later.text).not.toContain(secret.slice(3))
  expect(wordsIn(later.text)).toMatch(/Seuran <b>ohjelma<\/b> Tehty 23\.11\.2026 · Ei vielä käytetty/)
  expect(JSON.stringify(await the.ctx.db.select().from(apiTokens))).not.toContain(secret.slice(3))

  the.clock.set(monday + 60_000)
  const program = await the.client()
  const asked = () => program.get('/api/v1/bookings/TV-AAAA-AAAA').set('authorization', `Bearer ${secret}`)
  await asked().expect(404)
  expect(wordsIn((await maija.get('/me')).text)).toContain('Käytetty viimeksi ma 23.11. klo 9.01')

  const [{ id } = { id: '' }] = await tokensOf(the.ctx.db, 'maija')
  await maija.post(`/me/tokens/${id}/revocation`).expect(303).expect('Location', '/me')
  await asked().expect(401)
  expect((await maija.get('/me')).text).not.toContain('Seuran')
  const events = (await eventsOf(the.ctx.db, 'maija')).map(({ at, actor, what, particulars }) => ({ at, actor, what, particulars }))
  expect(events).toEqual([
    { at: monday, actor: 'maija', what: 'person.token-made', particulars: { token: id } },
    { at: monday + 60_000, actor: 'maija', what: 'person.token-revoked', particulars: { token: id } },
  ])
})

test('nobody ends another person’s key, and nobody without a session makes one', async () => {
  const the = await world()
  const { id } = await issueToken(the.ctx, 'maija', 'koulun ohjelma')
  for (const name of ['olli', 'kalle', 'kerttu'] as const) {
    const other = await the.client(name)
    await other.post(`/me/tokens/${id}/revocation`).expect(404)
    expect((await other.get('/me')).text).not.toContain('koulun ohjelma')
  }
  const stranger = await the.client()
  expect((await stranger.post('/me/tokens').type('form').send({ tokenName: 'X' })).headers['location']).toMatch(/^\/sign-in/)
  const maija = await the.client('maija')
  await maija.post('/me/tokens').set('Sec-Fetch-Site', 'cross-site').type('form').send({ tokenName: 'X' }).expect(403)
  expect((await tokensOf(the.ctx.db, 'maija')).map((one) => one.id)).toEqual([id])
})

test.each(['', ' ', 'x'.repeat(61), 'a\u202eb', 'a\r\nb'])('a name like %j is told to be wrong, beside the field', async (name) => {
  const the = await world()
  const maija = await the.client('maija')
  const wrong = await make(maija, name)
  expect(wrong.status).toBe(422)
  expect([...wrong.text.matchAll(/<a href="#(\w+)">/g)].map(([, field]) => field)).toEqual(['tokenName'])
  expect(formIn(wrong.text, '/me')).toMatchObject({ name: 'Maija Mallikas' })
  expect(await tokensOf(the.ctx.db, 'maija')).toEqual([])
})

test('nobody has more than ten, not even by hurrying', async () => {
  const the = await world()
  const maija = await the.client('maija')
  for (let i = 0; i < 8; i++) await issueToken(the.ctx, 'maija', `ohjelma ${i}`)
  const answers = await Promise.all(Array.from({ length: 4 }, (_, i) => maija.post('/me/tokens').type('form').send({ tokenName: `kiire ${i}` })))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409])
  const told = answers.find(({ status }) => status === 409)!
  expect(wordsIn(told.text)).toContain('Sinulla on jo 10 avainta.')
  expect(secretIn(told.text)).toBe('')
  expect(await tokensOf(the.ctx.db, 'maija')).toHaveLength(10)
  expect((await maija.get('/me')).text).not.toContain('action="/me/tokens"')
})

test('staff is told that their key decides too', async () => {
  const the = await world()
  expect(wordsIn((await (await the.client('kalle')).get('/me')).text)).toContain('päättää pyynnöistä niin kuin sinä itse')
})
