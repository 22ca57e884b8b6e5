import type Handle from 'better-sqlite3'

const live = `('requested','confirmed')`
const needed = '(select count(*) from space_parts p where p.space_id = b.space_id)'
const held = '(select count(*) from occupancies o where o.booking_id = b.id and o.starts_at = b.starts_at and o.ends_at = b.ends_at)'
const untold = (job: string, which: string): string =>
  `select b.ref from bookings b left join (select data ->> '$.bookingId' as id, data ->> '$.sequence' as n, count(*) as times from jobs where name = '${job}' group by 1, 2) j
    on j.id = b.id and j.n = b.sequence where ${which} and coalesce(j.times, 0) <> 1`

/** Each query finds what must never be there, whoever was killed, refused or too late. */
const never: Record<string, string> = {
  'two at once': `select a.id from occupancies a join occupancies b on a.part_id = b.part_id and a.id < b.id
    and a.starts_at < b.ends_at and b.starts_at < a.ends_at`,
  'less than the greater buffer between two': `select a.id from occupancies a join occupancies b on a.part_id = b.part_id
    and a.starts_at < b.starts_at and b.starts_at - a.ends_at < 60000 * max(a.after_minutes, b.before_minutes)`,
  'a live booking without its time': `select b.ref from bookings b where b.state in ${live} and ${held} <> ${needed}`,
  'a time of a booking that is over': `select b.ref from bookings b join occupancies o on o.booking_id = b.id where b.state not in ${live}`,
  'a time of no part of the space': `select o.id from occupancies o left join bookings b on b.id = o.booking_id left join holds h on h.id = o.hold_id
    where not exists (select 1 from space_parts p where p.part_id = o.part_id and p.space_id = coalesce(b.space_id, h.space_id))`,
  'a hold without its time': `select b.id from holds b where ${needed} <>
    (select count(*) from occupancies o where o.hold_id = b.id and o.starts_at = b.starts_at and o.ends_at = b.ends_at)`,
  'a change nobody is told of': untold('notices.booking', 'b.muted = 0'),
  'a change no calendar is told of': untold('calendars.event', '1'),
  'a change the ledger lacks': 'select b.ref from bookings b where (select count(*) from events e where e.subject = b.id) <> b.sequence + 1',
  'more open bookings than the quota': `select person_id from bookings where state in ${live} group by person_id having count(*) > 4`,
  'a dangling reference': 'select * from pragma_foreign_key_check',
  'a broken page': `select * from pragma_integrity_check where integrity_check <> 'ok'`,
}

/** What is wrong in a database; empty when all is well. */
export const wrongsIn = (sqlite: Handle.Database): string[] =>
  Object.entries(never).flatMap(([what, query]) => sqlite.prepare(query).all().map((row) => `${what}: ${Object.values(row as object).join(' ')}`))
