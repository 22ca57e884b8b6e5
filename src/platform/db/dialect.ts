import { sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { engine } from './kit.ts'

const isPostgres = engine === 'pg'

/** The one file that knows how the two engines differ in what they say and throw. */

function deepest(error: unknown): { code?: unknown; message?: unknown } {
  let found = error as { cause?: unknown; code?: unknown; message?: unknown }
  while (found?.cause instanceof Error) found = found.cause as typeof found
  return found ?? {}
}

/** Raised by the triggers of drizzle/sqlite and by the exclusion constraint of drizzle/pg. */
export function isOverlap(error: unknown): boolean {
  const { code, message } = deepest(error)
  return code === '23P01' || (typeof message === 'string' && message.includes('occupancies_overlap'))
}

export function isUniqueViolation(error: unknown): boolean {
  const { code } = deepest(error)
  return code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
}

export function isBusy(error: unknown): boolean {
  const { code } = deepest(error)
  return (typeof code === 'string' && code.startsWith('SQLITE_BUSY')) || code === '40001' || code === '40P01'
}

export function isFull(error: unknown): boolean {
  const { code } = deepest(error)
  return code === 'SQLITE_FULL' || code === '53100'
}

/** Whether rows must be locked one by one: SQLite's `BEGIN IMMEDIATE` has locked everything already. */
export const locksRows = isPostgres

/** Locks the selected rows until the transaction ends; SQLite's `BEGIN IMMEDIATE` has locked everything already. */
export function forUpdate<T>(query: T & { for?: (strength: 'update') => unknown }): T {
  return isPostgres && query.for ? (query.for('update') as T) : query
}

/** `text` must be folded already (see spaces/slug): the column holds folded text, so plain LIKE serves both engines. */
export function containsText(column: PgColumn, text: string): SQL {
  const pattern = `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return sql`${column} like ${pattern} escape '\\'`
}
