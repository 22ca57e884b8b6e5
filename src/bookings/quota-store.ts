import { and, eq, gt, inArray, ne } from 'drizzle-orm'
import type { Standing } from '../availability/rules.ts'
import type { Reads } from '../platform/db/database.ts'
import { prepared } from '../platform/db/prepared.ts'
import { quotaOf, type Quota } from './quota.ts'
import { bookings } from './table.ts'

type Of = { personId: string; limit: number; now: number; except?: string }

/** A person's starter quota (rulings 5). `except` leaves out a booking that is moved: its place is its own. */
export async function quotaFor(db: Reads, { personId, limit, now, except = '' }: Of): Promise<Quota> {
  const rows = await openOf(db, { personId, now, except })
  return quotaOf(rows.map(({ endsAt }) => endsAt), limit)
}

const openOf = prepared<{ personId: string; now: number; except: string }, { endsAt: number }[]>((db, value) => db
  .select({ endsAt: bookings.endsAt })
  .from(bookings)
  .where(and(
    eq(bookings.personId, value('personId')), inArray(bookings.state, ['requested', 'confirmed']), gt(bookings.endsAt, value('now')),
    ne(bookings.id, value('except')),
  )))

/** The quota as the rules ask for it. */
export async function standingOf(db: Reads, of: Of): Promise<Standing> {
  const { used, limit, freesAt } = await quotaFor(db, of)
  return { openBookings: used, limit, ...(freesAt === null ? {} : { freesAt }) }
}
