import { Router, type Response } from 'express'
import { z } from 'zod'
import { takenOf } from '../availability/store.ts'
import { groundOf } from '../availability/actions.ts'
import { bodyErrors, quoteBody } from '../bookings/body.ts'
import { preview, previewedFacts, previewedStretch } from '../bookings/preview.ts'
import { quotedAs } from '../bookings/preview-store.ts'
import { quoteJson } from '../bookings/quote-json.ts'
import type { Context } from '../context.ts'
import { openOrBearer } from '../people/api.ts'
import { Malformed, NotFound } from '../platform/web/errors.ts'
import { parseQuery } from '../platform/web/forms.ts'
import { open } from '../platform/web/guard.ts'
import { problem } from '../platform/web/problems.ts'
import { pagingFields, piece } from '../spaces/paging.ts'
import { localDateOf } from '../time/wallclock.ts'
import { editionFile, editionJsonSchema, editionLine } from './edition-json.ts'
import { explanation } from './explanation.ts'
import { explanationJson } from './explanation-json-pages.ts'
import { tariffFor } from './price.ts'
import { inForce, published } from './reading-pages.ts'
import { traitsOf } from './traits.ts'

const listQuery = z.object(pagingFields)

/** The rule book for machines, and what it says of a wish. */
export function api(ctx: Context): Router {
  const router = Router()
  const address = `${ctx.config.baseUrl}/api/v1/rules`
  /** RFC 8288: where it is said what the file looks like. */
  const described = (res: Response): Response => res.set('Link', `<${address}/schema>; rel="describedby"; type="application/schema+json"`)

  router.get('/rules', open, async (_req, res) => {
    const edition = inForce(await published(ctx))
    described(res).json({ version: edition.id, ...editionFile(edition) })
  })

  router.get('/rules/schema', open, (_req, res) => void res.type('application/schema+json').send(JSON.stringify(editionJsonSchema(address))))

  router.get('/rules/editions', open, async (req, res) => {
    const { items, next } = piece(await published(ctx), parseQuery(listQuery, req.query))
    res.json({ items: items.map((one) => editionLine(one, address)), next })
  })

  router.get('/rules/editions/:id', open, async (req, res) => {
    const found = (await published(ctx)).find(({ edition }) => edition.id === req.params['id'])
    if (!found) throw new NotFound()
    described(res).json(editionFile(found.edition))
  })

  router.post('/quotes', openOrBearer(ctx), async (req, res) => {
    if (req.body === undefined) throw new Malformed([{ path: '', code: 'json-expected' }])
    const body = quoteBody.safeParse(req.body)
    if (!body.success) return problem(res, 422, 'invalid', { errors: bodyErrors(body.error, req.body) })
    const ground = await groundOf(ctx)
    const listed = ground.catalogue.spaceBySlug.get(body.data.space)
    if (!listed) throw new NotFound()
    const stretch = previewedStretch(body.data)
    const taken = await takenOf(ctx.db, listed, stretch.start, stretch.end, ground.now)
    const quoted = await quotedAs(ctx.db, res.locals.person, body.data, { ...ground, unit: listed.unit })
    const judged = preview({ ...ground, listed, body: body.data, quoted, taken })
    const facts = previewedFacts(body.data, quoted)
    const slot = { ...stretch, date: localDateOf(stretch.start) }
    const why = explanation(ground.edition, facts, traitsOf(listed), slot)
    res.json({ ...quoteJson(judged, tariffFor(ground.edition, slot.date)), explanation: explanationJson({ edition: ground.edition, facts, explanation: why }) })
  })

  return router
}
