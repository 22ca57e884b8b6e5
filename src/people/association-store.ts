import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Reads, Writes } from '../platform/db/database.ts'
import { forUpdate, locksRows } from '../platform/db/dialect.ts'
import type { AssociationId } from './identifiers.ts'
import type { MemberRights } from './member.ts'
import { associationBy, type Association } from './store.ts'
import { associations, memberships, persons } from './table.ts'

/** One who names the association. `name` may be empty; `declaredName` is what they called it. */
export type Member = {
  personId: string
  name: string
  email: string
  declaredName: string | null
  createdAt: number
  confirmedAt: number | null
  rights: MemberRights
}

export async function associationById(db: Reads, id: string): Promise<Association | null> {
  const [found] = await db.select().from(associations).where(eq(associations.id, id))
  return found ?? null
}

/** Changes among the members of one association queue here, so that two managers cannot both leave at once on PostgreSQL. */
export async function lockAssociation(db: Writes, id: string): Promise<Association | null> {
  const [found] = await forUpdate(db.select().from(associations).where(eq(associations.id, id)))
  return found ?? null
}

/** The same for one named by its number, if it is known: its bookings and its bans wait for each other. */
export async function lockNamed(db: Writes, named: AssociationId | undefined): Promise<void> {
  const known = locksRows && named ? await associationBy(db, named) : null
  if (known) await lockAssociation(db, known.id)
}

/** Everybody who names the association, those confirmed first, then by name. */
export async function everyMember(db: Reads, associationId: string): Promise<Member[]> {
  const { name, email } = persons
  const { personId, declaredName, createdAt, confirmedAt, rights } = memberships
  const rows = await db
    .select({ personId, name, email, declaredName, createdAt, confirmedAt, rights })
    .from(memberships).innerJoin(persons, eq(persons.id, personId))
    .where(eq(memberships.associationId, associationId)).orderBy(asc(name), asc(email))
  return [...rows.filter((one) => one.confirmedAt !== null), ...rows.filter((one) => one.confirmedAt === null)]
}

export const confirmedMembers = async (db: Reads, associationId: string): Promise<Member[]> =>
  (await everyMember(db, associationId)).filter(({ confirmedAt }) => confirmedAt !== null)

/** An association for one of its confirmed members, with what they may do; null for everybody else, declared members too. */
export async function ownAssociation(db: Reads, personId: string, id: string): Promise<{ association: Association; rights: MemberRights } | null> {
  const [found] = await db
    .select({ association: associations, rights: memberships.rights })
    .from(memberships).innerJoin(associations, eq(associations.id, memberships.associationId))
    .where(and(eq(memberships.associationId, id), eq(memberships.personId, personId), isNotNull(memberships.confirmedAt)))
  return found ?? null
}

/** Makes a person a confirmed member, or changes what a confirmed one may do. */
export async function confirmMembership(db: Writes, associationId: string, personId: string, rights: MemberRights, now: number): Promise<void> {
  const [known] = await db.select({ confirmedAt: memberships.confirmedAt }).from(memberships)
    .where(and(eq(memberships.associationId, associationId), eq(memberships.personId, personId)))
  const confirmedAt = known?.confirmedAt ?? now
  await db.insert(memberships).values({ associationId, personId, createdAt: now, confirmedAt, rights })
    .onConflictDoUpdate({ target: [memberships.associationId, memberships.personId], set: { confirmedAt, rights } }).returning({ id: memberships.personId })
}

/** False when there was no such membership. */
export async function deleteMembership(db: Writes, associationId: string, personId: string): Promise<boolean> {
  const gone = await db.delete(memberships)
    .where(and(eq(memberships.associationId, associationId), eq(memberships.personId, personId))).returning({ id: memberships.personId })
  return gone.length > 0
}

export async function updateAssociation(db: Writes, id: string, change: Partial<typeof associations.$inferInsert>): Promise<void> {
  await db.update(associations).set(change).where(eq(associations.id, id)).returning({ id: associations.id })
}

/** The whole register with who verified each. */
export const register = (db: Reads): Promise<{ association: Association; verifiedBy: { name: string; email: string } | null }[]> =>
  db.select({ association: associations, verifiedBy: { name: persons.name, email: persons.email } })
    .from(associations).leftJoin(persons, eq(persons.id, associations.verifiedById)).orderBy(asc(associations.id))

/** How many name each association, and how many of them are confirmed. */
export async function memberCounts(db: Reads, ids: readonly string[]): Promise<Map<string, { confirmed: number; declared: number }>> {
  const counts = new Map(ids.map((id) => [id, { confirmed: 0, declared: 0 }]))
  if (ids.length === 0) return counts
  const rows = await db.select({ id: memberships.associationId, confirmedAt: memberships.confirmedAt }).from(memberships)
    .where(inArray(memberships.associationId, [...ids]))
  for (const { id, confirmedAt } of rows) {
    const count = counts.get(id)
    if (count) count[confirmedAt === null ? 'declared' : 'confirmed']++
  }
  return counts
}
