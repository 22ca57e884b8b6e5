import type { PlainText } from '../platform/i18n/text.ts'
import type { SupervisionMode } from '../spaces/space.ts'
import { bookOf, decidingRule } from './book.ts'
import type { Ready, RuleBook } from './book.ts'
import type { Situation } from './compile.ts'
import type { Charge, ChargeRule, Edition, PriceClass } from './edition.ts'
import { sameShape } from './facts.ts'
import type { FactName, Facts, SpaceTraits } from './facts.ts'
import { missingFacts } from './missing.ts'
import { extraLine, priceFor } from './price.ts'
import type { Line, Price, Slot } from './price.ts'

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
 * Who decides a wish, as `quote` would say: all that a search over every space has to know. It is asked of no day, so that
 * an exception of some days is left to the quote of one of them.
 */
export function approvalFor(edition: Edition, facts: Facts, space: SpaceTraits): Quote['approval'] {
  const book = bookOf(edition)
  const situation: Situation = { facts, space, supervision: undefined }
  const { charge } = decidingRule(book, facts.applicant, facts.purpose, situation)
  situation.supervision = supervisionOf(book, situation, space).mode
  return approvalOf(book, charge, situation, space)
}

/** Only what the rules leave free or price, and no approval rule asks a person for, is automatic: the stricter of rule and space. */
function approvalOf({ approvalRules }: RuleBook, charge: Charge, situation: Situation, { approval }: SpaceTraits): Quote['approval'] {
  const settled = charge === 'free' || charge === 'paid'
  return settled && approval === 'automatic' && !approvalRules.some((one) => one.holds(situation)) ? 'automatic' : 'person'
}

/**
 * Free or paid, how supervised, approved by whom, and why: the one answer that everything else shows.
 * An omitted optional fact counts as not fulfilled. Extras come after the outcome, to free users too.
 */
export function quote(edition: Edition, facts: Facts, space: SpaceTraits, slot: Slot): Quote {
  const book = bookOf(edition)
  const { rule, supervision: { mode, told, ...supervisedBy }, extras, price: { totalCents, lines }, situation } = settle(book, facts, space, slot)
  const approvals = rule.charge === 'not_allowed' ? [] : holding(book.approvalRules, situation)
  const settled = rule.charge === 'free' || rule.charge === 'paid'
  const supervision = { mode, duties: told, because: reason(supervisedBy) }
  const because: Reason[] = []
  if (rule.charge === 'not_allowed') {
    for (const one of new Set([rule, ...holding(book.prohibitions, situation)])) because.push(reason(one))
  } else {
    because.push(reason(rule))
    for (const one of extras) because.push(reason(one))
    for (const one of approvals) because.push(reason(one))
    because.push(supervision.because)
  }
  const answer: Quote = {
    edition: edition.id,
    charge: rule.charge,
    priceClass: rule.priceClass ?? null,
    totalCents: settled ? totalCents : null,
    lines,
    because,
    supervision,
    approval: settled && space.approval === 'automatic' && approvals.length === 0 ? 'automatic' : 'person',
    missing: missingFacts(book, { rule, supervision: mode }, facts, space, slot),
  }
  if (rule.contact) answer.contact = rule.contact
  return answer
}

/** What a wish costs with what is known, without looking for facts that would help; null where only a person can say. */
export const totalOf = (edition: Edition, facts: Facts, space: SpaceTraits, slot: Slot): number | null =>
  settledBy(edition, facts, space, slot).totalCents

/** What `quote` would settle, without its sentences and without looking for facts that would help. */
export function settledBy(edition: Edition, facts: Facts, space: SpaceTraits, slot: Slot): Pick<Quote, 'charge' | 'totalCents'> {
  const { rule: { charge }, price } = settle(bookOf(edition), facts, space, slot)
  return { charge, totalCents: charge === 'free' || charge === 'paid' ? price.totalCents : null }
}

/** What `settledBy` says, and who would decide; of a use that is not allowed `person`, as in a quote. */
export function decidedBy(edition: Edition, facts: Facts, space: SpaceTraits, slot: Slot): Pick<Quote, 'charge' | 'totalCents' | 'approval'> {
  const book = bookOf(edition)
  const { rule: { charge }, price, situation } = settle(book, facts, space, slot)
  return { charge, totalCents: charge === 'free' || charge === 'paid' ? price.totalCents : null, approval: approvalOf(book, charge, situation, space) }
}

type Settlement = { rule: ChargeRule; supervision: RuleBook['supervisionRules'][number]['rule']; extras: Edition['extras']; price: Price; situation: Situation }
const noExtras: Edition['extras'] = []
const nothing: Price = { totalCents: 0, lines: [] }

/** The rules that decide, and the bill. */
function settle(book: RuleBook, facts: Facts, space: SpaceTraits, slot: Slot): Settlement {
  const { edition } = book
  const situation: Situation = { facts: sameShape(facts), space, supervision: undefined }
  const rule = decidingRule(book, facts.applicant, facts.purpose, situation, slot.date)
  const supervision = supervisionOf(book, situation, space)
  situation.supervision = supervision.mode
  const extras = rule.charge === 'not_allowed' ? noExtras : holding(book.extras, situation)
  const price = rule.priceClass === undefined && extras.length === 0 ? nothing : priceFor(edition, rule.priceClass ?? null, space, slot, {
    supervision: supervision.mode, extras: extras.flatMap(one => extraLine(edition, one, slot) ?? []),
  })
  return { rule, supervision, extras, price, situation }
}

function holding<Rule>(rules: readonly Ready<Rule>[], situation: Situation): Rule[] {
  const found: Rule[] = []
  for (const one of rules) if (one.holds(situation)) found.push(one.rule)
  return found
}

function reason({ id, text }: { id: string; text: PlainText }): Reason {
  return { rule: id, text }
}

const staffed: readonly SupervisionMode[] = ['staffed']

/** The first rule that holds and whose mode the space offers; a space that offers nothing is taken as staffed. */
function supervisionOf(book: RuleBook, situation: Situation, { supervision }: SpaceTraits): Settlement['supervision'] {
  const offered = supervision.length > 0 ? supervision : staffed
  for (const one of book.supervisionRules) if (offered.includes(one.rule.mode) && one.holds(situation)) return one.rule
  throw new Error(`No supervision rule of ${book.edition.id} decides`)
}
