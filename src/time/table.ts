import type { Text } from '../platform/i18n/text.ts'
import { json, string, table } from '../platform/db/kit.ts'

/** Public and bank holidays, one row a local date (rulings 9). */
export const holidays = table('holidays', {
  date: string('date').primaryKey(),
  kind: string('kind').$type<'public' | 'bank'>().notNull(),
  name: json<Text>('name').notNull(),
})

/** School terms and the breaks inside them; both dates included. */
export const terms = table('terms', {
  id: string('id').primaryKey(),
  kind: string('kind').$type<'term' | 'break'>().notNull(),
  name: json<Text>('name').notNull(),
  from: string('from_date').notNull(),
  to: string('to_date').notNull(),
})
