import type { Listed } from '../spaces/catalogue.ts'
import type { SpaceTraits } from './facts.ts'

/** What the rules read of a listed space. */
export const traitsOf = ({ space, unit }: Pick<Listed, 'space' | 'unit'>): SpaceTraits => ({ ...space, unitKind: unit.kind })
