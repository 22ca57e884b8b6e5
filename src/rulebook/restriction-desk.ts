import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { eventsOf } from '../history/store.ts'
import { personOf } from '../people/pages.ts'
import { callName } from '../people/person.ts'
import { personById } from '../people/store.ts'
import { formats } from '../platform/i18n/format.ts'
import { NotFound } from '../platform/web/errors.ts'
import { parseForm, parseQuery, type FieldError } from '../platform/web/forms.ts'
import { staff } from '../platform/web/guard.ts'
import { goTo, show } from '../platform/web/respond.ts'
import type { Catalogue, Unit } from '../spaces/catalogue.ts'
import type { Restriction } from '../spaces/restriction.ts'
import { liftRestriction, restrict } from '../spaces/restriction-actions.ts'
import { allRestrictions, restrictionById } from '../spaces/restriction-store.ts'
import { shown } from '../spaces/shown.ts'
import { catalogueOf } from '../spaces/store.ts'
import { addDays, localDateOf } from '../time/wallclock.ts'
import { rulers } from './draft-desk.ts'
import { decisionNumberHint, textFields } from './edition-forms.ts'
import { liftForm, restrictionForm } from './restriction-form.ts'

const newQuery = z.object({ unit: z.string().max(200).optional(), after: z.string().max(100).optional() })
const remembered = 100

type Problems = { errors?: FieldError[]; values?: object }

/** Limits on the use of premises, by decision: which there are, a new one, one more year of an old one, an end before its day. */
export function desk(ctx: Context): Router {
  const router = Router()
  const today = (): string => localDateOf(ctx.clock.now())

  router.get('/desk/restrictions', staff, rulers, async (req, res) => {
    const catalogue = await catalogueOf(ctx.db)
    const rows = (await allRestrictions(ctx.db)).map((one) => rowOf(one, catalogue, res.locals.lang))
    const past = rows.filter(({ group }) => group === 'past').reverse().slice(0, remembered)
    show(req, res, 'desk/restrictions', {
      groups: (['owed', 'in_force', 'coming', 'past'] as const).map((group) => ({ group, rows: group === 'past' ? past : rows.filter((row) => row.group === group) })),
    })
  })

  async function showNew(req: Request, res: Response, unit: Unit, problems: Problems, status = 200): Promise<void> {
    const { lang } = res.locals
    const { spacesOfUnit } = await catalogueOf(ctx.db)
    const spaces = (spacesOfUnit.get(unit.id) ?? []).map(({ space }) => ({ value: space.slug, text: shown(space.name, lang).text }))
    show(req, res, 'desk/restriction-new', { unit: { slug: unit.slug, name: shown(unit.name, lang) }, spaces, numberHint: decisionNumberHint, ...problems }, { status })
  }

  router.get('/desk/restrictions/new', staff, rulers, async (req, res) => {
    const query = parseQuery(newQuery, req.query)
    const catalogue = await catalogueOf(ctx.db)
    if (query.after !== undefined) {
      const former = await restrictionById(ctx.db, query.after)
      const unit = former && catalogue.units.get(former.unitId)
      if (!unit) throw new NotFound()
      return showNew(req, res, unit, { values: continued(former, catalogue, today()) })
    }
    if (query.unit) {
      const unit = catalogue.unitBySlug.get(query.unit)
      if (!unit) throw new NotFound()
      return showNew(req, res, unit, { values: { validFrom: today() } })
    }
    show(req, res, 'desk/restriction-unit', { units: unitsOf(catalogue, res.locals.lang) })
  })

  router.post('/desk/restrictions', staff, rulers, async (req, res) => {
    const catalogue = await catalogueOf(ctx.db)
    const asked = z.object({ unit: z.string() }).safeParse(req.body)
    const unit = asked.success ? catalogue.unitBySlug.get(asked.data.unit) : undefined
    if (!unit) throw new NotFound()
    const form = parseForm(restrictionForm(today()), req.body)
    const spaces = catalogue.spacesOfUnit.get(unit.id) ?? []
    const space = form.ok ? spaces.find((one) => one.space.slug === form.value.place) : undefined
    const errors = !form.ok ? form.errors : form.value.place !== '' && !space ? [{ field: 'place', key: 'site.error.field' as const }] : []
    if (!form.ok || errors.length > 0) return showNew(req, res, unit, { values: req.body as object, errors }, 422)
    const { place: _, ...wish } = form.value
    const id = await restrict(ctx, personOf(res).id, { ...wish, unitId: unit.id, spaceId: space?.space.id ?? null, effect: spaces.length > 0 ? 'by_staff' : 'not_lent' })
    goTo(res, `/desk/restrictions/${id}`, { kind: 'success', key: 'flash.restrictions.made' })
  })

  async function found(req: Request): Promise<Restriction> {
    const one = await restrictionById(ctx.db, String(req.params['id']))
    if (!one) throw new NotFound()
    return one
  }

  async function showOne(req: Request, res: Response, one: Restriction, problems: Problems = {}, status = 200): Promise<void> {
    res.locals.path = `/desk/restrictions/${one.id}`
    const deeds = await Promise.all((await eventsOf(ctx.db, one.id)).map(async ({ at, actor, what, particulars }) => {
      const person = actor === 'system' ? null : await personById(ctx.db, actor)
      return { at, what, by: person && callName(person), particulars: particulars as { reason?: string; decision?: Restriction['decision'] } }
    }))
    show(req, res, 'desk/restriction', { row: rowOf(one, await catalogueOf(ctx.db), res.locals.lang), deeds, numberHint: decisionNumberHint, ...problems }, { status })
  }

  router.get('/desk/restrictions/:id', staff, rulers, async (req, res) => showOne(req, res, await found(req)))

  router.post('/desk/restrictions/:id/ending', staff, rulers, async (req, res) => {
    const one = await found(req)
    const form = parseForm(liftForm(today()), req.body)
    if (!form.ok) return showOne(req, res, one, { values: req.body as object, errors: form.errors }, 422)
    const done = await liftRestriction(ctx, personOf(res).id, one.id, form.value)
    goTo(res, `/desk/restrictions/${one.id}`, { kind: done ? 'success' : 'info', key: done ? 'flash.restrictions.lifted' : 'flash.restrictions.liftedAlready' })
  })

  return router
}

type Group = 'owed' | 'in_force' | 'coming' | 'past'

/** `owed`: its day is over, and the city must open the spaces or decide anew. */
const groupOf = ({ id, state, unitId }: Restriction, { units }: Catalogue): Group =>
  state === 'in_force' || state === 'coming' ? state : units.get(unitId)?.notLent?.id === id ? 'owed' : 'past'

function rowOf(one: Restriction, catalogue: Catalogue, lang: keyof typeof formats) {
  const unit = catalogue.units.get(one.unitId)!
  const space = one.spaceId === null ? null : catalogue.spaceById.get(one.spaceId)!.space
  return { ...one, group: groupOf(one, catalogue), unit: { slug: unit.slug, name: shown(unit.name, lang) }, space: space && { slug: space.slug, name: shown(space.name, lang) } }
}

/** The form of a restriction that goes on where another ends: its decision and its end are for somebody to say. */
function continued({ what, reason, validTo, spaceId, state }: Restriction, { spaceById }: Catalogue, today: string) {
  const whole = { fi: '', sv: '', en: '', plain: '' }
  return {
    place: spaceId === null ? '' : spaceById.get(spaceId)!.space.slug, validFrom: validTo !== null && validTo >= today && state !== 'lifted' ? addDays(validTo, 1) : today,
    ...textFields('what', { ...whole, ...what }), ...textFields('reason', { ...whole, ...reason }),
  }
}

function unitsOf({ units }: Catalogue, lang: keyof typeof formats) {
  const { compare } = formats[lang]
  return [...units.values()].map(({ slug, name }) => ({ value: slug, text: shown(name, lang).text })).sort((a, b) => compare(a.text, b.text))
}
