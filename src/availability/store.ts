import { and, inArray, lte } from 'drizzle-orm'
import { holds } from '../bookings/table.ts'
import type { Reads } from '../platform/db/database.ts'
import { forSeveral } from '../platform/db/prepared.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { dayMs, minuteMs } from '../time/wallclock.ts'
import { longestBuffer, type Taken } from './taken.ts'

/** The longest occupancy the database accepts. */
const longestMs = 31 * dayMs
const widestBufferMs = longestBuffer * minuteMs

type Row = [part: string, start: number, end: number, bookingId: string | null, holdId: string | null, before: number, after: number]

/** What is longer has an index of its own, so that the others need only so much of a look back. */
export const shortMs = dayMs / 2

const chosen = 'select part_id, starts_at, ends_at, booking_id, hold_id, before_minutes, after_minutes from occupancies'
const touching = 'starts_at > ? and starts_at < ? and ends_at > ?'
const short = `${touching} and ends_at - starts_at <= ${shortMs}`
const long = `${touching} and ends_at - starts_at > ${shortMs}`
const anywhere = `${chosen} where ${short} union all ${chosen} where ${long}`
/** The index of a part holds all that is asked: a month more of it costs less than a second question. */
const onParts = forSeveral((parts) => `${chosen} where part_id in (${parts}) and ${touching}`)

/** From so many parts on, reading every part's occupancies and dropping those of others is quicker than asking for each. */
const manyParts = 60

/** Occupancies of the parts (null: of all) that touch the range, with the widest buffer on both sides: by part, the soonest first. */
async function occupied(db: Reads, partIds: readonly string[] | null, start: number, end: number, now?: number): Promise<Map<string, Taken[]>> {
  // PostgreSQL knows no empty list of choices.
  if (partIds?.length === 0) return new Map()
  const [from, to] = [start - widestBufferMs, end + widestBufferMs]
  const longBounds = [from - longestMs, to, from] as const
  const rows = partIds === null
    ? await db.rows<Row>(anywhere, [from - shortMs, to, from, ...longBounds])
    : await db.rows<Row>(onParts(partIds.length), [...partIds, ...longBounds])
  const over = now === undefined ? nobodys : await runOut(db, rows.flatMap((row) => row[4] ?? none), now)
  const byPart = new Map<string, Taken[]>()
  for (const [part, start, end, bookingId, holdId, before, after] of rows) {
    if (holdId !== null && over.has(holdId)) continue
    const taken: Taken = { id: bookingId ?? holdId ?? '', start: Number(start), end: Number(end), before, after, kind: bookingId === null ? 'hold' : 'booking' }
    const known = byPart.get(part)
    if (known) known.push(taken)
    else byPart.set(part, [taken])
  }
  return byPart
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
  return ofSpace(await occupied(db, space.partIds, start, end, now), space.partIds) ?? []
}

/** The same for many spaces, by their ids; a space with nothing taken has no entry. */
export async function takenOfMany(
  db: Reads, listed: readonly Listed[], start: number, end: number, now?: number,
): Promise<ReadonlyMap<string, readonly Taken[]>> {
  const partIds = listed.length > manyParts ? null : [...new Set(listed.flatMap(({ space }) => space.partIds))]
  const byPart = await occupied(db, partIds, start, end, now)
  const found = new Map<string, Taken[]>()
  if (byPart.size === 0) return found
  for (const { space } of listed) {
    const taken = ofSpace(byPart, space.partIds)
    if (taken) found.set(space.id, taken)
  }
  return found
}

/** What is taken of a space that is made of these parts; a booking over two of them counts once. */
function ofSpace(byPart: ReadonlyMap<string, Taken[]>, [part = '', ...others]: readonly string[]): Taken[] | undefined {
  if (others.length === 0) return inOrder(byPart.get(part))
  const all = new Map<string, Taken>()
  for (const one of [part, ...others]) for (const taken of byPart.get(one) ?? none) all.set(taken.id, taken)
  return all.size === 0 ? undefined : inOrder([...all.values()])
}

const inOrder = (taken: Taken[] | undefined): Taken[] | undefined => taken?.sort((a, b) => a.start - b.start)
