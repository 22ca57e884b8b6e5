import { Router, type Request, type Response } from 'express'
import type { Context } from '../context.ts'
import { personOf } from '../people/pages.ts'
import { NotFound } from '../platform/web/errors.ts'
import { open, signedIn } from '../platform/web/guard.ts'
import { goTo, show } from '../platform/web/respond.ts'
import { makeFeed, mostAddresses, revokeFeed, rotateFeed } from './address-actions.ts'
import { addressesOf } from './address-store.ts'

/** How to subscribe, and a person's own secret addresses. */
export function pages(ctx: Context): Router {
  const router = Router()

  /** A secret is shown in the answer to the form that made it, and is nowhere else: not in a cookie, an address or a log. */
  async function page(req: Request, res: Response, told: { secret?: string; tooMany?: boolean } = {}): Promise<void> {
    const { person, site } = res.locals
    // The answer to a form is this same page: the other languages of it must not lead to the form's address.
    res.locals.path = '/calendars'
    if (told.secret) res.set('Cache-Control', 'no-store')
    show(req, res, 'calendars/page', {
      addresses: person ? await addressesOf(ctx.db, person.id) : [],
      most: mostAddresses,
      address: told.secret ? `${site.baseUrl}/calendars/f/${told.secret}.ics` : null,
      tooMany: told.tooMany ?? false,
    }, { status: told.tooMany ? 409 : 200 })
  }

  router.get('/calendars', open, (req, res) => page(req, res))

  router.post('/calendars/own', signedIn, async (req, res) => {
    const made = await makeFeed(ctx, personOf(res), res.locals.lang)
    await page(req, res, made.ok ? { secret: made.secret } : { tooMany: true })
  })

  router.post<{ id: string }>('/calendars/own/:id/rotation', signedIn, async (req, res) => {
    const made = await rotateFeed(ctx, personOf(res), req.params.id)
    if (!made) throw new NotFound()
    await page(req, res, made)
  })

  router.post<{ id: string }>('/calendars/own/:id/revocation', signedIn, async (req, res) => {
    if (!(await revokeFeed(ctx, personOf(res), req.params.id))) throw new NotFound()
    goTo(res, '/calendars#own', { kind: 'success', key: 'flash.calendars.revoked' })
  })

  return router
}
