import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { rules as command } from '../../src/cli/rules.ts'
import { mayRule } from '../../src/people/roles.ts'
import { staffRoles } from '../../src/people/table.ts'
import { editionRows } from '../../src/rulebook/edition-store.ts'
import { formIn, linksTo, send, wordsIn, type Agent } from '../bookings/form-reader.ts'
import { world, type World } from '../support/world.ts'
import { adopted, body, changed, contentOf, decision, deeds, drafted, ownWords, revisionOf, tick } from './editions.ts'
import { example, exampleJson } from './example.ts'

const id = 'saannot-2027'
const at = `/desk/rules/${id}`
const text = async (agent: Agent, path: string): Promise<string> => (await agent.get(path).expect(200)).text
const words = async (agent: Agent, path: string): Promise<string> => wordsIn(await text(agent, path))
const bodyFields = { bodyFi: body.fi, bodySv: body.sv, bodyEn: body.en, bodyPlain: body.plain }
const faultsIn = (html: string): string[] => [...html.matchAll(/<th scope="row">(?:<code>)?([^<]*)(?:<\/code>)?<\/th><td>/g)].map(([, path = '']) => path.replaceAll('\u00a0', ' '))
const fieldsWithFaults = (html: string): string[] => [...html.matchAll(/<li><a href="#([\w.-]+)">/g)].map(([, field = '']) => field)

/** Kerttu at the desk with her draft. */
async function atDesk() {
  const the = await world()
  await drafted(the)
  return { the, kerttu: await the.client('kerttu') }
}
/** Opens a page of the draft and sends its form with these changes. */
async function fill({ the, kerttu }: { the: World; kerttu: Agent }, path: string, own: Record<string, string>) {
  tick(the)
  return send(kerttu, await text(kerttu, path), path, own)
}

describe('who keeps the rules', () => {
  const role = (role: 'caretaker' | 'manager' | 'coordinator' | 'admin', scopeKind: 'unit' | 'area' | 'city') => [{ role, scopeKind, scopeId: '' }]
  test('is a coordinator or an admin of the whole city', () => {
    expect([[], role('manager', 'area'), role('coordinator', 'area'), role('coordinator', 'city'), role('admin', 'city')].map(mayRule)).toEqual([false, false, false, true, true])
  })

  test('others are led to sign in or told no, and nothing changes', async () => {
    const { the } = await atDesk()
    await the.ctx.db.transaction((db) => db.insert(staffRoles).values({ id: 'r9', personId: 'mona', role: 'coordinator', scopeKind: 'area', scopeId: 'kallio' }).returning())
    const before = await editionRows(the.ctx.db)
    const pages = ['/desk/rules', '/desk/rules/new', '/desk/rules/comparison', at, `${at}/file`, `${at}/check`, `${at}/adoption`, `${at}/parts/limits`, `${at}/rules`, `${at}/rules/youth`]
    const posts = ['/desk/rules/copy', '/desk/rules/file', `${at}/deletion`, `${at}/adoption`, `${at}/parts/limits`, `${at}/rules`, `${at}/rules/youth`, `${at}/rules/youth/place`, `${at}/rules/youth/deletion`]
    for (const [name, status] of [[undefined, 303], ['olli', 403], ['kalle', 403], ['mona', 403]] as const) {
      const agent = await the.client(name)
      for (const path of pages) expect([name, path, (await agent.get(path)).status]).toEqual([name, path, status])
      for (const path of posts) expect([name, path, (await agent.post(path).type('form').send({ revision: '0' })).status]).toEqual([name, path, status])
    }
    expect(await editionRows(the.ctx.db)).toEqual(before)
    expect(linksTo((await (await the.client('kalle')).get('/desk')).text, 'Sääntökirja')).toEqual([])
    expect(linksTo((await (await the.client('kerttu')).get('/desk')).text, 'Sääntökirja')).toEqual(['/desk/rules'])
  })
})

describe('the list', () => {
  test('tells what is in force, coming, drafted and past', async () => {
    const { the, kerttu } = await atDesk()
    await drafted(the, 'first')
    await adopted(the, 'first', { validFrom: '2026-11-23' })
    await drafted(the, 'later')
    await adopted(the, 'later')
    const said = await words(kerttu, '/desk/rules')
    expect(said).toMatch(/Voimassa nyt .* first .*kunnes 1\.1\.2027 alkaa uusi.*HEL 2026-001234.*Tulossa .* later 1\.1\.2027 alkaen.*Luonnokset .* saannot-2027 Suunniteltu alku .*Aiemmat .*Esimerkki/)
    for (const prefix of ['', '/sv', '/en']) {
      for (const path of ['/desk/rules', '/desk/rules/new', `/desk/rules/comparison?a=first&b=${id}`, at, '/desk/rules/first', `${at}/check`, `${at}/adoption`, `${at}/rules`, `${at}/rules/youth`,
        ...['general', 'prices', 'limits', 'terms', 'conduct', 'review'].map((part) => `${at}/parts/${part}`)]) expect(await text(kerttu, prefix + path)).toContain(`<html lang="${prefix.slice(1) || 'fi'}">`)
    }
    for (const path of ['/desk/rules/none', '/desk/rules/none/check', '/desk/rules/comparison?a=none&b=first', '/desk/rules/first/parts/limits', '/desk/rules/first/adoption', '/desk/rules/first/rules/youth', `${at}/parts/none`, `${at}/parts/toString`, `${at}/rules/none`]) await kerttu.get(path).expect(404)
  })
})

describe('a new draft', () => {
  test('is copied', async () => {
    const the = await world()
    const kerttu = await the.client('kerttu')
    tick(the)
    const page = await text(kerttu, `/desk/rules/new?from=${example.id}`)
    const done = await send(kerttu, page, '/desk/rules/copy', { id: 'kopio-1' }).expect(303)
    expect(done.headers['location']).toBe('/desk/rules/kopio-1')
    expect(await words(kerttu, '/desk/rules/kopio-1')).toMatch(/Luonnos on tehty\..*Luonnos kopio-1.*Luonnos tehtiin \(example-\d\) · Kerttu Mallikas/)
    for (const [wrong, key] of [['kopio-1', 'id'], ['Kopio', 'id'], ['', 'id'], ['new', 'id']] as const) {
      const refused = await send(kerttu, page, '/desk/rules/copy', { id: wrong }).expect(422)
      expect(fieldsWithFaults(refused.text)).toEqual([key])
    }
    expect((await kerttu.post('/desk/rules/copy').type('form').send({ from: 'none', id: 'x' })).status).toBe(422)
  })

  test('is pasted; a wrong file is refused with the path of each fault, and what was pasted is kept', async () => {
    const the = await world()
    const kerttu = await the.client('kerttu')
    tick(the)
    const page = await text(kerttu, '/desk/rules/new')
    const file = JSON.stringify({ ...exampleJson(), id: 'tuotu' })
    expect(encodeURIComponent(file).length).toBeGreaterThan(65_536)
    await send(kerttu, page, '/desk/rules/file', { file }).expect(303)
    expect(await contentOf(the, 'tuotu')).toEqual({ ...example, id: 'tuotu', status: 'draft' })

    const wrong = JSON.stringify({ ...exampleJson(), id: 'huono', validFrom: '1.1.2027', limits: { ...example.limits, holdMinutes: 0 } })
    const refused = await send(kerttu, page, '/desk/rules/file', { file: wrong }).expect(422)
    expect(faultsIn(refused.text)).toEqual(['validFrom', 'limits.holdMinutes'])
    expect(wordsIn(refused.text)).toContain('2 kohtaa kaipaa korjausta Palvelu ei voi lukea tiedostoa. Siinä on 2 vikaa, katso alta.')
    expect(formIn(refused.text, '/desk/rules/file')['file']).toBe(wrong)
    const one = JSON.stringify({ ...exampleJson(), id: 'huono', validFrom: '1.1.2027' })
    expect(wordsIn((await send(kerttu, page, '/desk/rules/file', { file: one }).expect(422)).text)).toContain('Yksi kohta kaipaa korjausta Palvelu ei voi lukea tiedostoa. Siinä on yksi vika, katso alta.')
    expect(formIn(refused.text, '/desk/rules/copy')['id']).toBe('')

    const deep = '['.repeat(100_000)
    for (const [text, own] of [['', {}], ['{', {}], [deep + ']'.repeat(100_000), {}], ['"\\ud800"', {}], ['{"a":"\\u0000"}', {}], ['[]', {}], ['7', {}], [file, {}], [file, { id: 'Iso' }], [`${file.slice(0, -1)},"__proto__":{"id":"x"}}`, { id: 'proto' }]] as const) {
      const { status } = await send(kerttu, page, '/desk/rules/file', { file: text, ...own })
      expect([text.slice(0, 20), status]).toEqual([text.slice(0, 20), 422])
    }
    expect((await kerttu.post('/desk/associations').type('form').send(`q=${'x'.repeat(100_000)}`)).status).toBe(413)
    expect((await editionRows(the.ctx.db)).map((row) => row.id).sort()).toEqual([example.id, 'tuotu'])
  })

  test.each([
    ['', 'Palvelu ei voi lukea näitä kohtia', { validFrom: 'Kirjoita päivä näin: 2027-01-31.', 'limits.holdMinutes': 'Luvun pitää olla vähintään 1.', 'limits.youthUnder': 'Tässä pitää olla luku.', 'chargeRules.0.charge': 'Tässä pitää olla jokin näistä: free, paid, needs_person, not_allowed.', 'duties.0.id': 'Käytä pieniä kirjaimia (a–z), numeroita ja alaviivoja. Aloita kirjaimella.', 'duties.0.text.sv': 'Tämä ei saa olla tyhjä.', name: 'Tämä kohta puuttuu.', 'Koko teksti': 'Tähän eivät kuulu: colour.' }],
    ['/sv', 'Tjänsten kan inte läsa de här ställena', { validFrom: 'Skriv datumet så här: 2027-01-31.', 'limits.youthUnder': 'Här ska det finnas ett tal.', name: 'Det här saknas.', 'Hela texten': 'Det här hör inte hit: colour.' }],
    ['/en', 'The service cannot read these places', { validFrom: 'Write the date like this: 2027-01-31.', 'limits.youthUnder': 'This must be a number.', name: 'This is missing.', 'The whole text': 'These do not belong here: colour.' }],
  ] as const)('tells each fault of a file in the reader’s language (%s)', async (prefix, title, faults) => {
    const the = await world()
    const kerttu = await the.client('kerttu')
    const { name: _, ...file } = exampleJson()
    const [rule, ...rules] = file.chargeRules
    const [duty, ...duties] = file.duties
    const wrong = {
      ...file, colour: 'red', validFrom: '1.1.2027', limits: { ...file.limits, holdMinutes: 0, youthUnder: '20' },
      chargeRules: [{ ...rule, charge: 'gratis' }, ...rules], duties: [{ ...duty, id: 'Two Words', text: { ...duty!.text, sv: ' ' } }, ...duties],
    }
    const path = `${prefix}/desk/rules/file`
    const refused = await send(kerttu, await text(kerttu, `${prefix}/desk/rules/new`), path, { file: JSON.stringify(wrong), id: 'vika' }).expect(422)
    const told = Object.fromEntries([...refused.text.matchAll(/<tr><th scope="row">(.*?)<\/th><td>(.*?)<\/td>/g)].map(([, place = '', said = '']) => [wordsIn(place).trim(), wordsIn(said)]))
    expect(wordsIn(refused.text)).toContain(title)
    expect(told).toMatchObject(faults)
  })

  test('tells what reading alone finds in the reader’s language, on the command line in English', async () => {
    const the = await world()
    const kerttu = await the.client('kerttu')
    const file = exampleJson()
    file.priceList.prices[0]!.validTo = '2026-12-31'
    file.extras[0]!.id = 'youth'
    const said = async (prefix: string) => wordsIn((await send(kerttu, await text(kerttu, `${prefix}/desk/rules/new`), `${prefix}/desk/rules/file`, { file: JSON.stringify(file), id: 'vika' }).expect(422)).text)
    expect(await said('')).toMatch(/rules Tunnus youth on kahdesti\. priceList\.prices \(small, basic\) Jätä viimeisen rivin loppu auki\. Nyt se päättyy 31\.12\.2026/)
    expect(await said('/sv')).toContain('Beteckningen youth finns två gånger.')
  })

  test.each([
    ['', 'Siinä saa olla enintään 1 000 000 merkkiä', 'Palvelu ottaa kerralla vastaan enintään 4 096 kilotavua. Emme tallentaneet mitään.'],
    ['/sv', 'Den får ha högst 1 000 000 tecken', 'Tjänsten tar emot högst 4 096 kilobyte på en gång. Vi sparade inget.'],
    ['/en', 'It may have at most 1,000,000 characters', 'The service takes at most 4,096 kilobytes at once. We did not save anything.'],
  ])('too long is refused with the limit, and what was pasted is kept as far as it can be read at all (%s)', async (prefix, long, longer) => {
    const kerttu = await (await world()).client('kerttu')
    const path = `${prefix}/desk/rules/file`
    const file = JSON.stringify({ text: '"'.repeat(500_001) })
    const refused = await kerttu.post(path).type('form').send({ file, id: 'iso' }).expect(422)
    expect(wordsIn(refused.text).replace(/\u00a0/g, ' ')).toContain(long)
    expect(formIn(refused.text, path)).toMatchObject({ file, id: 'iso' })
    const refusedAtAll = await kerttu.post(path).type('form').send(`file=${'x'.repeat(4_200_000)}`).expect(413)
    expect(wordsIn(refusedAtAll.text).replace(/\u00a0/g, ' ')).toContain(longer)
    // A long file's quotation marks come as three characters each.
    const real = JSON.stringify({ ...exampleJson(), terms: { ...example.terms, text: { ...example.terms.text, en: '"'.repeat(450_000) } } })
    expect([real.length < 1_000_000, encodeURIComponent(real).length > 1_048_576]).toEqual([true, true])
    await kerttu.post(path).type('form').send({ file: real, id: 'pitka' }).expect(303)
  })

  test('a file that was downloaded and brought back is the same edition', async () => {
    const { the, kerttu } = await atDesk()
    const load = async (of: string) => kerttu.get(`/desk/rules/${of}/file`).expect(200)
    const shipped = await load(example.id)
    expect([shipped.headers['content-disposition'], shipped.headers['content-type']]).toEqual([`attachment; filename=${example.id}.json`, 'application/json; charset=utf-8'])
    expect(shipped.body).toEqual(exampleJson())
    const before = await load(id)
    await kerttu.post(`${at}/deletion`).type('form').send({ revision: '0' }).expect(303)
    await kerttu.get(`${at}/file`).expect(404)
    tick(the)
    await kerttu.post('/desk/rules/file').type('form').send({ file: before.text }).expect(303)
    expect((await load(id)).text).toBe(before.text)
    const { summary: _, ...withoutNews } = example
    expect(await contentOf(the, id)).toEqual({ ...withoutNews, ...ownWords(id), id, status: 'draft' })
  })
})

describe('a part', () => {
  const parts: [part: string, own: Record<string, string>, saved: object][] = [
    ['general', { nameFi: 'Säännöt 2027', summaryFi: 'Uutta.', summarySv: 'Nytt.', summaryEn: 'New.', summaryPlain: 'Uutta on.', validFrom: '2027-01-01', pricedOn: 'request' },
      { name: { ...ownWords(id).name, fi: 'Säännöt 2027' }, summary: { fi: 'Uutta.', sv: 'Nytt.', en: 'New.', plain: 'Uutta on.' }, validFrom: '2027-01-01', pricedOn: 'request' }],
    ['limits', { holdMinutes: '25', decisionDaysAtMost: '' }, { limits: (({ decisionDaysAtMost: _, ...limits }) => ({ ...limits, holdMinutes: 25 }))(example.limits) }],
    ['terms', { version: 'b', textEn: ' One.\r\nTwo. ' }, { terms: { version: 'b', text: { ...example.terms.text, en: 'One.\nTwo.' } } }],
    ['extras', { json: '[]' }, { extras: [] }],
    ['procedure', { responsibleFi: 'Tilapäällikkö Mallikas' }, { procedure: { ...ownWords(id).procedure!, responsible: { ...ownWords(id).procedure!.responsible, fi: 'Tilapäällikkö Mallikas' } } }],
    ['review', { bodySv: 'Nämnden', contactFi: 'Kirjaamo\r\nPL 1', days: '21' }, { review: { body: { ...ownWords(id).review!.body, sv: 'Nämnden' }, contact: { ...ownWords(id).review!.contact, fi: 'Kirjaamo\nPL 1' }, days: 21 } }],
    ['review', Object.fromEntries([...['Fi', 'Sv', 'En', 'Plain'].flatMap((tongue) => [`body${tongue}`, `contact${tongue}`]), 'days'].map((field) => [field, ''])), { review: undefined }],
  ]
  test.each(parts)('%s is saved by its form', async (part, own, saved) => {
    const desk = await atDesk()
    const before = await contentOf(desk.the, id)
    const done = await fill(desk, `${at}/parts/${part}`, own)
    expect([done.status, done.headers['location']]).toEqual([303, at])
    expect(await contentOf(desk.the, id)).toEqual(JSON.parse(JSON.stringify({ ...before, ...saved })))
    expect((await deeds(desk.the, id)).at(-1)).toEqual(['edition.changed', 'kerttu', { part }])
    expect(await words(desk.kerttu, at)).toMatch(/Muutettiin: .* · Kerttu Mallikas/)
  })

  test.each(['general', 'prices', 'limits', 'terms', 'definitions', 'approval', 'supervision', 'duties', 'tariff', 'extras', 'exceptions', 'quotas', 'groups', 'conduct', 'procedure', 'review'])('%s opened and saved changes nothing', async (part) => {
    const desk = await atDesk()
    const before = await contentOf(desk.the, id)
    await (await fill(desk, `${at}/parts/${part}`, {}))
    expect([await contentOf(desk.the, id), await revisionOf(desk.the, id)]).toEqual([before, 0])
  })

  test.each<[string, Record<string, string>, string[], string[]]>([
    ['general', { nameSv: ' ' }, ['nameSv'], []], ['general', { summaryFi: 'Vain', summarySv: '', summaryEn: '', summaryPlain: '' }, ['summarySv', 'summaryEn', 'summaryPlain'], []], ['general', { validFrom: '2027-02-30' }, ['validFrom'], []],
    ['general', { validFrom: '2020-01-01' }, [], ['Liikuntasali alle 300 m², luokkahuone, kokoushuone, ryhmätila, nuorisosali; Tilan vuokra, perushinta']],
    ['limits', { holdMinutes: '1,5' }, ['holdMinutes'], []], ['limits', { youthUnder: '0' }, [], ['Nuoren ikäraja (alle), vuotta']], ['terms', { textEn: '' }, ['textEn'], []],
    ['extras', { json: '[' }, ['json'], []], ['extras', { json: '[{}]' }, [], ['extras.0.id', 'extras.0.when', 'extras.0.vat', 'extras.0.text']], ['conduct', { json: '{"limits":{}}' }, ['json'], []], ['conduct', { json: '{"quotas":[]}' }, ['json'], []],
    ['definitions', { json: '' }, ['json'], []], ['duties', { json: 'null' }, [], ['duties']],
    ['prices', { newFrom: 'soon' }, ['newFrom'], []],
    ['procedure', { responsibleEn: ' ' }, ['responsibleEn'], []], ['review', { bodySv: '', days: '' }, ['bodySv', 'days'], []], ['review', { days: 'pari' }, ['days'], []], ['review', { days: '0' }, [], ['Oikaisuvaatimus: Päiviä']],
  ])('%s with %j is refused, the field or the path named, and what was typed is kept', async (part, own, fields, paths) => {
    const desk = await atDesk()
    const before = await contentOf(desk.the, id)
    const refused = await fill(desk, `${at}/parts/${part}`, own)
    expect([refused.status, fieldsWithFaults(refused.text)]).toEqual([422, fields])
    for (const path of paths) expect(faultsIn(refused.text).some((one) => one.startsWith(path)), path).toBe(true)
    for (const [name, value] of Object.entries(own)) expect(String(formIn(refused.text, `${at}/parts/${part}`)[name]).trim()).toBe(value.trim())
    expect(await contentOf(desk.the, id)).toEqual(before)
  })

  test('prices are euros with a comma; new ones begin on a day and the old ones end before it', async () => {
    const desk = await atDesk()
    const path = `${at}/parts/prices`
    const page = await text(desk.kerttu, path)
    const [first] = example.priceList.prices
    const key = Object.keys(formIn(page, path)).find((name) => name.startsWith('cents-'))!
    expect(formIn(page, path)[key]).toBe(String(first!.centsPerHour / 100).replace('.', ','))
    expect(fieldsWithFaults((await fill(desk, path, { [key]: 'ilmainen' })).text)).toEqual([key])
    await fill(desk, path, { [key]: '12,50', newFrom: '2027-01-01' })
    const { prices } = (await contentOf(desk.the, id)).priceList
    expect(prices).toHaveLength(2 * example.priceList.prices.length)
    expect(prices.slice(0, 2)).toEqual([{ ...first, centsPerHour: 1250, validTo: '2026-12-31' }, { ...first, centsPerHour: 1250, validFrom: '2027-01-01' }])
    const next = Object.keys(formIn(await text(desk.kerttu, path), path)).filter((name) => name.startsWith('cents-'))[1]!
    await fill(desk, path, { [next]: '13' })
    expect((await contentOf(desk.the, id)).priceList.prices[1]).toMatchObject({ centsPerHour: 1300, validFrom: '2027-01-01' })
  })

  test('prices that leave days without one are refused with the row as the table names it', async () => {
    const desk = await atDesk()
    const path = `${at}/parts/prices`
    const last = Object.keys(formIn(await text(desk.kerttu, path), path)).find((name) => name.startsWith('to-'))!
    const refused = await fill(desk, path, { [last]: '2027-06-30' })
    const [row] = /<th scope="row">Liikuntasali alle 300[^]*?<\/table>/.exec(refused.text) ?? []
    expect([refused.status, wordsIn(row ?? '')]).toEqual([422, expect.stringMatching(/^ ?Liikuntasali alle 300 m², luokkahuone, kokoushuone, ryhmätila, nuorisosali; Tilan vuokra, perushinta Jätä viimeisen rivin loppu auki\. Nyt se päättyy 30\.6\.2027/)])
    expect(wordsIn(refused.text)).toContain('Emme tallentaneet tätä, koska kaikki kohdat eivät sovi yhteen.')
    expect(wordsIn(refused.text)).not.toMatch(/tiedosto|priceList|small|ei voi lukea/)
  })

  test.each([
    ['', 'Hinnat ovat tunnilta ja sisältävät arvonlisäveron (25,5 %).', 'Liikuntasali alle 300 m², luokkahuone, kokoushuone, ryhmätila, nuorisosali', 'sisältää arvonlisäveron (25,5 %)'],
    ['/sv', 'Priserna är per timme och inkluderar moms (25,5 %).', 'Gymnastiksal under 300 m², klassrum, mötesrum, grupprum, ungdomssal', 'inkluderar moms (25,5 %)'],
    ['/en', 'Prices are per hour and include VAT (25.5%).', 'Gym hall under 300 m², classroom, meeting room, group room, youth hall', 'includes VAT (25.5%)'],
  ])('prices are told in words, and with the tax as the calculator tells it (%s)', async (prefix, tax, spaces, calculated) => {
    const { kerttu } = await atDesk()
    const html = (await text(kerttu, `${prefix}${at}/parts/prices`)).replace(/\u00a0/g, ' ')
    const said = wordsIn(html)
    expect(said).toContain(tax)
    expect(html).toContain(`<th scope="row">${spaces}</th>`)
    expect(html).not.toMatch(/<th scope="row">(small|medium|large)</)
    expect(wordsIn(await text(kerttu, `${prefix}/rules?applicant=company&purpose=commercial&people=9`)).replace(/\u00a0/g, ' ')).toContain(calculated)
  })

  test('that somebody else saved meanwhile tells both, loses nothing, and can be saved over', async () => {
    const desk = await atDesk()
    const path = `${at}/parts/limits`
    const stale = await text(desk.kerttu, path)
    await changed(desk.the, id, (edition) => ({ limits: { ...edition.limits, holdMinutes: 40 } }))
    tick(desk.the)
    const refused = await send(desk.kerttu, stale, path, { holdMinutes: '25' }).expect(409)
    expect(wordsIn(refused.text)).toMatch(/Joku muu on muuttanut luonnosta sillä välin\. Viimeksi muutti Kerttu Mallikas.*Nyt tallennettu Sinun Pidämme ajan varaajalle, minuuttia 40 25/)
    expect((await contentOf(desk.the, id)).limits.holdMinutes).toBe(40)
    expect(formIn(refused.text, path)).toMatchObject({ holdMinutes: '25', revision: '1' })
    await send(desk.kerttu, refused.text, path).expect(303)
    expect((await contentOf(desk.the, id)).limits.holdMinutes).toBe(25)
  })

  test('of an edition adopted meanwhile is not written, and what was typed is still there', async () => {
    const desk = await atDesk()
    const path = `${at}/parts/limits`
    const stale = await text(desk.kerttu, path)
    await adopted(desk.the, id)
    const before = await contentOf(desk.the, id)
    const refused = await send(desk.kerttu, stale, path, { holdMinutes: '25' }).expect(409)
    expect(wordsIn(refused.text)).toContain('Tämä versio on jo hyväksytty.')
    expect(formIn(refused.text, path)['holdMinutes']).toBe('25')
    for (const post of [`${at}/deletion`, `${at}/rules/youth/deletion`, `${at}/rules/youth/place`]) expect((await desk.kerttu.post(post).type('form').send({ revision: '1', way: 'up' })).status).toBe(409)
    expect((await desk.kerttu.post(`${at}/adoption`).type('form').send({ revision: '1', number: 'HEL 1', date: '2026-11-20', validFrom: '2027-05-01', ...bodyFields })).status).toBe(409)
    expect(await contentOf(desk.the, id)).toEqual(before)
  })
})

describe('a charge rule', () => {
  const order = async (the: World) => (await contentOf(the, id)).chargeRules.map((rule) => rule.id)
  test('opened and saved changes nothing; rewritten, it says so', async () => {
    const desk = await atDesk()
    for (const { id: rule } of example.chargeRules) await (await fill(desk, `${at}/rules/${rule}`, {}))
    expect(await revisionOf(desk.the, id)).toBe(0)
    await fill(desk, `${at}/rules/big_event`, { when: '{ "fact": "people", "atLeast": 300 }', textFi: 'Liikaa väkeä.' })
    const rule = (await contentOf(desk.the, id)).chargeRules.find((one) => one.id === 'big_event')!
    const before = example.chargeRules.find((one) => one.id === 'big_event')!
    expect(rule).toEqual({ ...before, when: { fact: 'people', atLeast: 300 }, text: { ...before.text, fi: 'Liikaa väkeä.' } })
    expect((await deeds(desk.the, id)).at(-1)).toEqual(['edition.changed', 'kerttu', { part: 'rules', rule: 'big_event' }])
    expect(await words(desk.kerttu, `${at}/rules/big_event`)).toContain('Nyt tallennettu ehto sanoina: väkeä vähintään 300')
  })

  test('is added before the last, moved, and removed', async () => {
    const desk = await atDesk()
    const ids = example.chargeRules.map((rule) => rule.id)
    const new_ = { id: 'neighbours', charge: 'paid', priceClass: 'basic', when: '{ "fact": "people", "below": 3 }', textFi: 'a', textSv: 'b', textEn: 'c', textPlain: 'd' }
    await fill(desk, `${at}/rules`, new_)
    expect(await order(desk.the)).toEqual([...ids.slice(0, -1), 'neighbours', ids.at(-1)])
    tick(desk.the)
    const before = ids.at(-2)!
    const list = await text(desk.kerttu, at)
    expect(list).not.toContain(`action="${at}/rules/${ids.at(-1)}/place"`)
    await desk.kerttu.post(`${at}/rules/neighbours/place`).type('form').send({ revision: '1', way: 'up' }).expect(303)
    expect((await order(desk.the)).slice(-3)).toEqual(['neighbours', before, ids.at(-1)])
    await desk.kerttu.post(`${at}/rules/neighbours/deletion`).type('form').send({ revision: '1' }).expect(409)
    await desk.kerttu.post(`${at}/rules/neighbours/deletion`).type('form').send({ revision: '2' }).expect(303)
    expect(await order(desk.the)).toEqual(ids)
    // The last one holds always, so that it neither goes nor moves.
    await desk.kerttu.post(`${at}/rules/${ids.at(-1)}/deletion`).type('form').send({ revision: '3' }).expect(422)
    expect(await words(desk.kerttu, at)).toMatch(/Maksusäännöt, neighbours, siirretty/)
  })

  test.each<[Record<string, string>, string[], string[]]>([
    [{ when: 'people > 3' }, ['when'], []], [{ when: '{ "fact": "people" }' }, [], ['chargeRules.']], [{ when: '{ "defined": "nothing" }' }, [], ['chargeRules.']],
    [{ charge: 'gratis' }, ['charge'], []], [{ charge: 'paid', priceClass: '' }, ['priceClass'], []], [{ charge: 'paid', priceClass: 'none' }, [], ['chargeRules.']],
    [{ id: 'Big Event' }, ['id'], []], [{ id: 'youth' }, [], ['rules']], [{ textEn: '' }, ['textEn'], []], [{ contactFi: 'Kysy.', contactSv: '', contactEn: '', contactPlain: '' }, ['contactSv', 'contactEn', 'contactPlain'], []],
  ])('with %j is refused', async (own, fields, paths) => {
    const desk = await atDesk()
    const refused = await fill(desk, `${at}/rules/commercial`, own)
    expect([refused.status, fieldsWithFaults(refused.text)]).toEqual([422, fields])
    for (const path of paths) expect(faultsIn(refused.text)[0]).toContain(path)
    expect(formIn(refused.text, `${at}/rules/commercial`)).toMatchObject(own['charge'] === 'gratis' || own['priceClass'] === 'none' ? {} : own)
    expect(await revisionOf(desk.the, id)).toBe(0)
  })
})

describe('comparing', () => {
  test('tells in words what a draft changes', async () => {
    const desk = await atDesk()
    await fill(desk, `${at}/rules/big_event`, { when: '{ "fact": "people", "atLeast": 300 }' })
    await changed(desk.the, id, (edition) => ({ priceList: { ...edition.priceList, prices: edition.priceList.prices.map((row, i) => (i ? row : { ...row, centsPerHour: 1050 })) }, terms: { ...edition.terms, text: { ...edition.terms.text, en: `${edition.terms.text.en}\nBe kind.` } } }))
    const path = `/desk/rules/comparison?a=${example.id}&b=${id}`
    const said = await words(desk.kerttu, path)
    expect(said).toMatch(/Muuttuu .*Ehto väkeä vähintään 200 väkeä vähintään 300/)
    expect(said).toMatch(/Hinta tunnilta \d+ € 10,50 €/)
    expect(said).toContain('Uusi rivi: Be kind.')
    expect(said).toContain('Liikuntasali alle 300 m², luokkahuone, kokoushuone, ryhmätila, nuorisosali; Tilan vuokra, perushinta')
    const [link] = linksTo(await text(desk.kerttu, '/desk/rules'), 'Vertaa versioita')
    expect(link).toBe('/desk/rules/comparison')
    expect(await words(desk.kerttu, `/desk/rules/comparison?a=${id}&b=${id}`)).toContain('Säännöissä ei ole eroja.')
  })
})

describe('checking and adopting', () => {
  test('the example is without gaps', async () => {
    const { kerttu } = await atDesk()
    expect(await words(kerttu, `${at}/check`)).toContain('Säännöissä ei ole korjattavaa')
  })

  test('a gap is told with an example in words, and stands in the way', async () => {
    const { the, kerttu } = await atDesk()
    await changed(the, id, (edition) => ({ chargeRules: [{ ...edition.chargeRules.at(-1)!, id: 'everybody' }, ...edition.chargeRules] }))
    expect(await words(kerttu, `${at}/check`)).toMatch(/kaipaa korjausta.*Tarkistus löysi nämä: \d+ turhaa sääntöä\..*Turha sääntö Sääntö big_event ei koskaan ratkaise mitään\. Nämä ratkaisevat aina ennen sitä: everybody\..*Varaaja rekisteröity yhdistys/i)
    const refused = await send(kerttu, await text(kerttu, `${at}/adoption`), `${at}/adoption`, { number: 'HEL 2026-001234', date: '2026-11-20', validFrom: '2027-01-01', ...bodyFields }).expect(409)
    expect(wordsIn(refused.text)).toMatch(/tarkistus löysi säännöistä korjattavaa\..*Turha sääntö .*everybody.*Varaaja rekisteröity yhdistys/i)
    expect(formIn(refused.text, `${at}/adoption`)).toMatchObject({ number: 'HEL 2026-001234', bodySv: body.sv })
  })

  test('with its decision it is adopted, and everybody reads what was decided', async () => {
    const { the, kerttu } = await atDesk()
    await drafted(the, 'first')
    await adopted(the, 'first', { validFrom: '2026-11-23' })
    tick(the)
    const page = await text(kerttu, `${at}/adoption`)
    expect(wordsIn(page)).toContain('Aikaisintaan 24.11.2026')
    const right = { number: 'HEL 2026-001234', date: '2026-11-20', validFrom: '2026-12-01', ...bodyFields }
    for (const [field, value] of [['number', ''], ['number', 'x'.repeat(61)], ['number', 'HEL\u202E1'], ['date', '2026-11-24'], ['date', ''], ['validFrom', '2026-11-23'], ['validFrom', 'x'], ['bodyEn', ' ']] as const) {
      const refused = await send(kerttu, page, `${at}/adoption`, { ...right, [field]: value }).expect(422)
      expect(fieldsWithFaults(refused.text)).toEqual([field])
      if (field === 'number') expect(wordsIn(refused.text)).toContain(value === '' ? 'Kirjoita päätöksen numero.' : value.startsWith('HEL') ? 'Tarkista' : 'Teksti on liian pitkä.')
    }
    expect((await contentOf(the, id)).status).toBe('draft')
    await send(kerttu, page, `${at}/adoption`, { ...right, number: 'Kaupunginhallituksen päätös 12 §' }).expect(303)
    expect((await contentOf(the, id)).decision).toEqual({ ...decision, number: 'Kaupunginhallituksen päätös 12 §' })
    expect(await words(kerttu, at)).toMatch(/Versio on hyväksytty\..*Tulossa saannot-2027.*1\.12\.2026 alkaen.*Hyväksyttiin päätöksellä Kaupunginhallituksen päätös 12 §/)
    expect(await text(kerttu, at)).not.toContain('/parts/')
  })
})

describe('before adopting', () => {
  const field = (html: string, name: string): unknown => formIn(html, `${at}/adoption`)[name]
  test('the page fills in nothing, counts what changes, and tells what the check found', async () => {
    const { the, kerttu } = await atDesk()
    const empty = await text(kerttu, `${at}/adoption`)
    for (const name of ['number', 'date', 'validFrom', 'bodyFi', 'bodySv', 'bodyEn', 'bodyPlain']) expect([name, field(empty, name)]).toEqual([name, ''])
    await changed(the, id, (edition) => ({ validFrom: '2027-08-01', limits: { ...edition.limits, holdMinutes: 20 }, chargeRules: edition.chargeRules.map((rule) => (rule.id === 'big_event' ? { ...rule, when: { fact: 'people', atLeast: 300 } } : rule)) }))
    const html = await text(kerttu, `${at}/adoption`)
    expect(wordsIn(html)).toMatch(/Luonnokseen on merkitty 1\.8\.2027.*Tämä muuttuu verrattuna versioon, joka on nyt voimassa \(Esimerkkisääntökirja\): Yleistä: \d+ muutosta/)
    expect(wordsIn(html)).toMatch(/Maksusäännöt: 1 muutos Rajat: 1 muutos Muut kohdat: \d+ muutosta Katso koko vertailu Kävimme läpi [\d\s]+ tapausta\./)
    expect(linksTo(html, 'Katso koko vertailu')).toEqual([`/desk/rules/comparison?a=${example.id}&b=${id}`])
    expect(html.indexOf('Katso koko vertailu')).toBeLessThan(html.indexOf('Hyväksy versio'))
    await changed(the, id, (edition) => ({ chargeRules: [{ ...edition.chargeRules.at(-1)!, id: 'everybody' }, ...edition.chargeRules] }))
    expect(wordsIn(await text(kerttu, `${at}/adoption`))).toMatch(/\d+ kohtaa kaipaa korjausta Tarkista säännöt/)
  })

  test('all that is in the way is told at once, and before anything is filled in', async () => {
    const { the, kerttu } = await atDesk()
    await drafted(the, 'kopio', {})
    await changed(the, 'kopio', ({ terms, limits }) => ({ terms: { ...terms, text: { ...terms.text, fi: 'Toinen teksti.' } }, limits: { ...limits, decisionDaysAtMost: 1 } }))
    const path = '/desk/rules/kopio/adoption'
    const right = { number: 'HEL 2026-001234', date: '2026-11-20', validFrom: '2027-01-01', ...bodyFields }
    const all = /Tätä versiota ei voi vielä hyväksyä Kaikki kohdat eivät sovi yhteen\..*Samalla käyttöehtojen versiolla on jo hyväksytty toinen teksti\..*toisen version tekstiä\. Kirjoita nämä kohdat uudelleen\. Käyttöehdot : versio on nyt example-1\. Yleistä : nimi on sama.*Pisin aika päätökseen, päivää Aika on lyhyempi kuin luvatut 5 arkipäivää\./
    const page = await text(kerttu, path)
    expect(wordsIn(page)).toMatch(all)
    expect(linksTo(page, 'Käyttöehdot')).toEqual(['/desk/rules/kopio/parts/terms'])
    expect(await words(kerttu, `/sv${path}`)).toContain('namnet är samma som i versionen example-4.')
    expect(wordsIn((await send(kerttu, page, path, right).expect(409)).text)).toMatch(all)
    const early = await send(kerttu, page, path, { ...right, validFrom: '2026-11-22' }).expect(409)
    expect([fieldsWithFaults(early.text), wordsIn(early.text)]).toEqual([['validFrom'], expect.stringMatching(all)])
    expect(await words(kerttu, `${at}/adoption`)).not.toContain('ei voi vielä hyväksyä')
  })

  test('an edition with the example’s words is refused, and each place leads to where it is written', async () => {
    const { the, kerttu } = await atDesk()
    await drafted(the, 'kopio', {})
    const right = { number: 'HEL 2026-001234', date: '2026-11-20', validFrom: '2027-01-01', ...bodyFields }
    const path = '/desk/rules/kopio/adoption'
    const refused = await send(kerttu, await text(kerttu, path), path, right).expect(409)
    expect(wordsIn(refused.text)).toMatch(/Kirjoita nämä kohdat uudelleen\..*Yleistä : nimi on sama kuin versiossa example-4\..*Miten palvelu päättää : vastuussa oleva viranhaltija on sama.*Oikaisuvaatimus : oikaisuvaatimuksen ratkaisija on sama.*Oikaisuvaatimus : osoite, johon oikaisuvaatimus lähetetään on sama/)
    expect(formIn(refused.text, path)).toMatchObject(right)
    for (const part of ['general', 'procedure', 'review']) expect(refused.text).toContain(`href="/desk/rules/kopio/parts/${part}"`)
    // One word of one language is enough: nobody finds a board by an address that is still the example's.
    await changed(the, 'kopio', () => ({ ...ownWords('kopio'), review: { ...ownWords('kopio').review!, contact: { ...ownWords('kopio').review!.contact, sv: example.review!.contact.sv } } }))
    const again = await send(kerttu, await text(kerttu, path), path, right).expect(409)
    expect([...again.text.matchAll(/on sama kuin versiossa/g)]).toHaveLength(1)
    await changed(the, 'kopio', () => ownWords('kopio'))
    await send(kerttu, await text(kerttu, path), path, right).expect(303)
    // Nor may another edition bear its name.
    await changed(the, id, () => ({ name: ownWords('kopio').name }))
    expect(wordsIn((await send(kerttu, await text(kerttu, `${at}/adoption`), `${at}/adoption`, { ...right, validFrom: '2027-02-01' }).expect(409)).text)).toContain('nimi on sama kuin versiossa kopio.')
  })
})

describe('withdrawing a coming edition', () => {
  const reason = { fi: 'Valtuusto palautti asian.', sv: 'Fullmäktige återremitterade ärendet.', en: 'The council sent it back.', plain: 'Asia palasi takaisin.' }
  const right = { number: 'HEL 2026-009999', date: '2026-11-21', ...bodyFields, reasonFi: reason.fi, reasonSv: reason.sv, reasonEn: reason.en, reasonPlain: reason.plain }
  const path = `${at}/withdrawal`

  test('is a decision with a reason that everybody reads; it never comes into force', async () => {
    const { the, kerttu } = await atDesk()
    expect((await kerttu.get(path)).status).toBe(404)
    await adopted(the, id)
    const before = await contentOf(the, id)
    expect(linksTo(await text(kerttu, at), 'Peru tuleva versio')).toEqual([path])
    const page = await text(kerttu, path)
    expect(wordsIn(page)).toMatch(/tulisi voimaan 1\.1\.2027.*1\.1\.2027 alkaen voimassa on tämä versio: Esimerkkisääntökirja\. Tämä versio ei enää vaikuta uusien varausten hintaan\. Jo tehtyjen varausten hinnat eivät muutu\./)
    for (const [field, value] of [['number', ''], ['date', '2026-11-24'], ['bodySv', ' '], ['reasonEn', '']] as const) {
      const refused = await send(kerttu, page, path, { ...right, [field]: value }).expect(422)
      expect(fieldsWithFaults(refused.text)).toEqual([field])
      expect(wordsIn(refused.text).includes('Kirjoita päätöksen numero.')).toBe(field === 'number')
    }
    tick(the)
    await send(kerttu, page, path, right).expect(303)
    expect(await words(kerttu, at)).toMatch(/Versio on peruttu\..*Peruttu saannot-2027.*Ei tule voimaan: peruttu päätöksellä HEL 2026-009999, 21\.11\.2026.*Valtuusto palautti asian\..*Peruttiin päätöksellä HEL 2026-009999 · Kerttu Mallikas/)
    expect(await words(kerttu, '/desk/rules')).toMatch(/Tulossa Täällä ei ole nyt mitään .*Perutut .*saannot-2027 Ei tule voimaan: peruttu päätöksellä HEL 2026-009999/)
    expect((await deeds(the, id)).at(-1)).toEqual(['edition.withdrawn', 'kerttu', { number: 'HEL 2026-009999', date: '2026-11-21' }])
    expect(await contentOf(the, id)).toEqual(before)
    // Once is enough.
    expect((await kerttu.get(path)).status).toBe(404)
    expect(wordsIn((await kerttu.post(path).type('form').send(right).expect(409)).text)).toContain('Tämä versio on jo peruttu.')
    expect(await text(kerttu, at)).not.toContain('Peru tuleva versio')

    const anybody = await the.client()
    expect(await words(anybody, '/rules')).not.toContain('Säännöt muuttuvat')
    expect(await words(anybody, '/rules/editions')).toMatch(/Voimassa nyt Esimerkkisääntökirja \(example-4\) Voimassa 1\.1\.2020 alkaen\..*Perutut Säännöt saannot-2027 \(saannot-2027\) Ei tule voimaan: peruttu päätöksellä HEL 2026-009999, 21\.11\.2026\. .*Kaupunginhallitus: Valtuusto palautti asian\./)
    expect(await words(anybody, `/sv/rules/editions/${id}`)).toMatch(/Staden har återkallat de här reglerna Träder inte i kraft: återkallad med beslut HEL 2026-009999.*Stadsstyrelsen: Fullmäktige återremitterade ärendet\./)
    const { items } = (await anybody.get('/api/v1/rules/editions').expect(200)).body as { items: { id: string }[] }
    // The terms and the comparison tell it too, the terms only once.
    expect(linksTo(await text(anybody, '/rules/terms'), `Säännöt ${id} (${id})`)).toEqual([`/rules/editions/${id}`])
    expect([...(await words(anybody, '/rules/terms')).matchAll(/Ei tule voimaan/g)]).toHaveLength(1)
    expect(await words(kerttu, `/desk/rules/comparison?a=${example.id}&b=${id}`)).toMatch(/Tila Esimerkki Peruttu/)
    expect(items.find((one) => one.id === id)).toMatchObject({ status: 'withdrawn', everInForce: false, validTo: null, withdrawal: { decision: { number: 'HEL 2026-009999', date: '2026-11-21', body }, reason } })
    the.clock.set('2027-01-01T12:00:00+02:00')
    expect((await anybody.get('/api/v1/rules')).body).toMatchObject({ version: example.id })
    expect(await words(await the.client('kerttu'), '/desk/rules')).toMatch(/Voimassa nyt .*example-4.*Perutut .*saannot-2027/)
  })

  test('gives its day back to the edition that it had replaced', async () => {
    const { the, kerttu } = await atDesk()
    await adopted(the, id)
    await adopted(the, await drafted(the, 'uudempi'))
    expect(wordsIn(await text(kerttu, '/desk/rules/uudempi/withdrawal'))).toContain('voimassa on tämä versio: Säännöt saannot-2027.')
    await kerttu.post('/desk/rules/uudempi/withdrawal').type('form').send(right).expect(303)
    the.clock.set('2027-01-01T12:00:00+02:00')
    expect((await (await the.client()).get('/api/v1/rules')).body).toMatchObject({ version: id })
  })

  test('comes too late once the edition is in force, and drafts are deleted instead', async () => {
    const { the, kerttu } = await atDesk()
    expect(wordsIn((await kerttu.post(path).type('form').send(right).expect(409)).text)).toContain('Vain hyväksytyn version voi perua.')
    await adopted(the, id)
    the.clock.set('2027-01-01T00:00:00+02:00')
    const later = await the.client('kerttu')
    expect((await later.get(path)).status).toBe(404)
    expect(wordsIn((await later.post(path).type('form').send(right).expect(409)).text)).toContain('Tämä versio on jo tullut voimaan.')
    expect((await later.post('/desk/rules/none/withdrawal').type('form').send(right)).status).toBe(404)
  })
})

describe('on the command line', () => {
  async function run(the: World, ...args: string[]): Promise<string> {
    const written: string[] = []
    const { write } = process.stdout
    process.stdout.write = ((chunk: string) => written.push(chunk) > 0) as typeof write
    try {
      await command(the.ctx, args)
    } catch (error) {
      return `refused: ${(error as Error).message}`
    } finally {
      process.stdout.write = write
    }
    return written.join('')
  }

  test('an edition goes out to a file and comes back as a draft', async () => {
    const { the } = await atDesk()
    const file = `${the.dataDir}/edition.json`
    expect(await run(the, 'export', example.id, file)).toBe(`Wrote ${example.id} to ${file}.\n`)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(exampleJson())
    expect(JSON.parse(await run(the, 'export', example.id))).toEqual(exampleJson())
    expect(await run(the, 'import', file)).toContain('in use already')
    expect(await run(the, 'import', file, '--id', 'tuotu')).toBe('Made the draft tuotu; see /desk/rules/tuotu.\n')
    expect(await contentOf(the, 'tuotu')).toEqual({ ...example, id: 'tuotu', status: 'draft' })
    expect((await deeds(the, 'tuotu')).map(([what, actor]) => [what, actor])).toEqual([['edition.drafted', 'system']])
    expect(await words(await the.client('kerttu'), '/desk/rules/tuotu')).toContain('Luonnos tehtiin (tiedosto) · Komentoriviltä')
    expect(await run(the, 'check', 'tuotu')).toMatch(/^tuotu is proven: \d+ combinations/)
    expect(await run(the, 'check', file)).toContain('is proven')
  })

  test('a wrong file or word is refused in words', async () => {
    const { the } = await atDesk()
    const file = `${the.dataDir}/wrong.json`
    writeFileSync(file, JSON.stringify({ ...exampleJson(), validFrom: 'soon' }))
    expect(await run(the, 'import', file)).toBe(`refused: ${file} is no edition of the rule book:\n  validFrom: Invalid ISO date`)
    const [first, ...others] = exampleJson().chargeRules
    writeFileSync(file, JSON.stringify({ ...exampleJson(), chargeRules: [{ ...others.at(-1), id: 'everybody' }, first, ...others] }))
    expect(await run(the, 'check', file)).toMatch(/has faults \(\d+ rules that never decide\):\n {2}chargeRules\.1: The rule big_event never decides anything\. These always come first: everybody\.\n {4}Who books/i)
    writeFileSync(file, '{')
    for (const args of [['import', file], ['import', 'none.json'], ['export', 'none'], ['check', 'none'], ['import'], ['paint', 'x'], ['export', 'a', 'b', 'c'], ['check', id, '--id', 'x']]) expect(await run(the, ...args)).toMatch(/^refused: /)
    expect(await run(the, '--help')).toContain('rules export <id>')
  })
})
