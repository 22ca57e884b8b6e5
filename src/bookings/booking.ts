import type { Facts, SpaceTraits } from '../rulebook/facts.ts'
import type { PriceClass } from '../rulebook/edition.ts'
import type { Line } from '../rulebook/price.ts'
import type { Quote } from '../rulebook/quote.ts'

export const bookingStates = [
  'requested', 'confirmed', 'declined', 'withdrawn', 'cancelled', 'expired', 'used', 'no_show',
] as const
export type BookingState = (typeof bookingStates)[number]

/** States whose booking keeps its parts to itself. Past bookings stay occupying: history must not open a gap. */
export const occupyingStates = ['requested', 'confirmed', 'used', 'no_show'] as const satisfies readonly BookingState[]
export const occupies = (state: BookingState): boolean => (occupyingStates as readonly string[]).includes(state)

/** What a booking was decided by, as it was said. `Kept` is how it is stored: the sentences stay in the edition. */
export type DecidedBy<Kept = Quote> = {
  /** The edition in force when the request was made. */
  edition: string
  /** Whose price list counted, and the date in it; bookings of older editions were priced by the deciding one. */
  tariff?: { edition: string; date: string }
  facts: Facts
  /** The space as the rules read it then. */
  space?: SpaceTraits
  quote: Kept
  /** The price an official gave where the rules left it to a person (rulings 3). */
  given?: { charge: 'free' | 'paid'; priceClass: PriceClass | null; lines: Line[] }
}

/** Whether an official's words on a booking are a message: where the rules decided what was approved, they give no reason for it. */
export const isMessage = ({ state, decided: { given } }: { state: BookingState; decided: Pick<DecidedBy, 'given'> }): boolean =>
  !given && occupies(state)
