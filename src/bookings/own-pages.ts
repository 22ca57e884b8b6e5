import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { decisionSection } from '../decisions/section-view-pages.ts'
import { decisionsApart } from '../decisions/store.ts'
import { eventsOf } from '../history/store.ts'
import { personOf } from '../people/pages.ts'
import { associationsOf } from '../people/store.ts'
import { isKey } from '../platform/i18n/messages.ts'
import { NotFound } from '../platform/web/errors.ts'
import { parseForm } from '../platform/web/forms.ts'
import { signedIn } from '../platform/web/guard.ts'
import { goTo, show } from '../platform/web/respond.ts'
import { editionInForce } from '../rulebook/store.ts'
import { catalogueOf } from '../spaces/store.ts'
import { localDateOf } from '../time/wallclock.ts'
import { againView } from './again-view-pages.ts'
import { cancel } from './ending-actions.ts'
import { listedOf } from './announce-actions.ts'
import { queryOf } from './draft.ts'
import { decidingEdition } from './desk-store.ts'
import { isMessage } from './booking.ts'
import { editionWords, explainedBooking } from './explained-pages.ts'
import { payerForm } from './form.ts'
import { mayMove, ownersMove } from './lifecycle.ts'
import { tellPayer } from './payer-actions.ts'
import { againstPayer, payerOf } from './payer.ts'
import type { BookingRefusal } from './refusal.ts'
import { quotaFor } from './quota-store.ts'
import { refusalText } from './refusal-words.ts'
import { bookingsOf, liveHoldOf, ownBooking, type Booking } from './store.ts'
import { timelineOf } from './timeline.ts'
import { decidedWords, placeWords } from './words.ts'

const cancellationForm = z.object({ reason: z.string().trim().max(500, 'bookings.error.reason').default('') })

/** One's own bookings: the list, each one, and giving it up. Anybody else's is as unknown as none. */
export function ownPages(ctx: Context): Router {
  const router = Router()

  router.get('/bookings', signedIn, async (req, res) => {
    const [person, now] = [personOf(res), ctx.clock.now()]
    const { spaceById } = await catalogueOf(ctx.db)
    const row = (one: Booking) => {
      const listed = spaceById.get(one.spaceId)
      return { ...one, place: listed ? placeWords(listed, res.locals.lang) : null }
    }
    const { coming, over } = await bookingsOf(ctx.db, person.id, now)
    const hold = await liveHoldOf(ctx.db, `person:${person.id}`, now)
    const held = hold && spaceById.get(hold.spaceId)
    const edition = await editionInForce(ctx.db, localDateOf(now))
    show(req, res, 'bookings/mine', {
      quota: edition && (await quotaFor(ctx.db, { personId: person.id, limit: edition.limits.openBookingsPerPerson, now })),
      coming: coming.map(row), over: over.map(row),
      documents: (await decisionsApart(ctx.db, person.id)).map(({ ref, kind, issuedAt }) => ({ ref, kind, date: res.locals.f.fullDate(issuedAt) })),
      hold: hold && held ? { ...hold, query: queryOf(hold.answers), place: placeWords(held, res.locals.lang) } : null,
    })
  })

  async function mine(req: Request, res: Response): Promise<Booking> {
    const booking = await ownBooking(ctx.db, personOf(res).id, String(req.params['ref']))
    if (!booking) throw new NotFound()
    return booking
  }

  async function showBooking(req: Request, res: Response, booking: Booking, more: object = {}, status = 200): Promise<void> {
    const { lang, f } = res.locals
    const { listed } = await listedOf(ctx.db, booking)
    const now = ctx.clock.now()
    // The answer to a form is this same page: the other languages of it must not lead to the form's address.
    res.locals.path = `/bookings/${booking.ref}`
    const association = booking.associationId && (await associationsOf(ctx.db, booking.personId)).find(({ id }) => id === booking.associationId)
    show(req, res, 'bookings/booking', {
      booking,
      place: placeWords(listed, lang),
      when: f.whenLong(booking.startsAt, booking.endsAt),
      quote: decidedWords(booking.decided, lang),
      explanation: explainedBooking(await decidingEdition(ctx.db, booking), booking, listed, lang),
      message: isMessage(booking),
      decidedBy: editionWords(booking.decided, res.locals),
      facts: booking.decided.facts,
      associationName: association ? association.name || (association.registerNumber ?? association.businessId) : null,
      timeline: timelineOf(booking, now),
      move: ownersMove(booking, now),
      movable: mayMove(booking, now) === null,
      decisions: await decisionSection(ctx.db, booking, f),
      payer: { state: payerOf(booking), open: againstPayer(booking, now) === null },
      again: await againView(ctx, res, booking, listed),
      history: (await eventsOf(ctx.db, booking.id)).filter(({ what }) => isKey(`bookings.history.${what}`)),
      refusals: [],
      ...more,
    }, { status })
  }

  router.get('/bookings/:ref', signedIn, async (req, res) => showBooking(req, res, await mine(req, res)))

  const inTheWay = (refusals: BookingRefusal[], res: Response) => ({ refusals: refusals.map((one) => refusalText(one, res.locals)) })

  router.post('/bookings/:ref/payer', signedIn, async (req, res) => {
    const booking = await mine(req, res)
    const form = parseForm(payerForm, req.body)
    if (!form.ok) return showBooking(req, res, booking, { errors: form.errors, values: req.body }, 422)
    const done = await tellPayer(ctx, personOf(res), booking.ref, form.value)
    if (!done) throw new NotFound()
    if (!done.ok) return showBooking(req, res, await mine(req, res), inTheWay(done.refusals, res), 409)
    goTo(res, `/bookings/${booking.ref}`, { kind: 'success', key: 'flash.bookings.payer' })
  })

  router.post('/bookings/:ref/cancellation', signedIn, async (req, res) => {
    const [booking, person] = [await mine(req, res), personOf(res)]
    const form = parseForm(cancellationForm, req.body)
    if (!form.ok) return showBooking(req, res, booking, { errors: form.errors, values: req.body }, 422)
    const done = await cancel(ctx, (db) => ownBooking(db, person.id, booking.ref), { person, mover: 'owner', reason: form.value.reason || null })
    if (!done) throw new NotFound()
    if (!done.ok) return showBooking(req, res, await mine(req, res), inTheWay(done.refusals, res), 409)
    goTo(res, `/bookings/${booking.ref}`, { kind: 'success', key: done.booking.state === 'withdrawn' ? 'flash.bookings.withdrawn' : 'flash.bookings.cancelled' })
  })
  return router
}
