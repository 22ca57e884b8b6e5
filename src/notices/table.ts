import type { Text } from '../platform/i18n/text.ts'
import { persons } from '../people/table.ts'
import { index, instant, json, string, table } from '../platform/db/kit.ts'
import type { BannerAudience, BannerLevel } from './banner.ts'

/** A word to everybody at the top of the pages, for a time, set by a coordinator. */
export const banners = table('banners', {
  id: string('id').primaryKey(),
  audience: string('audience').$type<BannerAudience>().notNull(),
  level: string('level').$type<BannerLevel>().notNull(),
  text: json<Text>('text').notNull(),
  startsAt: instant('starts_at').notNull(),
  endsAt: instant('ends_at').notNull(),
  madeById: string('made_by_id').notNull().references(() => persons.id),
  createdAt: instant('created_at').notNull(),
}, (t) => [index('banners_end').on(t.endsAt)])
