import { and, eq, isNotNull } from 'drizzle-orm'
import { maySee } from '../people/roles.ts'
import { personById } from '../people/store.ts'
import { associations, memberships, persons } from '../people/table.ts'
import type { Reads } from '../platform/db/database.ts'
import type { Area, Catalogue, Listed, Unit } from '../spaces/catalogue.ts'
import { catalogueOf, redirectOf } from '../spaces/store.ts'
import type { Address } from './address-store.ts'
import type { Reader } from './event.ts'

/** Whose bookings a feed tells, and to whom. */
export type Feed = {
  key: `${'space' | 'unit' | 'area' | 'person' | 'association' | 'staff'}:${string}`
  reader: Reader
  /** Grows with every change of those bookings. */
  revision: number
  catalogue: Catalogue
  of: { listed: Listed } | { unit: Unit } | { area: Area } | { personId: string } | { association: { id: string; name: string } }
}

/** A renamed unit or space lives under another slug now. */
export type Moved = { movedTo: string }

/** A space's public feed; null when there never was such a space. */
export async function spaceFeed(db: Reads, slug: string): Promise<Feed | Moved | null> {
  const catalogue = await catalogueOf(db)
  const listed = catalogue.spaceBySlug.get(slug)
  if (!listed) {
    const moved = catalogue.spaceById.get((await redirectOf(db, 'space', slug)) ?? '')
    return moved ? { movedTo: moved.space.slug } : null
  }
  const { id } = listed.space
  return { key: `space:${id}`, reader: 'public', revision: await revisionOf(db, 'spaces', id), catalogue, of: { listed } }
}

/** What every calendar program asks for every hour: plain rows, as Drizzle's mapping would cost more than the query. */
async function revisionOf(db: Reads, table: 'spaces' | 'units' | 'areas', id: string): Promise<number> {
  const [[revision] = [0]] = await db.rows<[revision: number]>(`select revision from ${table} where id = ?`, [id])
  return Number(revision)
}

/** The public feed of all spaces of a unit; null when there never was such a unit. */
export async function unitFeed(db: Reads, slug: string): Promise<Feed | Moved | null> {
  const catalogue = await catalogueOf(db)
  const unit = catalogue.unitBySlug.get(slug)
  if (!unit) {
    const moved = catalogue.units.get((await redirectOf(db, 'unit', slug)) ?? '')
    return moved ? { movedTo: moved.slug } : null
  }
  return { key: `unit:${unit.id}`, reader: 'public', revision: await revisionOf(db, 'units', unit.id), catalogue, of: { unit } }
}

/** The public feed of all spaces of an area and of the areas below it; null when there is no such area. */
export async function areaFeed(db: Reads, slug: string): Promise<Feed | null> {
  const catalogue = await catalogueOf(db)
  const area = catalogue.areaBySlug.get(slug)
  if (!area) return null
  return { key: `area:${area.id}`, reader: 'public', revision: await revisionOf(db, 'areas', area.id), catalogue, of: { area } }
}

/** What a secret address tells now; null when its owner has lost the right to that. */
export function secretFeed(db: Reads, { kind, subjectId, personId }: Address): Promise<Feed | null> {
  if (kind === 'person') return personFeed(db, personId)
  return kind === 'association' ? associationFeed(db, subjectId, personId) : staffFeed(db, subjectId, personId)
}

/** Every booking of a person. */
async function personFeed(db: Reads, personId: string): Promise<Feed> {
  const [row] = await db.select({ revision: persons.revision }).from(persons).where(eq(persons.id, personId))
  const catalogue = await catalogueOf(db)
  return { key: `person:${personId}`, reader: 'owner', revision: row?.revision ?? 0, catalogue, of: { personId } }
}

/** Every booking made for an association, as long as the reader is a confirmed member. */
async function associationFeed(db: Reads, associationId: string, personId: string): Promise<Feed | null> {
  const [found] = await db
    .select({ id: associations.id, name: associations.name, revision: associations.revision })
    .from(memberships).innerJoin(associations, eq(associations.id, memberships.associationId))
    .where(and(eq(memberships.associationId, associationId), eq(memberships.personId, personId), isNotNull(memberships.confirmedAt)))
  if (!found) return null
  const { revision, ...association } = found
  return { key: `association:${association.id}`, reader: 'member', revision, catalogue: await catalogueOf(db), of: { association } }
}

/** Every booking of a unit, as long as the reader works for it. */
async function staffFeed(db: Reads, unitId: string, personId: string): Promise<Feed | null> {
  const catalogue = await catalogueOf(db)
  const unit = catalogue.units.get(unitId)
  const person = await personById(db, personId)
  if (!unit || !person || !maySee(person.roles, { unitId, areaIds: unit.areaIds })) return null
  return { key: `staff:${unitId}`, reader: 'staff', revision: await revisionOf(db, 'units', unitId), catalogue, of: { unit } }
}
