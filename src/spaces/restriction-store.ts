import { asc, eq } from 'drizzle-orm'
import type { Reads } from '../platform/db/database.ts'
import type { Restriction } from './restriction.ts'
import { restrictions } from './table.ts'

/** Every restriction there ever was, the first to end first; those without an end stand last. */
export const allRestrictions = async (db: Reads): Promise<Restriction[]> =>
  (await db.select().from(restrictions).orderBy(asc(restrictions.validTo), asc(restrictions.validFrom), asc(restrictions.id)))
    .sort((a, b) => Number(a.validTo === null) - Number(b.validTo === null))

export async function restrictionById(db: Reads, id: string): Promise<Restriction | null> {
  const [found] = await db.select().from(restrictions).where(eq(restrictions.id, id))
  return found ?? null
}
