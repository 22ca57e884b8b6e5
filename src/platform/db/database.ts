import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

type Drizzle = PgDatabase<PgQueryResultHKT, Record<string, never>>

/** What both engines can do. Reading is allowed anywhere; writing only inside `transaction`. */
export type Reads = Pick<Drizzle, 'select' | 'selectDistinct'> & {
  /**
   * The rows of a SQL text with `?` for each value, each a list in the order of the columns, as the driver gives them
   * (PostgreSQL's whole numbers may be texts). For the few reads that bring thousands of rows, where Drizzle's mapping
   * would cost more than the query.
   */
  rows<Row extends readonly unknown[]>(text: string, values: readonly (string | number)[]): Promise<Row[]>
}
export type Writes = Reads & Pick<Drizzle, 'insert' | 'update' | 'delete'>

export interface Database extends Reads {
  /**
   * Runs `work` alone among writers: `BEGIN IMMEDIATE` on SQLite's writer handle, a transaction on PostgreSQL.
   * Await nothing but the database inside; a nested call throws. Throws `Busy` when the database stays locked,
   * `StorageFull` when there is no room.
   */
  transaction<T>(work: (db: Writes) => Promise<T>): Promise<T>
  /** Answers when the database does; throws otherwise. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** The database stayed locked after all retries: 503 with Retry-After (rulings 23). */
export class Busy extends Error {
  override name = 'Busy'
}

/** There is no room left to write in. Nothing was written; reading goes on. Only a person can help, so no time to retry is promised. */
export class StorageFull extends Error {
  override name = 'StorageFull'
}

/** The database itself refused two occupancies of one part at one time. */
export class Overlap extends Error {
  override name = 'Overlap'
}
