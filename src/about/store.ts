import { eq } from 'drizzle-orm'
import type { Reads } from '../platform/db/database.ts'
import { contactMessages } from './table.ts'

export type ContactMessage = typeof contactMessages.$inferSelect

/** Null when it was never written, or is forgotten. */
export async function messageById(db: Reads, id: string): Promise<ContactMessage | null> {
  const [message] = await db.select().from(contactMessages).where(eq(contactMessages.id, id))
  return message ?? null
}
