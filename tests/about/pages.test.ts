import { readFileSync } from 'node:fs'
import { ne } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import type { Writes } from '../../src/platform/db/database.ts'
import { editions } from '../../src/rulebook/table.ts'
import { markCatalogueChanged } from '../../src/spaces/store.ts'
import { areaShapes, spaces, units } from '../../src/spaces/table.ts'
import { wordsIn } from '../bookings/form-reader.ts'
import { monday, world } from '../support/world.ts'

const pages = ['/contact', '/help', '/accessibility', '/privacy', '/about-data']

test.each(['', '/sv', '/en'])('the service’s own pages are there and lead to each other%s', async (prefix) => {
  const the = await world()
  const agent = await the.client()
  for (const page of pages) {
    const { status, text } = await agent.get(`${prefix}${page}`)
    expect([page, status]).toEqual([page, 200])
    const footer = text.slice(text.indexOf('<footer'))
    for (const other of pages) expect([page, other, footer.includes(`href="${prefix}${other}`)]).toEqual([page, other, true])
  }
  const missing = (await agent.get(`${prefix}/nothing`)).text
  expect(missing).toContain(`href="${prefix}/help"`)
  expect(missing).toContain(`href="${prefix}/contact?topic=fault&amp;page=%2Fnothing"`)
})

describe('the help', () => {
  test('tells the limits of the rule book in force, and has a way to every section', async () => {
    const the = await world()
    const { text } = await (await the.client()).get('/help')
    expect(wordsIn(text)).toContain('pidämme sen sinulle 15 minuuttia')
    expect(wordsIn(text)).toContain('enintään 4 tulevaa varausta')
    const targets = [...text.matchAll(/<li><a href="#(\w+)"/g)].map(([, id]) => id!)
    expect(targets).toEqual(['find', 'book', 'request', 'hold', 'price', 'door', 'change', 'calendars', 'associations', 'ways', 'who', 'complain', 'contact'])
    for (const id of targets) expect(text).toContain(`<h2 id="${id}">`)
  })

  test('is there without a rule book too, and then tells no limits', async () => {
    const the = await world()
    await the.ctx.db.transaction(async (db) => { await db.delete(editions) })
    const { status, text } = await (await the.client()).get('/en/help')
    expect([status, text.includes('at most'), text.includes('working day'), text.includes('Let it go') || text.includes('let it go')]).toEqual([200, false, false, true])
  })
})

test('the city’s name, contact and sender come from the settings', async () => {
  const the = await world({ env: { CITY_NAME: 'Tuusula', CITY_CONTACT: 'tilat@tuusula.example', MAIL_FROM: 'Tuusulan tilat <lahettaja@tuusula.example>' } })
  const agent = await the.client()
  await agent.post('/sign-in').type('form').send({ email: 'olli@example.org' })
  await the.settle()
  const [mail] = the.mails()
  expect(mail!.raw).toMatch(/^From: Tuusulan tilat <lahettaja@tuusula\.example>\r$/m)
  expect(mail!.text).toContain('Tuusula, Tilavuoro. Kysyttävää? Kirjoita: tilat@tuusula.example')
  // Helsinki is named only as the owner of the data.
  const owned = /Helsingin (kaupungin|piirijako)/g
  for (const page of ['/', '/spaces', '/rules', '/sign-in', ...pages.filter((one) => one !== '/about-data'), '/nothing']) {
    const words = wordsIn((await agent.get(page)).text).replace(owned, '')
    expect([page, /Helsin[kg]|example\.org/.exec(words)?.[0], words.includes('Tuusula'), words.includes('tilat@tuusula.example')]).toEqual([page, undefined, true, true])
  }
})

test('whose open data it is stands on every page while any of it is there, and not once the city has its own', async () => {
  const the = await world({ env: { CITY_NAME: 'Tuusula' } })
  const agent = await the.client()
  const read = ['/', '/spaces', '/spaces?view=map&date=2026-12-01', '/spaces/luokka', '/units/kallion-koulu', '/sign-in', ...pages, '/nothing']
  const named = async (...own: string[]): Promise<(string | undefined)[]> =>
    Promise.all(own.map(async (path) => /Helsin[kg]\w*|Helsingfors|Statistics Finland|Tilastokesku\w*|CC BY/.exec(wordsIn((await agent.get(path)).text))?.[0]))
  /** What another process does; this one notices at the next reading. */
  const changed = async (change: (db: Writes) => Promise<unknown>): Promise<void> => {
    await the.ctx.db.transaction(async (db) => {
      await change(db)
      await markCatalogueChanged(db)
    })
  }
  expect(await named(...read)).toEqual(read.map(() => 'Helsingin'))
  await changed((db) => db.update(units).set({ source: 'import' }).where(ne(units.id, 'koulu')).returning())
  expect(wordsIn((await agent.get('/about-data')).text)).toContain('1 toimipisteen nimi, osoite, sijainti ja alue ovat avointa dataa.')
  await changed((db) => db.update(units).set({ source: 'import' }).returning())
  expect(await named('/help', '/about-data')).toEqual(['Helsingin', undefined])
  the.clock.set(monday + 30_000)
  for (const prefix of ['', '/sv', '/en']) expect(await named(...read.map((path) => prefix + path))).toEqual(read.map(() => undefined))
  const about = wordsIn((await agent.get('/about-data')).text)
  expect(about).toContain('Talojen tiedot ovat kaupungin omia.')
  expect([about.includes('Totta'), about.includes('Lähteet'), about.includes('Keksittyä')]).toEqual([false, false, true])
  await changed((db) => db.update(spaces).set({ source: 'import' }).returning())
  expect(wordsIn((await agent.get('/about-data')).text)).not.toContain('Keksittyä')

  await changed((db) => db.insert(areaShapes).values({ areaId: 'kallio', shape: [[[[24.9, 60.1], [24.9, 60.2], [25, 60.2], [24.9, 60.1]]]] }).returning())
  the.clock.set(monday + 60_000)
  expect(await named(...read)).toEqual(read.map(() => 'Helsingin'))
})

test('a page whose database is away at its first reading names the open data', async () => {
  const log: string[] = []
  const the = await world({ log })
  await the.ctx.db.transaction(async (db) => {
    await db.update(units).set({ source: 'import' }).returning()
    await markCatalogueChanged(db)
  })
  const rows = the.ctx.db.rows.bind(the.ctx.db)
  the.ctx.db.rows = () => Promise.reject(new Error('away'))
  const agent = await the.client()
  expect((await agent.get('/accessibility')).text).toContain('creativecommons.org')
  expect(log.join('')).toContain('open data not read')
  the.ctx.db.rows = rows
  the.clock.set(monday + 30_000)
  expect((await agent.get('/accessibility')).text).not.toContain('creativecommons.org')
})

test('a sender that is no address is told at the start', () => {
  const env = { DATA_DIR: '/nowhere', SESSION_SECRET: 'a secret for tests, 32 characters or more' }
  for (const from of ['Tilavuoro', 'a@b <c>', 'x <a@b>\r\nBcc: c@d']) {
    expect(() => readConfig({ ...env, MAIL_FROM: from })).toThrow('MAIL_FROM: must be a sender such as Tilavuoro <tilavuoro@example.org>')
  }
  for (const from of ['a@b.fi', 'Kaupungin tilat <a@b.fi>', '<a@b.fi>']) expect(readConfig({ ...env, MAIL_FROM: from }).mailFrom).toBe(from)
})

describe('robots', () => {
  test('may read pages, and nothing of machines, staff or one person; they are given the list of pages', async () => {
    const the = await world()
    const agent = await the.client()
    const { status, text, headers } = await agent.get('/robots.txt')
    expect([status, headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8'])
    const rules = [...text.matchAll(/^(Allow|Disallow): (\S+)$/gm)].map(([, verb = '', path = '']) => ({ verb, path }))
    /** RFC 9309: the longest rule that matches decides; `*` is anything. */
    const allowed = (address: string): boolean => {
      const matching = rules.filter(({ path }) => new RegExp(`^${path.split('*').map((part) => part.replace(/[.?$]/g, '\\$&')).join('.*')}`).test(address))
      return matching.toSorted((a, b) => b.path.length - a.path.length)[0]?.verb !== 'Disallow'
    }
    const yes = ['/', '/sv', '/en/spaces', '/spaces/luokka', '/sv/units/koulu', '/rules', '/help', '/en/contact', '/calendars', '/static/css/theme.css?v=1a2b3c']
    const no = ['/spaces?date=2026-12-01', '/sv/spaces?page=2', '/spaces/luokka?week=2026-12-07', '/en/contact?page=%2Frules', '/api/v1/spaces', '/desk', '/sv/desk/banners', '/bookings/new', '/en/bookings', '/me', '/sv/saved-searches', '/sign-in/x', '/en/sign-in', '/dev/outbox', '/calendars/f/x.ics', '/sv/calendars/f/x.ics']
    expect(yes.filter((path) => !allowed(path))).toEqual([])
    expect(no.filter(allowed)).toEqual([])
    expect(text).toContain('Sitemap: http://tilavuoro.test/sitemap.xml\n')
    const map = await agent.get('/sitemap.xml')
    const found = [...map.text.matchAll(/<loc>http:\/\/tilavuoro\.test([^<]*)<\/loc>/g)].map(([, path]) => path!)
    for (const path of found) expect([path, (await agent.get(path)).status]).toEqual([path, 200])
    expect(found).toEqual(expect.arrayContaining(['/', '/sv', '/en', '/spaces/luokka', '/sv/units/kallion-koulu', '/en/help']))
    expect(new Set(found).size).toBe(found.length)
    // What the map says of a page's other languages is what the page itself says.
    const alternates = (text: string): string[] => [...text.matchAll(/hreflang="([\w-]+)" href="http:\/\/tilavuoro\.test([^"]*)"/g)].map(([, lang, path]) => `${lang} ${path}`).sort()
    for (const [, path = '', others = ''] of map.text.matchAll(/<url><loc>http:\/\/tilavuoro\.test([^<]*)<\/loc>(.*)<\/url>/g)) {
      expect([path, alternates((await agent.get(path)).text.split('</head>')[0]!)]).toEqual([path, alternates(others)])
    }
  })

  test('find an end to the weeks of a space: both ways the links stop', async () => {
    const the = await world({ env: { NODE_ENV: 'production' } })
    const agent = await the.client()
    for (const rel of ['prev', 'next']) {
      let path: string | undefined = `/spaces/luokka?week=${rel === 'prev' ? '2100-12-31' : '2000-01-01'}`
      let steps = 0
      for (; path && steps < 200; steps++) {
        const { text }: { text: string } = await agent.get(path)
        expect(text).toContain('<meta name="robots" content="noindex">')
        path = new RegExp(`rel="${rel} nofollow" href="([^"#]+)`).exec(text)?.[1]?.replaceAll('&amp;', '&')
      }
      expect(steps).toBeGreaterThan(1)
      expect(steps).toBeLessThan(200)
    }
    expect((await agent.get('/spaces/luokka')).text).not.toContain('<meta name="robots"')
    expect((await agent.get('/spaces?date=2026-12-01')).text).toContain('<meta name="robots" content="noindex">')
  })

  test('and browsers get the icon, and who finds a hole an address, at the usual places', async () => {
    const the = await world({ env: { CITY_CONTACT: 'tilat@kaupunki.example' } })
    const agent = await the.client()
    const icon = await agent.get('/favicon.ico')
    expect([icon.status, icon.headers['content-type'], Buffer.compare(icon.body as Buffer, readFileSync('static/favicon.ico'))]).toEqual([200, 'image/vnd.microsoft.icon', 0])
    const { text } = await agent.get('/.well-known/security.txt')
    expect(text).toContain('Contact: mailto:tilat@kaupunki.example\n')
    const expires = Date.parse(/^Expires: (\S+)$/m.exec(text)![1]!)
    expect([expires > monday, expires < monday + 365 * 86_400_000]).toEqual([true, true])
  })
})
