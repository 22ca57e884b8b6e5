import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { cancel } from '../../src/bookings/ending-actions.ts'
import { placeHold } from '../../src/bookings/hold-actions.ts'
import { ownBooking } from '../../src/bookings/store.ts'
import { personById } from '../../src/people/store.ts'
import { settleRestrictions } from '../../src/spaces/restriction-actions.ts'
import { markCatalogueChanged } from '../../src/spaces/store.ts'
import { spaces, units } from '../../src/spaces/table.ts'
import { at, wishFor } from '../bookings/wishes.ts'
import { restricted } from '../support/restricted.ts'
import { world, type World } from '../support/world.ts'

const read = async (w: World, path: string): Promise<string> => {
  const { status, text } = await (await w.client()).get(path)
  expect(`${path} ${status}`).toBe(`${path} 200`)
  return text
}
const words = (html: string): string => html.replace(/<script[\s\S]*?<\/script>|<[^>]+>/g, ' ').replace(/&#39;/g, '’').replace(/\s+/g, ' ')
const links = (html: string): string[] => [...html.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'))
/** One section of a page, by the id of its heading. */
const section = (html: string, id: string): string => new RegExp(`<section[^>]* aria-labelledby="${id}">([\\s\\S]*?)</section>`).exec(html)?.[1] ?? ''

async function booked(w: World, space: string, day: string, own: Parameters<typeof wishFor>[3] = {}, hours = ['18:00', '20:00']): Promise<string> {
  const person = await personById(w.ctx.db, w.cast.maija)
  const done = await book(w.ctx, person!, wishFor(space, `${day}T${hours[0]}`, `${day}T${hours[1]}`, own), { language: 'fi' })
  if (!done.ok) throw new Error(JSON.stringify(done.refusals))
  return done.booking.ref
}

describe('at a glance', () => {
  test('a space says how many, how large, for what price and who decides, before anything else', async () => {
    const html = await read(await world(), '/spaces/ruokasali')
    const head = words(html.slice(html.indexOf('<header class="page-head'), html.indexOf('</header>', html.indexOf('<header class="page-head'))))
    for (const fact of ['enintään 150 henkeä', '300 m²', 'Maksuton tai', 'Henkilökunta hyväksyy', 'Omavalvonta / Henkilökunta paikalla', 'Pyörätuolilla esteetön']) expect(head).toContain(fact)
    expect(html).toMatch(/<img class="plan" src="\/static\/illustrations\/canteen\.svg\?v=\w+" alt="" width="200" height="140">/)
  })
  test('the first free time is a button, and others are on other days', async () => {
    const w = await world()
    await booked(w, 'luokka', '2026-11-24', {}, ['17:00', '21:00'])
    const times = section(await read(w, '/spaces/luokka'), 'times')
    expect(words(times)).toContain('Varaa ma 23.11. klo 17–18')
    expect([...times.matchAll(/class="chip" href="[^"]*date=([\d-]+)/g)].map(([, date]) => date)).toEqual(['2026-11-25', '2026-11-26', '2026-11-27'])
  })
  test('what was said of the one who asks is answered in the head too', async () => {
    const html = await read(await world(), '/spaces/luokka?applicant=company')
    expect(words(html)).toContain('Hinta 18 €/h')
    expect(words(await read(await world(), '/spaces/luokka'))).toContain('Hinta Maksuton tai 18 €/h')
  })
})

describe('a month', () => {
  test('is a table whose days say how many times are free, and lead to their week', async () => {
    const w = await world()
    await booked(w, 'luokka', '2026-12-01', {}, ['17:00', '21:00'])
    const html = await read(w, '/spaces/luokka?month=2026-12&people=10')
    const table = html.slice(html.indexOf('<table class="times month"'), html.indexOf('</table>', html.indexOf('<table class="times month"')))
    const days = [...table.matchAll(/<td class="(\w+)"[^>]*>([\s\S]*?)<\/td>/g)].map(([, is, inside = '']) => `${is} ${words(inside).trim()}`)
    expect(days).toHaveLength(31)
    expect(days.slice(0, 7)).toEqual(['full 1 täynnä', 'free 2 4 aikaa', 'free 3 4 aikaa', 'free 4 4 aikaa', 'free 5 12 aikaa', 'closed 6 kiinni', 'free 7 4 aikaa'])
    expect(links(table)[0]).toBe('/spaces/luokka?week=2026-12-02&people=10#calendar')
    expect(words(html)).toContain('joulukuu 2026')
    expect(html).not.toContain('class="times week"')
  })
  test('ends where booking ends', async () => {
    const w = await world()
    const others = async (path: string) => [...(await read(w, path)).matchAll(/rel="(prev|next) nofollow" href="([^"#]+)/g)].map(([, rel, href]) => `${rel} ${href}`)
    expect(await others('/spaces/luokka?month=2000-01')).toEqual(['next /spaces/luokka?month=2026-12'])
    expect(await others('/spaces/luokka?month=2100-12')).toEqual(['prev /spaces/luokka?month=2027-01'])
  })
  test('and a week come alone to htmx', async () => {
    const { text, headers } = await (await (await world()).client()).get('/sv/spaces/luokka?month=2026-12').set('HX-Request', 'true')
    expect(text.trimStart()).toMatch(/^<div id="calendar"/)
    expect(text).not.toContain('<h1')
    expect(headers['vary']).toContain('HX-Request')
  })
})

describe('the address of a time', () => {
  test('shows that time with its answer, a way to the form, and itself', async () => {
    const html = await read(await world(), '/en/spaces/luokka?at=2026-11-26T18:00&minutes=120')
    const chosen = section(html, 'chosen')
    expect(words(chosen)).toContain('This time is free.')
    expect(links(chosen)).toContain('/en/bookings/new?space=luokka&date=2026-11-26&from=18%3A00&to=20%3A00')
    expect(chosen).toContain('value="http://tilavuoro.test/en/spaces/luokka?at=2026-11-26T18:00&amp;minutes=120"')
    expect(html).toContain('<td role="cell" class="chosen">')
    expect(html.match(/<tr role="row"><th scope="row"[^>]*><b>(\w+)<\/b> ([^<]+)/)?.slice(1)).toEqual(['Thu', '26 Nov'])
    expect(html).toContain('name="at" type="datetime-local" required step="1800" value="2026-11-26T18:00"')
    expect(html).toContain('<option value="120" selected>')
  })
  test('gives the price to the one who asks, and not to whom it is sent', async () => {
    const html = await read(await world(), '/spaces/luokka?at=2026-11-26T18:00&minutes=120&applicant=company&people=9')
    expect(words(section(html, 'chosen'))).toContain('36 € 2 h, sinulle')
    expect(links(section(html, 'chosen'))[0]).toBe('/bookings/new?space=luokka&date=2026-11-26&from=18%3A00&to=20%3A00&people=9&applicant=company&purpose=commercial')
    expect(html).toContain('value="http://tilavuoro.test/spaces/luokka?at=2026-11-26T18:00&amp;minutes=120"')
    expect(html).toContain('<input type="hidden" name="applicant" value="company">')
  })
  test('says all that is in the way, and the nearest times instead', async () => {
    const w = await world()
    await booked(w, 'luokka', '2026-11-26', { title: 'Yksityinen' })
    const chosen = section(await read(w, '/spaces/luokka?at=2026-11-26T18:00&minutes=60&people=99'), 'chosen')
    expect(words(chosen)).toContain('Tätä aikaa ei voi varata.')
    expect(words(chosen)).toContain('18–20')
    expect(words(chosen)).toContain('30')
    expect(words(chosen)).not.toContain('Yksityinen')
    expect(links(chosen)).toEqual(expect.arrayContaining([
      '/spaces/luokka?at=2026-11-26T17:00&minutes=60&people=99', '/spaces/luokka?at=2026-11-27T18:00&minutes=60&people=99',
      '/spaces?kind=classroom&date=2026-11-26&from=18%3A00&to=19%3A00&minutes=60&fits=1&people=99',
    ]))
    expect(links(chosen).filter((href) => href.includes('/bookings/new'))).toEqual([])
  })
  test('of a use that is not allowed has the reason and whom to ask', async () => {
    const chosen = section(await read(await world(), '/spaces/ruokasali?at=2026-12-10T18:00&minutes=120&applicant=private_person&people=500'), 'chosen')
    expect(words(chosen)).toContain('150')
    expect(links(chosen).filter((href) => href.includes('/bookings/new'))).toEqual([])
  })
  test('that somebody keeps just now is not free', async () => {
    const w = await world()
    await placeHold(w.ctx, { hash: 'somebody', addressHash: 'somewhere' }, { space: 'luokka', start: at('2026-11-26T18:00'), end: at('2026-11-26T19:00') }, {})
    expect(words(section(await read(w, '/spaces/luokka?at=2026-11-26T18:00&minutes=60'), 'chosen'))).toContain('Tätä aikaa ei voi varata.')
  })
  test('that the clock shows never or twice says so', async () => {
    const w = await world()
    w.clock.set('2027-03-01T09:00:00+02:00')
    expect(words(section(await read(w, '/spaces/luokka?at=2027-03-28T03:30&minutes=60'), 'chosen'))).toContain('kesäaikaan')
    const twice = section(await read(w, '/spaces/luokka?at=2027-10-31T03:30&minutes=60'), 'chosen')
    expect(links(twice)).toEqual(['/spaces/luokka?at=2027-10-31T03%3A30%3A00%2B03%3A00&minutes=60', '/spaces/luokka?at=2027-10-31T03%3A30%3A00%2B02%3A00&minutes=60'])
    const [first] = links(twice)
    expect(section(await read(w, first!), 'chosen')).toContain('at=2027-10-31T03%3A30%3A00%2B03%3A00&amp;minutes=60')
  })
  test('without a length is as short as the space lends, and without a time is none', async () => {
    const w = await world()
    expect(words(section(await read(w, '/spaces/kokoushuone?at=2026-11-26T18:00'), 'chosen'))).toContain('klo 18–18.30')
    expect(section(await read(w, '/spaces/luokka?at=&minutes=120'), 'chosen')).toBe('')
    expect(words(section(await read(w, '/spaces/luokka?at=2020-01-01T18:00&minutes=60'), 'chosen'))).toContain('Tätä aikaa ei voi varata.')
  })
})

test.each([
  'month=2026-13', 'month=2026-1', 'month=1999-01', 'month=2026-11-01', 'month=%00', 'at=soon', 'at=2026-02-30T18:00', 'at=2026-11-26', 'at=2026-11-26T25:00', 'at=%3Cscript%3E',
  'at=9999-12-31T23:59', 'at=2026-11-26T18:00&minutes=0', 'at=2026-11-26T18:00&minutes=1e3', 'at=2026-11-26T18:00&minutes=1441', 'at=2026-11-26T18:00&minutes=-60', 'week=2026-13-01',
])('%s cannot be read', async (query) => {
  expect((await (await (await world()).client()).get(`/spaces/luokka?${query}`)).status).toBe(400)
})

describe('what happens here', () => {
  const happening = async (w: World, path: string): Promise<string> => words(section(await read(w, path), 'happening'))

  test('are confirmed public bookings of two weeks; of others only how many', async () => {
    const w = await world()
    await booked(w, 'luokka', '2026-11-26', { title: 'Avoin kerho', public: true })
    await booked(w, 'luokka', '2026-11-27', { title: 'Salainen kokous', public: false })
    const given = await booked(w, 'luokka', '2026-11-30', { title: 'Peruttu kerho', public: true })
    await cancel(w.ctx, (db) => ownBooking(db, 'maija', given), { person: (await personById(w.ctx.db, 'maija'))!, mover: 'owner', reason: null })
    await booked(w, 'ruokasali', '2026-12-04', { title: 'Toivottu juhla', public: true })
    const [room, canteen, school] = await Promise.all(['/spaces/luokka', '/spaces/ruokasali', '/units/kallion-koulu'].map((path) => happening(w, path)))
    expect(room).toContain('Avoin kerho to 26.11. klo 18–20')
    expect(room).toContain('Lisäksi yksi varaus, jonka nimi ei näy.')
    expect(canteen).toContain('ei ole julkisia tilaisuuksia')
    expect(canteen).toContain('Lisäksi yksi varaus')
    expect(school).toContain('Avoin kerho to 26.11. klo 18–20 · Luokka 101')
    expect(school).toContain('Lisäksi 2 varausta, joiden nimet eivät näy.')
    for (const text of [room, canteen, school]) expect(text).not.toMatch(/Salainen|Peruttu|Toivottu/)
    // The request's title is not for everybody until it is granted, nor is any of them anywhere else on the page.
    for (const path of ['/spaces/luokka', '/spaces/ruokasali', '/units/kallion-koulu']) expect(await read(w, path)).not.toMatch(/Salainen|Peruttu|Toivottu/)
  })
  test('in a half of a hall is also what fills the whole, under its name', async () => {
    const w = await world()
    await booked(w, 'sali', '2026-11-26', { title: 'Koko salin ilta', public: true })
    await booked(w, 'sali-b', '2026-11-27', { title: 'Toisen puolen ilta', public: true })
    const half = await happening(w, '/spaces/sali-a')
    expect(half).toContain('Koko salin ilta to 26.11. klo 18–20 · Liikuntasali')
    expect(half).not.toContain('Toisen puolen')
  })
  test('is over when it is over, and nothing says what one could do', async () => {
    const w = await world()
    await booked(w, 'luokka', '2026-11-26', { title: 'Avoin kerho', public: true })
    w.clock.set('2026-11-26T19:59:00+02:00')
    expect(await happening(w, '/spaces/luokka')).toContain('Avoin kerho')
    w.clock.set('2026-11-26T20:00:00+02:00')
    expect(await happening(w, '/spaces/luokka')).toContain('Kun varaat, voit antaa tilaisuutesi nimen näkyä täällä.')
  })
  test('puts nobody’s title on the page unescaped', async () => {
    const w = await world()
    await booked(w, 'luokka', '2026-11-26', { title: '<img src=x onerror=alert(1)>', public: true })
    const html = await read(w, '/spaces/luokka')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html).not.toContain('<img src=x')
  })
})

test('the other spaces of the house stand with their next free time', async () => {
  const w = await world()
  await booked(w, 'luokka', '2026-11-23', {}, ['17:00', '21:00'])
  const html = await read(w, '/spaces/sali-a')
  expect(words(section(html, 'same-room'))).toContain('Liikuntasali enintään 120 henkeä vapaa ma 23.11. klo 17–18')
  expect(words(section(html, 'others'))).toContain('Luokka 101 enintään 30 henkeä vapaa ti 24.11. klo 17–18')
})

test('accessibility is told by need, with what to do where it is not known', async () => {
  const html = await read(await world(), '/spaces/luokka')
  expect(words(section(html, 'access'))).toContain('Pyörätuolilla: esteetön')
  expect(words(section(html, 'access'))).toContain('Heikolla näöllä: ei tiedossa')
  expect(words(section(html, 'access'))).toContain('Kysy ennen varausta, niin otamme selvää.')
  expect(links(section(html, 'access'))).toContain('/contact?topic=accessibility&page=%2Fspaces%2Fluokka')
})

test('the way there has an address, a point for a map of one’s own, and nothing of another site', async () => {
  const html = await read(await world(), '/spaces/luokka')
  expect(links(section(html, 'where'))).toEqual(['/spaces?area=keskinen', '/spaces?area=kallio', '/spaces?area=torkkelinmaki', 'geo:60.18450,24.95000'])
  expect(html).not.toContain('openstreetmap')
})

test('a restriction stands with its reason as long as it holds', async () => {
  const w = await world()
  await restricted(w.ctx, { unitId: 'koulu', spaceId: 'luokka', what: { fi: 'Ei musiikkia' }, reason: { fi: 'Naapurit nukkuvat' }, validTo: '2026-11-24' })
  expect(words(await read(w, '/spaces/luokka'))).toContain('Rajoitus: Ei musiikkia Naapurit nukkuvat')
  expect(words(await read(w, '/spaces/ruokasali'))).not.toContain('Ei musiikkia')
  w.clock.set('2026-11-25T09:00:00+02:00')
  await settleRestrictions(w.ctx)
  expect(words(await read(w, '/spaces/luokka'))).not.toContain('Ei musiikkia')
})

describe('for machines', () => {
  const dataOf = (html: string): Record<string, unknown> => JSON.parse(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(html)![1]!) as Record<string, unknown>
  const metaOf = (html: string): Record<string, string> => Object.fromEntries([...html.matchAll(/<meta (?:property|name)="([\w:]+)" content="([^"]*)">/g)].map(([, name = '', content = '']) => [name, content]))

  test('a space describes itself, and leaves out what is not so', async () => {
    const w = await world()
    const data = dataOf(await read(w, '/spaces/kokoushuone'))
    expect(data).toMatchObject({
      '@context': 'https://schema.org', '@type': 'EventVenue', name: 'Kokoushuone, Kallion kirjasto', url: 'http://tilavuoro.test/spaces/kokoushuone',
      maximumAttendeeCapacity: 12, geo: { '@type': 'GeoCoordinates', latitude: 60.1845, longitude: 24.95 },
      address: { '@type': 'PostalAddress', streetAddress: 'Porthaninkatu 1', postalCode: '00530', addressLocality: 'Helsinki', addressCountry: 'FI' },
      containedInPlace: { '@type': 'CivicStructure', name: 'Kallion kirjasto', url: 'http://tilavuoro.test/units/kallion-kirjasto' },
      additionalProperty: { propertyID: 'source', value: 'synthetic' },
    })
    expect((data['amenityFeature'] as { name: string; value: boolean }[]).map(({ name, value }) => `${name} ${value}`)).toEqual(['videotykki true', 'langaton verkko true', 'Pyörätuolilla true'])
    expect(data).not.toHaveProperty('isAccessibleForFree')
    expect(dataOf(await read(w, '/sv/units/itiksen-nuorisotila'))).toEqual({
      '@context': 'https://schema.org', '@type': 'CivicStructure', '@id': 'http://tilavuoro.test/sv/units/itiksen-nuorisotila', name: 'Östra centrums ungdomsgård',
      url: 'http://tilavuoro.test/sv/units/itiksen-nuorisotila', image: expect.stringMatching(/^http:\/\/tilavuoro\.test\/static\/og\/unit\.png\?v=\w+$/) as string,
      address: { '@type': 'PostalAddress', postalCode: '00530', addressLocality: 'Helsingfors', addressCountry: 'FI' }, geo: { '@type': 'GeoCoordinates', latitude: 60.21, longitude: 25.08 },
    })
  })
  test('no name can end the block', async () => {
    const w = await world()
    const hostile = '</script><script>alert(1)</script><!--\u2028&amp;"'
    await w.ctx.db.transaction(async (db) => {
      await db.update(spaces).set({ name: { fi: hostile } }).where(eq(spaces.id, 'luokka')).returning()
      await db.update(units).set({ name: { fi: hostile } }).where(eq(units.id, 'koulu')).returning()
      await markCatalogueChanged(db)
    })
    for (const path of ['/spaces/luokka', '/units/kallion-koulu']) {
      const html = await read(w, path)
      expect(String(dataOf(html)['name'])).toContain(hostile)
      expect(html).not.toContain('<script>alert')
      expect(html.split('<script').length).toBe(4)
    }
  })
  test('links and pictures for those who share, canonical without a query, each language beside the others', async () => {
    const html = await read(await world(), '/sv/spaces/sali?week=2026-12-01&people=9')
    expect(html).toContain('<link rel="canonical" href="http://tilavuoro.test/sv/spaces/sali">')
    expect([...html.matchAll(/<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">/g)].map(([, lang, href]) => `${lang} ${href}`)).toEqual([
      'fi http://tilavuoro.test/spaces/sali', 'x-default http://tilavuoro.test/spaces/sali', 'sv http://tilavuoro.test/sv/spaces/sali', 'en http://tilavuoro.test/en/spaces/sali',
    ])
    expect(metaOf(html)).toMatchObject({
      'og:title': 'Gymnastiksal, Kallion koulu', 'og:type': 'website', 'og:locale': 'sv_FI', 'og:url': 'http://tilavuoro.test/sv/spaces/sali', robots: 'noindex',
      'og:image': expect.stringMatching(/^http:\/\/tilavuoro\.test\/static\/og\/gym\.png\?v=\w+$/) as string,
    })
    expect(metaOf(html)['og:description']).toBe(metaOf(html)['description'])
  })
  test('every page worth finding has a picture that is there; a booking’s has none', async () => {
    const w = await world()
    const agent = await w.client('maija')
    for (const path of ['/', '/spaces', '/rules', '/units/kallion-koulu', '/spaces/sali', '/spaces/luokka', '/spaces/ruokasali', '/spaces/kokoushuone', '/spaces/nuorisosali', '/spaces/keittio']) {
      const image = new URL(metaOf((await agent.get(path)).text)['og:image']!)
      const { status, headers, body } = await agent.get(image.pathname + image.search)
      expect([path, status, headers['content-type'], (body as Buffer).length < 40_000]).toEqual([path, 200, 'image/png', true])
      expect([(body as Buffer).readUInt32BE(16), (body as Buffer).readUInt32BE(20)]).toEqual([1200, 630])
    }
    for (const path of ['/bookings', '/me', '/nothing']) expect((await agent.get(path)).text).not.toMatch(/canonical|og:/)
  })
})

test('what is kept of a page follows the premises, the language and the one who asks', async () => {
  const w = await world()
  const before = await read(w, '/spaces/luokka')
  expect(await read(w, '/spaces/luokka')).toBe(before)
  expect(words(await read(w, '/en/spaces/luokka'))).toContain('up to 30 people')
  expect(words(await read(w, '/spaces/luokka?applicant=registered_association&purpose=sport&people=30'))).toContain('Sinulle:')
  expect(await read(w, '/spaces/luokka')).toBe(before)
  await w.ctx.db.transaction(async (db) => {
    await db.update(spaces).set({ people: 31, equipment: ['piano'] }).where(eq(spaces.id, 'luokka')).returning()
    await markCatalogueChanged(db)
  })
  const after = await read(w, '/spaces/luokka')
  expect(words(after)).toContain('enintään 31 henkeä')
  expect(words(after)).toContain('Varusteet piano')
  expect(after).toContain('"maximumAttendeeCapacity":31')
})
