import { bookings } from '../bookings/table.ts'
import { bans, persons } from '../people/table.ts'
import { index, instant, json, string, table } from '../platform/db/kit.ts'
import type { Language } from '../platform/i18n/text.ts'
import type { DecisionContent, DecisionKind } from './decision.ts'

/** Decision documents as they were issued; what they say never changes afterwards (hallintolaki 43–47 §). */
export const decisions = table('decisions', {
  id: string('id').primaryKey(),
  /** The number on the document, unguessable: `TVP-7K3M-9QXP`. */
  ref: string('ref').notNull().unique(),
  kind: string('kind').$type<DecisionKind>().notNull(),
  /** Null for a ban, and when a wish was refused before it became a booking. */
  bookingId: string('booking_id').references(() => bookings.id),
  /** The ban that it gives or lifts. */
  banId: string('ban_id').references(() => bans.id),
  /** The party it is given to. */
  personId: string('person_id').notNull().references(() => persons.id),
  language: string('language').$type<Language>().notNull(),
  content: json<DecisionContent>('content').notNull(),
  issuedAt: instant('issued_at').notNull(),
  /** Null when it was decided automatically (hallintolaki 53 e §). */
  decidedById: string('decided_by_id').references(() => persons.id),
}, (t) => [index('decisions_booking').on(t.bookingId, t.issuedAt), index('decisions_person').on(t.personId, t.issuedAt), index('decisions_ban').on(t.banId, t.issuedAt)])
