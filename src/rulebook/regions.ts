import { supervisionModes } from '../spaces/space.ts'
import type { SupervisionMode } from '../spaces/space.ts'
import { leaves } from './condition.ts'
import type { Condition, Leaf } from './condition.ts'
import { diagram, everywhere, nowhere } from './decision-diagram.ts'
import type { Diagram, Region } from './decision-diagram.ts'
import type { Edition } from './edition.ts'
import { asks, axesFor, exampleAt, holdsOf } from './fact-space.ts'
import type { Axis, Example } from './fact-space.ts'

/** Where each way of supervision is the one decided. */
export type Supervised = ReadonlyMap<SupervisionMode, Region>

/** The fact space of an edition, and the parts of it that its conditions cut out. */
export type Ground = {
  axes: readonly Axis[]
  diagram: Diagram
  /** Where a condition holds. Without `supervised` the supervision is not known yet, so nothing holds of it. */
  region(condition: Condition, supervised?: Supervised): Region
  /** Where the space offers a way of supervision; one that offers nothing is taken as staffed. */
  offering(mode: SupervisionMode): Region
  /** One wish and space of a region, as usual as can be; null of nowhere. */
  example(region: Region): Example | null
}

/** Cuts the fact space where the conditions of the edition tell two wishes or spaces apart. */
export function groundOf({ definitions, ...edition }: Edition, conditions: readonly Condition[], limit: number): Ground {
  const offered = (mode: SupervisionMode): Leaf => ({ space: 'supervision', has: [mode] })
  const asked = [...conditions, ...sizes(edition)].flatMap(one => leavesOf(one, definitions))
  const axes = axesFor([...asked, ...supervisionModes.map(offered)])
  const space = diagram(axes.map(axis => axis.values.length), limit)
  const any = (regions: readonly Region[]) => regions.reduce(space.either, nowhere)
  const all = (regions: readonly Region[]) => regions.reduce(space.both, everywhere)

  const whereLeaf = (leaf: Leaf, supervised?: Supervised): Region => 'outcome' in leaf
    ? any(leaf.in.map(mode => supervised?.get(mode) ?? nowhere))
    : any(axes.map((axis, at) => asks(axis, leaf)
      ? space.where(at, axis.values.map(value => holdsOf(axis, value, leaf))) : nowhere))
  const region = (condition: Condition, supervised?: Supervised): Region => {
    if ('all' in condition) return all(condition.all.map(part => region(part, supervised)))
    if ('any' in condition) return any(condition.any.map(part => region(part, supervised)))
    if ('not' in condition) return space.without(everywhere, region(condition.not, supervised))
    if ('defined' in condition) return region(definitions[condition.defined]!, supervised)
    return whereLeaf(condition, supervised)
  }
  const withNone = space.without(everywhere, any(supervisionModes.map(mode => whereLeaf(offered(mode)))))
  return {
    axes,
    diagram: space,
    region,
    offering: mode => mode === 'staffed' ? space.either(whereLeaf(offered(mode)), withNone) : whereLeaf(offered(mode)),
    example: one => {
      const point = space.pointIn(one)
      return point && exampleAt(axes, point)
    },
  }
}

/** The comparisons that a condition comes down to. */
function leavesOf(condition: Condition, definitions: Edition['definitions']): Leaf[] {
  return leaves(condition).flatMap(leaf => 'defined' in leaf ? leavesOf(definitions[leaf.defined]!, definitions) : [leaf])
}

/** What the price list asks of a space. */
export const sizeCondition = ({ kinds, belowM2 }: Edition['priceList']['classes'][number]): Condition => ({
  all: [{ space: 'kind', in: kinds }, ...(belowM2 === null ? [] : [{ space: 'areaM2' as const, below: belowM2 }])],
})
const sizes = ({ priceList }: Pick<Edition, 'priceList'>) => priceList.classes.map(sizeCondition)

/** Where each of the regions comes first, and what none of them takes. */
export function inOrder({ diagram: { both, without } }: Ground, regions: readonly Region[], from: Region): {
  first: Region[]; left: Region
} {
  let left = from
  const first = regions.map(region => {
    const taken = both(left, region)
    left = without(left, region)
    return taken
  })
  return { first, left }
}
