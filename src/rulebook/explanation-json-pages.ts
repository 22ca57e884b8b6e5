import type { PlainText } from '../platform/i18n/text.ts'
import { conditionOf } from './condition-tree.ts'
import type { Edition } from './edition.ts'
import type { Explanation } from './explanation.ts'
import type { Facts } from './facts.ts'
import { kinderFirst, otherRules, wholeWords, type WholeWords } from './rules-before-words-pages.ts'

type Told = { edition: Edition; facts: Facts; explanation: Explanation }

/**
 * An explanation for machines: every sentence in the languages of the API (rulings 25), in the order of the pages, and
 * conditions as the rules are written. `otherRules` is null where no earlier rule is for others.
 */
export function explanationJson(asked: Told) {
  const told = kinderFirst(asked)
  const [fi, sv, en, plain] = [
    wholeWords({ ...asked, lang: 'fi' }), wholeWords({ ...asked, lang: 'sv' }), wholeWords({ ...asked, lang: 'en' }), wholeWords({ ...asked, lang: 'fi', plain: true }),
  ]
  const text = (of: (words: WholeWords) => string): PlainText => ({ fi: of(fi), sv: of(sv), en: of(en), plain: of(plain) })
  const { edition, facts, explanation: { used, decided, passedOver, changes } } = told
  return {
    edition: edition.id,
    facts: used.map((fact) => ({ fact, value: facts[fact] ?? null })),
    decided: { rule: decided.id, text: decided.text, source: decided.source },
    passedOver: passedOver.map(({ rule, unmet }, at) => ({
      rule: rule.id,
      name: rule.name ?? rule.text,
      needed: text((words) => words.passedOver[at]!.needed),
      unmet: conditionOf(unmet),
    })),
    otherRules: fi.others === null ? null : { text: text(({ others }) => others!), rules: otherRules(told).map(({ id }) => id) },
    changes: changes.map(({ answer: { fact, value }, charge, priceClass, totalCents }, at) => ({
      fact, value, charge, priceClass, totalCents, text: text((words) => words.changes[at]!.text),
      outcome: text((words) => words.changes[at]!.outcome),
    })),
  }
}
export type ExplanationJson = ReturnType<typeof explanationJson>
