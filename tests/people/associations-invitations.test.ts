import { describe, expect, test } from 'vitest'
import { eventsOf } from '../../src/history/store.ts'
import { forgetOldInvitations, invitationToken, invite } from '../../src/people/invitation-actions.ts'
import { personById } from '../../src/people/store.ts'
import { invitations } from '../../src/people/table.ts'
import { hashOf } from '../../src/platform/ids.ts'
import { jobs } from '../../src/platform/jobs/table.ts'
import { send, wordsIn, type Agent } from '../bookings/form-reader.ts'
import { world, monday, type World } from '../support/world.ts'
import { belonging, club, declares, gives, speaks } from './club.ts'

const day = 86_400_000
const page = async (agent: Agent): Promise<string> => (await agent.get('/associations/sulka').expect(200)).text

const sentId = async ({ ctx }: World): Promise<string> => (await ctx.db.select().from(invitations))[0]!.id

/** Maija fills in the form of her page; what comes back is the mail. */
async function invited(the: World, email: string, rights = 'books') {
  const maija = await the.client('maija')
  await send(maija, await page(maija), '/associations/sulka/invitations', { email, rights }).expect(303)
  await the.settle()
  const mail = the.mails().find(({ to }) => to === email.trim().toLowerCase())!
  const link = /http:\/\/tilavuoro\.test(\S*\/associations\/invitations\/\S+)/.exec(mail.text)![1]!
  return { mail, link, path: link.replace(/^\/(sv|en)/, '') }
}

describe('an invitation', () => {
  test('is sent, read, accepted and gives what it says', async () => {
    const the = await world()
    await club(the)
    const { mail, path } = await invited(the, ' Olli@Example.org ', 'manages')
    expect([mail.to, mail.subject]).toEqual(['olli@example.org', 'Kutsu yhdistykseen Kallion Sulka ry'])
    for (const said of ['Maija Mallikas kutsuu sinut yhdistykseen Kallion Sulka ry', 'kutsua muita', 'Voimassa asti: 7.12.2026', 'Jos et tunne kutsujaa']) expect(mail.text).toContain(said)

    const olli = await the.client('olli')
    const opened = await olli.get(path).expect(200)
    expect(opened.headers['cache-control']).toBe('no-store')
    for (const said of ['Maija Mallikas kutsuu sinut yhdistykseen Kallion Sulka ry.', 'Rekisterinumero 123456', 'Hoitaa yhdistystä', 'jäsenet näkevät nimesi']) expect(wordsIn(opened.text)).toContain(said)
    expect(await belonging(the)).toEqual({ maija: 'manages', kalle: 'books' })

    const accepted = await send(olli, opened.text, path).expect(303)
    expect(accepted.headers['location']).toBe('/associations/sulka')
    expect(await belonging(the)).toEqual({ maija: 'manages', kalle: 'books', olli: 'manages' })
    expect(wordsIn(await page(olli))).toMatch(/Olet nyt yhdistyksen jäsen\..*Olli Mallikas \(sinä\)/)
    const id = await sentId(the)
    expect((await eventsOf(the.ctx.db, 'sulka')).map(({ what, actor, particulars }) => [what, actor, particulars]).sort()).toEqual([
      ['association.invited', 'maija', { invitation: id, rights: 'manages' }], ['association.joined', 'olli', { invitation: id, rights: 'manages' }],
    ])
  })

  test('leads who is not signed in to sign in and back', async () => {
    const the = await world()
    await club(the)
    const { path } = await invited(the, 'uusi@example.org')
    const stranger = await the.client()
    const led = await stranger.get(`/en${path}`).expect(303)
    expect(led.headers['location']).toBe(`/en/sign-in?return=${encodeURIComponent(path)}`)
    await stranger.post(path).expect(303)
    const asking = await stranger.get(led.headers['location']!).expect(200)
    await send(stranger, asking.text, '/en/sign-in', { email: 'uusi@example.org' }).expect(200)
    await the.settle()
    const signIn = /http:\/\/tilavuoro\.test(\/en\/sign-in\/\S+)/.exec(the.mails().map(({ text }) => text).join('\n'))![1]!
    const back = await stranger.post(signIn).expect(303)
    expect(back.headers['location']).toBe(`/en${path}`)
    await stranger.post(`/en${path}`).expect(303)
    const names = Object.entries(await belonging(the)).filter(([id]) => id !== 'maija' && id !== 'kalle')
    expect(names.map(([, rights]) => rights)).toEqual(['books'])
  })

  test('is in the language of the invited person, else of the one who invites', async () => {
    const the = await world()
    await club(the)
    await speaks(the, 'maija', 'en')
    const known = await invited(the, 'mona@example.org')
    expect([known.mail.subject, known.link.startsWith('/sv/')]).toEqual(['Inbjudan till föreningen Kallion Sulka ry', true])
    const unknown = await invited(the, 'somebody@example.org')
    expect([unknown.mail.subject, unknown.link.startsWith('/en/')]).toEqual(['Invitation to join Kallion Sulka ry', true])
  })

  test('is for the one address it was sent to, and tells others nothing', async () => {
    const the = await world()
    await club(the)
    const { path } = await invited(the, 'olli@example.org')
    const mona = await the.client('mona')
    const opened = await mona.get(path).expect(403)
    expect(wordsIn(opened.text)).toContain('Olet kirjautunut osoitteella mona@example.org.')
    expect(opened.text).not.toMatch(/Sulka|Maija|olli@/)
    await mona.post(path).expect(403)
    expect(await belonging(the)).toEqual({ maija: 'manages', kalle: 'books' })
    await (await the.client('olli')).post(path).expect(303)
  })

  test('works once', async () => {
    const the = await world()
    await club(the)
    const { path } = await invited(the, 'olli@example.org')
    const olli = await the.client('olli')
    const both = await Promise.all([olli.post(path), (await the.client('olli')).post(path)])
    expect(both.map(({ status }) => status).sort()).toEqual([303, 410])
    expect((await olli.get(path).expect(303)).headers['location']).toBe('/associations/sulka')
    await olli.post('/associations/sulka/departure').expect(303)
    expect(wordsIn((await olli.get(path).expect(410)).text)).toContain('Kutsu on jo käytetty')
    await olli.post(path).expect(410)
    expect(await belonging(the)).toEqual({ maija: 'manages', kalle: 'books' })
  })

  test('runs out after a fortnight, and its address is forgotten a month later', async () => {
    const the = await world()
    await club(the)
    const { path } = await invited(the, 'olli@example.org')
    the.clock.set(monday + 14 * day - 1)
    const olli = await the.client('olli')
    await olli.get(path).expect(200)
    the.clock.set(monday + 14 * day)
    expect(wordsIn((await olli.get(path).expect(410)).text)).toContain('Kutsu on vanhentunut')
    await olli.post(path).expect(410)
    expect(await page(await the.client('maija'))).not.toContain('olli@example.org')
    await forgetOldInvitations(the.ctx)
    expect(await the.ctx.db.select().from(invitations)).toHaveLength(1)
    the.clock.set(monday + 44 * day)
    await forgetOldInvitations(the.ctx)
    expect(await the.ctx.db.select().from(invitations)).toEqual([])
    await (await the.client('olli')).get(path).expect(404)
  })

  test('is listed while it is open, and can be taken back', async () => {
    const the = await world()
    await club(the)
    const { path } = await invited(the, 'olli@example.org')
    const maija = await the.client('maija')
    const open = await page(maija)
    expect(wordsIn(open)).toContain('olli@example.org Varaa tiloja · Voimassa 7.12.2026 asti')
    const id = await sentId(the)
    await (await the.client('kalle')).post(`/associations/sulka/invitations/${id}/revocation`).expect(404)
    await send(maija, open, `/associations/sulka/invitations/${id}/revocation`).expect(303)
    await maija.post(`/associations/sulka/invitations/${id}/revocation`).expect(404)
    expect(await page(maija)).not.toContain('olli@example.org')
    const olli = await the.client('olli')
    expect(wordsIn((await olli.get(path).expect(410)).text)).toContain('Kutsu on peruttu')
    await olli.post(path).expect(410)
    expect(await belonging(the)).toEqual({ maija: 'manages', kalle: 'books' })
  })

  test('taken back before it was sent is not sent', async () => {
    const the = await world()
    await club(the)
    const maija = await the.client('maija')
    await send(maija, await page(maija), '/associations/sulka/invitations', { email: 'olli@example.org' }).expect(303)
    const id = await sentId(the)
    await maija.post(`/associations/sulka/invitations/${id}/revocation`).expect(303)
    await the.settle()
    expect(the.mails()).toEqual([])
  })

  test('ends with the rights of the one who sent it', async () => {
    const the = await world()
    await club(the)
    await gives(the, 'kalle', 'manages')
    const removed = await invited(the, 'olli@example.org', 'manages')
    await (await the.client('kalle')).post('/associations/sulka/members/maija/rights').type('form').send({ rights: 'books' }).expect(303)
    await (await the.client('olli')).post(removed.path).expect(410)
    expect(await belonging(the)).toEqual({ maija: 'books', kalle: 'manages' })
  })

  test('confirms who only said so before, and takes no rights away', async () => {
    const the = await world()
    await club(the)
    await declares(the, 'olli')
    const { path } = await invited(the, 'olli@example.org')
    await (await the.client('olli')).post(path).expect(303)
    expect((await belonging(the))['olli']).toBe('books')

    const again = await world()
    await club(again)
    const late = await invited(again, 'mona@example.org')
    await declares(again, 'mona')
    await (await again.client('kerttu')).post('/desk/associations/sulka/members/mona/confirmation').type('form').send({ rights: 'manages' }).expect(303)
    await (await again.client('mona')).post(late.path).expect(303)
    expect((await belonging(again))['mona']).toBe('manages')
  })

  test('is not sent to a member, twice, or to what is no address', async () => {
    const the = await world()
    await club(the)
    const maija = await the.client('maija')
    const sent = (body: object) => maija.post('/associations/sulka/invitations').type('form').send(body)
    for (const [body, status, field] of [
      [{ email: 'kalle@example.org', rights: 'books' }, 409, 'Tämä henkilö on jo jäsen.'],
      [{ email: 'ei osoite', rights: 'books' }, 422, 'href="#email"'],
      [{ email: 'a@example.org\nBcc: b@example.org', rights: 'books' }, 422, 'href="#email"'],
      [{ email: 'a@example.org', rights: 'admin' }, 422, 'href="#rights"'],
      [{}, 422, 'href="#email"'],
    ] as const) {
      const refused = await sent(body).expect(status)
      expect(refused.text).toContain(field)
      expect(refused.text).toContain('href="/sv/associations/sulka"')
    }
    await sent({ email: 'olli@example.org', rights: 'books' }).expect(303)
    expect((await sent({ email: 'OLLI@example.org', rights: 'manages' }).expect(409)).text).toContain('Tähän osoitteeseen on jo lähtenyt kutsu.')
    await the.settle()
    expect(the.mails().map(({ to }) => to)).toEqual(['olli@example.org'])
  })

  test('is one of twenty at most, and one person sends thirty in a quarter of an hour', async () => {
    const the = await world()
    await club(the)
    const person = (await personById(the.ctx.db, 'maija'))!
    for (let i = 0; i < 20; i++) expect(await invite(the.ctx, person, 'sulka', { email: `${i}@example.org`, rights: 'books' })).toEqual({ ok: true })
    const maija = await the.client('maija')
    const sent = (email: string) => maija.post('/associations/sulka/invitations').type('form').send({ email, rights: 'books' })
    expect((await sent('one-more@example.org').expect(409)).text).toContain('Avoinna on jo 20 kutsua.')
    for (let i = 0; i < 4; i++) await sent('one-more@example.org').expect(409)
    await sent('one-more@example.org').expect(429)
    // The sixth above was one of the thirty too.
    for (let i = 0; i < 24; i++) await sent(`x${i}@example.org`).expect(409)
    await sent('y@example.org').expect(429)
  })

  test('keeps its secret in the mail alone', async () => {
    const the = await world()
    await club(the)
    const { path } = await invited(the, 'olli@example.org')
    const token = path.split('/').at(-1)!
    const rows = await the.ctx.db.select().from(invitations)
    expect(rows.map(({ tokenHash }) => tokenHash)).toEqual([hashOf(token)])
    expect(token).toBe(invitationToken(the.ctx.config.sessionSecret, rows[0]!.id))
    expect(JSON.stringify([rows, await the.ctx.db.select().from(jobs), await eventsOf(the.ctx.db, 'sulka')])).not.toContain(token)
    const lines: string[] = []
    the.ctx.log.info = (line: object) => void lines.push(JSON.stringify(line))
    const olli = await the.client('olli')
    for (const address of [path, `/sv${path}`, path.replace('/associations', '/ASSOCIATIONS'), `${path}?x=${token}`]) await olli.get(address)
    await olli.post(path)
    expect(lines).toHaveLength(5)
    expect(lines.join('\n')).not.toContain(token)
    expect(lines[0]).toContain('/associations/invitations/…')
  })

  test('nobody sent is unknown', async () => {
    const the = await world()
    const olli = await the.client('olli')
    for (const path of ['/associations/invitations/x', `/associations/invitations/${'a'.repeat(43)}`]) {
      await olli.get(path).expect(404)
      await olli.post(path).expect(404)
    }
  })
})
