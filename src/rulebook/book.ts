import type { PlainText } from '../platform/i18n/text.ts'
import { compileCondition, remainder } from './compile.ts'
import type { Compiled, Situation } from './compile.ts'
import type { Condition } from './condition.ts'
import type { ChargeRule, Edition, UnitException } from './edition.ts'
import type { Applicant, Purpose } from './facts.ts'

/** A rule with its condition made quick to ask. */
export type Ready<Rule> = Compiled & { rule: Rule }

/** An edition made quick to ask. */
export type RuleBook = {
  edition: Edition
  chargeRules: readonly Ready<ChargeRule>[]
  /** The charge rules that do not allow a use, whoever asks. */
  prohibitions: readonly Ready<ChargeRule>[]
  /** By the unit's slug. */
  exceptions: ReadonlyMap<string, readonly Ready<UnitException>[]>
  approvalRules: readonly Ready<Edition['approvalRules'][number]>[]
  supervisionRules: readonly Ready<Edition['supervisionRules'][number] & { told: PlainText[] }>[]
  extras: readonly Ready<Edition['extras'][number]>[]
  /** The charge rules that can decide for an applicant and a purpose, filled in as they are asked for. */
  byApplicant: Map<Applicant, Map<Purpose, readonly Ready<ChargeRule>[]>>
}

const books = new WeakMap<Edition, RuleBook>()

/** The edition's rule book; made once, so an edition must not be changed after it was read. */
export function bookOf(edition: Edition): RuleBook {
  let book = books.get(edition)
  if (!book) books.set(edition, book = bound(edition))
  return book
}

function bound(edition: Edition): RuleBook {
  const ready = <Rule extends { when: Condition }>(rule: Rule): Ready<Rule> =>
    ({ ...compileCondition(rule.when, edition.definitions), rule })
  const chargeRules = edition.chargeRules.map(ready)
  return {
    edition,
    chargeRules,
    prohibitions: chargeRules.filter(({ rule }) => rule.charge === 'not_allowed'),
    exceptions: byUnit(edition.exceptions.map(ready)),
    approvalRules: edition.approvalRules.map(ready),
    supervisionRules: edition.supervisionRules.map(rule => ready({ ...rule, told: toldDuties(edition, rule.duties) })),
    extras: edition.extras.map(ready),
    byApplicant: new Map(),
  }
}

function byUnit(exceptions: Ready<UnitException>[]): RuleBook['exceptions'] {
  const found = new Map<string, Ready<UnitException>[]>()
  for (const one of exceptions) found.set(one.rule.unit, [...found.get(one.rule.unit) ?? [], one])
  return found
}

function toldDuties(edition: Edition, ids: readonly string[]): PlainText[] {
  return edition.duties.filter(duty => ids.includes(duty.id)).map(duty => duty.text)
}

/**
 * The first charge rule that holds; on a date of use, a unit's exception that holds stands before it, unless the rule does
 * not allow the use at all.
 */
export function decidingRule(book: RuleBook, applicant: Applicant, purpose: Purpose, situation: Situation, date?: string): ChargeRule {
  for (const one of rulesFor(book, applicant, purpose)) {
    if (one.holds(situation)) return one.rule.charge === 'not_allowed' ? one.rule : (date && exceptionFor(book, situation, date)) || one.rule
  }
  throw new Error(`No rule of ${book.edition.id} decides`)
}

function exceptionFor({ exceptions }: RuleBook, situation: Situation, date: string): ChargeRule | undefined {
  const unit = exceptions.size > 0 ? situation.space?.unit : undefined
  if (unit === undefined) return undefined
  return exceptions.get(unit)?.find(({ rule, holds }) => rule.validFrom <= date && date <= rule.validTo && holds(situation))?.rule
}

/** The charge rules that can decide for an applicant and a purpose, in order, up to one that always does. */
export function rulesFor(book: RuleBook, applicant: Applicant, purpose: Purpose): readonly Ready<ChargeRule>[] {
  let byPurpose = book.byApplicant.get(applicant)
  if (!byPurpose) book.byApplicant.set(applicant, byPurpose = new Map())
  let rules = byPurpose.get(purpose)
  if (!rules) byPurpose.set(purpose, rules = possibleRules(book.edition, applicant, purpose))
  return rules
}

function possibleRules({ definitions, chargeRules }: Edition, applicant: Applicant, purpose: Purpose): Ready<ChargeRule>[] {
  const possible: Ready<ChargeRule>[] = []
  for (const rule of chargeRules) {
    const when = remainder(rule.when, definitions, { applicant, purpose })
    if (when === false) continue
    possible.push({ ...compileCondition(when === true ? { all: [] } : when, definitions), rule })
    if (when === true) break
  }
  return possible
}
