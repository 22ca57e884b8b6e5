import type { PlainText } from '../platform/i18n/text.ts'
import { compileCondition } from './compile.ts'
import type { Compiled } from './compile.ts'
import type { Condition } from './condition.ts'
import type { ChargeRule, Edition } from './edition.ts'
import type { Applicant, Purpose } from './facts.ts'

/** A rule with its condition made quick to ask. */
export type Ready<Rule> = Compiled & { rule: Rule }

/** An edition made quick to ask. */
export type RuleBook = {
  edition: Edition
  /** The charge rules, in order, that can decide for an applicant and a purpose. */
  chargeRules(applicant: Applicant, purpose: Purpose): readonly Ready<ChargeRule>[]
  approvalRules: readonly Ready<Edition['approvalRules'][number]>[]
  supervisionRules: readonly Ready<Edition['supervisionRules'][number] & { told: PlainText[] }>[]
  extras: readonly Ready<Edition['extras'][number]>[]
}

const books = new WeakMap<Edition, RuleBook>()

/** The edition's rule book; made once. An edition is never changed after that. */
export function bookOf(edition: Edition): RuleBook {
  let book = books.get(edition)
  if (!book) books.set(edition, book = bound(edition))
  return book
}

function bound(edition: Edition): RuleBook {
  const ready = <Rule extends { when: Condition }>(rule: Rule): Ready<Rule> =>
    ({ ...compileCondition(rule.when, edition.definitions), rule })
  const chargeRules = edition.chargeRules.map(ready)
  const relevant = new Map<string, Ready<ChargeRule>[]>()
  return {
    edition,
    chargeRules(applicant, purpose) {
      const key = `${applicant}/${purpose}`
      let rules = relevant.get(key)
      if (!rules) relevant.set(key, rules = reachable(chargeRules, applicant, purpose))
      return rules
    },
    approvalRules: edition.approvalRules.map(ready),
    supervisionRules: edition.supervisionRules.map(rule => ready({ ...rule, told: toldDuties(edition, rule.duties) })),
    extras: edition.extras.map(ready),
  }
}

/** Leaves out what cannot hold for them, and what comes after a rule that always does. */
function reachable(rules: Ready<ChargeRule>[], applicant: Applicant, purpose: Purpose): Ready<ChargeRule>[] {
  const situation = { facts: { applicant, purpose } }
  const possible = rules.filter(rule => rule.weigh(situation) !== false)
  const sure = possible.findIndex(rule => rule.weigh(situation) === true)
  return possible.slice(0, sure + 1)
}

function toldDuties(edition: Edition, ids: readonly string[]): PlainText[] {
  return edition.duties.filter(duty => ids.includes(duty.id)).map(duty => duty.text)
}
