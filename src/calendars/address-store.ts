import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import type { Reads, Writes } from '../platform/db/database.ts'
import { feedAddresses } from './table.ts'

export type Address = typeof feedAddresses.$inferSelect

/** The secret addresses of a person that still work, the newest first. */
export const addressesOf = (db: Reads, personId: string): Promise<Address[]> =>
  db
    .select().from(feedAddresses).where(and(eq(feedAddresses.personId, personId), isNull(feedAddresses.revokedAt)))
    .orderBy(desc(feedAddresses.createdAt), asc(feedAddresses.id))

/** The address behind a secret's hash; null when it was revoked or never was. */
export async function addressByHash(db: Reads, tokenHash: string): Promise<Address | null> {
  const [found] = await db
    .select().from(feedAddresses).where(and(eq(feedAddresses.tokenHash, tokenHash), isNull(feedAddresses.revokedAt)))
  return found ?? null
}

export async function insertAddress(db: Writes, address: Address): Promise<void> {
  await db.insert(feedAddresses).values(address).returning({ id: feedAddresses.id })
}

export async function updateAddress(db: Writes, id: string, change: Partial<Omit<Address, 'id' | 'personId'>>): Promise<void> {
  await db.update(feedAddresses).set(change).where(eq(feedAddresses.id, id)).returning({ id: feedAddresses.id })
}
