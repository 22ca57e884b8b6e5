import { announce } from '../../src/bookings/announce-actions.ts'
import { offerFor } from '../../src/bookings/offer-store.ts'
import type { BookingWish } from '../../src/bookings/wish.ts'
import { insertBooking, occupy, type Booking, type NewBooking } from '../../src/bookings/store.ts'
import { occupies } from '../../src/bookings/booking.ts'
import { personById } from '../../src/people/store.ts'
import type { Person } from '../../src/people/person.ts'
import { newRef, nanoId } from '../../src/platform/ids.ts'
import { quote } from '../../src/rulebook/quote.ts'
import { traitsOf } from '../../src/rulebook/traits.ts'
import { localDateOf } from '../../src/time/wallclock.ts'
import type { World } from '../support/world.ts'

export const at = (text: string): number => Date.parse(text)

export async function person({ ctx }: World, id: string): Promise<Person> {
  const found = await personById(ctx.db, id)
  if (!found) throw new Error(`no ${id} in the cast`)
  return found
}

/** A club's meeting in classroom 101 on the first Tuesday evening, unless told otherwise. */
export const wish = (given: Partial<BookingWish> = {}): BookingWish => ({
  space: 'luokka', start: at('2026-11-24T18:00+02:00'), end: at('2026-11-24T20:00+02:00'),
  facts: { applicant: 'registered_association', purpose: 'meeting', people: 12, openToAll: true, entryFee: false, groups: [], activities: [] },
  association: { kind: 'register_number', value: '123456' },
  title: 'Hallituksen kokous', public: false, responsible: { name: 'Maija Mallikas', phone: '040 123 4567' },
  ...given,
})

/** A booking put into the database as it is, whatever the rules say: the past, nights, states and titles that no form takes. */
export async function placed({ ctx, clock }: World, given: Partial<NewBooking> & { spaceId: string; startsAt: number; endsAt: number }): Promise<Booking> {
  const now = clock.now()
  return ctx.db.transaction(async (db) => {
    const offer = await offerFor(db, given.spaceId, now)
    if (!offer) throw new Error(`no space ${given.spaceId}`)
    const { listed, edition } = offer
    const { facts } = wish()
    const slot = { start: given.startsAt, end: given.endsAt, date: localDateOf(given.startsAt) }
    const decided = { edition: edition.id, facts, quote: quote(edition, facts, traitsOf(listed), slot) }
    const booking = await insertBooking(db, {
      id: nanoId(), ref: newRef(), uid: `${nanoId()}@tilavuoro`, personId: 'maija', state: 'confirmed', title: 'Salainen kokous',
      public: false, people: 10, responsibleName: 'Vastuu Vastuunen', responsiblePhone: '050 999 8877', language: 'fi',
      decided, charge: 'free', termsVersion: '1', muted: true, createdAt: now, updatedAt: now, ...given,
    })
    if (occupies(booking.state)) await occupy(db, listed.space, slot, { bookingId: booking.id })
    await announce(db, listed, booking, { actor: 'system', what: `booking.${booking.state}`, at: now })
    return booking
  })
}
