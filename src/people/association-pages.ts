import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { keyedHash } from '../platform/ids.ts'
import type { Key } from '../platform/i18n/messages.ts'
import { NotFound } from '../platform/web/errors.ts'
import { parseForm } from '../platform/web/forms.ts'
import { signedIn } from '../platform/web/guard.ts'
import { limit } from '../platform/web/limits.ts'
import { goTo, show } from '../platform/web/respond.ts'
import { addAssociation } from './actions.ts'
import { changeMember, leaveAssociation, type Changed } from './association-actions.ts'
import { confirmedMembers, ownAssociation } from './association-store.ts'
import { parseAssociation } from './identifiers.ts'
import { invitingForm } from './invitation.ts'
import { invite, revokeInvitation } from './invitation-actions.ts'
import { openInvitationsOf } from './invitation-store.ts'
import { rightsForm } from './member.ts'
import { personOf } from './pages.ts'
import { nameField, normalEmail } from './person.ts'
import { associationsOf } from './store.ts'

const associationForm = z.object({
  identifier: z.string('people.error.identifier').transform((text, check) => {
    const named = parseAssociation(text)
    if (!named) check.addIssue({ code: 'custom', message: 'people.error.identifier' })
    return named ?? z.NEVER
  }),
  name: nameField,
})

type Refused = { key: Key; values?: Record<string, string | number> }

/** My associations, and for their confirmed members who else belongs to them. */
export function pages(ctx: Context): Router {
  const router = Router()
  const { sessionSecret: secret } = ctx.config

  async function showAll(req: Request, res: Response, more: object = {}, status = 200): Promise<void> {
    show(req, res, 'people/associations', { associations: await associationsOf(ctx.db, personOf(res).id), ...more }, { status })
  }

  router.get('/associations', signedIn, (req, res) => showAll(req, res))
  router.post('/associations', signedIn, async (req, res) => {
    const form = parseForm(associationForm, req.body)
    if (!form.ok) return showAll(req, res, { values: req.body, errors: form.errors }, 422)
    const added = await addAssociation(ctx, personOf(res), { ...form.value.identifier, name: form.value.name })
    if (!added.ok) {
      const { limit } = added.refusal
      return showAll(req, res, { values: req.body, errors: [{ field: '', key: 'people.error.tooMany', values: { limit } }] }, 409)
    }
    goTo(res, '/associations', { kind: 'success', key: 'flash.people.associationAdded' })
  })

  /** Who only says that they are a member finds nothing here, not even that the association exists. */
  async function showOne(req: Request, res: Response, more: { refused?: Refused; errors?: object[]; values?: object } = {}, status = 200): Promise<void> {
    const person = personOf(res)
    const id = idOf(req)
    const own = await ownAssociation(ctx.db, person.id, id)
    if (!own) throw new NotFound()
    const manages = own.rights === 'manages'
    // The answer to a form is this same page: the other languages of it must not lead to the form's address.
    res.locals.path = `/associations/${id}`
    show(req, res, 'people/association', {
      ...own, manages, me: person.id,
      members: (await confirmedMembers(ctx.db, id)).map(({ personId, name, rights, email }) => ({ personId, name, rights, email: manages ? email : null })),
      invitations: manages ? await openInvitationsOf(ctx.db, id, ctx.clock.now()) : [],
      values: { rights: 'books' },
      ...more,
    }, { status })
  }

  async function told(req: Request, res: Response, done: Changed, to: string, key: Extract<Key, `flash.${string}`>): Promise<void> {
    if (!done) throw new NotFound()
    if (!done.ok) return showOne(req, res, { refused: { key: `people.refusal.${done.refusal.code}` } }, 409)
    goTo(res, to, { kind: 'success', key })
  }

  router.get('/associations/:id', signedIn, (req, res) => showOne(req, res))

  router.post('/associations/:id/departure', signedIn, async (req, res) =>
    told(req, res, await leaveAssociation(ctx, personOf(res), idOf(req)), '/associations', 'flash.people.associationLeft'))

  router.post('/associations/:id/members/:person/rights', signedIn, async (req, res) => {
    const form = parseForm(rightsForm, req.body)
    if (!form.ok) return showOne(req, res, { refused: { key: 'people.error.rights' } }, 422)
    await told(req, res, await changeMember(ctx, personOf(res), idOf(req), memberOf(req), form.value.rights), `/associations/${idOf(req)}`, 'flash.people.rightsChanged')
  })

  router.post('/associations/:id/members/:person/removal', signedIn, async (req, res) => {
    const [person, member] = [personOf(res), memberOf(req)]
    const back = member === person.id ? '/associations' : `/associations/${idOf(req)}`
    await told(req, res, await changeMember(ctx, person, idOf(req), member, null), back, 'flash.people.memberRemoved')
  })

  // Each invitation is a mail to somebody who may not want it.
  const perPerson = limit(30, (req) => keyedHash(secret, `inviting:${req.res?.locals.person?.id}`))
  const perAddress = limit(5, (req) => keyedHash(secret, `invited:${normalEmail(String((req.body as { email?: unknown } | undefined)?.email ?? ''))}`))

  router.post('/associations/:id/invitations', signedIn, perPerson, perAddress, async (req, res) => {
    const form = parseForm(invitingForm, req.body)
    if (!form.ok) return showOne(req, res, { errors: form.errors, values: req.body as object }, 422)
    const done = await invite(ctx, personOf(res), idOf(req), form.value)
    if (!done) throw new NotFound()
    if (!done.ok) {
      const { code, ...values } = done.refusal
      return showOne(req, res, { errors: [{ field: 'email', key: `people.refusal.${code}`, values }], values: req.body as object }, 409)
    }
    goTo(res, `/associations/${idOf(req)}`, { kind: 'success', key: 'flash.people.invited' })
  })

  router.post('/associations/:id/invitations/:invitation/revocation', signedIn, async (req, res) => {
    if (!(await revokeInvitation(ctx, personOf(res), idOf(req), String(req.params['invitation'])))) throw new NotFound()
    goTo(res, `/associations/${idOf(req)}`, { kind: 'success', key: 'flash.people.invitationRevoked' })
  })
  return router
}

const idOf = (req: Request): string => String(req.params['id'])
const memberOf = (req: Request): string => String(req.params['person'])
