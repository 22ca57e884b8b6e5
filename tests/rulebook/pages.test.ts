import supertest from 'supertest'
import { describe, expect, test } from 'vitest'
import { parseEdition } from '../../src/rulebook/edition.ts'
import { priceTable } from '../../src/rulebook/price-list.ts'
import { hourlyRange, typicalCases, typicalQuotes } from '../../src/rulebook/typical.ts'
import type { SpaceTraits } from '../../src/rulebook/facts.ts'
import example from '../../drizzle/seed/rulebook.example.json' with { type: 'json' }
import { world } from '../support/world.ts'

const edition = parseEdition(example)
const get = async (path: string) => supertest((await world()).app).get(path)
const words = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

describe('the page of rules', () => {
  test('has every rule of the edition under its own address', async () => {
    const { text } = await get('/rules')
    const rules = [...edition.chargeRules, ...edition.approvalRules, ...edition.supervisionRules, ...edition.extras]
    expect(rules.map(({ id }) => id).filter((id) => !text.includes(`id="rule-${id}"`))).toEqual([])
    expect(text.match(/<h1/g)).toHaveLength(1)
  })
  test('says that it is an example, and what it costs', async () => {
    const text = words((await get('/rules')).text)
    expect(text).toContain('Esimerkki, ei päätös')
    expect(text).toContain('Liikuntasali, 300–599 m²')
    expect(text).toContain('24 €/h')
  })
  test('can be read in plain Finnish', async () => {
    const { plain } = edition.chargeRules[0]!.text
    expect(words((await get('/rules?plain=1')).text)).toContain(plain)
    expect(words((await get('/rules')).text)).not.toContain(plain)
    expect(words((await get('/sv/rules?plain=1')).text)).not.toContain(plain)
    const condition = '<p>Nämä kaikki ovat totta:</p><ul><li>Paikka on nuorisotila.</li><li>Yksi näistä on totta:<ul><li>Tarkoitus on vaalitilaisuus.</li><li>Mukana on vaalityötä.</li></ul></li></ul>'
    const unspaced = (html: string): string => html.replace(/>\s+/g, '>').replace(/\s+</g, '<')
    expect(unspaced((await get('/rules?plain=1')).text)).toContain(condition)
    expect(unspaced((await get('/rules')).text)).not.toContain(condition)
  })
})

describe('the calculator', () => {
  test('answers with the price, its rule, and what else it would like to know', async () => {
    const { text } = await get('/rules?applicant=unregistered_group&purpose=hobby&people=40&place=classroom-small')
    expect(words(text)).toContain('Et ole ilmoittanut toimintaa kaikille avoimeksi')
    expect(words(text)).toContain('Vastaus voi muuttua, kun kerrot lisää: onko toiminta avointa kaikille')
    expect(text).toContain('href="#rule-closed_group"')
    expect(words(text)).toContain('Tällaiseen tilaan mahtuu enintään 30 henkeä')
  })
  test.each([
    ['', 'Vastaus voi muuttua, kun kerrot lisää: ', 'onko toiminta avointa kaikille, kuinka moni osallistuja on alle 20-vuotias, keräätkö pääsymaksun, kuinka moni osallistuja asuu kaupungissa.'],
    ['/sv', 'Svaret kan ändras när du berättar mer: ', 'om verksamheten är öppen för alla, hur många av deltagarna som är under 20 år, om du tar inträde, hur många av deltagarna som bor i staden.'],
    ['/en', 'The answer may change if you tell us more: ', 'whether anyone may join, how many of the participants are under 20, whether you charge an entry fee, how many of the participants live in the city.'],
    ['', 'Kerro vielä lisää: ', 'saavatko kaikki tulla mukaan, kuinka moni on alle 20 vuotta vanha, maksavatko ihmiset, kun he tulevat sisään, kuinka moni teistä asuu tässä kaupungissa. Vastaus voi silloin muuttua.'],
  ])('names every fact left out that would change the answer, for better or worse (%s)', async (prefix, opening, facts) => {
    const plain = opening.startsWith('Kerro') ? '&plain=1' : ''
    const answer = words((await get(`${prefix}/rules?applicant=registered_association&purpose=civic_activity&people=40&space=ruokasali${plain}`)).text)
    expect(answer).toContain(opening + facts)
  })
  test('counts what was told', async () => {
    const text = words((await get('/rules?applicant=company&purpose=commercial&people=20&place=gym-medium&minutes=90')).text)
    expect(text).toContain('36 €')
    expect(text).toContain('1 h 30 min, 20 henkeä. Laskettu tilalle Liikuntasali, Kallion koulu.')
  })
  test('calculates for one space when asked from its page', async () => {
    const text = words((await get('/rules?space=keittio&applicant=private_person&purpose=private_party')).text)
    expect(text).toContain('Tila: Keittiö, Itiksen nuorisotila')
    expect(text).toContain('48 €')
  })
  test('a use that is not allowed says whom to ask', async () => {
    const { text } = await get('/rules?applicant=registered_association&purpose=meeting&people=250')
    expect(words(text)).toContain('Ota yhteyttä kaupungin tapahtumaneuvontaan')
    expect(text).not.toContain('href="/spaces?applicant')
  })
  test('says nothing before it is asked, and tells faults beside their fields', async () => {
    expect((await get('/rules')).text).not.toContain('Tämä on esimerkki, ei päätös.')
    const wrong = await get('/rules?applicant=king&people=many')
    expect(wrong.status).toBe(400)
    expect(wrong.text).toContain('id="applicant-error"')
    expect(wrong.text).toContain('id="people-error"')
  })
  test.each(['groups=children&groups=pensioners', 'groups=children', 'youthShare=0.5', 'space=linna', 'place=linna'])('%s is understood', async (query) => {
    expect((await get(`/rules?applicant=private_person&${query}`)).status).toBe(200)
  })
  test.each(['groups=cats', 'youthShare=2', 'youthShare=0x1', 'minutes=1e9', 'openToAll=maybe'])('%s is a fault', async (query) => {
    expect((await get(`/rules?${query}`)).status).toBe(400)
  })
})

const room: SpaceTraits = { kind: 'classroom', areaM2: 60, people: 30, alwaysPaid: false, supervision: ['staffed'], approval: 'automatic', unitKind: 'school' }

describe('typical prices', () => {
  test('run from free to full price', () => {
    expect(typicalQuotes(edition, room, '2026-11-24').map(({ id, quote }) => [id, quote.charge, quote.totalCents])).toEqual([
      ['association_open', 'free', 0], ['youth', 'free', 0], ['group', 'free', 0], ['association_closed', 'free', 0],
      ['private_party', 'paid', 1800], ['company', 'paid', 1800],
    ])
    expect(hourlyRange(edition, room, '2026-11-24')).toEqual({ from: 0, to: 1800 })
    expect(hourlyRange(edition, { ...room, alwaysPaid: true }, '2026-11-24')).toEqual({ from: 900, to: 1800 })
  })
  test('count nobody in that the space cannot hold', () => {
    const people = typicalQuotes(edition, { ...room, people: 8 }, '2026-11-24').map((one) => one.people)
    expect(people).toEqual(typicalCases.map(() => 8))
  })
})

test('the price list names each kind of space once, with its bounds', () => {
  const { rows, groups, rates } = priceTable(edition, '2026-11-24')
  expect(groups.map(({ id }) => id)).toEqual(['basic', 'full'])
  expect(rates).toEqual([25.5])
  expect(rows.map(({ id, cents }) => [id, ...cents])).toEqual([['small', 900, 1800], ['medium', 1200, 2400], ['large', 1500, 3000]])
  expect(rows.flatMap(({ sizes }) => sizes).filter(({ kind }) => kind === 'gym')).toEqual([
    { kind: 'gym', fromM2: null, belowM2: 300 }, { kind: 'gym', fromM2: 300, belowM2: 600 }, { kind: 'gym', fromM2: 600, belowM2: null },
  ])
  const kinds = rows.flatMap(({ sizes }) => sizes).filter(({ kind }) => kind !== 'gym').map(({ kind }) => kind)
  expect(kinds).toHaveLength(new Set(kinds).size)
})
