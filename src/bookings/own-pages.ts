import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { eventsOf } from '../history/store.ts'
import { personOf } from '../people/pages.ts'
import { associationsOf } from '../people/store.ts'
import { isKey } from '../platform/i18n/messages.ts'
import { NotFound } from '../platform/web/errors.ts'
import { parseForm } from '../platform/web/forms.ts'
import { signedIn } from '../platform/web/guard.ts'
import { goTo, show } from '../platform/web/respond.ts'
import { catalogueOf } from '../spaces/store.ts'
import { cancel } from './ending-actions.ts'
import { listedOf } from './announce-actions.ts'
import { queryOf } from './draft.ts'
import { mayMove, ownersMove } from './lifecycle.ts'
import type { BookingRefusal } from './refusal.ts'
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
    show(req, res, 'bookings/mine', {
      coming: coming.map(row), over: over.map(row),
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
    const association = booking.associationId && (await associationsOf(ctx.db, booking.personId)).find(({ id }) => id === booking.associationId)
    show(req, res, 'bookings/booking', {
      booking,
      place: placeWords(listed, lang),
      when: f.whenLong(booking.startsAt, booking.endsAt),
      quote: decidedWords(booking.decided, lang),
      facts: booking.decided.facts,
      associationName: association ? association.name || (association.registerNumber ?? association.businessId) : null,
      timeline: timelineOf(booking, now),
      move: ownersMove(booking, now),
      movable: mayMove(booking, now) === null,
      history: (await eventsOf(ctx.db, booking.id)).filter(({ what }) => isKey(`bookings.history.${what}`)),
      refusals: [],
      ...more,
    }, { status })
  }

  router.get('/bookings/:ref', signedIn, async (req, res) => showBooking(req, res, await mine(req, res)))

  router.post('/bookings/:ref/cancellation', signedIn, async (req, res) => {
    const [booking, person] = [await mine(req, res), personOf(res)]
    const form = parseForm(cancellationForm, req.body)
    if (!form.ok) return showBooking(req, res, booking, { errors: form.errors, values: req.body }, 422)
    const done = await cancel(ctx, (db) => ownBooking(db, person.id, booking.ref), { person, mover: 'owner', reason: form.value.reason || null })
    if (!done) throw new NotFound()
    if (!done.ok) return showBooking(req, res, await mine(req, res), { refusals: done.refusals.map((one) => refusalText(one satisfies BookingRefusal, res.locals)) }, 409)
    goTo(res, `/bookings/${booking.ref}`, { kind: 'success', key: done.booking.state === 'withdrawn' ? 'flash.bookings.withdrawn' : 'flash.bookings.cancelled' })
  })
  return router
}
