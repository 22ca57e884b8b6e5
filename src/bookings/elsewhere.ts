import { metresBetween } from '../spaces/building.ts'
import type { Listed } from '../spaces/catalogue.ts'

/** Another space, and how far its house is (metres; 0 in the same house). */
export type Other = { listed: Listed; metres: number }

/**
 * The other spaces that could take the wish's place, the likeliest first: of the same kind and with room for the people;
 * in the same house first, then the nearest, then the nearest in size.
 */
export function othersLike({ space, unit }: Listed, spaces: readonly Listed[], people: number): Other[] {
  return spaces
    .filter(({ space: one }) => one.id !== space.id && one.kind === space.kind && one.people >= people)
    .map((listed) => ({ listed, metres: listed.unit.id === unit.id ? 0 : metresBetween(unit, listed.unit) }))
    .sort((a, b) => a.metres - b.metres || unlike(a, space.people) - unlike(b, space.people))
}

const unlike = ({ listed: { space } }: Other, people: number): number => Math.abs(space.people - people)
