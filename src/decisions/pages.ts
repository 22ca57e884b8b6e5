import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import { associationForm, factsSaid } from '../bookings/form.ts'
import { stateOf, wishErrors } from '../bookings/form-answers-pages.ts'
import { draftOf, wishPath } from '../bookings/draft.ts'
import { refusalText } from '../bookings/refusal-words.ts'
import { bookingById } from '../bookings/store.ts'
import type { Context } from '../context.ts'
import { ownerHash, personOf } from '../people/pages.ts'
import type { Key } from '../platform/i18n/messages.ts'
import { NotFound } from '../platform/web/errors.ts'
import { parseForm } from '../platform/web/forms.ts'
import { signedIn } from '../platform/web/guard.ts'
import { withPrefix } from '../platform/web/language.ts'
import { goTo, show } from '../platform/web/respond.ts'
import { catalogueOf } from '../spaces/store.ts'
import { decisionFor, issueForWish, issueToMaker, type Issued } from './actions.ts'
import { decidesBan } from './ban.ts'
import { decisionKinds, type IssuingRefusal } from './decision.ts'
import { documentOf } from './document-words-pages.ts'
import { decisionsOn, decisionsOnBan } from './store.ts'

/** Which of a booking's decisions is wanted; the main one when nothing is said. */
export const askingForm = z.object({ kind: z.enum(decisionKinds).optional().catch(undefined) })

const issuingText = (one: IssuingRefusal, { lang, t, f }: Response['locals']): string =>
  one.code === 'own-request' ? refusalText(one, { lang, t, f }) : t(`decisions.refusal.${one.code}`, 'limit' in one ? { limit: one.limit } : {})

/** To the document, the new one or the one there was; or what is in the way, and back to where it was asked. */
export function answerIssued(req: Request, res: Response, done: Issued | null, back: { path: string; key: Key }): void {
  if (!done) throw new NotFound()
  if (done.ok) return goTo(res, `/decisions/${done.decision.ref}`, { kind: done.isNew ? 'success' : 'info', key: done.isNew ? 'flash.decisions.issued' : 'flash.decisions.already' })
  res.locals.path = back.path
  show(req, res, 'decisions/none', { refusals: done.refusals.map((one) => issuingText(one, res.locals)), back }, { status: 409 })
}

/** Decision documents: reading one, and asking for what was decided of a booking, or why a wish is refused. */
export function pages(ctx: Context): Router {
  const router = Router()

  router.get('/decisions/:ref', signedIn, async (req, res) => {
    const person = personOf(res)
    const found = await decisionFor(ctx.db, person, String(req.params['ref']))
    if (!found) throw new NotFound()
    const { ref, language, content, bookingId, banId } = found
    const booking = bookingId === null ? null : await bookingById(ctx.db, bookingId)
    const beside = bookingId !== null ? await decisionsOn(ctx.db, bookingId) : banId !== null ? await decisionsOnBan(ctx.db, banId) : []
    const newer = beside.findLast((one) => one.content.replaces.includes(ref))
    show(req, res, 'decisions/decision', {
      number: ref, language, text: content.text, newer: newer?.ref ?? null, own: booking?.personId === person.id,
      bookingRef: 'ban' in content ? null : content.bookingRef,
      ban: 'ban' in content && decidesBan(person.roles, await catalogueOf(ctx.db), content.ban.unitId) ? banId : null,
      linkTo: (path: string) => withPrefix(language, path),
    })
  })

  router.post('/decisions', signedIn, async (req, res) => {
    const state = await stateOf(ctx, req, res, draftOf(req.body), 'only what is said')
    const { draft, slot, answers, offer } = state
    const facts = factsSaid(answers)
    if (wishErrors(state).length || !slot || !facts || slot.start >= slot.end) return goTo(res, wishPath(draft), { kind: 'info', key: 'flash.decisions.answerFirst' })
    const named = facts.applicant === 'registered_association' ? parseForm(associationForm, draft) : null
    const wish = { space: offer.listed.space.slug, ...slot, facts, ...(named?.ok ? { association: named.value } : {}) }
    const done = await issueForWish(ctx, personOf(res), wish, { tell: documentOf, holdOwner: ownerHash(req, res) })
    answerIssued(req, res, done, { path: wishPath(draft), key: 'decisions.none.wish' })
  })

  router.post('/bookings/:ref/decisions', signedIn, async (req, res) => {
    const ref = String(req.params['ref'])
    const done = await issueToMaker(ctx, personOf(res), ref, { ...askingForm.parse(req.body ?? {}), tell: documentOf })
    answerIssued(req, res, done, { path: `/bookings/${ref}`, key: 'decisions.none.booking' })
  })
  return router
}
