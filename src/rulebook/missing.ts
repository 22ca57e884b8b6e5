import type { Ready } from './book.ts'
import { bookOf } from './book.ts'
import type { ChargeRule, Edition } from './edition.ts'
import { optionalFacts } from './facts.ts'
import type { Applicant, FactName, Facts, Purpose, SpaceTraits } from './facts.ts'
import { hourlyPrice } from './price.ts'

/**
 * The optional facts that a form should ask for an applicant and a purpose, in the order of `optionalFacts`: those that
 * some rule of the edition reads before the matter is settled. Without a space, those that matter in some space.
 */
export function questions(edition: Edition, applicant: Applicant, purpose: Purpose, space?: SpaceTraits): FactName[] {
  const book = bookOf(edition)
  const situation = { facts: { applicant, purpose }, ...(space && { space }) }
  const rules = [
    ...book.chargeRules(applicant, purpose), ...book.approvalRules, ...book.supervisionRules, ...book.extras,
  ]
  return inFormOrder(rules.flatMap(rule => {
    const verdict = rule.weigh(situation)
    return typeof verdict === 'object' ? verdict : []
  }))
}

/**
 * The omitted facts that could lead to a better outcome than the rule that decided: to free use, to a lower price, or
 * from not allowed to allowed. Never a fact that could only make the outcome worse.
 */
export function missingFacts(
  rules: readonly Ready<ChargeRule>[], decided: number, facts: Facts, space: SpaceTraits, edition: Edition, date: string,
): FactName[] {
  const outcome = rules[decided]!.rule
  if (outcome.charge === 'free') return []
  const situation = { facts, space }
  const open: FactName[] = []
  let better = false
  for (const [at, { rule, weigh }] of rules.entries()) {
    const verdict = weigh(situation)
    if (verdict === false) continue
    const improves = isBetter(rule, outcome, space, edition, date)
    better ||= improves
    if (typeof verdict === 'object' && (improves || at === decided)) open.push(...verdict)
    if (verdict === true) break
  }
  return better ? inFormOrder(open) : []
}

function isBetter(rule: ChargeRule, outcome: ChargeRule, space: SpaceTraits, edition: Edition, date: string): boolean {
  if (rule.charge === 'free') return true
  if (outcome.charge === 'not_allowed') return rule.charge !== 'not_allowed'
  if (rule.charge !== 'paid' || outcome.charge !== 'paid' || rule.priceClass === outcome.priceClass) return false
  return hourlyPrice(edition, rule.priceClass!, space, date).cents < hourlyPrice(edition, outcome.priceClass!, space, date).cents
}

const inFormOrder = (facts: readonly FactName[]): FactName[] => optionalFacts.filter(fact => facts.includes(fact))
