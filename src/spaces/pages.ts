import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import { freeTimes, groundOf, type Ground } from '../availability/actions.ts'
import { timesOf } from '../availability/calendar-actions.ts'
import { placesPart } from '../availability/form-pages.ts'
import { dateField, minutesField, searchOf } from '../availability/search-query.ts'
import { spaceView } from '../availability/space-view.ts'
import { unitView } from '../availability/unit-view.ts'
import { happeningView } from '../calendars/happening.ts'
import { happeningsIn } from '../calendars/happening-store.ts'
import type { Context } from '../context.ts'
import { NotFound } from '../platform/web/errors.ts'
import { parseQuery } from '../platform/web/forms.ts'
import { open } from '../platform/web/guard.ts'
import { show } from '../platform/web/respond.ts'
import { whoFields, whoOf } from '../rulebook/who.ts'
import { addDays, endOf, localDateOf, minuteOfDay, minuteText, parseWhen, startOf } from '../time/wallclock.ts'
import type { Listed } from './catalogue.ts'
import { chosenTime, stretchAsked, type AskedTime } from './chosen-pages.ts'
import { filterFields, said } from './filter.ts'
import { fixedParts, fixedUnitParts, pictureOf } from './fixed-pages.ts'
import { homeView } from './home-view.ts'
import { sharePart } from './space.ts'
import { catalogueOf, redirectOf } from './store.ts'

const whenField = said(z.string().transform((text, check) => {
  const reading = parseWhen(text)
  if (reading.kind !== 'malformed') return reading
  check.addIssue({ code: 'custom', message: 'spaces.error.time' })
  return z.NEVER
}))
const monthField = said(z.string().regex(/^(20\d\d|2100)-(0[1-9]|1[0-2])$/))

const spaceQuery = z.object({ week: dateField, month: monthField, at: whenField, minutes: minutesField, people: filterFields.people, ...whoFields })
const daysOfFreeTimes = 14

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
    show(req, res, 'spaces/space', await spacePage(ctx, res, ground, listed, parseQuery(spaceQuery, req.query)), { fragment: 'spaces/_calendar' })
  })

  router.get('/units/:slug', open, async (req, res) => {
    const ground = await groundOf(ctx)
    const unit = ground.catalogue.unitBySlug.get(req.params['slug'] as string)
    if (!unit) return moved(ctx, req, res, 'unit')
    show(req, res, 'units/unit', await unitPage(ctx, res, ground, unit))
  })

  return router
}

async function spacePage({ db, config: { baseUrl } }: Context, res: Response, ground: Ground, listed: Listed, query: z.output<typeof spaceQuery>): Promise<object> {
  const { catalogue } = ground
  const { lang } = res.locals
  const { space, unit } = listed
  const asker = { who: whoOf(query), people: query.people }
  const asked: AskedTime | null = query.at ? { at: query.at, minutes: query.minutes } : null
  const stretch = asked && stretchAsked(asked, listed)
  const others = (catalogue.spacesOfUnit.get(unit.id) ?? []).filter((one) => one.space.id !== space.id)
  const sharing = [listed, ...others].filter((one) => sharePart(one.space, space)).map((one) => one.space.id)
  const coming = comingDays(ground)
  const [times, happening, chosen] = await Promise.all([
    timesOf(db, ground, listed, { coming, week: query.week ?? (stretch ? localDateOf(stretch.start) : undefined), month: query.month, asker, others }),
    happeningsIn(db, sharing, { start: startOf(coming.from), end: endOf(coming.to) }, ground.now),
    asked && chosenTime(db, res, { ground, listed, asker }, asked),
  ])
  const view = spaceView({
    ground, listed, ...times, others, othersFree: times.others, asker, language: lang,
    chosen: chosen?.href ? chosen.time : null,
    asked: stretch && { at: localTextOf(stretch.start), minutes: query.minutes },
  })
  const calendar = feedOf(baseUrl, `spaces/${space.slug}`, lang)
  return Object.assign(view, {
    chosen,
    happening: happeningView(happening, catalogue, space.id, lang),
    fixed: fixedParts(res, ground, listed, { quotes: view.quotes, own: view.own, calendar }),
    calendar,
    picture: pictureOf(space.kind),
  })
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

/** As a field for date and time takes it. */
const localTextOf = (at: number): string => `${localDateOf(at)}T${minuteText(minuteOfDay(at))}`

const feedOf = (baseUrl: string, what: string, language: Response['locals']['lang']): string =>
  `${baseUrl}/calendars/${what}.ics${language === 'fi' ? '' : `?lang=${language}`}`

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
