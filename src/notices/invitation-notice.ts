import type { MemberRights } from '../people/member.ts'
import type { Notice, Words } from './notice.ts'

/** Who invites into what; `until` is the instant when the link stops working. */
export type Inviting = { inviter: string; association: string; rights: MemberRights; href: string; until: number }

/** The mail to somebody invited into an association. It goes to an address nobody has confirmed, so it says whom to blame. */
export function invitationNotice({ t, f, city, contact }: Words, { inviter, association, rights, href, until }: Inviting): Notice {
  return {
    subject: t('mail.invitation.subject', { association }),
    paragraphs: [t('mail.invitation.intro', { inviter, association }), t(`mail.invitation.${rights}`), t('mail.invitation.ignore')],
    facts: [{ label: t('mail.invitation.until'), value: f.fullDate(until - 1) }],
    list: null,
    link: { text: t('mail.invitation.link'), href },
    closing: t('mail.closing', { city, contact }),
  }
}
