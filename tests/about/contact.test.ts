import { describe, expect, test } from 'vitest'
import { forgetOldMessages } from '../../src/about/actions.ts'
import { pageNamed } from '../../src/about/message.ts'
import { contactMessages } from '../../src/about/table.ts'
import { waiting } from '../../src/platform/jobs/queue.ts'
import { formIn, linksTo, send, wordsIn } from '../bookings/form-reader.ts'
import { world, type World } from '../support/world.ts'

const kept = ({ ctx }: World) => ctx.db.select().from(contactMessages)
const message = { topic: 'fault', text: 'Ovi ei aukea.\r\nKoputin.', email: 'ville@example.org' }

describe('writing to the city', () => {
  test('needs no sign-in: the message is kept, mailed once with the writer as the one to answer, and the writer told by when', async () => {
    const the = await world({ env: { CITY_CONTACT: 'tilat@kaupunki.example' } })
    const agent = await the.client()
    const space = (await agent.get('/sv/spaces/luokka')).text
    const [link] = linksTo(space, 'Kontakta oss')
    expect(link).toBe('/sv/contact?page=%2Fspaces%2Fluokka')
    const page = (await agent.get(link!)).text
    const sent = await send(agent, page, '/sv/contact', message)
    expect(sent.status).toBe(200)
    expect(wordsIn(sent.text)).toContain('Vi svarar till ville@example.org senast måndag 7.12.2026')
    // The button was pressed twice, or the page loaded again.
    expect((await send(agent, page, '/sv/contact', message)).status).toBe(200)
    expect(await kept(the)).toMatchObject([{ topic: 'fault', text: 'Ovi ei aukea.\nKoputin.', email: 'ville@example.org', page: '/spaces/luokka', language: 'sv', createdAt: the.clock.now() }])
    await the.settle()
    await the.settle()
    const mails = the.mails()
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([['tilat@kaupunki.example', 'Viesti palvelusta: Vika']])
    expect(mails[0]!.raw).toMatch(/^Reply-To: ville@example\.org\r$/m)
    const letter = mails[0]!.text.replaceAll('\r\n', '\n')
    expect(letter).toContain('Ovi ei aukea.\n\nKoputin.\n\nAihe: Vika\nVastausosoite: ville@example.org\nVastaa viimeistään: maanantaina 7.12.2026\nKirjoittajan kieli: ruotsi')
    expect(letter).toContain('http://tilavuoro.test/sv/spaces/luokka')
    expect(await waiting(the.ctx.db)).toMatchObject({ waiting: 0, failing: 0 })
  })

  test('another message from the same copy of the form, after going back, is a message of its own', async () => {
    const the = await world()
    const agent = await the.client()
    const page = (await agent.get('/contact')).text
    for (const text of ['Yksi', 'Kaksi']) await send(agent, page, '/contact', { topic: 'idea', text })
    expect((await kept(the)).map(({ text, email, page }) => [text, email, page]).sort()).toEqual([['Kaksi', null, null], ['Yksi', null, null]])
  })

  test('without an address nobody is promised an answer, and the mail has no address to answer to', async () => {
    const the = await world()
    const agent = await the.client()
    const { text } = await send(agent, (await agent.get('/en/contact')).text, '/en/contact', { topic: 'idea', text: 'More chairs' })
    expect(wordsIn(text)).toContain('You gave no e-mail address, so we cannot reply.')
    await the.settle()
    expect(the.mails()[0]!.raw).not.toMatch(/^Reply-To/im)
    expect(the.mails()[0]!.text).toContain('kirjoittaja ei pyytänyt vastausta')
  })

  test('about accessibility starts on the statement, and says where to complain', async () => {
    const the = await world()
    const agent = await the.client('maija')
    const [link] = linksTo((await agent.get('/accessibility')).text, 'Anna saavutettavuuspalautetta')
    const page = (await agent.get(link!)).text
    expect(formIn(page, '/contact')).toMatchObject({ topic: 'accessibility', page: '/accessibility', email: 'maija@example.org' })
    const sent = await send(agent, page, '/contact', { text: 'Ruudunlukija ei lue hintaa.' })
    expect(wordsIn(sent.text)).toContain('voit kannella valvovalle viranomaiselle')
  })

  test('what is missing or wrong is said beside its field and on top, and nothing typed is lost', async () => {
    const the = await world()
    const agent = await the.client()
    const { status, text } = await send(agent, (await agent.get('/contact?page=/rules')).text, '/contact', { topic: 'evil', text: ' \r\n ', email: 'ville@' })
    expect(status).toBe(422)
    for (const words of ['Valitse, mistä on kyse.', 'Kirjoita viesti.', 'Kirjoita sähköpostiosoite']) expect(wordsIn(text).split(words)).toHaveLength(3)
    expect(text).toContain('3 kohtaa kaipaa korjausta')
    expect(formIn(text, '/contact')).toMatchObject({ email: 'ville@', page: '/rules' })
    const long = await send(agent, text, '/contact', { topic: 'idea', text: 'x'.repeat(5001), email: '' })
    expect([long.status, wordsIn(long.text).includes('enintään 5000 merkkiä')]).toEqual([422, true])
    expect((await agent.post('/contact').type('form').send({ topic: 'idea', text: 'x'.repeat(70_000) })).status).toBe(413)
    expect((await agent.post('/contact').type('form').send('topic=idea&text=a&text=b&email=a%40b.fi&email=c%40d.fi')).status).toBe(422)
    expect((await agent.post('/contact')).status).toBe(422)
    expect(await kept(the)).toEqual([])
    expect(await waiting(the.ctx.db)).toMatchObject({ waiting: 0, failing: 0 })
  })
})

describe('hostile messages', () => {
  test.each(['a@b.fi\r\nBcc: evil@example.org', 'a@b.fi%0d%0aBcc: evil@example.org', 'a@b.fi, evil@example.org', '"x" <a@b.fi>', 'a@b.fi\u2028Bcc: x', `${'a'.repeat(250)}@b.fi`])(
    'no second address and no header comes in by the e-mail field: %j', async (email) => {
      const the = await world()
      const agent = await the.client()
      expect((await agent.post('/contact').type('form').send({ ...message, email })).status).toBe(422)
      expect(await kept(the)).toEqual([])
    })

  test.each(['<script>alert(1)</script>', 'a\r\n\r\n.\r\nQUIT', 'x\r\nBcc: evil@example.org\r\n', '{topic} {0}', 'END:VEVENT', '\u202Eabc', '😀'.repeat(500)])(
    'the text is only ever text: %j', async (text) => {
      const the = await world()
      const agent = await the.client()
      expect((await agent.post('/contact').type('form').send({ ...message, text })).status).toBe(200)
      await the.settle()
      const [mail] = the.mails()
      const names = [...mail!.raw.slice(0, mail!.raw.indexOf('\r\n\r\n')).matchAll(/^([\w-]+):/gm)].map(([, name]) => name!.toLowerCase()).sort()
      expect(names).toEqual(['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'reply-to', 'subject', 'to'])
      expect(mail!.html).not.toMatch(/<script/)
      expect(mail!.text).toContain(text.replace(/\r\n/g, '\n').trim().split('\n')[0]!)
    })

  test.each(['//evil.example', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)', '/sign-in/Zk3_secret-token', '/associations/invitations/aB3dE5gH7jK9mN1pQ3sT5uV7', '/calendars/f/aB3dE5gH7jK9mN1pQ3sT5uV7.ics', '/spaces/%2e%2e', '/', '', null])(
    'the page is a plain path of ours or none: %j', async (said) => {
      expect(pageNamed(said)).toBe(null)
      const the = await world()
      const agent = await the.client()
      expect(formIn((await agent.get('/contact').query({ page: said as string })).text, '/contact')).not.toHaveProperty('page')
      await agent.post('/contact').type('form').send({ ...message, page: said as string })
      expect((await kept(the)).map(({ page }) => page)).toEqual([null])
    })

  test('a page keeps neither its query nor its language', () => {
    expect(pageNamed('/sv/spaces/luokka?people=12&q=salaisuus#times')).toBe('/spaces/luokka')
    expect(pageNamed('/bookings/TV-AB2C-D3EF')).toBe('/bookings/TV-AB2C-D3EF')
  })

  test('one network sends so many in a quarter of an hour and no more', async () => {
    const the = await world()
    const agent = await the.client()
    const statuses: number[] = []
    for (let i = 0; i < 32; i++) statuses.push((await agent.post('/contact').type('form').send({ ...message, text: `Viesti ${i}` })).status)
    expect(statuses).toEqual([...Array.from({ length: 30 }, () => 200), 429, 429])
    expect(await kept(the)).toHaveLength(30)
    expect((await agent.get('/contact')).status).toBe(200)
  })
})

test('messages are forgotten after a year, not before', async () => {
  const the = await world()
  const agent = await the.client()
  await agent.post('/contact').type('form').send({ ...message, text: 'Vanha' })
  the.clock.set('2026-11-24T09:00:00+02:00')
  await agent.post('/contact').type('form').send({ ...message, text: 'Uudempi' })
  the.clock.set('2027-11-23T09:00:00+02:00')
  await forgetOldMessages(the.ctx)
  expect((await kept(the)).map(({ text }) => text)).toEqual(['Uudempi'])
})
