import { Router } from 'express'
import { takenOf } from '../availability/store.ts'
import { groundOf } from '../availability/actions.ts'
import { bodyErrors, quoteBody } from '../bookings/body.ts'
import { preview, previewedStretch } from '../bookings/preview.ts'
import { quoteJson } from '../bookings/quote-json.ts'
import type { Context } from '../context.ts'
import { Malformed, NotFound } from '../platform/web/errors.ts'
import { open } from '../platform/web/guard.ts'
import { problem } from '../platform/web/problems.ts'

/** The rule book for machines, and what it says of a wish. */
export function api(ctx: Context): Router {
  const router = Router()

  router.get('/rules', open, async (_req, res) => {
    const { edition } = await groundOf(ctx)
    res.json({ version: edition.id, ...edition })
  })

  router.post('/quotes', open, async (req, res) => {
    if (req.body === undefined) throw new Malformed([{ path: '', code: 'json-expected' }])
    const body = quoteBody.safeParse(req.body)
    if (!body.success) return problem(res, 422, 'invalid', { errors: bodyErrors(body.error, req.body) })
    const ground = await groundOf(ctx)
    const listed = ground.catalogue.spaceBySlug.get(body.data.space)
    if (!listed) throw new NotFound()
    const stretch = previewedStretch(body.data)
    const taken = await takenOf(ctx.db, listed, stretch.start, stretch.end, ground.now)
    res.json(quoteJson(preview({ ...ground, listed, body: body.data, taken })))
  })

  return router
}
