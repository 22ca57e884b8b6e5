import { eq } from 'drizzle-orm'
import { nanoId } from '../../platform/ids.ts'
import type { Writes } from '../../platform/db/database.ts'
import { associations, memberships, persons, staffRoles } from '../../people/table.ts'
import type { StaffRole } from '../../people/roles.ts'
import { units } from '../../spaces/table.ts'

/** People to try the service with, outside production. Their addresses are example.org's: no mail can reach anybody. */
export const demoPeople = [
  { email: 'maija.jasen@example.org', name: 'Maija Jäsen', phone: '040 000 0001', role: null },
  { email: 'kalle.hoitaja@example.org', name: 'Kalle Hoitaja', phone: '040 000 0002', role: 'manager' },
  { email: 'kerttu.koordinaattori@example.org', name: 'Kerttu Koordinaattori', phone: '040 000 0003', role: 'coordinator' },
] as const

export const managedUnit = 'kallion-ala-asteen-koulu'
export const demoAssociation = { name: 'Esimerkkikerho ry', registerNumber: '100001' }

/** The member's association, the manager's school and the coordinator's city. */
export async function seedPeople(db: Writes, now: number): Promise<void> {
  const [unit] = await db.select({ id: units.id }).from(units).where(eq(units.slug, managedUnit)).limit(1)
  if (!unit) throw new Error(`no unit ${managedUnit} for the demo manager`)
  const associationId = nanoId()
  await db.insert(associations).values({
    id: associationId, ...demoAssociation, verifiedAt: now, createdAt: now,
  }).returning({ id: associations.id })
  for (const { email, name, phone, role } of demoPeople) {
    const personId = nanoId()
    await db.insert(persons).values({ id: personId, email, name, phone, language: 'fi', createdAt: now }).returning({ id: persons.id })
    if (role === null) {
      await db.insert(memberships).values({ associationId, personId, createdAt: now, confirmedAt: now, rights: 'manages' }).returning({ id: memberships.personId })
      continue
    }
    const scope: Pick<StaffRole, 'scopeKind' | 'scopeId'> = role === 'manager' ? { scopeKind: 'unit', scopeId: unit.id } : { scopeKind: 'city', scopeId: '' }
    await db.insert(staffRoles).values({ id: nanoId(), personId, role, ...scope }).returning({ id: staffRoles.id })
  }
}
