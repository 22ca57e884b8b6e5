import { spaceKinds, type SpaceKind } from '../spaces/space.ts'
import type { Condition } from './condition.ts'
import { same } from './differences.ts'
import { applicants, purposes, type Applicant, type Purpose } from './facts.ts'

/**
 * A condition as a form asks it: which spaces, applicants, purposes and named conditions are ticked, where none of a list
 * sets no bound, and what else must hold. All of it must hold together.
 */
export type Ticked = { kinds: SpaceKind[]; applicants: Applicant[]; purposes: Purpose[]; named: string[]; more: Condition | null }

/** Every condition can be asked so: what no tick says is `more`. */
export function ticked(when: Condition): Ticked {
  const found: Ticked = { kinds: [], applicants: [], purposes: [], named: [], more: null }
  const rest = together(when).filter((part) => !tick(found, part))
  found.named.sort()
  const [only] = rest
  return { ...found, more: only === undefined ? null : rest.length === 1 ? only : { all: rest } }
}

/** What must hold together, without groups in groups. */
const together = (when: Condition): Condition[] => ('all' in when ? when.all.flatMap(together) : [when])

/** Whether a part of a condition could be ticked; of two about the same thing the second cannot. */
function tick(found: Ticked, part: Condition): boolean {
  if ('defined' in part) {
    const fresh = !found.named.includes(part.defined)
    if (fresh) found.named.push(part.defined)
    return fresh
  }
  if ('space' in part && part.space === 'kind' && found.kinds.length === 0) found.kinds = spaceKinds.filter((one) => part.in.includes(one))
  else if ('fact' in part && part.fact === 'applicant' && found.applicants.length === 0) found.applicants = applicants.filter((one) => part.in.includes(one))
  else if ('fact' in part && part.fact === 'purpose' && found.purposes.length === 0) found.purposes = purposes.filter((one) => part.in.includes(one))
  else return false
  return true
}

/** The condition that a form asks; the one it was asked of, as it was written, when nothing of it has changed. */
export function conditionOf(asked: Ticked, before?: Condition): Condition {
  if (before && same(ticked(before), asked)) return before
  const { kinds, applicants, purposes, named, more } = asked
  const parts: Condition[] = [
    ...(applicants.length ? [{ fact: 'applicant', in: applicants } as const] : []),
    ...(purposes.length ? [{ fact: 'purpose', in: purposes } as const] : []),
    ...(kinds.length ? [{ space: 'kind', in: kinds } as const] : []),
    ...named.map((defined) => ({ defined })),
    ...(more === null ? [] : isOnlyAll(more) ? more.all : [more]),
  ]
  return parts.length === 1 ? parts[0]! : { all: parts }
}

/** Whether something is `{ "all": […] }` and says nothing beside it; what else it may say is for the reading to judge. */
export const isOnlyAll = (said: unknown): said is { all: Condition[] } =>
  typeof said === 'object' && said !== null && Object.keys(said).length === 1 && 'all' in said && Array.isArray(said.all)
