import { sql } from 'drizzle-orm'
import type { Language } from '../platform/i18n/text.ts'
import { units } from '../spaces/table.ts'
import type { LocalDate } from '../time/wallclock.ts'
import { check, count, flag, index, instant, primaryKey, string, table, uniqueIndex } from '../platform/db/kit.ts'
import type { MemberRights } from './member.ts'
import type { Role, ScopeKind } from './roles.ts'

export const persons = table('persons', {
  id: string('id').primaryKey(),
  /** Lower-cased; the only way to sign in, so unique. */
  email: string('email').notNull().unique(),
  name: string('name').notNull(),
  phone: string('phone'),
  language: string('language').$type<Language>().notNull(),
  /** May apply as a unit of the city or as a school (rulings 4). */
  grantedCityUnit: flag('granted_city_unit').notNull().default(false),
  grantedSchool: flag('granted_school').notNull().default(false),
  /** Staff may turn their morning summary of waiting requests off. */
  digest: flag('digest').notNull().default(true),
  /** Bumped when a booking of theirs changes: the ETag of their own feed hangs on it. */
  revision: count('revision').notNull().default(0),
  createdAt: instant('created_at').notNull(),
})

/** Single use, 15 minutes, hashed at rest (rulings 19). The token follows from the id and the service's secret. */
export const signInLinks = table('sign_in_links', {
  id: string('id').primaryKey(),
  tokenHash: string('token_hash').notNull().unique(),
  email: string('email').notNull(),
  language: string('language').$type<Language>().notNull(),
  returnTo: string('return_to').notNull(),
  /** Whose hold goes over to the person; mail is often opened in another browser than the form (rulings 12). */
  presessionHash: string('presession_hash'),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
}, (t) => [index('sign_in_links_email').on(t.email, t.createdAt)])

export const sessions = table('sessions', {
  idHash: string('id_hash').primaryKey(),
  personId: string('person_id').notNull().references(() => persons.id),
  device: string('device').notNull(),
  createdAt: instant('created_at').notNull(),
  lastSeenAt: instant('last_seen_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  revokedAt: instant('revoked_at'),
}, (t) => [index('sessions_person').on(t.personId)])

export const apiTokens = table('api_tokens', {
  id: string('id').primaryKey(),
  tokenHash: string('token_hash').notNull().unique(),
  personId: string('person_id').notNull().references(() => persons.id),
  name: string('name').notNull(),
  createdAt: instant('created_at').notNull(),
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
}, (t) => [index('api_tokens_person').on(t.personId)])

/** Roles × scope (rulings 17). */
export const staffRoles = table('staff_roles', {
  id: string('id').primaryKey(),
  personId: string('person_id').notNull().references(() => persons.id),
  role: string('role').$type<Exclude<Role, 'resident'>>().notNull(),
  scopeKind: string('scope_kind').$type<ScopeKind>().notNull(),
  /** The unit's or area's id; empty for the whole city. */
  scopeId: string('scope_id').notNull(),
}, (t) => [uniqueIndex('staff_roles_once').on(t.personId, t.role, t.scopeKind, t.scopeId)])

export const associations = table('associations', {
  id: string('id').primaryKey(),
  name: string('name').notNull(),
  /** Digits only; the register has no check digit, so staff verifies (policy C2). */
  registerNumber: string('register_number').unique(),
  businessId: string('business_id').unique(),
  verifiedAt: instant('verified_at'),
  /** The coordinator who looked the number up in the register. */
  verifiedById: string('verified_by_id').references(() => persons.id),
  /** Bumped when a booking made for it changes: the ETag of its feed hangs on it. */
  revision: count('revision').notNull().default(0),
  createdAt: instant('created_at').notNull(),
})

export const memberships = table('memberships', {
  associationId: string('association_id').notNull().references(() => associations.id),
  personId: string('person_id').notNull().references(() => persons.id),
  /** What this person called it; the association's own name is shown to confirmed members only. */
  declaredName: string('declared_name'),
  createdAt: instant('created_at').notNull(),
  /** Null while only the person says so: anybody can name a number. */
  confirmedAt: instant('confirmed_at'),
  /** What a confirmed member may do for the association; nothing before. */
  rights: string('rights').$type<MemberRights>().notNull().default('books'),
}, (t) => [primaryKey({ columns: [t.associationId, t.personId] }), index('memberships_person').on(t.personId)])

/** Sent to an address, good for a fortnight, single use, hashed at rest; who accepts it is a confirmed member. */
export const invitations = table('invitations', {
  id: string('id').primaryKey(),
  tokenHash: string('token_hash').notNull().unique(),
  associationId: string('association_id').notNull().references(() => associations.id),
  /** Only who has signed in with this address may accept. */
  email: string('email').notNull(),
  rights: string('rights').$type<MemberRights>().notNull(),
  invitedById: string('invited_by_id').notNull().references(() => persons.id),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  acceptedAt: instant('accepted_at'),
  revokedAt: instant('revoked_at'),
}, (t) => [index('invitations_association').on(t.associationId), index('invitations_email').on(t.email)])

/** Who may not book for a time, by a reasoned decision. Only its lifting is written afterwards (trigger of migration 0008). */
export const bans = table('bans', {
  id: string('id').primaryKey(),
  /** Of a person or of an association, never of both. */
  personId: string('person_id').references(() => persons.id),
  associationId: string('association_id').references(() => associations.id),
  /** Null: in the whole city. */
  unitId: string('unit_id').references(() => units.id),
  /** Local dates, both included. */
  from: string('from_date').$type<LocalDate>().notNull(),
  to: string('to_date').$type<LocalDate>().notNull(),
  /** The official's words; the party reads them. */
  reason: string('reason').notNull(),
  /** The day the party was heard (hallintolaki 34 §); null where that was manifestly unnecessary. */
  heardOn: string('heard_on').$type<LocalDate>(),
  /** What the party said, or why nobody had to be heard. */
  hearing: string('hearing').notNull(),
  /** The edition of the rule book, and its sanction, that the ban rests on. */
  editionId: string('edition_id').notNull(),
  sanctionId: string('sanction_id').notNull(),
  decidedById: string('decided_by_id').notNull().references(() => persons.id),
  createdAt: instant('created_at').notNull(),
  liftedAt: instant('lifted_at'),
  liftedById: string('lifted_by_id').references(() => persons.id),
  liftReason: string('lift_reason'),
}, (t) => [
  index('bans_person').on(t.personId, t.to), index('bans_association').on(t.associationId, t.to), index('bans_unit').on(t.unitId, t.to),
  check('bans_one_party', sql`(${t.personId} is null) <> (${t.associationId} is null)`),
])
