import type { Edition } from '../rulebook/edition.ts'
import type { Slot } from '../rulebook/price.ts'
import { totalOf } from '../rulebook/quote.ts'
import { traitsOf } from '../rulebook/traits.ts'
import { typicalCases } from '../rulebook/typical.ts'
import { assumedFacts } from '../rulebook/who.ts'
import type { Who } from '../rulebook/who.ts'
import { edgeAt, localDateOf, minuteMs } from '../time/wallclock.ts'
import { peopleMeant } from './asker.ts'
import { longest } from './length.ts'
import type { Hit, TimeWish } from './search.ts'

type Asking = TimeWish & { who: Who | null; filter: { people?: number | undefined } }

/** The time that a price is named for: the first that fits, or else one of the first date, as prices are those of a date. */
export function pricedSlot({ first, minutes, listed: { space } }: Pick<Hit, 'first' | 'minutes' | 'listed'>, { dates, from }: Pick<TimeWish, 'dates' | 'from'>): Slot {
  if (first) return { ...first, date: localDateOf(first.start) }
  const date = dates[0]!
  const start = edgeAt(date, from, 'start')
  return { start, end: start + (minutes ?? longest(space)) * minuteMs, date }
}

/** What a hit costs the one who asks (cents; somebody who has not said who they are counts as the most favoured); null where only a person can say. */
export function centsFor(edition: Edition, { who, filter, ...wish }: Asking): (hit: Hit) => number | null {
  const asker = who ?? typicalCases[0].who
  return (hit) => totalOf(edition, assumedFacts(asker, peopleMeant(filter.people, hit.listed)), traitsOf(hit.listed), pricedSlot(hit, wish))
}
