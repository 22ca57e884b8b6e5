import { z } from 'zod'
import { spaceKinds, supervisionModes, unitKinds } from '../spaces/space.ts'
import { activities, applicants, groups, purposes } from './facts.ts'

/**
 * The language that rules are written in. A leaf compares one fact of the wish, one trait of the space, or the
 * supervision that was decided (only where that is known: extras and approval). `has` means any of the listed ones.
 *
 * A leaf about an omitted fact is not fulfilled, whichever way it asks: neither `atLeast`, `below`, `is: true` nor
 * `is: false` holds of silence. `not` is plain: it holds of whatever was not shown, silence included.
 */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { defined: string }
  | Leaf
export type Leaf = z.infer<typeof leaf>

const bounds = z.number().optional()
const range = { atLeast: bounds, moreThan: bounds, atMost: bounds, below: bounds }
const bounded = (value: { [bound in keyof typeof range]?: number | undefined }) =>
  [value.atLeast, value.moreThan, value.atMost, value.below].some(bound => bound !== undefined)
const anyOf = <const T extends readonly string[]>(values: T) => z.array(z.enum(values)).min(1)

const leaf = z.union([
  z.strictObject({ fact: z.literal('applicant'), in: anyOf(applicants) }),
  z.strictObject({ fact: z.literal('purpose'), in: anyOf(purposes) }),
  z.strictObject({ fact: z.literal('association'), in: anyOf(['verified', 'declared']) }),
  z.strictObject({ fact: z.literal('groups'), has: anyOf(groups) }),
  z.strictObject({ fact: z.literal('activities'), has: anyOf(activities) }),
  z.strictObject({ fact: z.enum(['openToAll', 'entryFee', 'granted', 'recurring']), is: z.boolean() }),
  z.strictObject({ fact: z.enum(['people', 'youthShare', 'localShare']), ...range }).refine(bounded, 'needs a bound'),
  z.strictObject({ space: z.literal('kind'), in: anyOf(spaceKinds) }),
  z.strictObject({ space: z.literal('unitKind'), in: anyOf(unitKinds) }),
  z.strictObject({ space: z.literal('approval'), in: anyOf(['automatic', 'person']) }),
  z.strictObject({ space: z.literal('supervision'), has: anyOf(supervisionModes) }),
  z.strictObject({ space: z.literal('alwaysPaid'), is: z.boolean() }),
  z.strictObject({ space: z.enum(['areaM2', 'people']), ...range }).refine(bounded, 'needs a bound'),
  z.strictObject({ outcome: z.literal('supervision'), in: anyOf(supervisionModes) }),
])

export const condition: z.ZodType<Condition> = z.lazy(() => z.union([
  z.strictObject({ all: z.array(condition) }),
  z.strictObject({ any: z.array(condition).min(1) }),
  z.strictObject({ not: condition }),
  z.strictObject({ defined: z.string() }),
  leaf,
]))

/** The comparisons and names that a condition is made of. */
export function leaves(source: Condition): (Leaf | { defined: string })[] {
  if ('all' in source) return source.all.flatMap(leaves)
  if ('any' in source) return source.any.flatMap(leaves)
  if ('not' in source) return leaves(source.not)
  return [source]
}

/** Whether it is the condition that holds always, `{ "all": [] }`. */
export const always = (source: Condition): boolean => 'all' in source && source.all.length === 0
