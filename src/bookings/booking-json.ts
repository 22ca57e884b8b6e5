import type { ExplanationJson } from '../rulebook/explanation-json-pages.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { isoWithOffset, localDateOf } from '../time/wallclock.ts'
import { payerOf } from './payer.ts'
import type { Booking } from './store.ts'

/** What a booking's maker gets back at once. */
export const bookedJson = (booking: Booking, baseUrl: string) => ({
  id: booking.id,
  ref: booking.ref,
  state: booking.state,
  start: isoWithOffset(booking.startsAt),
  end: isoWithOffset(booking.endsAt),
  charge: booking.charge,
  totalCents: booking.totalCents,
  calendar: `${baseUrl}/bookings/${booking.ref}/booking.ics`,
})

/** A whole booking, for its maker and for staff with the right to see it. */
export function bookingJson(booking: Booking, { space, unit }: Listed, { baseUrl, explanation }: { baseUrl: string; explanation: ExplanationJson | null }) {
  const { edition, tariff, facts, quote, given } = booking.decided
  return {
    ...bookedJson(booking, baseUrl),
    space: space.slug,
    unit: unit.slug,
    title: booking.title,
    public: booking.public,
    applicant: facts.applicant,
    purpose: facts.purpose,
    people: booking.people,
    responsible: { name: booking.responsibleName, phone: booking.responsiblePhone },
    payer: payerOf(booking),
    because: quote.because,
    explanation,
    lines: given?.lines ?? quote.lines,
    supervision: { mode: quote.supervision.mode, duties: quote.supervision.duties },
    rules: edition,
    tariff: tariff ?? { edition, date: localDateOf(booking.startsAt) },
    terms: booking.termsVersion,
    decideBy: booking.decideBy === null ? null : isoWithOffset(booking.decideBy),
    decidedAt: booking.decidedAt === null ? null : isoWithOffset(booking.decidedAt),
    reason: booking.reason,
    createdAt: isoWithOffset(booking.createdAt),
    updatedAt: isoWithOffset(booking.updatedAt),
  }
}
