import { Router, type Request, type RequestHandler, type Response } from 'express'
import { z } from 'zod'
import { groundOf } from '../availability/actions.ts'
import type { Context } from '../context.ts'
import { personOf } from '../people/pages.ts'
import type { Person } from '../people/person.ts'
import { translators } from '../platform/i18n/messages.ts'
import { NotFound } from '../platform/web/errors.ts'
import { parseForm, parseQuery, type FieldError } from '../platform/web/forms.ts'
import { staff } from '../platform/web/guard.ts'
import type { Viewer } from '../platform/web/locals.ts'
import { goTo, show } from '../platform/web/respond.ts'
import { said } from '../spaces/filter.ts'
import { catalogueOf } from '../spaces/store.ts'
import { endOf, isLocalDate, localDateOf, startOf } from '../time/wallclock.ts'
import { cancel } from './ending-actions.ts'
import { approve, bookingInScope, decline, type Decided, type GivenCharge } from './decision-actions.ts'
import { bookingSeen, bookingsDuring, requestsFor, requestsWaitingFor } from './desk-store.ts'
import { declineTemplates, requestRows, requestView } from './desk-view-pages.ts'
import { doorDay } from './door-day.ts'
import { urgencyOf } from './inbox.ts'
import type { BookingRefusal } from './refusal.ts'
import { refusalText } from './refusal-words.ts'
import { placeWords } from './words.ts'

const todayQuery = z.object({ date: said(z.string().refine(isLocalDate)) })
const listQuery = z.object({
  unit: said(z.string().max(200)),
  overdue: said(z.literal('1')),
  page: said(z.string().regex(/^[1-9]\d{0,3}$/).transform(Number)),
})
const pageLength = 50

const reason = z.string().trim().max(1000, 'desk.error.long').default('')
const approvalForm = z.object({ reason, charge: z.string().max(100).default('') })
const rejectionForm = z.object({ reason, template: z.preprocess((value) => (value === '' ? undefined : value), z.enum(declineTemplates).optional()) })
  .refine(({ reason, template }) => reason !== '' || template !== undefined, { path: ['reason'], message: 'desk.error.reason' })
const cancellationForm = z.object({ reason: z.string('desk.error.reason').trim().min(1, 'desk.error.reason').max(1000, 'desk.error.long') })

/** What an approval asks for where the rules left the price open, and the field that asks for it. */
const asking = { 'charge-needed': 'charge', 'reason-needed': 'approval-reason' } as const
const isAsked = (code: BookingRefusal['code']): code is keyof typeof asking => code in asking
/** Two forms of the page have a reason; that of the approval goes by another name. */
const inApproval = (body: unknown): object => {
  const { reason, ...rest } = (body ?? {}) as Record<string, unknown>
  return { ...rest, 'approval-reason': reason }
}

const given = (charge: string): GivenCharge => (charge === 'free' ? { charge } : { charge: 'paid', priceClass: charge })

/** For the header of every page that staff looks at; residents cost nothing. */
export function waitingCount(ctx: Context): RequestHandler {
  const count = async (viewer: Viewer, person: Person): Promise<void> => {
    viewer.requestsWaiting = await requestsWaitingFor(ctx.db, person)
  }
  return (_req, res, next) => {
    const { viewer, person } = res.locals
    if (!viewer?.desk || !person) return next()
    return count(viewer, person).then(() => next())
  }
}

/** The officials' side: today's doors, the requests, and each one with what the rules found out. */
export function desk(ctx: Context): Router {
  const router = Router()

  router.get('/desk', staff, async (req, res) => {
    const { date } = parseQuery(todayQuery, req.query)
    const [official, now] = [personOf(res), ctx.clock.now()]
    const day = doorDay((await catalogueOf(ctx.db)).spaces, now, date)
    const found = await bookingsDuring(ctx.db, official, startOf(day.date), endOf(day.date))
    const requests = await requestsFor(ctx.db, official)
    show(req, res, 'desk/today', {
      ...day, today: localDateOf(now),
      rows: found.map(({ booking, listed }) => ({ booking, place: placeWords(listed, res.locals.lang) })),
      waiting: requests.length,
      overdue: requests.filter(({ booking }) => urgencyOf(booking, now) === 'overdue').length,
    })
  })

  router.get('/desk/requests', staff, async (req, res) => {
    const { unit, overdue, page = 1 } = parseQuery(listQuery, req.query)
    const { edition, catalogue, now } = await groundOf(ctx)
    const all = await requestsFor(ctx.db, personOf(res))
    const wanted = all.filter(({ booking, listed }) =>
      (unit === undefined || listed.unit.slug === unit) && (overdue === undefined || urgencyOf(booking, now) === 'overdue'))
    const units = new Map(all.map(({ listed }) => [listed.unit.slug, placeWords(listed, res.locals.lang).unit.text]))
    show(req, res, 'desk/requests', {
      rows: await requestRows(ctx.db, wanted.slice((page - 1) * pageLength, page * pageLength), { edition, catalogue, now, lang: res.locals.lang }),
      count: wanted.length, all: all.length,
      units: [...units].map(([value, text]) => ({ value, text })).sort((a, b) => res.locals.f.compare(a.text, b.text)),
      values: { unit, overdue }, page, pages: Math.ceil(wanted.length / pageLength),
    }, { fragment: 'desk/_requests' })
  })

  async function showRequest(req: Request, res: Response, more: { errors?: FieldError[]; values?: object; refusals?: string[] } = {}, status = 200): Promise<void> {
    const found = await bookingSeen(ctx.db, personOf(res), refOf(req))
    if (!found) throw new NotFound()
    show(req, res, 'desk/request', { ...(await requestView(ctx, res, found)), ...more }, { status })
  }

  /** After a decision: back to the inbox, or the same page with what is in the way. */
  async function told(req: Request, res: Response, done: Decided | null, key: 'approved' | 'declined' | 'cancelled'): Promise<void> {
    if (!done) throw new NotFound()
    if (done.ok) return goTo(res, '/desk/requests', { kind: 'success', key: done.booking.muted ? `flash.desk.${key}Muted` : `flash.desk.${key}` })
    const errors = done.refusals.map(({ code }) => code).filter(isAsked).map((code): FieldError => ({ field: asking[code], key: `bookings.refusal.${code}` }))
    const refusals = done.refusals.filter(({ code }) => !isAsked(code)).map((one) => refusalText(one, res.locals))
    await showRequest(req, res, { errors, refusals, values: key === 'approved' ? inApproval(req.body) : req.body as object }, refusals.length ? 409 : 422)
  }

  router.get('/desk/requests/:ref', staff, (req, res) => showRequest(req, res))

  router.post('/desk/requests/:ref/approval', staff, async (req, res) => {
    const form = parseForm(approvalForm, req.body)
    if (!form.ok) {
      const errors = form.errors.map((one) => (one.field === 'reason' ? { ...one, field: 'approval-reason' } : one))
      return showRequest(req, res, { errors, values: inApproval(req.body) }, 422)
    }
    const { reason, charge } = form.value
    await told(req, res, await approve(ctx, personOf(res), refOf(req), { reason: reason || null, ...(charge ? { charge: given(charge) } : {}) }), 'approved')
  })

  router.post('/desk/requests/:ref/rejection', staff, async (req, res) => {
    const found = await bookingInScope(ctx.db, personOf(res), refOf(req))
    if (!found) throw new NotFound()
    const form = parseForm(rejectionForm, req.body)
    if (!form.ok) return showRequest(req, res, { errors: form.errors, values: req.body as object }, 422)
    const { reason, template } = form.value
    // The one who asked reads it in their own language.
    const words = [...(template ? [translators[found.booking.language](`desk.decline.${template}`)] : []), reason].filter(Boolean).join(' ')
    await told(req, res, await decline(ctx, personOf(res), refOf(req), words), 'declined')
  })

  router.post('/desk/requests/:ref/cancellation', staff, async (req, res) => {
    const form = parseForm(cancellationForm, req.body)
    if (!form.ok) return showRequest(req, res, { errors: form.errors, values: req.body as object }, 422)
    const person = personOf(res)
    await told(req, res, await cancel(
      ctx, async (db) => (await bookingInScope(db, person, refOf(req)))?.booking ?? null, { person, mover: 'official', reason: form.value.reason },
    ), 'cancelled')
  })
  return router
}

const refOf = (req: Request): string => String(req.params['ref'])
