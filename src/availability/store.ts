import { and, inArray, lte } from 'drizzle-orm'
import { holds } from '../bookings/table.ts'
import type { Reads } from '../platform/db/database.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { dayMs, minuteMs } from '../time/wallclock.ts'
import { longestBuffer, type Taken } from './taken.ts'

/** The longest occupancy the database accepts. */
const longestMs = 31 * dayMs
const widestBufferMs = longestBuffer * minuteMs

type Row = { part_id: string; starts_at: number; ends_at: number; booking_id: string | null; hold_id: string | null; before_minutes: number; after_minutes: number }
type Held = Taken & { partId: string; holdId: string | null }

/** What is longer has an index of its own, so that the others need only so much of a look back. */
const shortMs = dayMs / 2

const chosen = 'select part_id, starts_at, ends_at, booking_id, hold_id, before_minutes, after_minutes from occupancies'
const touching = 'starts_at > ? and starts_at < ? and ends_at > ?'
const short = `${touching} and ends_at - starts_at <= ${shortMs}`
const long = `${touching} and ends_at - starts_at > ${shortMs}`
const anywhere = `${chosen} where ${short} union all ${chosen} where ${long}`
const onPart = `${chosen} where part_id = ? and ${short} union all ${chosen} where part_id = ? and ${long}`

/** From so many parts on, reading every part's occupancies and dropping those of others is quicker than asking for each. */
const manyParts = 60

/** Occupancies of the parts (null: of all) that touch the range, with the widest buffer on both sides. */
async function occupied(db: Reads, partIds: readonly string[] | null, start: number, end: number, now?: number): Promise<Held[]> {
  const [from, to] = [start - widestBufferMs, end + widestBufferMs]
  const bounds = [from - shortMs, to, from] as const
  const longBounds = [from - longestMs, to, from] as const
  const rows = partIds === null || partIds.length > manyParts
    ? await db.rows<Row>(anywhere, [...bounds, ...longBounds])
    : (await Promise.all(partIds.map((id) => db.rows<Row>(onPart, [id, ...bounds, id, ...longBounds])))).flat()
  const found = rows.map((row): Held => ({
    id: row.booking_id ?? row.hold_id ?? '',
    partId: row.part_id,
    holdId: row.hold_id,
    start: Number(row.starts_at),
    end: Number(row.ends_at),
    before: row.before_minutes,
    after: row.after_minutes,
    kind: row.booking_id === null ? 'hold' : 'booking',
  }))
  const over = now === undefined ? nobodys : await runOut(db, found.flatMap((one) => one.holdId ?? []), now)
  return over.size === 0 ? found : found.filter(({ holdId }) => holdId === null || !over.has(holdId))
}

const none: never[] = []
const nobodys: ReadonlySet<string> = new Set()

/** Those of the holds whose time is over; the next writer takes them away. */
async function runOut(db: Reads, holdIds: string[], now: number): Promise<ReadonlySet<string>> {
  if (holdIds.length === 0) return nobodys
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

/** The same for many spaces, by their ids; a space with nothing taken has no entry. */
export async function takenOfMany(
  db: Reads, listed: readonly Listed[], start: number, end: number, now?: number,
): Promise<ReadonlyMap<string, readonly Taken[]>> {
  const partIds = listed.length > manyParts ? null : [...new Set(listed.flatMap(({ space }) => space.partIds))]
  const byPart = new Map<string, Held[]>()
  for (const row of await occupied(db, partIds, start, end, now)) {
    const rows = byPart.get(row.partId)
    if (rows) rows.push(row)
    else byPart.set(row.partId, [row])
  }
  const found = new Map<string, Taken[]>()
  if (byPart.size === 0) return found
  for (const { space: { id, partIds } } of listed) {
    const [part, another] = partIds
    const rows = another === undefined ? byPart.get(part ?? '') : partIds.flatMap((one) => byPart.get(one) ?? none)
    if (rows && rows.length > 0) found.set(id, once(rows))
  }
  return found
}

function once(rows: Held[]): Taken[] {
  const seen = new Set<string>()
  return rows
    .filter(({ id }) => !seen.has(id) && seen.add(id))
    .map(({ id, start, end, before, after, kind }) => ({ id, start, end, before, after, kind }))
    .sort((a, b) => a.start - b.start)
}
