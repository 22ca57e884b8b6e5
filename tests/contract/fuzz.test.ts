import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openapi } from '../../src/about/openapi.ts'
import { routesOf } from '../security/knocking.ts'
import { theSpaces } from '../support/premises.ts'
import { world } from '../support/world.ts'
import { besieged } from './besieged.ts'
import { departures, followed, operationsOf, type Operation, type Schema } from './described.ts'
import { almost, fitting, hostileBody, hostileText, type Samples } from './hostile.ts'

/** Requests an operation, the same ones every time; more by `FUZZ_RUNS=2000`, others by `FUZZ_SEED=7`. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 60)
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_123)
const description = openapi('http://tilavuoro.test')
const operations = operationsOf(description)
/** These only look, whatever their method. */
const looks = ({ method, path }: Operation): boolean => method === 'GET' || path === '/quotes'

const times = ['2026-11-25T18:00', '2026-11-25T20:00', '2026-12-10T18:00', '2026-12-10T19:00', '2026-12-12T18:00:00+02:00', '2026-12-12T19:30:00+02:00', '2027-03-28T03:30', '2028-02-29T18:00', '2026-11-24T24:00']
const samples = (refs: string[]): Samples => (name, schema) => {
  const known: Record<string, readonly unknown[]> = {
    space: [...theSpaces.map(({ slug }) => slug), 'linna'], slug: [...theSpaces.map(({ slug }) => slug), 'linna'], ref: [...refs, 'TV-AAAA-AAAA', refs[0]!.toLowerCase()],
    start: times, end: times, phone: ['040 123 4567', '+358 9 310 1691'], association: ['123456', '123.456', '0201256-6', '99'], area: ['kallio', 'keskinen', 'torkkelinmaki', 'nowhere'],
    title: ['Neulekerho', 'Ÿ👩‍👩‍👧‍👦', 'x'.repeat(120)], people: [1, 10, 30, 60, 500], minutes: [15, 60, 90, 1440], limit: [1, 5, 100], id: ['example-4', 'linna'], date: ['2026-11-24', '2026-12-06', '2027-03-28'],
  }
  if (typeof schema['pattern'] === 'string') return fc.constantFrom('00:00', '17:00', '18:30', '24:00')
  if ((name === 'from' || name === 'to') && schema['format'] === 'date') return fc.constantFrom('2026-11-24', '2026-11-30', '2026-12-06', '2027-01-31')
  return known[name] && schema['type'] !== 'object' ? fc.constantFrom(...known[name]) : undefined
}

/** These are never refused: nothing is asked that could be wrong. */
const refusesNothing = ['/rules', '/rules/schema']
/** Who may do it to which of the city's bookings; each is as it was again before every request. */
const mayDo: Record<string, { who: string; ref: string }> = {
  'POST /bookings/{ref}/approval': { who: 'kalle', ref: 'request' }, 'POST /bookings/{ref}/rejection': { who: 'kalle', ref: 'request' },
}

/** What is granted when nothing else speaks against it. */
const grantable = { space: 'luokka', start: '2026-11-25T18:00', end: '2026-11-25T20:00', applicant: 'unregistered_group', purpose: 'hobby', people: 10, openToAll: true, entryFee: false, groups: [], activities: [], priceClass: 'full' }

const percent = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))
const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value) ?? '')
/** What a program of ours can put into a header. */
const asHeader = (text: string): string => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?')

type Asked = { path: Record<string, string>; query: [string, string][]; headers: Record<string, string>; body: string | null }
type Body = { type: string | null; body: string } | null

const json = (value: unknown): Body => ({ type: 'application/json', body: JSON.stringify(value) ?? '' })

/** What is sent along: what fits and is likely granted, and anything. */
function bodies({ body }: Operation, known: Samples): { likely: fc.Arbitrary<Body>; any: fc.Arbitrary<Body> } {
  if (!body) return { likely: fc.constant(null), any: fc.constant(null) }
  const names = Object.keys((followed(description, body.schema)['properties'] ?? {}) as object)
  const good = Object.fromEntries(Object.entries(grantable).filter(([name]) => names.includes(name)))
  const some = fitting(description, body.schema, known)
  const likely = some.map((value) => ({ ...(value as object), ...good }))
  const fits = fc.oneof(some, likely)
  return {
    likely: likely.map(json),
    any: fc.oneof(
      { weight: 4, arbitrary: fits.map(json) }, { weight: 5, arbitrary: almost(fits, names).map(json) }, { weight: 2, arbitrary: hostileBody },
      { weight: body.required ? 1 : 2, arbitrary: fc.constant(null) },
    ),
  }
}

function requests(operation: Operation, refs: Record<string, string>, tokens: Record<string, { authorization: string }>): fc.Arbitrary<Asked> {
  const known = samples(Object.values(refs))
  const of = (where: string) => operation.parameters.filter((one) => one.in === where)
  const fit = ({ name, schema }: { name: string; schema: Schema }) => fitting(description, schema, known, name).map(written)
  const text = (one: { name: string; schema: Schema }) => fc.oneof({ weight: 4, arbitrary: fit(one) }, { weight: 1, arbitrary: hostileText })
  const some = (where: string, by: typeof fit): fc.Arbitrary<Record<string, string>> =>
    fc.record(Object.fromEntries(of(where).map((one) => [one.name, by(one)])), { requiredKeys: of(where).filter(({ required }) => required).map(({ name }) => name) }) as fc.Arbitrary<Record<string, string>>
  const query = fc.tuple(
    fc.oneof({ weight: 6, arbitrary: some('query', text) }, { weight: 1, arbitrary: fc.constant({}) }),
    fc.array(fc.tuple(fc.oneof(fc.constantFrom('__proto__', 'toString', 'limit', 'limit[]', 'a[b]', ...of('query').map(({ name }) => name)), hostileText), hostileText), { maxLength: 2, size: '-1' }),
    fc.integer({ max: 5, min: 0 }),
  ).map(([fields, more, n]): [string, string][] => [...Object.entries(fields), ...(n ? [] : more)])
  const body = bodies(operation, known)
  const brought = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...Object.values(tokens).map((one) => one.authorization)) },
    { weight: 1, arbitrary: fc.oneof(fc.constantFrom(null, 'Bearer', 'Bearer x', 'Basic b2xsaTp4', `Bearer ${'a'.repeat(3000)}`), hostileText.map((text) => `Bearer ${asHeader(text)}`)) },
  )
  const authorization = operation.token === 'optional' ? fc.oneof(brought, fc.constant(null)) : brought
  const key = fc.oneof({ weight: 8, arbitrary: fc.uuid() }, { weight: 1, arbitrary: fc.constantFrom('again', null, '', 'with a space') }, { weight: 1, arbitrary: hostileText.map(asHeader) })
  const odd = fc.oneof({ weight: 8, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fc.constantFrom<Record<string, string>>({ accept: 'text/html' }, { 'content-encoding': 'gzip' }, { 'content-encoding': 'nonsense' }, { 'accept-language': 'x'.repeat(500) }, { 'x-forwarded-for': '::1, %00' }, { 'hx-request': 'true' }, { 'sec-fetch-site': 'cross-site' }) })
  const anyhow = fc.record({ path: some('path', text), query, body: body.any, authorization, key, odd })
  const { who, ref } = mayDo[operation.name] ?? { who: 'olli', ref: 'confirmed' }
  const likely = fc.record({
    path: some('path', fit).map((names) => ('ref' in names ? { ...names, ref: refs[ref]! } : names)), query: some('query', fit).map((fields) => Object.entries(fields)),
    body: body.likely, authorization: fc.constant(tokens[who]!.authorization), key: fc.uuid(), odd: fc.constant({}),
  })
  const headersOf = (named: Record<string, string | null | undefined>): Record<string, string> =>
    Object.fromEntries(Object.entries(named).flatMap(([name, value]) => (value == null ? [] : [[name, value]])))
  // One in five comes from who may ask it, of what is there, and says what fits, so that something is granted of everything.
  return fc.oneof({ weight: 4, arbitrary: anyhow }, { weight: 1, arbitrary: likely }).map(({ path, query, body, authorization, key, odd }) => ({
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
    let writing = 0
    await fc.assert(fc.asyncProperty(requests(operation, city.refs, city.tokens), async (asked) => {
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
      if (status < 300 && changed.length) writing++
      if (status >= 300 || looks(operation)) expect(changed).toEqual([])
      if (status < 300) return
      expect(headers['content-type']).toMatch(problems)
      expect(body).toMatchObject({ status, requestId: headers['x-request-id'], code: expect.stringMatching(/^[a-z]+(-[a-z]+)*$/), title: expect.any(String), type: 'about:blank' })
    }), { numRuns, seed })
    if (process.env['FUZZ_RUNS']) console.log(operation.name, statuses)
    // It was worth it: something was granted, and something was not; what is there to write wrote.
    if (numRuns < 60) return
    const [granted, refused] = [[200, 300], [400, 500]].map(([from = 0, to = 0]) => Object.entries(statuses).some(([status]) => Number(status) >= from && Number(status) < to))
    expect({ statuses, granted, refused, wrote: writing > 0 }).toEqual({ statuses, granted: true, refused: !refusesNothing.includes(operation.path), wrote: !looks(operation) })
  })
})
