import type { Reads } from '../platform/db/database.ts'
import { forSeveral } from '../platform/db/prepared.ts'
import type { Interval } from '../time/interval.ts'
import { plainSummary } from './event.ts'
import type { Happenings } from './happening.ts'

type Row = [spaceId: string, start: number, end: number, title: string | null]

/**
 * Titles that are not for everybody do not leave the database. The state is an expression, so that SQLite takes the index of
 * space and time: by that of states it reads every confirmed booking of the city.
 */
const coming = forSeveral((spaces) =>
  'select space_id, starts_at, ends_at, case when "public" and state = \'confirmed\' then title end from bookings '
  + `where space_id in (${spaces}) and starts_at >= ? and starts_at < ? and ends_at > ? `
  + "and state || '' in ('requested', 'confirmed') order by starts_at, id")

/** What anybody may know of the bookings of these spaces that start in [from, to) and are not over `now` (epoch ms). */
export async function happeningsIn(db: Reads, spaceIds: readonly string[], { start, end }: Interval, now: number): Promise<Happenings> {
  if (spaceIds.length === 0) return { events: [], others: 0 }
  const rows = await db.rows<Row>(coming(spaceIds.length), [...spaceIds, start, end, now])
  const events = rows.flatMap(([spaceId, start, end, title]) => {
    const told = title === null ? null : plainSummary({ state: 'confirmed', public: true, title }, 'public')
    return told === null ? [] : [{ spaceId, start: Number(start), end: Number(end), title: told }]
  })
  return { events, others: rows.length - events.length }
}
