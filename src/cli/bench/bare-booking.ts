import type { Database, Statement } from 'better-sqlite3'

type Row = unknown[]
/** Everything one booking wrote: rows by table, and whose revisions it raised. */
export type Rows = {
  bookings: Row[]
  occupancies: Row[]
  events: Row[]
  jobs: Row[]
  raised: { spaces: string[]; units: string[]; areas: string[]; persons: string[] }
}

const written = ['bookings', 'occupancies', 'events', 'jobs'] as const
const raising = ['spaces', 'units', 'areas', 'persons'] as const

/** The least that a booking can cost on this machine: its rows, prepared, in one transaction that survives a power cut. */
export function bareWriter(handle: Database) {
  handle.pragma('synchronous = FULL')
  handle.pragma('foreign_keys = ON')
  const begin = handle.prepare('begin immediate')
  const commit = handle.prepare('commit')
  const inserts = Object.fromEntries(written.map((table) => {
    const columns = handle.pragma(`table_info(${table})`) as unknown[]
    return [table, handle.prepare(`insert into ${table} values (${columns.map(() => '?').join(', ')})`)]
  })) as Record<(typeof written)[number], Statement>
  const raises = Object.fromEntries(raising.map((table) => [table, handle.prepare(`update ${table} set revision = revision + 1 where id = ?`)])) as
    Record<(typeof raising)[number], Statement>

  const rowsBy = (sql: string) => handle.prepare(sql).raw()
  const found = {
    bookings: rowsBy('select * from bookings where id = ?'),
    occupancies: rowsBy('select * from occupancies where booking_id = ?'),
    events: rowsBy('select * from events where subject = ?'),
    jobs: rowsBy(`select * from jobs where json_extract(data, '$.bookingId') = ?`),
  }
  const above = `with recursive up(id) as (select area_id from units where id = (select unit_id from spaces where id = (select space_id from bookings where id = ?))
    union select parent_id from areas join up on areas.id = up.id where parent_id is not null)`
  const raised = {
    spaces: rowsBy(`select distinct b.space_id from space_parts a join space_parts b on a.part_id = b.part_id where a.space_id = (select space_id from bookings where id = ?)`),
    units: rowsBy('select unit_id from spaces where id = (select space_id from bookings where id = ?)'),
    areas: rowsBy(`${above} select id from up`),
    persons: rowsBy('select person_id from bookings where id = ?'),
  }
  const ids = (statement: Statement, id: string): string[] => (statement.all(id) as string[][]).map(([one]) => one!)

  return {
    /** Reads what each booking wrote and removes it, as if nobody had booked. */
    takeAway(bookingIds: readonly string[]): Rows[] {
      const all = bookingIds.map((id): Rows => ({
        bookings: found.bookings.all(id) as Row[], occupancies: found.occupancies.all(id) as Row[],
        events: found.events.all(id) as Row[], jobs: found.jobs.all(id) as Row[],
        raised: { spaces: ids(raised.spaces, id), units: ids(raised.units, id), areas: ids(raised.areas, id), persons: ids(raised.persons, id) },
      }))
      begin.run()
      for (const table of [...written].reverse()) for (const rows of all) for (const [id] of rows[table]) handle.prepare(`delete from ${table} where id = ?`).run(id)
      commit.run()
      return all
    },
    write(rows: Rows): void {
      begin.run()
      for (const table of written) for (const row of rows[table]) inserts[table].run(row)
      for (const table of raising) for (const id of rows.raised[table]) raises[table].run(id)
      commit.run()
    },
  }
}
