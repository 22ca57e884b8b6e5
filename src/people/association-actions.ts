import type { Context } from '../context.ts'
import { record } from '../history/store.ts'
import type { Writes } from '../platform/db/database.ts'
import { confirmedMembers, confirmMembership, deleteMembership, everyMember, lockAssociation, ownAssociation } from './association-store.ts'
import { revokeInvitationsBy } from './invitation-store.ts'
import { endsManaging, type MemberRights } from './member.ts'
import type { Person } from './person.ts'
import type { Association } from './store.ts'

/** What a change among members answers; null means that the one who asks has no such association or member. */
export type Changed = { ok: true } | { ok: false; refusal: { code: 'last-manager' } } | null

/** The association of somebody who manages it, locked for the change; null for all others. */
export async function managedBy(db: Writes, person: Person, id: string): Promise<Association | null> {
  const association = await lockAssociation(db, id)
  const own = association && (await ownAssociation(db, person.id, id))
  return own?.rights === 'manages' ? association : null
}

/** Ends a membership and what hung on it: the invitations the member had sent must not let anybody in any more. */
export async function endMembership(
  db: Writes,
  associationId: string,
  deed: { personId: string; actor: string; what: string; at: number },
): Promise<boolean> {
  const { personId, actor, what, at } = deed
  if (!(await deleteMembership(db, associationId, personId))) return false
  await revokeInvitationsBy(db, associationId, personId, at)
  await record(db, { at, actor, what, subject: associationId, particulars: { person: personId } })
  return true
}

/** Sets what a confirmed member may do. Who no longer manages has no invitations open either. */
export async function setRights(
  db: Writes,
  associationId: string,
  deed: { personId: string; rights: MemberRights; actor: string; what: string; at: number },
): Promise<void> {
  const { personId, rights, actor, what, at } = deed
  await confirmMembership(db, associationId, personId, rights, at)
  if (rights === 'books') await revokeInvitationsBy(db, associationId, personId, at)
  await record(db, { at, actor, what, subject: associationId, particulars: { person: personId, rights } })
}

/** Gives up one's own membership, declared or confirmed. The last one who manages others stays until somebody else does. */
export async function leaveAssociation(ctx: Context, person: Person, id: string): Promise<Changed> {
  const at = ctx.clock.now()
  return ctx.db.transaction(async (db): Promise<Changed> => {
    if (!(await lockAssociation(db, id))) return null
    if (!(await everyMember(db, id)).some(({ personId }) => personId === person.id)) return null
    if (endsManaging(await confirmedMembers(db, id), person.id, null)) return { ok: false, refusal: { code: 'last-manager' } }
    await endMembership(db, id, { personId: person.id, actor: person.id, what: 'association.left', at })
    return { ok: true }
  })
}

/** A manager's change to one confirmed member: other rights, or with `null` the end. */
export async function changeMember(ctx: Context, manager: Person, id: string, memberId: string, to: MemberRights | null): Promise<Changed> {
  const at = ctx.clock.now()
  return ctx.db.transaction(async (db): Promise<Changed> => {
    if (!(await managedBy(db, manager, id))) return null
    const members = await confirmedMembers(db, id)
    if (!members.some(({ personId }) => personId === memberId)) return null
    if (endsManaging(members, memberId, to)) return { ok: false, refusal: { code: 'last-manager' } }
    const deed = { personId: memberId, actor: manager.id, at }
    if (to === null) await endMembership(db, id, { ...deed, what: 'association.member-removed' })
    else await setRights(db, id, { ...deed, rights: to, what: 'association.rights-changed' })
    return { ok: true }
  })
}
