import { asc, eq, sql } from 'drizzle-orm'
import { translators } from '../platform/i18n/messages.ts'
import { languages } from '../platform/i18n/text.ts'
import { nanoId } from '../platform/ids.ts'
import type { Reads, Writes } from '../platform/db/database.ts'
import { prepared } from '../platform/db/prepared.ts'
import { storedCalendar } from '../time/store.ts'
import { areaChain, wordsOf, type Area, type Catalogue, type Listed, type Unit } from './catalogue.ts'
import type { Opening } from './opening.ts'
import { limitsOf, notLentOf, type Restriction } from './restriction.ts'
import { sharePart, type Space } from './space.ts'
import { areas, areaShapes, catalogueVersion, closures, openings, restrictions, slugRedirects, spaceParts, spaces, units } from './table.ts'

/** Versions are random, so one cache serves every handle of every database of this process. */
const kept = new Map<string, Promise<Catalogue>>()
const keepAtMost = 3

/** The catalogue as of now (or as of the transaction that `db` belongs to): one row is read, the rest is in memory. */
export async function catalogueOf(db: Reads): Promise<Catalogue> {
  const [[version] = ['empty']] = await db.rows<[version: string]>('select version from catalogue_version where id = 1', [])
  if (version === 'empty') return load(db, version)
  let found = kept.get(version)
  if (!found) {
    found = load(db, version)
    kept.set(version, found)
    found.catch(() => kept.delete(version))
    for (const old of [...kept.keys()].slice(0, -keepAtMost)) kept.delete(old)
  }
  return found
}

/** Says that premises, openings, closures, restrictions, holidays or terms changed; call it in the transaction that changes them. */
export async function markCatalogueChanged(db: Writes): Promise<void> {
  const version = nanoId()
  await db.insert(catalogueVersion).values({ id: 1, version }).onConflictDoUpdate({ target: catalogueVersion.id, set: { version } }).returning()
}

function grouped<T>(rows: T[], key: (row: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const at = key(row)
    if (at === null) continue
    const group = groups.get(at)
    if (group) group.push(row)
    else groups.set(at, [row])
  }
  return groups
}

/**
 * Written out field by field: copied from a row with so many columns, each space gets a shape of its own in V8, and
 * a search that reads a thousand shapes takes half as long again.
 */
function spaceOf(row: typeof spaces.$inferSelect, partIds: string[], restrictions: Restriction[]): Space {
  return {
    id: row.id,
    wholeId: row.wholeId,
    kind: row.kind,
    approval: restrictions.length > 0 ? 'person' : row.approval,
    minMinutes: row.minMinutes,
    maxMinutes: row.maxMinutes,
    stepMinutes: row.stepMinutes,
    daysAhead: row.daysAhead,
    people: row.people,
    slug: row.slug,
    unitId: row.unitId,
    name: row.name,
    areaM2: row.areaM2,
    partIds,
    equipment: row.equipment,
    accessibility: row.accessibility,
    supervision: row.supervision,
    alwaysPaid: row.alwaysPaid,
    bufferBefore: row.bufferBefore,
    bufferAfter: row.bufferAfter,
    restrictions,
    source: row.source,
  }
}

async function load(db: Reads, version: string): Promise<Catalogue> {
  const areaRows = await db.select().from(areas)
  const areaById = new Map<string, Area>(areaRows.map(({ revision: _, ...area }) => [area.id, area]))
  const limits = grouped(await db.select().from(restrictions).orderBy(asc(restrictions.validFrom), asc(restrictions.id)), (row) => row.unitId)
  const spaceRows = await db.select().from(spaces).orderBy(asc(spaces.position))
  const furnished = new Set(spaceRows.map(({ unitId }) => unitId))
  const unitById = new Map<string, Unit>()
  for (const { areaId, schoolNumber: _, revision: __, ...unit } of await db.select().from(units)) {
    unitById.set(unit.id, { ...unit, areaIds: areaChain(areaById, areaId), notLent: notLentOf(limits.get(unit.id) ?? [], furnished.has(unit.id)) })
  }
  const partsOf = grouped(await db.select().from(spaceParts).orderBy(asc(spaceParts.partId)), (row) => row.spaceId)
  const openingsOf = grouped(await db.select().from(openings).orderBy(asc(openings.id)), (row) => row.spaceId)
  const hoursShared = new Map<string, Opening[]>()
  const hoursOf = (spaceId: string): Opening[] => {
    const hours = (openingsOf.get(spaceId) ?? []).map(({ id: _, spaceId: __, ...opening }) => opening)
    const key = JSON.stringify(hours)
    return hoursShared.get(key) ?? (hoursShared.set(key, hours), hours)
  }
  const calendar = await storedCalendar(db)
  const closureRows = await db.select().from(closures).orderBy(asc(closures.startsAt))
  const [spaceClosures, unitClosures] = [grouped(closureRows, (row) => row.spaceId), grouped(closureRows, (row) => row.unitId)]

  const partIdsOf = (spaceId: string): string[] => (partsOf.get(spaceId) ?? []).map(({ partId }) => partId)

  const listed: Listed[] = []
  for (const row of spaceRows) {
    const unit = unitById.get(row.unitId)
    if (!unit) throw new Error(`space ${row.id} has no unit`)
    const partIds = partIdsOf(row.id)
    const space = spaceOf(row, partIds, limitsOf(limits.get(unit.id) ?? [], partIds, partIdsOf))
    const kindWords = languages.flatMap((lang) => [
      translators[lang](`spaces.kind.${space.kind}`), translators[lang](`spaces.unitKind.${unit.kind}`),
    ])
    listed.push({
      position: 0,
      room: 0,
      space,
      unit,
      openings: hoursOf(row.id),
      calendar,
      closures: [...(spaceClosures.get(row.id) ?? []), ...(unitClosures.get(unit.id) ?? [])].map((closure) => ({
        start: closure.startsAt, end: closure.endsAt, reason: closure.reason,
      })),
      words: wordsOf(space, unit, areaById, kindWords),
    })
  }
  const collator = new Intl.Collator('fi', { numeric: true })
  const nameOf = (unit: Unit): string => unit.name.fi ?? unit.name.sv ?? ''
  listed.sort((a, b) => collator.compare(nameOf(a.unit), nameOf(b.unit)) || (a.unit.id < b.unit.id ? -1 : a.unit.id > b.unit.id ? 1 : 0))
  const spaceById = new Map(listed.map((one) => [one.space.id, one]))
  listed.forEach((one, position) => (one.position = position))
  for (const one of listed) one.room = spaceById.get(one.space.wholeId ?? one.space.id)?.position ?? one.position
  return {
    version,
    areas: areaById,
    areaBySlug: new Map([...areaById.values()].map((area) => [area.slug, area])),
    shapes: new Map((await db.select().from(areaShapes)).map(({ areaId, shape }) => [areaId, shape])),
    units: unitById,
    unitBySlug: new Map([...unitById.values()].map((unit) => [unit.slug, unit])),
    spaces: listed,
    spaceById,
    spaceBySlug: new Map(listed.map((one) => [one.space.slug, one])),
    spacesOfUnit: grouped(listed, (one) => one.unit.id),
    calendar,
  }
}

/** Where a renamed unit or space lives now; null when the slug was never used. */
export async function redirectOf(db: Reads, kind: 'unit' | 'space', slug: string): Promise<string | null> {
  const [row] = await db.select().from(slugRedirects).where(sql`${slugRedirects.kind} = ${kind} and ${slugRedirects.slug} = ${slug}`)
  return row?.targetId ?? null
}

/**
 * Bumps what the feeds of a space, its unit and its areas hang on; in the transaction that changes a booking. A booking
 * of a gym's half makes the whole gym busy, so every space that shares a part is bumped.
 */
export async function bumpRevisions(db: Writes, { spacesOfUnit }: Catalogue, { space, unit }: Listed): Promise<void> {
  for (const other of spacesOfUnit.get(unit.id) ?? []) if (sharePart(other.space, space)) await bumpSpace(db, { id: other.space.id })
  await bumpUnit(db, { id: unit.id })
  for (const id of unit.areaIds) await bumpArea(db, { id })
}

const bumpSpace = prepared<{ id: string }, unknown>((db, value) =>
  db.update(spaces).set({ revision: sql`${spaces.revision} + 1` }).where(eq(spaces.id, value('id'))).returning({ id: spaces.id }))
const bumpUnit = prepared<{ id: string }, unknown>((db, value) =>
  db.update(units).set({ revision: sql`${units.revision} + 1` }).where(eq(units.id, value('id'))).returning({ id: units.id }))
const bumpArea = prepared<{ id: string }, unknown>((db, value) =>
  db.update(areas).set({ revision: sql`${areas.revision} + 1` }).where(eq(areas.id, value('id'))).returning({ id: areas.id }))
