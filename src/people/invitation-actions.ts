import type { Context } from '../context.ts'
import { record } from '../history/store.ts'
import { hashOf, keyedHash, nanoId } from '../platform/ids.ts'
import { enqueue } from '../platform/jobs/queue.ts'
import { managedBy } from './association-actions.ts'
import { confirmedMembers, confirmMembership, lockAssociation } from './association-store.ts'
import { invitationFault, invitationLivesMs, invitingRefusal, type InvitationFault, type InvitingRefusal } from './invitation.ts'
import { closeInvitation, deleteInvitationsOver, insertInvitation, invitationByToken, openInvitationsOf } from './invitation-store.ts'
import { wider, type MemberRights } from './member.ts'
import type { Person } from './person.ts'

/** The secret in an invitation's mail. It follows from the invitation's id, so that neither the queue nor the table holds it. */
export const invitationToken = (secret: string, id: string): string => keyedHash(secret, `invitation:${id}`)

/** Invites an address (as `normalEmail` gives it) into an association; null when the person does not manage it. */
export async function invite(
  ctx: Context,
  manager: Person,
  associationId: string,
  { email, rights }: { email: string; rights: MemberRights },
): Promise<{ ok: true } | { ok: false; refusal: InvitingRefusal } | null> {
  const now = ctx.clock.now()
  const done = await ctx.db.transaction(async (db) => {
    if (!(await managedBy(db, manager, associationId))) return null
    const refusal = invitingRefusal(email, await confirmedMembers(db, associationId), await openInvitationsOf(db, associationId, now))
    if (refusal) return { ok: false as const, refusal }
    const id = nanoId()
    await insertInvitation(db, {
      id, tokenHash: hashOf(invitationToken(ctx.config.sessionSecret, id)), associationId, email, rights,
      invitedById: manager.id, createdAt: now, expiresAt: now + invitationLivesMs,
    })
    // The address itself stays out of the ledger, which is kept longer than the invitation.
    await record(db, { at: now, actor: manager.id, what: 'association.invited', subject: associationId, particulars: { invitation: id, rights } })
    await enqueue(db, 'notices.invitation', { invitationId: id }, { key: `invitation:${id}`, runAt: now })
    return { ok: true as const }
  })
  if (done?.ok) ctx.wake()
  return done
}

/** Takes an open invitation back; false when the person manages no association with such a one. */
export async function revokeInvitation(ctx: Context, manager: Person, associationId: string, invitationId: string): Promise<boolean> {
  const now = ctx.clock.now()
  return ctx.db.transaction(async (db) => {
    if (!(await managedBy(db, manager, associationId))) return false
    const open = await openInvitationsOf(db, associationId, now)
    if (!open.some(({ id }) => id === invitationId)) return false
    await closeInvitation(db, invitationId, { revokedAt: now })
    await record(db, { at: now, actor: manager.id, what: 'association.invitation-revoked', subject: associationId, particulars: { invitation: invitationId } })
    return true
  })
}

/** Uses an invitation up: its person becomes a confirmed member with the rights it gives, and loses none. */
export async function acceptInvitation(
  ctx: Context,
  person: Person,
  token: string,
): Promise<{ ok: true; associationId: string } | { ok: false; refusal: { code: InvitationFault } }> {
  const now = ctx.clock.now()
  return ctx.db.transaction(async (db) => {
    const invitation = await invitationByToken(db, hashOf(token))
    const fault = invitationFault(invitation, person.email, now)
    if (!invitation || fault) return { ok: false as const, refusal: { code: fault ?? 'unknown' } }
    const { id, associationId, rights } = invitation
    await lockAssociation(db, associationId)
    // Two requests may have read it open at once on PostgreSQL; one of them marks it.
    if (!(await closeInvitation(db, id, { acceptedAt: now }))) return { ok: false as const, refusal: { code: 'used' } }
    const known = (await confirmedMembers(db, associationId)).find(({ personId }) => personId === person.id)
    await confirmMembership(db, associationId, person.id, known ? wider(known.rights, rights) : rights, now)
    await record(db, { at: now, actor: person.id, what: 'association.joined', subject: associationId, particulars: { invitation: id, rights } })
    return { ok: true as const, associationId }
  })
}

const keptMs = 30 * 86_400_000

/** Forgets invitations, with the addresses in them, a month after they ran out. Runs by the clock. */
export async function forgetOldInvitations(ctx: Context): Promise<void> {
  await ctx.db.transaction((db) => deleteInvitationsOver(db, ctx.clock.now() - keptMs))
}
