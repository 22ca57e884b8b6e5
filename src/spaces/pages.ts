import { Router, type Request, type Response } from 'express'
import { groundOf } from '../availability/actions.ts'
import { placesPart } from '../availability/form-pages.ts'
import { searchOf } from '../availability/search-query.ts'
import type { Context } from '../context.ts'
import { NotFound } from '../platform/web/errors.ts'
import { open } from '../platform/web/guard.ts'
import { show } from '../platform/web/respond.ts'
import { homeView } from './home-view.ts'
import { showSpace } from './space-pages.ts'
import { catalogueOf, redirectOf } from './store.ts'
import { showUnit } from './unit-pages.ts'

/** The front page, and the pages of spaces and units. */
export function pages(ctx: Context): Router {
  const router = Router()

  router.get('/', open, async (req, res) => {
    const catalogue = await catalogueOf(ctx.db)
    const { date } = searchOf({}, ctx.clock.now())
    show(req, res, 'home/home', { ...homeView(catalogue, res.locals.lang), values: { date, from: '17:00' }, places: placesPart(res, catalogue) })
  })

  router.get('/spaces/:slug', open, async (req, res) => {
    const ground = await groundOf(ctx)
    const listed = ground.catalogue.spaceBySlug.get(req.params['slug'] as string)
    if (!listed) return moved(ctx, req, res, 'space')
    await showSpace({ ctx, req, res, ground, listed })
  })

  router.get('/units/:slug', open, async (req, res) => {
    const ground = await groundOf(ctx)
    const unit = ground.catalogue.unitBySlug.get(req.params['slug'] as string)
    if (!unit) return moved(ctx, req, res, 'unit')
    await showUnit({ ctx, req, res, ground, unit })
  })

  return router
}

/** An address that was in use before a renaming leads to today's; others are unknown. */
async function moved(ctx: Context, req: Request, res: Response, kind: 'space' | 'unit'): Promise<void> {
  const target = await redirectOf(ctx.db, kind, req.params['slug'] as string)
  const { spaceById, units } = await catalogueOf(ctx.db)
  const slug = target === null ? undefined : kind === 'space' ? spaceById.get(target)?.space.slug : units.get(target)?.slug
  if (slug === undefined) throw new NotFound()
  res.redirect(301, res.locals.url(`/${kind}s/${slug}`))
}
