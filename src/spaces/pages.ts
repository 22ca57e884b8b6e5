import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import { freeTimes, groundOf, timesOf, type Ground } from '../availability/actions.ts'
import { searchOptions } from '../availability/list-view.ts'
import { dateField, searchOf } from '../availability/search-query.ts'
import { spaceView, unitView } from '../availability/space-view.ts'
import type { Context } from '../context.ts'
import { NotFound } from '../platform/web/errors.ts'
import { parseQuery } from '../platform/web/forms.ts'
import { open } from '../platform/web/guard.ts'
import { show } from '../platform/web/respond.ts'
import { whoFields, whoOf } from '../rulebook/who.ts'
import { addDays, localDateOf } from '../time/wallclock.ts'
import { filterFields } from './filter.ts'
import { homeView } from './home-view.ts'
import { catalogueOf, redirectOf } from './store.ts'

const spaceQuery = z.object({ week: dateField, people: filterFields.people, ...whoFields })
const daysOfFreeTimes = 14

/** The front page, and the pages of spaces and units. */
export function pages(ctx: Context): Router {
  const router = Router()

  router.get('/', open, async (req, res) => {
    const catalogue = await catalogueOf(ctx.db)
    const { date } = searchOf({}, ctx.clock.now())
    const options = searchOptions(catalogue, res.locals.lang)
    show(req, res, 'home/home', { ...homeView(catalogue, res.locals.lang), values: { date, from: '17:00' }, options })
  })

  router.get('/spaces/:slug', open, async (req, res) => {
    const ground = await groundOf(ctx)
    const listed = ground.catalogue.spaceBySlug.get(req.params['slug'] as string)
    if (!listed) return moved(ctx, req, res, 'space')
    const query = parseQuery(spaceQuery, req.query)
    const asker = { who: whoOf(query), people: query.people }
    const { free, week } = await timesOf(ctx.db, ground, listed, comingDays(ground), query.week, asker)
    const view = spaceView({ ground, listed, week, free, asker, language: res.locals.lang, baseUrl: ctx.config.baseUrl })
    show(req, res, 'spaces/space', view)
  })

  router.get('/units/:slug', open, async (req, res) => {
    const ground = await groundOf(ctx)
    const unit = ground.catalogue.unitBySlug.get(req.params['slug'] as string)
    if (!unit) return moved(ctx, req, res, 'unit')
    const spaces = ground.catalogue.spacesOfUnit.get(unit.id) ?? []
    const free = await freeTimes(ctx.db, ground, spaces, comingDays(ground))
    const view = unitView({ ground, unit, spaces, free: free.map((one) => one.free), language: res.locals.lang, baseUrl: ctx.config.baseUrl })
    show(req, res, 'units/unit', view)
  })

  return router
}

function comingDays({ now }: Ground): { from: string; to: string } {
  const today = localDateOf(now)
  return { from: today, to: addDays(today, daysOfFreeTimes) }
}

/** An address that was in use before a renaming leads to today's; others are unknown. */
async function moved(ctx: Context, req: Request, res: Response, kind: 'space' | 'unit'): Promise<void> {
  const target = await redirectOf(ctx.db, kind, req.params['slug'] as string)
  const { spaceById, units } = await catalogueOf(ctx.db)
  const slug = target === null ? undefined : kind === 'space' ? spaceById.get(target)?.space.slug : units.get(target)?.slug
  if (slug === undefined) throw new NotFound()
  res.redirect(301, res.locals.url(`/${kind}s/${slug}`))
}
