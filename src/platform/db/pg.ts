import { AsyncLocalStorage } from 'node:async_hooks'
import { sql } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { Busy, Overlap, StorageFull, type Database, type Reads, type Writes } from './database.ts'
import { isBusy, isFull, isOverlap } from './dialect.ts'

type Drizzle = PgDatabase<PgQueryResultHKT, Record<string, never>>

const tries = 8

const rowsOf = (drizzle: Drizzle): Reads['rows'] => async <Row extends readonly unknown[]>(text: string, values: readonly (string | number)[]): Promise<Row[]> => {
  const query = sql.join(text.split('?').map((piece, at) => (at === 0 ? sql.raw(piece) : sql`${values[at - 1]}${sql.raw(piece)}`)))
  const found = (await drizzle.execute(query)) as unknown as { rows: object[] }
  return found.rows.map((row) => Object.values(row) as unknown as Row)
}

/** PostgreSQL behind the same face; a transaction that meets a deadlock, or finds that another one was first (`Busy`), is run again. */
export function overPostgres(drizzle: Drizzle, close: () => Promise<void>): Database {
  const read = drizzle as unknown as Reads
  const inside = new AsyncLocalStorage<true>()
  return {
    select: read.select.bind(read),
    selectDistinct: read.selectDistinct.bind(read),
    rows: rowsOf(drizzle),
    async transaction<T>(work: (db: Writes) => Promise<T>): Promise<T> {
      if (inside.getStore()) throw new Error('a transaction inside a transaction')
      for (let attempt = 1; ; attempt++) {
        try {
          return await inside.run(true, () => drizzle.transaction((tx) => work(Object.assign(tx, { rows: rowsOf(tx) }) as unknown as Writes)))
        } catch (error) {
          if (isOverlap(error)) throw new Overlap('two occupancies of one part', { cause: error })
          if (isFull(error)) throw new StorageFull('no room left to write in', { cause: error })
          if (!isBusy(error) && !(error instanceof Busy)) throw error
          if (attempt === tries) throw new Busy('the database stayed locked', { cause: error })
        }
      }
    },
    async ping() {
      await drizzle.execute(sql`select 1`)
    },
    close,
  }
}
