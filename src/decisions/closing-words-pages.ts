import { formats } from '../platform/i18n/format.ts'
import { translators } from '../platform/i18n/messages.ts'
import type { Language } from '../platform/i18n/text.ts'
import type { Edition } from '../rulebook/edition.ts'
import type { Decider } from './decision.ts'
import type { DocumentText, Passage } from './document.ts'

/** When a request for review must be made, where an edition does not say (kuntalaki 134 §). */
const usualReviewDays = 14

/** Said first where nobody has adopted the rules. */
export const noticeOf = (edition: Edition, lang: Language): DocumentText['notice'] =>
  edition.decision ? null : { title: translators[lang]('decisions.notice.title'), text: translators[lang]('decisions.notice.text', { edition: edition.id }) }

/** The edition that a decision rests on, and who adopted it. */
export function editionSaid(edition: Edition, lang: Language): string[] {
  const [t, f] = [translators[lang], formats[lang]]
  return [
    `${edition.name[lang]} (${edition.id})`,
    edition.decision
      ? t('decisions.reasons.adopted', { body: edition.decision.body[lang], date: f.fullDate(f.ofDate(edition.decision.date)), number: edition.decision.number })
      : t('decisions.reasons.example'),
  ]
}

type Closing = { ref: string; language: Language; edition: Edition; mailbox: string; decider: Decider | null }

/** How every document ends: by whom, whom to ask, and how to have it reviewed (hallintolaki 44, 46–47 §). */
export const closingOf = (closing: Closing): Passage[] => {
  const t = translators[closing.language]
  return [
    whoDecided(closing),
    { is: 'contact', title: t('decisions.passage.contact'), paragraphs: [t('decisions.contact.text', { contact: closing.mailbox })] },
    review(closing),
  ]
}

function whoDecided({ decider, edition: { procedure }, language: lang }: Closing): Passage {
  const t = translators[lang]
  const title = t('decisions.passage.decider')
  if (decider) {
    const role = decider.role && t(`people.role.${decider.role}`)
    const said = role
      ? t('decisions.decider.official', { name: decider.name, role: role.charAt(0).toLocaleLowerCase(lang) + role.slice(1) })
      : t('decisions.decider.unnamed', { name: decider.name })
    return { is: 'decider', title, paragraphs: [said] }
  }
  return {
    is: 'decider', title,
    paragraphs: [
      t('decisions.decider.automatic'), t('decisions.decider.person'),
      ...(procedure ? [t('decisions.decider.responsible', { responsible: procedure.responsible[lang] })] : []),
    ],
    links: [{ text: t('decisions.decider.procedure'), path: '/rules/procedure' }],
  }
}

function review({ ref, edition: { review }, mailbox, language: lang }: Closing): Passage {
  const t = translators[lang]
  return {
    is: 'review', title: t('decisions.passage.review'),
    paragraphs: [
      t('decisions.review.who'),
      ...(review
        ? [t('decisions.review.body', { body: review.body[lang] }), t('decisions.review.where', { contact: review.contact[lang] })]
        : [t('decisions.review.unknown', { contact: mailbox })]),
      t('decisions.review.days', { days: review?.days ?? usualReviewDays }),
      t('decisions.review.notice'), t('decisions.review.what', { ref }), t('decisions.review.free'),
    ],
  }
}
