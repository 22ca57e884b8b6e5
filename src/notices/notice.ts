import { isMessage } from '../bookings/booking.ts'
import { payerOf } from '../bookings/payer.ts'
import type { Booking } from '../bookings/store.ts'
import type { ToldWords } from '../bookings/beside-words-pages.ts'
import type { BanContent } from '../decisions/decision.ts'
import type { Format } from '../platform/i18n/format.ts'
import type { Translate } from '../platform/i18n/messages.ts'
import { textIn, type Language } from '../platform/i18n/text.ts'
import { changesTold, type TitledList } from '../rulebook/changes-told.ts'
import type { Edition } from '../rulebook/edition.ts'
import type { Listed, Unit } from '../spaces/catalogue.ts'
import { startOf } from '../time/wallclock.ts'

/** A letter before it is set: the same content becomes the HTML and the plain text part. */
export type Notice = {
  subject: string
  paragraphs: string[]
  facts: { label: string; value: string }[]
  list: TitledList | null
  /** Why it was decided so, in short, and where all of it stands. */
  why?: { title: string; lines: string[]; changes: TitledList[]; link: { text: string; href: string } } | null
  /** Lists whose items lead somewhere. */
  sections?: { title: string; items: { text: string; href: string }[] }[]
  link: { text: string; href: string }
  /** What only some want to know, below the link: the rules passed over, and where rules and price are from. */
  rules?: { title: string; items: string[]; paragraphs: string[] }[]
  closing: string
}

export const tellings = ['confirmed', 'requested', 'approved', 'declined', 'withdrawn', 'cancelled', 'expired', 'moved', 'move-requested'] as const
export type Telling = (typeof tellings)[number]

export type Words = { lang: Language; t: Translate; f: Format; city: string; contact: string }

export function signInNotice({ t, city, contact }: Words, href: string, minutes: number): Notice {
  return {
    subject: t('mail.signIn.subject'),
    paragraphs: [t('mail.signIn.intro', { minutes }), t('mail.signIn.ignore')],
    facts: [],
    list: null,
    link: { text: t('mail.signIn.link'), href },
    closing: t('mail.closing', { city, contact }),
  }
}

/** Tellings of something that the rules decided, or an official beside them: what somebody gave up has another reason. */
const decided: readonly Telling[] = ['confirmed', 'requested', 'approved', 'declined', 'moved', 'move-requested']

/**
 * What a person is told of their booking. Times, price and reasons are those that the booking keeps; `why` explains them in
 * the language of the letter, by the edition that decided.
 */
export function bookingNotice(words: Words, what: Telling, booking: Booking, { listed: { space, unit }, edition, href, why }: { listed: Listed; edition: Edition; href: string; why: ToldWords | null }): Notice {
  const { lang, t, f, city, contact } = words
  const place = `${textIn(space.name, lang).text}, ${textIn(unit.name, lang).text}`
  const when = f.whenLong(booking.startsAt, booking.endsAt)
  const { quote } = booking.decided
  const reason = quote.because[0]?.text[lang]
  const explains = why !== null && decided.includes(what)
  const held = what === 'confirmed' || what === 'approved' || what === 'moved'
  return {
    subject: t(`mail.booking.${what}.subject`, { place: textIn(space.name, lang).text, when: f.when(booking.startsAt, booking.endsAt) }),
    paragraphs: [
      t(`mail.booking.${what}.intro`, {
        place, when, decideBy: booking.decideBy ? f.longDate(booking.decideBy - 1) : '',
      }),
      ...(booking.reason ? [t(isMessage(booking) ? 'mail.booking.message' : 'mail.booking.reason', { reason: booking.reason })] : []),
      ...(held && booking.charge === 'paid' ? [t('mail.booking.billed')] : []),
      ...(held && payerOf(booking) === 'needed' ? [t('mail.booking.payer')] : []),
      ...(held ? [t('mail.booking.change')] : []),
    ],
    facts: [
      { label: t('mail.fact.ref'), value: booking.ref },
      { label: t('mail.fact.place'), value: [place, unit.address].filter(Boolean).join(', ') },
      { label: t('mail.fact.when'), value: when },
      ...(booking.totalCents === null ? [] : [{ label: t('mail.fact.price'), value: f.price(booking.totalCents) }]),
      ...(reason && !explains ? [{ label: t('mail.fact.why'), value: reason }] : []),
    ],
    list: held ? { title: t('mail.duties'), items: quote.supervision.duties.map((duty) => duty[lang]) } : null,
    why: explains ? explained(why) : null,
    link: { text: t('mail.booking.link'), href },
    rules: explains ? rules(why) : [],
    closing: t('mail.closing', { city, contact }),
  }

  function explained(told: ToldWords): NonNullable<Notice['why']> {
    const { titles, facts, unsaid, decided: { text, source }, beside } = told
    return {
      title: t(beside === null ? 'rulebook.why.title' : 'rulebook.why.rulesTitle'),
      lines: [
        ...(beside === null ? [] : [beside]),
        `${titles.decided}: ${[text, source].filter(Boolean).join(' ')}`,
        `${titles.facts}: ${facts.map((fact) => `${fact.term}: ${fact.text}`).join('; ')}.`,
        ...(unsaid === null ? [] : [unsaid]),
      ],
      changes: changesTold(told),
      link: { text: t('mail.booking.why'), href: `${href}#why` },
    }
  }

  function rules({ titles, passedOver, others }: ToldWords): NonNullable<Notice['rules']> {
    const { tariff } = booking.decided
    const priced = edition.later?.find(({ id }) => id === tariff?.edition) ?? edition
    return [
      ...(passedOver.length || others !== null
        ? [{ title: titles.passedOver, items: passedOver.map(({ name, needed }) => `${name}. ${needed}`), paragraphs: others === null ? [] : [others] }]
        : []),
      {
        title: t('decisions.reasons.edition'), items: [],
        paragraphs: [
          t('mail.booking.edition', { name: edition.name[lang], edition: edition.id }),
          ...(tariff && booking.totalCents && what !== 'declined' ? [t('mail.booking.tariff', { name: priced.name[lang], edition: priced.id, date: f.fullDate(startOf(tariff.date)) })] : []),
        ],
      },
    ]
  }
}

/** Tells a person that the city has issued them a decision in writing. */
export function decisionNotice({ t, lang, f, city, contact }: Words, booking: Pick<Booking, 'ref' | 'startsAt' | 'endsAt'>, { space }: Listed, href: string): Notice {
  return {
    subject: t('mail.decision.subject', { place: textIn(space.name, lang).text, when: f.when(booking.startsAt, booking.endsAt) }),
    paragraphs: [t('mail.decision.intro', { ref: booking.ref }), t('mail.decision.review')],
    facts: [],
    list: null,
    link: { text: t('mail.decision.link'), href },
    closing: t('mail.closing', { city, contact }),
  }
}

/** Tells who is banned, or manages an association that is, of the decision or of its end: who may not book where, and when. */
export function banNotice(
  { lang, t, f, city, contact }: Words, { ban: { from, to, whose } }: Pick<BanContent, 'ban'>,
  { what, href, unit, association }: { what: 'issued' | 'lifted'; href: string; unit: Unit | null; association: string | null },
): Notice {
  const day = (date: string): string => f.fullDate(f.ofDate(date))
  const values = {
    whose, where: unit ? 'unit' : 'city', unit: unit ? textIn(unit.name, lang).text : '', association: association ?? '', from: day(from), to: day(to),
  }
  return {
    subject: t(`mail.ban.${what}.subject`),
    paragraphs: [t(`mail.ban.${what}.intro`, values), t('mail.decision.review')],
    facts: [],
    list: null,
    link: { text: t('mail.decision.link'), href },
    closing: t('mail.closing', { city, contact }),
  }
}

/** The plain text part, for readers without HTML and for screen readers that prefer it. */
export function asText({ paragraphs, facts, list, why, sections = [], link, rules = [], closing }: Notice): string {
  return [
    ...paragraphs,
    ...(facts.length ? [facts.map(({ label, value }) => `${label}: ${value}`).join('\n')] : []),
    ...(list ? [listText(list)] : []),
    ...(why ? [[why.title, ...why.lines].join('\n'), ...why.changes.map(listText), `${why.link.text}:\n${why.link.href}`] : []),
    ...sections.map(({ title, items }) => [title, ...items.map(({ text, href }) => `- ${text}\n  ${href}`)].join('\n')),
    `${link.text}:\n${link.href}`,
    ...rules.map(({ title, items, paragraphs }) => [listText({ title, items }), ...paragraphs].join('\n')),
    closing,
  ].join('\n\n') + '\n'
}

const listText = ({ title, items }: TitledList): string => [title, ...items.map((item) => `- ${item.replaceAll('\n', '\n  ')}`)].join('\n')
