import type { DecidedBy } from '../bookings/booking.ts'
import type { BookingRefusal } from '../bookings/refusal.ts'
import type { Booking } from '../bookings/store.ts'
import type { BanDates, BanParty } from '../people/ban.ts'
import type { StaffRole } from '../people/roles.ts'
import type { Language, PlainText } from '../platform/i18n/text.ts'
import type { Edition } from '../rulebook/edition.ts'
import type { Facts, SpaceTraits } from '../rulebook/facts.ts'
import type { KeptQuote } from '../rulebook/kept-quote.ts'
import type { Quote } from '../rulebook/quote.ts'
import type { Listed } from '../spaces/catalogue.ts'
import type { LocalDate } from '../time/wallclock.ts'
import type { DocumentText } from './document.ts'

/** What may be asked for of a booking or a wish. */
export const decisionKinds = ['approval', 'refusal', 'price', 'cancellation'] as const
export type DecisionKind = (typeof decisionKinds)[number] | 'ban' | 'ban_lifting'

/** A decision document: its text as it was said, and the data it rests on. */
export type DecisionContent = BookingContent | BanContent

type Issuance = {
  decidedAt: number
  edition: string
  /** The reason that an official wrote. */
  reason: string | null
  /** What was decided, apart from how it is told: two documents of one kind and point say the same. */
  point: string
  /** The documents that this one takes the place of. */
  replaces: string[]
  text: DocumentText
}

/** Of a booking or a wish. */
export type BookingContent = Issuance & {
  /** The booking's reference, or null for a wish that was refused. */
  bookingRef: string | null
  /** Who decides at this space may read it. */
  spaceId: string
  startsAt: number
  endsAt: number
  facts: Facts
  space: SpaceTraits | null
  quote: KeptQuote
  /** The price an official gave where the rules left it open (rulings 3). */
  given: DecidedBy['given'] | null
  /** Why the rules refused the wish. */
  refusals: BookingRefusal[]
}

/** Of a ban, or of its lifting. Who decides in the unit may read it; without one it is the whole city's. */
export type BanContent = Issuance & {
  ban: BanDates & {
    whose: BanParty; unitId: string | null; sanction: string; heardOn: LocalDate | null; hearing: string
    /** The language that the official was asked to write in; earlier ones have none. */
    language?: Language
  }
}

/** Who or what decided a booking, and when; `by` is null when the rules did. */
export type SoFar = { kinds: DecisionKind[]; at: number; by: string | null }
/** A cancellation as the ledger has it. */
export type Ending = { actor: string; at: number }

/**
 * What a city has decided of a booking so far, the main thing first; null while nothing is decided, or when its maker gave
 * it up or its time ran out.
 */
export function decidedSoFar(booking: Booking, ending: Ending | null): SoFar | null {
  const { state, charge, createdAt, updatedAt, decidedAt, decidedById: by, personId } = booking
  switch (state) {
    case 'confirmed':
    case 'used':
    case 'no_show':
      return { kinds: charge === 'paid' ? ['approval', 'price'] : ['approval'], at: decidedAt ?? createdAt, by }
    case 'declined':
      return { kinds: ['refusal'], at: decidedAt ?? updatedAt, by }
    case 'cancelled':
      return ending && ending.actor !== personId ? { kinds: ['cancellation'], at: ending.at, by: ending.actor } : null
    default:
      return null
  }
}

/** What a booking's decision says, so that the same one is not issued twice. */
export const pointOf = ({ spaceId, startsAt, endsAt, charge, totalCents, reason }: Booking, { at, by, kinds: [main] }: SoFar): string =>
  JSON.stringify({ main, at, by, spaceId, startsAt, endsAt, charge, totalCents, reason })

/** The earlier documents that a new one takes the place of: a price only a price’s, anything else all that spoke of another decision. */
export function replacedBy(
  earlier: readonly { ref: string; kind: DecisionKind; content: Pick<Issuance, 'point' | 'replaces'> }[],
  { kind, point }: { kind: DecisionKind; point: string },
): string[] {
  const gone = new Set(earlier.flatMap(({ content }) => content.replaces))
  return earlier.filter((one) => one.content.point !== point && !gone.has(one.ref) && (kind !== 'price' || one.kind === 'price')).map(({ ref }) => ref)
}

/** Why no document is issued. */
export type IssuingRefusal =
  /** Nobody decides their own or their association's booking (hallintolaki 27–30 §). */
  | { code: 'own-request' }
  /** A person has yet to decide. */
  | { code: 'still-waiting' }
  /** Its maker gave it up, or its time ran out: the city decided nothing. */
  | { code: 'no-decision' }
  /** The wish can be booked at once, or a person would decide it: nothing has refused it. */
  | { code: 'not-refused' }
  | { code: 'left-to-person' }
  | { code: 'too-many-decisions'; limit: number }

/** How many refused wishes a person gets in writing in a day. */
export const wishesADay = 10

/** Whom a document is for, besides the person: the association as they may see it. */
export type Party = { name: string; association: { name: string; number: string; kind: 'register_number' | 'business_id'; verified: boolean } | null }
export type Decider = { name: string; role: StaffRole['role'] | null }

/** Everything that a document tells. */
export type Matter = {
  ref: string
  kind: DecisionKind
  language: Language
  issuedAt: number
  decidedAt: number
  replaces: string[]
  city: string
  /** The city's mailbox. */
  mailbox: string
  listed: Listed
  edition: Edition
  startsAt: number
  endsAt: number
  party: Party
  booking: Pick<Booking, 'ref' | 'title' | 'createdAt' | 'charge' | 'totalCents' | 'language'> | null
  decided: Pick<DecidedBy, 'edition' | 'tariff' | 'facts' | 'given'> & { space: SpaceTraits; quote: Quote }
  reason: string | null
  refusals: BookingRefusal[]
  /** Of the bans that refused the wish, the party's own documents and the rules they rest on. */
  bans: { ref: string; rule: PlainText }[]
  /** Null when the rules decided. */
  decider: Decider | null
}
/** Says a matter as a document. */
export type Telling = (matter: Matter) => DocumentText
