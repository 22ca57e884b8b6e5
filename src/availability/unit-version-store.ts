import type { Reads } from '../platform/db/database.ts'

const asked = 'select revision, exists (select 1 from holds join spaces on spaces.id = holds.space_id where holds.expires_at > ? and spaces.unit_id = units.id) from units where id = ?'

/**
 * A number that changes whenever a booking in the unit does (its revision, which its feeds hang on too). Null while
 * somebody fills in a form for a time there: such times come and go without a trace.
 */
export async function unitVersion(db: Reads, unitId: string, now: number): Promise<number | null> {
  const [row] = await db.rows<[revision: number, held: number | boolean]>(asked, [now, unitId])
  return row && !Number(row[1]) ? Number(row[0]) : null
}
