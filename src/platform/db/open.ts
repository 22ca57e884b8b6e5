import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Database } from './database.ts'

/** Opens what `DATABASE_URL` names: `file:<path>`, `postgres://…`, or `pglite:` (tests, in memory). */
export async function openDatabase(url: string): Promise<Database> {
  if (url.startsWith('file:')) {
    const file = url.slice('file:'.length)
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true })
    const [{ openSqlite }, { migrateSqlite }] = await Promise.all([import('./sqlite.ts'), import('./migrate.ts')])
    migrateSqlite(file)
    return openSqlite(file)
  }
  const [{ overPostgres }, { migratePostgres }] = await Promise.all([import('./pg.ts'), import('./migrate.ts')])
  if (url.startsWith('pglite:')) {
    const [{ PGlite }, { btree_gist }, { drizzle }] = await Promise.all([
      import('@electric-sql/pglite'), import('@electric-sql/pglite/contrib/btree_gist'), import('drizzle-orm/pglite'),
    ])
    const client = new PGlite({ extensions: { btree_gist } })
    const db = drizzle(client)
    await migratePostgres(db)
    return overPostgres(db as never, () => client.close())
  }
  const [{ default: pg }, { drizzle }] = await Promise.all([import('pg'), import('drizzle-orm/node-postgres')])
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  const db = drizzle(pool)
  await migratePostgres(db)
  return overPostgres(db as never, () => pool.end())
}
