import type { Reads } from '../platform/db/database.ts'
import type { Listed } from '../spaces/catalogue.ts'
import type { Interval } from '../time/interval.ts'
import { addDays, endOf, localDateOf, startOf } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'
import { freeTimes } from './actions.ts'
import type { Ground } from './actions.ts'
import { answer } from './answer.ts'
import { scheduleFor } from './asker.ts'
import type { Asker } from './asker.ts'
import { neighbourhood } from './free.ts'
import { shortest } from './length.ts'
import { startsAllowed } from './horizon.ts'
import { monthRange, monthTable, shownMonth } from './month.ts'
import type { LocalMonth, Month } from './month.ts'
import type { DateRange } from './schedule.ts'
import { takenOf } from './store.ts'
import type { Taken } from './taken.ts'
import { daysNamed, firstOfDays, firstShown, weekRange, weekTable } from './week.ts'
import type { Week } from './week.ts'

export type Times = {
  /** Free times of the coming days. */
  free: Interval[]
  week: Week | null
  month: Month | null
  /** Free times of the other spaces that were asked about, in their order: from the coming days, as far as the first time needs. */
  others: Interval[][]
}

/** Most spaces have times on as many days as a page names within a week, and reading it is half of a fortnight's work. */
const firstDays = 7

export type TimesAsked = { coming: DateRange; week?: LocalDate | undefined; month?: LocalMonth | undefined; asker: Asker; others: readonly Listed[] }

/**
 * When a space is free on the coming dates, as far as a page names them, with its week of the date asked (of the first free
 * time when the coming week has none) or its month, and when the others are. One read for its own, unless the first week
 * has too few times, or week or month lie farther ahead.
 */
export async function timesOf(db: Reads, ground: Ground, listed: Listed, { coming, week, month, asker, others }: TimesAsked): Promise<Times> {
  const { edition: { limits }, now } = ground
  const schedule = scheduleFor(ground, listed, asker)
  const takenIn = (range: DateRange): Promise<readonly Taken[]> => {
    const { start, end } = neighbourhood({ start: startOf(range.from), end: endOf(range.to) }, shortest(listed.space))
    return takenOf(db, listed, start, end, now)
  }
  const look = async (range: DateRange): Promise<{ near: DateRange; taken: readonly Taken[]; free: Interval[] }> => {
    const near = { from: addDays(range.from, -1), to: addDays(range.to, 1) }
    const taken = await takenIn(near)
    return { near, taken, free: answer({ schedule, taken, now, limits, range: earlier(range, coming) }).free }
  }
  const first = localDateOf(startsAllowed(schedule, now, limits).start)
  const soon = { from: first, to: addDays(first, firstDays - 1) }
  const early = first <= coming.to ? await look(soon) : null
  const enough = early && (soon.to >= coming.to || firstOfDays(listed.space, early.free, daysNamed).length === daysNamed)
  const { near, taken, free } = enough ? early : await look(coming)
  const known = async (range: DateRange): Promise<readonly Taken[]> =>
    (near.from <= range.from && range.to <= near.to ? taken : takenIn(range))

  const wanted = month === undefined ? null : shownMonth(listed, now, month)
  const from = firstShown(listed, now, week ?? firstDay(free, coming.from))
  return {
    free,
    week: wanted !== null ? null : weekTable({ schedule, taken: await known(weekRange(from)), now, limits, from }),
    month: wanted === null ? null : monthTable({ schedule, taken: await known(monthRange(wanted)), now, limits, month: wanted }),
    others: await comingTimes(db, ground, others, coming, asker, 1),
  }
}

/** The same for a single time; reading three days is a quarter of a fortnight's work. */
const soonDays = 3

/**
 * When spaces are free on the first days on which they may be booked, or on all of the dates where those do not have a
 * first time on so many days.
 */
export async function comingTimes(db: Reads, ground: Ground, spaces: readonly Listed[], coming: DateRange, asker: Asker, days: number): Promise<Interval[][]> {
  const within = days > 1 ? firstDays : soonDays
  const found = new Map<Listed, Interval[]>()
  const byStart = new Map<LocalDate, Listed[]>()
  for (const one of spaces) {
    const start = localDateOf(startsAllowed(scheduleFor(ground, one, asker), ground.now, ground.edition.limits).start)
    byStart.set(start, [...byStart.get(start) ?? [], one])
  }
  const look = async (some: readonly Listed[], range: DateRange): Promise<void> => {
    for (const [at, { free }] of (await freeTimes(db, ground, some, range, asker)).entries()) found.set(some[at]!, free)
  }
  for (const [from, some] of byStart) if (from <= coming.to) await look(some, earlier({ from, to: addDays(from, within - 1) }, coming))
  await look([...found.keys()].filter((one) => firstOfDays(one.space, found.get(one)!, days).length < days), coming)
  return spaces.map((one) => found.get(one) ?? [])
}

/** A range that ends no later than another one. */
const earlier = ({ from, to }: DateRange, other: DateRange): DateRange => ({ from, to: to < other.to ? to : other.to })

/** Today, or the day of the first free time when the week from today has none. */
function firstDay([first]: readonly Interval[], today: LocalDate): LocalDate {
  const date = first && localDateOf(first.start)
  return date && date > addDays(today, 6) ? date : today
}
