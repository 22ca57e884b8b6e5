import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { openapi } from '../../src/about/openapi.ts'
import { draftEdition } from '../../src/rulebook/edition-actions.ts'
import { editionRow } from '../../src/rulebook/edition-store.ts'
import { readEdition } from '../../src/rulebook/edition.ts'
import { departures, operationsOf } from '../contract/described.ts'
import { world, type World } from '../support/world.ts'
import { withEdition } from './adopted.ts'
import { example, exampleJson } from './example.ts'

const address = 'http://tilavuoro.test/api/v1/rules'
async function json(w: World, path: string): Promise<Record<string, unknown>> {
  const { status, body } = await (await w.client()).get(`/api/v1${path}`)
  expect(`${path} ${status}`).toBe(`${path} 200`)
  return body as Record<string, unknown>
}

describe('the rule book for machines', () => {
  test('is the file of the edition in force and its version, whatever is adopted to follow it', async () => {
    const w = await world()
    await withEdition(w, 'seuraava-2027', '2027-01-01')
    // The edition in force knows by now what follows it; its file does not say so.
    await (await w.client()).get('/rules')
    expect(await json(w, '/rules')).toEqual({ version: 'example-4', ...example })
    w.clock.set('2027-01-01T00:00+02:00')
    expect(await json(w, '/rules')).toMatchObject({ version: 'seuraava-2027', decision: { number: 'HEL 2026-001234' } })
  })
  test('does not say on which day its prices were looked up either', async () => {
    const w = await world()
    await withEdition(w, 'pyyntopaivan-hinnat', '2026-11-23', { pricedOn: 'request' })
    await (await w.client()).get('/rules')
    expect(Object.keys(await json(w, '/rules')).filter((name) => name === 'pricedAsOf' || name === 'later')).toEqual([])
  })
  test('lists the editions that are no drafts, the newest first, in pieces', async () => {
    const w = await world()
    await withEdition(w, 'lista-2027', '2027-01-01')
    await withEdition(w, 'lista-luonnos', '2027-06-01', {}, 'draft')
    const lines = [
      { id: 'lista-2027', status: 'coming', example: false, everInForce: false, validFrom: '2027-01-01', validTo: null, href: `${address}/editions/lista-2027` },
      { id: 'example-4', status: 'in_force', example: true, everInForce: true, validFrom: '2020-01-01', validTo: '2026-12-31', decision: null, href: `${address}/editions/example-4` },
    ]
    expect(await json(w, '/rules/editions')).toMatchObject({ items: lines, next: null })
    const { items, next } = await json(w, '/rules/editions?limit=1')
    expect(items).toMatchObject(lines.slice(0, 1))
    expect(await json(w, `/rules/editions?limit=1&cursor=${String(next)}`)).toMatchObject({ items: lines.slice(1), next: null })
    expect((await (await w.client()).get('/api/v1/rules/editions?limit=many')).status).toBe(400)
  })
  test('gives each of them as its file, and no draft', async () => {
    const w = await world()
    const adopted = await withEdition(w, 'tiedosto-2027', '2027-01-01')
    await withEdition(w, 'tiedosto-luonnos', '2027-06-01', {}, 'draft')
    expect(await json(w, '/rules/editions/tiedosto-2027')).toEqual(adopted)
    expect(readEdition(await json(w, '/rules/editions/example-4')).ok).toBe(true)
    for (const id of ['tiedosto-luonnos', 'linna', '__proto__']) {
      const { status, type } = await (await w.client()).get(`/api/v1/rules/editions/${id}`)
      expect([id, status, type]).toEqual([id, 404, 'application/problem+json'])
    }
    const { headers } = await (await w.client()).get('/api/v1/rules/editions/example-4')
    expect(headers['link']).toBe(`<${address}/schema>; rel="describedby"; type="application/schema+json"`)
  })
})

describe('the schema of an edition’s file', () => {
  const compiled = async () => {
    const w = await world()
    const { type, text } = await (await w.client()).get('/api/v1/rules/schema')
    expect(type).toBe('application/schema+json')
    return new Ajv2020({ strict: true, allErrors: true, formats: { date: true } }).compile(JSON.parse(text) as object)
  }
  test('is draft 2020-12, knows its address, and names what repeats', async () => {
    const schema = await json(await world(), '/rules/schema')
    expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', $id: `${address}/schema` })
    expect(Object.keys(schema['$defs'] as object).sort()).toEqual(['Condition', 'Sentence'])
  })
  test('fits every edition that the service gives', async () => {
    const fits = await compiled()
    const w = await world()
    await withEdition(w, 'muoto-2027', '2027-01-01')
    for (const id of ['example-4', 'muoto-2027']) {
      fits(await json(w, `/rules/editions/${id}`))
      expect([id, fits.errors]).toEqual([id, null])
    }
    fits(exampleJson())
    expect(fits.errors).toBe(null)
  })
  test('fits what is said of the edition in force, which makes a draft as it is', async () => {
    const fits = await compiled()
    const w = await world()
    const answered = await json(w, '/rules')
    fits(answered)
    expect([answered['version'], fits.errors]).toEqual(['example-4', null])
    const kerttu = await w.client('kerttu')
    await kerttu.post('/desk/rules/file').type('form').send({ id: 'haettu', file: JSON.stringify(answered) }).expect(303)
    expect((await editionRow(w.ctx.db, 'haettu'))!.content).toEqual({ ...example, id: 'haettu', status: 'draft', decision: null })
    // Only a version that says an id is passed over.
    expect(fits({ ...answered, version: 2 })).toBe(false)
    expect(await draftEdition(w.ctx, 'kerttu', { id: 'toinen', json: { ...answered, version: 2 }, basedOn: null })).toMatchObject({ refusal: { code: 'unreadable' } })
  })
  test('fits no file that cannot be read', async () => {
    const fits = await compiled()
    const [rule, ...rules] = exampleJson().chargeRules
    const changed = (when: unknown) => ({ chargeRules: [{ ...rule, when }, ...rules] })
    const broken: object[] = [
      { name: undefined }, { colour: 'red' }, { status: 'final' }, { validFrom: '2026-02-30' }, { validFrom: 'tomorrow' }, { id: 'Iso Kirja' },
      { name: { fi: 'vain suomeksi' } }, { chargeRules: [] }, { chargeRules: [{ ...rule, charge: 'cheap' }, ...rules] }, { chargeRules: [{ ...rule, id: 'Iso' }, ...rules] },
      changed({ fact: 'people', atLeast: 'many' }), changed({ fact: 'shoeSize', atLeast: 40 }), changed({ any: [] }), changed({ all: [{ not: { any: [{ fact: 'applicant', in: ['king'] }] } }] }),
      changed({ fact: 'openToAll', is: 'yes' }), changed([]),
      { priceList: { ...example.priceList, prices: [{ ...example.priceList.prices[0], centsPerHour: -1 }] } },
      { limits: { ...example.limits, youthUnder: 0 } }, { cancellations: [{ ...example.cancellations[0], tiers: [{ daysBefore: 1, percent: 101 }] }] },
    ]
    for (const change of broken) {
      const file = JSON.parse(JSON.stringify({ ...exampleJson(), ...change })) as unknown
      expect([change, fits(file), readEdition(file).ok]).toEqual([change, false, false])
    }
  })
})

test('the examples of the description are as it says', () => {
  const description = openapi('http://tilavuoro.test')
  const raw = description.paths as unknown as Record<string, Record<string, { responses: Record<string, { content: Record<string, { example?: unknown }> }> }>>
  const given = operationsOf(description).flatMap(({ path, method, name, responses }) => [...responses].flatMap(([status, { type, schema }]) => {
    const { example } = raw[path]![method.toLowerCase()]!.responses[status]!.content[type]!
    return example === undefined ? [] : [[name, departures(description, schema, example)]]
  }))
  expect(given).toEqual([['GET /rules', []], ['GET /rules/editions', []], ['GET /rules/editions/{id}', []], ['GET /rules/schema', []]])
})

test('a quote says whose price list counts, and for which day', async () => {
  const w = await world()
  await withEdition(w, 'hinnat-2027', '2027-01-01')
  const ask = async (day: string): Promise<unknown> => {
    const { body } = await (await w.client()).post('/api/v1/quotes')
      .send({ space: 'luokka', start: `${day}T17:00`, end: `${day}T19:00`, applicant: 'company', purpose: 'commercial', people: 10 })
    return [(body as { edition: string }).edition, (body as { tariff: object }).tariff]
  }
  expect(await ask('2026-12-22')).toEqual(['example-4', { edition: 'example-4', date: '2026-12-22' }])
  expect(await ask('2027-01-12')).toEqual(['example-4', { edition: 'hinnat-2027', date: '2027-01-12' }])
})

test('a quote says why', async () => {
  const w = await world()
  const { status, body } = await (await w.client()).post('/api/v1/quotes')
    .send({ space: 'luokka', start: '2026-12-22T17:00', end: '2026-12-22T19:00', applicant: 'unregistered_group', purpose: 'hobby', people: 30 })
  expect(status).toBe(200)
  const { explanation } = body as { explanation: Record<string, unknown> }
  expect(explanation).toMatchObject({ edition: 'example-4', decided: { rule: 'closed_group' }, passedOver: expect.arrayContaining([expect.objectContaining({ rule: 'open_activity' })]) })
  expect(departures(openapi('http://tilavuoro.test'), { $ref: '#/components/schemas/Explanation' }, explanation)).toEqual([])
})

test('a quote tells every rule before the deciding one: those that would make it free first, and those for others in a sentence', async () => {
  const w = await world()
  const ask = async (facts: object) => {
    const { body } = await (await w.client()).post('/api/v1/quotes').send({ space: 'luokka', start: '2026-12-22T17:00', end: '2026-12-22T19:00', ...facts })
    return (body as { explanation: { decided: { rule: string }; passedOver: { rule: string }[]; otherRules: { text: Record<string, string>; rules: string[] } | null } }).explanation
  }
  const { decided, passedOver, otherRules } = await ask({ applicant: 'unregistered_group', purpose: 'hobby', people: 30 })
  const before = example.chargeRules.slice(0, example.chargeRules.findIndex(({ id }) => id === decided.rule))
  const [asked, others] = [passedOver.map(({ rule }) => rule), otherRules!.rules]
  expect([...asked, ...others].sort()).toEqual(before.map(({ id }) => id).sort())
  const told = before.filter(({ id }) => asked.includes(id))
  expect(asked).toEqual([...told.filter(({ charge }) => charge === 'free'), ...told.filter(({ charge }) => charge !== 'free')].map(({ id }) => id))
  const named = before.filter(({ id }) => others.includes(id))
  expect(others).toEqual(named.map(({ id }) => id))
  const list = (of: 'fi' | 'sv' | 'en' | 'plain') => named.map(({ name, text }) => (name ?? text)[of].replace(/\.$/, '')).join('; ')
  expect(otherRules!.text).toEqual({
    fi: `Muut aiemmat säännöt koskevat muita hakijoita tai käyttötarkoituksia: ${list('fi')}.`,
    sv: `De andra tidigare reglerna gäller andra sökande eller ändamål: ${list('sv')}.`,
    en: `The other earlier rules are for other applicants or purposes: ${list('en')}.`,
    plain: `Muut säännöt ovat muille tai muuhun käyttöön: ${list('plain')}.`,
  })
  // The first rule of all has none before it.
  expect(await ask({ applicant: 'unregistered_group', purpose: 'hobby', people: 250 })).toMatchObject({ decided: { rule: 'big_event' }, passedOver: [], otherRules: null })
})

test('a body that is too long is refused as a problem, also where none is taken', async () => {
  const anybody = await (await world()).client()
  const file = { ...exampleJson(), colour: 'x'.repeat(70_000) }
  for (const path of ['/api/v1/rules', '/api/v1/rules/editions', '/api/v1/quotes']) {
    const { status, headers, body } = await anybody.post(path).send(file)
    expect([path, status, headers['content-type'], body]).toEqual([path, 413, 'application/problem+json; charset=utf-8', {
      type: 'about:blank', title: 'The request is too large', status: 413, code: 'too-large', requestId: expect.any(String) as string,
    }])
  }
})
