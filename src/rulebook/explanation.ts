import { answersFor } from './answers.ts'
import type { Answer } from './answers.ts'
import { bookOf, rulesFor } from './book.ts'
import type { Situation } from './compile.ts'
import type { Condition, Leaf } from './condition.ts'
import { leaves } from './condition.ts'
import { testOf, treeOf, unmetIn } from './condition-tree.ts'
import type { Told, Tree } from './condition-tree.ts'
import type { Charge, ChargeRule, Edition } from './edition.ts'
import type { FactName, Facts, SpaceTraits } from './facts.ts'
import { quote, settledBy } from './quote.ts'
import type { Slot } from './price.ts'

/** A rule that did not decide, and what of its condition this wish does not fulfil. */
export type PassedOver = { rule: ChargeRule; unmet: Tree }

/** An answer that would lead to another outcome, what the rules read of it, and that outcome. Better ones first. */
export type Change = {
  answer: Answer
  told: Told
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
  /** The first charge rule that holds: the one that decided, unless a unit's exception stood before it. */
  held: ChargeRule
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
  let held: ChargeRule | null = null
  for (const { rule } of rulesFor(book, facts.applicant, facts.purpose)) {
    const unmet = unmetIn(treeOf(rule.when, edition.definitions), situation)
    if (unmet === null) {
      held = rule
      break
    }
    passed.push({ rule, unmet })
  }
  const decided = [...edition.chargeRules, ...edition.exceptions].find(({ id }) => id === decidedId)!
  const read = [...passed.map(({ rule }) => rule), decided].flatMap(({ when }) => factsIn(when, edition.definitions))
  return {
    used: [...new Set<FactName>(['applicant', 'purpose', ...read])],
    decided,
    held: held ?? decided,
    passedOver: passed,
    changes: changes(edition, facts, space, slot, answer),
  }
}

/**
 * All charge rules before the one that held, as the edition has them: those passed over, and those that are not for such an
 * applicant or purpose at all.
 */
export const rulesBefore = ({ chargeRules }: Edition, { held }: Explanation): ChargeRule[] =>
  chargeRules.slice(0, chargeRules.findIndex(({ id }) => id === held.id))

function factsIn(condition: Condition, definitions: Edition['definitions']): FactName[] {
  return leaves(condition).flatMap(leaf => 'defined' in leaf ? factsIn(definitions[leaf.defined]!, definitions)
    : 'fact' in leaf ? [leaf.fact as FactName] : [])
}

const rank: Record<Charge, number> = { free: 0, paid: 1, needs_person: 2, not_allowed: 3 }

/**
 * Single answers, and smaller groups, that would change the outcome; of several answers of one fact that lead to the same,
 * the first is told, and of groups the biggest one for each price. Applicant and purpose are not tried: they say who asks, not how.
 */
function changes(edition: Edition, facts: Facts, space: SpaceTraits, slot: Slot, now: ReturnType<typeof quote>): Change[] {
  const others = [...answersFor(bookOf(edition), facts.applicant, facts.purpose), ...denials(facts)]
    .filter(({ fact, value }) => fact !== 'association' && facts[fact] !== value)
  const found = [...others, ...fewerPeople(edition, facts, space, slot), ...facts.activities.map((value): Answer => ({ fact: 'activities', value }))]
    .map((answer): Change => {
      const { charge, priceClass, totalCents, because } = quote(edition, changed(facts, answer), space, slot)
      const better = rank[charge] < rank[now.charge] && (charge === 'free' || now.charge !== 'needs_person')
        || (charge === now.charge && (totalCents ?? 0) < (now.totalCents ?? 0))
      return { answer, told: toldBy(edition, answer, facts), charge, priceClass, totalCents, rule: because[0]!.rule, better }
    })
    .filter(({ charge, priceClass, better, answer }) => charge !== now.charge || priceClass !== now.priceClass
      || (answer.fact === 'people' && charge === 'paid' && better))
    .sort((a, b) => rank[a.charge] - rank[b.charge] || (a.totalCents ?? 0) - (b.totalCents ?? 0))
  return found.filter((one, at) => !found.slice(0, at).some(other =>
    other.charge === one.charge && other.priceClass === one.priceClass && other.answer.fact === one.answer.fact
    && (one.answer.fact !== 'people' || other.totalCents === one.totalCents)))
}

/** To the rules a "no" is mostly the same as silence, so that it is none of their answers; but it takes back a "yes". */
const denials = (facts: Facts): Answer[] =>
  (['openToAll', 'entryFee'] as const).filter(fact => facts[fact] === true).map(fact => ({ fact, value: false }))

/** The wish with another answer; of an activity, without it. */
const changed = (facts: Facts, { fact, value }: Answer): Facts =>
  fact === 'activities' ? { ...facts, activities: facts.activities.filter((one) => one !== value) } : { ...facts, [fact]: value }

/** The comparison that tells an answer from what was said: a share of 0 is told as "below a half" where that is what the rules ask. */
function toldBy({ definitions, chargeRules, extras, supervisionRules }: Edition, { fact, value }: Answer, facts: Facts): Told {
  if (fact === 'activities') return { leaf: { fact, has: [value as Facts['activities'][number]] }, negated: true }
  const asked = [...Object.values(definitions), ...[...chargeRules, ...extras, ...supervisionRules].map(rule => rule.when)].flatMap(leaves)
    .filter((leaf): leaf is Leaf => 'fact' in leaf && leaf.fact === fact)
  const holdsOf = (leaf: Leaf, said: unknown) => testOf(leaf).holds({ facts: { [fact]: said }, space: undefined, supervision: undefined })
  // Of people it is the bound itself that counts: one more, and the rule reads otherwise.
  const other = fact === 'people' ? Number(value) + 1 : facts[fact]
  const fulfilled = asked.find(leaf => holdsOf(leaf, value) && !holdsOf(leaf, other))
  if (fulfilled) return { leaf: fulfilled, negated: false }
  const given = asked.find(leaf => !holdsOf(leaf, value) && holdsOf(leaf, other))
  if (given) return { leaf: given, negated: true }
  return { leaf: { fact, is: value } as Leaf, negated: false }
}

/** The sizes of group, smaller than this one and than what the space holds, from which on it costs otherwise; the biggest first. */
function fewerPeople(edition: Edition, facts: Facts, space: SpaceTraits, slot: Slot): Answer[] {
  const { definitions, chargeRules, extras, supervisionRules } = edition
  const bounds = [...Object.values(definitions), ...[...chargeRules, ...extras, ...supervisionRules].map(rule => rule.when)].flatMap(leaves).flatMap(leaf => {
    if (!('fact' in leaf) || leaf.fact !== 'people') return []
    const { atLeast, moreThan, atMost, below } = leaf
    return [atLeast === undefined ? null : atLeast - 1, below === undefined ? null : below - 1, atMost, moreThan].filter(bound => typeof bound === 'number')
  })
  const outcome = (people: number): string => Object.values(settledBy(edition, { ...facts, people }, space, slot)).join()
  return [...new Set(bounds)]
    .filter(bound => bound >= 1 && bound < Math.min(facts.people, space.people) && outcome(bound) !== outcome(bound + 1))
    .sort((a, b) => b - a).map(value => ({ fact: 'people', value }))
}
