import type { Edition } from '../rulebook/edition.ts'
import type { Slot } from '../rulebook/price.ts'
import type { Quote } from '../rulebook/quote.ts'
import { approvalOfSpace } from '../rulebook/space-approval.ts'
import { traitsOf } from '../rulebook/traits.ts'
import { hourlyRange, typicalCases } from '../rulebook/typical.ts'
import type { Catalogue, Listed } from '../spaces/catalogue.ts'
import type { Space, SupervisionMode } from '../spaces/space.ts'
import type { Interval } from '../time/interval.ts'
import { minuteMs } from '../time/wallclock.ts'
import { quoteFor } from './asker.ts'
import { pricedSlot } from './cost.ts'
import type { Search } from './search-query.ts'
import type { Hit } from './search.ts'
import { sortsOf } from './sorts.ts'

/** `range` (cents an hour) when nobody has said who asks; else what `minutes` cost the one who asks. */
export type CardPrice = { range: { from: number; to: number } | null; quote: Quote | null; minutes: number }

type TermsGround = {
  catalogue: Catalogue
  edition: Edition
  search: Search
  next: ReadonlyMap<string, Interval | null>
  quotes: Map<string, Quote>
}

/** What a booking costs, how the space is supervised and who decides: by the rules, for the one who asks. */
export function termsOf(hit: Hit, { catalogue, edition, search, next, quotes }: TermsGround) {
  const { listed, listed: { space } } = hit
  const { who, filter } = search
  const sorts = sortsOf(edition, catalogue.spaces)
  const slot = pricedSlot({ listed, minutes: hit.minutes, first: hit.first ?? next.get(space.id) ?? null }, search)
  const quote = who && once(quotes, `${sorts[listed.position]} ${slot.start} ${slot.end}`, () => quoteFor(edition, listed, who, filter.people, slot))
  const price: CardPrice = {
    range: who ? null : once(rangesIn(sorts), `${sorts[listed.position]} ${slot.date}`, () => hourlyRange(edition, traitsOf(listed), slot.date)),
    quote,
    minutes: (slot.end - slot.start) / minuteMs,
  }
  return { price, supervision: quote?.supervision.mode ?? usualMode(edition, listed, filter.people, slot), approval: quote?.approval ?? approvalOfSpace(edition, traitsOf(listed)) }
}

type Range = CardPrice['range']
const ranges = new WeakMap<Uint16Array, Map<string, Range>>()
const rangesKept = 5_000

/** What an hour costs in each sort of space on a date, worked out once for everybody. */
function rangesIn(sorts: Uint16Array): Map<string, Range> {
  let known = ranges.get(sorts)
  if (!known || known.size >= rangesKept) ranges.set(sorts, (known = new Map()))
  return known
}

function once<Value>(known: Map<string, Value>, key: string, workOut: () => Value): Value {
  let value = known.get(key)
  if (value === undefined) known.set(key, (value = workOut()))
  return value
}

type Usual = { edition: Edition; people: number | undefined; mode: SupervisionMode }
const lastUsual = new WeakMap<Space, Usual>()

/** How a space is supervised for the most favoured, when nobody has said who asks: neither date nor hour matters to that. */
function usualMode(edition: Edition, listed: Listed, people: number | undefined, slot: Slot): SupervisionMode {
  const last = lastUsual.get(listed.space)
  if (last?.edition === edition && last.people === people) return last.mode
  const { mode } = quoteFor(edition, listed, typicalCases[0].who, people, slot).supervision
  lastUsual.set(listed.space, { edition, people, mode })
  return mode
}
