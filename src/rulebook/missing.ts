import { answersFor } from './answers.ts'
import type { Answer } from './answers.ts'
import { decidingRule } from './book.ts'
import type { RuleBook } from './book.ts'
import type { ChargeRule } from './edition.ts'
import { optionalFacts, sameShape } from './facts.ts'
import type { FactName, Facts, SpaceTraits } from './facts.ts'
import type { SupervisionMode } from '../spaces/space.ts'
import { priceFor } from './price.ts'
import type { Slot } from './price.ts'

type Outcome = { rule: ChargeRule; supervision: SupervisionMode }

/**
 * The omitted facts whose answer could lead to a better outcome than the one decided: free use, a lower price, or
 * permission. Found by trying the answers, first each one alone, then in pairs; a form asks again with what it learned.
 */
export function missingFacts(
  book: RuleBook, { rule: outcome, supervision }: Outcome, facts: Facts, space: SpaceTraits, slot: Slot,
): FactName[] {
  if (outcome.charge === 'free') return []
  const { applicant, purpose } = facts
  const untold = answersFor(book, applicant, purpose).filter(({ fact }) => facts[fact] === undefined)
  if (untold.length === 0) return []
  const supposed: Record<FactName, unknown> = sameShape(facts)
  const situation = { facts: supposed, space, supervision: undefined }
  const rent = (priceClass: string) => priceFor(book.edition, priceClass, space, slot, { supervision }).totalCents
  const isBetter = (rule: ChargeRule) => rule.charge === 'free' || (outcome.charge === 'not_allowed' && rule.charge !== 'not_allowed')
    || (rule.priceClass !== undefined && outcome.priceClass !== undefined && rent(rule.priceClass) < rent(outcome.priceClass))
  const helps = (one: Answer, other = one) => {
    supposed[one.fact] = one.value
    supposed[other.fact] = other.value
    const rule = decidingRule(book, applicant, purpose, situation, slot.date)
    supposed[one.fact] = supposed[other.fact] = undefined
    return rule !== outcome && isBetter(rule)
  }
  const alone = untold.filter(answer => helps(answer))
  const found = alone.length > 0 ? alone : untold.flatMap((one, at) =>
    untold.slice(at + 1).filter(other => other.fact !== one.fact && helps(one, other)).flatMap(other => [one, other]))
  return optionalFacts.filter(fact => found.some(answer => answer.fact === fact))
}
