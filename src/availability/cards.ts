import type { Language } from '../platform/i18n/text.ts'
import type { Edition } from '../rulebook/edition.ts'
import type { Quote } from '../rulebook/quote.ts'
import { traitsOf } from '../rulebook/traits.ts'
import { hourlyRange, typicalCases } from '../rulebook/typical.ts'
import type { Catalogue, Listed } from '../spaces/catalogue.ts'
import { districtOf, shown } from '../spaces/shown.ts'
import type { Interval } from '../time/interval.ts'
import { edgeAt, localDateOf, minuteMs } from '../time/wallclock.ts'
import { quoteFor } from './asker.ts'
import { dayBar } from './day-bar.ts'
import { askerFields, formLink, withQuery } from './form-link.ts'
import { longest, shortest } from './length.ts'
import type { Limits } from './schedule.ts'
import type { Search } from './search-query.ts'
import type { Group, Hit } from './search.ts'

/** Everything a page of results is made from. `next` holds the later times of spaces without one on the date, by id. */
export type CardGround = {
  catalogue: Catalogue
  edition: Edition
  now: number
  limits: Limits
  search: Search
  next: ReadonlyMap<string, Interval | null>
  language: Language
}

type Time = Interval & { href: string }
/** `range` (cents an hour) when nobody has said who asks; else what `minutes` cost the one who asks. */
export type CardPrice = { range: { from: number; to: number } | null; quote: Quote | null; minutes: number }

export function cardOf(group: Group, ground: CardGround) {
  const { listed } = group.head
  return {
    ...placeOf(listed, ground),
    ...timesOf(group.head, ground),
    bar: dayBar(group.head, ground.search, group.head.minutes, ground.now, ground.limits),
    ...priceOf(group.head, ground),
    halves: group.halves.map((half) => ({ ...placeOf(half.listed, ground), ...timesOf(half, ground) })),
  }
}
export type Card = ReturnType<typeof cardOf>

function placeOf({ space, unit }: Listed, { catalogue, language, search }: CardGround) {
  const asker = { who: search.who, people: search.filter.people }
  return {
    name: shown(space.name, language),
    href: withQuery(`/spaces/${space.slug}`, { week: search.date, ...askerFields(asker) }),
    kind: space.kind,
    unit: { name: shown(unit.name, language), kind: unit.kind },
    district: districtOf(unit, catalogue.areas, language),
    people: space.people,
    areaM2: space.areaM2,
  }
}

function timesOf({ listed: { space }, first, minutes }: Hit, { search, next }: CardGround) {
  const linked = (time: Interval | null | undefined): Time | null =>
    (time ? { ...time, href: formLink(space.slug, time, { who: search.who, people: search.filter.people }) } : null)
  return {
    first: linked(first),
    next: linked(next.get(space.id)),
    /** Set when the space takes no booking of the wished length: how long it takes instead. */
    length: minutes === null ? { is: 'longest' as const, minutes: longest(space) }
      : minutes === search.minutes ? null
        : { is: minutes === shortest(space) ? 'shortest' as const : 'step' as const, minutes },
  }
}

function priceOf({ listed, first, minutes }: Hit, { edition, search: { who, filter, ...wish }, next }: CardGround) {
  const { space } = listed
  const time = first ?? next.get(space.id) ?? someTime(wish, minutes ?? longest(space))
  const slot = { ...time, date: localDateOf(time.start) }
  const answered = quoteFor(edition, listed, who ?? typicalCases[0].who, filter.people, slot)
  const price: CardPrice = {
    range: who ? null : hourlyRange(edition, traitsOf(listed), slot.date),
    quote: who ? answered : null,
    minutes: (time.end - time.start) / minuteMs,
  }
  return { price, supervision: answered.supervision.mode, approval: who ? answered.approval : space.approval }
}

/** A time to name a price for where none is free: the prices are those of the date. */
function someTime({ date, from }: Pick<Search, 'date' | 'from'>, minutes: number): Interval {
  const start = edgeAt(date, from, 'start')
  return { start, end: start + minutes * minuteMs }
}
