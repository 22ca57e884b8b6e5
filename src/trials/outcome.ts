/** How a group, an area or a kind of space would fare under a draft. Cents are of the whole time that was tried. */
export type Tally = {
  bookings: number
  /** Bookings that would become free, paid, a person's to decide, or not allowed. */
  becameFree: number
  becamePaid: number
  becamePerson: number
  becameNotAllowed: number
  /** Bookings that stay paid and would cost less or more. */
  cheaper: number
  dearer: number
  centsBefore: number
  centsAfter: number
}

/** What a trial found, added up in several ways; the keys are applicants, area slugs and kinds of space. */
export type Outcome = {
  from: string
  to: string
  all: Tally
  byApplicant: Record<string, Tally>
  byArea: Record<string, Tally>
  byKind: Record<string, Tally>
}
