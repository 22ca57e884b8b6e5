import type { Context } from '../context.ts'
import { record } from '../history/store.ts'
import type { Writes } from '../platform/db/database.ts'
import { endMembership, setRights } from './association-actions.ts'
import { everyMember, lockAssociation, updateAssociation, type Member } from './association-store.ts'
import type { MemberRights } from './member.ts'
import type { Person } from './person.ts'
import { mayVerify } from './roles.ts'
import type { Association } from './store.ts'

/** What a coordinator's deed answers; null means that there is no such association or member. */
export type Kept = { ok: true } | { ok: false; refusal: { code: 'own-association' } } | null

/** Nobody verifies or confirms their own association, as nobody decides its requests (rulings 17; hallintolaki 27–30 §). */
export const isOwn = (members: readonly Pick<Member, 'personId'>[], official: Person): boolean =>
  members.some(({ personId }) => personId === official.id)

/** Does a coordinator's deed to an association that is not their own; `deed` answers false when its object is not there. */
async function keep(
  ctx: Context,
  official: Person,
  id: string,
  deed: (db: Writes, found: { association: Association; members: Member[]; at: number }) => Promise<boolean>,
): Promise<Kept> {
  if (!mayVerify(official.roles)) return null
  const at = ctx.clock.now()
  return ctx.db.transaction(async (db): Promise<Kept> => {
    const association = await lockAssociation(db, id)
    if (!association) return null
    const members = await everyMember(db, id)
    if (isOwn(members, official)) return { ok: false, refusal: { code: 'own-association' } }
    return (await deed(db, { association, members, at })) ? { ok: true } : null
  })
}

async function rename(db: Writes, { id, name, revision }: Association, to: string, { actor, at }: { actor: string; at: number }): Promise<void> {
  if (name === to) return
  // The association's feed carries its name.
  await updateAssociation(db, id, { name: to, revision: revision + 1 })
  await record(db, { at, actor, what: 'association.renamed', subject: id, particulars: { from: name, to } })
}

/** Notes that the number was looked up in its register, where the association has this name. */
export const verifyAssociation = (ctx: Context, official: Person, id: string, name: string): Promise<Kept> =>
  keep(ctx, official, id, async (db, { association, at }) => {
    await rename(db, association, name, { actor: official.id, at })
    if (association.verifiedAt !== null) return true
    await updateAssociation(db, id, { verifiedAt: at, verifiedById: official.id })
    await record(db, { at, actor: official.id, what: 'association.verified', subject: id })
    return true
  })

/** Takes a verification back: from now on its members count as declared. */
export const unverifyAssociation = (ctx: Context, official: Person, id: string): Promise<Kept> =>
  keep(ctx, official, id, async (db, { association, at }) => {
    if (association.verifiedAt === null) return true
    await updateAssociation(db, id, { verifiedAt: null, verifiedById: null })
    await record(db, { at, actor: official.id, what: 'association.unverified', subject: id })
    return true
  })

export const renameAssociation = (ctx: Context, official: Person, id: string, name: string): Promise<Kept> =>
  keep(ctx, official, id, async (db, { association, at }) => {
    await rename(db, association, name, { actor: official.id, at })
    return true
  })

/** Confirms the membership of one who names the association, or changes what a confirmed member may do. */
export const confirmMember = (ctx: Context, official: Person, id: string, personId: string, rights: MemberRights): Promise<Kept> =>
  keep(ctx, official, id, async (db, { members, at }) => {
    const member = members.find((one) => one.personId === personId)
    if (!member) return false
    const what = member.confirmedAt === null ? 'association.member-confirmed' : 'association.rights-changed'
    await setRights(db, id, { personId, rights, actor: official.id, what, at })
    return true
  })

/** Ends a membership, declared or confirmed, the last manager's too: only staff can help when that one is gone. */
export const endMember = (ctx: Context, official: Person, id: string, personId: string): Promise<Kept> =>
  keep(ctx, official, id, (db, { at }) => endMembership(db, id, { personId, actor: official.id, what: 'association.member-removed', at }))
