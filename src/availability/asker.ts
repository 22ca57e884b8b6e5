import type { Edition } from '../rulebook/edition.ts'
import { approvalFor, quote } from '../rulebook/quote.ts'
import type { Quote } from '../rulebook/quote.ts'
import { approvalOfSpace } from '../rulebook/space-approval.ts'
import { traitsOf } from '../rulebook/traits.ts'
import { assumedFacts } from '../rulebook/who.ts'
import type { Who } from '../rulebook/who.ts'
import type { Listed } from '../spaces/catalogue.ts'
import type { Slot } from '../rulebook/price.ts'
import type { Space } from '../spaces/space.ts'
import type { Schedule } from './schedule.ts'

/** What is known of the one who looks for a time; `nobody` has said nothing. */
export type Asker = { who: Who | null; people?: number | undefined }
export const nobody: Asker = { who: null }

/** How many people are meant when nobody said it. */
export const usualPeople = 10

/** How many people come, when it was not said too. */
export const peopleMeant = (people: number | undefined, { space }: Pick<Listed, 'space'>): number => people ?? Math.min(usualPeople, space.people)

/** What the rules would say to the one who asks. */
export function quoteFor(edition: Edition, listed: Listed, who: Who, people: number | undefined, slot: Slot): Quote {
  return quote(edition, assumedFacts(who, peopleMeant(people, listed)), traitsOf(listed), slot)
}

/** Who decides a booking of the space by the one who asks: where the rules send them to a person, that person (rulings 6). */
export function approvalOf({ edition }: { edition: Edition }, listed: Listed, { who, people }: Asker): Space['approval'] {
  const anyway = approvalOfSpace(edition, traitsOf(listed))
  if (!who || anyway === 'person') return anyway
  return approvalFor(edition, assumedFacts(who, peopleMeant(people, listed)), traitsOf(listed))
}

/**
 * The schedule as it is for the one who asks, be it nobody yet: where a person decides, they need time for it, so that no
 * time is offered that the form would refuse.
 */
export function scheduleFor(ground: { edition: Edition }, listed: Listed, asker: Asker): Schedule {
  const approval = approvalOf(ground, listed, asker)
  return approval === listed.space.approval ? listed : { ...listed, space: { ...listed.space, approval } }
}
