import type { Facts } from '../rulebook/facts.ts'
import type { Quote } from '../rulebook/quote.ts'

export const decisionKinds = ['approval', 'refusal', 'price', 'cancellation'] as const
export type DecisionKind = (typeof decisionKinds)[number]

/** What a decision document says, as data; its sentences are those of the edition, in every language. */
export type DecisionContent = {
  /** The booking's reference, or null for a wish that was refused. */
  bookingRef: string | null
  space: string
  unit: string
  startsAt: number
  endsAt: number
  /** The parties: who asked, and the association they asked for. */
  applicant: string
  association: string | null
  title: string
  edition: string
  facts: Facts
  quote: Quote
  /** The reason that an official wrote. */
  reason: string | null
  /** Refusal codes with their data, when the wish was refused by the rules. */
  refusals: { code: string }[]
}
