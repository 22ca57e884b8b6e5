import { formats } from '../platform/i18n/format.ts'
import { translators, type Translate } from '../platform/i18n/messages.ts'
import { textIn, type Language } from '../platform/i18n/text.ts'
import type { BanMatter } from './ban.ts'
import { closingOf, editionSaid, noticeOf } from './closing-words-pages.ts'
import type { DocumentText, Passage, Said } from './document.ts'

/** The step of the rule book: its words, when it is taken, and how long it lasts at most. */
export const ruleSaid = ({ text, strikes, withinMonths, months }: BanMatter['step'], t: Translate, lang: Language): string[] => [
  text[lang],
  ...(strikes && withinMonths ? [t('decisions.ban.strikes', { strikes, months: withinMonths })] : []),
  ...(months ? [t('decisions.ban.months', { months })] : []),
]

/** A ban, or its lifting, as a document in the language of who gets it: who, what, why, how they were heard, by whom, and how to have it reviewed (hallintolaki 34, 44–47 §). */
export function banDocumentOf({ ref, language: lang, issuedAt, replaces, city, mailbox, edition, step, ban, unit, to, decider, lifted, written }: BanMatter): DocumentText {
  const [t, f] = [translators[lang], formats[lang]]
  const row = (term: string, ...text: string[]): Said => ({ term, text })
  const place = unit && textIn(unit.name, lang)
  const day = (date: string): string => f.fullDate(f.ofDate(date))
  const { association } = to
  const whose = association ? 'association' : 'person'
  const values = { whose, where: unit ? 'unit' : 'city', unit: place?.text ?? '', from: day(ban.from), to: day(ban.to), association: association?.name ?? '' }

  const parties: Said[] = association
    ? [
        row(
          t('bookings.fact.association'), association.name,
          t(association.kind === 'register_number' ? 'people.associations.registerNumber' : 'people.associations.businessId', { number: association.number }),
        ),
        row(t('decisions.ban.givenTo'), to.name),
      ]
    : [row(t('decisions.ban.person'), to.name)]

  /** An official's words are in the language that was asked for, which need not be that of all who get the document. */
  const asWritten = (language: Language | null) => (language === null || language === lang ? {} : { lang: language })
  const hearing: Passage = {
    is: 'hearing', title: t('decisions.ban.hearing'),
    paragraphs: [ban.heardOn === null ? t('decisions.ban.unheard') : t('decisions.ban.heard', { whose, date: day(ban.heardOn) })],
    quoted: { text: ban.hearing, ...asWritten(written) },
  }

  return {
    authority: [city, ...(place ? [place.text] : [])],
    title: t(`decisions.title.${lifted ? 'ban_lifting' : 'ban'}`),
    notice: noticeOf(edition, lang),
    facts: [
      row(t('decisions.fact.number'), ref), row(t('decisions.fact.decided'), f.fullDate(issuedAt)), row(t('decisions.fact.issued'), f.fullDate(issuedAt)),
      ...(replaces.length ? [row(t('decisions.fact.replaces'), ...replaces)] : []),
    ],
    passages: [
      { is: 'parties', title: t('decisions.passage.parties'), paragraphs: [], facts: parties },
      {
        is: 'matter', title: t('decisions.passage.matter'), paragraphs: [],
        facts: [
          row(t('decisions.ban.matter'), t('decisions.ban.banned')),
          place ? { ...row(t('decisions.ban.place'), place.text), ...(place.lang === lang ? {} : { marked: place.lang }) } : row(t('decisions.ban.place'), t('decisions.ban.city')),
          row(t('decisions.ban.time'), t('decisions.ban.days', { from: values.from, to: values.to })),
        ],
      },
      {
        is: 'outcome', title: t('decisions.passage.outcome'),
        paragraphs: lifted
          ? [t('decisions.ban.lifted', { ...values, date: f.fullDate(lifted.at) })]
          : [t('decisions.ban.outcome', values), t('decisions.ban.scope', { whose }), t('decisions.ban.stays')],
      },
      {
        is: 'reasons', title: t('decisions.passage.reasons'), paragraphs: [],
        parts: [
          { title: t('decisions.reasons.official'), paragraphs: [lifted?.reason ?? ban.reason], ...asWritten(lifted ? lifted.language : written) },
          ...(lifted ? [{ title: t('decisions.ban.first'), paragraphs: [ban.reason], ...asWritten(written) }] : []),
          // What the official left standing of the rule's ready words has been said above.
          { title: t('decisions.ban.rule'), paragraphs: ruleSaid(step, t, lang).filter((line) => !ban.reason.includes(line)) },
          { title: t('decisions.reasons.edition'), paragraphs: editionSaid(edition, lang) },
        ],
      },
      ...(lifted ? [] : [hearing]),
      ...closingOf({ ref, edition, mailbox, decider, language: lang }),
    ],
    ...(lang === 'fi' && !lifted ? { easy: [{ title: t('decisions.ban.rule'), paragraphs: [step.text.plain] }] } : {}),
  }
}
