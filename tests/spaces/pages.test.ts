import { eq } from 'drizzle-orm'
import supertest from 'supertest'
import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { personById } from '../../src/people/store.ts'
import { settleRestrictions } from '../../src/spaces/restriction-actions.ts'
import { markCatalogueChanged } from '../../src/spaces/store.ts'
import { closures, slugRedirects, spaces, units } from '../../src/spaces/table.ts'
import { wishFor } from '../bookings/wishes.ts'
import { restricted } from '../support/restricted.ts'
import { world } from '../support/world.ts'
import type { World } from '../support/world.ts'

const get = (w: World, path: string) => supertest(w.app).get(path)
const page = async (w: World, path: string): Promise<string> => {
  const answer = await get(w, path)
  expect(`${path} ${answer.status}`).toBe(`${path} 200`)
  return answer.text
}
/** What a reader sees: no tags, no double spaces. */
const words = (html: string): string => html.replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, ' ').replace(/&#39;/g, '’').replace(/\s+/g, ' ')
const links = (html: string): string[] => [...html.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'))
/** The names of the cards, in order. */
const cards = (html: string): string[] => [...html.matchAll(/<h3><a [^>]*>([\s\S]*?)<\/a><\/h3>/g)].map(([, name = '']) => words(name).trim().replace(' ,', ','))

async function booked(w: World, space: string, start: string, end: string): Promise<void> {
  const person = await personById(w.ctx.db, w.cast.maija)
  expect((await book(w.ctx, person!, wishFor(space, start, end), { language: 'fi' })).ok).toBe(true)
}

describe('the front page', () => {
  test('asks what for, how many, when and where, and leads to kinds and areas', async () => {
    const html = await page(await world(), '/')
    expect([...html.matchAll(/<(?:input|select)[^>]* name="(\w+)"/g)].map(([, name]) => name)).toEqual(['purpose', 'people', 'date', 'from', 'near'])
    expect(html).toContain('value="2026-11-23"')
    expect(links(html)).toEqual(expect.arrayContaining(['/spaces?kind=gym', '/spaces?area=keskinen', '/rules']))
  })
  test('speaks the language of its address', async () => {
    const w = await world()
    expect(words(await page(w, '/sv'))).toContain('Vad ska ni göra?')
    expect(words(await page(w, '/en'))).toContain('What for?')
    expect(links(await page(w, '/sv'))).toContain('/sv/spaces?kind=gym')
  })
})

describe('the list', () => {
  test('puts what is free first, halves under their hall, and the next time where there is none', async () => {
    const w = await world()
    await booked(w, 'luokka', '2026-11-24T17:00', '2026-11-24T21:00')
    const html = await page(w, '/spaces?date=2026-11-24&from=17:00&to=21:00')
    expect(cards(html)).toEqual([
      'Kokoushuone, Kallion kirjasto', 'Liikuntasali, Kallion koulu', 'Nuorisosali, Itiksen nuorisotila',
      'Keittiö, Itiksen nuorisotila', 'Luokka 101, Kallion koulu', 'Ruokasali, Kallion koulu',
    ])
    expect(words(html)).toContain('2 tilaa vapaana ti 24.11. klo 17–21')
    expect(links(html)).toEqual(expect.arrayContaining([
      '/bookings/new?space=sali&date=2026-11-24&from=17%3A00&to=18%3A00', '/spaces/sali-a?week=2026-11-24',
      '/bookings/new?space=luokka&date=2026-11-25&from=17%3A00&to=18%3A00', '/bookings/new?space=ruokasali&date=2026-12-02&from=17%3A00&to=18%3A00',
    ]))
    expect(words(html)).toContain('Auki 17–21, varattu 17–21')
  })
  test('names a price for the one who asks, and carries them into the form', async () => {
    const w = await world()
    const free = await page(w, '/spaces?q=luokka&date=2026-11-24&applicant=registered_association&purpose=meeting&openToAll=1&people=20')
    expect(words(free)).toContain('Maksuton sinulle')
    expect(links(free)).toContain('/bookings/new?space=luokka&date=2026-11-24&from=17%3A00&to=18%3A00&people=20&applicant=registered_association&purpose=meeting&openToAll=1')
    expect(words(await page(w, '/spaces?q=luokka&date=2026-11-24&applicant=company&minutes=120'))).toContain('36 € 2 h, sinulle')
    expect(words(await page(w, '/spaces?q=luokka&date=2026-11-24'))).toContain('Maksuton tai 18 €/h')
    expect(words(await page(w, '/spaces?q=keittio&date=2026-11-24'))).toContain('12 € – 24 €/h')
  })
  test('offers no time that the form would refuse: where a person decides for this asker, the person needs time', async () => {
    const w = await world()
    const asker = 'applicant=registered_association&purpose=sport&people=40'
    const html = await page(w, `/spaces?q=liikuntasali&date=2026-11-24&${asker}`)
    expect(words(html)).toContain('Henkilökunta hyväksyy')
    expect(links(html).filter((href) => href.startsWith('/bookings/new?space=sali&'))).toEqual([
      '/bookings/new?space=sali&date=2026-12-02&from=17%3A00&to=18%3A00&people=40&applicant=registered_association&purpose=sport',
    ])
    const space = await page(w, `/spaces/sali?${asker}`)
    expect(links(space).find((href) => href.startsWith('/bookings/new'))).toContain('date=2026-12-02')
    expect(links(await page(w, '/spaces/sali')).find((href) => href.startsWith('/bookings/new'))).toContain('date=2026-11-23')
  })
  test('a use that is not allowed gets the reason and whom to ask, and no time', async () => {
    const html = await page(await world(), '/spaces?q=ruokasali&date=2026-12-10&applicant=company&people=10&purpose=commercial')
    expect(links(html).some((href) => href.startsWith('/bookings/new'))).toBe(true)
    const w = await world()
    await w.ctx.db.transaction(async (db) => {
      await db.update(spaces).set({ people: 500 }).where(eq(spaces.id, 'ruokasali')).returning()
      await markCatalogueChanged(db)
    })
    const big = await page(w, '/spaces?date=2026-12-10&applicant=company&people=250')
    expect(words(big)).toContain('Ota yhteyttä kaupungin tapahtumaneuvontaan')
    expect(links(big).some((href) => href.startsWith('/bookings/new'))).toBe(false)
  })
  test('tells when a space takes only longer bookings, and when it never takes such long ones', async () => {
    const w = await world()
    expect(words(await page(w, '/spaces?q=luokka&date=2026-11-24&minutes=30'))).toContain('Tilan lyhin varaus on 1 h')
    expect(words(await page(w, '/spaces?q=luokka&date=2026-11-24&from=12:00&minutes=360'))).toContain('Tilan pisin varaus on 4 h')
  })
  test('without results proposes what to leave out', async () => {
    const html = await page(await world(), '/spaces?q=kallio&area=itainen&date=2026-11-24')
    expect(words(html)).toContain('Tällaista tilaa ei löydy')
    expect(words(html)).toContain('Koko kaupungista (3 tilaa)')
    expect(links(html)).toContain('/spaces?q=kallio&date=2026-11-24&from=17%3A00&to=21%3A00&minutes=60')
    expect(words(await page(await world(), '/spaces?q=xyzzy&people=5000'))).toContain('Tarkista hakusanat tai aloita alusta')
  })
  test('a halved length, another day or another hour helps too, each with its count', async () => {
    const html = await page(await world(), '/spaces?kind=classroom&date=2026-11-24&from=19:00&to=21:00&minutes=180')
    expect(words(html)).toContain('Mikään näistä tiloista ei ole vapaana ti 24.11. klo 19–22')
    expect(words(html)).toMatch(/Mihin aikaan päivästä vain \(1 tila\).*Lyhyempi aika, 1 h 30 min \(1 tila\)/)
  })
  test('near a place says how far, the nearest first; a place nobody knows is said', async () => {
    const w = await world()
    const html = await page(w, '/spaces?near=Vartiokylä&date=2026-12-03')
    expect(cards(html).slice(0, 2)).toEqual(['Nuorisosali, Itiksen nuorisotila', 'Keittiö, Itiksen nuorisotila'])
    expect(words(html)).toContain('linnuntietä paikasta Vartiokylä')
    expect(cards(await page(w, '/spaces?near=Porthaninkatu&date=2026-11-24'))[0]).toBe('Kokoushuone, Kallion kirjasto')
    expect(words(await page(w, '/spaces?near=Atlantis&date=2026-11-24'))).toContain('Emme tunne paikkaa ”Atlantis”')
  })
  test('weekday evenings of four weeks name the first times of each space and how many days it is free', async () => {
    const w = await world()
    await booked(w, 'luokka', '2026-11-24T17:00', '2026-11-24T21:00')
    const html = await page(w, '/spaces?date=2026-11-24&dateTo=2026-12-04&weekdays=1,2,3,4,5&minutes=120&kind=classroom')
    expect(words(html)).toContain('Yksi tila vapaana ti 24.11. – pe 4.12. arkisin klo 17–21')
    expect(words(html)).toContain('Vapaita päiviä 8/9')
    expect(links(html).filter((href) => href.startsWith('/bookings/new'))).toEqual(['25', '26', '27'].map((day) => `/bookings/new?space=luokka&date=2026-11-${day}&from=17%3A00&to=19%3A00`))
  })
  test('equipment, a need, who looks after it and what is free for me choose spaces', async () => {
    const w = await world()
    expect(cards(await page(w, '/spaces?equipment=projector&equipment=wifi&access=wheelchair&date=2026-11-24&from=17:00'))).toEqual(['Kokoushuone, Kallion kirjasto'])
    expect(cards(await page(w, '/spaces?supervision=staffed&kind=youth_hall'))).toEqual(['Nuorisosali, Itiksen nuorisotila'])
    const company = 'date=2026-11-24&applicant=company&purpose=commercial&people=10'
    expect(cards(await page(w, `/spaces?${company}`)).length).toBeGreaterThan(3)
    expect(words(await page(w, `/spaces?${company}&free=1`))).toContain('Myös maksulliset')
  })
  test('the three views keep everything, and each shows what it should', async () => {
    const w = await world()
    const asked = '/spaces?date=2026-11-24&minutes=120&people=20&near=Kallio&sort=size'
    const html = await page(w, asked)
    const to = (view: string): string => links(html).find((href) => href.includes(`view=${view}`))!
    expect(Object.fromEntries(new URL(`http://x${to('map')}`).searchParams)).toMatchObject({ date: '2026-11-24', minutes: '120', people: '20', near: 'Kallio', sort: 'size', view: 'map' })
    const matrix = await page(w, to('matrix'))
    expect(matrix).toContain('<caption')
    expect(words(matrix)).toContain('kiinni 21–22')
    expect(links(matrix)).toContain('/bookings/new?space=luokka&date=2026-11-24&from=19%3A00&to=21%3A00&people=20')
    expect(await page(w, to('map'))).toContain('id="map"')
  })
  test('a purpose shows the kinds that suit it, and the way to all', async () => {
    const w = await world()
    const html = await page(w, '/spaces?date=2026-11-24&purpose=sport&people=6')
    expect(cards(html)).toEqual(['Liikuntasali, Kallion koulu', 'Nuorisosali, Itiksen nuorisotila'])
    const all = links(html).find((href) => href.includes('anyKind=1'))!
    expect(cards(await page(w, all)).length).toBeGreaterThan(4)
  })
  test('when nothing fits shows where to look', async () => {
    const html = await page(await world(), '/spaces?q=kokous&date=2026-11-24&from=20:30&fits=1')
    expect(words(html)).toContain('Mikään näistä tiloista ei ole vapaana ti 24.11. klo 20.30–21.30')
    expect(links(html)).toEqual(expect.arrayContaining([
      '/spaces?q=kokous&date=2026-11-24&from=20%3A30&to=21%3A30&minutes=60', '/spaces?q=kokous&date=2026-11-24&from=06%3A00&to=24%3A00&minutes=60&fits=1',
    ]))
  })
  test('a day that is over becomes today', async () => {
    expect(words(await page(await world(), '/spaces?date=2026-01-01'))).toContain('Hakemasi päivä on jo mennyt')
  })
  test.each([['date=2026-02-30', 'date'], ['people=-1', 'people'], ['area=atlantis', 'area'], ['kind=castle', 'kind'],
    ['from=a&from=b&minutes=x&minutes=y', 'from'], ['minutes=x', 'minutes'], ['applicant=king&openToAll=perhaps', 'applicant']])(
    '%s comes back with the fault beside its field', async (query, field) => {
      const answer = await get(await world(), `/spaces?${query}`)
      expect(answer.status).toBe(400)
      expect(answer.text).toContain(`href="#${field}"`)
      expect(answer.text).toContain(`id="${field}-error"`)
      expect(cards(answer.text)).toEqual([])
    },
  )
  test('gives htmx the results alone, and says that answers vary by it', async () => {
    const answer = await get(await world(), '/spaces?q=luokka').set('HX-Request', 'true')
    expect(answer.text.trimStart().startsWith('<div id="results"')).toBe(true)
    expect(answer.headers['vary']).toContain('HX-Request')
  })
  test('puts nobody’s words on the page unescaped', async () => {
    const html = await page(await world(), '/spaces?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E')
    expect(html).not.toContain('<script>alert')
    expect(html).toContain('&lt;script&gt;alert')
  })
})

describe('a space', () => {
  test('shows its week as a table whose free hours lead to the form', async () => {
    const w = await world()
    await booked(w, 'sali-a', '2026-11-24T18:00', '2026-11-24T19:00')
    const html = await page(w, '/spaces/sali')
    const [head = '', ...days] = html.slice(html.indexOf('<table class="times week"')).split('<tr role="row">').slice(1)
    expect(words(head).trim().split(' ')).toEqual(['Päivä', '9', '10', '11', '12', '13', '14', '15', '16', '17', '18', '19', '20'])
    expect(days.slice(0, 7).map((day) => words(day).trim().split(' ').slice(0, 2).join(' '))).toEqual(
      ['ma 23.11.', 'ti 24.11.', 'ke 25.11.', 'to 26.11.', 'pe 27.11.', 'la 28.11.', 'su 29.11.'])
    expect(words(days[1]!).trim()).toBe('ti 24.11. 9–17 kiinni 17 –18 18–19 varattu 19 –20 20 –21')
    expect(links(html)).toContain('/bookings/new?space=sali&date=2026-11-24&from=19%3A00&to=20%3A00')
  })
  test('says what it costs to whom, and which rule says so', async () => {
    const html = await page(await world(), '/spaces/luokka?applicant=company')
    expect(words(html)).toContain('Sinulle: Yritys, Kaupallinen tilaisuus 18 €/h')
    expect(links(html)).toEqual(expect.arrayContaining(['/rules#rule-commercial', '/rules#rule-open_activity', '/rules?space=luokka&applicant=company&purpose=commercial']))
  })
  test('names the other halves, the house, the duties and the calendar', async () => {
    const html = await page(await world(), '/sv/spaces/sali-a')
    expect(links(html)).toEqual(expect.arrayContaining([
      '/sv/spaces/sali', '/sv/spaces/luokka', '/sv/units/kallion-koulu', 'webcal://tilavuoro.test/calendars/spaces/sali-a.ics?lang=sv', '/sv/spaces?area=kallio',
    ]))
    expect(words(html)).toContain('Gör en egenkontrollförbindelse')
  })
  test('tells why it is shut', async () => {
    const w = await world()
    await w.ctx.db.transaction(async (db) => {
      await db.insert(closures).values({ id: 'x', spaceId: 'luokka', unitId: null, startsAt: Date.parse('2026-11-24T00:00+02:00'), endsAt: Date.parse('2026-11-25T00:00+02:00'), reason: { fi: 'Lattia vahataan' } }).returning()
      await markCatalogueChanged(db)
    })
    const html = words(await page(w, '/spaces/luokka'))
    expect(html).toContain('Lattia vahataan')
    expect(html).toContain('suljettu')
  })
  test('keeps the weeks within what may be booked', async () => {
    const w = await world()
    const others = async (path: string): Promise<string[]> => [...(await page(w, path)).matchAll(/rel="(?:prev|next) nofollow" href="([^"]+)"/g)].map(([, href = '']) => href)
    expect(await others('/spaces/luokka')).toEqual(['/spaces/luokka?week=2026-11-30#calendar'])
    expect(await others('/spaces/luokka?week=2031-01-01')).toEqual(['/spaces/luokka?week=2027-02-08#calendar'])
    expect((await get(w, '/spaces/luokka?week=soon')).status).toBe(400)
  })
})

describe('a unit', () => {
  test('lists its spaces with their next free times', async () => {
    const html = await page(await world(), '/units/kallion-koulu')
    expect(links(html)).toEqual(expect.arrayContaining(['/spaces/sali-b', '/bookings/new?space=luokka&date=2026-11-23&from=17%3A00&to=18%3A00', '/units/kallion-kirjasto']))
  })
  test('without an address says so, and in another language marks its name', async () => {
    const html = await page(await world(), '/en/units/itiksen-nuorisotila')
    expect(words(html)).toContain('Address to be confirmed')
    expect(html).toContain('<h1 lang="fi">Itiksen nuorisotila</h1>')
  })
  test('that lends nothing says why', async () => {
    const w = await world()
    await restricted(w.ctx, { unitId: 'koulu', effect: 'not_lent', reason: { fi: 'Sairaalakoulu', sv: 'Sjukhusskola' } })
    expect(words(await page(w, '/sv/units/kallion-koulu'))).toContain('Sjukhusskola')
  })
  test.each([
    ['', 'Remontti Rajoitus on voimassa 25.11.2026 asti.', 'Remontti Rajoitus oli voimassa 25.11.2026 asti. Kaupungin pitää nyt avata tilat tai kertoa uusi syy.'],
    ['/sv', 'Renovering Begränsningen gäller till 25.11.2026.', 'Renovering Begränsningen gällde till 25.11.2026. Nu ska staden öppna lokalerna eller ange en ny orsak.'],
    ['/en', 'Renovation The restriction applies until 25 Nov 2026.', 'Renovation The restriction applied until 25 Nov 2026. The city must now open the spaces or give a new reason.'],
  ])('that lends nothing says until when, and after that what is due (%s)', async (language, before, after) => {
    const w = await world()
    await w.ctx.db.transaction(async (db) => {
      await db.insert(units).values({ ...(await db.select().from(units).where(eq(units.id, 'koulu')))[0]!, id: 'leiri', slug: 'leiri' }).returning()
    })
    const reason = { fi: 'Remontti', sv: 'Renovering', en: 'Renovation' }
    await restricted(w.ctx, { unitId: 'leiri', effect: 'not_lent', reason, validTo: '2026-11-25' }, { unitId: 'koulu', effect: 'not_lent', reason, validTo: '2026-11-25' })
    w.clock.set('2026-11-25T23:59:59+02:00')
    await settleRestrictions(w.ctx)
    expect(words(await page(w, `${language}/units/leiri`))).toContain(before)
    w.clock.set('2026-11-26T00:00:00+02:00')
    await settleRestrictions(w.ctx)
    expect(words(await page(w, `${language}/units/leiri`))).toContain(after)
    // A unit that has spaces lends them again by itself.
    expect(words(await page(w, `${language}/units/kallion-koulu`))).not.toContain(reason[language === '' ? 'fi' : language === '/sv' ? 'sv' : 'en'])
  })
})

describe('old and unknown addresses', () => {
  test('a renamed space and unit are found where they are now', async () => {
    const w = await world()
    await w.ctx.db.transaction(async (db) => {
      await db.insert(slugRedirects).values([{ kind: 'space', slug: 'vanha-sali', targetId: 'sali' }, { kind: 'unit', slug: 'vanha-koulu', targetId: 'koulu' }]).returning()
    })
    const [space, unit] = [await get(w, '/sv/spaces/vanha-sali'), await get(w, '/units/vanha-koulu')]
    expect([space.status, space.headers['location']]).toEqual([301, '/sv/spaces/sali'])
    expect([unit.status, unit.headers['location']]).toEqual([301, '/units/kallion-koulu'])
  })
  test.each(['/spaces/linna', '/units/linna', '/spaces/__proto__', '/units/%F0%9F%92%A9'])('%s is unknown', async (path) => {
    expect((await get(await world(), path)).status).toBe(404)
  })
})

test.each(['/accessibility', '/privacy', '/about-data'])('%s speaks all three languages', async (path) => {
  const w = await world()
  const titles = await Promise.all(['', '/sv', '/en'].map(async (prefix) => /<h1>([^<]+)<\/h1>/.exec(await page(w, prefix + path))?.[1]))
  expect(new Set(titles).size).toBe(3)
})

test('the page about the data counts what is missing', async () => {
  const html = words(await page(await world(), '/about-data'))
  expect(html).toContain('katuosoite: 1')
  expect(html).toContain('ruotsinkielinen nimi: 1')
  expect(html).toContain('Contains material of the City of Helsinki')
})
