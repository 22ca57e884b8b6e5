import { describe, expect, test } from 'vitest'
import { askSignInLink, signInToken } from '../../src/people/actions.ts'
import { personById } from '../../src/people/store.ts'
import { apiTokens, sessions, signInLinks } from '../../src/people/table.ts'
import { issueToken, revokeToken } from '../../src/people/user-actions.ts'
import { hashOf } from '../../src/platform/ids.ts'
import { world, type World } from '../support/world.ts'
import { cookieOf, doorOf, form, type Reply } from './knocking.ts'

const day = 86_400_000
const cookiesOf = ({ headers }: Reply): string[] => headers['set-cookie'] ?? []
const valueOf = (reply: Reply, name: string): string => cookiesOf(reply).find((line) => line.startsWith(`${name}=`))?.split(';')[0]?.slice(name.length + 1) ?? ''

/** The address of a fresh link of Olli's. */
async function linkOf({ ctx }: World): Promise<string> {
  await askSignInLink(ctx, { email: 'olli@example.org', language: 'fi', returnTo: '/bookings' })
  const links = await ctx.db.select().from(signInLinks)
  return `/sign-in/${signInToken(ctx.config.sessionSecret, links.at(-1)!.id)}`
}

async function city(env: Record<string, string> = {}) {
  const the = await world({ env })
  const knock = await doorOf(the)
  const signIn = async (headers: Record<string, string> = {}): Promise<Reply> => knock({ method: 'POST', path: await linkOf(the), headers: { ...form, ...headers } })
  const isIn = async (cookie: string): Promise<boolean> => (await knock({ path: '/me', headers: { cookie } })).status === 200
  return { the, knock, signIn, isIn }
}

describe('the session’s cookie', () => {
  test('in production stays on this host, on https, away from scripts and from other sites', async () => {
    const { signIn, knock, isIn } = await city({ NODE_ENV: 'production', BASE_URL: 'https://tilavuoro.test' })
    const signedIn = await signIn()
    const [pre, sid, flash] = cookiesOf(signedIn).map((line) => line.replace(/(__Host-sid=)[\w-]{32};/, '$1…;').replace(/Expires=[^;]*/, 'Expires=…'))
    expect([pre, sid, flash]).toEqual([
      '__Host-pre=; Path=/; Expires=…; HttpOnly; Secure; SameSite=Lax',
      '__Host-sid=…; Max-Age=2592000; Path=/; Expires=…; HttpOnly; Secure; SameSite=Lax',
      'flash=success:flash.people.signedIn; Max-Age=60; Path=/; Expires=…; HttpOnly; Secure; SameSite=Lax',
    ])
    const secret = valueOf(signedIn, '__Host-sid')
    expect([await isIn(`__Host-sid=${secret}`), await isIn(`sid=${secret}`)]).toEqual([true, false])
    const kept = await knock({ method: 'POST', path: '/bookings/new', headers: form, body: new URLSearchParams({ space: 'kokoushuone', date: '2026-11-24', from: '18:00', to: '19:00', applicant: 'private_person', purpose: 'hobby', people: '5', openToAll: 'yes', entryFee: 'no', asked: 'openToAll entryFee activities locals youths groups' }).toString() })
    expect(cookiesOf(kept).map((line) => line.replace(/=[\w-]{32};|Expires=[^;]*; /g, ';'))).toEqual(['__Host-pre; Max-Age=86400; Path=/; ;HttpOnly; Secure; SameSite=Lax'])
    for (const path of ['/dev/sign-in', '/dev/outbox', '/styleguide']) expect((await knock({ path })).status).toBe(404)
  })

  test('elsewhere works on plain http, and is just as shut', async () => {
    const { signIn } = await city()
    expect(cookiesOf(await signIn()).every((line) => /; HttpOnly(; |$)/.test(line) && line.includes('SameSite=Lax') && line.includes('Path=/') && !/Domain|Secure/.test(line))).toBe(true)
  })
})

describe('a session', () => {
  test('cannot be chosen for somebody: signing in always gives a new one and ends the one before', async () => {
    const { signIn, isIn } = await city()
    const chosen = 'a'.repeat(32)
    const first = valueOf(await signIn({ cookie: `sid=${chosen}` }), 'sid')
    expect([first === chosen, await isIn(`sid=${chosen}`), await isIn(`sid=${first}`)]).toEqual([false, false, true])
    const second = valueOf(await signIn({ cookie: `sid=${first}` }), 'sid')
    expect([second === first, await isIn(`sid=${first}`), await isIn(`sid=${second}`)]).toEqual([false, false, true])
  })

  test('ends with signing out, here and nowhere else', async () => {
    const { knock, signIn, isIn } = await city()
    const [here, there] = [valueOf(await signIn(), 'sid'), valueOf(await signIn(), 'sid')]
    const out = await knock({ method: 'POST', path: '/sign-out', headers: { ...form, cookie: `sid=${here}` } })
    expect(cookiesOf(out)[0]).toMatch(/^sid=; Path=\/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax$/)
    expect([await isIn(`sid=${here}`), await isIn(`sid=${there}`)]).toEqual([false, true])
  })

  test('ends when it is taken away, and thirty days after it was last used', async () => {
    const { the, knock, signIn, isIn } = await city()
    const [mine, lost] = [valueOf(await signIn(), 'sid'), valueOf(await signIn(), 'sid')]
    const path = `/me/sessions/${hashOf(lost)}/revocation`
    expect((await knock({ path: '/me', headers: { cookie: `sid=${mine}` } })).text).toContain(`action="${path}"`)
    await knock({ method: 'POST', path, headers: { ...form, cookie: `sid=${mine}` } })
    expect([await isIn(`sid=${mine}`), await isIn(`sid=${lost}`)]).toEqual([true, false])
    the.clock.set(the.clock.now() + 29 * day)
    expect(await isIn(`sid=${mine}`)).toBe(true)
    the.clock.set(the.clock.now() + 30 * day)
    expect(await isIn(`sid=${mine}`)).toBe(false)
  })

  test('is stored as a hash only, and so are links and tokens', async () => {
    const { the, signIn } = await city()
    const link = await linkOf(the)
    const { token } = await issueToken(the.ctx, 'olli', 'x')
    const sid = valueOf(await signIn(), 'sid')
    const { db } = the.ctx
    const stored = JSON.stringify([await db.select().from(sessions), await db.select().from(signInLinks), await db.select().from(apiTokens)])
    expect([sid, token, link.slice('/sign-in/'.length)].filter((secret) => secret.length < 32 || stored.includes(secret))).toEqual([])
  })
})

describe('a link and a token', () => {
  test('a link signs in one browser, once, however many try at the same time', async () => {
    const { the, knock } = await city()
    const path = await linkOf(the)
    const replies = await Promise.all(Array.from({ length: 6 }, () => knock({ method: 'POST', path, headers: form })))
    expect(replies.map(({ status }) => status).sort()).toEqual([303, 409, 409, 409, 409, 409])
    expect((await knock({ path })).status).toBe(410)
  })

  test('a token ends when it is taken away', async () => {
    const { the, knock } = await city()
    const { id, token } = await issueToken(the.ctx, 'olli', 'x')
    const ask = async (): Promise<number> => (await knock({ path: '/api/v1/bookings/TV-AAAA-AAAA', headers: { authorization: `Bearer ${token}` } })).status
    expect(await ask()).toBe(404)
    expect(await revokeToken(the.ctx, (await personById(the.ctx.db, 'maija'))!, id)).toBe(false)
    await revokeToken(the.ctx, (await personById(the.ctx.db, 'olli'))!, id)
    expect(await ask()).toBe(401)
    expect((await knock({ path: '/me', headers: await cookieOf(the, 'olli') })).status).toBe(200)
  })
})
