import type { openapi } from '../../src/about/openapi.ts'

/** What the published description says, resolved. It is read as JSON, as a client would. */
export type Schema = { [keyword: string]: unknown }
export type Parameter = { name: string; in: 'query' | 'path' | 'header'; required: boolean; schema: Schema }
export type Operation = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** For instance `/bookings/{ref}`. */
  path: string
  name: string
  parameters: Parameter[]
  body: { schema: Schema; required: boolean } | null
  /** Whether a key is needed, or may be left out; null where none is read. */
  token: 'needed' | 'optional' | null
  responses: Map<number, { type: string; schema: Schema }>
}
export type Description = ReturnType<typeof openapi>

type Raw = {
  parameters?: (Omit<Parameter, 'required'> & { required?: boolean })[]
  requestBody?: { required: boolean; content: Record<string, { schema: Schema }> }
  security?: Record<string, string[]>[]
  responses: Record<string, { content: Record<string, { schema: Schema }> }>
}

export function operationsOf(description: Description): Operation[] {
  return Object.entries(description.paths).flatMap(([path, methods]) => Object.entries(methods as Record<string, Raw>).map(([method, said]): Operation => ({
    method: method.toUpperCase() as Operation['method'],
    path,
    name: `${method.toUpperCase()} ${path}`,
    parameters: (said.parameters ?? []).map((one) => ({ ...one, required: one.required ?? false })),
    body: said.requestBody ? { schema: said.requestBody.content['application/json']!.schema, required: said.requestBody.required } : null,
    token: !said.security ? null : said.security.every((one) => 'token' in one) ? 'needed' : 'optional',
    responses: new Map(Object.entries(said.responses).map(([status, { content }]) => {
      const [[type, { schema }] = ['', { schema: {} }]] = Object.entries(content)
      return [Number(status), { type, schema }]
    })),
  })))
}

/** A schema with its reference followed. */
export function followed(description: Description, schema: Schema): Schema {
  const name = typeof schema['$ref'] === 'string' ? schema['$ref'].replace('#/components/schemas/', '') : null
  if (name === null) return schema
  const found = (description.components.schemas as Record<string, Schema>)[name]
  if (!found) throw new Error(`the description lacks ${name}`)
  return followed(description, found)
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value

const formats: Record<string, (text: string) => boolean> = {
  'date-time': (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/.test(text) && !Number.isNaN(Date.parse(text)),
  date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)),
  uri: (text) => URL.canParse(text),
}

/** Keywords that this check understands, or that say nothing of a value; another one fails, so that none is passed over. */
const known = new Set(['type', 'properties', 'required', 'items', 'enum', 'const', 'anyOf', 'minimum', 'maximum', 'format', 'pattern', 'additionalProperties', 'description', 'default', 'example', 'maxLength', 'minLength', 'maxItems', '$ref'])

/**
 * How a value departs from its schema, as lines "where: what". Stricter than JSON Schema: a property that is not
 * described is a fault unless the schema allows others.
 */
export function departures(description: Description, given: Schema, value: unknown, at = '$'): string[] {
  const schema = followed(description, given)
  const strange = Object.keys(schema).filter((keyword) => !known.has(keyword))
  if (strange.length) throw new Error(`this check does not know ${strange.join(', ')}`)
  if (Array.isArray(schema['anyOf'])) {
    const each = (schema['anyOf'] as Schema[]).map((one) => departures(description, one, value, at))
    return each.some((found) => found.length === 0) ? [] : each.flat()
  }
  if ('const' in schema) return value === schema['const'] ? [] : [`${at}: not ${JSON.stringify(schema['const'])}`]
  const { type } = schema
  const kind = kindOf(value)
  if (type !== undefined && type !== kind && !(type === 'number' && kind === 'integer')) return [`${at}: ${kind} for ${String(type)}`]
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(value)) return [`${at}: ${JSON.stringify(value)} is none of the list`]
  if (typeof value === 'number' && ((typeof schema['minimum'] === 'number' && value < schema['minimum']) || (typeof schema['maximum'] === 'number' && value > schema['maximum']))) return [`${at}: ${value} is out of range`]
  if (typeof value === 'string') {
    if (typeof schema['format'] === 'string' && !formats[schema['format']]?.(value)) return [`${at}: ${value} is no ${schema['format']}`]
    if (typeof schema['pattern'] === 'string' && !new RegExp(schema['pattern'], 'u').test(value)) return [`${at}: ${value} does not match`]
  }
  if (Array.isArray(value) && schema['items']) return value.flatMap((one, i) => departures(description, schema['items'] as Schema, one, `${at}[${i}]`))
  if (!isObject(value) || !isObject(schema['properties'])) return []
  const properties = schema['properties'] as Record<string, Schema>
  const missing = ((schema['required'] ?? []) as string[]).filter((name) => !(name in value)).map((name) => `${at}.${name}: missing`)
  return missing.concat(Object.entries(value).flatMap(([name, one]) => {
    const own = properties[name]
    if (own) return departures(description, own, one, `${at}.${name}`)
    return schema['additionalProperties'] === true ? [] : [`${at}.${name}: not described`]
  }))
}
