import type { Language } from '../platform/i18n/text.ts'
import { bookings } from '../bookings/table.ts'
import { persons } from '../people/table.ts'
import { index, instant, primaryKey, string, table } from '../platform/db/kit.ts'

/** A secret feed address, hashed at rest and revocable. */
export const feedAddresses = table('feed_addresses', {
  id: string('id').primaryKey(),
  tokenHash: string('token_hash').notNull().unique(),
  /** Whose bookings it tells: the owner's own, an association's, or those of a unit to its staff. */
  kind: string('kind').$type<'person' | 'association' | 'unit'>().notNull(),
  /** The association's or unit's id; empty for the owner's own. */
  subjectId: string('subject_id').notNull().default(''),
  /** Who may list, rotate and revoke it; it stops working when they lose the right to what it tells. */
  personId: string('person_id').notNull().references(() => persons.id),
  language: string('language').$type<Language>().notNull(),
  createdAt: instant('created_at').notNull(),
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
}, (t) => [index('feed_addresses_person').on(t.personId)])

/**
 * The part of a booking's VEVENT that no language changes, made once after it changed and kept (rulings 11), without the
 * closing line. A feed adds the lines its language needs and closes it.
 */
export const eventTexts = table('event_texts', {
  bookingId: string('booking_id').notNull().references(() => bookings.id),
  audience: string('audience').$type<'public' | 'private'>().notNull(),
  /** Format, sequence and `updatedAt` it was made from; another value means it is stale. */
  madeFrom: string('made_from').notNull(),
  text: string('text').notNull(),
}, (t) => [primaryKey({ columns: [t.bookingId, t.audience] })])

/** The ETag of a feed as last built, so that a 304 builds nothing. */
export const feedTags = table('feed_tags', {
  /** `space:<id>`, `unit:<id>`, `area:<id>`, `person:<id>` … */
  feed: string('feed').notNull(),
  language: string('language').$type<Language>().notNull(),
  /** The local date, revision and catalogue it was built from; another value means it is stale. */
  madeFrom: string('made_from').notNull(),
  etag: string('etag').notNull(),
}, (t) => [primaryKey({ columns: [t.feed, t.language] })])
