import { unclearTimes, type Refusal } from '../availability/refusals.ts'
import type { Interval } from '../time/interval.ts'
import { instantAt, type LocalDate, type Reading } from '../time/wallclock.ts'

/** Which of the two readings is meant when the clock is turned back and a time comes twice. */
export type Turn = 'first' | 'second'

/** A time as a form asks for it: a local date and minutes of the day, 0–1440. */
export type AskedTime = {
  date: LocalDate
  from: number
  to: number
  fromTurn?: Turn | undefined
  toTurn?: Turn | undefined
}

/** `18`, `9.30`, `18:30` or `24:00` as minutes of the day; null on anything else. */
export function clockOf(text: string): number | null {
  const [, hours, minutes = '00'] = /^(\d{1,2})(?:[.:](\d\d))?$/.exec(text.trim()) ?? []
  if (hours === undefined || Number(minutes) > 59) return null
  const minute = Number(hours) * 60 + Number(minutes)
  return minute <= 1440 ? minute : null
}

export const opensIntoNight = (openings: readonly { to: number }[]): boolean => openings.some(({ to }) => to > 1440)

/**
 * The stretch of time that is asked for, or why its clock times are not one instant each (rulings 14). An end at 00:00
 * is the midnight after; other ends before the start are so too where the place is open into the night.
 */
export function stretchOf(asked: AskedTime, openIntoNight: boolean): ({ ok: true } & Interval) | { ok: false; refusals: Refusal[] } {
  const overnight = asked.to <= asked.from && (asked.to === 0 || openIntoNight)
  const start = chosen(instantAt(asked.date, asked.from), asked.fromTurn)
  const end = chosen(instantAt(asked.date, asked.to + (overnight ? 1440 : 0)), asked.toTurn)
  if (start.kind === 'one' && end.kind === 'one') return { ok: true, start: start.at, end: end.at }
  return { ok: false, refusals: unclearTimes(start, end) }
}

const chosen = (reading: Reading, turn: Turn | undefined): Reading =>
  (reading.kind === 'two' && turn ? { kind: 'one', at: reading[turn] } : reading)
