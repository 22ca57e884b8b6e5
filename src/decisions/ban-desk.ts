import { Router, type Request, type RequestHandler, type Response } from 'express'
import { bookingInScope, stepsAside } from '../bookings/decision-actions.ts'
import { associationFor } from '../bookings/desk-store.ts'
import { placeWords } from '../bookings/words.ts'
import type { Context } from '../context.ts'
import { lastDayOf } from '../people/ban.ts'
import { banById, bansIn, type Ban } from '../people/ban-store.ts'
import { personOf } from '../people/pages.ts'
import { callName } from '../people/person.ts'
import { mayBanInCity } from '../people/roles.ts'
import { personById } from '../people/store.ts'
import { Forbidden, NotFound } from '../platform/web/errors.ts'
import { parseForm, type FieldError } from '../platform/web/forms.ts'
import { staff } from '../platform/web/guard.ts'
import { goTo, show } from '../platform/web/respond.ts'
import { editionInForce } from '../rulebook/store.ts'
import { catalogueOf } from '../spaces/store.ts'
import { localDateOf } from '../time/wallclock.ts'
import { banForm, banStepsOf, decidesBan, liftingForm, type BanRefusal } from './ban.ts'
import { bannedBy, endBan, isTied, issueBan, languageFor, liftingLanguage, writtenIn } from './ban-actions.ts'
import { banDocumentOf, ruleSaid } from './ban-document-words-pages.ts'
import { banRow, banView } from './ban-view-pages.ts'

const deciders: RequestHandler = (_req, res, next) => {
  if (!res.locals.viewer?.decides) throw new Forbidden()
  next()
}

type Problems = { errors?: FieldError[]; values?: object; refusals?: string[] }

function refusalSaid(refusal: BanRefusal, { t, f }: Response['locals']): string {
  const day = (date: string): string => f.longDate(f.ofDate(date))
  switch (refusal.code) {
    case 'ban-too-long':
      return t('desk.bans.refusal.ban-too-long', { months: refusal.months, date: day(refusal.lastDate) })
    case 'ban-too-far':
      return t('desk.bans.refusal.ban-too-far', { date: day(refusal.lastDate) })
    case 'ban-in-the-past':
      return t('desk.bans.refusal.ban-in-the-past', { date: day(refusal.firstDate) })
    case 'already-banned':
      return t('desk.bans.refusal.already-banned', { from: f.fullDate(f.ofDate(refusal.from)), to: f.fullDate(f.ofDate(refusal.to)) })
    default:
      return t(`desk.bans.refusal.${refusal.code}`)
  }
}

/** Bans: those an official decides about, issuing one from a booking, lifting one. */
export function desk(ctx: Context): Router {
  const router = Router()

  router.get('/desk/bans', staff, deciders, async (req, res) => {
    const { roles } = personOf(res)
    const catalogue = await catalogueOf(ctx.db)
    const units = [...catalogue.units.keys()].filter((id) => decidesBan(roles, catalogue, id))
    const ground = { catalogue, today: localDateOf(ctx.clock.now()), lang: res.locals.lang }
    const rows = await Promise.all((await bansIn(ctx.db, units, mayBanInCity(roles))).map((ban) => banRow(ctx.db, ban, ground)))
    show(req, res, 'desk/bans', { groups: (['current', 'coming', 'over', 'lifted'] as const).map((state) => ({ state, rows: rows.filter((row) => row.state === state) })) })
  })

  async function inScope(req: Request, res: Response): Promise<Ban> {
    const ban = await banById(ctx.db, String(req.params['id']))
    if (!ban || !decidesBan(personOf(res).roles, await catalogueOf(ctx.db), ban.unitId)) throw new NotFound()
    return ban
  }

  async function showOne(req: Request, res: Response, ban: Ban, problems: Problems = {}, status = 200): Promise<void> {
    res.locals.path = `/desk/bans/${ban.id}`
    show(req, res, 'desk/ban', {
      ...(await banView(ctx.db, ban, ctx.clock.now(), res.locals)), own: await isTied(ctx.db, personOf(res), bannedBy(ban)),
      language: await liftingLanguage(ctx.db, ban), written: await writtenIn(ctx.db, ban, 'ban'), liftedIn: await writtenIn(ctx.db, ban, 'ban_lifting'), refusals: [], ...problems,
    }, { status })
  }

  router.get('/desk/bans/:id', staff, deciders, async (req, res) => showOne(req, res, await inScope(req, res)))

  router.post('/desk/bans/:id/lifting', staff, deciders, async (req, res) => {
    const ban = await inScope(req, res)
    const form = parseForm(liftingForm, req.body)
    if (!form.ok) return showOne(req, res, ban, { errors: form.errors, values: req.body as object }, 422)
    const done = await endBan(ctx, personOf(res), ban.id, form.value.reason, banDocumentOf)
    if (!done) throw new NotFound()
    if (!done.ok) return showOne(req, res, ban, { refusals: done.refusals.map((one) => refusalSaid(one, res.locals)), values: req.body as object }, 409)
    goTo(res, `/desk/bans/${ban.id}`, { kind: 'success', key: 'flash.desk.banLifted' })
  })

  async function showForm(req: Request, res: Response, problems: Problems = {}, status = 200): Promise<void> {
    const [official, ref] = [personOf(res), String(req.params['ref'])]
    const found = await bookingInScope(ctx.db, official, ref)
    if (!found) throw new NotFound()
    const { booking, listed } = found
    const today = localDateOf(ctx.clock.now())
    const [edition, by, named] = [await editionInForce(ctx.db, today), await personById(ctx.db, booking.personId), await associationFor(ctx.db, booking)]
    const steps = edition ? banStepsOf(edition) : []
    const member = named !== null && (named.standing === 'verified' || named.standing === 'member')
    const own = (await stepsAside(ctx.db, official, booking)).length > 0 || (await isTied(ctx.db, official, { personId: booking.personId, associationId: null }))
    const language = await languageFor(ctx.db, booking.personId)
    // With several steps the ready words of one would stand below another.
    const reason = steps.length === 1 ? steps[0]!.text[language] : ''
    res.locals.path = `/desk/requests/${booking.ref}/ban`
    show(req, res, 'desk/ban-new', {
      booking, own, language, ready: reason !== '', place: placeWords(listed, res.locals.lang), person: by ? callName(by) : '', association: member ? named.name : null, city: mayBanInCity(official.roles),
      steps: steps.map((step) => ({ id: step.id, months: step.months, rule: ruleSaid(step, res.locals.t, res.locals.lang), lastDate: lastDayOf(today, step.months) })),
      values: { whose: 'person', where: 'unit', from: today, sanction: steps[0]?.id, reason }, refusals: [], ...problems,
    }, { status })
  }

  router.get('/desk/requests/:ref/ban', staff, (req, res) => showForm(req, res))

  router.post('/desk/requests/:ref/ban', staff, async (req, res) => {
    const [official, ref] = [personOf(res), String(req.params['ref'])]
    if (!(await bookingInScope(ctx.db, official, ref))) throw new NotFound()
    const form = parseForm(banForm, req.body)
    if (!form.ok) return showForm(req, res, { errors: form.errors, values: req.body as object }, 422)
    const done = await issueBan(ctx, official, ref, form.value, banDocumentOf)
    if (!done) throw new NotFound()
    if (!done.ok) return showForm(req, res, { refusals: done.refusals.map((one) => refusalSaid(one, res.locals)), values: req.body as object }, 409)
    goTo(res, `/desk/bans/${done.ban.id}`, { kind: 'success', key: 'flash.desk.banIssued' })
  })
  return router
}
