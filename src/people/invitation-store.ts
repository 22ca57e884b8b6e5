import { and, asc, desc, eq, gt, isNull, lte } from 'drizzle-orm'
import type { Reads, Writes } from '../platform/db/database.ts'
import type { Invitation } from './invitation.ts'
import { invitations } from './table.ts'

const open = (now: number) => and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt), gt(invitations.expiresAt, now))

/** The invitations of an association that can still be accepted, the latest first. */
export const openInvitationsOf = (db: Reads, associationId: string, now: number): Promise<Invitation[]> =>
  db.select().from(invitations).where(and(eq(invitations.associationId, associationId), open(now))).orderBy(desc(invitations.createdAt), asc(invitations.id))

export async function invitationById(db: Reads, id: string): Promise<Invitation | null> {
  const [found] = await db.select().from(invitations).where(eq(invitations.id, id))
  return found ?? null
}

export async function invitationByToken(db: Reads, tokenHash: string): Promise<Invitation | null> {
  const [found] = await db.select().from(invitations).where(eq(invitations.tokenHash, tokenHash))
  return found ?? null
}

export async function insertInvitation(db: Writes, invitation: typeof invitations.$inferInsert): Promise<void> {
  await db.insert(invitations).values(invitation).returning({ id: invitations.id })
}

/** Marks an open invitation; false when somebody was first. */
export async function closeInvitation(db: Writes, id: string, change: { acceptedAt: number } | { revokedAt: number }): Promise<boolean> {
  const closed = await db.update(invitations).set(change)
    .where(and(eq(invitations.id, id), isNull(invitations.acceptedAt), isNull(invitations.revokedAt))).returning({ id: invitations.id })
  return closed.length > 0
}

/** Takes back what a person has sent for an association and nobody has accepted. */
export async function revokeInvitationsBy(db: Writes, associationId: string, personId: string, now: number): Promise<void> {
  await db.update(invitations).set({ revokedAt: now })
    .where(and(eq(invitations.associationId, associationId), eq(invitations.invitedById, personId), open(now))).returning({ id: invitations.id })
}

export async function deleteInvitationsOver(db: Writes, before: number): Promise<void> {
  await db.delete(invitations).where(lte(invitations.expiresAt, before)).returning({ id: invitations.id })
}
