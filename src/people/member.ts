/** What a confirmed member may do: book in the association's name, or also invite and remove members. */
export const memberRights = ['books', 'manages'] as const
export type MemberRights = (typeof memberRights)[number]
