import { fold } from './slug.ts'

export type BuildingRow = { id: string; address: string | null; postalCode: string | null; lat: number; lon: number }

/** What of a unit decides which building it stands in. */
export type Standing = { id: string; address: string | null; postalCode: string | null; lat: number; lon: number }

export type Point = { lat: number; lon: number }

/** Units nearer than this share a building until somebody says otherwise (rulings 15). */
export const sameBuildingMetres = 60
const earthRadius = 6_371_000

/** Metres between two points; flat-earth, right to a metre within a city. */
export function metresBetween(a: Point, b: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const east = radians(b.lon - a.lon) * Math.cos(radians((a.lat + b.lat) / 2))
  return earthRadius * Math.hypot(radians(b.lat - a.lat), east)
}

/** A unit that looks for a building, and the one it leaves. */
export type Seeking = Standing & { leaves?: string | null }
export type Settled = { unit: Standing; buildingId: string }

/**
 * Finds each seeking unit a building: that of a settled unit within 60 m or at the same address, also by way of another
 * seeking unit, else a known one that stands empty there, else a new one called after its first unit by id. The answer
 * does not hang on the order of the rows. `buildings` are those in use: each has the point of its first unit by id and
 * the first address known.
 */
export function buildingsOf(seeking: readonly Seeking[], settled: readonly Settled[] = [], known: readonly BuildingRow[] = []): {
  buildings: BuildingRow[]
  buildingOf: Map<string, string>
} {
  const buildingOf = new Map(settled.map(({ unit, buildingId }) => [unit.id, buildingId]))
  const members = new Map<string, Standing[]>()
  for (const { unit, buildingId } of settled) add(members, buildingId, unit)
  const taken = new Set([...known.map(({ id }) => id), ...members.keys()])

  const occupied = closeBy(settled.map(({ unit }) => unit))
  const empty = closeBy(known.filter(({ id }) => !members.has(id)))
  for (const group of groupsOf(seeking)) {
    const left = new Set(group.map(({ leaves }) => leaves))
    const joined = smallest(group.flatMap(occupied).map(({ id }) => buildingOf.get(id) ?? '').filter((id) => !left.has(id)))
      ?? smallest(group.flatMap(empty).map(({ id }) => id).filter((id) => !left.has(id)))
    const id = joined ?? freeId(`building:${group[0]?.id}`, taken)
    taken.add(id)
    for (const unit of group) {
      buildingOf.set(unit.id, id)
      add(members, id, unit)
    }
  }
  return { buildings: [...members].flatMap(([id, units]) => rowOf(id, units)), buildingOf }
}

/** Seeking units that share a door, also by way of a third one; the first by id leads each group and the whole. */
function groupsOf<T extends Standing>(units: readonly T[]): T[][] {
  const left = new Map([...units].sort(byId).map((unit) => [unit.id, unit]))
  const near = closeBy(units)
  const groups: T[][] = []
  for (const first of left.values()) {
    left.delete(first.id)
    const group = [first]
    for (const member of group) {
      for (const other of near(member)) if (left.delete(other.id)) group.push(other)
    }
    groups.push(group.sort(byId))
  }
  return groups
}

// A cell is 60 m high, and 60 m wide in the far north, where degrees of longitude are shortest.
const cellHeight = sameBuildingMetres / 111_194
const cellWidth = cellHeight / Math.cos((71 * Math.PI) / 180)

/** Answers which of the units share a door with another: within 60 m, or at the same address. */
function closeBy<T extends Standing>(units: readonly T[]): (unit: Standing) => T[] {
  const cells = new Map<string, T[]>()
  const doors = new Map<string, T[]>()
  const cellOf = ({ lat, lon }: Point): [number, number] => [Math.floor(lat / cellHeight), Math.floor(lon / cellWidth)]
  for (const unit of units) {
    add(cells, cellOf(unit).join(), unit)
    const door = doorOf(unit)
    if (door) add(doors, door, unit)
  }
  return (unit) => {
    const [row, column] = cellOf(unit)
    const around = [-1, 0, 1].flatMap((up) => [-1, 0, 1].flatMap((aside) => cells.get(`${row + up},${column + aside}`) ?? []))
    return [...around.filter((other) => metresBetween(unit, other) <= sameBuildingMetres), ...(doors.get(doorOf(unit) ?? '') ?? [])]
  }
}

function doorOf({ address, postalCode }: Standing): string | null {
  return address && `${fold(address).replace(/[\s,.]/g, '')} ${postalCode ?? ''}`
}

function rowOf(id: string, units: Standing[]): BuildingRow[] {
  const sorted = units.toSorted(byId)
  const [first] = sorted
  if (!first) return []
  const { address, postalCode } = sorted.find((unit) => unit.address) ?? first
  return [{ id, address, postalCode, lat: first.lat, lon: first.lon }]
}

function freeId(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id
  let n = 2
  while (taken.has(`${id}/${n}`)) n += 1
  return `${id}/${n}`
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)
const smallest = (ids: string[]): string | undefined => ids.sort()[0]

function add<T>(groups: Map<string, T[]>, key: string, one: T): void {
  const group = groups.get(key)
  if (group) group.push(one)
  else groups.set(key, [one])
}
