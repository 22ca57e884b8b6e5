import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import supertest from 'supertest'
import { describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { boot } from '../../src/boot.ts'
import { book } from '../../src/bookings/actions.ts'
import { cancel } from '../../src/bookings/ending-actions.ts'
import { decline } from '../../src/bookings/decision-actions.ts'
import { placeHold } from '../../src/bookings/hold-actions.ts'
import { ownBooking } from '../../src/bookings/store.ts'
import { makeFeed } from '../../src/calendars/address-actions.ts'
import { personById } from '../../src/people/store.ts'
import { persons } from '../../src/people/table.ts'
import { faultOf } from '../../src/platform/faults.ts'
import { issueToken } from '../../src/people/user-actions.ts'
import { at, wishFor } from '../bookings/wishes.ts'
import { world } from '../support/world.ts'
import { cookieOf, doorOf, form, json, routesOf, tokenOf } from './knocking.ts'

const marks = {
  title: 'Salaseura', name: 'Merkitty Henkilö', phone: '040 555 0199', email: 'merkitty@example.org', payer: 'Maksava Merkki', street: 'Merkkikatu 7', reason: 'Syymerkki', association: 'Merkkiyhdistys ry', held: 'Pitomerkki',
}
const seen = (text: string): string[] => {
  const close = text.replace(/\s|&nbsp;/g, '')
  return Object.values(marks).filter((mark) => [mark, encodeURIComponent(mark)].some((form) => text.includes(form)) || close.includes(mark.replace(/\s/g, '')))
}

/** Maija, marked all over: a confirmed booking, a request, a cancelled and a declined one, all private, and a hold. */
async function marked() {
  const the = await world()
  const { ctx } = the
  await ctx.db.transaction((db) => db.update(persons).set({ name: marks.name, email: marks.email, phone: marks.phone }).where(eq(persons.id, 'maija')).returning())
  const [maija, kalle] = [(await personById(ctx.db, 'maija'))!, (await personById(ctx.db, 'kalle'))!]
  const made = async (space: string, day: string, own: object = {}) => {
    const done = await book(ctx, maija, wishFor(space, `2026-${day}T18:00`, `2026-${day}T20:00`, {
      title: marks.title, responsible: { name: marks.name, phone: marks.phone }, payer: { name: marks.payer, address: marks.street },
      facts: { applicant: 'registered_association' }, association: { kind: 'register_number', value: '654321', name: marks.association }, ...own,
    }), { language: 'fi' })
    if (!done.ok) throw new Error(JSON.stringify(done.refusals))
    return done.booking.ref
  }
  const given = await made('luokka', '11-25')
  await cancel(ctx, (db) => ownBooking(db, 'maija', given), { person: maija, mover: 'owner', reason: marks.reason })
  const declined = await made('ruokasali', '12-09', { public: true })
  await decline(ctx, kalle, declined, marks.reason)
  const refs = [given, declined, await made('luokka', '11-24'), await made('ruokasali', '12-10')]
  await placeHold(ctx, { hash: 'person:maija', addressHash: 'x' }, { space: 'luokka', start: at('2026-11-26T18:00'), end: at('2026-11-26T20:00') }, { title: marks.held, responsibleName: marks.name })
  await the.settle()
  return { the, refs, knock: await doorOf(the) }
}

const queries = ['', '?date=2026-11-24', '?week=2026-11-24', '?date=2026-12-10&fits=1', '?space=luokka&date=2026-11-24&from=18:00&to=20:00', '?from=2026-11-23&to=2026-12-11', '?lang=en&plain=1']

describe('what belongs to one person', () => {
  test('is on no page, fragment, calendar or answer that anybody else can open', async () => {
    const { the, refs, knock } = await marked()
    const olli: Record<string, string> = await cookieOf(the, 'olli')
    const readers = [{}, { 'hx-request': 'true' }, olli, { ...olli, 'hx-request': 'true' }, await cookieOf(the, 'mona'), await tokenOf(the, 'olli')]
    const told: string[] = []
    const look = async (method: string, path: string, headers: Record<string, string>, body?: string): Promise<void> => {
      const { text, headers: head } = await knock({ method, path, headers, ...(body === undefined ? {} : { body }) })
      const found = [...seen(text + JSON.stringify(head)), ...refs.filter((ref) => text.includes(ref) && !path.includes(ref))]
      if (found.length) told.push(`${method} ${path}: ${found.join()}`)
    }
    for (const { path } of routesOf(the).filter(({ method, path }) => method === 'GET' && !path.startsWith('/dev/'))) {
      const paths = [...new Set(['luokka', 'ruokasali', 'kallion-koulu'].flatMap((slug) => refs.slice(2).map((ref) => path.replace(':slug', slug).replace(':ref', ref).replace(/:\w+/, 'x'))))]
      for (const at of paths) for (const headers of readers) for (const query of queries) await look('GET', at + query, headers)
    }
    const wish = { space: 'luokka', start: '2026-11-24T18:00', end: '2026-11-24T20:00', applicant: 'registered_association', purpose: 'hobby', people: 10, association: '654321' }
    await look('POST', '/api/v1/quotes', json, JSON.stringify(wish))
    const whole = { ...wish, title: 'Oma', responsible: { name: 'Olli', phone: '040 123 4567' }, acceptTerms: true }
    await look('POST', '/api/v1/bookings', { ...json, ...(await tokenOf(the, 'olli')), 'idempotency-key': 'k' }, JSON.stringify(whole))
    await look('POST', '/bookings/new', { ...form, ...olli }, 'space=luokka&date=2026-11-24&from=18:00&to=20:00&applicant=unregistered_group&purpose=hobby&people=9&openToAll=yes&entryFee=no')
    await look('POST', '/associations', { ...form, ...olli }, 'identifier=654321&name=Minun')
    await look('GET', '/associations', olli)
    await look('POST', '/sign-in', form, `email=${marks.email.toUpperCase()}x`)
    expect(told).toEqual([])
  }, 60_000)

  test('is where its owner and the school’s manager look', async () => {
    const { the, refs, knock } = await marked()
    const { title, name, phone, email, payer, street, association, reason } = marks
    expect(seen((await knock({ path: `/bookings/${refs[3]}`, headers: await cookieOf(the, 'maija') })).text)).toEqual([title, name, payer, street, association])
    expect(seen((await knock({ path: `/desk/requests/${refs[3]}`, headers: await cookieOf(the, 'kalle') })).text)).toEqual([title, name, phone, email, payer, street, association])
    expect(seen((await knock({ path: `/bookings/${refs[1]}`, headers: await cookieOf(the, 'maija') })).text)).toContain(reason)
  })
})

describe('the log', () => {
  test('knows no person, address, secret or question', async () => {
    const { the, refs } = await marked()
    const lines: string[] = []
    const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
    const { ctx, worker } = await boot({ ...the.ctx.config, logLevel: 'info' }, log, the.ctx.db)
    ctx.clock.now = the.clock.now
    ctx.wake = () => undefined
    const app = createApp(ctx, worker)
    const maija = (await personById(ctx.db, 'maija'))!
    const feed = await makeFeed(ctx, maija, 'fi')
    const { token } = await issueToken(ctx, 'maija', 'x')
    const secrets = [feed.ok ? feed.secret : '', token]
    const agent = supertest.agent(app)
    await agent.post(`/sign-in?why=${marks.reason}`).type('form').send({ email: marks.email, return: `/bookings/${refs[2]}?q=${marks.title}` }).expect(200)
    await worker.settle()
    const mail = the.mails().map(({ text }) => /\/sign-in\/([\w-]+)/.exec(text)?.[1]).find(Boolean) ?? ''
    secrets.push(mail)
    for (const path of [`/sign-in/${mail}`, `/Sign-In/${mail}`, `/sv/SIGN-IN/${mail}`, `/calendars/f/${secrets[0]}.ics`, `/CALENDARS/F/${secrets[0]}.ics`, `/en/calendars/f/${secrets[0]}.ics?lang=sv`]) await agent.get(path)
    await agent.post(`/sign-in/${mail}`).expect(303)
    for (const path of ['/me', '/bookings', `/spaces?q=${marks.title}`, '/%E0%A4%A']) await agent.get(path)
    await agent.post(`/bookings/${refs[2]}/cancellation`).type('form').send({ reason: marks.reason }).expect(303)
    await supertest(app).get('/api/v1/bookings/x').set('Authorization', `Bearer ${token}`).set('X-Forwarded-For', '203.0.113.7')
    await worker.settle()
    await worker.stop()
    const said = lines.join('')
    expect(lines.length).toBeGreaterThan(12)
    expect(seen(said)).toEqual([])
    expect(secrets.filter((secret) => secret === '' || said.includes(secret))).toEqual([])
    expect(said).not.toMatch(/127\.0\.0\.1|203\.0\.113|::ffff|sid=|Bearer|\?q=|why=|Mallikas|@/)
    expect([...new Set(lines.flatMap((line) => Object.keys(JSON.parse(line) as object)))].sort()).toEqual(['hostname', 'level', 'method', 'ms', 'msg', 'path', 'pid', 'requestId', 'status', 'time'])
  })

  test('tells of a fault where it happened and the innermost reason, without the values', () => {
    const cause = Object.assign(new Error('duplicate key value violates unique constraint "persons_email_key"'), { code: '23505', detail: `Key (email)=(${marks.email}) already exists.` })
    const failed = Object.assign(new Error(`Failed query: insert into persons\nparams: ${marks.name},${marks.email}`, { cause }), { params: [marks.name] })
    const { stack, ...told } = faultOf(failed)
    expect(told).toEqual({ type: 'Error', message: cause.message, code: '23505' })
    expect(seen(JSON.stringify(stack))).toEqual([])
    expect(stack).toContain('privacy.test.ts')
    expect(faultOf(new Error(`550 5.1.1 <${marks.email}>: Recipient address rejected`)).message).toBe('550 5.1.1 <…@…>: Recipient address rejected')
    expect(faultOf(marks.title)).toEqual({ type: 'string', message: 'not an error' })
  })
})
