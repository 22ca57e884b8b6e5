import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keptQuery, longestName, mostSaved, nameAmong, patternOf, searchNow, searchSaid } from '../../src/availability/saved-search.ts'
import { savedOf } from '../../src/availability/saved-store.ts'
import { factsOf, savedName } from '../../src/availability/saved-words.ts'
import { searchOf, searchQuery, sorts, views } from '../../src/availability/search-query.ts'
import type { Search } from '../../src/availability/search-query.ts'
import { savedSearches } from '../../src/availability/table.ts'
import { eventsOf } from '../../src/history/store.ts'
import { formats } from '../../src/platform/i18n/format.ts'
import { translators } from '../../src/platform/i18n/messages.ts'
import { languages } from '../../src/platform/i18n/text.ts'
import { addDays, minuteText } from '../../src/time/wallclock.ts'
import { formIn, linksTo, send, wordsIn, type Agent } from '../bookings/form-reader.ts'
import { monday, world, type World } from '../support/world.ts'

const dayMs = 86_400_000
const said = (query: Record<string, string>, now = monday) => searchOf(searchQuery.parse(query), now)
const fi = { t: translators.fi, f: formats.fi }

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined })
/** Any query of the list that has dates to look at. */
const anyQuery = fc.record({
  q: maybe(fc.string({ maxLength: 20, unit: 'grapheme' })), near: maybe(fc.constantFrom('Kallio', 'Hämeentie 3, Helsinki', '100 % & =')),
  purpose: maybe(fc.constantFrom('sport', 'meeting', 'other')), applicant: maybe(fc.constantFrom('registered_association', 'company')), openToAll: maybe(fc.constant('1')),
  people: maybe(fc.integer({ min: 1, max: 500 }).map(String)), kind: maybe(fc.constantFrom('gym', 'kitchen')), unitKind: maybe(fc.constant('school')), area: maybe(fc.constant('kallio')),
  equipment: maybe(fc.constantFrom('projector', 'wifi,piano')), access: maybe(fc.constant('wheelchair')), supervision: maybe(fc.constant('staffed')),
  date: maybe(fc.integer({ min: 0, max: 40 }).map((days) => addDays('2026-11-23', days))), length: maybe(fc.integer({ min: 1, max: 56 })),
  weekdays: maybe(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }).map((days) => days.join(','))),
  from: maybe(fc.integer({ min: 0, max: 95 }).map((n) => minuteText(n * 15))), to: maybe(fc.integer({ min: 1, max: 96 }).map((n) => minuteText(n * 15))),
  minutes: maybe(fc.integer({ min: 15, max: 480 }).map(String)),
  anyKind: maybe(fc.constant('1')), free: maybe(fc.constant('1')), fits: maybe(fc.constant('1')),
  sort: maybe(fc.constantFrom(...sorts)), view: maybe(fc.constantFrom(...views)), page: maybe(fc.constant('3')),
}).map(({ length, ...fields }) => {
  const query = Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined))
  return length === undefined ? query : { ...query, dateTo: addDays(query['date'] ?? '2026-11-23', length - 1) }
}).filter((query) => searchSaid(new URLSearchParams(query).toString(), monday) !== null)

describe('what is kept of a search', () => {
  const passing = ['date', 'dateTo', 'weekdays', 'dates', 'on', 'page', 'view', 'passed']
  const lasting = (search: Search): object => Object.fromEntries(Object.entries(search).filter(([field]) => !passing.includes(field)))

  test('asks for the same of the coming days, whenever it is opened', () => {
    fc.assert(fc.property(anyQuery, fc.integer({ min: 0, max: 800 * 24 }), (query, hours) => {
      const search = said(query)
      const now = monday + hours * 3_600_000
      const again = searchNow(keptQuery(search), now)!
      expect(lasting(again)).toEqual(lasting(search))
      expect(again).toMatchObject({ page: 1, view: 'list', passed: false, on: again.dates[0] })
      expect(patternOf(again)).toEqual(patternOf(search))
      expect(again.dates.length).toBeGreaterThan(0)
      expect(keptQuery(again)).toBe(keptQuery(search))
    }))
  })
  test('is one text, whatever is said about how results are shown and about the week they are looked for in', () => {
    fc.assert(fc.property(anyQuery, fc.constantFrom(...views), fc.integer({ min: 1, max: 50 }), (query, view, weeks) => {
      const later = Object.entries(query).map(([field, text]) => [field, field.startsWith('date') ? addDays(text, weeks * 7) : text])
      const moved = { ...Object.fromEntries(later) as Record<string, string>, view, page: '2' }
      expect(keptQuery(said(moved, monday + weeks * 7 * dayMs))).toBe(keptQuery(said(query)))
    }))
  })
  test('has a name that fits, in each language, and facts', () => {
    fc.assert(fc.property(anyQuery, fc.constantFrom(...languages), (query, lang) => {
      const words = { t: translators[lang], f: formats[lang] }
      const name = savedName(said(query), 'Kallio', words)
      expect([name.length > 0, name.length <= longestName]).toEqual([true, true])
      expect(factsOf(said(query), 'Kallio', words).every((fact) => fact !== '')).toBe(true)
    }))
  })

  const pattern = (query: Record<string, string>) => patternOf(said(query))
  test('one evening is such evenings, four weeks on', () => {
    expect(pattern({ date: '2026-11-26' })).toEqual({ weekdays: [4], weeks: 4 })
    expect(pattern({ date: '2026-11-27', dateTo: '2026-11-29' })).toEqual({ weekdays: [5, 6, 7], weeks: 4 })
  })
  test('a longer stretch is as many weeks, on its weekdays', () => {
    expect(pattern({ date: '2026-11-24', dateTo: '2026-12-21', weekdays: '1,2,3,4,5' })).toEqual({ weekdays: [1, 2, 3, 4, 5], weeks: 4 })
    expect(pattern({ date: '2026-11-24', dateTo: '2026-11-30' })).toEqual({ weekdays: [], weeks: 1 })
    expect(pattern({ date: '2026-12-01', dateTo: '2026-12-31', weekdays: '6' })).toEqual({ weekdays: [6], weeks: 5 })
    expect(pattern({ date: '2026-11-24', dateTo: '2027-01-18' })).toEqual({ weekdays: [], weeks: 8 })
  })
  test('it is kept as this', () => {
    expect(keptQuery(said({ purpose: 'sport', people: '6', near: 'Kallio', date: '2026-11-26', from: '18:00', minutes: '90', view: 'map', sort: 'price' })))
      .toBe('people=6&applicant=unregistered_group&purpose=sport&near=Kallio&from=18%3A00&to=21%3A00&minutes=90&sort=price&weekdays=4&weeks=4')
  })
  test('opened on a later day it begins that day', () => {
    const { date, dateTo, dates } = searchNow('from=18%3A00&to=21%3A00&minutes=60&weekdays=4&weeks=2', Date.parse('2027-02-02T22:00:00+02:00'))!
    expect([date, dateTo, dates]).toEqual(['2027-02-02', '2027-02-15', ['2027-02-04', '2027-02-11']])
  })
  test.each(['', 'weeks=0', 'weeks=9', 'weeks=1.5', 'weeks=x', 'weeks=4&kind=stable', 'weeks=4&from=25:00'])('what is no longer understood is none: %j', (kept) => {
    expect(searchNow(kept, monday)).toBe(null)
  })
  test('a day that was over when it was saved still says its weekday', () => {
    expect(keptQuery(searchSaid('date=2026-11-19&from=18:00', monday)!)).toContain('weekdays=4&weeks=4')
    expect(searchSaid('date=2026-11-19&dateTo=2026-11-18', monday)).toBe(null)
    expect(searchSaid('date=2026-11-23&dateTo=2027-11-23', monday)).toBe(null)
    expect(searchSaid('kind=stable', monday)).toBe(null)
  })
})

describe('the words', () => {
  const sport = said({ purpose: 'sport', people: '6', near: 'Kallio', date: '2026-11-24', dateTo: '2026-12-21', weekdays: '1,2,3,4,5', equipment: 'showers', access: 'wheelchair', free: '1' })
  test('begin a name with what, how many, where and when', () => {
    expect(savedName(sport, null, fi)).toBe('Liikunta, 6 henkeä, lähellä paikkaa Kallio, arkisin klo 17–21')
    expect(savedName(sport, null, { t: translators.en, f: formats.en })).toBe('Sport, 6 people, near Kallio, on weekdays, 17:00–21:00')
    expect(savedName(said({ date: '2026-11-26', from: '18:30', to: '24:00' }), null, fi)).toBe('Torstaisin klo 18.30–24')
  })
  test('leave out of a name what has no room, and say it all beside it', () => {
    const long = said({ ...{ q: 'x'.repeat(70), people: '6' }, date: '2026-11-26' })
    expect(savedName(long, null, fi)).toBe('6 henkeä, torstaisin klo 17–21')
    expect(factsOf(sport, 'Keskinen', fi)).toEqual([
      'Liikunta', '6 henkeä', 'lähellä paikkaa Kallio', 'alueella Keskinen', 'arkisin klo 17–21', '1 h kerrallaan', 'seuraavat 4 viikkoa', 'suihkut', 'Pyörätuolilla',
      'Oma porukka tai ryhmä', 'vain minulle maksuttomat',
    ])
    expect(factsOf(said({ date: '2026-11-26' }), null, fi)).toEqual(['mikä tahansa tila', 'torstaisin klo 17–21', '1 h kerrallaan', 'seuraavat 4 viikkoa'])
  })
  test.each([['1,3', 'ma, ke'], ['2,3,4', 'ti–to'], ['1,2,3,4,6', 'ma, ti, ke, to, la'], ['6,7', 'viikonloppuisin'], ['7', 'sunnuntaisin']])('of weekdays %s: %s', (weekdays, words) => {
    expect(savedName(said({ date: '2026-11-23', dateTo: '2026-12-20', weekdays, from: '17:00' }), null, fi).toLowerCase()).toBe(`${words} klo 17–21`)
  })
  test('a taken name gets a number and still fits', () => {
    expect(nameAmong('Sulka', ['Muu'])).toBe('Sulka')
    expect(nameAmong('sulka', ['Sulka', 'SULKA (2)'])).toBe('sulka (3)')
    const wide = '🏸'.repeat(40)
    expect(nameAmong(wide, [wide])).toBe(`${'🏸'.repeat(38)} (2)`)
  })
})

const thursday = '/spaces?purpose=sport&people=6&date=2026-11-26&from=18:00&to=21:00'
const saved = ({ ctx }: World, personId: string) => savedOf(ctx.db, personId).then((all) => all.map(({ name, query }) => [name, query]))
const save = async (agent: Agent, path: string, own: Record<string, string> = {}) => send(agent, (await agent.get(path).expect(200)).text, '/saved-searches', own)

test('Maija saves a search from its results, finds it in her list with what is free now, opens it weeks later, renames and deletes it', async () => {
  const the = await world()
  const maija = await the.client('maija')
  expect(wordsIn((await maija.get('/saved-searches').expect(200)).text)).toContain('Et ole vielä tallentanut hakuja')

  const results = await maija.get(thursday).expect(200)
  expect(wordsIn(results.text)).toContain('Haku ei muista päivämääriä vaan katsoo aina tulevia päiviä: torstaisin klo 18–21, seuraavat 4 viikkoa. Jos muutkin päivät sopivat, lisää hakuun ensin viimeinen päivä.')
  const form = formIn(results.text, '/saved-searches')
  expect(form['name']).toBe('Liikunta, 6 henkeä, torstaisin klo 18–21')
  const made = await send(maija, results.text, '/saved-searches', { name: ' Sulan  treenit\u202e ' })
  expect([made.status, made.headers['location']]).toEqual([303, `/spaces?${String(form['query'])}`])
  const back = await maija.get(made.headers['location']!).expect(200)
  expect(wordsIn(back.text)).toContain('Haku on tallennettu.')
  expect(wordsIn(back.text)).toContain('Olet tallentanut tämän haun nimellä ”Sulan treenit”. Tallennetut haut')
  expect(back.text).not.toContain('action="/saved-searches"')

  const [one] = await savedOf(the.ctx.db, 'maija')
  expect(one).toMatchObject({ name: 'Sulan treenit', createdAt: monday, query: 'people=6&applicant=unregistered_group&purpose=sport&from=18%3A00&to=21%3A00&minutes=60&weekdays=4&weeks=4' })
  const list = await maija.get('/saved-searches').expect(200)
  expect(wordsIn(list.text)).toContain('Sulan treenit Liikunta 6 henkeä torstaisin klo 18–21 1 h kerrallaan seuraavat 4 viikkoa Oma porukka tai ryhmä')
  expect(wordsIn(list.text)).toContain('2 tilaa on vapaana. Ensimmäinen aika: to 26.11. klo 18–19, Liikuntasali , Kallion koulu')
  expect(linksTo(list.text, 'to 26.11. klo 18–19')[0]).toContain('/bookings/new?space=sali&date=2026-11-26&from=18%3A00&to=19%3A00&people=6')

  the.clock.set('2026-12-14T09:00:00+02:00')
  const [opened] = linksTo((await maija.get('/saved-searches')).text, 'Sulan treenit')
  expect(opened).toContain('date=2026-12-14&dateTo=2027-01-10&weekdays=4')
  expect(wordsIn((await maija.get(opened!).expect(200)).text)).toContain('Olet tallentanut tämän haun nimellä ”Sulan treenit”.')

  const { id } = one!
  await maija.post(`/saved-searches/${id}/name`).type('form').send({ name: '<i>Torstait' }).expect(303).expect('Location', '/saved-searches')
  const renamed = (await maija.get('/saved-searches')).text
  expect([wordsIn(renamed).includes('Haun nimi on vaihdettu.'), renamed.includes('&lt;i&gt;Torstait'), renamed.includes('<i>')]).toEqual([true, true, false])
  expect((await saved(the, 'maija')).map(([name]) => name)).toEqual(['<i>Torstait'])
  await maija.post(`/saved-searches/${id}/deletion`).expect(303).expect('Location', '/saved-searches')
  expect(await saved(the, 'maija')).toEqual([])
  expect(await eventsOf(the.ctx.db, 'maija')).toEqual([])
})

test('somebody signed out is led to sign in and back to the same search, where the form waits', async () => {
  const the = await world()
  const stranger = await the.client()
  const results = await stranger.get(`/en${thursday}`).expect(200)
  expect(results.text).not.toContain('action="/en/saved-searches"')
  const [link] = linksTo(results.text, 'Sign in and save the search')
  const back = new URL(link!, 'http://x').searchParams.get('return')!
  expect(link).toMatch(/^\/en\/sign-in\?return=/)
  expect(back).toMatch(/^\/spaces\?people=6&.*&date=2026-11-26&from=18%3A00&to=21%3A00&minutes=60#save$/)
  expect(formIn((await stranger.get(link!).expect(200)).text, '/en/sign-in')['return']).toBe(back)
  const maija = await the.client('maija')
  expect(formIn((await maija.get(`/en${back.split('#')[0]}`)).text, '/en/saved-searches')['name']).toBe('Sport, 6 people, on Thursdays, 18:00–21:00')
  for (const path of ['', '/x/name', '/x/deletion']) expect((await stranger.post(`/saved-searches${path}`).type('form').send({ name: 'x' })).headers['location']).toBe('/sign-in')
})

test('the same search again is the same one, another with the same name gets a number, and how it is shown makes no other', async () => {
  const the = await world()
  const maija = await the.client('maija')
  const form = formIn((await maija.get(thursday)).text, '/saved-searches')
  const again = (query: string, name: string) => maija.post('/saved-searches').type('form').send({ query, name })
  await again(String(form['query']), 'Treenit').expect(303)
  const known = await again(`${String(form['query']).replace('2026-11-26', '2026-12-03')}&view=matrix`, 'Toinen nimi').expect(303)
  expect(wordsIn((await maija.get(known.headers['location']!)).text)).toContain('Olet tallentanut tämän haun jo aiemmin.')
  await save(maija, '/spaces?kind=kitchen', { name: 'treenit' })
  expect((await saved(the, 'maija')).map(([name]) => name).sort()).toEqual(['Treenit', 'treenit (2)'])
  const [kitchen] = (await savedOf(the.ctx.db, 'maija')).filter(({ name }) => name === 'treenit (2)')
  await maija.post(`/saved-searches/${kitchen!.id}/name`).type('form').send({ name: 'TREENIT' }).expect(303)
  await maija.post(`/saved-searches/${kitchen!.id}/name`).type('form').send({ name: 'Treenit (2)' }).expect(303)
  expect((await saved(the, 'maija')).map(([name]) => name).sort()).toEqual(['Treenit', 'Treenit (2)'])
})

test.each(['', ' ', '\u200b', 'x'.repeat(81)])('a name like %j comes back with what is wrong beside it, when saving and when renaming', async (name) => {
  const the = await world()
  const maija = await the.client('maija')
  const wrong = await save(maija, thursday, { name })
  expect(wrong.status).toBe(422)
  expect([...wrong.text.matchAll(/<a href="#([\w-]+)">/g)].map(([, field]) => field)).toContain('name')
  expect(wordsIn(wrong.text)).toContain('Anna haulle nimi, enintään 80 merkkiä.')
  expect(wrong.text).toContain('href="/sv/spaces?people=6')
  await send(maija, wrong.text, '/saved-searches', { name: 'Hyvä' }).expect(303)
  const [{ id } = { id: '' }] = await savedOf(the.ctx.db, 'maija')
  const renamed = await send(maija, (await maija.get('/saved-searches')).text, `/saved-searches/${id}/name`, { name })
  expect(renamed.status).toBe(422)
  expect(renamed.text).toContain(`href="#name-${id}"`)
  expect(renamed.text).toContain('href="/sv/saved-searches"')
  expect((await saved(the, 'maija')).map(([kept]) => kept)).toEqual(['Hyvä'])
})

test('what is no query of ours cannot be saved', async () => {
  const the = await world()
  const maija = await the.client('maija')
  for (const body of ['name=x', 'name=x&query=kind%3Dstable', 'name=x&query=date%3D2026-11-24%26dateTo%3D2026-11-23', 'query=a&query=b', `name=x&query=q%3D${'x'.repeat(4000)}`]) {
    await maija.post('/saved-searches').type('form').send(body).expect(400)
  }
  await maija.post('/saved-searches').set('Sec-Fetch-Site', 'cross-site').type('form').send('name=x&query=people%3D6').expect(403)
  expect(await saved(the, 'maija')).toEqual([])
})

test('nobody has more than twenty, not even by hurrying, and is told what to do', async () => {
  const the = await world()
  const maija = await the.client('maija')
  const keep = (people: number) => maija.post('/saved-searches').type('form').send({ name: 'Haku', query: `people=${people}` })
  for (let people = 1; people <= mostSaved - 2; people++) await keep(people).expect(303)
  const late = await Promise.all([101, 102, 103, 104].map(keep))
  expect(late.map(({ status }) => status).sort()).toEqual([303, 303, 409, 409])
  const told = late.find(({ status }) => status === 409)!
  expect(wordsIn(told.text)).toContain('Sinulla on jo 20 tallennettua hakua. Poista jokin, jos haluat tallentaa tämän.')
  expect(await saved(the, 'maija')).toHaveLength(mostSaved)
  const results = await maija.get('/spaces?people=7&date=2026-11-27').expect(200)
  expect(results.text).not.toContain('action="/saved-searches"')
  expect(wordsIn(results.text)).toContain('Sinulla on jo 20 tallennettua hakua.')
  await (await the.client('olli')).post('/saved-searches').type('form').send({ name: 'Oma', query: 'people=6' }).expect(303)
})

test('nobody sees, renames or deletes another person’s search', async () => {
  const the = await world()
  await save(await the.client('maija'), thursday, { name: 'Sulan salaiset' })
  const [{ id } = { id: '' }] = await savedOf(the.ctx.db, 'maija')
  for (const name of ['olli', 'kalle', 'kerttu'] as const) {
    const other = await the.client(name)
    for (const text of ['Minun', '']) await other.post(`/saved-searches/${id}/name`).type('form').send({ name: text }).expect(404)
    await other.post(`/saved-searches/${id}/deletion`).expect(404)
    for (const path of ['/saved-searches', thursday]) expect((await other.get(path)).text).not.toContain('salaiset')
  }
  expect((await saved(the, 'maija')).map(([name]) => name)).toEqual(['Sulan salaiset'])
})

test('a search whose condition is gone says so and can be deleted; one that finds nothing says that', async () => {
  const the = await world()
  await the.ctx.db.transaction((db) => db.insert(savedSearches).values([
    { id: 'a', personId: 'maija', name: 'Vanha', query: 'kind=stable&weeks=4', createdAt: 1 },
    { id: 'b', personId: 'maija', name: 'Kadonnut alue', query: 'area=atlantis&weeks=4', createdAt: 2 },
    { id: 'c', personId: 'maija', name: 'Suuri', query: 'people=5000&weeks=4', createdAt: 3 },
    { id: 'd', personId: 'maija', name: 'Alue', query: 'area=kallio&kind=meeting_room&from=09:00&weekdays=6,7&weeks=1', createdAt: 4 },
  ]).returning())
  const maija = await the.client('maija')
  const { text } = await maija.get('/sv/saved-searches').expect(200)
  const [, area = '', large = '', lost = '', old = ''] = text.split('<li class="saved-search stack">').map(wordsIn)
  expect(area).toMatch(/^ Alue Mötesrum i området Berghäll på veckoslut kl\. 9–21 .*En lokal är ledig\. Första tiden: lör 28\.11 kl\. 9–10, Mötesrum , Berghälls bibliotek/)
  expect(large).toContain('Ingen lokal är ledig just nu.')
  for (const one of [lost, old]) expect(one).toContain('Den här sökningen fungerar inte längre')
  expect(linksTo(text, 'Vanha')).toEqual([])
  await maija.post('/saved-searches/a/deletion').expect(303)
  expect((await saved(the, 'maija')).map(([name]) => name)).toEqual(['Alue', 'Suuri', 'Kadonnut alue'])
})

test('the saved search counts what the search itself counts', async () => {
  const the = await world()
  const maija = await the.client('maija')
  for (const query of ['people=6', 'purpose=meeting&date=2026-11-28', 'kind=kitchen&minutes=120&free=1', 'purpose=sport&anyKind=1&date=2026-11-24&dateTo=2026-12-21&weekdays=1,2']) {
    the.clock.set(the.clock.now() + 1000)
    await maija.post('/saved-searches').type('form').send({ name: query, query }).expect(303)
  }
  const { text } = await maija.get('/saved-searches')
  const counted: string[] = []
  for (const row of text.split('<li class="saved-search stack">').slice(1)) {
    const count = (words: string): string => /(\d+|Yksi) tilaa? (?:on )?vapaana/.exec(words)?.[1] ?? 'none'
    counted.push(count(wordsIn(row)))
    expect(count(wordsIn((await maija.get(linksTo(row, '')[0]!).expect(200)).text))).toBe(counted.at(-1))
  }
  expect(counted).toEqual(['6', 'none', '4', '6'])
  await maija.post('/saved-searches').type('form').send({ name: 'Lounas', query: 'people=5&date=2026-11-24&from=12:00&sort=size' }).expect(303)
  expect(wordsIn((await maija.get('/saved-searches')).text)).toContain('Ensimmäinen aika: ti 24.11. klo 13–14, Kokoushuone')
})
