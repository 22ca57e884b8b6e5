import { Router } from 'express'
import { z } from 'zod'
import { intervalJson } from '../bookings/refusal-json.ts'
import type { Context } from '../context.ts'
import { Malformed, NotFound } from '../platform/web/errors.ts'
import { parseQuery } from '../platform/web/forms.ts'
import { open } from '../platform/web/guard.ts'
import { knownArea } from '../spaces/api.ts'
import { filterFields } from '../spaces/filter.ts'
import { spaceJson } from '../spaces/json.ts'
import { pagingFields, piece } from '../spaces/paging.ts'
import { daysBetween, isLocalDate, localDateOf } from '../time/wallclock.ts'
import { freeTimes, groundOf, search } from './actions.ts'
import { approvalOf, nobody } from './asker.ts'
import { byDay } from './days.ts'
import { dateField, datesFault, datesOf, fromField, minutesField, toField, weekdaysField } from './search-query.ts'
import { fitsExactly, soonestFirst, timeOf } from './search.ts'

const mostDays = 92
const date = z.string().refine(isLocalDate)
const rangeQuery = z.object({ from: date, to: date })
const searchQuery = z.object({
  ...filterFields, ...pagingFields, date: dateField, dateTo: dateField, weekdays: weekdaysField, from: fromField, to: toField, minutes: minutesField,
})

const dateFaults = { 'spaces.error.dateTo': 'before-date', 'spaces.error.tooManyDates': 'too-far', 'spaces.error.weekdays': 'no-such-day' } as const

/** Free times for machines. */
export function api(ctx: Context): Router {
  const router = Router()

  router.get('/spaces/:slug/availability', open, async (req, res) => {
    const range = parseQuery(rangeQuery, req.query)
    const days = daysBetween(range.from, range.to) + 1
    if (days < 1 || days > mostDays) throw new Malformed([{ path: 'to', code: days < 1 ? 'before-from' : 'too-far' }])
    const ground = await groundOf(ctx)
    const listed = ground.catalogue.spaceBySlug.get(req.params['slug'] as string)
    if (!listed) throw new NotFound()
    const [found] = await freeTimes(ctx.db, ground, [listed], range)
    const list = found ? byDay(found, range) : []
    res.json({ days: list.map(({ date, open, free }) => ({ date, open: open.map(intervalJson), free: free.map(intervalJson) })) })
  })

  router.get('/search', open, async (req, res) => {
    const { date: asked, dateTo = null, weekdays = [], from = 0, to = 1440, minutes = 60, limit, cursor, ...filter } = parseQuery(searchQuery, req.query)
    if (from >= to) throw new Malformed([{ path: 'to', code: 'before-from' }])
    const ground = await groundOf(ctx)
    knownArea(ground.catalogue, filter.area)
    const date = asked ?? localDateOf(ground.now)
    const dates = datesOf(date, dateTo, weekdays)
    const fault = datesFault({ date, dateTo, dates })
    if (fault) throw new Malformed([{ path: fault.field, code: dateFaults[fault.key] }])
    const { found } = await search(ctx.db, ground, filter, { dates, from, to, minutes })
    const { items, next } = piece(soonestFirst(fitsExactly(found, minutes), found), { limit, cursor })
    res.json({ items: items.map((listed) => ({ space: spaceJson(listed, ground.catalogue, approvalOf(ground, listed, nobody)), first: intervalJson(timeOf(found, listed, minutes)!) })), next })
  })

  return router
}
