import { describe, expect, test } from 'vitest'
import type { EditionFile, UnitException } from '../../src/rulebook/edition.ts'
import { formIn, linksTo, send, wordsIn, type Agent, type Fields } from '../bookings/form-reader.ts'
import { world, type World } from '../support/world.ts'
import { adopted, changed, contentOf, deeds, drafted, revisionOf, tick } from './editions.ts'
import { example } from './example.ts'

const id = 'saannot-2027'
const at = `/desk/rules/${id}`
const text = async (agent: Agent, path: string): Promise<string> => (await agent.get(path).expect(200)).text
const fieldsWithFaults = (html: string): string[] => [...html.matchAll(/<li><a href="#([\w.-]+)">/g)].map(([, field = '']) => field)
const texts = (name: string, said: string): Record<string, string> => Object.fromEntries(['Fi', 'Sv', 'En', 'Plain'].map((tongue) => [`${name}${tongue}`, `${said} ${tongue}`]))
const inFour = (said: string) => ({ fi: `${said} Fi`, sv: `${said} Sv`, en: `${said} En`, plain: `${said} Plain` })

async function atDesk() {
  const the = await world()
  await drafted(the)
  return { the, kerttu: await the.client('kerttu') }
}
async function fill({ the, kerttu }: { the: World; kerttu: Agent }, path: string, own: Fields) {
  tick(the)
  return send(kerttu, await text(kerttu, path), path, own)
}

const renovation = { unit: 'kallion-koulu', validFrom: '2027-01-01', validTo: '2027-05-31', charge: 'paid', priceClass: 'basic', ...texts('name', 'Kokeilu'), ...texts('text', 'Remontti') }
const weekly = { whose: 'association', within: 'unit', per: 'week', bookings: '2', hours: '2,5', kinds: ['gym', 'hall'], ...texts('text', 'Kaksi') }

describe('a coordinator who is no programmer', () => {
  test('adds a dated exception and a quota by form, in Swedish', async () => {
    const desk = await atDesk()
    const sv = `/sv${at}`
    const part = await text(desk.kerttu, `${sv}/parts/exceptions`)
    expect(wordsIn(part)).toContain('Ett undantag ändrar avgiften på ett verksamhetsställe mellan två datum.')
    expect(linksTo(part, 'Nytt undantag')).toEqual([`${sv}/entries/exceptions`])
    const done = await fill(desk, `${sv}/entries/exceptions`, { ...renovation, applicants: 'company' })
    expect([done.status, done.headers['location']]).toEqual([303, `${sv}/parts/exceptions`])
    const exception: UnitException = {
      id: 'kallion_koulu_2027_01_01', when: { fact: 'applicant', in: ['company'] }, charge: 'paid', priceClass: 'basic', name: inFour('Kokeilu'), text: inFour('Remontti'), source: null,
      unit: 'kallion-koulu', validFrom: '2027-01-01', validTo: '2027-05-31',
    }
    expect((await contentOf(desk.the, id)).exceptions).toEqual([exception])
    expect(wordsIn(await text(desk.kerttu, `${sv}/parts/exceptions`))).toMatch(/Kokeilu Sv .*Remontti Sv Villkor Företag som bokare .*Verksamhetsställe Kallion koulu Börjar 1\.1\.2027 Slutar 31\.5\.2027/)

    await fill(desk, `${sv}/entries/quotas`, weekly)
    expect((await contentOf(desk.the, id)).quotas.at(-1)).toEqual({
      id: 'association_unit_week', when: { space: 'kind', in: ['gym', 'hall'] }, whose: 'association', within: 'unit', per: 'week', bookings: 2, hours: 2.5, text: inFour('Kaksi'),
    })
    expect((await deeds(desk.the, id)).slice(-2)).toEqual([
      ['edition.changed', 'kerttu', { part: 'exceptions', rule: 'kallion_koulu_2027_01_01', deed: 'added' }], ['edition.changed', 'kerttu', { part: 'quotas', rule: 'association_unit_week', deed: 'added' }],
    ])
    expect(wordsIn(await text(desk.kerttu, sv))).toMatch(/Kvoter, association_unit_week, tillagd/)
  })

  test('a second one like it gets an id of its own', async () => {
    const desk = await atDesk()
    await fill(desk, `${at}/entries/quotas`, weekly)
    await fill(desk, `${at}/entries/quotas`, weekly)
    expect((await contentOf(desk.the, id)).quotas.slice(-2).map((one) => one.id)).toEqual(['association_unit_week', 'association_unit_week_2'])
  })

  test('adds an extra, an applicant that was missing, a purpose, and a condition for staff', async () => {
    const desk = await atDesk()
    await changed(desk.the, id, (edition) => ({ applicantGroups: edition.applicantGroups.slice(1), purposes: edition.purposes.slice(1) }))
    await fill(desk, `${at}/entries/extras`, { cents: '12,50', vat: 'general', named: ['small', 'open_to_all'], ...texts('text', 'Lights on stage') })
    await fill(desk, `${at}/entries/applicantGroups`, { ...texts('text', 'Yksikkö'), ...texts('evidence', 'Kysytään') })
    await fill(desk, `${at}/entries/purposes`, texts('text', 'Kokous'))
    await fill(desk, `${at}/entries/approvalRules`, { whenMore: '{ "fact": "people", "atLeast": 150 }', ...texts('text', 'Paljon väkeä') })
    const { extras, applicantGroups, purposes, approvalRules } = await contentOf(desk.the, id)
    expect(extras.at(-1)).toEqual({ id: 'lights_on_stage_en', when: { all: [{ defined: 'open_to_all' }, { defined: 'small' }] }, cents: 1250, vat: 'general', text: inFour('Lights on stage') })
    expect(applicantGroups.at(-1)).toEqual({ id: 'city_unit', text: inFour('Yksikkö'), evidence: inFour('Kysytään') })
    expect(purposes.at(-1)).toEqual({ id: 'meeting', text: inFour('Kokous') })
    expect(approvalRules.at(-1)).toMatchObject({ when: { fact: 'people', atLeast: 150 }, text: inFour('Paljon väkeä') })
    expect(wordsIn(await text(desk.kerttu, `${at}/parts/groups`))).toContain('Kaikki vaihtoehdot ovat jo luettelossa.')
    expect(linksTo(await text(desk.kerttu, `${at}/parts/groups`), 'Uusi')).toEqual([])
  })

  test('changes one and removes another', async () => {
    const desk = await atDesk()
    const part = await text(desk.kerttu, `${at}/parts/quotas`)
    expect(linksTo(part, 'Muokkaa')).toEqual(example.quotas.map((one) => `${at}/entries/quotas/${one.id}`))
    await fill(desk, `${at}/entries/quotas/unit_week`, { bookings: '', hours: '8' })
    const before = example.quotas.find((one) => one.id === 'unit_week')!
    const { bookings: _, ...rest } = before
    expect((await contentOf(desk.the, id)).quotas.find((one) => one.id === 'unit_week')).toEqual({ ...rest, hours: 8 })
    tick(desk.the)
    const path = `${at}/entries/quotas/city_month/deletion`
    await send(desk.kerttu, await text(desk.kerttu, `${at}/parts/quotas`), path).expect(303)
    expect((await contentOf(desk.the, id)).quotas.map((one) => one.id)).toEqual(example.quotas.map((one) => one.id).filter((one) => one !== 'city_month'))
    expect((await deeds(desk.the, id)).at(-1)).toEqual(['edition.changed', 'kerttu', { part: 'quotas', rule: 'city_month', deed: 'removed' }])
  })

  test('opens and saves everything without changing anything', async () => {
    const desk = await atDesk()
    const exceptions: UnitException[] = [{ ...example.chargeRules.find((one) => one.charge === 'not_allowed')!, id: 'kielto', unit: 'kallion-koulu', validFrom: '2027-01-01', validTo: '2027-02-01' }]
    await changed(desk.the, id, () => ({ exceptions }))
    const [before, revision] = [await contentOf(desk.the, id), await revisionOf(desk.the, id)]
    for (const list of ['exceptions', 'quotas', 'extras', 'approvalRules', 'applicantGroups', 'purposes'] as const) {
      for (const one of before[list]) expect([list, one.id, (await fill(desk, `${at}/entries/${list}/${one.id}`, {})).status]).toEqual([list, one.id, 303])
    }
    expect([await contentOf(desk.the, id), await revisionOf(desk.the, id)]).toEqual([before, revision])
  })
})

describe('what does not fit', () => {
  const nobody: string[] = []
  test.each<[string, Fields, string[]]>([
    ['exceptions', { ...renovation, validTo: '2027-02-30' }, ['validTo']], ['exceptions', { ...renovation, validTo: '2026-12-31' }, ['validTo']],
    ['exceptions', { ...renovation, unit: '', validFrom: 'pian' }, ['unit', 'validFrom']], ['exceptions', { ...renovation, priceClass: '' }, ['priceClass']],
    ['exceptions', { ...renovation, charge: 'not_allowed' }, ['contactFi']], ['exceptions', { ...renovation, textSv: ' ' }, ['textSv']],
    ['exceptions', { ...renovation, charge: 'free', whenMore: '{ "not": { "fact": "openToAll", "is": true } }' }, ['whenMore']],
    ['exceptions', { ...renovation, whenMore: '{ "fact": "people" }' }, ['whenMore']], ['exceptions', { ...renovation, whenMore: 'people' }, ['whenMore']],
    ['exceptions', { ...renovation, named: 'nothing' }, ['whenMore']],
    ['quotas', { ...weekly, bookings: '', hours: '' }, ['bookings']], ['quotas', { ...weekly, hours: 'pari' }, ['hours']], ['quotas', { ...weekly, bookings: '0' }, ['bookings']],
    ['extras', { cents: '', centsPerHour: '', ...texts('text', 'Valot') }, ['cents']], ['extras', { cents: '1', centsPerHour: '2', ...texts('text', 'Valot') }, ['cents']], ['extras', { cents: 'paljon', ...texts('text', 'Valot') }, ['cents']],
  ])('in %s, %j, is told at its field, and what was typed is kept', async (list, own, fields) => {
    const desk = await atDesk()
    const path = `${at}/entries/${list}`
    const before = await contentOf(desk.the, id)
    const refused = await fill(desk, path, own)
    expect([refused.status, fieldsWithFaults(refused.text)]).toEqual([422, fields])
    expect(refused.text).toContain(`id="${fields[0]}-error"`)
    const kept = formIn(refused.text, path)
    for (const [name, value] of Object.entries(own).filter(([, value]) => value !== 'nothing')) expect([name, [kept[name] ?? nobody].flat().map((one) => one.trim())]).toEqual([name, [value].flat().map((one) => one.trim())])
    expect(await contentOf(desk.the, id)).toEqual(before)
  })

  test('in the reader’s language', async () => {
    const desk = await atDesk()
    const said = async (prefix: string) => wordsIn((await fill(desk, `${prefix}${at}/entries/exceptions`, { ...renovation, validTo: '2026-12-31' })).text)
    expect([await said(''), await said('/sv'), await said('/en')]).toEqual([expect.stringContaining('Loppu on ennen alkua.'), expect.stringContaining('Slutet är före början.'), expect.stringContaining('The end is before the start.')])
  })

  test('a group that is listed already is refused', async () => {
    const desk = await atDesk()
    const path = `${at}/entries/applicantGroups`
    const refused = await desk.kerttu.post(path).type('form').send({ revision: '0', id: 'school', ...texts('text', 'a'), ...texts('evidence', 'b') }).expect(422)
    expect(fieldsWithFaults(refused.text)).toEqual(['id'])
    for (const missing of [`${at}/entries/none`, `${at}/entries/duties`, `${at}/entries/toString`, `${at}/entries/quotas/none`]) await desk.kerttu.get(missing).expect(404)
    await desk.kerttu.post(`${at}/entries/quotas/none`).type('form').send({ revision: '0' }).expect(404)
  })
})

describe('two at once', () => {
  const quota = (edition: EditionFile, id: string) => edition.quotas.find((one) => one.id === id)
  test('the second sees both, and may save over the first', async () => {
    const desk = await atDesk()
    const path = `${at}/entries/quotas/unit_week`
    const stale = await text(desk.kerttu, path)
    await changed(desk.the, id, (edition) => ({ quotas: edition.quotas.map((one) => (one.id === 'unit_week' ? { ...one, bookings: 9 } : one)) }))
    tick(desk.the)
    const refused = await send(desk.kerttu, stale, path, { bookings: '5' }).expect(409)
    expect(wordsIn(refused.text)).toMatch(/Joku muu on muuttanut luonnosta sillä välin\..*Nyt tallennettu Sinun .* 9 5/)
    expect(formIn(refused.text, path)).toMatchObject({ bookings: '5', revision: '1' })
    expect(quota(await contentOf(desk.the, id), 'unit_week')!.bookings).toBe(9)
    await send(desk.kerttu, refused.text, path).expect(303)
    expect(quota(await contentOf(desk.the, id), 'unit_week')!.bookings).toBe(5)
  })

  test('what somebody removed meanwhile can be saved as a new one', async () => {
    const desk = await atDesk()
    const path = `${at}/entries/quotas/unit_week`
    const stale = await text(desk.kerttu, path)
    await changed(desk.the, id, (edition) => ({ quotas: edition.quotas.filter((one) => one.id !== 'unit_week') }))
    tick(desk.the)
    const refused = await send(desk.kerttu, stale, path, { bookings: '5' }).expect(409)
    await send(desk.kerttu, refused.text, `${at}/entries/quotas`).expect(303)
    expect(quota(await contentOf(desk.the, id), 'person_unit_week')).toMatchObject({ bookings: 5, text: example.quotas.find((one) => one.id === 'unit_week')!.text })
  })

  test('what was removed by an old page is not removed, and an adopted edition takes nothing', async () => {
    const desk = await atDesk()
    await changed(desk.the, id, (edition) => ({ limits: { ...edition.limits, holdMinutes: 40 } }))
    const path = `${at}/entries/quotas/unit_week/deletion`
    const refused = await desk.kerttu.post(path).type('form').send({ revision: '0' }).expect(409)
    expect(wordsIn(refused.text)).toContain('Joku muu on muuttanut luonnosta sillä välin.')
    await adopted(desk.the, id)
    const before = await contentOf(desk.the, id)
    for (const [post, own] of [[path, {}], [`${at}/entries/quotas/unit_week`, weekly], [`${at}/entries/quotas`, weekly]] as const) {
      expect((await desk.kerttu.post(post).type('form').send({ revision: '1', ...own })).status).toBe(409)
    }
    expect(await contentOf(desk.the, id)).toEqual(before)
    await desk.kerttu.get(`${at}/entries/quotas`).expect(404)
  })
})

describe('a part that is a file', () => {
  test.each(['definitions', 'approval', 'supervision', 'duties', 'tariff', 'extras', 'exceptions', 'quotas', 'groups', 'conduct'])('%s says in words what it holds, and helps who writes it', async (part) => {
    const { kerttu } = await atDesk()
    for (const prefix of ['', '/sv', '/en']) {
      const html = await text(kerttu, `${prefix}${at}/parts/${part}`)
      expect(html).toMatch(/href="\/api\/v1\/rules\/schema#\/properties\/\w+"/)
      expect(html).toContain('data-code')
    }
  })

  test('tells its fields with the words they may hold, and an example to copy', async () => {
    const { kerttu } = await atDesk()
    const html = await text(kerttu, `${at}/parts/conduct`)
    const said = wordsIn(html)
    expect(said).toMatch(/tiers\.percent Osuus hinnasta, pakollinen/)
    expect(said).toMatch(/no_show kukaan ei tullut/)
    expect(html).toContain('&quot;christmas&quot;')
    expect(wordsIn(await text(kerttu, `${at}/parts/definitions`))).toMatch(/small Väkeä enintään 30/)
    expect(wordsIn(await text(kerttu, `${at}/parts/supervision`))).toMatch(/guarded_event Tilaisuudessa on vähintään 100 ihmistä.*Lue tilan turvallisuusohje/)
    expect(linksTo(await text(kerttu, `${at}/parts/tariff`), 'Muuta hintoja lomakkeella')).toEqual([`${at}/parts/prices`])
  })

  test('a charge rule’s page has conditions to start from, with what each says', async () => {
    const { kerttu } = await atDesk()
    const html = await text(kerttu, `${at}/rules/big_event`)
    expect(wordsIn(html)).toMatch(/Esimerkkejä ehdoista Aina \{"all":\[\]\} Väkeä vähintään 200 \{"fact":"people","atLeast":200\}/)
  })
})
