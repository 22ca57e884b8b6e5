import type { Writes } from '../../src/platform/db/database.ts'
import { associations, memberships, persons, staffRoles } from '../../src/people/table.ts'

/** Who lives in the tests. Ids are names, so that a failure reads as a story. */
export const cast = {
  /** Member of Kallion Sulka ry, whose register number staff has verified. */
  maija: 'maija',
  /** A neighbour without any association. */
  olli: 'olli',
  /** Manages the school; also a member of Kallion Sulka ry. */
  kalle: 'kalle',
  /** Manages the youth centre. */
  mona: 'mona',
  /** Keeps the rules of the whole city. */
  kerttu: 'kerttu',
} as const
export type Name = keyof typeof cast

export async function seedCast(db: Writes, now: number): Promise<void> {
  await db.insert(persons).values(Object.values(cast).map((id) => ({
    id, email: `${id}@example.org`, name: `${id[0]!.toUpperCase()}${id.slice(1)} Mallikas`, phone: '040 123 4567',
    language: id === 'mona' ? 'sv' as const : 'fi' as const, createdAt: now,
  }))).returning()
  await db.insert(associations).values({ id: 'sulka', name: 'Kallion Sulka ry', registerNumber: '123456', businessId: null, verifiedAt: now, createdAt: now }).returning()
  await db.insert(memberships).values(['maija', 'kalle'].map((personId) => ({ associationId: 'sulka', personId, createdAt: now, confirmedAt: now }))).returning()
  await db.insert(staffRoles).values([
    { id: 'r1', personId: 'kalle', role: 'manager', scopeKind: 'unit', scopeId: 'koulu' },
    { id: 'r2', personId: 'mona', role: 'manager', scopeKind: 'unit', scopeId: 'nuoriso' },
    { id: 'r3', personId: 'kerttu', role: 'coordinator', scopeKind: 'city', scopeId: '' },
  ]).returning()
}
