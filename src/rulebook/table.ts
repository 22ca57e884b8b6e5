import { count, index, instant, json, string, table } from '../platform/db/kit.ts'

/**
 * Editions of the rule book; `content` is checked by `parseEdition` whenever it is read. The database refuses to change
 * an adopted one (migration 0007).
 */
export const editions = table('editions', {
  id: string('id').primaryKey(),
  status: string('status').$type<'example' | 'draft' | 'adopted'>().notNull(),
  validFrom: string('valid_from').notNull(),
  content: json<unknown>('content').notNull(),
  /** The edition that a draft was made from. */
  basedOn: string('based_on'),
  /** Grows with every change of a draft, so that nobody overwrites what another has written meanwhile. */
  revision: count('revision').notNull().default(0),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at'),
  adoptedAt: instant('adopted_at'),
}, (t) => [index('editions_validity').on(t.status, t.validFrom)])
