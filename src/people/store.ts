import { and, asc, desc, eq, gt, inArray, isNull, not, sql, type SQL } from 'drizzle-orm'
import { nanoId } from '../platform/ids.ts'
import type { Reads, Writes } from '../platform/db/database.ts'
import { prepared } from '../platform/db/prepared.ts'
import type { AssociationId } from './identifiers.ts'
import type { MemberRights } from './member.ts'
import { visible, type Person } from './person.ts'
import type { StaffRole } from './roles.ts'
import { apiTokens, associations, memberships, persons, sessions, signInLinks, staffRoles } from './table.ts'

export type Session = typeof sessions.$inferSelect
export type SignInLink = typeof signInLinks.$inferSelect
export type ApiToken = typeof apiTokens.$inferSelect
export type Association = typeof associations.$inferSelect
type PersonRow = typeof persons.$inferSelect

async function withRights(db: Reads, row: PersonRow): Promise<Person> {
  const { revision: _, createdAt: __, ...person } = row
  const roles = await rolesOf(db, { id: row.id })
  const of = await namedBy(db, { id: row.id })
  return { ...person, roles, associationIds: of.map(({ id }) => id) }
}

const rolesOf = prepared<{ id: string }, StaffRole[]>((db, value) => db
  .select({ role: staffRoles.role, scopeKind: staffRoles.scopeKind, scopeId: staffRoles.scopeId })
  .from(staffRoles).where(eq(staffRoles.personId, value('id'))).orderBy(asc(staffRoles.id)))
const namedBy = prepared<{ id: string }, { id: string }[]>((db, value) => db
  .select({ id: memberships.associationId }).from(memberships)
  .where(eq(memberships.personId, value('id'))).orderBy(asc(memberships.createdAt), asc(memberships.associationId)))

async function personWhere(db: Reads, which: SQL): Promise<Person | null> {
  const [row] = await db.select().from(persons).where(which)
  return row ? withRights(db, row) : null
}

export const personById = (db: Reads, id: string): Promise<Person | null> => personWhere(db, eq(persons.id, id))

/** `email` as `normalEmail` gives it. */
export const personByEmail = (db: Reads, email: string): Promise<Person | null> => personWhere(db, eq(persons.email, email))

const live = (now: number) => and(isNull(sessions.revokedAt), gt(sessions.expiresAt, now))

/** Who holds the session with this hash; null when it ended, was revoked or never was. */
export async function personBySession(db: Reads, idHash: string, now: number): Promise<{ person: Person; session: Session } | null> {
  const [found] = await sessionNow(db, { idHash, now })
  return found ? { person: await withRights(db, found.row), session: found.session } : null
}

const sessionNow = prepared<{ idHash: string; now: number }, { row: PersonRow; session: Session }[]>((db, value) => db
  .select({ row: persons, session: sessions }).from(sessions).innerJoin(persons, eq(persons.id, sessions.personId))
  .where(and(eq(sessions.idHash, value('idHash')), isNull(sessions.revokedAt), gt(sessions.expiresAt, value('now')))))

/** Who holds the API token with this hash; null when it was revoked or never was. */
export async function personByToken(db: Reads, tokenHash: string): Promise<{ person: Person; token: ApiToken } | null> {
  const [found] = await tokenNow(db, { tokenHash })
  return found ? { person: await withRights(db, found.row), token: found.token } : null
}

const tokenNow = prepared<{ tokenHash: string }, { row: PersonRow; token: ApiToken }[]>((db, value) => db
  .select({ row: persons, token: apiTokens }).from(apiTokens).innerJoin(persons, eq(persons.id, apiTokens.personId))
  .where(and(eq(apiTokens.tokenHash, value('tokenHash')), isNull(apiTokens.revokedAt))))

/** Where a person is signed in, the latest seen first. */
export const sessionsOf = (db: Reads, personId: string, now: number): Promise<Session[]> =>
  db.select().from(sessions).where(and(eq(sessions.personId, personId), live(now))).orderBy(desc(sessions.lastSeenAt), asc(sessions.idHash))

/** The tokens by which machines act for a person, newest first. */
export const tokensOf = (db: Reads, personId: string): Promise<ApiToken[]> =>
  db.select().from(apiTokens).where(and(eq(apiTokens.personId, personId), isNull(apiTokens.revokedAt))).orderBy(desc(apiTokens.createdAt), asc(apiTokens.id))

export async function signInLinkById(db: Reads, id: string): Promise<SignInLink | null> {
  const [found] = await db.select().from(signInLinks).where(eq(signInLinks.id, id))
  return found ?? null
}

export async function signInLinkByToken(db: Reads, tokenHash: string): Promise<SignInLink | null> {
  const [found] = await db.select().from(signInLinks).where(eq(signInLinks.tokenHash, tokenHash))
  return found ?? null
}

/** Sign-in links of an address that still work. */
export const liveLinksOf = (db: Reads, email: string, now: number): Promise<SignInLink[]> =>
  db.select().from(signInLinks).where(and(eq(signInLinks.email, email), isNull(signInLinks.usedAt), gt(signInLinks.expiresAt, now)))

export async function associationBy(db: Reads, named: AssociationId): Promise<Association | null> {
  const column = named.kind === 'business_id' ? associations.businessId : associations.registerNumber
  const [found] = await db.select().from(associations).where(eq(column, named.value))
  return found ?? null
}

export type Standing = 'verified' | 'declared'
export type OwnAssociation = {
  id: string
  name: string
  registerNumber: string | null
  businessId: string | null
  standing: Standing
  /** What the person may do as a confirmed member; null while only they say that they are one. */
  rights: MemberRights | null
}

/**
 * The associations a person names. Anybody can name any number, so until staff has confirmed the membership the person
 * sees only what they wrote themselves: neither the name others gave nor that it is verified.
 */
export async function associationsOf(db: Reads, personId: string): Promise<OwnAssociation[]> {
  const rows = await db
    .select({ association: associations, membership: memberships })
    .from(memberships).innerJoin(associations, eq(associations.id, memberships.associationId))
    .where(eq(memberships.personId, personId)).orderBy(asc(memberships.createdAt), asc(memberships.associationId))
  return rows.map(({ association: { id, name, registerNumber, businessId, verifiedAt }, membership }) => ({
    id,
    name: (membership.confirmedAt === null ? membership.declaredName : name) ?? '',
    registerNumber,
    businessId,
    standing: verifiedAt !== null && membership.confirmedAt !== null ? 'verified' : 'declared',
    rights: membership.confirmedAt === null ? null : membership.rights,
  }))
}

/** The ids of those who name the association, confirmed or not. */
export const membersOf = (db: Reads, associationId: string): Promise<string[]> =>
  db
    .select({ id: memberships.personId }).from(memberships).where(eq(memberships.associationId, associationId)).orderBy(asc(memberships.personId))
    .then((rows) => rows.map(({ id }) => id))

/** Names an association for a person, who becomes a declared member; what was confirmed stays so. */
export async function declareAssociation(
  db: Writes,
  personId: string,
  named: AssociationId & { name?: string },
  now: number,
): Promise<{ id: string; standing: Standing }> {
  const name = visible(named.name ?? '') || null
  const identifier = named.kind === 'business_id' ? { businessId: named.value } : { registerNumber: named.value }
  await db.insert(associations).values({ id: nanoId(), name: name ?? named.value, ...identifier, createdAt: now }).onConflictDoNothing().returning({ id: associations.id })
  const association = await associationBy(db, named)
  if (!association) throw new Error('the association was not stored')
  const [membership] = await db
    .insert(memberships)
    .values({ associationId: association.id, personId, declaredName: name, createdAt: now })
    .onConflictDoUpdate({
      target: [memberships.associationId, memberships.personId],
      set: { declaredName: sql`coalesce(excluded.declared_name, ${memberships.declaredName})` },
    })
    .returning()
  return { id: association.id, standing: association.verifiedAt !== null && membership?.confirmedAt ? 'verified' : 'declared' }
}

/** Bumps what the person's own feed hangs on; in the transaction that changes a booking of theirs. */
export async function bumpPersonRevision(db: Writes, personId: string): Promise<void> {
  await bumpPerson(db, { personId })
}
const bumpPerson = prepared<{ personId: string }, unknown>((db, value) =>
  db.update(persons).set({ revision: sql`${persons.revision} + 1` }).where(eq(persons.id, value('personId'))).returning({ id: persons.id }))

/** Bumps what an association's feed hangs on; in the transaction that changes a booking made for it. */
export async function bumpAssociationRevision(db: Writes, associationId: string): Promise<void> {
  await db.update(associations).set({ revision: sql`${associations.revision} + 1` }).where(eq(associations.id, associationId)).returning({ id: associations.id })
}

/** Stores a new person; the one who has the address already stays as they are. */
export async function personFor(db: Writes, person: Pick<PersonRow, 'email' | 'name' | 'language'>, now: number): Promise<Person> {
  await db.insert(persons).values({ id: nanoId(), ...person, createdAt: now }).onConflictDoNothing().returning({ id: persons.id })
  const stored = await personByEmail(db, person.email)
  if (!stored) throw new Error('the person was not stored')
  return stored
}

/** Some people to try the service as: staff, then those who were there first. */
export async function peopleToTry(db: Reads): Promise<Person[]> {
  const staff = await db.selectDistinct({ id: staffRoles.personId }).from(staffRoles).limit(10)
  const isStaff = inArray(persons.id, staff.map(({ id }) => id))
  const inOrder = (which: SQL) => db.select().from(persons).where(which).orderBy(asc(persons.createdAt), asc(persons.name)).limit(10)
  const rows = [...(await inOrder(isStaff)), ...(await inOrder(not(isStaff)))]
  return Promise.all(rows.map((row) => withRights(db, row)))
}
