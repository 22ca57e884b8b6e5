import { eq } from 'drizzle-orm'
import type { Reads } from '../platform/db/database.ts'
import { prepared } from '../platform/db/prepared.ts'
import { parseEdition, type Edition } from './edition.ts'
import { editions } from './table.ts'

type Version = { id: string; createdAt: number; revision: number }
export type EditionRow = typeof editions.$inferSelect

/** Editions read so far: a draft's revision grows with every change, and another database's edition was made at another moment. */
const parsed = new Map<string, Edition>()
/** Editions in force with what is added to them: by their own version, those that follow, and the day where it counts. */
const inForce = new Map<string, Edition>()

const versionOf = ({ id, createdAt, revision }: Version): string => `${id} ${createdAt} ${revision}`

async function read(db: Reads, version: Version): Promise<Edition> {
  const key = versionOf(version)
  let edition = parsed.get(key)
  if (!edition) {
    const [{ content } = { content: null }] = await db.select({ content: editions.content }).from(editions).where(eq(editions.id, version.id))
    if (parsed.size > 100) parsed.clear()
    parsed.set(key, (edition = parseEdition(content)))
  }
  return edition
}

/** What every page asks for: plain rows, as Drizzle's mapping would cost more than the query. Of one day's editions the newest counts, and none that was withdrawn. */
async function inTime(db: Reads): Promise<(Version & { validFrom: string })[]> {
  const rows = await db.rows<[id: string, createdAt: number, revision: number, validFrom: string]>(
    `select id, created_at, revision, valid_from from editions where status in ('example', 'adopted') and id not in (select edition_id from edition_withdrawals)
    order by valid_from, coalesce(adopted_at, created_at), id`, [])
  return rows.map(([id, createdAt, revision, validFrom]) => ({ id, createdAt, revision, validFrom }))
}

/**
 * The edition in force on a local date, which decides the requests made on it; null when the database has none yet. It
 * knows the editions adopted to follow it, or the day itself, where prices are of the day of use or of the request.
 */
export async function editionInForce(db: Reads, date: string): Promise<Edition | null> {
  const all = await inTime(db)
  const at = all.findLastIndex(({ validFrom }) => validFrom <= date)
  const present = all[at]
  if (!present) return null
  const following = all.slice(at + 1)
  const key = [present, ...following].map(versionOf).join() + date
  let edition = inForce.get(key)
  if (!edition) {
    edition = await read(db, present)
    if (edition.pricedOn === 'request') edition = { ...edition, pricedAsOf: date }
    else if (following.length > 0) edition = { ...edition, later: await Promise.all(following.map((one) => read(db, one))) }
    // A day's edition is asked for on that day only.
    if (inForce.size > 100) inForce.clear()
    inForce.set(key, edition)
  }
  return edition
}

const named = prepared<{ id: string }, Version[]>((db, value) => db
  .select({ id: editions.id, createdAt: editions.createdAt, revision: editions.revision }).from(editions).where(eq(editions.id, value('id'))))

/** An edition, whatever its status; null when there is none of that id. */
export async function editionById(db: Reads, id: string): Promise<Edition | null> {
  const [version] = await named(db, { id })
  return version ? read(db, version) : null
}
