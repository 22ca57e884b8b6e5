import { formats } from '../platform/i18n/format.ts'
import { plainly } from '../platform/i18n/messages.ts'
import type { Language, PlainText } from '../platform/i18n/text.ts'
import { neededWords } from './condition-words-pages.ts'
import type { Edition } from './edition.ts'
import type { Change, Explanation } from './explanation.ts'
import type { FactName, Facts } from './facts.ts'
import { capital, factWords, leafWords, voiceOf } from './leaf-words-pages.ts'

type Told = { edition: Edition; facts: Facts; explanation: Explanation; lang: Language; plain?: boolean }

/** Why a wish is decided as it is, in the reader's language: the same sentences on the form, the booking, the mail, the decision and in the API. */
export function explanationWords({ edition, facts, explanation: { used, decided, passedOver, changes }, lang, plain = false }: Told) {
  const telling = { lang, edition, plain }
  const t = voiceOf(telling)
  const say = (text: PlainText): string => (plain ? text.plain : text[lang])
  const unsaid = used.filter((fact) => askedFor.includes(fact) && facts[fact] === undefined).map((fact) => t(`rulebook.said.${fact}`, { age: edition.limits.youthUnder }))
  const other = changes.filter((change) => !change.better && !isAssumed(change)).length
  return {
    titles: {
      facts: t('rulebook.why.facts'), decided: t('rulebook.why.decided'), passedOver: t('rulebook.why.passedOver'),
      better: t(decided.charge === 'not_allowed' ? 'rulebook.why.allowed' : 'rulebook.why.better'),
      // Nobody is told "too" where nothing was told before.
      changes: t(other < changes.length ? 'rulebook.why.changes' : 'rulebook.why.changesAlone', { count: other }),
      assumed: t('rulebook.why.assumed'),
    },
    /** What has not been said and would change the outcome, each once. */
    open: [...new Set(changes.map(({ answer: { fact } }) => fact).filter((fact) => facts[fact] === undefined))],
    facts: used.flatMap((fact) => factWords(fact, facts, telling) ?? []),
    unsaid: unsaid.length ? t('rulebook.why.unsaid', { what: unsaid.join(', ') }) : null,
    decided: { rule: decided.id, text: say(decided.text), source: decided.source && t('rulebook.why.source', { source: decided.source }) },
    passedOver: passedOver.map(({ rule, unmet }) => ({
      rule: rule.id, name: say(rule.name ?? rule.text), needed: neededWords(unmet, telling),
    })),
    changes: changes.map((change) => ({ text: changeText(change), outcome: outcomeText(change), better: change.better, assumed: isAssumed(change) })),
  }

  /** An answer not given that would make it worse: the reader must know what the outcome rests on. */
  function isAssumed({ answer: { fact }, better }: Change): boolean {
    return !better && facts[fact] === undefined
  }

  function changeText({ told: { leaf, negated } }: Change): string {
    const said = leafWords(leaf, negated, telling)
    return plain ? capital(said) : said
  }

  function outcomeText({ charge, totalCents }: Change): string {
    if (!totalCents) return t(`site.charge.${charge}`)
    const price = formats[lang].money(totalCents)
    if (charge === 'free') return t('spaces.price.freePlus', { price })
    return plain ? plainly('rulebook.plain.costs', { price }) : price
  }
}
export type ExplanationWords = ReturnType<typeof explanationWords>

/** The words of a page: those who read Finnish may open the same in plain Finnish below them. */
export function explanationView(told: Told): ExplanationWords & { easy: ExplanationWords | null } {
  return { ...explanationWords(told), easy: told.lang === 'fi' && !told.plain ? explanationWords({ ...told, plain: true }) : null }
}
export type ExplanationView = ReturnType<typeof explanationView>

const askedFor: readonly FactName[] = ['openToAll', 'entryFee', 'localShare', 'youthShare']
