import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openapi } from '../../src/about/openapi.ts'
import { routesOf } from '../security/knocking.ts'
import { theSpaces } from '../support/premises.ts'
import { world } from '../support/world.ts'
import { besieged } from './besieged.ts'
import { departures, followed, operationsOf, type Operation, type Schema } from './described.ts'
import { almost, fitting, hostileBody, hostileText, type Samples } from './hostile.ts'

/** Requests an operation; more by `FUZZ_RUNS=2000`. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 60)
const description = openapi('http://tilavuoro.test')
const operations = operationsOf(description)
/** These only look, whatever their method. */
const looks = ({ method, path }: Operation): boolean => method === 'GET' || path === '/quotes'

const times = ['2026-11-25T18:00', '2026-11-25T20:00', '2026-12-10T18:00', '2026-12-10T19:00', '2026-12-12T18:00:00+02:00', '2026-12-12T19:30:00+02:00', '2027-03-28T03:30', '2028-02-29T18:00', '2026-11-24T24:00']
const samples = (refs: string[]): Samples => (name, schema) => {
  const known: Record<string, readonly unknown[]> = {
    space: [...theSpaces.map(({ slug }) => slug), 'linna'], slug: [...theSpaces.map(({ slug }) => slug), 'linna'], ref: [...refs, 'TV-AAAA-AAAA', refs[0]!.toLowerCase()],
    start: times, end: times, phone: ['040 123 4567', '+358 9 310 1691'], association: ['123456', '123.456', '0201256-6', '99'], area: ['kallio', 'keskinen', 'torkkelinmaki', 'nowhere'],
    title: ['Neulekerho', 'Ÿ👩‍👩‍👧‍👦', 'x'.repeat(120)], people: [1, 10, 30, 60, 500], minutes: [15, 60, 90, 1440], limit: [1, 5, 100], id: ['example-3', 'linna'], date: ['2026-11-24', '2026-12-06', '2027-03-28'],
  }
  if (typeof schema['pattern'] === 'string') return fc.constantFrom('00:00', '17:00', '18:30', '24:00')
  if ((name === 'from' || name === 'to') && schema['format'] === 'date') return fc.constantFrom('2026-11-24', '2026-11-30', '2026-12-06', '2027-01-31')
  return known[name] && schema['type'] !== 'object' ? fc.constantFrom(...known[name]) : undefined
}

/** What is granted when nothing else speaks against it. */
const grantable = { space: 'luokka', start: '2026-11-25T18:00', end: '2026-11-25T20:00', applicant: 'unregistered_group', purpose: 'hobby', people: 10, openToAll: true, entryFee: false, groups: [], activities: [] }

const percent = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))
const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value) ?? '')
/** What a program of ours can put into a header. */
const asHeader = (text: string): string => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?')

type Asked = { path: Record<string, string>; query: [string, string][]; headers: Record<string, string>; body: string | null }

function requests(operation: Operation, refs: string[], tokens: Record<string, { authorization: string }>): fc.Arbitrary<Asked> {
  const known = samples(refs)
  const text = (one: { name: string; schema: Schema }) => fc.oneof({ weight: 4, arbitrary: fitting(description, one.schema, known, one.name).map(written) }, { weight: 1, arbitrary: hostileText })
  const of = (where: string) => operation.parameters.filter((one) => one.in === where)
  const some = (where: string) => fc.record(Object.fromEntries(of(where).map((one) => [one.name, text(one)])), { requiredKeys: of(where).filter(({ required }) => required).map(({ name }) => name) })
  const query = fc.tuple(
    fc.oneof({ weight: 6, arbitrary: some('query') }, { weight: 1, arbitrary: fc.constant({}) }),
    fc.array(fc.tuple(fc.oneof(fc.constantFrom('__proto__', 'toString', 'limit', 'limit[]', 'a[b]', ...of('query').map(({ name }) => name)), hostileText), hostileText), { maxLength: 2, size: '-1' }),
    fc.integer({ max: 5, min: 0 }),
  ).map(([fields, more, n]): [string, string][] => [...Object.entries(fields as Record<string, string>), ...(n ? [] : more)])
  const body: fc.Arbitrary<{ type: string | null; body: string } | null> = !operation.body ? fc.constant(null) : (() => {
    const { schema, required } = operation.body
    const names = Object.keys((followed(description, schema)['properties'] ?? {}) as object)
    const likely = Object.fromEntries(Object.entries(grantable).filter(([name]) => names.includes(name)))
    const any = fitting(description, schema, known)
    const fits = fc.oneof(any, any.map((value) => ({ ...(value as object), ...likely })))
    const json = (value: unknown) => ({ type: 'application/json', body: JSON.stringify(value) ?? '' })
    return fc.oneof(
      { weight: 4, arbitrary: fits.map(json) }, { weight: 5, arbitrary: almost(fits, names).map(json) }, { weight: 2, arbitrary: hostileBody },
      { weight: required ? 1 : 2, arbitrary: fc.constant(null) },
    )
  })()
  const brought = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...Object.values(tokens).map((one) => one.authorization)) },
    { weight: 1, arbitrary: fc.oneof(fc.constantFrom(null, 'Bearer', 'Bearer x', 'Basic b2xsaTp4', `Bearer ${'a'.repeat(3000)}`), hostileText.map((text) => `Bearer ${asHeader(text)}`)) },
  )
  const authorization = operation.token === 'optional' ? fc.oneof(brought, fc.constant(null)) : brought
  const key = fc.oneof({ weight: 8, arbitrary: fc.uuid() }, { weight: 1, arbitrary: fc.constantFrom('again', null, '', 'with a space') }, { weight: 1, arbitrary: hostileText.map(asHeader) })
  const odd = fc.oneof({ weight: 8, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fc.constantFrom<Record<string, string>>({ accept: 'text/html' }, { 'content-encoding': 'gzip' }, { 'content-encoding': 'nonsense' }, { 'accept-language': 'x'.repeat(500) }, { 'x-forwarded-for': '::1, %00' }, { 'hx-request': 'true' }, { 'sec-fetch-site': 'cross-site' }) })
  const headersOf = (named: Record<string, string | null | undefined>): Record<string, string> =>
    Object.fromEntries(Object.entries(named).flatMap(([name, value]) => (value == null ? [] : [[name, value]])))
  return fc.record({ path: some('path') as fc.Arbitrary<Record<string, string>>, query, body, authorization, key, odd }).map(({ path, query, body, authorization, key, odd }) => ({
    path, query, body: body?.body ?? null,
    headers: headersOf({
      ...odd, 'content-type': body?.type, authorization: operation.token ? authorization : null, 'idempotency-key': of('header').length ? key : null,
    }),
  }))
}

const problems = /^application\/problem\+json/

test('every route of the API is described, and nothing else', async () => {
  const mounted = routesOf(await world()).filter(({ path }) => path.startsWith('/api/v1/') && !path.endsWith('/openapi.json'))
  expect(operations.map(({ method, path }) => `${method} /api/v1${path.replace(/\{(\w+)\}/g, ':$1')}`).sort()).toEqual(mounted.map(({ method, path }) => `${method} ${path}`).sort())
})

describe('whatever is sent', () => {
  test.each(operations.map((operation) => [operation.name, operation] as const))('%s answers as described and changes nothing when it refuses', { timeout: 60_000 + numRuns * 200 }, async (_, operation) => {
    const city = await besieged()
    const statuses: Record<number, number> = {}
    await fc.assert(fc.asyncProperty(requests(operation, Object.values(city.refs), city.tokens), async (asked) => {
      // An empty name would be another address.
      const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => percent(asked.path[name] || '-'))
      const query = asked.query.map(([name, value]) => `${percent(name)}=${percent(value)}`).join('&')
      const reply = await city.knock({ method: operation.method, path: `/api/v1${path}${query && `?${query}`}`, headers: asked.headers, ...(asked.body === null ? {} : { body: asked.body }) })
      const { status, headers, text } = reply
      statuses[status] = (statuses[status] ?? 0) + 1
      expect(status).toBeLessThan(500)
      const told = operation.responses.get(status)
      expect(told, `${status} is not described: ${text.slice(0, 200)}`).toBeDefined()
      expect(headers['content-type']?.split(';')[0]).toBe(told!.type)
      const body = JSON.parse(text) as Record<string, unknown>
      expect(departures(description, told!.schema, body)).toEqual([])
      const changed = city.changed()
      if (changed.length) city.restore()
      if (status >= 300 || looks(operation)) expect(changed).toEqual([])
      if (status < 300) return
      expect(headers['content-type']).toMatch(problems)
      expect(body).toMatchObject({ status, requestId: headers['x-request-id'], code: expect.stringMatching(/^[a-z]+(-[a-z]+)*$/), title: expect.any(String), type: 'about:blank' })
    }), { numRuns })
    if (process.env['FUZZ_RUNS']) console.log(operation.name, statuses)
    // It was worth it: some were granted and some were not.
    if (numRuns >= 60) expect(Object.keys(statuses).length, JSON.stringify(statuses)).toBeGreaterThan(['/rules', '/rules/schema'].includes(operation.path) ? 0 : 1)
  })
})
