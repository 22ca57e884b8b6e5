import { Router, type Request, type Response } from 'express'
import type { Context } from '../context.ts'
import { hashOf } from '../platform/ids.ts'
import { signedIn } from '../platform/web/guard.ts'
import { goTo, show } from '../platform/web/respond.ts'
import { associationById, ownAssociation } from './association-store.ts'
import { invitationFault, type InvitationFault } from './invitation.ts'
import { acceptInvitation } from './invitation-actions.ts'
import { invitationByToken } from './invitation-store.ts'
import { personOf } from './pages.ts'
import { callName } from './person.ts'
import { personById } from './store.ts'

const statuses: Record<InvitationFault, number> = { unknown: 404, 'not-yours': 403, used: 410, revoked: 410, expired: 410 }

/** What an invitation's link opens. Mail scanners follow links: looking at one changes nothing. */
export function pages(ctx: Context): Router {
  const router = Router()

  const showFault = (req: Request, res: Response, fault: InvitationFault): void =>
    show(req, res, 'people/invitation-fault', { fault, email: personOf(res).email }, { status: statuses[fault] })

  router.get('/associations/invitations/:token', signedIn, async (req, res) => {
    res.set('Cache-Control', 'no-store')
    const person = personOf(res)
    const invitation = await invitationByToken(ctx.db, hashOf(tokenOf(req)))
    const fault = invitationFault(invitation, person.email, ctx.clock.now())
    if (invitation && fault === 'used' && (await ownAssociation(ctx.db, person.id, invitation.associationId))) {
      return goTo(res, `/associations/${invitation.associationId}`)
    }
    if (!invitation || fault) return showFault(req, res, fault ?? 'unknown')
    const inviter = await personById(ctx.db, invitation.invitedById)
    show(req, res, 'people/invitation', {
      invitation, association: await associationById(ctx.db, invitation.associationId), inviter: inviter ? callName(inviter) : '',
    })
  })

  router.post('/associations/invitations/:token', signedIn, async (req, res) => {
    res.set('Cache-Control', 'no-store')
    const done = await acceptInvitation(ctx, personOf(res), tokenOf(req))
    if (!done.ok) return showFault(req, res, done.refusal.code)
    goTo(res, `/associations/${done.associationId}`, { kind: 'success', key: 'flash.people.invitationAccepted' })
  })
  return router
}

const tokenOf = (req: Request): string => String(req.params['token'])
