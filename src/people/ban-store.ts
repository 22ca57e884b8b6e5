import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lte, or, type Placeholder } from 'drizzle-orm'
import type { Reads, Writes } from '../platform/db/database.ts'
import { prepared } from '../platform/db/prepared.ts'
import type { LocalDate } from '../time/wallclock.ts'
import { associations, bans, memberships } from './table.ts'

export type Ban = typeof bans.$inferSelect
/** The one who is banned. */
export type Banned = { personId: string; associationId: null } | { personId: null; associationId: string }

const confirmedOf = (db: Reads, personId: string | Placeholder) =>
  db.select({ id: memberships.associationId }).from(memberships).where(and(eq(memberships.personId, personId), isNotNull(memberships.confirmedAt)))

/**
 * The bans that speak against a booking by the person, in the association's name where one is given, in the unit today;
 * the last to end first. An association's ban counts only for its confirmed members: anybody can name any register number,
 * and must not learn by it what an association has been told, nor bring its ban upon themselves by a slip of a digit.
 */
export const bansAgainst = (
  db: Reads, { associationId, ...rest }: { personId: string; associationId: string | null; unitId: string; today: LocalDate },
): Promise<Ban[]> => inTheWay(db, { ...rest, associationId: associationId ?? '' })

const inTheWay = prepared<{ personId: string; associationId: string; unitId: string; today: LocalDate }, Ban[]>((db, value) => db
  .select().from(bans).where(and(
    isNull(bans.liftedAt), lte(bans.from, value('today')), gte(bans.to, value('today')),
    or(isNull(bans.unitId), eq(bans.unitId, value('unitId'))),
    or(
      eq(bans.personId, value('personId')),
      and(eq(bans.associationId, value('associationId')), inArray(bans.associationId, confirmedOf(db, value('personId')))),
    ),
  )).orderBy(desc(bans.to), asc(bans.id)))

/** What a person is told of: bans of theirs and of associations they are a confirmed member of, in force or coming, the last to end first. */
export async function bansToTell(db: Reads, personId: string, today: LocalDate): Promise<{ ban: Ban; association: string | null }[]> {
  return db.select({ ban: bans, association: associations.name }).from(bans).leftJoin(associations, eq(associations.id, bans.associationId))
    .where(and(
      isNull(bans.liftedAt), gte(bans.to, today),
      or(eq(bans.personId, personId), inArray(bans.associationId, confirmedOf(db, personId))),
    )).orderBy(desc(bans.to), asc(bans.id))
}

/** Bans of one party in one place (null: the whole city) that are not lifted and end on the date or later. */
export const openBansOf = (db: Reads, { personId, associationId }: Banned, unitId: string | null, since: LocalDate): Promise<Ban[]> =>
  db.select().from(bans).where(and(
    personId !== null ? eq(bans.personId, personId) : eq(bans.associationId, associationId),
    unitId === null ? isNull(bans.unitId) : eq(bans.unitId, unitId), isNull(bans.liftedAt), gte(bans.to, since),
  )).orderBy(asc(bans.from), asc(bans.id))

export async function banById(db: Reads, id: string): Promise<Ban | null> {
  const [ban] = await db.select().from(bans).where(eq(bans.id, id))
  return ban ?? null
}

const listed = 300

/** The latest bans in these units, with `city` also those of the whole city; the last to end first. */
export const bansIn = (db: Reads, unitIds: readonly string[], city: boolean): Promise<Ban[]> =>
  db.select().from(bans).where(or(inArray(bans.unitId, [...unitIds]), ...(city ? [isNull(bans.unitId)] : [])))
    .orderBy(desc(bans.to), desc(bans.createdAt), asc(bans.id)).limit(listed)

export async function insertBan(db: Writes, ban: typeof bans.$inferInsert): Promise<Ban> {
  const [made] = await db.insert(bans).values(ban).returning()
  return made!
}

export async function liftBan(db: Writes, id: string, lifting: { liftedAt: number; liftedById: string; liftReason: string }): Promise<Ban> {
  const [lifted] = await db.update(bans).set(lifting).where(eq(bans.id, id)).returning()
  return lifted!
}
