import { compileCondition } from './compile.ts'
import type { Compiled, Situation } from './compile.ts'
import type { Condition, Leaf } from './condition.ts'

type Definitions = Readonly<Record<string, Condition>>

/** A comparison, or its opposite where it is `negated`. */
export type Told = { leaf: Leaf; negated: boolean }
/** A condition as it is told: names spelled out, negations at the comparisons, nothing twice. `any` of nothing never holds. */
export type Tree = Told | { all: Tree[] } | { any: Tree[] }

const trees = new WeakMap<Definitions, WeakMap<Condition, Tree>>()

/** The condition's tree; made once for the definitions of an edition. */
export function treeOf(condition: Condition, definitions: Definitions): Tree {
  let known = trees.get(definitions)
  if (!known) trees.set(definitions, known = new WeakMap<Condition, Tree>())
  let tree = known.get(condition)
  if (!tree) known.set(condition, tree = grown(condition, definitions, false))
  return tree
}

function grown(condition: Condition, definitions: Definitions, negated: boolean): Tree {
  if ('defined' in condition) return grown(definitions[condition.defined]!, definitions, negated)
  if ('not' in condition) return grown(condition.not, definitions, !negated)
  if (!('all' in condition) && !('any' in condition)) return { leaf: condition, negated }
  const parts = ('all' in condition ? condition.all : condition.any).map((part) => grown(part, definitions, negated))
  // What is neither this nor that is not this and not that.
  return ('all' in condition) !== negated ? allOf(parts) : anyOf(parts)
}

/**
 * What of a tree a wish does not fulfil, or null when it fulfils it: of parts that are needed together those that fail, of
 * alternatives every one, each without what is fulfilled in it.
 */
export function unmetIn(tree: Tree, situation: Situation): Tree | null {
  if ('leaf' in tree) return testOf(tree.leaf).holds(situation) !== tree.negated ? null : tree
  if ('all' in tree) {
    const failed = tree.all.flatMap((part) => unmetIn(part, situation) ?? [])
    return failed.length > 0 ? allOf(failed) : null
  }
  const failed: Tree[] = []
  for (const part of tree.any) {
    const left = unmetIn(part, situation)
    if (left === null) return null
    failed.push(left)
  }
  return anyOf(failed)
}

const tests = new WeakMap<Leaf, Compiled>()

/** A comparison made quick to ask, once. */
export function testOf(leaf: Leaf): Compiled {
  let test = tests.get(leaf)
  if (!test) tests.set(leaf, test = compileCondition(leaf, {}))
  return test
}

/** The comparisons of a tree, in the order in which they are told. */
export const toldIn = (tree: Tree): Told[] =>
  'leaf' in tree ? [tree] : ('all' in tree ? tree.all : tree.any).flatMap(toldIn)

/** The tree in the language that rules are written in. */
export function conditionOf(tree: Tree): Condition {
  if ('leaf' in tree) return tree.negated ? { not: tree.leaf } : tree.leaf
  if ('all' in tree) return { all: tree.all.map(conditionOf) }
  return tree.any.length > 0 ? { any: tree.any.map(conditionOf) } : { not: { all: [] } }
}

function allOf(parts: Tree[]): Tree {
  const all = once(parts.flatMap((part) => ('all' in part ? part.all : [part])))
  return all.length === 1 ? all[0]! : { all }
}
function anyOf(parts: Tree[]): Tree {
  const any = once(parts.flatMap((part) => ('any' in part ? part.any : [part])))
  return any.length === 1 ? any[0]! : { any }
}

const once = (parts: Tree[]): Tree[] => (parts.length < 2 ? parts : parts.filter((part, at) => !parts.slice(0, at).some((other) => same(part, other))))

function same(one: Tree, other: Tree): boolean {
  if ('leaf' in one) return 'leaf' in other && one.negated === other.negated && (one.leaf === other.leaf || JSON.stringify(one.leaf) === JSON.stringify(other.leaf))
  if ('leaf' in other) return false
  const [mine, others] = [partsOf(one), partsOf(other)]
  return 'all' in one === 'all' in other && mine.length === others.length && mine.every((part, at) => same(part, others[at]!))
}

const partsOf = (tree: { all: Tree[] } | { any: Tree[] }): Tree[] => ('all' in tree ? tree.all : tree.any)
