import type { Reads } from '../platform/db/database.ts'
import { engine } from '../platform/db/kit.ts'
import type { Catalogue } from '../spaces/catalogue.ts'
import { dayMs, minuteMs } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'
import { dayOf, neighbourhood } from './free.ts'
import { freeDay, withHolds } from './free-day.ts'
import type { FreeDay, FreeDayNow } from './free-day.ts'
import { shortMs, takenOfMany } from './store.ts'
import { longestBuffer } from './taken.ts'

type Kept = { marks: string; day: Promise<FreeDay> }

/** What was worked out of each date, the one asked last at the end; a catalogue that is no longer in use takes its days with it. */
const kept = new WeakMap<Catalogue, Map<LocalDate, Kept>>()
const keepAtMost = 100

/**
 * When every space is free on each of the dates, as of now: kept in memory as long as no occupancy of the date has
 * changed, which one read of the days' marks tells. PostgreSQL has no marks, and each day is read anew.
 */
export async function freeDaysOf(db: Reads, { catalogue, now }: { catalogue: Catalogue; now: number }, dates: readonly LocalDate[]): Promise<FreeDayNow[]> {
  const marks = await marksOf(db, dates)
  const days: FreeDayNow[] = []
  for (const date of dates) {
    const day = await known(db, catalogue, date, marks)
    const { start, end } = reachOf(date)
    const taken = day.held.length > 0 ? await takenOfMany(db, day.held.map((position) => catalogue.spaces[position]!), start, end, now) : nothing
    days.push(withHolds(day, catalogue.spaces, taken))
  }
  return days
}

const nothing = new Map<string, never>()

/** What an answer about a date must know. */
const reachOf = (date: LocalDate) => neighbourhood(dayOf(date))

/** A mark is read before what it stands for: a day may be newer than its mark says, never older. */
function known(db: Reads, catalogue: Catalogue, date: LocalDate, marksOn: ((date: LocalDate) => string) | null): Promise<FreeDay> {
  if (!marksOn) return workedOut(db, catalogue, date)
  let days = kept.get(catalogue)
  if (!days) kept.set(catalogue, (days = new Map()))
  const marks = marksOn(date)
  const found = days.get(date)
  days.delete(date)
  const day = found?.marks === marks ? found.day : workedOut(db, catalogue, date)
  days.set(date, { marks, day })
  day.catch(() => days.delete(date))
  if (days.size > keepAtMost) days.delete(days.keys().next().value!)
  return day
}

async function workedOut(db: Reads, { spaces }: Catalogue, date: LocalDate): Promise<FreeDay> {
  const { start, end } = reachOf(date)
  return freeDay(spaces, await takenOfMany(db, spaces, start, end), date)
}

/** Long occupancies share one mark (table.ts). */
const longOnes = -1

/** The marks that each date's answer hangs on: of the UTC days on which an occupancy that touches its reach may start. */
async function marksOf(db: Reads, dates: readonly LocalDate[]): Promise<((date: LocalDate) => string) | null> {
  const [first, last] = [dates[0], dates.at(-1)]
  if (engine !== 'sqlite' || first === undefined || last === undefined) return null
  const rows = await db.rows<[day: number, version: string]>(
    'select day, version from occupied_days where day = ? or day between ? and ?', [longOnes, utcDaysOf(first).from, utcDaysOf(last).to])
  const versions = new Map(rows)
  return (date) => {
    const { from, to } = utcDaysOf(date)
    let marks = versions.get(longOnes) ?? ''
    for (let day = from; day <= to; day++) marks += `.${versions.get(day) ?? ''}`
    return marks
  }
}

function utcDaysOf(date: LocalDate): { from: number; to: number } {
  const { start, end } = reachOf(date)
  const widest = longestBuffer * minuteMs
  return { from: Math.floor((start - widest - shortMs) / dayMs), to: Math.floor((end + widest) / dayMs) }
}
