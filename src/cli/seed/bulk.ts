import { sql } from 'drizzle-orm'
import { occupies } from '../../bookings/booking.ts'
import { bookings, occupancies } from '../../bookings/table.ts'
import { persons } from '../../people/table.ts'
import type { Writes } from '../../platform/db/database.ts'
import { editionInForce } from '../../rulebook/store.ts'
import { catalogueOf } from '../../spaces/store.ts'
import { areas, spaces, units } from '../../spaces/table.ts'
import { localDateOf } from '../../time/wallclock.ts'
import { createBookings } from './bookings.ts'
import type { BulkWriter } from './bulk-writer.ts'
import { seedCrowd } from './crowd.ts'
import { createDice } from './dice.ts'
import { askedAt } from './fates.ts'
import { slotsOf, some } from './slots.ts'

export type Wanted = { bookings: number; people: number; spaces?: number | undefined }
export type NotSeeded =
  | { code: 'no-premises' | 'has-bookings' }
  | { code: 'too-few-people'; least: number }
  | { code: 'too-many-spaces' | 'too-many-bookings'; most: number }

/** A member of an association and somebody who is in none. */
const fewestPeople = 2

/** Large, so that a page of an index is written once for many rows. */
const perTransaction = 25_000

/**
 * The one bulk path: invented people and their bookings over two years around now, all muted, each with its
 * occupancies, past the triggers like any other. The same wish at the same time makes the same rows. Nothing is told,
 * queued or noted in the ledger: nobody did it. Event texts are made by the feeds that miss them.
 */
export async function seedBookings(
  writer: BulkWriter, wanted: Wanted, now: number, tell: (done: number) => void,
): Promise<{ ok: true } | ({ ok: false } & NotSeeded)> {
  const db = writer.reads
  const catalogue = await catalogueOf(db)
  const edition = await editionInForce(db, localDateOf(now))
  if (!edition || catalogue.spaces.length === 0) return { ok: false, code: 'no-premises' }
  if ((await db.select({ id: bookings.id }).from(bookings).limit(1)).length) return { ok: false, code: 'has-bookings' }
  if (wanted.people < fewestPeople) return { ok: false, code: 'too-few-people', least: fewestPeople }
  const most = catalogue.spaces.length
  if ((wanted.spaces ?? most) > most) return { ok: false, code: 'too-many-spaces', most }
  const dice = createDice(1)
  const slots = slotsOf(some(catalogue.spaces, wanted.spaces ?? most, dice), now, dice)
  if (wanted.bookings > slots.length) return { ok: false, code: 'too-many-bookings', most: slots.length }
  const asked = some(slots, wanted.bookings, dice)
    .map((slot) => ({ slot, createdAt: askedAt(slot.start, now, dice) }))
    .sort((a, b) => a.createdAt - b.createdAt)

  const crowd = await writer.transaction((db) => seedCrowd(db, wanted.people, now, dice))
  const bookingOf = createBookings({ catalogue, edition, crowd, now }, dice)
  for (let done = 0; done < asked.length; done += perTransaction) {
    await writer.transaction(async (db) => {
      const insert = inserts(db)
      for (const { slot, createdAt } of asked.slice(done, done + perTransaction)) {
        const booking = bookingOf(slot, createdAt)
        await insert.booking.execute(booking)
        if (!occupies(booking.state)) continue
        const { bufferBefore, bufferAfter, partIds } = slot.listed.space
        for (const partId of partIds) {
          await insert.occupancy.execute({
            id: dice.id(), partId, startsAt: slot.start, endsAt: slot.end, bookingId: booking.id, before: bufferBefore, after: bufferAfter,
          })
        }
      }
    })
    tell(Math.min(done + perTransaction, asked.length))
  }
  await writer.transaction(bumpEverything)
  return { ok: true }
}

/** Prepared once a transaction: a statement of thousands of rows would be built anew each time. */
function inserts(db: Writes) {
  const at = sql.placeholder
  return {
    booking: db.insert(bookings).values({
      id: at('id'), ref: at('ref'), uid: at('uid'), spaceId: at('spaceId'), personId: at('personId'), associationId: at('associationId'),
      state: at('state'), startsAt: at('startsAt'), endsAt: at('endsAt'), title: at('title'), public: at('public'), people: at('people'),
      responsibleName: at('responsibleName'), responsiblePhone: at('responsiblePhone'), payerName: at('payerName'), payerAddress: at('payerAddress'),
      language: at('language'), decided: sql`${at('decided')}`, charge: at('charge'), totalCents: at('totalCents'), termsVersion: at('termsVersion'),
      sequence: at('sequence'), decideBy: at('decideBy'), decidedAt: at('decidedAt'), reason: at('reason'), muted: at('muted'),
      createdAt: at('createdAt'), updatedAt: at('updatedAt'),
    }).prepare('seed_booking'),
    occupancy: db.insert(occupancies).values({
      id: at('id'), partId: at('partId'), startsAt: at('startsAt'), endsAt: at('endsAt'), bookingId: at('bookingId'), before: at('before'), after: at('after'),
    }).prepare('seed_occupancy'),
  }
}

/** Whatever feed was read before is out of date. */
async function bumpEverything(db: Writes): Promise<void> {
  for (const table of [spaces, units, areas, persons]) await db.update(table).set({ revision: sql`${table.revision} + 1` })
}
