import type { Language } from '../platform/i18n/text.ts'
import type { Edition } from '../rulebook/edition.ts'
import type { Quote } from '../rulebook/quote.ts'
import { metresBetween } from '../spaces/building.ts'
import type { Point } from '../spaces/building.ts'
import type { Catalogue, Listed } from '../spaces/catalogue.ts'
import { districtOf, shown } from '../spaces/shown.ts'
import type { Space } from '../spaces/space.ts'
import type { Interval } from '../time/interval.ts'
import { localDateOf } from '../time/wallclock.ts'
import { dayBar } from './day-bar.ts'
import type { FreeDayNow } from './free-day.ts'
import { askerFields, formLink, withQuery } from './form-link.ts'
import { longest, shortest } from './length.ts'
import type { Limits } from './schedule.ts'
import type { Room } from './rooms.ts'
import type { Search } from './search-query.ts'
import { timesOn } from './search.ts'
import type { Hit } from './search.ts'
import { termsOf } from './terms.ts'

/** Everything a page of results is made from. */
export type CardGround = {
  catalogue: Catalogue
  edition: Edition
  now: number
  limits: Limits
  search: Search
  language: Language
  /** The dates that the search looked at. */
  days: readonly FreeDayNow[]
  /** Later times of spaces without one on the dates, by id. */
  next: ReadonlyMap<string, Interval | null>
  place: Point | null
  /** What the rule book said on this page so far: spaces of one sort cost the same at the same time. */
  quotes: Map<string, Quote>
}

type Time = Interval & { href: string }

/** Over several dates a card names so many of the first times. */
const timesNamed = 3

/** The date that a card's bar shows: of the first time that fits, or the first one asked. */
const barDay = ({ first }: Hit, days: readonly FreeDayNow[]): FreeDayNow => {
  const date = first && localDateOf(first.start)
  return days.find((day) => day.date === date) ?? days[0]!
}

/** A card's parts stay apart: put together into one flat object they took as long as what is in them. */
export function cardOf({ head, halves }: Room, ground: CardGround) {
  const { search, now, limits, place, days } = ground
  const { unit } = head.listed
  const day = barDay(head, days)
  return {
    of: placeOf(head.listed, ground),
    metres: place && Math.round(metresBetween(place, unit)),
    times: timesOf(head, ground),
    dates: head.dates,
    several: search.dateTo === null ? [] : timesOn(head, days, search, now, limits, timesNamed).map((time) => linked(time, head.listed.space, search)),
    date: day.date,
    bar: dayBar(day, head, search, head.minutes, now, limits),
    terms: termsOf(head, ground),
    halves: halves.map((half) => ({ of: placeOf(half.listed, ground), times: timesOf(half, ground), sooner: isSooner(half, head) })),
  }
}
export type Card = ReturnType<typeof cardOf>

const isSooner = ({ first }: Hit, head: Hit): boolean => first !== null && (head.first === null || first.start < head.first.start)

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

const linked = (time: Interval, { slug }: Space, { who, filter: { people } }: Search): Time => ({ ...time, href: formLink(slug, time, { who, people }) })

function timesOf({ listed: { space }, first, minutes }: Hit, { search, next }: CardGround) {
  const later = next.get(space.id)
  return {
    first: first && linked(first, space, search),
    next: later ? linked(later, space, search) : null,
    /** Set when the space takes no booking of the wished length: how long it takes instead. */
    length: minutes === null ? { is: 'longest' as const, minutes: longest(space) }
      : minutes === search.minutes ? null
        : { is: minutes === shortest(space) ? 'shortest' as const : 'step' as const, minutes },
  }
}
