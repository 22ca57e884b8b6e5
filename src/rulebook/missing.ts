import { answersFor } from './answers.ts'
import type { Answer } from './answers.ts'
import { decidingRule } from './book.ts'
import type { RuleBook } from './book.ts'
import type { ChargeRule, Edition } from './edition.ts'
import { optionalFacts } from './facts.ts'
import type { FactName, Facts, SpaceTraits } from './facts.ts'
import { hourlyPrice } from './price.ts'

/**
 * The omitted facts whose answer could lead to a better outcome than the one decided: free use, a lower price, or
 * permission. Found by trying the answers, first each one alone, then in pairs; a form asks again with what it learned.
 */
export function missingFacts(
  book: RuleBook, outcome: ChargeRule, facts: Facts, space: SpaceTraits, date: string,
): FactName[] {
  if (outcome.charge === 'free') return []
  const { applicant, purpose } = facts
  const untold = answersFor(book, applicant, purpose).filter(({ fact }) => facts[fact] === undefined)
  if (untold.length === 0) return []
  const supposed = sameShape(facts)
  const situation = { facts: supposed, space, supervision: undefined }
  const helps = (one: Answer, other = one) => {
    supposed[one.fact] = one.value
    supposed[other.fact] = other.value
    const rule = decidingRule(book, applicant, purpose, situation)
    supposed[one.fact] = supposed[other.fact] = undefined
    return rule !== outcome && isBetter(rule, outcome, space, book.edition, date)
  }
  const alone = untold.filter(answer => helps(answer))
  const found = alone.length > 0 ? alone : untold.flatMap((one, at) =>
    untold.slice(at + 1).filter(other => other.fact !== one.fact && helps(one, other)).flatMap(other => [one, other]))
  return optionalFacts.filter(fact => found.some(answer => answer.fact === fact))
}

function isBetter(rule: ChargeRule, outcome: ChargeRule, space: SpaceTraits, edition: Edition, date: string): boolean {
  if (rule.charge === 'free') return true
  if (outcome.charge === 'not_allowed') return rule.charge !== 'not_allowed'
  const { priceClass: price } = rule
  const { priceClass: present } = outcome
  if (price === undefined || present === undefined || price === present) return false
  return hourlyPrice(edition, price, space, date).cents < hourlyPrice(edition, present, space, date).cents
}

/** A copy whose facts stand in one order, told or not: trying answers is twice as quick on objects of one shape. */
function sameShape(facts: Facts): Record<FactName, unknown> {
  const { applicant, purpose, people, groups, activities } = facts
  const { openToAll, entryFee, youthShare, localShare, association, granted } = facts
  return { applicant, purpose, people, openToAll, entryFee, youthShare, localShare, groups, activities, association, granted }
}
