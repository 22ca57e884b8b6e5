import { answersFor } from './answers.ts'
import type { Answer } from './answers.ts'
import { bookOf, rulesFor } from './book.ts'
import { compileCondition } from './compile.ts'
import type { Situation } from './compile.ts'
import type { Condition, Leaf } from './condition.ts'
import { leaves } from './condition.ts'
import type { Charge, ChargeRule, Edition } from './edition.ts'
import type { FactName, Facts, SpaceTraits } from './facts.ts'
import { quote } from './quote.ts'
import type { Slot } from './price.ts'

/** A rule that did not decide, and the comparisons that it would have needed and that this wish does not fulfil. */
export type PassedOver = { rule: ChargeRule; unmet: Unmet[] }
/** A comparison that failed; `negated` where the rule asks for its opposite. */
export type Unmet = { leaf: Leaf; negated: boolean }

/** An answer that would lead to another outcome, what the rules read of it, and that outcome. Better ones first. */
export type Change = {
  answer: Answer
  told: Unmet
  charge: Charge
  priceClass: string | null
  totalCents: number | null
  rule: string
  /** Free of charge, cheaper, or allowed at all. */
  better: boolean
}

export type Explanation = {
  /** The facts that some rule read on its way to the outcome, in the order in which they were read. */
  used: FactName[]
  decided: ChargeRule
  passedOver: PassedOver[]
  changes: Change[]
}

/**
 * Why a wish is decided as it is: what was read, which rule decided, which ones before it did not and for want of what,
 * and what would change the outcome (hallintolaki 45 §: the facts and the rules that decided).
 */
export function explanation(edition: Edition, facts: Facts, space: SpaceTraits, slot: Slot): Explanation {
  const book = bookOf(edition)
  const situation: Situation = { facts, space, supervision: undefined }
  const answer = quote(edition, facts, space, slot)
  const decidedId = answer.because[0]!.rule
  const passed: PassedOver[] = []
  for (const one of rulesFor(book, facts.applicant, facts.purpose)) {
    if (one.holds(situation)) break
    passed.push({ rule: one.rule, unmet: unmet(one.rule.when, edition.definitions, situation) })
  }
  const decided = [...edition.chargeRules, ...edition.exceptions].find(({ id }) => id === decidedId)!
  const read = [...passed.map(({ rule }) => rule), decided].flatMap(({ when }) => factsIn(when, edition.definitions))
  return {
    used: [...new Set<FactName>(['applicant', 'purpose', ...read])],
    decided,
    passedOver: passed,
    changes: changes(edition, facts, space, slot, answer),
  }
}

/** The comparisons for whose sake a condition does not hold; of a choice, those of every alternative. */
export function unmet(condition: Condition, definitions: Edition['definitions'], situation: Situation, negated = false): Unmet[] {
  const inner = (part: Condition, flipped = negated) => unmet(part, definitions, situation, flipped)
  if ('defined' in condition) return inner(definitions[condition.defined]!)
  if ('not' in condition) return inner(condition.not, !negated)
  const holds = compileCondition(condition, definitions).holds(situation) !== negated
  if (holds) return []
  if ('all' in condition) return condition.all.flatMap(part => inner(part))
  if ('any' in condition) return condition.any.flatMap(part => inner(part))
  return [{ leaf: condition, negated }]
}

function factsIn(condition: Condition, definitions: Edition['definitions']): FactName[] {
  return leaves(condition).flatMap(leaf => 'defined' in leaf ? factsIn(definitions[leaf.defined]!, definitions)
    : 'fact' in leaf ? [leaf.fact as FactName] : [])
}

const rank: Record<Charge, number> = { free: 0, paid: 1, needs_person: 2, not_allowed: 3 }

/**
 * Single answers, and smaller groups, that would change the outcome; of several answers of one fact that lead to the same,
 * the first is told. Applicant and purpose are not tried: they say who asks, not how.
 */
function changes(edition: Edition, facts: Facts, space: SpaceTraits, slot: Slot, now: ReturnType<typeof quote>): Change[] {
  const others = answersFor(bookOf(edition), facts.applicant, facts.purpose)
    .filter(({ fact, value }) => fact !== 'association' && facts[fact] !== value)
  const found = [...others, ...fewerPeople(edition, facts), ...facts.activities.map((value): Answer => ({ fact: 'activities', value }))]
    .map((answer): Change => {
      const { charge, priceClass, totalCents, because } = quote(edition, changed(facts, answer), space, slot)
      const better = rank[charge] < rank[now.charge] && (charge === 'free' || now.charge !== 'needs_person')
        || (charge === now.charge && (totalCents ?? 0) < (now.totalCents ?? 0))
      return { answer, told: toldBy(edition, answer, facts), charge, priceClass, totalCents, rule: because[0]!.rule, better }
    })
    .filter(({ charge, priceClass }) => charge !== now.charge || priceClass !== now.priceClass)
    .sort((a, b) => rank[a.charge] - rank[b.charge] || (a.totalCents ?? 0) - (b.totalCents ?? 0))
  return found.filter((one, at) => !found.slice(0, at).some(other =>
    other.charge === one.charge && other.priceClass === one.priceClass && other.answer.fact === one.answer.fact))
}

/** The wish with another answer; of an activity, without it. */
const changed = (facts: Facts, { fact, value }: Answer): Facts =>
  fact === 'activities' ? { ...facts, activities: facts.activities.filter((one) => one !== value) } : { ...facts, [fact]: value }

/** The comparison that tells an answer from what was said: a share of 0 is told as "below a half" where that is what the rules ask. */
function toldBy({ definitions, chargeRules, extras }: Edition, { fact, value }: Answer, facts: Facts): Unmet {
  if (fact === 'activities') return { leaf: { fact, has: [value as Facts['activities'][number]] }, negated: true }
  const asked = [...Object.values(definitions), ...[...chargeRules, ...extras].map(rule => rule.when)].flatMap(leaves)
    .filter((leaf): leaf is Leaf => 'fact' in leaf && leaf.fact === fact)
  const holdsOf = (leaf: Leaf, said: unknown) => compileCondition(leaf, {}).holds({ facts: { [fact]: said }, space: undefined, supervision: undefined })
  // Of people it is the bound itself that counts: one more, and the rule reads otherwise.
  const other = fact === 'people' ? Number(value) + 1 : facts[fact]
  const fulfilled = asked.find(leaf => holdsOf(leaf, value) && !holdsOf(leaf, other))
  if (fulfilled) return { leaf: fulfilled, negated: false }
  const given = asked.find(leaf => !holdsOf(leaf, value) && holdsOf(leaf, other))
  if (given) return { leaf: given, negated: true }
  return { leaf: { fact, is: value } as Leaf, negated: false }
}

/** The sizes of group, smaller than this one, from which on some rule charges otherwise; the biggest first. */
function fewerPeople({ definitions, chargeRules, extras }: Edition, { people }: Facts): Answer[] {
  const bounds = [...Object.values(definitions), ...[...chargeRules, ...extras].map(rule => rule.when)].flatMap(leaves).flatMap(leaf => {
    if (!('fact' in leaf) || leaf.fact !== 'people') return []
    const { atLeast, moreThan, atMost, below } = leaf
    return [atLeast === undefined ? null : atLeast - 1, below === undefined ? null : below - 1, atMost, moreThan].filter(bound => typeof bound === 'number')
  })
  return [...new Set(bounds)].filter(bound => bound >= 1 && bound < people).sort((a, b) => b - a).map(value => ({ fact: 'people', value }))
}
