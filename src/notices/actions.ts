import type { ToldWords } from '../bookings/beside-words-pages.ts'
import { decidingEdition } from '../bookings/desk-store.ts'
import { bookingById, type Booking } from '../bookings/store.ts'
import { icsOf } from '../calendars/actions.ts'
import type { Context } from '../context.ts'
import { decisionById, type Decision } from '../decisions/store.ts'
import { signInToken } from '../people/actions.ts'
import { associationById } from '../people/association-store.ts'
import { banById } from '../people/ban-store.ts'
import { personById, signInLinkById } from '../people/store.ts'
import { formats } from '../platform/i18n/format.ts'
import { translators } from '../platform/i18n/messages.ts'
import type { Language } from '../platform/i18n/text.ts'
import { withPrefix } from '../platform/web/language.ts'
import { renderView } from '../platform/web/views.ts'
import type { Edition } from '../rulebook/edition.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { catalogueOf } from '../spaces/store.ts'
import { asText, banNotice, bookingNotice, decisionNotice, signInNotice, type Notice, type Telling } from './notice.ts'

/** What a letter in a language is written with. */
export const wordsIn = ({ config }: Context, lang: Language) =>
  ({ lang, t: translators[lang], f: formats[lang], city: config.city[lang], contact: config.contact })

/** The letter as a mail carries it: subject, plain text, HTML. */
export const setting = (notice: Notice, lang: Language) =>
  ({ subject: notice.subject, text: asText(notice), html: renderView('mail/notice', { lang, ...notice }) })

/** Sends the link that signs in; the secret is made again from the link's id and was never stored. `id` names the mail. */
export async function sendSignInLink(ctx: Context, linkId: string, id: string): Promise<void> {
  const now = ctx.clock.now()
  const link = await signInLinkById(ctx.db, linkId)
  if (!link || link.usedAt !== null || link.expiresAt <= now) return
  const token = signInToken(ctx.config.sessionSecret, linkId)
  const href = `${ctx.config.baseUrl}${withPrefix(link.language, `/sign-in/${token}`)}`
  const minutes = Math.round((link.expiresAt - link.createdAt) / 60_000)
  await ctx.mailer.send({ id, to: link.email, ...setting(signInNotice(wordsIn(ctx, link.language), href, minutes), link.language) })
}

/** Why a booking was decided as it was, in a language; null where that can no longer be told. */
export type Explaining = (edition: Edition, booking: Booking, listed: Listed, lang: Language) => ToldWords | null

/** Tells a person what became of their booking and why, with the calendar file, in the language they booked in. */
export async function sendBookingNotice(ctx: Context, bookingId: string, { what, id, explaining }: { what: Telling; id: string; explaining: Explaining }): Promise<void> {
  const booking = await bookingById(ctx.db, bookingId)
  const person = booking && (await personById(ctx.db, booking.personId))
  const listed = booking && (await catalogueOf(ctx.db)).spaceById.get(booking.spaceId)
  if (!booking || !person || !listed) throw new Error(`nothing to tell of booking ${bookingId}`)
  const lang = booking.language
  const href = `${ctx.config.baseUrl}${withPrefix(lang, `/bookings/${booking.ref}`)}`
  const edition = await decidingEdition(ctx.db, booking)
  const why = explaining(edition, booking, listed, lang)
  await ctx.mailer.send({
    id,
    to: person.email,
    ...setting(bookingNotice(wordsIn(ctx, lang), what, booking, { listed, edition, href, why }), lang),
    calendar: { filename: `${booking.ref}.ics`, content: await icsOf(ctx, booking, listed, lang) },
  })
}

/** Leads a person to the decision that an official issued, in its language. */
export async function sendDecisionNotice(ctx: Context, decisionId: string, id: string): Promise<void> {
  const decision = await decisionById(ctx.db, decisionId)
  const person = decision && (await personById(ctx.db, decision.personId))
  if (!decision || !person) throw new Error(`nothing to tell of decision ${decisionId}`)
  const { language, ref } = decision
  const href = `${ctx.config.baseUrl}${withPrefix(language, `/decisions/${ref}`)}`
  await ctx.mailer.send({ id, to: person.email, ...setting(await noticeOf(ctx, decision, href), language) })
}

async function noticeOf(ctx: Context, { id, kind, language, bookingId, banId, content }: Decision, href: string): Promise<Notice> {
  const words = wordsIn(ctx, language)
  if ('ban' in content) {
    const ban = banId === null ? null : await banById(ctx.db, banId)
    const association = ban?.associationId == null ? null : (await associationById(ctx.db, ban.associationId))?.name ?? null
    const unit = content.ban.unitId === null ? null : (await catalogueOf(ctx.db)).units.get(content.ban.unitId) ?? null
    return banNotice(words, content, { what: kind === 'ban' ? 'issued' : 'lifted', href, unit, association })
  }
  const booking = bookingId === null ? null : await bookingById(ctx.db, bookingId)
  const listed = booking && (await catalogueOf(ctx.db)).spaceById.get(booking.spaceId)
  if (!booking || !listed) throw new Error(`nothing to tell of decision ${id}`)
  return decisionNotice(words, booking, listed, href)
}
