import { and, asc, gt, inArray, lt } from 'drizzle-orm'
import { occupancies } from '../bookings/table.ts'
import type { Reads } from '../platform/db/database.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { minuteMs } from '../time/wallclock.ts'
import { longestBuffer, type Taken } from './taken.ts'

/** The longest occupancy the database accepts; lets the index bound `starts_at` from below. */
const longestMs = 31 * 86_400_000
const widestBufferMs = longestBuffer * minuteMs

type Row = Taken & { partId: string }

/** Occupancies of the parts that touch the range, with the widest buffer on both sides. */
async function occupied(db: Reads, partIds: string[], start: number, end: number): Promise<Row[]> {
  const rows = await db
    .select()
    .from(occupancies)
    .where(and(
      inArray(occupancies.partId, partIds),
      gt(occupancies.startsAt, start - widestBufferMs - longestMs),
      lt(occupancies.startsAt, end + widestBufferMs),
      gt(occupancies.endsAt, start - widestBufferMs),
    ))
    .orderBy(asc(occupancies.startsAt))
  return rows.map((row) => ({
    id: row.bookingId ?? row.holdId ?? row.id,
    partId: row.partId,
    start: row.startsAt,
    end: row.endsAt,
    before: row.before,
    after: row.after,
    kind: row.bookingId ? 'booking' : 'hold',
  }))
}

/** What is taken of one space in a range of instants, soonest first. A booking over two parts counts once. */
export async function takenOf(db: Reads, { space }: Listed, start: number, end: number): Promise<Taken[]> {
  return once(await occupied(db, space.partIds, start, end))
}

/** The same for many spaces in one query; the answer has an entry for every space asked. */
export async function takenOfMany(db: Reads, listed: readonly Listed[], start: number, end: number): Promise<Map<string, Taken[]>> {
  const partIds = [...new Set(listed.flatMap(({ space }) => space.partIds))]
  const byPart = new Map<string, Row[]>()
  for (let i = 0; i < partIds.length; i += 500) {
    for (const row of await occupied(db, partIds.slice(i, i + 500), start, end)) {
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
