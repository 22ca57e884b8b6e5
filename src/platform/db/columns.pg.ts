import { bigint, boolean, check, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'

export const pg = {
  table: pgTable,
  string: (name: string) => text(name),
  count: (name: string) => integer(name),
  flag: (name: string) => boolean(name),
  instant: (name: string) => bigint(name, { mode: 'number' }),
  fraction: (name: string) => doublePrecision(name),
  json: <T>(name: string) => jsonb(name).$type<T>(),
  index,
  uniqueIndex,
  primaryKey,
  check,
}
