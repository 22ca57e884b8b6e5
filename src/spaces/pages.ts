import { Router, type Request, type Response } from 'express'
import { freeTimes, groundOf, type Ground } from '../availability/actions.ts'
import { placesPart } from '../availability/form-pages.ts'
import { searchOf } from '../availability/search-query.ts'
import { unitView } from '../availability/unit-view.ts'
import { happeningView } from '../calendars/happening.ts'
import { happeningsIn } from '../calendars/happening-store.ts'
import type { Context } from '../context.ts'
import { NotFound } from '../platform/web/errors.ts'
import { open } from '../platform/web/guard.ts'
import { show } from '../platform/web/respond.ts'
import { endOf, startOf } from '../time/wallclock.ts'
import type { Listed } from './catalogue.ts'
import { fixedUnitParts, pictureOf } from './fixed-pages.ts'
import { homeView } from './home-view.ts'
import { comingDays, feedOf, showSpace } from './space-pages.ts'
import { catalogueOf, redirectOf } from './store.ts'

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
    show(req, res, 'units/unit', await unitPage(ctx, res, ground, unit))
  })

  return router
}

async function unitPage({ db, config: { baseUrl } }: Context, res: Response, ground: Ground, unit: Listed['unit']): Promise<object> {
  const { lang } = res.locals
  const spaces = ground.catalogue.spacesOfUnit.get(unit.id) ?? []
  const coming = comingDays(ground)
  const [times, happening] = await Promise.all([
    freeTimes(db, ground, spaces, coming),
    happeningsIn(db, spaces.map(({ space }) => space.id), { start: startOf(coming.from), end: endOf(coming.to) }, ground.now),
  ])
  const calendar = feedOf(baseUrl, `units/${unit.slug}`, lang)
  return {
    ...unitView({ ground, unit, spaces, free: times.map(({ free }) => free), language: lang }),
    happening: happeningView(happening, ground.catalogue, null, lang),
    fixed: fixedUnitParts(res, ground.catalogue, unit, spaces.length > 0 ? calendar : null),
    calendar,
    picture: pictureOf('unit'),
  }
}

/** An address that was in use before a renaming leads to today's; others are unknown. */
async function moved(ctx: Context, req: Request, res: Response, kind: 'space' | 'unit'): Promise<void> {
  const target = await redirectOf(ctx.db, kind, req.params['slug'] as string)
  const { spaceById, units } = await catalogueOf(ctx.db)
  const slug = target === null ? undefined : kind === 'space' ? spaceById.get(target)?.space.slug : units.get(target)?.slug
  if (slug === undefined) throw new NotFound()
  res.redirect(301, res.locals.url(`/${kind}s/${slug}`))
}
