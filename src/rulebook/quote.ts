import type { PlainText } from '../platform/i18n/text.ts'
import type { SupervisionMode } from '../spaces/space.ts'
import { bookOf } from './book.ts'
import type { RuleBook } from './book.ts'
import type { Charge, Edition, PriceClass } from './edition.ts'
import type { FactName, Facts, SpaceTraits } from './facts.ts'
import { missingFacts } from './missing.ts'
import { extraLine, priceFor } from './price.ts'
import type { Line, Slot } from './price.ts'

export { priceFor }
export type { SpaceTraits }

/** A rule that mattered, and its sentence. */
export type Reason = { rule: string; text: PlainText }

/** The rule book's answer to a wish. `totalCents` is null exactly when the charge is `needs_person` or `not_allowed`. */
export type Quote = {
  /** The id of the edition that answered. */
  edition: string
  charge: Charge
  priceClass: PriceClass | null
  totalCents: number | null
  /** The rent first, when paid, then extras; extras only when a person decides the rent. */
  lines: Line[]
  /** The rule that decided the charge first, then the others that mattered. */
  because: Reason[]
  supervision: { mode: SupervisionMode; duties: PlainText[]; because: Reason }
  approval: 'automatic' | 'person'
  /** Facts left out that could make the wish free, cheaper or allowed. */
  missing: FactName[]
  /** Whom to turn to instead. */
  contact?: PlainText
}

/**
 * Free or paid, how supervised, approved by whom, and why: the one answer that everything else shows.
 * An omitted optional fact counts as not fulfilled. Extras come after the outcome, to free users too.
 */
export function quote(edition: Edition, facts: Facts, space: SpaceTraits, slot: Slot): Quote {
  const book = bookOf(edition)
  const rules = book.chargeRules(facts.applicant, facts.purpose)
  const situation = { facts, space }
  const decided = rules.findIndex(one => one.holds(situation))
  const { rule } = rules[decided]!
  const supervision = supervisionOf(book, facts, space)
  const rest = {
    edition: edition.id,
    charge: rule.charge,
    priceClass: rule.priceClass ?? null,
    supervision,
    missing: missingFacts(rules, decided, facts, space, edition, slot.date),
    ...(rule.contact && { contact: rule.contact }),
  }
  if (rule.charge === 'not_allowed') {
    const obstacles = rules.filter(one => one.rule.charge === 'not_allowed' && one.holds(situation))
    return { ...rest, totalCents: null, lines: [], because: obstacles.map(one => reason(one.rule)), approval: 'person' }
  }

  const known = { facts, space, supervision: supervision.mode }
  const extras = book.extras.filter(one => one.holds(known)).map(one => one.rule)
  const approvals = book.approvalRules.filter(one => one.holds(known)).map(one => one.rule)
  const { totalCents, lines } = priceFor(edition, rest.priceClass, space, slot, extras.map(one => extraLine(edition, one, slot)))
  const byPerson = rule.charge === 'needs_person'
  return {
    ...rest,
    totalCents: byPerson ? null : totalCents,
    lines,
    because: [...[rule, ...extras, ...approvals].map(reason), supervision.because],
    approval: byPerson || approvals.length > 0 || space.approval === 'person' ? 'person' : 'automatic',
  }
}

function reason({ id, text }: { id: string; text: PlainText }): Reason {
  return { rule: id, text }
}

/** The first rule that holds and whose mode the space offers; a space that offers nothing is taken as staffed. */
function supervisionOf(book: RuleBook, facts: Facts, space: SpaceTraits): Quote['supervision'] {
  const offered: readonly SupervisionMode[] = space.supervision.length > 0 ? space.supervision : ['staffed']
  const { rule } = book.supervisionRules.find(one => offered.includes(one.rule.mode) && one.holds({ facts, space }))!
  return { mode: rule.mode, duties: rule.told, because: reason(rule) }
}
