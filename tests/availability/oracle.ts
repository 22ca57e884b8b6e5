import type { DateRange, Limits, Schedule, Taken, Wish } from '../../src/availability/answer.ts'
import type { Closure, Opening } from '../../src/spaces/opening.ts'
import type { Space } from '../../src/spaces/space.ts'
import type { Holiday, Term } from '../../src/time/holidays.ts'
import { yearCalendar } from '../../src/time/holidays.ts'
import type { Interval } from '../../src/time/interval.ts'
import { instantsShowing, wallDate, wallMinute } from '../time/intl.ts'
import type { SearchWindow } from './first.ts'

/**
 * The same questions answered the slow and obvious way: minute by minute, clocks read from Intl.
 * It shares no code with what it checks, except that `scheduleOf` hands the same rows over.
 */
export type Facts = {
  space: Space
  openings: Opening[]
  closures: Closure[]
  holidays: Holiday[]
  terms: Term[]
  taken: Taken[]
  now: number
  limits: Limits
}

export const scheduleOf = ({ space, openings, closures, holidays, terms }: Facts): Schedule =>
  ({ space, openings, closures, calendar: yearCalendar(holidays, terms) })

const minute = 60_000

export const shift = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T12:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

const weekday = (date: string): number => new Date(`${date}T12:00Z`).getUTCDay() || 7
const daysApart = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

function opensOn(opening: Opening, date: string, facts: Facts): boolean {
  const inside = (kind: Term['kind']): boolean =>
    facts.terms.some((term) => term.kind === kind && term.from <= date && date <= term.to)
  const inTerm = inside('term') && !inside('break')
  if (!opening.weekdays.includes(weekday(date))) return false
  if (opening.validFrom !== null && date < opening.validFrom) return false
  if (opening.validTo !== null && date > opening.validTo) return false
  if (opening.when === 'term' && !inTerm) return false
  if (opening.when === 'break' && inTerm) return false
  return opening.onHolidays || !facts.holidays.some((holiday) => holiday.date === date)
}

/** The minutes (as instants) of the window at which the space's opening hours run, closures not yet thought of. */
export function openMinutes(facts: Facts, window: Interval): Set<number> {
  const open = new Set<number>()
  const first = window.start - 180 * minute
  const last = window.end + 180 * minute
  for (let date = shift(wallDate(first), -1); date <= wallDate(last); date = shift(date, 1)) {
    for (const opening of facts.openings) {
      if (!opensOn(opening, date, facts)) continue
      const showing: number[] = []
      let closing = 0
      for (let instant = first; instant < last; instant += minute) {
        const since = daysApart(date, wallDate(instant)) * 1440 + wallMinute(instant)
        if (opening.from <= since && since < opening.to) showing.push(instant)
        if (since === opening.to) closing = instant
      }
      if (showing.length === 0) continue
      // In the autumn night the clock shows some minutes twice: open from the first start to the last end.
      const end = Math.max(showing.at(-1)! + minute, closing)
      for (let instant = showing[0]!; instant < end; instant += minute) open.add(instant)
    }
  }
  return open
}

export const minutesOf = (intervals: readonly Interval[]): number[] =>
  intervals.flatMap(({ start, end }) => Array.from({ length: (end - start) / minute }, (_, i) => start + i * minute))

function firstHandled(facts: Facts): string {
  let date = wallDate(facts.now)
  for (let left = facts.limits.handlingWorkingDays; left > 0;) {
    date = shift(date, 1)
    if (weekday(date) < 6 && !facts.holidays.some((holiday) => holiday.date === date)) left--
  }
  return date
}

/** The codes of the time refusals of a wish; a collision of buffers only is `gap`. */
export function timeCodes(facts: Facts, wish: Pick<Wish, 'start' | 'end' | 'approval' | 'decided'>, open: Set<number>): string[] {
  const { space, now } = facts
  const codes = new Set<string>()
  const minutes = minutesOf([wish])
  const length = minutes.length
  const asksPerson = wish.approval === 'person' || space.approval === 'person'
  if (wish.start < now) codes.add('in-the-past')
  if (!wish.decided && asksPerson && wallDate(wish.start) < firstHandled(facts)) codes.add('too-late')
  if (wallDate(wish.start) > shift(wallDate(now), space.daysAhead)) codes.add('too-early')
  if (length < space.minMinutes) codes.add('too-short')
  if (length > space.maxMinutes) codes.add('too-long')
  if (wallMinute(wish.start) % space.stepMinutes !== 0 || length % space.stepMinutes !== 0) codes.add('off-step')
  if (minutes.some((instant) => !open.has(instant))) codes.add('closed')
  if (minutes.some((instant) => facts.closures.some(({ start, end }) => start <= instant && instant < end))) codes.add('closure')
  for (const one of facts.taken) {
    if (minutes.some((instant) => one.start <= instant && instant < one.end)) codes.add('taken')
    else if (one.end <= wish.start && (wish.start - one.end) / minute < Math.max(one.after, space.bufferBefore)) codes.add('gap')
    else if (one.start >= wish.end && (one.start - wish.end) / minute < Math.max(space.bufferAfter, one.before)) codes.add('gap')
  }
  return [...codes].sort()
}

function shortestMinutes({ minMinutes, stepMinutes }: Space): number {
  let minutes = stepMinutes
  while (minutes < minMinutes) minutes += stepMinutes
  return minutes
}

/** The minutes of the dates that some wish of the shortest length without a time refusal covers. */
export function freeMinutes(facts: Facts, { from, to }: DateRange): number[] {
  const length = shortestMinutes(facts.space) * minute
  const dates = { start: instantsShowing(`${from} 00:00`)[0]!, end: instantsShowing(`${shift(to, 1)} 00:00`)[0]! }
  const open = openMinutes(facts, { start: dates.start - length, end: dates.end + length })
  const covered = new Set<number>()
  // Wishes off the five minutes are off every step.
  for (let start = dates.start - length; start < dates.end; start += 5 * minute) {
    const wish = { start, end: start + length, approval: 'automatic' as const }
    if (timeCodes(facts, wish, open).length === 0) minutesOf([wish]).forEach((instant) => covered.add(instant))
  }
  return [...covered].filter((instant) => dates.start <= instant && instant < dates.end).sort((a, b) => a - b)
}

/** The first wish of the search that has no time refusal, trying one minute after the other. */
export function firstByTrying(facts: Facts, { date, fromMinute, toMinute, minutes }: SearchWindow): Interval | null {
  const window = { start: shown(date, fromMinute).at(0)!, end: shown(date, toMinute).at(-1)! }
  const open = openMinutes(facts, window)
  for (let start = window.start; start + minutes * minute <= window.end; start += minute) {
    if ((start / minute) % 5 !== 0) continue
    const wish = { start, end: start + minutes * minute }
    if (timeCodes(facts, { ...wish, approval: 'automatic' }, open).length === 0) return wish
  }
  return null
}

/** The instants at which the clocks show the minute, or the first later minute that they do show. */
function shown(date: string, minuteOfDate: number): number[] {
  for (let at = minuteOfDate; ; at++) {
    const day = shift(date, Math.floor(at / 1440))
    const clock = `${String(Math.floor((at % 1440) / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
    const instants = instantsShowing(`${day} ${clock}`)
    if (instants.length > 0) return instants
  }
}
