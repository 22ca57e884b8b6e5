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
import { monthRange, monthTable, shownMonth } from './month.ts'
import type { LocalMonth, Month } from './month.ts'
import type { DateRange } from './schedule.ts'
import { takenOf } from './store.ts'
import type { Taken } from './taken.ts'
import { firstShown, nextFree, weekRange, weekTable } from './week.ts'
import type { Week } from './week.ts'

export type Times = {
  /** Free times of the coming days. */
  free: Interval[]
  week: Week | null
  month: Month | null
  /** Free times of the other spaces that were asked about, in their order: from the coming days, as far as the first time needs. */
  others: Interval[][]
}

export type TimesAsked = { coming: DateRange; week?: LocalDate | undefined; month?: LocalMonth | undefined; asker: Asker; others: readonly Listed[] }

/**
 * When a space is free on the coming dates, with its week of the date asked (of the first free time when the coming week
 * has none) or its month, and when the others are. One read for its own, unless week or month lie farther ahead.
 */
export async function timesOf(db: Reads, ground: Ground, listed: Listed, { coming, week, month, asker, others }: TimesAsked): Promise<Times> {
  const { edition: { limits }, now } = ground
  const schedule = scheduleFor(ground, listed, asker)
  const takenIn = (range: DateRange): Promise<readonly Taken[]> => {
    const { start, end } = neighbourhood({ start: startOf(range.from), end: endOf(range.to) }, shortest(listed.space))
    return takenOf(db, listed, start, end, now)
  }
  const near = { from: addDays(coming.from, -1), to: addDays(coming.to, 7) }
  const own = await takenIn(near)
  const { free } = answer({ schedule, taken: own, now, limits, range: coming })
  const known = async (range: DateRange): Promise<readonly Taken[]> =>
    (near.from <= range.from && range.to <= near.to ? own : takenIn(range))

  const wanted = month === undefined ? null : shownMonth(listed, now, month)
  const from = firstShown(listed, now, week ?? firstDay(free, coming.from))
  return {
    free,
    week: wanted !== null ? null : weekTable({ schedule, taken: await known(weekRange(from)), now, limits, from }),
    month: wanted === null ? null : monthTable({ schedule, taken: await known(monthRange(wanted)), now, limits, month: wanted }),
    others: await firstTimes(db, ground, others, coming, asker),
  }
}

/** Most spaces have a time within so many days, and reading them is a quarter of a fortnight's work. */
const soonDays = 3

/** When spaces are free on the first of the days, or on all of them where the first have no time. */
async function firstTimes(db: Reads, ground: Ground, spaces: readonly Listed[], coming: DateRange, asker: Asker): Promise<Interval[][]> {
  const soon = await freeTimes(db, ground, spaces, { from: coming.from, to: addDays(coming.from, soonDays - 1) }, asker)
  const hasTime = (at: number): boolean => nextFree(spaces[at]!.space, soon[at]!.free, 1).length > 0
  const full = spaces.filter((_, at) => !hasTime(at))
  const later = new Map((await freeTimes(db, ground, full, coming, asker)).map(({ free }, at) => [full[at], free]))
  return spaces.map((one, at) => later.get(one) ?? soon[at]!.free)
}

/** Today, or the day of the first free time when the week from today has none. */
function firstDay([first]: readonly Interval[], today: LocalDate): LocalDate {
  const date = first && localDateOf(first.start)
  return date && date > addDays(today, 6) ? date : today
}
