import { bookOf, rulesFor } from './book.ts'
import type { RuleBook } from './book.ts'
import { compileCondition } from './compile.ts'
import type { Compiled, Situation } from './compile.ts'
import { leaves } from './condition.ts'
import type { Condition, Leaf } from './condition.ts'
import type { Edition } from './edition.ts'
import { optionalFacts } from './facts.ts'
import type { Applicant, FactName, Purpose, SpaceTraits } from './facts.ts'

/** Something that can be said of an optional fact. */
export type Answer = { fact: FactName; value: boolean | number | string }

/**
 * The optional facts that a form should ask for an applicant and a purpose, in the order of `optionalFacts`: those that
 * some rule of the edition reads before the matter is settled. Without a space, those that matter in some space.
 */
export function questions(edition: Edition, applicant: Applicant, purpose: Purpose, space?: SpaceTraits): FactName[] {
  const book = bookOf(edition)
  const situation: Situation = { facts: { applicant, purpose }, space, supervision: undefined }
  const found = new Set<FactName>()
  /** Notes what the rule waits for; true when it surely holds. */
  const settles = (rule: Compiled) => {
    const verdict = rule.weigh(situation)
    if (typeof verdict === 'object') for (const fact of verdict) found.add(fact)
    return verdict === true
  }
  rulesFor(book, applicant, purpose).some(settles)
  for (const rule of [...book.approvalRules, ...book.supervisionRules, ...book.extras]) settles(rule)
  return optionalFacts.filter(fact => found.has(fact))
}

const answers = new WeakMap<RuleBook, Map<string, readonly Answer[]>>()

/** The answers that can make a difference for an applicant and a purpose: one for each way the rules can tell them apart. */
export function answersFor(book: RuleBook, applicant: Applicant, purpose: Purpose): readonly Answer[] {
  let known = answers.get(book)
  if (!known) answers.set(book, known = new Map())
  const key = `${applicant} ${purpose}`
  let found = known.get(key)
  if (!found) {
    known.set(key, found = questions(book.edition, applicant, purpose)
      .filter(fact => fact !== 'groups' && fact !== 'activities')
      .flatMap(fact => answersTo(fact, book.edition)))
  }
  return found
}

function answersTo(fact: FactName, edition: Edition): Answer[] {
  const conditions: Condition[] = [...Object.values(edition.definitions), ...edition.chargeRules.map(rule => rule.when)]
  const asked = conditions.flatMap(leaves).filter((leaf): leaf is Leaf => 'fact' in leaf && leaf.fact === fact)
  const tests = asked.map(leaf => compileCondition(leaf, {}))
  // Silence fulfils nothing; an answer that fulfils nothing either tells the rules no more than silence does.
  const seen = new Set([tests.map(() => false).join()])
  return valuesIn(asked).map(value => ({ fact, value })).filter(answer => {
    const situation: Situation = { facts: { [fact]: answer.value }, space: undefined, supervision: undefined }
    const told = tests.map(test => test.holds(situation)).join()
    return !seen.has(told) && seen.add(told)
  })
}

function valuesIn(asked: readonly Leaf[]): Answer['value'][] {
  const bounds = asked.flatMap(leaf => 'in' in leaf || 'has' in leaf || 'is' in leaf ? []
    : [leaf.atLeast, leaf.moreThan, leaf.atMost, leaf.below].filter(bound => bound !== undefined))
  const points = [...new Set([0, ...bounds, 1])].sort((a, b) => a - b)
  return [
    ...asked.flatMap((leaf): Answer['value'][] => 'is' in leaf ? [leaf.is] : 'in' in leaf ? leaf.in : []),
    ...(bounds.length > 0 ? points.flatMap((point, at) => at === 0 ? [point] : [(points[at - 1]! + point) / 2, point]) : []),
  ]
}
