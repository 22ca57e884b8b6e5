import type { Writes } from '../../platform/db/database.ts'
import type { Person } from '../../people/person.ts'
import { personById } from '../../people/store.ts'
import { associations, memberships, persons } from '../../people/table.ts'
import type { Dice } from './dice.ts'
import { associationName, clubOf, personName } from './names.ts'

/** Who books, for which association, and what that does. */
export type DemoPerson = { person: Person; association: { name: string; registerNumber: string; title: string; moves: boolean } | null }

const [clubs, membersEach, others] = [26, 2, 28]

/** Invented people and associations, each member confirmed; after the first demo people, so that these stay on top of the list to sign in as. */
export async function seedDemoCrowd(db: Writes, now: number, dice: Dice): Promise<DemoPerson[]> {
  const createdAt = now + 1
  const associationRows = Array.from({ length: clubs }, (_, i) => ({
    id: dice.id(), name: associationName(i), registerNumber: String(100_100 + i), verifiedAt: i % 6 === 5 ? null : now, createdAt,
  }))
  const personRows = Array.from({ length: clubs * membersEach + others }, (_, i) => ({
    id: dice.id(), email: `demo-${i + 1}@example.org`, name: personName(dice), phone: `040 000 ${String(1001 + i)}`,
    language: i % 9 === 8 ? 'sv' as const : i % 11 === 10 ? 'en' as const : 'fi' as const, createdAt,
  }))
  await db.insert(associations).values(associationRows).returning({ id: associations.id })
  await db.insert(persons).values(personRows).returning({ id: persons.id })
  const associationOf = (i: number) => associationRows[Math.floor(i / membersEach)]
  await db.insert(memberships).values(personRows.slice(0, clubs * membersEach).map(({ id }, i) => ({
    associationId: associationOf(i)!.id, personId: id, declaredName: associationOf(i)!.name, createdAt, confirmedAt: associationOf(i)!.verifiedAt,
  }))).returning({ id: memberships.personId })
  const made: DemoPerson[] = []
  for (const [i, { id }] of personRows.entries()) {
    const person = await personById(db, id)
    const own = associationOf(i)
    const { title, moves } = clubOf(Math.floor(i / membersEach))
    if (person) made.push({ person, association: own ? { name: own.name, registerNumber: own.registerNumber, title, moves } : null })
  }
  return made
}
