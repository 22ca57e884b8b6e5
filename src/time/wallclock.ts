import { tzOffset } from '@date-fns/tz/tzOffset'

/**
 * The only door between local time and instants. Local means Europe/Helsinki, whatever the process's own zone is.
 * In spring 03:00–04:00 does not exist, in autumn it comes twice; the functions here say so instead of guessing.
 */
export const zone = 'Europe/Helsinki'

/** A calendar day in Helsinki, `YYYY-MM-DD`. Text order is time order. */
export type LocalDate = string

/** What a wall-clock time means: one instant, none (the clock jumps over it, to `next`), or two. */
export type Reading =
  | { kind: 'one'; at: number }
  | { kind: 'none'; next: number }
  | { kind: 'two'; first: number; second: number }

export const minuteMs = 60_000
export const dayMs = 86_400_000

/** A UTC day: Helsinki's offset (ms) before and from the instant `change`; on most days the two are the same. */
type UtcDay = { change: number; before: number; after: number }

// Each day is asked of Intl once. Both memories are bounded by the years that isLocalDate lets in (37,000 days).
const utcDays = new Map<number, UtcDay>()
const dayNumbers = new Map<LocalDate, number>()
const dates = new Map<number, LocalDate>()

const offsetFromZoneData = (instant: number): number => tzOffset(zone, new Date(instant)) * minuteMs

function offsetAt(instant: number): number {
  const number = Math.floor(instant / dayMs)
  const day = utcDays.get(number) ?? learnDay(number)
  return instant < day.change ? day.before : day.after
}

function learnDay(number: number): UtcDay {
  const start = number * dayMs
  const before = offsetFromZoneData(start)
  const after = offsetFromZoneData(start + dayMs)
  const day = { change: before === after ? start : changeBetween(start, start + dayMs, after), before, after }
  utcDays.set(number, day)
  return day
}

/** The first minute in (low, high] from which the new offset holds. */
function changeBetween(low: number, high: number, offset: number): number {
  while (high - low > minuteMs) {
    const middle = low + Math.floor((high - low) / 2 / minuteMs) * minuteMs
    if (offsetFromZoneData(middle) === offset) high = middle
    else low = middle
  }
  return high
}

/** Days since 1970-01-01. Throws on a text that is no date. */
function dayNumber(date: LocalDate): number {
  const known = dayNumbers.get(date)
  if (known !== undefined) return known
  const number = Date.parse(`${date}T00:00Z`) / dayMs
  if (!Number.isInteger(number) || dateOf(number) !== date) throw new RangeError(`Not a date: ${date}`)
  dayNumbers.set(date, number)
  return number
}

function dateOf(number: number): LocalDate {
  let date = dates.get(number)
  if (date === undefined) {
    date = new Date(number * dayMs).toISOString().slice(0, 10)
    dates.set(number, date)
  }
  return date
}

const localMs = (instant: number): number => instant + offsetAt(instant)

/** Whether the text is a real day between 2000-01-01 and 2100-12-31. */
export function isLocalDate(text: string): boolean {
  if (!/^(20\d\d|2100)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text)) return false
  const ms = Date.parse(`${text}T00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).getUTCDate() === Number(text.slice(8))
}

export const addDays = (date: LocalDate, days: number): LocalDate => dateOf(dayNumber(date) + days)

/** Whole days from one date to another; negative when `to` is the earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => dayNumber(to) - dayNumber(from)

/** ISO weekday, 1 = Monday … 7 = Sunday. */
export const weekdayOf = (date: LocalDate): number => ((dayNumber(date) + 3) % 7) + 1

/**
 * The instant of a wall-clock minute, counted from the date's midnight: 0–1440, and up to 2880 for the next day.
 * Throws on other minutes. Offsets are compared a day either side: Helsinki never changes its clock twice in two days.
 */
export function instantAt(date: LocalDate, minute: number): Reading {
  if (!(minute >= 0 && minute <= 2880)) throw new RangeError(`Not a minute of a day or its night: ${minute}`)
  const wall = dayNumber(date) * dayMs + minute * minuteMs
  const before = offsetAt(wall - dayMs)
  const after = offsetAt(wall + dayMs)
  const first = wall - before
  if (before === after) return { kind: 'one', at: first }
  const second = wall - after
  const firstHolds = offsetAt(first) === before
  const secondHolds = offsetAt(second) === after
  if (firstHolds && secondHolds) return { kind: 'two', first, second }
  if (firstHolds) return { kind: 'one', at: first }
  if (secondHolds) return { kind: 'one', at: second }
  return { kind: 'none', next: changeBetween(second, first, after) }
}

/**
 * The instant of an opening's edge, which must always be one. An edge inside the spring gap moves to the gap's end;
 * a doubled one takes the reading that makes the opening the longer: the first for a start, the second for an end.
 */
export function edgeAt(date: LocalDate, minute: number, edge: 'start' | 'end'): number {
  const reading = instantAt(date, minute)
  if (reading.kind === 'one') return reading.at
  if (reading.kind === 'none') return reading.next
  return edge === 'start' ? reading.first : reading.second
}

/** The instant a date begins. Helsinki's clock has only ever changed at night after 00:00, so that it is one. */
export const startOf = (date: LocalDate): number => edgeAt(date, 0, 'start')

/** The instant a date ends: the start of the next, 23, 24 or 25 hours later. */
export const endOf = (date: LocalDate): number => edgeAt(date, 1440, 'start')

export const localDateOf = (instant: number): LocalDate => dateOf(Math.floor(localMs(instant) / dayMs))

/** What the wall clock shows, in minutes from 00:00 (0–1439); on clock-change days not the minutes gone by. */
export function minuteOfDay(instant: number): number {
  const local = localMs(instant)
  return Math.floor((local - Math.floor(local / dayMs) * dayMs) / minuteMs)
}

const two = (number: number): string => (number < 10 ? `0${number}` : `${number}`)

/** A minute of the day as `HH:MM`; 1440 is `24:00`. */
export const minuteText = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`

/** `HH:MM` as a minute of the day, 00:00–24:00; null on anything else. */
export function parseMinute(text: string): number | null {
  if (!/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text)) return null
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
}

/** Helsinki's offset at an instant, `+02:00` or `+03:00`. */
export function offsetText(instant: number): string {
  const minutes = offsetAt(instant) / minuteMs
  return `${minutes < 0 ? '-' : '+'}${minuteText(Math.abs(minutes))}`
}

/** An instant as `2026-11-24T18:00:00+02:00`; fractions of a second are left out. */
export function isoWithOffset(instant: number): string {
  const seconds = Math.floor(instant / 1000) % 60
  return `${localDateOf(instant)}T${minuteText(minuteOfDay(instant))}:${two(seconds)}${offsetText(instant)}`
}

const whenPattern =
  /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(?:(Z)|([+-])(0\d|1[0-4]):([0-5]\d))?$/

/**
 * A time as people and machines write it: an ISO instant with `Z` or an offset, or local `YYYY-MM-DDTHH:MM` without.
 * `24:00` is the next midnight. Years 2000–2100, as in isLocalDate. A local time may be none or two: rulings 14.
 */
export function parseWhen(text: string): Reading | { kind: 'malformed' } {
  const [, date, clock, second = '0', fraction = '0', utc, sign, hours, minutes] = whenPattern.exec(text) ?? []
  if (!date || !clock || !isLocalDate(date)) return { kind: 'malformed' }
  const minute = parseMinute(clock)
  const ms = Number(second) * 1000 + Math.floor(Number(`0.${fraction}`) * 1000)
  if (minute === null || (minute === 1440 && ms > 0)) return { kind: 'malformed' }
  if (utc || sign) {
    const offset = sign ? (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1) : 0
    return { kind: 'one', at: dayNumber(date) * dayMs + (minute - offset) * minuteMs + ms }
  }
  return later(instantAt(date, minute), ms)
}

function later(reading: Reading, ms: number): Reading {
  if (ms === 0 || reading.kind === 'none') return reading
  if (reading.kind === 'one') return { kind: 'one', at: reading.at + ms }
  return { kind: 'two', first: reading.first + ms, second: reading.second + ms }
}
