import type { Listed } from '../spaces/catalogue.ts'
import type { SpaceTraits } from './facts.ts'

const known = new WeakMap<Listed['space'], SpaceTraits>()

/** What the rules read of a listed space: the same value for the same space, as long as the catalogue stands. */
export function traitsOf({ space, unit }: Pick<Listed, 'space' | 'unit'>): SpaceTraits {
  let traits = known.get(space)
  if (!traits) {
    const { kind, areaM2, people, alwaysPaid, supervision, approval } = space
    traits = { kind, areaM2, people, alwaysPaid, supervision, approval, unitKind: unit.kind, unit: unit.slug }
    known.set(space, traits)
  }
  return traits
}
