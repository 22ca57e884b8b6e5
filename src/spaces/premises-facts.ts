import type { Catalogue, Unit } from './catalogue.ts'
import { unitKinds } from './space.ts'
import type { UnitKind } from './space.ts'

/** A point more than this from the register's is told of: it is usually a school in temporary premises (rulings 28). */
export const farMetres = 500

export type PremisesFacts = {
  units: number
  /** Units of which the open data of Helsinki and Statistics Finland tells. */
  openUnits: number
  byKind: { kind: UnitKind; units: number; spaces: number }[]
  spaces: number
  synthetic: number
  missing: { address: number; postalCode: number; fi: number; sv: number; en: number }
  notLent: number
  /** Units whose point lies far from the register's, the farthest first. */
  far: { unit: Unit; metres: number }[]
}

const ofOpenData = ({ source }: Unit): boolean => source === 'open_data'

/** Whether anything comes from the open data of Helsinki and Statistics Finland, which wants to be named: a unit, or the outlines, which are all Helsinki's. */
export const holdsOpenData = ({ units, shapes }: Pick<Catalogue, 'units' | 'shapes'>): boolean => shapes.size > 0 || [...units.values()].some(ofOpenData)

/** What the catalogue holds and what it lacks, counted; a half counts as a space. */
export function premisesFacts({ units, spaces }: Pick<Catalogue, 'units' | 'spaces'>): PremisesFacts {
  const all = [...units.values()]
  const count = (test: (unit: Unit) => boolean): number => all.filter(test).length
  return {
    units: all.length,
    openUnits: count(ofOpenData),
    byKind: unitKinds
      .map((kind) => ({ kind, units: count((unit) => unit.kind === kind), spaces: spaces.filter(({ unit }) => unit.kind === kind).length }))
      .filter((one) => one.units > 0),
    spaces: spaces.length,
    synthetic: spaces.filter(({ space }) => space.source === 'synthetic').length,
    missing: {
      address: count((unit) => unit.address === null),
      postalCode: count((unit) => unit.postalCode === null),
      fi: count((unit) => !unit.name.fi),
      sv: count((unit) => !unit.name.sv),
      en: count((unit) => !unit.name.en),
    },
    notLent: count((unit) => unit.notLent !== null),
    far: all
      .flatMap((unit) => (unit.checkM !== null && unit.checkM > farMetres ? [{ unit, metres: unit.checkM }] : []))
      .toSorted((a, b) => b.metres - a.metres),
  }
}
