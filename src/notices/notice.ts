import { payerOf } from '../bookings/payer.ts'
import type { Booking } from '../bookings/store.ts'
import type { Format } from '../platform/i18n/format.ts'
import type { Translate } from '../platform/i18n/messages.ts'
import { textIn, type Language } from '../platform/i18n/text.ts'
import type { Listed } from '../spaces/catalogue.ts'

/** A letter before it is set: the same content becomes the HTML and the plain text part. */
export type Notice = {
  subject: string
  paragraphs: string[]
  facts: { label: string; value: string }[]
  list: { title: string; items: string[] } | null
  /** Lists whose items lead somewhere. */
  sections?: { title: string; items: { text: string; href: string }[] }[]
  link: { text: string; href: string }
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

/** What a person is told of their booking. Times, price and reasons are those that the booking keeps. */
export function bookingNotice(words: Words, what: Telling, booking: Booking, { space, unit }: Listed, href: string): Notice {
  const { lang, t, f, city, contact } = words
  const place = `${textIn(space.name, lang).text}, ${textIn(unit.name, lang).text}`
  const when = f.whenLong(booking.startsAt, booking.endsAt)
  const { quote } = booking.decided
  const reason = quote.because[0]?.text[lang]
  const held = what === 'confirmed' || what === 'approved' || what === 'moved'
  return {
    subject: t(`mail.booking.${what}.subject`, { place: textIn(space.name, lang).text, when: f.when(booking.startsAt, booking.endsAt) }),
    paragraphs: [
      t(`mail.booking.${what}.intro`, {
        place, when, decideBy: booking.decideBy ? f.longDate(booking.decideBy - 1) : '',
      }),
      ...(booking.reason ? [t('mail.booking.reason', { reason: booking.reason })] : []),
      ...(held && booking.charge === 'paid' ? [t('mail.booking.billed')] : []),
      ...(held && payerOf(booking) === 'needed' ? [t('mail.booking.payer')] : []),
      ...(held ? [t('mail.booking.change')] : []),
    ],
    facts: [
      { label: t('mail.fact.ref'), value: booking.ref },
      { label: t('mail.fact.place'), value: [place, unit.address].filter(Boolean).join(', ') },
      { label: t('mail.fact.when'), value: when },
      ...(booking.totalCents === null ? [] : [{ label: t('mail.fact.price'), value: f.price(booking.totalCents) }]),
      ...(reason ? [{ label: t('mail.fact.why'), value: reason }] : []),
    ],
    list: held ? { title: t('mail.duties'), items: quote.supervision.duties.map((duty) => duty[lang]) } : null,
    link: { text: t('mail.booking.link'), href },
    closing: t('mail.closing', { city, contact }),
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

/** The plain text part, for readers without HTML and for screen readers that prefer it. */
export function asText({ paragraphs, facts, list, sections = [], link, closing }: Notice): string {
  return [
    ...paragraphs,
    ...(facts.length ? [facts.map(({ label, value }) => `${label}: ${value}`).join('\n')] : []),
    ...(list ? [[list.title, ...list.items.map((item) => `- ${item}`)].join('\n')] : []),
    ...sections.map(({ title, items }) => [title, ...items.map(({ text, href }) => `- ${text}\n  ${href}`)].join('\n')),
    `${link.text}:\n${link.href}`,
    closing,
  ].join('\n\n') + '\n'
}
