import { slotOf } from '../bookings/judgement.ts'
import type { PlainText } from '../platform/i18n/text.ts'
import { explanation } from '../rulebook/explanation.ts'
import { voiceOf } from '../rulebook/leaf-words-pages.ts'
import { wholeWords } from '../rulebook/rules-before-words-pages.ts'
import type { Matter } from './decision.ts'
import type { Passage } from './document.ts'

type Part = NonNullable<Passage['parts']>[number]

/**
 * Why the rules say what they say of a matter, in the document's language or in plain Finnish: the facts that were read; the
 * rule that decided with those that it passed over and what would change it; and the rules that an official's refusal rests on.
 */
export function reasonsOf({ language: lang, edition, startsAt, endsAt, decided: { facts, space, quote, given } }: Matter, plain = false) {
  const t = voiceOf({ lang, plain })
  const say = (text: PlainText): string => (plain ? text.plain : text[lang])
  const found = explanation(edition, facts, space, slotOf({ startsAt, endsAt }))
  const why = wholeWords({ edition, facts, lang, plain, explanation: found })
  const sourced = (text: string): string => [text, why.decided.source].filter(Boolean).join(' ')
  const passedOver: Part = {
    title: why.titles.passedOver, list: why.passedOver.map(({ name, needed }) => `${name}. ${needed}`),
    paragraphs: why.others === null ? [] : [why.others],
  }
  return {
    facts: {
      title: plain ? why.titles.facts : t('decisions.reasons.facts'), facts: why.facts.map(({ term, text }) => ({ term, text: [text] })), paragraphs: why.unsaid ? [why.unsaid] : [],
    } satisfies Part,
    byRule: [
      { title: why.titles.decided, paragraphs: [sourced(why.decided.text), ...(quote.contact ? [say(quote.contact)] : [])] },
      ...listPart(t('decisions.reasons.others'), quote.because.slice(1).map(({ text }) => say(text))),
      ...(passedOver.list?.length || passedOver.paragraphs.length ? [passedOver] : []),
      ...(given ? [] : listPart(why.titles.better, why.changes.filter(({ better }) => better).map(({ text, outcome }) => `${text}: ${outcome}`))),
    ],
    applied: listPart(t('decisions.reasons.applied'), quote.because.map(({ rule, text }) => (rule === why.decided.rule ? sourced(say(text)) : say(text)))),
  }
}

const listPart = (title: string, list: string[]): Part[] => (list.length ? [{ title, paragraphs: [], list }] : [])
