import type { Applicant } from '../rulebook/facts.ts'
import type { Charge } from '../rulebook/edition.ts'
import type { SpaceKind } from '../spaces/space.ts'

/** How the bookings of a group, an area or a kind of space would fare under a draft. Cents are of the whole time tried. */
export type Tally = {
  bookings: number
  becameFree: number
  becamePaid: number
  becamePerson: number
  becameNotAllowed: number
  /** Paid before and after, or free with extras: the sum falls or grows. */
  cheaper: number
  dearer: number
  /**
   * Staff would decide on what the rules decided before, and the other way round, whatever happens to the charge; what would not
   * be allowed is in neither. Trials of before this was counted have none.
   */
  toStaff?: number
  fromStaff?: number
  centsBefore: number
  /** What is settled by rules alone; a booking that a person would price, or that would not be allowed, brings nothing here. */
  centsAfter: number
  /** What bookings brought whose price would become a person's to decide. */
  centsOpen: number
}

/** What a trial found, added up in several ways; the keys are applicants, slugs of major districts and kinds of space. */
export type Outcome = {
  from: string
  to: string
  /** The local date whose prices and dated exceptions were taken. Trials of before it was kept have none. */
  asOf?: string
  all: Tally
  byApplicant: Partial<Record<Applicant, Tally>>
  byArea: Record<string, Tally>
  byKind: Partial<Record<SpaceKind, Tally>>
}

export const emptyTally = (): Tally => ({
  bookings: 0, becameFree: 0, becamePaid: 0, becamePerson: 0, becameNotAllowed: 0, cheaper: 0, dearer: 0, toStaff: 0, fromStaff: 0, centsBefore: 0, centsAfter: 0, centsOpen: 0,
})

export const emptyOutcome = (from: string, to: string, asOf: string): Outcome & { asOf: string } => ({ from, to, asOf, all: emptyTally(), byApplicant: {}, byArea: {}, byKind: {} })

/** How a booking was or would be settled: what a person decided counts as what they decided. `approval`: who decides by the rules. */
export type Settled = { charge: Charge; totalCents: number | null; approval: 'automatic' | 'person' }
export type Tried = { applicant: Applicant; area: string; kind: SpaceKind; before: Settled; after: Settled }

/** Adds one booking to every sum that it belongs to. */
export function count(outcome: Outcome, { applicant, area, kind, before, after }: Tried): void {
  add(outcome.all, before, after)
  add((outcome.byApplicant[applicant] ??= emptyTally()), before, after)
  add((outcome.byArea[area] ??= emptyTally()), before, after)
  add((outcome.byKind[kind] ??= emptyTally()), before, after)
}

function add(tally: Tally, before: Settled, after: Settled): void {
  const [cents, later] = [before.totalCents ?? 0, after.totalCents ?? 0]
  tally.bookings++
  tally.centsBefore += cents
  if (after.charge === 'needs_person') tally.centsOpen += cents
  else if (after.charge !== 'not_allowed') tally.centsAfter += later
  if (after.charge !== before.charge) {
    if (after.charge === 'free') tally.becameFree++
    else if (after.charge === 'paid') tally.becamePaid++
    else if (after.charge === 'needs_person') tally.becamePerson++
    else tally.becameNotAllowed++
  } else if (later < cents) tally.cheaper++
  else if (later > cents) tally.dearer++
  if (after.charge === 'not_allowed' || after.approval === before.approval) return
  if (after.approval === 'person') tally.toStaff = (tally.toStaff ?? 0) + 1
  else tally.fromStaff = (tally.fromStaff ?? 0) + 1
}

/** Bookings that would have to pay, pay more, or not be allowed. */
export const losing = ({ becamePaid, dearer, becameNotAllowed }: Tally): number => becamePaid + dearer + becameNotAllowed
/** Bookings that would be free or cheaper. */
export const gaining = ({ becameFree, cheaper }: Tally): number => becameFree + cheaper
