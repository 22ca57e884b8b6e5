import { pg } from './columns.pg.ts'
import { sqlite } from './columns.sqlite.ts'

/** `postgres://…` and, in tests, `pglite:` speak PostgreSQL; everything else is a SQLite file. */
export const engine: 'sqlite' | 'pg' = /^(postgres|postgresql|pglite):/.test(process.env['DATABASE_URL'] ?? '') ? 'pg' : 'sqlite'

/**
 * The column kit that every `table.ts` is written with, once for both engines. Typed as PostgreSQL's: there the
 * synchronous `.get() .all() .run()` of SQLite do not compile. Instants are epoch milliseconds in both.
 */
export const kit = (engine === 'pg' ? pg : sqlite) as unknown as typeof pg
export const { table, string, count, flag, instant, fraction, json, index, uniqueIndex, primaryKey, check } = kit
