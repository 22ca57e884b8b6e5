/** One difference between two values of JSON; places count from 1. An item of a list is named by what tells it from the others. */
export type Difference =
  | { is: 'added'; path: string[]; to: unknown }
  | { is: 'removed'; path: string[]; from: unknown }
  | { is: 'changed'; path: string[]; from: unknown; to: unknown }
  | { is: 'moved'; path: string[]; from: number; to: number }

type Item = Record<string, unknown>

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether two values of JSON say the same; what is undefined is not there. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, at) => same(one, b[at]))
  return isItem(a) && isItem(b) && [...new Set([...Object.keys(a), ...Object.keys(b)])].every(key => same(a[key], b[key]))
}

/** What differs, each as near to the leaves as it reads well: a condition is told as a whole, a text by its languages. */
export function differences(from: unknown, to: unknown, path: string[] = []): Difference[] {
  if (same(from, to)) return []
  if (isWhole(path)) return [{ is: 'changed', path, from, to }]
  if (isItem(from) && isItem(to)) {
    return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap(key => between(from[key], to[key], [...path, key]))
  }
  const keys = Array.isArray(from) && Array.isArray(to) ? itemsByName(from, to) : null
  return keys ? listDifferences(keys.from, keys.to, path) : [{ is: 'changed', path, from, to }]
}

function between(from: unknown, to: unknown, path: string[]): Difference[] {
  if (from === undefined && to === undefined) return []
  if (from === undefined) return [{ is: 'added', path, to }]
  return to === undefined ? [{ is: 'removed', path, from }] : differences(from, to, path)
}

const isWhole = (path: readonly string[]): boolean => path.at(-1) === 'when' || (path[0] === 'definitions' && path.length === 2)

type Named = Map<string, unknown>

function listDifferences(from: Named, to: Named, path: string[]): Difference[] {
  const [before, after] = [[...from.keys()], [...to.keys()]]
  const stayed = inSameOrder(before.filter(key => to.has(key)), after.filter(key => from.has(key)))
  return [
    ...before.filter(key => !to.has(key)).map((key): Difference => ({ is: 'removed', path: [...path, key], from: from.get(key) })),
    ...after.flatMap((key, at): Difference[] => {
      if (!from.has(key)) return [{ is: 'added', path: [...path, key], to: to.get(key) }]
      const moved: Difference[] = stayed.has(key) ? [] : [{ is: 'moved', path: [...path, key], from: before.indexOf(key) + 1, to: at + 1 }]
      return [...moved, ...differences(from.get(key), to.get(key), [...path, key])]
    }),
  ]
}

/** The most keys that stand in the same order in both: only the others have moved. */
function inSameOrder(before: readonly string[], after: readonly string[]): Set<string> {
  const best: string[][] = []
  for (const [at, key] of after.entries()) {
    const earlier = best.slice(0, at).filter((line) => before.indexOf(line.at(-1)!) < before.indexOf(key))
    best.push([...earlier.reduce<string[]>((longest, line) => line.length > longest.length ? line : longest, []), key])
  }
  return new Set(best.reduce<string[]>((longest, line) => line.length > longest.length ? line : longest, []))
}

/** What tells the items of an edition's lists apart where an id does not. */
const identity = ['id', 'class', 'group', 'band', 'unit', 'supervision', 'validFrom']

/** The items of two lists by name: by id where it is one item's alone, else by all that tells them apart; null for lists of other things. */
export function itemsByName(from: readonly unknown[], to: readonly unknown[]): { from: Named; to: Named } | null {
  const items = (list: readonly unknown[]) => list.filter((one): one is Item => isItem(one) && ('id' in one || 'class' in one))
  const lists = [items(from), items(to)]
  if (lists[0]!.length + lists[1]!.length < from.length + to.length) return null
  const byId = lists.map(list => list.map(item => String(item['id'] ?? '')))
  const unique = byId.every(ids => new Set(ids).size === ids.length && !ids.includes(''))
  const [before, after] = lists.map((list, side) => named(list, unique ? byId[side]! : list.map(nameOf)))
  return { from: before!, to: after! }
}

const nameOf = (item: Item): string => identity.flatMap(field => item[field] === undefined ? [] : [String(item[field])]).join(' ')

function named(list: readonly Item[], names: readonly string[]): Named {
  const found: Named = new Map()
  for (const [at, item] of list.entries()) {
    const name = names[at]!
    let key = name
    for (let n = 2; found.has(key); n++) key = `${name} #${n}`
    found.set(key, item)
  }
  return found
}
