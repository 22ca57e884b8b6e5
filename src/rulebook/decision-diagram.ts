/** A set of points of a space with finitely many values on each axis, named by its node in the diagram. */
export type Region = number
export const nowhere: Region = 0
export const everywhere: Region = 1

/** Where a diagram has grown past its limit: the rules mix too many facts to be walked at once. */
export class TooLarge extends Error {}

export type Diagram = {
  /** The points whose value on the axis is one of those marked true. */
  where(axis: number, marked: readonly boolean[]): Region
  both(a: Region, b: Region): Region
  either(a: Region, b: Region): Region
  /** The points of `a` that are not in `b`. */
  without(a: Region, b: Region): Region
  /** The first point of a region: the place of its value on each axis; null of nowhere. */
  pointIn(region: Region): number[] | null
  /** How many nodes were made. */
  size(): number
}

/**
 * A reduced ordered decision diagram: a node asks for the value on one axis and goes on by the answer; equal nodes are
 * one node, and a node whose answers make no difference is none. So equal regions are the same number, and an axis that
 * nothing asks for any more costs nothing. `sizes` are the numbers of values on the axes, in the order they are asked.
 * Throws TooLarge when nodes and remembered results are more than `limit`.
 */
export function diagram(sizes: readonly number[], limit: number): Diagram {
  const axisOf = [sizes.length, sizes.length]
  const branchesOf: (readonly Region[])[] = [[], []]
  const known = new Map<string, Region>()
  const intersections = new Map<number, Region>()
  const complements = new Map<Region, Region>([[nowhere, everywhere], [everywhere, nowhere]])

  const node = (axis: number, branches: readonly Region[]): Region => {
    const [first] = branches
    if (branches.every(branch => branch === first)) return first!
    const key = `${axis} ${branches.join()}`
    const found = known.get(key)
    if (found !== undefined) return found
    if (axisOf.length + intersections.size > limit) throw new TooLarge()
    const made = axisOf.push(axis) - 1
    branchesOf.push(branches)
    known.set(key, made)
    return made
  }

  const both = (a: Region, b: Region): Region => {
    if (a === b || b === everywhere) return a
    if (a === everywhere) return b
    if (a === nowhere || b === nowhere) return nowhere
    const key = Math.min(a, b) * 2 ** 26 + Math.max(a, b)
    const found = intersections.get(key)
    if (found !== undefined) return found
    const axis = Math.min(axisOf[a]!, axisOf[b]!)
    const branches: Region[] = []
    for (let value = 0; value < sizes[axis]!; value++) branches.push(both(after(a, axis, value), after(b, axis, value)))
    const made = node(axis, branches)
    intersections.set(key, made)
    return made
  }
  const after = (region: Region, axis: number, value: number) =>
    axisOf[region] === axis ? branchesOf[region]![value]! : region

  const outside = (region: Region): Region => {
    const found = complements.get(region)
    if (found !== undefined) return found
    const made = node(axisOf[region]!, branchesOf[region]!.map(outside))
    complements.set(region, made).set(made, region)
    return made
  }

  return {
    where: (axis, marked) => node(axis, marked.map(one => one ? everywhere : nowhere)),
    both,
    either: (a, b) => outside(both(outside(a), outside(b))),
    without: (a, b) => both(a, outside(b)),
    pointIn: region => {
      if (region === nowhere) return null
      const point = sizes.map(() => 0)
      for (let at = region; at !== everywhere;) {
        const value = branchesOf[at]!.findIndex(branch => branch !== nowhere)
        point[axisOf[at]!] = value
        at = branchesOf[at]![value]!
      }
      return point
    },
    size: () => axisOf.length,
  }
}
