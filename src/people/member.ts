import { z } from 'zod'

/** What a confirmed member may do: book in the association's name, or also invite and remove members. */
export const memberRights = ['books', 'manages'] as const
export type MemberRights = (typeof memberRights)[number]

export const rightsForm = z.object({ rights: z.enum(memberRights, 'people.error.rights') })

/** A confirmed member as the rule about managers sees them. */
export type Holder = { personId: string; rights: MemberRights }

/**
 * Whether a change would leave members without anybody who manages: somebody's rights go down to `books`, or with `null`
 * they leave. Who is alone may leave: nobody is left behind.
 */
export function endsManaging(members: readonly Holder[], personId: string, to: MemberRights | null): boolean {
  const manages = members.some((one) => one.personId === personId && one.rights === 'manages')
  const others = members.filter((one) => one.personId !== personId)
  if (!manages || to === 'manages' || others.some(({ rights }) => rights === 'manages')) return false
  return to !== null || others.length > 0
}

/** The wider of two rights: an invitation takes nothing away. */
export const wider = (a: MemberRights, b: MemberRights): MemberRights => (a === 'manages' ? a : b)

/** What is suggested when a membership is confirmed: somebody has to manage first. */
export const suggestedRights = (confirmed: readonly Holder[]): MemberRights =>
  (confirmed.some(({ rights }) => rights === 'manages') ? 'books' : 'manages')
