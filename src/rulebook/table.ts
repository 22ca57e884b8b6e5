import { instant, json, string, table } from '../platform/db/kit.ts'

/** Editions of the rule book; `content` is checked by `parseEdition` whenever it is read. */
export const editions = table('editions', {
  id: string('id').primaryKey(),
  status: string('status').$type<'example' | 'draft' | 'adopted' | 'replaced'>().notNull(),
  validFrom: string('valid_from').notNull(),
  content: json<unknown>('content').notNull(),
  createdAt: instant('created_at').notNull(),
})
