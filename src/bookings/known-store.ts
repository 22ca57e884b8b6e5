import { and, asc, desc, eq, ne } from 'drizzle-orm'
import { suitedKinds } from '../availability/suited.ts'
import type { Person } from '../people/person.ts'
import { associationsOf } from '../people/store.ts'
import type { Reads } from '../platform/db/database.ts'
import { prepared } from '../platform/db/prepared.ts'
import type { Purpose } from '../rulebook/facts.ts'
import type { Who } from '../rulebook/who.ts'
import type { SpaceKind } from '../spaces/space.ts'
import { answersAgain } from './again.ts'
import { associationChoice, type DraftAnswers } from './draft.ts'
import { bookings } from './table.ts'

type Earlier = typeof bookings.$inferSelect
type Known = Pick<Person, 'id' | 'associationIds'>

/** Older ones say little of what is usual now. */
const lately = 50

const latest = prepared<{ personId: string }, Earlier[]>((db, value) => db
  .select().from(bookings).where(and(eq(bookings.personId, value('personId')), ne(bookings.state, 'declined')))
  .orderBy(desc(bookings.createdAt), desc(bookings.startsAt), asc(bookings.id)).limit(lately))

/** The person's latest booking of this sort. One that was declined, or made for an association that is no longer theirs, is passed over. */
async function latestLike(db: Reads, { id, associationIds }: Known, isLike: (facts: Earlier['decided']['facts']) => boolean): Promise<Earlier | null> {
  const rows = await latest(db, { personId: id })
  return rows.find(({ associationId, decided }) => (associationId === null || associationIds.includes(associationId)) && isLike(decided.facts)) ?? null
}

/** Who the person usually is with a purpose: as in their latest booking for it; null when there is none. */
export async function usualWho(db: Reads, person: Known, purpose: Purpose): Promise<Pick<Who, 'applicant' | 'openToAll'> | null> {
  const earlier = await latestLike(db, person, (facts) => facts.purpose === purpose)
  return earlier && { applicant: earlier.decided.facts.applicant, openToAll: earlier.decided.facts.openToAll ?? false }
}

/**
 * What the person answered for their latest booking of the same purpose and applicant, as far as these are said. Where no
 * purpose is said, one that suits the kind of space will do. Null when there is no such booking.
 */
export async function usualAnswers(db: Reads, person: Known, { purpose, applicant }: DraftAnswers, kind: SpaceKind): Promise<DraftAnswers | null> {
  const earlier = await latestLike(db, person, (facts) =>
    (purpose ? facts.purpose === purpose : suitedKinds(facts.purpose)?.includes(kind) ?? true) && (!applicant || facts.applicant === applicant))
  if (!earlier) return null
  const own = earlier.associationId === null ? [] : await associationsOf(db, person.id)
  const association = own.find(({ id }) => id === earlier.associationId)
  return answersAgain(earlier, association ? associationChoice(association) : null)
}

/** When the person first accepted these terms with a booking of theirs; null when they never did. What was seeded or imported nobody accepted. */
export async function termsAcceptedAt(db: Reads, personId: string, version: string): Promise<number | null> {
  const [first] = await db.select({ at: bookings.createdAt }).from(bookings)
    .where(and(eq(bookings.personId, personId), eq(bookings.termsVersion, version), eq(bookings.muted, false)))
    .orderBy(asc(bookings.createdAt)).limit(1)
  return first?.at ?? null
}
