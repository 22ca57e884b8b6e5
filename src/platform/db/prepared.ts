import { getTableColumns, sql, type InferInsertModel, type InferSelectModel, type Placeholder } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Reads, Writes } from './database.ts'

type Prepared<R> = { execute(values: Record<string, unknown>): Promise<R> }
type Preparable<R> = { prepare(name: string): Prepared<R> }

let names = 0

/**
 * A query of a hot path, whose text is made once for each handle instead of at each call.
 * `build` gets a placeholder for each value; on PostgreSQL a transaction has a handle of its own, so that nothing is gained there.
 */
export function prepared<V extends object, R>(
  build: (db: Writes, value: (name: keyof V & string) => Placeholder) => Preparable<R>,
): (db: Reads, values: V) => Promise<R> {
  const made = new WeakMap<Reads, Prepared<R>>()
  const name = `prepared_${names++}`
  return (db, values) => {
    let query = made.get(db)
    if (!query) made.set(db, (query = build(db as Writes, (one) => sql.placeholder(one)).prepare(name)))
    return query.execute(values as Record<string, unknown>)
  }
}

/** Inserts one row and gives it back as it is stored: columns left out have their default, or null. */
export function inserting<T extends PgTable>(
  table: T, options: { unlessThere?: boolean } = {},
): (db: Writes, row: InferInsertModel<T>) => Promise<InferSelectModel<T>> {
  const columns = getTableColumns(table)
  const defaults = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.default ?? null]))
  const insert = prepared<Record<string, unknown>, unknown>((db, value) => {
    const values = Object.fromEntries(Object.keys(columns).map((name) => [name, value(name)])) as InferInsertModel<T>
    const query = db.insert(table).values(values)
    return (options.unlessThere ? query.onConflictDoNothing() : query).returning({ one: sql`1` }) as unknown as Preparable<unknown>
  })
  return async (db, row) => {
    const whole = { ...defaults, ...row }
    await insert(db, whole)
    return whole as InferSelectModel<T>
  }
}

/** A text for `rows` that asks of several values (`?,?,?`), made once for each number of them. */
export function forSeveral(text: (marks: string) => string): (count: number) => string {
  const made: string[] = []
  return (count) => (made[count] ??= text(Array.from({ length: count }, () => '?').join()))
}
