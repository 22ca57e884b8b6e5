import type { Database } from '../../platform/db/database.ts'
import { persons } from '../../people/table.ts'
import { units } from '../../spaces/table.ts'
import { seedPeople } from './people.ts'
import { seedPremises } from './premises.ts'
import { seedReference } from './reference.ts'

type Seeded = { units: number; spaces: number }

/** Loads the bundled premises with holidays, terms and the example rule book when the database has no units; else null. */
export async function seedCity(db: Database, now: number): Promise<Seeded | null> {
  const [known] = await db.select({ id: units.id }).from(units).limit(1)
  if (known) return null
  return db.transaction(async (db) => {
    await seedReference(db, now)
    return seedPremises(db, now)
  })
}

/** The city, and outside production people to try it with. */
export async function seedDemo(db: Database, now: number): Promise<Seeded | null> {
  const seeded = await seedCity(db, now)
  const [known] = await db.select({ id: persons.id }).from(persons).limit(1)
  if (!known) await db.transaction((db) => seedPeople(db, now))
  return seeded
}
