import { and, asc, eq, isNotNull } from 'drizzle-orm'
import type { Person } from '../people/person.ts'
import { maySee } from '../people/roles.ts'
import { associations, memberships } from '../people/table.ts'
import type { Reads } from '../platform/db/database.ts'
import type { Text } from '../platform/i18n/text.ts'
import { catalogueOf } from '../spaces/store.ts'
import { own, type Subject } from './subject.ts'

/** A subject with its name; one's own bookings have none. */
export type Named = Subject & { name: Text | string }

/** Everything that a person may have addresses for now: their own, where they are a confirmed member, where they work. */
export async function subjectsFor(db: Reads, person: Person): Promise<Named[]> {
  const confirmed = await db
    .select({ subjectId: associations.id, name: associations.name })
    .from(memberships).innerJoin(associations, eq(associations.id, memberships.associationId))
    .where(and(eq(memberships.personId, person.id), isNotNull(memberships.confirmedAt)))
    .orderBy(asc(associations.name), asc(associations.id))
  const units = person.roles.length ? [...(await catalogueOf(db)).units.values()] : []
  return [
    { ...own, name: '' },
    ...confirmed.map((one) => ({ kind: 'association' as const, ...one })),
    ...units
      .filter(({ id, areaIds }) => maySee(person.roles, { unitId: id, areaIds }))
      .map(({ id, name }) => ({ kind: 'unit' as const, subjectId: id, name })),
  ]
}
