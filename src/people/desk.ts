import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { eventsOf } from '../history/store.ts'
import { isKey, type Key } from '../platform/i18n/messages.ts'
import { NotFound } from '../platform/web/errors.ts'
import { parseForm, parseQuery, type FieldError } from '../platform/web/forms.ts'
import { coordinator } from '../platform/web/guard.ts'
import { goTo, show } from '../platform/web/respond.ts'
import { said } from '../spaces/filter.ts'
import { associationById, everyMember, memberCounts, register } from './association-store.ts'
import { rightsForm, suggestedRights } from './member.ts'
import { personOf } from './pages.ts'
import { callName, nameField } from './person.ts'
import { matches, registerFilters } from './register.ts'
import { personById } from './store.ts'
import {
  confirmMember, endMember, isOwn, renameAssociation, unverifyAssociation, verifyAssociation, type Kept,
} from './verification-actions.ts'

const listQuery = z.object({
  q: said(z.string().max(200)),
  standing: said(z.enum(registerFilters)),
  page: said(z.string().regex(/^[1-9]\d{0,3}$/).transform(Number)),
})
const pageLength = 50
const nameForm = z.object({ name: nameField })

/** The register of associations: which ones have been looked up, and who has been confirmed to belong to them. */
export function desk(ctx: Context): Router {
  const router = Router()

  router.get('/desk/associations', coordinator, async (req, res) => {
    const { q, standing, page = 1 } = parseQuery(listQuery, req.query)
    const all = await register(ctx.db)
    const wanted = all.filter(({ association }) => matches(association, { q, standing }))
      .sort((a, b) => res.locals.f.compare(a.association.name, b.association.name))
    const shown = wanted.slice((page - 1) * pageLength, page * pageLength)
    const counts = await memberCounts(ctx.db, shown.map(({ association }) => association.id))
    show(req, res, 'desk/associations', {
      rows: shown.map(({ association, verifiedBy }) => ({
        association, verifiedBy: verifiedBy && callName(verifiedBy), count: counts.get(association.id),
      })),
      count: wanted.length, all: all.length, values: { q, standing }, page, pages: Math.ceil(wanted.length / pageLength),
    }, { fragment: 'desk/_associations' })
  })

  async function showOne(req: Request, res: Response, more: { refused?: Key; errors?: FieldError[]; values?: object } = {}, status = 200): Promise<void> {
    const id = idOf(req)
    const association = await associationById(ctx.db, id)
    if (!association) throw new NotFound()
    const members = await everyMember(ctx.db, id)
    const nameOf = async (personId: string | null): Promise<string | null> => {
      const person = personId === null ? null : await personById(ctx.db, personId)
      return person && callName(person)
    }
    const history = (await eventsOf(ctx.db, id)).filter(({ what }) => isKey(`desk.associations.history.${what}`))
    res.locals.path = `/desk/associations/${id}`
    show(req, res, 'desk/association', {
      association, members,
      own: isOwn(members, personOf(res)),
      suggested: suggestedRights(members.filter(({ confirmedAt }) => confirmedAt !== null)),
      verifiedBy: await nameOf(association.verifiedById),
      history: await Promise.all(history.map(async ({ at, what, actor, particulars }) =>
        ({ at, what, who: await nameOf(actor), whom: await nameOf(typeof particulars['person'] === 'string' ? particulars['person'] : null) }))),
      values: { name: association.name },
      ...more,
    }, { status })
  }

  async function told(req: Request, res: Response, done: Kept, key: Extract<Key, `flash.desk.${string}`>): Promise<void> {
    if (!done) throw new NotFound()
    if (!done.ok) return showOne(req, res, { refused: `desk.associations.${done.refusal.code}` }, 409)
    goTo(res, `/desk/associations/${idOf(req)}`, { kind: 'success', key })
  }

  router.get('/desk/associations/:id', coordinator, (req, res) => showOne(req, res))

  /** Both deeds say what the association is called in the register. */
  const named = (deed: typeof verifyAssociation, key: Extract<Key, `flash.desk.${string}`>) => async (req: Request, res: Response) => {
    const form = parseForm(nameForm, req.body)
    if (!form.ok) return showOne(req, res, { errors: form.errors, values: req.body as object }, 422)
    await told(req, res, await deed(ctx, personOf(res), idOf(req), form.value.name), key)
  }
  router.post('/desk/associations/:id/verification', coordinator, named(verifyAssociation, 'flash.desk.associationVerified'))
  router.post('/desk/associations/:id/name', coordinator, named(renameAssociation, 'flash.desk.associationRenamed'))

  router.post('/desk/associations/:id/verification/revocation', coordinator, async (req, res) =>
    told(req, res, await unverifyAssociation(ctx, personOf(res), idOf(req)), 'flash.desk.associationUnverified'))

  router.post('/desk/associations/:id/members/:person/confirmation', coordinator, async (req, res) => {
    const form = parseForm(rightsForm, req.body)
    if (!form.ok) return showOne(req, res, { refused: 'people.error.rights' }, 422)
    await told(req, res, await confirmMember(ctx, personOf(res), idOf(req), memberOf(req), form.value.rights), 'flash.desk.memberConfirmed')
  })

  router.post('/desk/associations/:id/members/:person/removal', coordinator, async (req, res) =>
    told(req, res, await endMember(ctx, personOf(res), idOf(req), memberOf(req)), 'flash.desk.memberEnded'))
  return router
}

const idOf = (req: Request): string => String(req.params['id'])
const memberOf = (req: Request): string => String(req.params['person'])
