import { Router, type Request, type RequestHandler, type Response } from 'express'
import type { Context } from '../context.ts'
import { personOf } from '../people/pages.ts'
import { mayAnnounce } from '../people/roles.ts'
import { Forbidden, NotFound } from '../platform/web/errors.ts'
import { parseForm } from '../platform/web/forms.ts'
import { staff } from '../platform/web/guard.ts'
import { goTo, show } from '../platform/web/respond.ts'
import { localDateOf, minuteOfDay, minuteText } from '../time/wallclock.ts'
import { bannerAudiences, bannerForm, bannerLevels, stateOf, type Banner } from './banner.ts'
import { changeBanner, endBanner, makeBanner } from './banner-actions.ts'
import { bannerById, latestBanners } from './banner-store.ts'

const announcers: RequestHandler = (_req, res, next) => {
  if (!mayAnnounce(personOf(res).roles)) throw new Forbidden()
  next()
}

/** A banner as its form shows it. */
const asFields = ({ audience, level, text, startsAt, endsAt }: Pick<Banner, 'audience' | 'level' | 'text' | 'startsAt' | 'endsAt'>) => ({
  audience, level, textFi: text.fi, textSv: text.sv, textEn: text.en,
  startDate: localDateOf(startsAt), startTime: minuteText(minuteOfDay(startsAt)), endDate: localDateOf(endsAt), endTime: minuteText(minuteOfDay(endsAt)),
})

/** What is announced on top of the pages: now, later, before. */
export function desk(ctx: Context): Router {
  const router = Router()

  const showForm = (req: Request, res: Response, id: string | null, more: object, status = 200): void =>
    show(req, res, 'desk/banner', { id, audiences: bannerAudiences, levels: bannerLevels, ...more }, { status })

  router.get('/desk/banners', staff, announcers, async (req, res) => {
    const now = ctx.clock.now()
    const rows = (await latestBanners(ctx.db)).map(({ banner, by }) => ({ banner, by, state: stateOf(banner, now) }))
    show(req, res, 'desk/banners', { groups: (['current', 'coming', 'past'] as const).map((state) => ({ state, rows: rows.filter((row) => row.state === state) })) })
  })

  router.get('/desk/banners/new', staff, announcers, (req, res) => {
    const now = ctx.clock.now()
    showForm(req, res, null, { values: { audience: 'everybody', level: 'info', startDate: localDateOf(now), startTime: minuteText(minuteOfDay(now)) } })
  })

  router.post('/desk/banners', staff, announcers, async (req, res) => {
    const form = parseForm(bannerForm(ctx.clock.now()), req.body)
    if (!form.ok) return showForm(req, res, null, { values: req.body as object, errors: form.errors }, 422)
    await makeBanner(ctx, personOf(res), form.value)
    goTo(res, '/desk/banners', { kind: 'success', key: 'flash.banners.made' })
  })

  router.get('/desk/banners/:id', staff, announcers, async (req, res) => {
    const banner = await bannerById(ctx.db, idOf(req))
    if (!banner || stateOf(banner, ctx.clock.now()) === 'past') throw new NotFound()
    showForm(req, res, banner.id, { values: asFields(banner) })
  })

  router.post('/desk/banners/:id', staff, announcers, async (req, res) => {
    const form = parseForm(bannerForm(ctx.clock.now()), req.body)
    if (!form.ok) {
      if (!(await bannerById(ctx.db, idOf(req)))) throw new NotFound()
      return showForm(req, res, idOf(req), { values: req.body as object, errors: form.errors }, 422)
    }
    if (!(await changeBanner(ctx, personOf(res), idOf(req), form.value))) throw new NotFound()
    goTo(res, '/desk/banners', { kind: 'success', key: 'flash.banners.changed' })
  })

  router.post('/desk/banners/:id/ending', staff, announcers, async (req, res) => {
    if (!(await endBanner(ctx, personOf(res), idOf(req)))) throw new NotFound()
    goTo(res, '/desk/banners', { kind: 'success', key: 'flash.banners.ended' })
  })
  return router
}

const idOf = (req: Request): string => String(req.params['id'])
