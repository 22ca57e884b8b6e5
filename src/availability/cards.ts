import type { Language } from '../platform/i18n/text.ts'
import type { Edition } from '../rulebook/edition.ts'
import { quote } from '../rulebook/quote.ts'
import type { Quote } from '../rulebook/quote.ts'
import { traitsOf } from '../rulebook/traits.ts'
import { hourlyRange, typicalCases } from '../rulebook/typical.ts'
import { assumedFacts } from '../rulebook/who.ts'
import type { Catalogue, Listed } from '../spaces/catalogue.ts'
import { districtOf, shown } from '../spaces/shown.ts'
import type { Interval } from '../time/interval.ts'
import { edgeAt, localDateOf, minuteMs } from '../time/wallclock.ts'
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

/** How many people are meant when nobody said it. */
const usualPeople = 10

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

function priceOf({ listed, first, minutes }: Hit, { edition, search, next }: CardGround) {
  const { space } = listed
  const traits = traitsOf(listed)
  const time = first ?? next.get(space.id) ?? someTime(search, minutes ?? longest(space))
  const date = localDateOf(time.start)
  const { who, people } = search.who
    ? { who: search.who, people: search.filter.people ?? Math.min(usualPeople, space.people) }
    : { who: typicalCases[0].who, people: search.filter.people ?? Math.min(typicalCases[0].people, space.people) }
  const answered = quote(edition, assumedFacts(who, people), traits, { ...time, date })
  const price: CardPrice = {
    range: search.who ? null : hourlyRange(edition, traits, date),
    quote: search.who ? answered : null,
    minutes: (time.end - time.start) / minuteMs,
  }
  return { price, supervision: answered.supervision.mode, approval: search.who ? answered.approval : space.approval }
}

/** A time to name a price for where none is free: the prices are those of the date. */
function someTime({ date, from }: Search, minutes: number): Interval {
  const start = edgeAt(date, from, 'start')
  return { start, end: start + minutes * minuteMs }
}
