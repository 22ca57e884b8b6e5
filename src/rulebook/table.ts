import type { PlainText } from '../platform/i18n/text.ts'
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

/**
 * Adopted editions that never come into force, as it was decided before their day; the edition itself stays as it was
 * adopted. The database refuses to change a row (migration 0009).
 */
export const editionWithdrawals = table('edition_withdrawals', {
  editionId: string('edition_id').primaryKey().references(() => editions.id),
  decision: json<{ number: string; date: string; body: PlainText }>('decision').notNull(),
  reason: json<PlainText>('reason').notNull(),
  createdAt: instant('created_at').notNull(),
})
