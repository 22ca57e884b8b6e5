import type { Context } from '../context.ts'
import { HttpError } from '../platform/web/errors.ts'
import type { Reads } from '../platform/db/database.ts'
import type { Edition } from '../rulebook/edition.ts'
import { editionInForce } from '../rulebook/store.ts'
import type { Who } from '../rulebook/who.ts'
import type { Catalogue, Listed } from '../spaces/catalogue.ts'
import { matching } from '../spaces/filter.ts'
import type { Filter } from '../spaces/filter.ts'
import { catalogueOf } from '../spaces/store.ts'
import type { Interval } from '../time/interval.ts'
import { addDays, endOf, localDateOf, startOf } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'
import { answer } from './answer.ts'
import type { Answer } from './answer.ts'
import { nobody, scheduleFor } from './asker.ts'
import type { Asker } from './asker.ts'
import { dayBarSpan } from './day-bar.ts'
import { neighbourhood } from './free.ts'
import { shortest } from './length.ts'
import type { DateRange } from './schedule.ts'
import { groupsOf, hitsOf, lastLookedAt, nextFitting } from './search.ts'
import type { Candidate, Group, Hit, TimeWish } from './search.ts'
import { takenOf, takenOfMany } from './store.ts'
import type { Taken } from './taken.ts'
import { mondayOf, shownMonday, weekRange, weekTable } from './week.ts'
import type { Week } from './week.ts'

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

/**
 * When a space is free on the coming dates, and its week of the date asked (of the first free time without one), as far as
 * times may be looked at. One read, unless the week lies far ahead.
 */
export async function timesOf(
  db: Reads, ground: Ground, listed: Listed, coming: DateRange, asked: LocalDate | undefined, asker: Asker,
): Promise<{ free: Interval[]; week: Week }> {
  const { edition: { limits }, now } = ground
  const schedule = scheduleFor(ground, listed, asker)
  const takenIn = ({ from, to }: DateRange): Promise<Taken[]> => {
    const around = neighbourhood({ start: startOf(from), end: endOf(to) }, shortest(listed.space))
    return takenOf(db, listed, around.start, around.end, now)
  }
  const near = { from: weekRange(mondayOf(coming.from)).from, to: weekRange(mondayOf(coming.to)).to }
  const taken = await takenIn(near)
  const { free } = answer({ schedule, taken, now, limits, range: coming })
  const monday = shownMonday(listed, now, asked ?? (free[0] && localDateOf(free[0].start)))
  const week = weekRange(monday)
  const isNear = near.from <= week.from && week.to <= near.to
  return { free, week: weekTable({ schedule, taken: isNear ? taken : await takenIn(week), now, limits, monday }) }
}

/** The spaces that pass the filter, each with its first time of the wish on the date. */
export async function search(db: Reads, ground: Ground, filter: Filter, wish: TimeWish, who: Who | null = null): Promise<Hit[]> {
  const listed = matching(ground.catalogue, filter)
  const around = neighbourhood(dayBarSpan(wish), wish.minutes)
  const taken = await takenOfMany(db, listed, around.start, around.end, ground.now)
  const asker = { who, people: filter.people }
  const candidates = listed.map((one): Candidate => ({ listed: one, schedule: scheduleFor(ground, one, asker), taken: taken.get(one.space.id) ?? [] }))
  return hitsOf(candidates, wish, ground.now, ground.edition.limits)
}

/** The later times of those without one on the date, within 14 days: by the space's id, null where there is none. */
export async function laterTimes(db: Reads, ground: Ground, hits: readonly Hit[], wish: TimeWish): Promise<Map<string, Interval | null>> {
  const waiting = hits.filter(({ first, minutes }) => first === null && minutes !== null)
  const [from, to] = [startOf(addDays(wish.date, 1)), endOf(lastLookedAt(wish.date))]
  const taken = await takenOfMany(db, waiting.map(({ listed }) => listed), from, to, ground.now)
  return new Map(waiting.map((hit) => [
    hit.listed.space.id, nextFitting(hit, taken.get(hit.listed.space.id) ?? [], wish, ground.now, ground.edition.limits),
  ]))
}

export const resultsPerPage = 20
export type Results = { groups: Group[]; next: Map<string, Interval | null>; all: number; fitting: number; page: number; pages: number }

/** One page of a search: the groups on it with their later times, and how many there are in all. */
export async function resultsOf(
  db: Reads, ground: Ground, asked: TimeWish & { filter: Filter; who: Who | null; fits: boolean; page: number },
): Promise<Results> {
  const groups = groupsOf(await search(db, ground, asked.filter, asked, asked.who))
  const fitting = groups.filter(({ first }) => first !== null)
  const listed = asked.fits ? fitting : groups
  const pages = Math.max(1, Math.ceil(listed.length / resultsPerPage))
  const page = Math.min(asked.page, pages)
  const shown = listed.slice((page - 1) * resultsPerPage, page * resultsPerPage)
  const next = await laterTimes(db, ground, shown.flatMap(({ head, halves }) => [head, ...halves]), asked)
  return { groups: shown, next, all: groups.length, fitting: fitting.length, page, pages }
}
