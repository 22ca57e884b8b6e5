import type { z } from 'zod'
import type { Key } from '../i18n/messages.ts'
import { isKey } from '../i18n/messages.ts'
import { Malformed } from './errors.ts'

/** One fault of a form: which field, and the message key with its values that says it in the user's language. */
export type FieldError = { field: string; key: Key; values?: Record<string, string | number> }
export type Parsed<T> = { ok: true; value: T } | { ok: false; errors: FieldError[] }

/**
 * Parses a form. A schema names its faults by message key (`z.string().min(1, 'bookings.error.title')`); a fault
 * without a key of ours reads as "check this". The first fault of each field is kept.
 */
export function parseForm<S extends z.ZodType>(schema: S, body: unknown): Parsed<z.output<S>> {
  const parsed = schema.safeParse(body ?? {})
  if (parsed.success) return { ok: true, value: parsed.data }
  const errors = new Map<string, FieldError>()
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0] ?? '')
    if (!errors.has(field)) errors.set(field, { field, key: isKey(issue.message) ? issue.message : 'site.error.field' })
  }
  return { ok: false, errors: [...errors.values()] }
}

/** Parses a query string or path; what cannot be read is `Malformed` (400). */
export function parseQuery<S extends z.ZodType>(schema: S, query: unknown): z.output<S> {
  const parsed = schema.safeParse(query)
  if (parsed.success) return parsed.data
  throw new Malformed(parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), code: issue.code })))
}
