import type { Language, PlainText } from '../platform/i18n/text.ts'
import type { ChargeRule, Edition } from './edition.ts'
import { rulesBefore, type Explanation } from './explanation.ts'
import { explanationView, explanationWords, type ExplanationWords } from './explanation-words-pages.ts'
import type { Facts } from './facts.ts'
import { voiceOf } from './leaf-words-pages.ts'

type Told = { edition: Edition; facts: Facts; explanation: Explanation; lang: Language; plain?: boolean }
/** `others` names the earlier rules that are for other applicants or purposes; null where there are none. */
export type WholeWords = ExplanationWords & { others: string | null }

/** An explanation in words that tells all rules before the deciding one: those passed over, the kinder first, and those for other people or uses. */
export const wholeWords = (told: Told): WholeWords => whole(explanationWords(kinderFirst(told)), told)

/** The words of a page: those who read Finnish may open the same in plain Finnish below them. */
export function wholeView(told: Told): WholeWords & { easy: WholeWords | null } {
  const { easy, ...words } = explanationView(kinderFirst(told))
  return { ...whole(words, told), easy: easy && whole(easy, { ...told, plain: true }) }
}
export type WholeView = ReturnType<typeof wholeView>

/** The same explanation, the rules that would have made the use free told first where it is not. */
export function kinderFirst<T extends Pick<Told, 'explanation'>>(told: T): T {
  const { explanation: found } = told
  const kinder = ({ rule }: Explanation['passedOver'][number]): boolean => rule.charge === 'free' && found.decided.charge !== 'free'
  return { ...told, explanation: { ...found, passedOver: [...found.passedOver.filter(kinder), ...found.passedOver.filter((one) => !kinder(one))] } }
}

const whole = (words: ExplanationWords, told: Told): WholeWords => ({
  ...words, passedOver: words.passedOver.map((one) => ({ ...one, name: one.name.replace(/\.$/, '') })), others: othersWords(told),
})

/** The rules before the one that held which are not for such an applicant or purpose at all. */
export function otherRules({ edition, explanation }: Pick<Told, 'edition' | 'explanation'>): ChargeRule[] {
  const passed = new Set(explanation.passedOver.map(({ rule }) => rule.id))
  return rulesBefore(edition, explanation).filter(({ id }) => !passed.has(id))
}

function othersWords(told: Told): string | null {
  const { lang, plain = false } = told
  const say = (text: PlainText): string => (plain ? text.plain : text[lang])
  const others = otherRules(told)
  const rules = others.map(({ name, text }) => say(name ?? text).replace(/\.$/, '')).join('; ')
  return others.length ? voiceOf({ lang, plain })('rulebook.why.others', { rules }) : null
}
