import type { Response } from 'express'
import { groundOf } from '../availability/actions.ts'
import type { Context } from '../context.ts'
import { bansBeside } from '../decisions/ban-view-pages.ts'
import { decisionSection } from '../decisions/section-view-pages.ts'
import { eventsOf } from '../history/store.ts'
import { callName } from '../people/person.ts'
import { mayDecide } from '../people/roles.ts'
import { personById } from '../people/store.ts'
import { isKey } from '../platform/i18n/messages.ts'
import type { Language } from '../platform/i18n/text.ts'
import type { Reads } from '../platform/db/database.ts'
import type { Edition } from '../rulebook/edition.ts'
import { priceFor, tariffFor } from '../rulebook/price.ts'
import type { Catalogue } from '../spaces/catalogue.ts'
import { stepsAside } from './decision-actions.ts'
import { againstNow, associationFor, decidingEdition, otherBookingsOf, placeOf, type Placed } from './desk-store.ts'
import { checksOf, recordOf, urgencyOf } from './inbox.ts'
import { traitsOf } from '../rulebook/traits.ts'
import { isMessage } from './booking.ts'
import { editionWords, explainedBooking } from './explained-pages.ts'
import { slotOf } from './judgement.ts'
import { next } from './lifecycle.ts'
import { payerOf } from './payer.ts'
import { refusalText } from './refusal-words.ts'
import { decidedWords, placeWords } from './words.ts'

/** Reasons that come up often; kept as a sentence in the language of the one who asked. */
export const declineTemplates = ['own_use', 'unsuitable', 'staffing', 'information'] as const

type Ground = { edition: Edition; catalogue: Catalogue; now: number; lang: Language }

/** The inbox's rows, each with what the rules say now. */
export const requestRows = (db: Reads, found: Placed[], { lang, ...ground }: Ground) => Promise.all(found.map(async ({ booking, listed }) => ({
  booking,
  place: placeWords(listed, lang),
  person: await personById(db, booking.personId).then((person) => (person ? callName(person) : '')),
  association: await associationFor(db, booking),
  urgency: urgencyOf(booking, ground.now),
  against: (await againstNow(db, { ...ground, booking, listed }, ground.now)).length,
})))

/** Everything an official needs for a decision. */
export async function requestView(ctx: Context, res: Response, { booking, listed }: Placed) {
  const { lang, person } = res.locals
  const { now, ...ground } = await groundOf(ctx)
  const edition = await decidingEdition(ctx.db, booking)
  const slot = slotOf(booking)
  const by = await personById(ctx.db, booking.personId)
  const decides = person !== null && mayDecide(person.roles, placeOf(listed))
  const own = person !== null && (await stepsAside(ctx.db, person, booking)).length > 0
  const { decided } = booking
  const { lines: extras, supervision: { mode: supervision } } = decided.quote
  const cost = (priceClass: string | null) => priceFor(edition, priceClass, traitsOf(listed), slot, { supervision, extras }).totalCents
  const prices = () => [
    { value: 'free', text: res.locals.t('site.charge.free'), cents: cost(null) },
    ...tariffFor(edition, slot.date).edition.priceList.groups.map(({ id, text }) => ({ value: id, text: text[lang], cents: cost(id) })),
  ]
  const events = (await eventsOf(ctx.db, booking.id)).filter(({ what }) => isKey(`bookings.history.${what}`))
  return {
    booking,
    place: placeWords(listed, lang),
    when: res.locals.f.whenLong(booking.startsAt, booking.endsAt),
    by, association: await associationFor(ctx.db, booking),
    record: recordOf(await otherBookingsOf(ctx.db, booking), now),
    facts: decided.facts,
    youthUnder: edition.limits.youthUnder,
    quote: decidedWords(decided, lang),
    explanation: explainedBooking(edition, booking, listed, lang),
    message: isMessage(booking),
    decidedBy: editionWords(decided, res.locals),
    urgency: urgencyOf(booking, now),
    checks: booking.state !== 'requested' ? [] : checksOf(await againstNow(ctx.db, { ...ground, booking, listed }, now))
      .map(({ name, against }) => ({ name, against: against.map((one) => refusalText(one, res.locals)) })),
    own, decides,
    /** For those who decide; others have no use for where a bill is sent. */
    payer: decides ? payerOf(booking) : null,
    decidable: decides && !own && next(booking, 'approve', 'official', now).ok,
    cancellable: decides && !own && next(booking, 'cancel', 'official', now).ok,
    prices: booking.charge === 'needs_person' && booking.state === 'requested' ? prices() : null,
    templates: declineTemplates,
    /** For those who decide: documents give reasons about persons. */
    decisions: decides ? await decisionSection(ctx.db, booking, res.locals.f) : null,
    bans: decides ? await bansBeside(ctx.db, person, booking, listed.unit.id, now, res.locals) : [],
    refusals: [],
    history: await Promise.all(events.map(async ({ at, what, actor }) => ({ at, what, who: await nameOf(ctx.db, actor) }))),
  }
}

async function nameOf(db: Reads, actor: string): Promise<string | null> {
  const person = actor === 'system' ? null : await personById(db, actor)
  return person && callName(person)
}
