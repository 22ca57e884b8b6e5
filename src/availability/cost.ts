import type { Edition } from '../rulebook/edition.ts'
import type { Slot } from '../rulebook/price.ts'
import { totalOf } from '../rulebook/quote.ts'
import { traitsOf } from '../rulebook/traits.ts'
import { typicalCases } from '../rulebook/typical.ts'
import { assumedFacts } from '../rulebook/who.ts'
import type { Who } from '../rulebook/who.ts'
import type { Catalogue, Listed } from '../spaces/catalogue.ts'
import { edgeAt, localDateOf, minuteMs } from '../time/wallclock.ts'
import { peopleMeant } from './asker.ts'
import { longest } from './length.ts'
import { lengthFor, timeOf } from './search.ts'
import type { Found, Hit, TimeWish } from './search.ts'
import { sortsOf } from './sorts.ts'

type Asking = TimeWish & { who: Who | null; filter: { people?: number | undefined } }

/** The time that a price is named for: the first that fits, or else one of the first date, as prices are those of a date. */
export function pricedSlot({ first, minutes, listed: { space } }: Pick<Hit, 'first' | 'minutes' | 'listed'>, { dates, from }: Pick<TimeWish, 'dates' | 'from'>): Slot {
  if (first) return { ...first, date: localDateOf(first.start) }
  const date = dates[0]!
  const start = edgeAt(date, from, 'start')
  return { start, end: start + (minutes ?? longest(space)) * minuteMs, date }
}

/**
 * What each of the spaces found costs the one who asks (cents; somebody who has not said who they are counts as the most
 * favoured); null where only a person can say. Spaces of one sort cost the same at the same time.
 */
export function centsFor({ edition, catalogue: { spaces } }: { edition: Edition; catalogue: Pick<Catalogue, 'spaces'> }, { who, filter, ...wish }: Asking, found: Found): (listed: Listed) => number | null {
  const asker = who ?? typicalCases[0].who
  const sorts = sortsOf(edition, spaces)
  const known = new Map<string, number | null>()
  return (listed) => {
    const minutes = lengthFor(listed.space, wish.minutes)
    const slot = pricedSlot({ listed, minutes, first: timeOf(found, listed, minutes) }, wish)
    const key = `${sorts[listed.position]} ${slot.start} ${slot.end}`
    let cents = known.get(key)
    if (cents === undefined) known.set(key, (cents = totalOf(edition, assumedFacts(asker, peopleMeant(filter.people, listed)), traitsOf(listed), slot)))
    return cents
  }
}
