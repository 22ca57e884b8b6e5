import { spaceKinds, supervisionModes, unitKinds } from '../spaces/space.ts'
import { compileCondition } from './compile.ts'
import type { Leaf } from './condition.ts'
import { activities, applicants, groups, purposes } from './facts.ts'
import type { Facts, SpaceTraits } from './facts.ts'

/** A wish and a space that show something of a rule, and the local date of use where it matters. */
export type Example = { facts: Facts; space: SpaceTraits; date?: string }

/** One thing that rules ask, and a value of each class that they tell apart; the most usual one first. */
export type Axis = { of: 'facts' | 'space'; name: string; values: readonly unknown[] }

type Subject = { of: Axis['of']; name: string; values(bounds: readonly number[]): readonly unknown[] }

const usualFirst = <T>(usual: T, all: readonly T[]) => () => [usual, ...all.filter(one => one !== usual)]
const optional = (...values: unknown[]) => () => [undefined, ...values]

/** Whole numbers from 1 on. Every stretch between two bounds starts at 1, at a bound or right beside one. */
const wholeNumbers = (usual: number) => (bounds: readonly number[]) =>
  [usual, ...[1, ...bounds.flatMap(bound => [Math.floor(bound) - 1, Math.floor(bound), Math.ceil(bound), Math.ceil(bound) + 1])]
    .filter(number => number >= 1).sort((a, b) => a - b)]

/** Nothing said, then 0–1: each bound is a point of its own, and so is a value between each two. */
function shares(bounds: readonly number[]): (number | undefined)[] {
  const points = [...new Set([0, ...bounds.filter(bound => bound > 0 && bound < 1), 1])].sort((a, b) => a - b)
  return [undefined, ...points.flatMap((point, at) => at === 0 ? [point] : [(points[at - 1]! + point) / 2, point])]
}

/** Every choice of ways of supervision; a space that offers none comes last, for it is the rarest. */
const offers = () => [...supervisionModes.reduce<string[][]>((sets, mode) =>
  [...sets, ...sets.map(set => [...set, mode])], [[]]).slice(1), []]

/** In the order in which a diagram asks: what most rules begin with comes first. */
const subjects: readonly Subject[] = [
  { of: 'facts', name: 'applicant', values: usualFirst('registered_association', applicants) },
  { of: 'facts', name: 'purpose', values: usualFirst('hobby', purposes) },
  { of: 'space', name: 'unitKind', values: usualFirst('school', unitKinds) },
  { of: 'space', name: 'kind', values: usualFirst('classroom', spaceKinds) },
  { of: 'space', name: 'areaM2', values: wholeNumbers(60) },
  { of: 'space', name: 'alwaysPaid', values: usualFirst(false, [true]) },
  { of: 'space', name: 'approval', values: usualFirst('automatic', ['person']) },
  { of: 'space', name: 'supervision', values: offers },
  { of: 'facts', name: 'people', values: wholeNumbers(20) },
  ...activities.map((one): Subject => ({ of: 'facts', name: 'activities', values: () => [[], [one]] })),
  { of: 'facts', name: 'granted', values: optional(true, false) },
  { of: 'facts', name: 'recurring', values: optional(true, false) },
  { of: 'facts', name: 'openToAll', values: optional(true, false) },
  { of: 'facts', name: 'entryFee', values: optional(true, false) },
  { of: 'facts', name: 'localShare', values: shares },
  { of: 'facts', name: 'youthShare', values: shares },
  ...groups.map((one): Subject => ({ of: 'facts', name: 'groups', values: () => [[], [one]] })),
  { of: 'facts', name: 'association', values: optional('declared', 'verified') },
  { of: 'space', name: 'people', values: wholeNumbers(30) },
]

export const asks = (axis: Pick<Axis, 'of' | 'name'>, leaf: Leaf): boolean =>
  axis.of === 'facts' ? 'fact' in leaf && leaf.fact === axis.name : 'space' in leaf && leaf.space === axis.name

/** Everything there is to ask, cut where one of the leaves tells two values apart. */
export function axesFor(leaves: readonly Leaf[]): Axis[] {
  const seen = new Set<string>()
  return subjects.flatMap(subject => {
    const about = leaves.filter(leaf => asks(subject, leaf))
    const classes = new Map<string, unknown>()
    for (const value of subject.values(about.flatMap(boundsOf))) {
      const told = about.map(leaf => holdsOf(subject, value, leaf) ? 1 : 0).join('')
      if (!classes.has(told)) classes.set(told, value)
    }
    // Two groups that all rules treat alike are one: which of them it is makes no difference, nor whether it is both.
    const key = `${subject.of} ${subject.name} ${[...classes.keys()].join()}`
    if (seen.has(key)) return []
    seen.add(key)
    return [{ of: subject.of, name: subject.name, values: [...classes.values()] }]
  })
}

const boundsOf = (leaf: Leaf): number[] => 'in' in leaf || 'has' in leaf || 'is' in leaf ? []
  : [leaf.atLeast, leaf.moreThan, leaf.atMost, leaf.below].filter(bound => bound !== undefined)

/** Whether a leaf about the axis holds of a value, exactly as it would in a quote. */
export function holdsOf({ of, name }: Pick<Axis, 'of' | 'name'>, value: unknown, leaf: Leaf): boolean {
  const none = {} as SpaceTraits
  return compileCondition(leaf, {}).holds({
    facts: of === 'facts' ? { [name]: value } : {},
    space: of === 'space' ? { ...none, [name]: value } : none,
    supervision: undefined,
  })
}

/** The wish and the space at a point: the values at its places, those of several axes of one name put together. */
export function exampleAt(axes: readonly Axis[], point: readonly number[]): Example {
  const example: Record<Axis['of'], Record<string, unknown>> = { facts: {}, space: {} }
  axes.forEach(({ of, name, values }, at) => {
    const value = values[point[at]!]
    const before = example[of][name]
    if (value === undefined) return
    example[of][name] = Array.isArray(before) && Array.isArray(value) ? [...before as unknown[], ...value as unknown[]] : value
  })
  return example as Example
}
