import { and, asc, gt, inArray, lt, lte } from 'drizzle-orm'
import { holds, occupancies } from '../bookings/table.ts'
import type { Reads } from '../platform/db/database.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { minuteMs } from '../time/wallclock.ts'
import { longestBuffer, type Taken } from './taken.ts'

/** The longest occupancy the database accepts; lets the index bound `starts_at` from below. */
const longestMs = 31 * 86_400_000
const widestBufferMs = longestBuffer * minuteMs

type Row = Taken & { partId: string }

/** Occupancies of the parts that touch the range, with the widest buffer on both sides. */
async function occupied(db: Reads, partIds: string[], start: number, end: number, now?: number): Promise<Row[]> {
  const found = await db
    .select()
    .from(occupancies)
    .where(and(
      inArray(occupancies.partId, partIds),
      gt(occupancies.startsAt, start - widestBufferMs - longestMs),
      lt(occupancies.startsAt, end + widestBufferMs),
      gt(occupancies.endsAt, start - widestBufferMs),
    ))
    .orderBy(asc(occupancies.startsAt))
  const over = now === undefined ? new Set<string>() : await runOut(db, found.flatMap((row) => row.holdId ?? []), now)
  return found.filter((row) => row.holdId === null || !over.has(row.holdId)).map((row) => ({
    id: row.bookingId ?? row.holdId ?? row.id,
    partId: row.partId,
    start: row.startsAt,
    end: row.endsAt,
    before: row.before,
    after: row.after,
    kind: row.bookingId ? 'booking' : 'hold',
  }))
}

/** Those of the holds whose time is over; the next writer takes them away. */
async function runOut(db: Reads, holdIds: string[], now: number): Promise<Set<string>> {
  if (holdIds.length === 0) return new Set()
  const rows = await db.select({ id: holds.id }).from(holds).where(and(inArray(holds.id, [...new Set(holdIds)]), lte(holds.expiresAt, now)))
  return new Set(rows.map(({ id }) => id))
}

/**
 * What is taken of one space in a range of instants, soonest first. A booking over two parts counts once. With `now`
 * holds that have run out are left out; a writer has taken them away before it asks.
 */
export async function takenOf(db: Reads, { space }: Listed, start: number, end: number, now?: number): Promise<Taken[]> {
  return once(await occupied(db, space.partIds, start, end, now))
}

/** The same for many spaces in one query; the answer has an entry for every space asked. */
export async function takenOfMany(
  db: Reads, listed: readonly Listed[], start: number, end: number, now?: number,
): Promise<Map<string, Taken[]>> {
  const partIds = [...new Set(listed.flatMap(({ space }) => space.partIds))]
  const byPart = new Map<string, Row[]>()
  for (let i = 0; i < partIds.length; i += 500) {
    for (const row of await occupied(db, partIds.slice(i, i + 500), start, end, now)) {
      const rows = byPart.get(row.partId)
      if (rows) rows.push(row)
      else byPart.set(row.partId, [row])
    }
  }
  return new Map(listed.map(({ space }) => [space.id, once(space.partIds.flatMap((id) => byPart.get(id) ?? []))]))
}

function once(rows: Row[]): Taken[] {
  const seen = new Set<string>()
  return rows
    .filter(({ id }) => !seen.has(id) && seen.add(id))
    .map(({ partId: _, ...taken }) => taken)
    .sort((a, b) => a.start - b.start)
}
