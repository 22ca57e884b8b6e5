import type { Context } from '../context.ts'
import { HttpError } from '../platform/web/errors.ts'
import type { Reads } from '../platform/db/database.ts'
import type { Edition } from '../rulebook/edition.ts'
import { editionInForce } from '../rulebook/store.ts'
import type { Who } from '../rulebook/who.ts'
import { metresBetween } from '../spaces/building.ts'
import type { Point } from '../spaces/building.ts'
import type { Catalogue, Listed } from '../spaces/catalogue.ts'
import { matching } from '../spaces/filter.ts'
import type { Filter } from '../spaces/filter.ts'
import { catalogueOf } from '../spaces/store.ts'
import type { SpaceKind } from '../spaces/space.ts'
import type { Interval } from '../time/interval.ts'
import { addDays, endOf, localDateOf, startOf } from '../time/wallclock.ts'
import { answer } from './answer.ts'
import type { Answer } from './answer.ts'
import { approvalOf, nobody, scheduleFor } from './asker.ts'
import { centsFor } from './cost.ts'
import type { FreeDayNow } from './free-day.ts'
import { freeDaysOf } from './free-day-store.ts'
import { neighbourhood } from './free.ts'
import { shortest } from './length.ts'
import type { DateRange } from './schedule.ts'
import { firstOf, fitting, inFull, inOrder, roomsOf } from './rooms.ts'
import type { Room } from './rooms.ts'
import { firstTimes, hitIn, startsKnown, timesOn } from './search.ts'
import type { Found, Hit, TimeWish } from './search.ts'
import { fieldsWith, reliefs, searchFields } from './search-fields.ts'
import type { Relief } from './search-fields.ts'
import { searchOf, searchQuery } from './search-query.ts'
import type { Search, Sort } from './search-query.ts'
import { bySort, sortsOf } from './sorts.ts'
import { takenOfMany } from './store.ts'

/** What every question stands on: the premises, the rule book in force today, and the time. */
export type Ground = { catalogue: Catalogue; edition: Edition; now: number }

/** Throws 503 while no rule book is in force: nothing can be said of prices and limits then. */
export async function groundOf(ctx: Context): Promise<Ground> {
  const now = ctx.clock.now()
  const edition = await editionInForce(ctx.db, localDateOf(now))
  if (!edition) throw new HttpError(503, 'no-rule-book')
  return { catalogue: await catalogueOf(ctx.db), edition, now }
}

/** When spaces are open and free on some dates; one answer a space, in their order. */
export async function freeTimes(db: Reads, ground: Ground, listed: readonly Listed[], range: DateRange, asker = nobody): Promise<Answer[]> {
  const { edition: { limits }, now } = ground
  const longest = Math.max(0, ...listed.map(({ space }) => shortest(space)))
  const around = neighbourhood({ start: startOf(range.from), end: endOf(range.to) }, longest)
  const taken = await takenOfMany(db, listed, around.start, around.end, now)
  return listed.map((one) => answer({
    schedule: scheduleFor(ground, one, asker), taken: taken.get(one.space.id) ?? [], now, limits, range,
  }))
}

/** The first times of the wish in the spaces that pass the filter, and the days that were looked at. */
export async function search(db: Reads, ground: Ground, filter: Filter, wish: TimeWish, who: Who | null = null): Promise<Searched> {
  const { catalogue, catalogue: { spaces }, edition, now } = ground
  const days = await freeDaysOf(db, ground, wish.dates)
  const asker = { who, people: filter.people }
  const startsOf = startsKnown(now, edition.limits)
  const approvals = bySort(sortsOf(edition, spaces), (listed) => approvalOf(ground, listed, asker))
  const found = firstTimes(matching(catalogue, filter), spaces.length, (listed) => startsOf(listed, approvals(listed)), days, wish)
  return { days, found, hitOf: (listed) => hitIn(found, { listed, schedule: scheduleFor(ground, listed, asker) }, wish.minutes) }
}
type Searched = { days: FreeDayNow[]; found: Found; hitOf: (listed: Listed) => Hit }

/** Which times of the coming days a space that is full on the dates asked names instead. */
const daysOn = 14

/** The first time after the dates asked of those without one on them, within 14 days: by the space's id, null where there is none. */
export async function laterTimes(db: Reads, ground: Ground, hits: readonly Hit[], { dates, ...wish }: TimeWish): Promise<Map<string, Interval | null>> {
  const waiting = hits.filter(({ first, minutes }) => first === null && minutes !== null)
  const last = dates.at(-1)
  if (waiting.length === 0 || last === undefined) return new Map()
  const days = await freeDaysOf(db, ground, Array.from({ length: daysOn }, (_, i) => addDays(last, i + 1)))
  return new Map(waiting.map((hit) => [
    hit.listed.space.id, timesOn(hit, days, wish, ground.now, ground.edition.limits, 1)[0] ?? null,
  ]))
}

export const resultsPerPage = 20
export type Asked = TimeWish & { filter: Filter; suited: readonly SpaceKind[] | null; who: Who | null; free: boolean; fits: boolean; sort: Sort; page: number }
/** `inOrder`: all rooms that passed, by their heads; `rooms`: those on the page. */
export type Results = {
  days: FreeDayNow[]
  inOrder: Listed[]
  /** When the first time in a room starts; null when none fits. */
  firstIn: (head: Listed) => number | null
  rooms: Room[]
  next: Map<string, Interval | null>
  all: number
  fitting: number
  page: number
  pages: number
}

/** One page of a search: the rooms on it with their later times, and how many there are in all. */
export async function resultsOf(
  db: Reads, ground: Ground, asked: Asked, place: Point | null, perPage = resultsPerPage,
): Promise<Results> {
  const { days, found, hitOf } = await search(db, ground, asked.filter, asked, asked.who)
  const { suited, free } = asked
  const cents = centsFor(ground, asked, found)
  const wanted = (listed: Listed): boolean => (suited === null || suited.includes(listed.space.kind)) && (!free || cents(listed) === 0)
  const passed = suited === null && !free ? found.passed : found.passed.filter(wanted)
  const rooms = roomsOf({ ...found, passed })
  const fit = fitting(rooms)
  const metres = place ? ({ unit }: Listed): number => metresBetween(place, unit) : undefined
  const ordered = inOrder(asked.fits ? fit : rooms.heads, rooms, asked.sort, { metres, cents, people: asked.filter.people, suited })
  const pages = Math.max(1, Math.ceil(ordered.length / Math.max(1, perPage)))
  const page = Math.min(asked.page, pages)
  const shown = inFull(ordered.slice((page - 1) * perPage, page * perPage), passed, hitOf)
  const next = await laterTimes(db, ground, shown.flatMap(({ head, halves }) => [head, ...halves]), asked)
  return { days, inOrder: ordered, firstIn: (head) => firstOf(rooms, head), rooms: shown, next, all: rooms.heads.length, fitting: fit.length, page, pages }
}

/** A relief with how many rooms it finds that fit; `later` when it finds none that fit, but some for another time. */
export type CountedRelief = Relief & { count: number; later: boolean }

/** What a search without results could give up, each by itself: most often one step is enough. */
export async function reliefsOf(db: Reads, ground: Ground, search: Search): Promise<CountedRelief[]> {
  const fits: CountedRelief[] = []
  const later: CountedRelief[] = []
  for (const relief of reliefs(search)) {
    const query = searchQuery.safeParse(fieldsWith(searchFields(search), relief.change))
    if (!query.success) continue
    const { fitting, all } = await resultsOf(db, ground, { ...searchOf(query.data, ground.now), fits: false }, null, 0)
    if (fitting > 0) fits.push({ ...relief, count: fitting, later: false })
    else if (all > 0) later.push({ ...relief, count: all, later: true })
  }
  return fits.length > 0 ? fits : later
}
