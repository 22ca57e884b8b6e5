import { and, eq, gt, inArray, ne } from 'drizzle-orm'
import type { Standing } from '../availability/rules.ts'
import { bansAgainst } from '../people/ban-store.ts'
import type { Reads } from '../platform/db/database.ts'
import { prepared } from '../platform/db/prepared.ts'
import type { Unit } from '../spaces/catalogue.ts'
import { localDateOf } from '../time/wallclock.ts'
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

/** Quota and bans as the rules ask for them. `associationId`: in whose name the booking is. */
export async function standingOf(db: Reads, { unit, associationId, ...of }: Of & { unit: Unit; associationId: string | null }): Promise<Standing> {
  const { used, limit, freesAt } = await quotaFor(db, of)
  const bans = await bansAgainst(db, { personId: of.personId, associationId, unitId: unit.id, today: localDateOf(of.now) })
  return {
    openBookings: used, limit, ...(freesAt === null ? {} : { freesAt }),
    bans: bans.map((ban) => ({
      until: ban.to, unit: ban.unitId === null ? null : { slug: unit.slug, name: unit.name }, whose: ban.personId === null ? 'association' as const : 'person' as const,
    })),
  }
}
