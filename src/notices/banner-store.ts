import { desc, eq, gt } from 'drizzle-orm'
import { persons } from '../people/table.ts'
import type { Database, Reads } from '../platform/db/database.ts'
import { bannersFor, type Banner } from './banner.ts'
import { banners } from './table.ts'

export type BannerRow = typeof banners.$inferSelect

export async function bannerById(db: Reads, id: string): Promise<BannerRow | null> {
  const [banner] = await db.select().from(banners).where(eq(banners.id, id))
  return banner ?? null
}

const remembered = 200

/** The latest banners with who made them, the last to end first. */
export const latestBanners = (db: Reads): Promise<{ banner: BannerRow; by: string }[]> =>
  db.select({ banner: banners, by: persons.name }).from(banners).innerJoin(persons, eq(persons.id, banners.madeById))
    .orderBy(desc(banners.endsAt), desc(banners.id)).limit(remembered)

/** What one process knows: read when, which reading was the last, and what it found. */
type Board = { readAt: number; reading: number; known: readonly Banner[] }
const boards = new WeakMap<Database, Board>()

function boardOf(db: Database): Board {
  const board = boards.get(db) ?? { readAt: -Infinity, reading: 0, known: [] }
  boards.set(db, board)
  return board
}

/** Reads what is shown now or later. A reading that began before another is out of date when it ends. */
export async function readBanners(db: Database, now: number): Promise<void> {
  const board = boardOf(db)
  const reading = ++board.reading
  // Noted at once: a database that is slow or away is not asked again by every page meanwhile.
  board.readAt = now
  const known = await db.select().from(banners).where(gt(banners.endsAt, now))
  if (reading === board.reading) board.known = known
}

const readEveryMs = 30_000

/**
 * Banners are on every page and must not cost each a query, so that a process keeps them in memory: read again 30 seconds
 * after the last time, and at once by the process that changed one. Another process is thus late with a change by 30
 * seconds at most; starts and ends are on time everywhere, as the clock decides them.
 */
export const bannersDue = (db: Database, now: number): boolean => Math.abs(now - boardOf(db).readAt) >= readEveryMs

/** What somebody sees now of what this process knows. */
export function bannersSeen(db: Database, viewer: { desk: boolean }, now: number): Banner[] {
  const { known } = boardOf(db)
  return known.length ? bannersFor(known, viewer, now) : []
}
