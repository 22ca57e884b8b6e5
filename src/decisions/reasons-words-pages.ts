import { besideRules, type Beside } from '../bookings/beside-words-pages.ts'
import { slotOf } from '../bookings/judgement.ts'
import type { PlainText } from '../platform/i18n/text.ts'
import { changesTold } from '../rulebook/changes-told.ts'
import { explanation } from '../rulebook/explanation.ts'
import { voiceOf } from '../rulebook/leaf-words-pages.ts'
import { wholeWords } from '../rulebook/rules-before-words-pages.ts'
import type { Matter } from './decision.ts'
import type { Part } from './document.ts'

/** What stands beside the rules in a matter: an official's price or refusal, or what else than the price refuses a wish. */
function besideIn({ kind, booking, decided: { given }, refusals }: Matter): Beside | null {
  if (kind !== 'refusal') return given ? 'given' : null
  if (booking) return 'declined'
  return refusals.some(({ code }) => code !== 'not-allowed') ? 'obstacles' : null
}

/**
 * What the rules say of a matter and why, in the document's language or in plain Finnish: the facts that were read, the rule
 * that decided with those that it passed over, and what would change it; the same as on the pages and in the mail.
 */
export function reasonsOf(matter: Matter, plain = false): Part[] {
  const { language: lang, edition, startsAt, endsAt, decided: { facts, space, quote } } = matter
  const t = voiceOf({ lang, plain })
  const say = (text: PlainText): string => (plain ? text.plain : text[lang])
  const found = explanation(edition, facts, space, slotOf({ startsAt, endsAt }))
  const beside = besideIn(matter)
  const why = besideRules(wholeWords({ edition, facts, lang, plain, explanation: found }), { beside, quote, lang, plain })
  const rests = plain || beside === 'declined' || beside === 'obstacles' ? why.titles.facts : t('decisions.reasons.facts')
  const passedOver: Part = {
    title: why.titles.passedOver, list: why.passedOver.map(({ name, needed }) => `${name}. ${needed}`),
    paragraphs: why.others === null ? [] : [why.others],
  }
  return [
    ...(why.beside === null ? [] : [{ title: t('rulebook.why.rulesTitle'), paragraphs: [why.beside] }]),
    { title: rests, facts: why.facts.map(({ term, text }) => ({ term, text: [text] })), paragraphs: why.unsaid ? [why.unsaid] : [] },
    {
      title: why.titles.decided,
      paragraphs: [[why.decided.text, why.decided.source].filter(Boolean).join(' '), ...(quote.contact ? [say(quote.contact)] : [])],
    },
    ...listPart(t('decisions.reasons.others'), quote.because.slice(1).map(({ text }) => say(text))),
    ...(passedOver.list?.length || passedOver.paragraphs.length ? [passedOver] : []),
    ...changesTold(why).flatMap(({ title, items }) => listPart(title, items)),
  ]
}

const listPart = (title: string, list: string[]): Part[] => (list.length ? [{ title, paragraphs: [], list }] : [])
