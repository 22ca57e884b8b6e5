import type { Writes } from '../../platform/db/database.ts'
import { associations, memberships, persons } from '../../people/table.ts'
import type { Dice } from './dice.ts'
import { associationName, personName } from './names.ts'

type Someone = { id: string; name: string; phone: string }
export type Member = Someone & { association: { id: string; standing: 'verified' | 'declared' } }
/** Half of them are members of associations, the others book for themselves and their friends. */
export type Crowd = { members: Member[]; others: Someone[] }

const membersEach = 12
const perStatement = 500

/** Invented people with addresses that no mail can reach, and associations of a dozen members each, most of them verified. */
export async function seedCrowd(db: Writes, howMany: number, now: number, dice: Dice): Promise<Crowd> {
  const people = Array.from({ length: howMany }, (_, i) => ({
    id: dice.id(), email: `asukas-${i + 1}@example.org`, name: personName(dice), phone: `040 ${String(1_000_000 + i)}`,
    language: dice.weighed([{ is: 'fi' as const, weight: 80 }, { is: 'sv' as const, weight: 8 }, { is: 'en' as const, weight: 12 }]).is, createdAt: now,
  }))
  const members = people.slice(0, Math.ceil(howMany / 2))
  const clubs = Array.from({ length: Math.ceil(members.length / membersEach) }, (_, i) => ({
    id: dice.id(), name: associationName(i), registerNumber: String(200_001 + i), verifiedAt: dice.next() < 0.85 ? now : null, createdAt: now,
  }))
  const joined = members.map((person, i) => ({ person, club: clubs[Math.floor(i / membersEach)]! }))
  for (const rows of parted(people)) await db.insert(persons).values(rows).returning({ id: persons.id })
  for (const rows of parted(clubs)) await db.insert(associations).values(rows).returning({ id: associations.id })
  for (const rows of parted(joined)) {
    await db.insert(memberships).values(rows.map(({ person, club }) => ({
      associationId: club.id, personId: person.id, declaredName: club.name, createdAt: now, confirmedAt: club.verifiedAt,
    }))).returning({ id: memberships.personId })
  }
  return {
    members: joined.map(({ person: { id, name, phone }, club }) => ({
      id, name, phone, association: { id: club.id, standing: club.verifiedAt === null ? 'declared' : 'verified' },
    })),
    others: people.slice(members.length).map(({ id, name, phone }) => ({ id, name, phone })),
  }
}

const parted = <T>(rows: T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / perStatement) }, (_, i) => rows.slice(i * perStatement, (i + 1) * perStatement))
