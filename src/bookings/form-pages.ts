import { Router, type Request, type Response } from 'express'
import type { Context } from '../context.ts'
import { ownerHash, ownerOf, personOf } from '../people/pages.ts'
import { open, signedIn } from '../platform/web/guard.ts'
import { limit, networkHash } from '../platform/web/limits.ts'
import { goTo, show } from '../platform/web/respond.ts'
import { book } from './actions.ts'
import { draftOf, draftOfLink, queryOf, wishPath } from './draft.ts'
import { factsSaid } from './form.ts'
import { newQuestions, readDetails, readyToCheck, stateOf, wishErrors, type Details } from './form-answers-pages.ts'
import type { FormState } from './form-store.ts'
import { checkView, detailsView, wishView, type Problems } from './form-view-pages.ts'
import { keepAnswers, placeHold, releaseHold } from './hold-actions.ts'
import type { BookingRefusal } from './refusal.ts'
import { ownBookingAt } from './store.ts'

/**
 * The form in three steps: time and use, details, check. Looking changes nothing; the first sending keeps the time (rulings 12).
 * Whose earlier answers leave nothing open comes to the last step at once, without keeping the time.
 */
export function formPages(ctx: Context): Router {
  const router = Router()

  const showWish = async (req: Request, res: Response, state: FormState, problems: Problems = {}, status = 200): Promise<void> =>
    show(req, res, 'bookings/new', await wishView(ctx, res, state, problems), { status, fragment: 'bookings/_wish' })
  const showDetails = async (req: Request, res: Response, state: FormState, problems: Problems = {}, status = 200): Promise<void> =>
    show(req, res, 'bookings/details', await detailsView(ctx, res, state, problems), { status })
  const showCheck = async (req: Request, res: Response, state: FormState, details: Details, problems: Problems = {}, status = 200): Promise<void> =>
    show(req, res, 'bookings/check', await checkView(ctx, res, state, details, problems), { status })

  const toWish = (res: Response, state: FormState): void => goTo(res, wishPath(state.draft))
  const toDetails = (res: Response, state: FormState): void => goTo(res, `/bookings/new/details?${queryOf(state.draft)}`)

  /** Keeps the wish's time for the one who asks, or keeps the answers with the time that is kept already. */
  async function keep(req: Request, res: Response, { offer, slot, draft, hold }: FormState): Promise<BookingRefusal[]> {
    const owner = ownerOf(req, res)
    if (hold && (await keepAnswers(ctx, owner.hash, draft))) return []
    const addressHash = networkHash(ctx.config.sessionSecret, req)
    const placed = await placeHold(ctx, { ...owner, addressHash }, { space: offer.listed.space.slug, ...slot! }, draft)
    return placed.ok ? [] : placed.refusals
  }

  // What is kept for one visitor is nobody else's, and Back must show what is kept now.
  router.use('/bookings/new', (_req, res, next) => {
    res.set('Cache-Control', 'private, no-cache')
    next()
  })

  router.get('/bookings/new', open, async (req, res) => {
    if (typeof req.query['space'] !== 'string') return goTo(res, '/')
    const wanted = req.query['step'] === 'wish'
    const state = await stateOf(ctx, req, res, draftOfLink(req.query), wanted ? 'kept answers too' : 'usual answers too')
    const details = wanted ? null : readyToCheck(state)
    if (details) return showCheck(req, res, state, details)
    res.set('HX-Replace-Url', res.locals.url(wishPath(state.draft)))
    await showWish(req, res, state)
  })

  // A class at school fills in the form at one address; whoever keeps time after time for nobody needs far more.
  router.post('/bookings/new', open, limit(120, (req) => networkHash(ctx.config.sessionSecret, req)), async (req, res) => {
    const state = await stateOf(ctx, req, res, draftOf(req.body), 'kept answers too')
    const errors = wishErrors(state)
    const asking = newQuestions(state, (req.body as { asked?: unknown } | undefined)?.asked)
    if (errors.length || asking.length) return showWish(req, res, state, { errors, more: { asking: asking.length > 0 } }, 422)
    const refusals = state.refusals.length ? state.refusals : await keep(req, res, { ...state, hold: null })
    if (refusals.length) return showWish(req, res, state, { refusals }, 409)
    toDetails(res, state)
  })

  router.get('/bookings/new/details', open, async (req, res) => {
    const state = await stateOf(ctx, req, res, draftOfLink(req.query), 'usual details too')
    if (wishErrors(state).length || !state.slot) return toWish(res, state)
    await showDetails(req, res, state)
  })

  router.post('/bookings/new/details', signedIn, async (req, res) => {
    const state = await stateOf(ctx, req, res, draftOf(req.body), 'only what is said')
    if (wishErrors(state).length || !state.slot) return toWish(res, state)
    const details = readDetails(state)
    if (!details.ok) return showDetails(req, res, state, { errors: details.errors }, 422)
    const refusals = state.refusals.length ? state.refusals : await keep(req, res, state)
    if (refusals.length) return showDetails(req, res, state, { refusals }, 409)
    goTo(res, `/bookings/new/check?${queryOf(state.draft)}`)
  })

  router.get('/bookings/new/check', signedIn, async (req, res) => {
    const state = await stateOf(ctx, req, res, draftOfLink(req.query), 'kept answers too')
    if (wishErrors(state).length || !state.slot) return toWish(res, state)
    const details = readDetails(state)
    if (!details.ok) return toDetails(res, state)
    await showCheck(req, res, state, details.value)
  })

  router.post('/bookings/new/check', signedIn, async (req, res) => {
    const state = await stateOf(ctx, req, res, draftOf(req.body), 'only what is said')
    const [facts, details, person] = [factsSaid(state.answers), readDetails(state), personOf(res)]
    if (wishErrors(state).length || !state.slot || !facts) return toWish(res, state)
    if (!details.ok) return showDetails(req, res, state, { errors: details.errors }, 422)
    if ((req.body as { terms?: unknown }).terms !== state.offer.edition.terms.version) {
      return showCheck(req, res, state, details.value, { errors: [{ field: 'terms', key: 'bookings.error.terms' }] }, 422)
    }
    const { space } = state.offer.listed
    const wish = { space: space.slug, ...state.slot, facts, ...details.value }
    const booked = await book(ctx, person, wish, { language: res.locals.lang, ...(state.here && { holdOwner: state.here.ownerHash }) })
    if (booked.ok) return goTo(res, `/bookings/${booked.booking.ref}`, { kind: 'success', key: `flash.bookings.${booked.booking.state === 'confirmed' ? 'confirmed' : 'requested'}` })
    const made = await ownBookingAt(ctx.db, person.id, space.id, state.slot)
    if (made) return goTo(res, `/bookings/${made.ref}`)
    await showCheck(req, res, state, details.value, { refusals: booked.refusals }, 409)
  })

  router.post('/bookings/new/release', open, async (req, res) => {
    const owner = ownerHash(req, res)
    const { space } = draftOf(req.body)
    if (owner) await releaseHold(ctx, owner)
    const to = typeof space === 'string' && /^[\w-]+$/.test(space) ? `/spaces/${space}` : '/'
    goTo(res, to, { kind: 'info', key: 'flash.bookings.released' })
  })
  return router
}
