import type { Context } from '../context.ts'
import { associationById } from '../people/association-store.ts'
import { invitationToken } from '../people/invitation-actions.ts'
import { invitationById } from '../people/invitation-store.ts'
import { callName } from '../people/person.ts'
import { personByEmail, personById } from '../people/store.ts'
import { withPrefix } from '../platform/web/language.ts'
import { setting, wordsIn } from './actions.ts'
import { invitationNotice } from './invitation-notice.ts'

/**
 * Sends an invitation in the invited person's language, or the inviter's when nobody has that address yet. One that was
 * taken back meanwhile is not sent. `id` names the mail.
 */
export async function sendInvitation(ctx: Context, invitationId: string, id: string): Promise<void> {
  const invitation = await invitationById(ctx.db, invitationId)
  if (!invitation || invitation.acceptedAt !== null || invitation.revokedAt !== null || invitation.expiresAt <= ctx.clock.now()) return
  const association = await associationById(ctx.db, invitation.associationId)
  const inviter = await personById(ctx.db, invitation.invitedById)
  if (!association || !inviter) throw new Error(`nobody to invite for ${invitationId}`)
  const lang = (await personByEmail(ctx.db, invitation.email))?.language ?? inviter.language
  const token = invitationToken(ctx.config.sessionSecret, invitationId)
  const notice = invitationNotice(wordsIn(ctx, lang), {
    inviter: callName(inviter),
    association: association.name,
    rights: invitation.rights,
    href: `${ctx.config.baseUrl}${withPrefix(lang, `/associations/invitations/${token}`)}`,
    until: invitation.expiresAt,
  })
  await ctx.mailer.send({ id, to: invitation.email, ...setting(notice, lang) })
}
