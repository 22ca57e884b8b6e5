import { fold } from './slug.ts'

export type BuildingRow = { id: string; address: string | null; postalCode: string | null; lat: number; lon: number }

/** What of a unit decides which building it stands in. */
export type Standing = { id: string; address: string | null; postalCode: string | null; lat: number; lon: number }

/** Units nearer than this share a building until somebody says otherwise (rulings 15). */
export const sameBuildingMetres = 60
const earthRadius = 6_371_000

/** Metres between two points; flat-earth, right to a metre within a city. */
export function metresBetween(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const east = radians(b.lon - a.lon) * Math.cos(radians((a.lat + b.lat) / 2))
  return earthRadius * Math.hypot(radians(b.lat - a.lat), east)
}

/**
 * Groups units into buildings: within 60 m or at the same address, also by way of a third unit. A building is called
 * after its first unit by id, and has that unit's point and the first address known, whatever the order of the rows.
 */
export function buildingsOf(units: readonly Standing[]): { buildings: BuildingRow[]; buildingOf: Map<string, string> } {
  const left = [...units].sort((a, b) => (a.id < b.id ? -1 : 1))
  const buildings: BuildingRow[] = []
  const buildingOf = new Map<string, string>()
  for (let first = left.shift(); first; first = left.shift()) {
    const members = [first]
    for (const member of members) {
      for (let i = left.length - 1; i >= 0; i -= 1) {
        const other = left[i]
        if (other && shareDoor(member, other)) members.push(...left.splice(i, 1))
      }
    }
    members.sort((a, b) => (a.id < b.id ? -1 : 1))
    const addressed = members.find((m) => m.address) ?? first
    const id = `building:${first.id}`
    buildings.push({ id, address: addressed.address, postalCode: addressed.postalCode, lat: first.lat, lon: first.lon })
    for (const member of members) buildingOf.set(member.id, id)
  }
  return { buildings, buildingOf }
}

function shareDoor(a: Standing, b: Standing): boolean {
  return metresBetween(a, b) <= sameBuildingMetres || (doorOf(a) !== null && doorOf(a) === doorOf(b))
}

function doorOf({ address, postalCode }: Standing): string | null {
  return address && `${fold(address).replace(/[\s,.]/g, '')} ${postalCode ?? ''}`
}
