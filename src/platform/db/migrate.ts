import { existsSync } from 'node:fs'
import Handle from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { root } from '../root.ts'

/**
 * Brings a SQLite file to the newest schema. Foreign keys are off on this handle: drizzle-kit rebuilds a table by
 * dropping it, and with keys on that silently deletes cascading children; the check afterwards proves nothing dangles.
 */
export function migrateSqlite(file: string): void {
  const handle = new Handle(file, { timeout: 10_000 })
  try {
    handle.pragma('journal_mode = WAL')
    handle.pragma('foreign_keys = OFF')
    migrate(drizzle(handle), { migrationsFolder: root('drizzle/sqlite') })
    const dangling = handle.pragma('foreign_key_check') as unknown[]
    if (dangling.length) throw new Error(`migration left ${dangling.length} dangling references`)
  } finally {
    handle.close()
  }
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
