import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { world } from '../support/world.ts'

describe('trying the service out', () => {
  test('the demo people are listed, staff first, with one button each', async () => {
    const city = await world()
    const page = await (await city.client()).get('/dev/sign-in?return=/bookings')
    const listed = [...page.text.matchAll(/name="email" value="([^"]+)"/g)].map(([, email]) => email)
    expect(listed).toEqual(['kalle', 'kerttu', 'mona', 'maija', 'olli'].map((name) => `${name}@example.org`))
    expect(page.text).toContain('name="return" value="/bookings"')
  })

  test('one press signs in', async () => {
    const city = await world()
    const agent = await city.client()
    const res = await agent.post('/dev/sign-in').type('form').send({ email: 'kalle@example.org', return: '/desk' })
    expect([res.status, res.headers['location']]).toEqual([303, '/desk'])
    expect((await agent.get('/me')).text).toContain('kalle@example.org')
    expect((await agent.post('/dev/sign-in').type('form').send({ email: 'nobody@example.org' })).status).toBe(404)
    expect((await agent.post('/dev/sign-in').type('form').send({ email: 'olli@example.org', return: '//evil.example' })).headers['location']).toBe('/')
  })
})

describe('the outbox', () => {
  test('without mails says so', async () => {
    const city = await world()
    expect((await (await city.client()).get('/dev/outbox')).text).toContain('Viestejä ei ole vielä')
  })

  test('shows a mail as plain text that can be read', async () => {
    const city = await world()
    const agent = await city.client()
    await agent.post('/sign-in').type('form').send({ email: 'maija@example.org' })
    await city.settle()
    const [file] = (await agent.get('/dev/outbox')).text.match(/\/dev\/outbox\/[^"]+\.eml/) ?? []
    const mail = await agent.get(decodeURIComponent(file!))
    expect([mail.status, mail.headers['content-type'], mail.headers['x-content-type-options']]).toEqual([200, 'text/plain; charset=utf-8', 'nosniff'])
    expect(mail.text).toMatch(/^To: .*maija@example\.org.*\nSubject: .+\nDate: .+\n\n/)
    expect(mail.text).toMatch(/http:\/\/tilavuoro\.test\/sign-in\/[\w-]{43}\b/)
  })

  test('decodes what mailers do to text', async () => {
    const city = await world()
    const outbox = path.join(city.dataDir, 'outbox')
    mkdirSync(outbox)
    writeFileSync(path.join(outbox, '-a.eml'), [
      'To: maija@example.org', 'Subject: =?UTF-8?Q?Yst=C3=A4v=C3=A4?= =?UTF-8?B?IHZpZXN0aQ==?=', 'Date: Mon, 23 Nov 2026 07:00:00 +0000',
      'Content-Type: multipart/mixed;', ' boundary="=_out"', '', '--=_out', 'Content-Type: multipart/alternative; boundary="=_in"', '',
      '--=_in', 'Content-Type: text/html', '', '<script>alert(1)</script>',
      '--=_in', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable', '', 'P=C3=A4iv=C3=A4=', 'n jatkoa', '--=_in--', '--=_out--', '',
    ].join('\r\n'))
    const agent = await city.client()
    expect((await agent.get('/dev/outbox/-a.eml')).text).toBe('To: maija@example.org\nSubject: Ystävä viesti\nDate: Mon, 23 Nov 2026 07:00:00 +0000\n\nPäivän jatkoa\n')
    expect((await agent.get('/dev/outbox')).text).toContain('Ystävä viesti')
  })

  test('has no way out of its folder', async () => {
    const city = await world()
    const agent = await city.client()
    const outbox = path.join(city.dataDir, 'outbox')
    mkdirSync(outbox)
    for (const file of ['notes.txt', '../secret.eml']) writeFileSync(path.join(outbox, file), 'To: me\r\n\r\nsecret')
    for (const file of ['notes.txt', '..%2fsecret.eml', '.%2f..%2fsecret.eml', '%2fetc%2fpasswd', 'b.eml', '..eml', '%00.eml']) {
      expect((await agent.get(`/dev/outbox/${file}`)).status).toBe(404)
    }
  })
})
