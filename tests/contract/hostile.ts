import fc from 'fast-check'
import { followed, type Description, type Schema } from './described.ts'

/** Texts that break what is careless: lengths, halves of characters, controls, other alphabets, numbers that are none. */
export const hostileText = fc.oneof(
  fc.constantFrom(
    '', ' ', '\u0000', 'a\u0000b', '\ud800', '\udfff\ud800', '\u2028', 'a\r\nSet-Cookie: x=1', '\u202Eabc', '﷽', '👩‍👩‍👧‍👦', 'e\u0301'.repeat(50), 'ﬃ', 'İ', '\u200b', 'ß'.repeat(200),
    'NaN', 'Infinity', '-Infinity', '-0', '0x10', '1e9', '1e400', '00', '٣', '1.5', '999999999999999999999', '-1', 'null', 'undefined', 'true', '[object Object]', '__proto__', 'constructor', 'toString',
    '%', '_', '\\', "' or 1=1--", '"; drop table bookings;--', '${7*7}', '<%= 7*7 %>', '{{7*7}}', '../../etc/passwd', 'file:///etc/passwd', '<script>alert(1)</script>', 'a'.repeat(5000),
    '2026-02-30', '2026-02-30T10:00', '2026-11-24T25:00', '9999-12-31T23:59:59Z', '0000-00-00T00:00', '2026-11-24T18:00:00+99:99', '2027-03-28T03:30', '2027-10-31T03:30', '+275760-09-13T00:00:00Z', '24:00', '2026-W48-2',
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 40 }),
)
const hostileNumber = fc.oneof(fc.constantFrom(0, -0, -1, 1.5, 1e21, 1e300, -1e300, 2 ** 31, 2 ** 53, 2 ** 63, 5e-324, 0.1 + 0.2), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer())
const deep = (depth: number, kind: '[' | '{'): unknown => {
  let made: unknown = 1
  for (let i = 0; i < depth; i++) made = kind === '[' ? [made] : { a: made }
  return made
}
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText, hostileNumber, fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { $ne: null }, { toString: 1 }, { length: -1 }),
  fc.tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom('[' as const, '{' as const)).map(([depth, kind]) => deep(depth, kind)),
  fc.array(hostileText, { maxLength: 30 }), fc.jsonValue({ maxDepth: 3 }),
)

export type Samples = (name: string, schema: Schema) => fc.Arbitrary<unknown> | undefined
type Fields = Record<string, unknown>

/** Values that a schema allows; `samples` knows by a property's name what exists in the test's city. */
export function fitting(description: Description, given: Schema, samples: Samples, name = ''): fc.Arbitrary<unknown> {
  const schema = followed(description, given)
  const own = samples(name, schema)
  if (own) return own
  if ('const' in schema) return fc.constant(schema['const'])
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]))
  if (Array.isArray(schema['anyOf'])) return fc.oneof(...(schema['anyOf'] as Schema[]).map((one) => fitting(description, one, samples, name)))
  const [min, max] = [Number(schema['minimum'] ?? 0), Number(schema['maximum'] ?? 200)]
  switch (schema['type']) {
    case 'boolean': return fc.boolean()
    case 'integer': return fc.integer({ min, max: Math.max(min, max) })
    case 'number': return fc.double({ min, max: Math.max(min, max), noNaN: true })
    case 'null': return fc.constant(null)
    case 'array': return fc.array(fitting(description, schema['items'] as Schema, samples), { maxLength: 3 })
    case 'object': {
      const properties = (schema['properties'] ?? {}) as Record<string, Schema>
      const required = (schema['required'] ?? []) as string[]
      return fc.record(Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, fitting(description, one, samples, key)])), { requiredKeys: required })
    }
    default: return schema['format'] === 'date' ? fc.constantFrom('2026-11-24', '2026-12-06', '2027-03-28', '2028-02-29') : fc.string({ minLength: 1, maxLength: 30 })
  }
}

const without = (fields: Fields, name: string): Fields => Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name))

/** A fitting value with one thing wrong somewhere: another value, one missing, or one more. */
export function almost(fields: fc.Arbitrary<unknown>, names: readonly string[]): fc.Arbitrary<unknown> {
  const name = names.length ? fc.constantFrom(...names) : fc.constant('more')
  return fc.tuple(fields, name, hostileValue, fc.constantFrom('replace', 'inside', 'drop', 'add'), fc.constantFrom('__proto__', 'constructor', 'extra', 'id', 'state', '')).map(([value, which, hostile, how, extra]) => {
    const given = typeof value === 'object' && value !== null ? (value as Fields) : {}
    if (how === 'drop') return without(given, which)
    if (how === 'add') return Object.fromEntries([...Object.entries(given), [extra, hostile]])
    const inner = given[which]
    if (how === 'inside' && Array.isArray(inner)) return { ...given, [which]: [...(inner as unknown[]), hostile] }
    if (how === 'inside' && typeof inner === 'object' && inner !== null) return { ...given, [which]: { ...inner, [Object.keys(inner)[0] ?? 'a']: hostile } }
    return { ...given, [which]: hostile }
  })
}

export const hostileBody: fc.Arbitrary<{ type: string | null; body: string }> = fc.record({
  type: fc.constantFrom('application/json', 'application/json', 'application/json; charset=utf-16', 'application/json;charset=nonsense', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', '', null),
  body: fc.oneof(
    fc.constantFrom('', '{', '[', 'null', '"', '{}', '[]', '{"a":}', "{'a':1}", '\ufeff{}', '{"a":1}{"b":2}', '[' .repeat(3000), '{"a":'.repeat(3000), `{"reason":"${'x'.repeat(70_000)}"}`, '{"reason":"\\ud800"}', '{"__proto__":{"reason":"x"}}', '\u0000'),
    hostileValue.map((value) => JSON.stringify(value) ?? ''), fc.string({ unit: 'binary', maxLength: 200 }),
  ),
})
