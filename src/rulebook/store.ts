import { eq } from 'drizzle-orm'
import type { Reads } from '../platform/db/database.ts'
import { prepared } from '../platform/db/prepared.ts'
import { parseEdition, type Edition } from './edition.ts'
import { editions } from './table.ts'

type Named = { id: string; createdAt: number }

/** Editions read so far: what an edition says never changes under its id. Another database's edition was made at another moment. */
const parsed = new Map<string, Edition>()

/** Every page asks for it: plain rows, as Drizzle's mapping would cost more than the query. */
async function inForce(db: Reads, date: string): Promise<Named[]> {
  const rows = await db.rows<[id: string, createdAt: number]>(
    `select id, created_at from editions where valid_from <= ? and status in ('example', 'adopted') order by valid_from desc, id limit 1`, [date])
  return rows.map(([id, createdAt]) => ({ id, createdAt }))
}

const named = prepared<{ id: string }, Named[]>((db, value) => db
  .select({ id: editions.id, createdAt: editions.createdAt }).from(editions).where(eq(editions.id, value('id'))))

async function read(db: Reads, [row]: Named[]): Promise<Edition | null> {
  if (!row) return null
  const key = `${row.id} ${row.createdAt}`
  let edition = parsed.get(key)
  if (!edition) {
    const [{ content } = { content: null }] = await db.select({ content: editions.content }).from(editions).where(eq(editions.id, row.id))
    parsed.set(key, (edition = parseEdition(content)))
  }
  return edition
}

/** The edition in force on a local date; null when the database has none yet. */
export const editionInForce = async (db: Reads, date: string): Promise<Edition | null> => read(db, await inForce(db, date))

/** An edition, whatever its status; null when there is none of that id. */
export const editionById = async (db: Reads, id: string): Promise<Edition | null> => read(db, await named(db, { id }))
