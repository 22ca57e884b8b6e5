import { asc } from 'drizzle-orm'
import type { Reads } from '../platform/db/database.ts'
import { yearCalendar, type YearCalendar } from './holidays.ts'
import { holidays, terms } from './table.ts'

/** Holidays and school terms as the rules read them. */
export async function storedCalendar(db: Reads): Promise<YearCalendar> {
  const days = await db.select().from(holidays).orderBy(asc(holidays.date))
  const spans = await db.select().from(terms).orderBy(asc(terms.from))
  return yearCalendar(days, spans)
}
