import Handle from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { Database, Reads, Writes } from '../../platform/db/database.ts'

/** What the bulk path reads and writes with; on SQLite it writes on a handle of its own. */
export type BulkWriter = { reads: Reads; transaction: Database['transaction']; close(): void }

/** Rows come in the order they were asked for and fall all over the indexes: what is touched must fit in memory. */
const cacheKiB = 400_000

export function bulkWriter(url: string, database: Database): BulkWriter {
  if (!url.startsWith('file:')) return { reads: database, transaction: database.transaction.bind(database), close: () => undefined }
  const handle = new Handle(url.slice('file:'.length), { timeout: 10_000 })
  handle.pragma('synchronous = FULL')
  handle.pragma('foreign_keys = ON')
  handle.pragma(`cache_size = -${cacheKiB}`)
  const db = drizzle(handle) as unknown as Writes
  return {
    reads: database,
    async transaction(work) {
      handle.exec('BEGIN IMMEDIATE')
      try {
        const result = await work(db)
        handle.exec('COMMIT')
        return result
      } catch (error) {
        handle.exec('ROLLBACK')
        throw error
      }
    },
    close: () => void handle.close(),
  }
}
