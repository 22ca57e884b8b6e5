import { metresBetween, sameBuildingMetres } from './building.ts'
import type { Unit } from './catalogue.ts'

/** Other units at the same door or within 60 m: often the same house with other terms (policy A2), nearest first. */
export function besides(units: Iterable<Unit>, unit: Unit): Unit[] {
  return [...units]
    .filter((other) => other.id !== unit.id)
    .map((other) => ({ other, metres: metresBetween(unit, other) }))
    .filter(({ other, metres }) => metres <= sameBuildingMetres || (unit.address !== null && other.address === unit.address && metres < 1000))
    .toSorted((a, b) => a.metres - b.metres)
    .map(({ other }) => other)
}
