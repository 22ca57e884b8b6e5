import { check, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

export const sqlite = {
  table: sqliteTable,
  string: (name: string) => text(name),
  count: (name: string) => integer(name),
  flag: (name: string) => integer(name, { mode: 'boolean' }),
  instant: (name: string) => integer(name, { mode: 'number' }),
  fraction: (name: string) => real(name),
  json: <T>(name: string) => text(name, { mode: 'json' }).$type<T>(),
  index,
  uniqueIndex,
  primaryKey,
  check,
}
