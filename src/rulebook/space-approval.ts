import type { Space } from '../spaces/space.ts'
import { bookOf } from './book.ts'
import type { Edition } from './edition.ts'
import type { SpaceTraits } from './facts.ts'

type ApprovalRule = Edition['approvalRules'][number]

/** The approval rules that hold of a space whoever asks and for what. */
export function staffRulesOf(edition: Edition, space: SpaceTraits): ApprovalRule[] {
  const anybody = { facts: {}, space, supervision: undefined }
  return bookOf(edition).approvalRules.filter((one) => one.weigh(anybody) === true).map(({ rule }) => rule)
}

const known = new WeakMap<Edition, WeakMap<SpaceTraits, Space['approval']>>()

/**
 * Who decides on a space's bookings while nobody has said who asks: a person where the space itself or a rule about it sends
 * everybody to one. Remembered, as a search asks it of a thousand spaces.
 */
export function approvalOfSpace(edition: Edition, space: SpaceTraits): Space['approval'] {
  let decided = known.get(edition)
  if (!decided) known.set(edition, (decided = new WeakMap()))
  let approval = decided.get(space)
  if (!approval) {
    approval = space.approval === 'person' || staffRulesOf(edition, space).length > 0 ? 'person' : 'automatic'
    decided.set(space, approval)
  }
  return approval
}
