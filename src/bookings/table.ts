import { sql } from 'drizzle-orm'
import type { Language } from '../platform/i18n/text.ts'
import { associations, persons } from '../people/table.ts'
import type { KeptQuote } from '../rulebook/kept-quote.ts'
import { parts, spaces } from '../spaces/table.ts'
import { count, flag, index, instant, json, primaryKey, string, table } from '../platform/db/kit.ts'
import type { BookingState, DecidedBy } from './booking.ts'
import type { DraftAnswers } from './draft.ts'

export const bookings = table('bookings', {
  id: string('id').primaryKey(),
  /** Short, unguessable, said on the phone: `TV-7K3M-9QXP`. */
  ref: string('ref').notNull().unique(),
  spaceId: string('space_id').notNull().references(() => spaces.id),
  personId: string('person_id').notNull().references(() => persons.id),
  associationId: string('association_id').references(() => associations.id),
  state: string('state').$type<BookingState>().notNull(),
  startsAt: instant('starts_at').notNull(),
  endsAt: instant('ends_at').notNull(),
  title: string('title').notNull(),
  /** The title may be shown in public calendars. */
  public: flag('public').notNull(),
  people: count('people').notNull(),
  responsibleName: string('responsible_name').notNull(),
  responsiblePhone: string('responsible_phone').notNull(),
  payerName: string('payer_name'),
  payerAddress: string('payer_address'),
  language: string('language').$type<Language>().notNull(),
  /** What it was decided by: edition, facts, outcome, the rules behind it (rulings 1–5). */
  decided: json<DecidedBy<KeptQuote>>('decided').notNull(),
  charge: string('charge').$type<'free' | 'paid' | 'needs_person'>().notNull(),
  totalCents: count('total_cents'),
  termsVersion: string('terms_version').notNull(),
  /** iCalendar identity: a random UID that never changes and a SEQUENCE that grows with time, place or state. */
  uid: string('uid').notNull().unique(),
  sequence: count('sequence').notNull().default(0),
  /** A request must be decided by then (five working days); null when confirmed at once. */
  decideBy: instant('decide_by'),
  decidedAt: instant('decided_at'),
  decidedById: string('decided_by_id').references(() => persons.id),
  /** Why it was declined or cancelled. */
  reason: string('reason'),
  /** Seeded rows send no notices (rulings 20). */
  muted: flag('muted').notNull().default(false),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
}, (t) => [
  // What happens in a space is told from this index alone; only of what is public the row is read, for its title.
  index('bookings_space').on(t.spaceId, t.startsAt, t.endsAt, t.state, t.public, t.id),
  index('bookings_person').on(t.personId, t.startsAt),
  index('bookings_association').on(t.associationId, t.startsAt),
  index('bookings_state').on(t.state, t.decideBy),
])

/** A time kept while its form is filled in; for a person or an anonymous pre-session cookie (rulings 12). */
export const holds = table('holds', {
  id: string('id').primaryKey(),
  spaceId: string('space_id').notNull().references(() => spaces.id),
  startsAt: instant('starts_at').notNull(),
  endsAt: instant('ends_at').notNull(),
  ownerHash: string('owner_hash').notNull(),
  addressHash: string('address_hash').notNull(),
  answers: json<DraftAnswers>('answers').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
}, (t) => [index('holds_owner').on(t.ownerHash), index('holds_address').on(t.addressHash), index('holds_expiry').on(t.expiresAt)])

/** What occupies a part. The database refuses two that overlap: triggers on SQLite, an exclusion constraint on PostgreSQL. */
export const occupancies = table('occupancies', {
  id: string('id').primaryKey(),
  partId: string('part_id').notNull().references(() => parts.id),
  startsAt: instant('starts_at').notNull(),
  endsAt: instant('ends_at').notNull(),
  bookingId: string('booking_id').references(() => bookings.id),
  holdId: string('hold_id').references(() => holds.id),
  /** Minutes the occupant needs empty around it. */
  before: count('before_minutes').notNull(),
  after: count('after_minutes').notNull(),
}, (t) => [
  // What is taken of a space is read from this index alone: its rows lie all over the table, in the order they were made.
  index('occupancies_part').on(t.partId, t.startsAt, t.endsAt, t.bookingId, t.holdId, t.before, t.after),
  index('occupancies_booking').on(t.bookingId),
  index('occupancies_hold').on(t.holdId),
  // A search reads hours of every part from this index alone; the few that are longer are found apart (availability/store.ts).
  index('occupancies_time').on(t.startsAt, t.endsAt, t.partId, t.bookingId, t.holdId, t.before, t.after),
  index('occupancies_long').on(t.startsAt).where(sql`ends_at - starts_at > 43200000`),
])

/** The stored answer to an API request with an Idempotency-Key (rulings 24). */
export const idempotentAnswers = table('idempotent_answers', {
  personId: string('person_id').notNull().references(() => persons.id),
  key: string('key').notNull(),
  bodyHash: string('body_hash').notNull(),
  /** Null while the first request still runs. */
  status: count('status'),
  answer: json<unknown>('answer'),
  createdAt: instant('created_at').notNull(),
}, (t) => [primaryKey({ columns: [t.personId, t.key] }), index('idempotent_answers_age').on(t.createdAt)])
