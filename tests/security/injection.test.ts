import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { decline } from '../../src/bookings/decision-actions.ts'
import { personById } from '../../src/people/store.ts'
import { formIn, wordsIn } from '../bookings/form-reader.ts'
import { wishFor } from '../bookings/wishes.ts'
import { readCalendar } from '../calendars/reader.ts'
import { world } from '../support/world.ts'
import { cookieOf, doorOf, form } from './knocking.ts'

const payloads = [
  '<img src=x onerror=alert(1)>', '"><svg/onload=1>', "' onfocus='alert(1)", '{{7*7}}', '<%= 7*7 %>', '${7*7}', '{0, plural, other {#}}', '</textarea></title><script>1</script>', 'javascript:alert(1)',
  "=cmd|' /C calc'!A0", '&lt;b&gt;', 'END:VEVENT', 'a;b,c\\n\\;BEGIN:VALARM', '%0d%0aSet-Cookie: x=1',
]
const breaks = ['a\r\nATTENDEE:mailto:evil@example.org', 'a\nEND:VEVENT\nBEGIN:VEVENT', 'a\rBCC: evil@example.org', 'a\u2028b\u0085c', 'a\u0000b\u0007c', 'a\ud800b', '😀'.repeat(60)]

/** Olli's request with the text wherever a person may write, declined with it too. */
async function written(text: string) {
  const the = await world()
  const [olli, kalle] = [(await personById(the.ctx.db, 'olli'))!, (await personById(the.ctx.db, 'kalle'))!]
  const request = (from: string, shown: boolean) => book(the.ctx, olli, wishFor('ruokasali', `2026-12-${from}T18:00`, `2026-12-${from}T20:00`, {
    title: text, public: shown, responsible: { name: text, phone: '040 123 4567' }, payer: { name: text, address: text },
    facts: { applicant: 'registered_association', people: 20 }, association: { kind: 'register_number', value: '654321', name: text },
  }), { language: 'fi' })
  const [waiting, declined] = [await request('10', true), await request('11', false)]
  if (!waiting.ok || !declined.ok) throw new Error('no requests')
  await decline(the.ctx, kalle, declined.booking.ref, text)
  const page = async (path: string, name: 'olli' | 'kalle') => (await (await doorOf(the))({ path, headers: await cookieOf(the, name) })).text
  return { the, refs: [waiting.booking.ref, declined.booking.ref] as const, page }
}

describe('what people write', () => {
  test.each(payloads)('is shown as it is written: %s', async (text) => {
    const { refs: [waiting, declined], page } = await written(text)
    const told = text.replace(/\s+/g, ' ')
    for (const [path, name] of [['/bookings', 'olli'], [`/bookings/${declined}`, 'olli'], ['/associations', 'olli'], [`/desk/requests/${waiting}`, 'kalle'], ['/desk/requests', 'kalle'], ['/desk?date=2026-12-10', 'kalle']] as const) {
      const html = await page(path, name)
      expect([path, wordsIn(html).includes(told)]).toEqual([path, true])
      expect(html).not.toMatch(/<img src=x|<svg\/onload|<script>1|href="javascript/)
      expect(html).not.toContain("' onfocus='")
    }
  })

  test.each([...payloads, ...breaks])('makes one event of each booking: %j', async (text) => {
    const { the, refs: [waiting], page } = await written(text)
    await the.settle()
    const names = ['class', 'dtend', 'dtstamp', 'dtstart', 'geo', 'last-modified', 'location', 'sequence', 'status', 'summary', 'transp', 'uid']
    const open = readCalendar((await (await doorOf(the))({ path: '/calendars/spaces/ruokasali.ics' })).text)
    expect(open.events.map((event) => [event.names, event.status])).toEqual([[names, 'TENTATIVE'], [names, 'CANCELLED']])
    const own = readCalendar(await page(`/bookings/${waiting}/booking.ics`, 'olli'))
    expect(own.events.map((event) => event.names)).toEqual([[...names, 'description', 'url'].sort()])
  })

  test.each([...payloads, ...breaks])('adds no header and no part to a mail: %j', async (text) => {
    const { the } = await written(text)
    await the.settle()
    expect(the.mails().map(({ to, subject }) => [to, /Ruokasali/.test(subject)])).toEqual([['olli@example.org', true], ['olli@example.org', true], ['olli@example.org', true]])
    for (const { raw, html } of the.mails()) {
      const names = [...raw.slice(0, raw.indexOf('\r\n\r\n')).matchAll(/^([\w-]+):/gm)].map(([, name]) => name!.toLowerCase()).sort()
      expect(names).toEqual(['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'])
      expect(html).not.toMatch(/<img|<svg|<script/)
    }
  })
})

describe('what a form or an address says', () => {
  test.each(payloads)('comes back as text only: %s', async (text) => {
    const the = await world()
    const [knock, session] = [await doorOf(the), await cookieOf(the, 'olli')]
    const said = encodeURIComponent(text)
    const answers = [
      await knock({ path: `/spaces?q=${said}&date=${said}&area=${said}` }), await knock({ path: `/rules?people=${said}&place=${said}` }), await knock({ path: `/sign-in?return=${said}` }),
      await knock({ path: `/bookings/new?space=luokka&date=${said}&from=${said}&people=${said}` }), await knock({ path: `/${said}` }), await knock({ path: `/spaces/${said}` }),
      await knock({ method: 'POST', path: '/sign-in', headers: form, body: `email=${said}&return=${said}` }),
      await knock({ method: 'POST', path: '/me', headers: { ...session, ...form }, body: `name=${said.repeat(20)}&phone=${said}&language=${said}` }),
      await knock({ method: 'POST', path: '/associations', headers: { ...session, ...form }, body: `identifier=${said}&name=${said}` }),
    ]
    for (const { text: html, status } of answers) {
      expect(status).toBeLessThan(500)
      expect(html).not.toMatch(/<img src=x|<svg\/onload|<script>1|href="javascript/)
      // Request ids and the hashes of files may hold any figures.
      if (text.includes('7*7')) expect(html.replaceAll(/[0-9a-f-]{36}|\?v=[0-9a-f]+/g, '')).not.toMatch(/(?<![\d.,])49(?![\d.,])/)
      expect(html).not.toContain("' onfocus='")
    }
    expect(formIn(answers[6]!.text, '/sign-in')).toEqual({ email: text, return: '/' })
  })

  test.each(['success:<b>evil</b>', 'success:site.skip', 'evil:flash.people.signedOut', 'success:__proto__', 'success:flash.nothing', '"><svg>', 'success%3Aflash.people.signedOut', `success:${'a'.repeat(3000)}`])(
    'puts no words into the next page: flash=%s', async (flash) => {
      const knock = await doorOf(await world())
      const bare = (text: string): string => text.replaceAll(/[\w-]{36}/g, '·')
      expect(bare((await knock({ path: '/accessibility', headers: { cookie: `flash=${flash}` } })).text)).toBe(bare((await knock({ path: '/accessibility' })).text))
    })
})

const elsewhere = [
  '//evil.example', '/\\evil.example', '\\\\evil.example', '%2f%2fevil.example', '/%2fevil.example', '/%5cevil.example', 'https:evil.example', 'https://evil.example', '/\t/evil.example', '/\n/evil.example',
  '\t//evil.example', 'javascript:alert(1)', '/sv//evil.example', '/en/\\evil.example', '///evil.example', '/.//evil.example', '/..//evil.example', '/x/..//evil.example', '@evil.example', '/@evil.example/..//evil.example',
]

describe('nobody is led to another site', () => {
  const leads = (location: string | undefined): string => new URL(location ?? '', 'http://tilavuoro.test/sign-in').origin
  test.each(elsewhere)('after signing in (%j)', async (wanted) => {
    const the = await world()
    const [knock, said] = [await doorOf(the), encodeURIComponent(wanted)]
    await knock({ method: 'POST', path: '/sv/sign-in', headers: form, body: `email=olli@example.org&return=${said}` })
    await the.settle()
    const [, token = ''] = /\/sign-in\/([\w-]+)/.exec(the.mails()[0]!.text) ?? []
    const session = await cookieOf(the, 'olli')
    const answers = [
      await knock({ method: 'POST', path: `/sign-in/${token}`, headers: form }), await knock({ path: `/sign-in?return=${said}`, headers: session }),
      await knock({ method: 'POST', path: '/dev/sign-in', headers: form, body: `email=olli@example.org&return=${said}` }),
    ]
    expect(answers.map(({ status, headers }) => [status, leads(headers.location)])).toEqual(answers.map(() => [303, 'http://tilavuoro.test']))
  })

  test.each(['//evil.example/x', '/sv//evil.example', '/\\evil.example', '/sv/\\evil.example', 'http://evil.example/bookings', '///evil.example'])('by a page that is not there (%s)', async (path) => {
    const knock = await doorOf(await world())
    const origins = async (path: string): Promise<string[]> => {
      const { text, headers } = await knock({ path })
      return [...new Set([...text.matchAll(/(?:href|action|src)="([^"]*)"/g)].map(([, link]) => leads(link)).concat(leads(headers.location)))].sort()
    }
    const ordinary = await origins('/nothing')
    expect((await origins(path)).filter((origin) => !ordinary.includes(origin))).toEqual([])
  })

  test('by a false Host: links in pages, mails, calendars and the API name our own address', async () => {
    const the = await world({ env: { TRUST_PROXY: '1' } })
    const knock = await doorOf(the)
    const false_ = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher', forwarded: 'host=evil.example' }
    await knock({ method: 'POST', path: '/sign-in', headers: { ...form, ...false_ }, body: 'email=olli@example.org' })
    await the.settle()
    expect(the.mails()[0]!.text).toContain('http://tilavuoro.test/sign-in/')
    const session = await cookieOf(the, 'olli')
    const told = [the.mails()[0]!.raw]
    for (const path of ['/', '/spaces/luokka', '/units/kallion-koulu', '/calendars', '/bookings', '/calendars/spaces/luokka.ics', '/api/v1/openapi.json', '/api/v1/spaces', '/nothing', '/bookings/x']) {
      const { text, headers } = await knock({ path, headers: { ...session, ...false_ } })
      told.push(text, JSON.stringify(headers))
    }
    const { text } = await knock({ method: 'POST', path: '/calendars/own', headers: { ...session, ...form, ...false_ } })
    expect(text).toContain('http://tilavuoro.test/calendars/f/')
    expect([...told, text].filter((one) => one.includes('evil.example'))).toEqual([])
  })
})
