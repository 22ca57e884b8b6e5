import { and, asc, eq, inArray } from 'drizzle-orm'
import { persons, staffRoles } from '../people/table.ts'
import type { Reads } from '../platform/db/database.ts'
import { jobs } from '../platform/jobs/table.ts'

/** The queue's name for a digest. */
export const digestJob = 'notices.digest'

/** The ids of those who manage a unit or an area and want to be told. */
export const managersToTell = (db: Reads): Promise<string[]> =>
  db
    .selectDistinct({ id: persons.id }).from(persons).innerJoin(staffRoles, eq(staffRoles.personId, persons.id))
    .where(and(eq(staffRoles.role, 'manager'), eq(persons.digest, true))).orderBy(asc(persons.id))
    .then((rows) => rows.map(({ id }) => id))

/** Of the keys those whose digest is in the queue, sent or not. */
export async function digestsMade(db: Reads, keys: string[]): Promise<Set<string | null>> {
  const rows = await db.select({ key: jobs.key }).from(jobs).where(inArray(jobs.key, keys))
  return new Set(rows.map(({ key }) => key))
}

/** Until when each person has been told, epoch ms. The queue keeps a month; who has been away longer is told anew. */
export async function toldUntil(db: Reads): Promise<Map<string, number>> {
  const rows = await db.select({ data: jobs.data }).from(jobs).where(eq(jobs.name, digestJob))
  const latest = new Map<string, number>()
  for (const { data } of rows) {
    const { personId, until } = data as { personId: string; until: number }
    latest.set(personId, Math.max(until, latest.get(personId) ?? 0))
  }
  return latest
}
