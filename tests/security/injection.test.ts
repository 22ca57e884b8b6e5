import { describe, expect, test } from 'vitest'
import { formIn, wordsIn } from '../bookings/form-reader.ts'
import { readCalendar } from '../calendars/reader.ts'
import { slugRedirects } from '../../src/spaces/table.ts'
import { world } from '../support/world.ts'
import { cookieOf, doorOf, form, type Reply } from './knocking.ts'
import { harmIn, shapeOf } from './markup.ts'
import { written } from './written.ts'

/** What means something to a browser, a template, a message, a table program, a calendar or a mail. */
const payloads = [
  '<img src=x onerror=alert(1)>', '"><svg/onload=1>', "' onfocus='alert(1)", '</textarea></title></script><script>1</script>', '<!-- --!>',
  'javascript:alert(1)', '&lt;b&gt; &amp;amp; &#60;',
  '{{7*7}} <%= 7*7 %> ${7*7}', '{0, plural, other {#}} {place}', "$& $1 $` $' $$", "=cmd|' /C calc'!A0", 'END:VEVENT',
  'a;b,c\\n\\;BEGIN:VALARM', '%0d%0aSet-Cookie: x=1', '=?utf-8?Q?=0D=0ABcc:_evil@example.org?=',
]
/** What ends a line or hides, of which forms take nothing and files may bring everything. */
const breaks = [
  'a\r\nATTENDEE:mailto:evil@example.org', 'a\nEND:VEVENT\nBEGIN:VEVENT', 'a\rBCC: evil@example.org', 'a\n\n\r\n <b>c',
  'a\u2028END:VEVENT\u2029b', 'a\u0085b\u000bc\u000cd', 'a\tb\u0000c\u0007d\u001be', 'a\ud800b', 'a\u202eb\u200bc\ufeff',
  '😀'.repeat(500), 'ä'.repeat(1000),
].map((text): [string, string] => [JSON.stringify(text.length > 60 ? `${text.length} × ${text.slice(0, 2)}` : text), text])

const headerNames = (raw: string): string[] => [...raw.slice(0, raw.indexOf('\r\n\r\n')).matchAll(/^([\w-]+):/gm)].map(([, name]) => name!.toLowerCase()).sort()
const partsIn = (raw: string): number => raw.match(/^content-type:/gim)?.length ?? 0

/** Everything that shows the text: pages, calendars and mails, in an order that no chance changes. */
async function shown(text: string) {
  const city = await written(text)
  const { the, look, pages, calendars } = city
  const htmls: string[] = []
  for (const [path, who] of pages) htmls.push(await look(path, who))
  const feeds: ReturnType<typeof readCalendar>[] = []
  for (const [path, who] of calendars) feeds.push(readCalendar(await look(path, who)))
  const mails = the.mails().map(({ to, subject, raw, html }) => ({ to, subject, names: headerNames(raw), parts: partsIn(raw), html }))
  return { paths: pages.map(([path]) => path.replaceAll(/TVP?-[\w-]+|(?<=(?:associations|bans)\/)[\w-]{16}/g, '·')), htmls, feeds, mails, city }
}

/** What every form and address of the city answers when the text is said in each of its fields. */
async function echoes({ knock, keys, refs: { granted, waiting } }: Awaited<ReturnType<typeof written>>, text: string): Promise<Reply[]> {
  const said = encodeURIComponent(text)
  type Who = keyof typeof keys
  const asked = (path: string, who?: Who): Promise<Reply> => knock({ path, headers: who ? keys[who] : {} })
  const sent = (path: string, body: string, who?: Who): Promise<Reply> => knock({ method: 'POST', path, headers: { ...form, ...(who && keys[who]) }, body })
  const wish = 'space=luokka&date=2026-12-22&from=18:00&to=20:00&applicant=private_person&purpose=hobby&people=5&openToAll=yes&entryFee=no'
  const hours = `date=${said}&from=${said}&to=${said}`
  return Promise.all([
    sent('/sign-in', `email=${said}&return=${said}`),
    ...[
      `/spaces?q=${said}&date=${said}&area=${said}`, `/rules?people=${said}&place=${said}`, `/sign-in?return=${said}`,
      `/bookings/new?space=luokka&${hours}&people=${said}&again=${said}`, `/${said}`,
      `/spaces/${said}`, `/calendars?area=${said}`, `/contact?topic=${said}&page=/${said}`, `/calendars/spaces/${said}.ics`,
      `/spaces/luokka?week=${said}`, `/dev/sign-in?return=${said}`,
    ].map((path) => asked(path)),
    asked(`/desk/associations?q=${said}`, 'kerttu'), asked(`/desk/requests?unit=${said}`, 'kalle'),
    asked(`/bookings/${granted}/move?${hours}`, 'olli'),
    sent('/contact', `topic=${said}&text=${said}&email=${said}&page=${said}&form=${said}`),
    sent('/contact', `topic=idea&text=${said}&page=/spaces`),
    sent('/bookings/new', `space=luokka&${hours}&people=${said}&applicant=${said}`), sent('/bookings/new/release', `space=${said}`),
    sent('/bookings/new/details', `${wish}&title=${said.repeat(20)}&responsibleName=${said}&responsiblePhone=${said}`, 'olli'),
    sent('/me', `name=${said.repeat(20)}&phone=${said}&language=${said}`, 'olli'),
    sent('/me/tokens', `tokenName=${said.repeat(20)}`, 'olli'), sent('/me/tokens', `tokenName=${said}`, 'maija'),
    sent('/associations', `identifier=${said}&name=${said}`, 'olli'), sent('/calendars/own', `of=${said}`, 'olli'),
    sent('/calendars/own', `of=unit:${said}`, 'kalle'),
    sent('/associations/sulka/invitations', `email=${said}&rights=${said}`, 'maija'),
    sent('/associations/sulka/members/kalle/rights', `rights=${said}`, 'maija'),
    sent(`/bookings/${granted}/payer`, `payerName=${said.repeat(30)}&payerAddress=${said}`, 'olli'),
    sent(`/bookings/${granted}/cancellation`, `reason=${said.repeat(60)}`, 'olli'),
    sent(`/bookings/${granted}/move`, hours, 'olli'),
    sent('/desk/banners', ['audience', 'level', 'textFi', 'textSv', 'textEn', 'startDate', 'startTime', 'endDate', 'endTime'].map((field) => `${field}=${said}`).join('&'), 'kerttu'),
    sent('/desk/associations/sulka/name', `name=${said.repeat(20)}`, 'kerttu'),
    sent(`/desk/requests/${waiting}/rejection`, `template=${said}&reason=${said.repeat(80)}`, 'kerttu'),
    sent(`/desk/requests/${waiting}/ban`, ['whose', 'where', 'sanction', 'from', 'to', 'reason', 'heard', 'heardOn', 'said', 'unheard'].map((field) => `${field}=${said}`).join('&'), 'kerttu'),
    sent(`/desk/requests/${waiting}/approval`, `charge=${said}`, 'kerttu'),
  ])
}

/** Nothing of the text has become markup, a header, or a calculation. */
function expectText(answers: Reply[], text: string): void {
  for (const { text: html, status, headers } of answers) {
    expect([status < 500, harmIn(html), headers['x-evil'], String(headers['set-cookie']).includes('x=1')]).toEqual([true, [], undefined, false])
    // Request ids, references and the hashes of files may hold any figures.
    if (text.includes('7*7')) expect(wordsIn(html).replaceAll(/[0-9a-f-]{36}|TVP?-[\w-]+/g, '')).not.toMatch(/(?<![\d.,])49(?![\d.,])/)
  }
  expect(answers.filter(({ status }) => status === 422).length).toBeGreaterThan(14)
  expect(formIn(answers[0]!.text, '/sign-in')['return']).toBe('/')
}

const harmless = 'Vaaraton sana'
let harmlessly: Promise<Awaited<ReturnType<typeof shown>>> | undefined
/** A text with figures or commas in it reads as several names of places to offer: how many is not what this compares. */
const withoutOffers = (html: string): string => html.replace(/<datalist id="places">[^]*?<\/datalist>/, '<datalist id="places"></datalist>')
const count = (html: string, text: string): number => wordsIn(html).split(text).length - 1

describe('what people and files say, wherever it is shown,', () => {
  test.each(payloads)('stays text: %s', async (text) => {
    const [as, plain] = [await shown(text), await (harmlessly ??= shown(harmless))]
    const told = text.replace(/\s+/g, ' ')
    for (const [i, html] of as.htmls.entries()) {
      expect([as.paths[i], shapeOf(withoutOffers(html)), harmIn(html)]).toEqual([plain.paths[i], shapeOf(withoutOffers(plain.htmls[i]!)), []])
      expect([as.paths[i], count(html, told)]).toEqual([plain.paths[i], count(plain.htmls[i]!, harmless)])
    }
    const said = (one: string): string => one.replaceAll(text, harmless)
    const events = ({ name, events }: (typeof as.feeds)[number], told = said): object[] =>
      [{ name: told(name) }, ...events.map(({ names, status, summary, location }) => ({ names, status, summary: told(summary), location: told(location) }))]
    expect(as.feeds.map((feed) => events(feed))).toEqual(plain.feeds.map((feed) => events(feed)))
    // A subject that reads as an encoded word would show what it encodes.
    const inSubject = text.replaceAll('=?', '= ?')
    const mails = ({ mails }: typeof as): string[] => mails
      .map(({ to, subject, names, parts, html }) => JSON.stringify([to, subject.replaceAll(inSubject, harmless), names, parts, shapeOf(html)])).sort()
    expect(mails(as)).toEqual(mails(plain))
    expect(as.mails.flatMap(({ html }) => harmIn(html))).toEqual([])
    expectText(await echoes(as.city, text), text)
  })

  test.each(breaks)('adds no event, property, header or part: %s', async (_name, text) => {
    const [as, plain] = [await shown(text), await (harmlessly ??= shown(harmless))]
    expect(as.htmls.flatMap(harmIn)).toEqual([])
    const events = ({ feeds }: typeof as): object[] => feeds.map(({ events }) => events.map(({ names, status }) => [names, status]))
    expect(events(as)).toEqual(events(plain))
    const mails = ({ mails }: typeof as): string[] => mails.map(({ to, names, parts }) => JSON.stringify([to, names, parts])).sort()
    expect(mails(as)).toEqual(mails(plain))
    if (/^a[\r\n]/.test(text)) expectText(await echoes(as.city, text), text)
  })
})

describe('what a cookie or an address says', () => {
  const flashes = [
    'success:<b>evil</b>', 'success:site.skip', 'evil:flash.people.signedOut', 'success:__proto__', 'success:flash.nothing', '"><svg>',
    'success%3Aflash.people.signedOut', `success:${'a'.repeat(3000)}`,
  ]
  test.each(flashes.map((flash) => [flash.slice(0, 50), flash]))(
    'puts no words into the next page: flash=%s', async (_name, flash) => {
      const knock = await doorOf(await world())
      const bare = (text: string): string => text.replaceAll(/[\w-]{36}/g, '·')
      expect(bare((await knock({ path: '/accessibility', headers: { cookie: `flash=${flash}` } })).text)).toBe(bare((await knock({ path: '/accessibility' })).text))
    })

  test('adds no header, whatever is led on or named: moved places, kept answers, file names', async () => {
    const the = await world()
    const knock = await doorOf(the)
    const moved = [{ kind: 'unit' as const, slug: 'vanha', targetId: 'koulu' }, { kind: 'space' as const, slug: 'vanha', targetId: 'luokka' }]
    await the.ctx.db.transaction((db) => db.insert(slugRedirects).values(moved).returning())
    const evil = ['%0d%0aX-Evil:%201', '%0aX-Evil:1', '%22;%20filename=evil', '%E5%98%8A%E5%98%8DX-Evil:1', '%c4%8d%c4%8aX-Evil:1']
    const names = new Set<string>()
    for (const said of evil) {
      const paths = [
        `/units/vanha?${said}`, `/spaces/vanha?x=${said}`, `/calendars/units/vanha.ics?lang=sv&${said}`,
        `/sv/calendars/spaces/vanha.ics?${said}`, `/calendars/spaces/luokka${said}.ics`, `/calendars/spaces/luokka.ics?${said}`,
        `/bookings/new?space=luokka&people=${said}&date=${said}`, `/bookings/new?space=${said}`, `/bookings/${said}`,
        `/sign-in?return=/${said}`, `/calendars/f/${said}.ics`,
      ]
      for (const path of paths) {
        const { headers, status } = await knock({ path })
        expect([path, status < 500]).toEqual([path, true])
        for (const name of Object.keys(headers)) names.add(name)
        expect([path, new URL(headers.location ?? '', 'http://tilavuoro.test/').origin]).toEqual([path, 'http://tilavuoro.test'])
        expect([path, headers['content-disposition'] ?? 'inline; filename="none.ics"']).toEqual([path, expect.stringMatching(/^inline; filename="[\w-]+\.ics"$/)])
      }
    }
    expect([...names].filter((name) => /evil|x-e/.test(name))).toEqual([])
  })
})

const elsewhere = [
  '//evil.example', '/\\evil.example', '\\\\evil.example', '%2f%2fevil.example', '/%2fevil.example', '/%5cevil.example',
  'https:evil.example', 'https://evil.example', '/\t/evil.example', '/\n/evil.example',
  '\t//evil.example', 'javascript:alert(1)', '/sv//evil.example', '/en/\\evil.example', '///evil.example', '/.//evil.example',
  '/..//evil.example', '/x/..//evil.example', '@evil.example', '/@evil.example/..//evil.example',
  '/%2f%2fevil.example', '/sv/%2f%2fevil.example', '%2f%5cevil.example', '/%09/evil.example', '/\u2028/evil.example',
  '/%E2%80%A8//evil.example', '//evil.example%2f..', '/sv/\t/evil.example', 'data:text/html,1', '/%00//evil.example',
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
