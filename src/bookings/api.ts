import { Router, type Request, type Response } from 'express'
import type { z } from 'zod'
import { unclearTimes } from '../availability/refusals.ts'
import type { Context } from '../context.ts'
import { bearer } from '../people/api.ts'
import { personOf } from '../people/pages.ts'
import { Malformed, NotFound } from '../platform/web/errors.ts'
import { problem } from '../platform/web/problems.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { catalogueOf } from '../spaces/store.ts'
import { book } from './actions.ts'
import { cancel } from './ending-actions.ts'
import { listedOf } from './announce-actions.ts'
import { bodyErrors } from './body.ts'
import { approvalBody, bookingBody, cancellationBody, moveBody, rejectionBody } from './booking-body.ts'
import { bookedJson, bookingJson } from './booking-json.ts'
import { approve, bookingInScope, decline, type Decided } from './decision-actions.ts'
import { bookingFor, decidingEdition } from './desk-store.ts'
import { explainedForMachines } from './explained-pages.ts'
import { once, type Answered, type Keep } from './idempotency-actions.ts'
import { move } from './move-actions.ts'
import { refused, type BookingRefusal } from './refusal.ts'
import { refusalJson } from './refusal-json.ts'
import { ownBooking, type Booking } from './store.ts'

/** Booking for machines that act for a person (rulings 24). */
export function api(ctx: Context): Router {
  const router = Router()
  const known = bearer(ctx)
  const { baseUrl } = ctx.config

  router.post('/bookings', known, async (req, res) => {
    const key = idempotencyKey(req, res)
    const wish = key && bodyOf(req, res, bookingBody)
    if (!key || !wish) return
    if (!(await catalogueOf(ctx.db)).spaceBySlug.has(wish.space)) throw new NotFound()
    const person = personOf(res)
    const done = await once(ctx, { personId: person.id, key, body: req.body }, (keep) => bookOnce(wish, res, keep))
    if (done.is === 'other-body') return problem(res, 422, 'idempotency-key-reused')
    if (done.is === 'in-progress') return problem(res.set('Retry-After', '1'), 409, 'in-progress')
    if (done.status !== 201) return problem(res, done.status, 'refused', done.answer as object)
    res.status(201).location(`/api/v1/bookings/${(done.answer as { ref: string }).ref}`).json(done.answer)
  })

  async function bookOnce({ start, end, ...wish }: z.output<typeof bookingBody>, res: Response, keep: Keep): Promise<Answered> {
    if (start.kind !== 'one' || end.kind !== 'one') return refusal(unclearTimes(start, end))
    const person = personOf(res)
    const booked = await book(ctx, person, { ...wish, start: start.at, end: end.at }, {
      language: person.language,
      also: (db, booking) => keep(db, { status: 201, answer: bookedJson(booking, baseUrl) }),
    })
    return booked.ok ? { status: 201, answer: bookedJson(booked.booking, baseUrl) } : refusal(booked.refusals)
  }

  router.get('/bookings/:ref', known, async (req, res) => {
    const found = await bookingFor(ctx.db, personOf(res), req.params['ref'] as string)
    if (!found) throw new NotFound()
    res.json(await whole(found.booking, found.listed))
  })

  router.delete('/bookings/:ref', known, async (req, res) => {
    const [person, ref] = [personOf(res), req.params['ref'] as string]
    const own = await ownBooking(ctx.db, person.id, ref)
    if (!own && !(await bookingInScope(ctx.db, person, ref))) throw new NotFound()
    const body = own ? bodyOf(req, res, cancellationBody, {}) : bodyOf(req, res, rejectionBody, {})
    if (!body) return
    const mover = own ? 'owner' : 'official'
    await answer(res, await cancel(
      ctx,
      async (db) => (own ? ownBooking(db, person.id, ref) : (await bookingInScope(db, person, ref))?.booking ?? null),
      { person, mover, reason: body.reason || null },
    ))
  })

  router.post('/bookings/:ref/move', known, async (req, res) => {
    const [person, ref] = [personOf(res), req.params['ref'] as string]
    if (!(await ownBooking(ctx.db, person.id, ref))) throw new NotFound()
    const body = bodyOf(req, res, moveBody)
    if (!body) return
    const { start, end } = body
    await answer(res, start.kind === 'one' && end.kind === 'one'
      ? await move(ctx, person, ref, { start: start.at, end: end.at })
      : refused(...unclearTimes(start, end)))
  })

  router.post('/bookings/:ref/approval', known, async (req, res) => {
    const body = bodyOf(req, res, approvalBody, {})
    if (!body) return
    const { charge, priceClass, reason } = body
    const given = charge === 'paid' ? { charge, priceClass } : charge && { charge }
    await answer(res, await approve(ctx, personOf(res), req.params['ref'] as string, { reason: reason || null, ...(given ? { charge: given } : {}) }))
  })

  router.post('/bookings/:ref/rejection', known, async (req, res) => {
    const body = bodyOf(req, res, rejectionBody)
    if (body) await answer(res, await decline(ctx, personOf(res), req.params['ref'] as string, body.reason))
  })

  async function answer(res: Response, done: Decided | null): Promise<void> {
    if (!done) throw new NotFound()
    if (!done.ok) return problem(res, 409, 'refused', refusal(done.refusals).answer as object)
    const { listed } = await listedOf(ctx.db, done.booking)
    res.json(await whole(done.booking, listed))
  }

  async function whole(booking: Booking, listed: Listed): Promise<object> {
    return bookingJson(booking, listed, { baseUrl, explanation: explainedForMachines(await decidingEdition(ctx.db, booking), booking, listed) })
  }
  return router
}

const refusal = (refusals: BookingRefusal[]): Answered => ({ status: 409, answer: { refusals: refusals.map(refusalJson) } })

/** The request's key, or null when it has been told what is wrong with it. */
function idempotencyKey(req: Request, res: Response): string | null {
  const key = req.get('idempotency-key')
  if (key && /^[\x21-\x7e]{1,200}$/.test(key)) return key
  problem(res, 400, key ? 'idempotency-key-malformed' : 'idempotency-key-missing')
  return null
}

/** The body, or null when the client has been told what is wrong with it. `empty` stands for no body where none is needed. */
function bodyOf<S extends z.ZodType>(req: Request, res: Response, schema: S, empty?: object): z.output<S> | null {
  const given: unknown = req.body ?? empty
  if (given === undefined) throw new Malformed([{ path: '', code: 'json-expected' }])
  const body = schema.safeParse(given)
  if (body.success) return body.data
  problem(res, 422, 'invalid', { errors: bodyErrors(body.error, given) })
  return null
}
