import { bookingById } from '../bookings/store.ts'
import { icsOf } from '../calendars/actions.ts'
import type { Context } from '../context.ts'
import { decisionById } from '../decisions/store.ts'
import { signInToken } from '../people/actions.ts'
import { personById, signInLinkById } from '../people/store.ts'
import { formats } from '../platform/i18n/format.ts'
import { translators } from '../platform/i18n/messages.ts'
import type { Language } from '../platform/i18n/text.ts'
import { withPrefix } from '../platform/web/language.ts'
import { renderView } from '../platform/web/views.ts'
import { catalogueOf } from '../spaces/store.ts'
import { asText, bookingNotice, decisionNotice, signInNotice, type Notice, type Telling } from './notice.ts'

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

/** Tells a person what became of their booking, with the calendar file, in the language they booked in. */
export async function sendBookingNotice(ctx: Context, bookingId: string, what: Telling, id: string): Promise<void> {
  const booking = await bookingById(ctx.db, bookingId)
  const person = booking && (await personById(ctx.db, booking.personId))
  const listed = booking && (await catalogueOf(ctx.db)).spaceById.get(booking.spaceId)
  if (!booking || !person || !listed) throw new Error(`nothing to tell of booking ${bookingId}`)
  const lang = booking.language
  const href = `${ctx.config.baseUrl}${withPrefix(lang, `/bookings/${booking.ref}`)}`
  await ctx.mailer.send({
    id,
    to: person.email,
    ...setting(bookingNotice(wordsIn(ctx, lang), what, booking, listed, href), lang),
    calendar: { filename: `${booking.ref}.ics`, content: await icsOf(ctx, booking, listed, lang) },
  })
}

/** Leads a person to the decision that an official issued, in its language. */
export async function sendDecisionNotice(ctx: Context, decisionId: string, id: string): Promise<void> {
  const decision = await decisionById(ctx.db, decisionId)
  const booking = decision?.bookingId ? await bookingById(ctx.db, decision.bookingId) : null
  const person = decision && (await personById(ctx.db, decision.personId))
  const listed = booking && (await catalogueOf(ctx.db)).spaceById.get(booking.spaceId)
  if (!decision || !booking || !person || !listed) throw new Error(`nothing to tell of decision ${decisionId}`)
  const { language, ref } = decision
  const href = `${ctx.config.baseUrl}${withPrefix(language, `/decisions/${ref}`)}`
  await ctx.mailer.send({ id, to: person.email, ...setting(decisionNotice(wordsIn(ctx, language), booking, listed, href), language) })
}
