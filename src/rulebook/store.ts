import { and, asc, desc, inArray, lte } from 'drizzle-orm'
import type { Reads } from '../platform/db/database.ts'
import { parseEdition, type Edition } from './edition.ts'
import { editions } from './table.ts'

const parsed = new Map<string, Edition>()

/** The edition in force on a local date; null when the database has none yet. An edition's content never changes under its id. */
export async function editionInForce(db: Reads, date: string): Promise<Edition | null> {
  const [row] = await db
    .select({ id: editions.id, content: editions.content, createdAt: editions.createdAt })
    .from(editions)
    .where(and(lte(editions.validFrom, date), inArray(editions.status, ['example', 'adopted'])))
    .orderBy(desc(editions.validFrom), asc(editions.id))
    .limit(1)
  if (!row) return null
  const key = `${row.id} ${row.createdAt}`
  let edition = parsed.get(key)
  if (!edition) {
    edition = parseEdition(row.content)
    parsed.set(key, edition)
  }
  return edition
}
