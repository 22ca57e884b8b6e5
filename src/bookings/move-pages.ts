import { Router, type Request, type Response } from 'express'
import type { Context } from '../context.ts'
import { personOf } from '../people/pages.ts'
import { NotFound } from '../platform/web/errors.ts'
import { parseForm, type FieldError } from '../platform/web/forms.ts'
import { signedIn } from '../platform/web/guard.ts'
import { goTo, show } from '../platform/web/respond.ts'
import type { Interval } from '../time/interval.ts'
import { localDateOf, minuteOfDay, minuteText } from '../time/wallclock.ts'
import { explainedWish } from './explained-pages.ts'
import { timeForm } from './form.ts'
import { mayMove } from './lifecycle.ts'
import { move } from './move-actions.ts'
import { offerFor, moveJudgement, otherTimesNear, type Offer } from './offer-store.ts'
import { isAboutTime, type BookingRefusal } from './refusal.ts'
import { refusalText } from './refusal-words.ts'
import { ownBooking, type Booking } from './store.ts'
import { opensIntoNight, stretchOf } from './when.ts'
import { placeWords, quoteWords } from './words.ts'

const clockFields = ({ start, end }: Interval) =>
  ({ date: localDateOf(start), from: minuteText(minuteOfDay(start)), to: minuteText(minuteOfDay(end)) })

type Asked = { values: unknown; slot?: Interval | null; errors?: FieldError[]; refusals?: BookingRefusal[] }

/** Moving one's own booking: first what the rules say of the new time, then the deed. */
export function movePages(ctx: Context): Router {
  const router = Router()

  async function mine(req: Request, res: Response): Promise<{ booking: Booking; offer: Offer }> {
    const booking = await ownBooking(ctx.db, personOf(res).id, String(req.params['ref']))
    const offer = booking && (await offerFor(ctx.db, booking.spaceId, ctx.clock.now()))
    if (!booking || !offer) throw new NotFound()
    return { booking, offer }
  }

  /** The time that a query or form asks for, or what is wrong with it. */
  function read({ listed }: Offer, said: unknown): Asked {
    const form = parseForm(timeForm, said)
    if (!form.ok) return { values: said, errors: form.errors }
    const time = stretchOf(form.value, opensIntoNight(listed.openings))
    return time.ok ? { values: said, slot: { start: time.start, end: time.end } } : { values: said, refusals: time.refusals }
  }

  async function showMove(req: Request, res: Response, { booking, offer }: { booking: Booking; offer: Offer }, asked: Asked, status = 200): Promise<void> {
    const { lang, t, f, url } = res.locals
    const [now, slot] = [ctx.clock.now(), asked.slot ?? null]
    const judged = slot && slot.start < slot.end ? await moveJudgement(ctx.db, offer, booking, slot, now) : null
    const refusals = asked.refusals ?? judged?.refusals ?? []
    const late = refusals.find((one) => one.code === 'too-late')
    const others = slot && refusals.some(isAboutTime)
      ? await otherTimesNear(ctx.db, offer, slot, { now, ...(late ? { firstDate: late.firstDate } : {}) })
      : null
    const link = (time: Interval, text: string) =>
      ({ text, href: url(`/bookings/${booking.ref}/move?${new URLSearchParams(clockFields(time)).toString()}`) })
    const twice = (edge: 'start' | 'end') => refusals.some((one) => one.code === 'ambiguous-time' && one.edge === edge)
    show(req, res, 'bookings/move', {
      booking,
      place: placeWords(offer.listed, lang),
      limits: offer.edition.limits,
      nowAt: f.whenLong(booking.startsAt, booking.endsAt),
      when: slot && slot.start < slot.end ? f.whenLong(slot.start, slot.end) : null,
      quote: judged && quoteWords(judged.quote, lang),
      explanation: judged && slot && explainedWish(offer, booking.decided.facts, slot, lang),
      ready: judged !== null && refusals.length === 0 && judged.quote.charge !== 'not_allowed',
      refusals: refusals.map((refusal) => refusalText(refusal, { lang, t, f })),
      sameDay: others?.sameDay.map((time) => link(time, f.timeRange(time.start, time.end))) ?? [],
      sameTime: others?.sameTime.map((time) => link(time, f.when(time.start, time.end))) ?? [],
      turns: { from: twice('start'), to: twice('end') },
      values: asked.values,
      errors: asked.errors ?? [],
    }, { status })
  }

  router.get('/bookings/:ref/move', signedIn, async (req, res) => {
    const found = await mine(req, res)
    if (mayMove(found.booking, ctx.clock.now())) return goTo(res, `/bookings/${found.booking.ref}`)
    if (req.query['date'] === undefined) {
      return showMove(req, res, found, { values: clockFields({ start: found.booking.startsAt, end: found.booking.endsAt }) })
    }
    const asked = read(found.offer, req.query)
    await showMove(req, res, found, asked, asked.errors ? 422 : 200)
  })

  router.post('/bookings/:ref/move', signedIn, async (req, res) => {
    const found = await mine(req, res)
    const asked = read(found.offer, req.body)
    if (asked.errors) return showMove(req, res, found, asked, 422)
    if (!asked.slot) return showMove(req, res, found, asked, 409)
    const done = await move(ctx, personOf(res), found.booking.ref, asked.slot)
    if (!done) throw new NotFound()
    if (!done.ok) return showMove(req, res, found, { ...asked, refusals: done.refusals }, 409)
    goTo(res, `/bookings/${done.booking.ref}`, { kind: 'success', key: done.booking.state === 'confirmed' ? 'flash.bookings.moved' : 'flash.bookings.moveRequested' })
  })
  return router
}
