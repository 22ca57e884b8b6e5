import { existsSync } from 'node:fs'
import Handle from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { root } from '../root.ts'

/**
 * Brings a SQLite file to the newest schema. Foreign keys are off on this handle: drizzle-kit rebuilds a table by
 * dropping it, and with keys on that silently deletes cascading children; the check afterwards proves nothing dangles.
 * It reads every row, so that a start which changes nothing does without.
 */
export function migrateSqlite(file: string): void {
  const handle = new Handle(file, { timeout: 10_000 })
  try {
    handle.pragma('journal_mode = WAL')
    handle.pragma('foreign_keys = OFF')
    const before = applied(handle)
    migrate(drizzle(handle), { migrationsFolder: root('drizzle/sqlite') })
    if (applied(handle) === before) return
    const dangling = handle.pragma('foreign_key_check') as unknown[]
    if (dangling.length) throw new Error(`migration left ${dangling.length} dangling references`)
  } finally {
    handle.close()
  }
}

/** How many migrations the file has had. */
function applied(handle: Handle.Database): number {
  const table = handle.prepare(`select 1 from sqlite_master where name = '__drizzle_migrations'`).get()
  return table ? (handle.prepare('select count(*) from __drizzle_migrations').pluck().get() as number) : 0
}

/** Takes either driver's Drizzle; both migrators do the same statements. */
export async function migratePostgres(db: unknown): Promise<void> {
  const folder = root('drizzle/pg')
  if (!existsSync(folder)) throw new Error('no PostgreSQL migrations')
  const isPglite = (db as { $client?: { constructor?: { name?: string } } }).$client?.constructor?.name === 'PGlite'
  if (isPglite) {
    const { migrate: run } = await import('drizzle-orm/pglite/migrator')
    await run(db as never, { migrationsFolder: folder })
  } else {
    const { migrate: run } = await import('drizzle-orm/node-postgres/migrator')
    await run(db as never, { migrationsFolder: folder })
  }
}
