import { formats } from '../platform/i18n/format.ts'
import { translators } from '../platform/i18n/messages.ts'
import type { Language, PlainText } from '../platform/i18n/text.ts'
import { factWords, leafWords } from './condition-words-pages.ts'
import type { Edition } from './edition.ts'
import type { Change, Explanation, Unmet } from './explanation.ts'
import type { FactName, Facts } from './facts.ts'

type Told = { edition: Edition; facts: Facts; explanation: Explanation; lang: Language; plain?: boolean }

/** Why a wish is decided as it is, in the reader's language: the same sentences on the form, the booking, the decision and in the API. */
export function explanationWords({ edition, facts, explanation: { used, decided, passedOver, changes }, lang, plain = false }: Told) {
  const t = translators[lang]
  const say = (text: PlainText): string => (plain ? text.plain : text[lang])
  const telling = { lang, edition }
  return {
    facts: used.flatMap((fact) => factWords(fact, facts, telling) ?? []),
    unsaid: used.filter((fact) => askedFor.includes(fact) && facts[fact] === undefined).map((fact) => t(`rulebook.said.${fact}`, { age: edition.limits.youthUnder })),
    decided: { rule: decided.id, text: say(decided.text), source: decided.source },
    passedOver: passedOver.map(({ rule, unmet }) => ({
      rule: rule.id,
      name: say(rule.name ?? rule.text),
      needed: needed(unmet).map(({ leaf, negated }) => leafWords(leaf, negated, telling)),
    })),
    allowed: decided.charge !== 'not_allowed',
    changes: changes.map((change) => ({ text: leafWords(change.told.leaf, change.told.negated, telling), outcome: outcomeText(change), better: change.better })),
  }

  function outcomeText({ charge, totalCents }: Change): string {
    if (!totalCents) return t(`site.charge.${charge}`)
    const price = formats[lang].money(totalCents)
    return charge === 'free' ? t('spaces.price.freePlus', { price }) : price
  }
}
export type ExplanationWords = ReturnType<typeof explanationWords>

const askedFor: readonly FactName[] = ['openToAll', 'entryFee', 'localShare', 'youthShare']

/** A comparison is told once. */
function needed(unmet: readonly Unmet[]): Unmet[] {
  const seen = new Set<string>()
  return unmet.filter((one) => {
    const key = JSON.stringify(one)
    return !seen.has(key) && seen.add(key)
  })
}

type AsJson = Omit<Told, 'lang' | 'plain'>

/** The same for machines: every sentence in the languages of the API (rulings 25). */
export function explanationJson(told: AsJson) {
  const [fi, sv, en, plain] = [
    explanationWords({ ...told, lang: 'fi' }), explanationWords({ ...told, lang: 'sv' }), explanationWords({ ...told, lang: 'en' }),
    explanationWords({ ...told, lang: 'fi', plain: true }),
  ]
  const text = (of: (words: ExplanationWords) => string): PlainText => ({ fi: of(fi), sv: of(sv), en: of(en), plain: of(plain) })
  const { edition, facts, explanation: { used, decided, passedOver, changes } } = told
  return {
    edition: edition.id,
    facts: used.map((fact) => ({ fact, value: facts[fact] ?? null })),
    decided: { rule: decided.id, text: decided.text, source: decided.source },
    passedOver: passedOver.map(({ rule }, at) => ({
      rule: rule.id,
      name: rule.name ?? rule.text,
      needed: fi.passedOver[at]!.needed.map((_, n) => text((words) => words.passedOver[at]!.needed[n]!)),
    })),
    changes: changes.map(({ answer: { fact, value }, charge, priceClass, totalCents }, at) => ({
      fact, value, charge, priceClass, totalCents, text: text((words) => words.changes[at]!.text),
    })),
  }
}
