import { z } from 'zod'
import { memberRights, type MemberRights } from './member.ts'
import { emailField } from './person.ts'

/** A fortnight, in milliseconds. */
export const invitationLivesMs = 14 * 86_400_000
/** How many may be open at once for one association. */
export const openInvitationsAtMost = 20

export type Invitation = {
  id: string
  associationId: string
  email: string
  rights: MemberRights
  invitedById: string
  createdAt: number
  expiresAt: number
  acceptedAt: number | null
  revokedAt: number | null
}

/** Why an invitation cannot be accepted; `not-yours` is one sent to another address. */
export type InvitationFault = 'unknown' | 'used' | 'revoked' | 'expired' | 'not-yours'

/** What stands in the way of somebody with this address, or null. To others an invitation tells nothing, not even its end. */
export function invitationFault(invitation: Invitation | null, email: string, now: number): InvitationFault | null {
  if (invitation === null) return 'unknown'
  if (invitation.email !== email) return 'not-yours'
  if (invitation.acceptedAt !== null) return 'used'
  if (invitation.revokedAt !== null) return 'revoked'
  return invitation.expiresAt <= now ? 'expired' : null
}

/** Why an invitation is not sent. */
export type InvitingRefusal = { code: 'member-already' } | { code: 'invited-already' } | { code: 'too-many-invitations'; limit: number }

/** Asked before an invitation is made: who is a confirmed member already, and which invitations are open. */
export function invitingRefusal(email: string, members: readonly { email: string }[], open: readonly { email: string }[]): InvitingRefusal | null {
  if (members.some((one) => one.email === email)) return { code: 'member-already' }
  if (open.some((one) => one.email === email)) return { code: 'invited-already' }
  return open.length >= openInvitationsAtMost ? { code: 'too-many-invitations', limit: openInvitationsAtMost } : null
}

export const invitingForm = z.object({ email: emailField, rights: z.enum(memberRights, 'people.error.rights') })
