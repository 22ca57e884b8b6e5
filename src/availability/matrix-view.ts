import type { Language } from '../platform/i18n/text.ts'
import { shown } from '../spaces/shown.ts'
import { intersect } from '../time/interval.ts'
import type { Interval } from '../time/interval.ts'
import { edgeAt, minuteMs, minuteOfDay } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'
import { dayOf } from './free.ts'
import { firstStart, stretchesOf } from './free-day.ts'
import type { FreeDayNow } from './free-day.ts'
import { askerFields, formLink, withQuery } from './form-link.ts'
import { startsAllowed } from './horizon.ts'
import { openWithin } from './openings.ts'
import type { Room } from './rooms.ts'
import type { Limits } from './schedule.ts'
import { changed, searchFields } from './search-fields.ts'
import type { Search } from './search-query.ts'
import type { Hit } from './search.ts'

export const roomsInMatrix = 24

/**
 * What some hours of a space are, `hours` of them from `from` on (hours of the clock): a time of the wish's length starts in it (`free`); open with no such time (`short`);
 * nothing free (`taken`); not open (`closed`); over, or too late to ask a person (`late`).
 */
export type Cell =
  | { is: 'free'; start: number; end: number; href: string }
  | { is: Other; from: number; hours: number }
type Other = 'short' | 'taken' | 'closed' | 'late'

type Ground = { search: Search; now: number; limits: Limits; language: Language }

/** Rooms by hours of one date. `day` is that date; a whole hall stands before its halves, each in a row of its own. */
export function matrixView(rooms: readonly Room[], day: FreeDayNow, ground: Ground) {
  const { search, now } = ground
  const fields = searchFields(search)
  const hits = rooms.flatMap(({ head, halves }) => [head, ...halves])
  const hours = hoursOpen(hits, day.date)
  const at = search.dates.indexOf(day.date)
  const to = (date: LocalDate | undefined): string | null => (date === undefined ? null : changed(fields, { on: date }))
  return {
    date: day.date,
    hours: hours.map(({ hour }) => hour),
    rows: hits.map((hit) => rowOf(hit, hours, day, ground)),
    over: dayOf(day.date).end <= now,
    previous: to(search.dates[at - 1]),
    next: to(search.dates[at + 1]),
  }
}
export type MatrixView = ReturnType<typeof matrixView>

type Hour = { hour: number; stretch: Interval }

/** The hours of the clock in which any of the spaces is open; an hour that the clock jumps over is left out. */
function hoursOpen(hits: readonly Hit[], date: LocalDate): Hour[] {
  const day = dayOf(date)
  const open = hits.map(({ schedule }) => openWithin(schedule, day)).filter((one) => one.length > 0)
  if (open.length === 0) return []
  const first = Math.floor(minuteOfDay(Math.min(...open.map((one) => one[0]!.start))) / 60)
  const end = Math.max(...open.map((one) => one.at(-1)!.end))
  return Array.from({ length: 24 - first }, (_, i) => first + i)
    .map((hour) => ({ hour, stretch: { start: edgeAt(date, hour * 60, 'start'), end: edgeAt(date, (hour + 1) * 60, 'start') } }))
    .filter(({ stretch }) => stretch.start < stretch.end && stretch.start < end)
}

function rowOf(hit: Hit, hours: readonly Hour[], day: FreeDayNow, { search, now, limits, language }: Ground) {
  const { listed: { position, space, unit }, schedule, minutes } = hit
  const asker = { who: search.who, people: search.filter.people }
  const whole = dayOf(day.date)
  const starts = startsAllowed(schedule, now, limits)
  const open = openWithin(schedule, whole)
  const free = stretchesOf(day, position)
  const cellOf = ({ hour, stretch }: Hour): Cell => {
    const within = { start: Math.max(stretch.start, starts.start), end: Math.min(stretch.end, starts.end) }
    const start = minutes === null ? null : firstStart(day, position, within, whole, minutes * minuteMs, space.stepMinutes)
    if (start !== null) {
      const time = { start, end: start + minutes! * minuteMs }
      return { is: 'free', ...time, href: formLink(space.slug, time, asker) }
    }
    const other = (is: Other): Cell => ({ is, from: hour, hours: 1 })
    if (intersect(open, [stretch]).length === 0) return other('closed')
    if (intersect(free, [stretch]).length === 0) return other('taken')
    return other(stretch.end <= starts.start || stretch.start >= starts.end ? 'late' : 'short')
  }
  return {
    name: shown(space.name, language),
    unit: shown(unit.name, language),
    half: space.wholeId !== null,
    people: space.people,
    href: withQuery(`/spaces/${space.slug}`, { week: day.date, ...askerFields(asker) }),
    cells: joined(hours.map(cellOf)),
  }
}

/** Neighbouring hours that are the same as one cell, as nobody wants to read “closed” nine times. */
function joined(cells: readonly Cell[]): Cell[] {
  const found: Cell[] = []
  for (const cell of cells) {
    const last = found.at(-1)
    if (last && last.is !== 'free' && last.is === cell.is) last.hours++
    else found.push(cell)
  }
  return found
}
