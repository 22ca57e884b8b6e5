import type { Listed } from '../spaces/catalogue.ts'
import type { Space } from '../spaces/space.ts'
import type { Interval } from '../time/interval.ts'
import { addDays } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'
import { firstFitting, firstWithin, stretchOf } from './free.ts'
import type { SearchWindow } from './free.ts'
import { startsAllowed } from './horizon.ts'
import { longest, shortest } from './length.ts'
import type { Limits, Schedule } from './schedule.ts'
import type { Taken } from './taken.ts'

/** A time to look for on one date: minutes of the day and a length in minutes. */
export type TimeWish = { date: LocalDate; from: number; to: number; minutes: number }

/** A space that passed the filter, with the times on the date asked that the search needs to know. */
export type Candidate = { listed: Listed; schedule: Schedule; taken: readonly Taken[] }

/** A candidate with its answer: the length it can be had for (null: never so long), and the first time that fits. */
export type Hit = Candidate & { minutes: number | null; first: Interval | null }

/** Spaces that are one room: a divisible hall with its halves under it (rulings 13), or a space alone. */
export type Group = { head: Hit; halves: Hit[]; first: number | null }

/** The wished length as the space takes it: on its step and not under its shortest; null when it never takes so long. */
export function lengthFor(space: Pick<Space, 'minMinutes' | 'maxMinutes' | 'stepMinutes'>, minutes: number): number | null {
  const length = Math.max(Math.ceil(minutes / space.stepMinutes) * space.stepMinutes, shortest(space))
  return length <= longest(space) ? length : null
}

const windowOf = ({ date, from, to }: TimeWish, minutes: number): SearchWindow =>
  ({ date, fromMinute: from, toMinute: to, minutes })

/** The first time of the wish in each candidate. */
export function hitsOf(candidates: readonly Candidate[], wish: TimeWish, now: number, limits: Limits): Hit[] {
  const window = stretchOf(windowOf(wish, wish.minutes))
  const startsIn = startsKnown(now, limits)
  return candidates.map(({ listed, schedule, taken }) => {
    const minutes = lengthFor(listed.space, wish.minutes)
    const first = minutes === null ? null : firstWithin(schedule, taken, startsIn(schedule), window, minutes)
    return { listed, schedule, taken, minutes, first }
  })
}

/** `startsAllowed`, worked out once for all spaces with the same approval and horizon. */
function startsKnown(now: number, limits: Limits): (schedule: Schedule) => Interval {
  const known = { automatic: new Map<number, Interval>(), person: new Map<number, Interval>() }
  return (schedule) => {
    const { approval, daysAhead } = schedule.space
    let starts = known[approval].get(daysAhead)
    if (!starts) known[approval].set(daysAhead, (starts = startsAllowed(schedule, now, limits)))
    return starts
  }
}

const daysOn = 14

/** The wish's first time on one of the next 14 dates; `taken` must cover them. */
export function nextFitting(
  { listed, schedule }: Pick<Candidate, 'listed' | 'schedule'>, taken: readonly Taken[], wish: TimeWish, now: number, limits: Limits,
): Interval | null {
  const minutes = lengthFor(listed.space, wish.minutes)
  if (minutes === null) return null
  for (let days = 1; days <= daysOn; days++) {
    const found = firstFitting(schedule, taken, now, limits, windowOf({ ...wish, date: addDays(wish.date, days) }, minutes))
    if (found) return found
  }
  return null
}

/** The last date that `nextFitting` looks at. */
export const lastLookedAt = (date: LocalDate): LocalDate => addDays(date, daysOn)

/** One group a room: those that fit first, the earliest on top; equals and the rest stay in the order of the list. */
export function groupsOf(hits: readonly Hit[]): Group[] {
  const rooms = new Map<string, Hit[]>()
  for (const hit of hits) {
    const room = hit.listed.space.wholeId ?? hit.listed.space.id
    const members = rooms.get(room)
    if (members) members.push(hit)
    else rooms.set(room, [hit])
  }
  return [...rooms].map(([room, members]) => groupOf(room, members)).sort((a, b) => (a.first ?? Infinity) - (b.first ?? Infinity) || 0)
}

function groupOf(room: string, members: Hit[]): Group {
  const [alone, another] = members
  if (alone && !another) return { head: alone, halves: [], first: alone.first?.start ?? null }
  const head = members.find(({ listed }) => listed.space.id === room) ?? members[0]!
  const firsts = members.flatMap(({ first }) => (first ? [first.start] : []))
  return { head, halves: members.filter((one) => one !== head), first: firsts.length > 0 ? Math.min(...firsts) : null }
}

type Found = Hit & { first: Interval }

/** The hits that can take exactly so many minutes. */
export const fitsExactly = (hits: readonly Hit[], minutes: number): Found[] =>
  hits.filter((hit): hit is Found => hit.first !== null && hit.minutes === minutes)

/** The earliest first; equals stay in the order of the list. */
export const soonestFirst = (hits: readonly Found[]): Found[] => hits.toSorted((a, b) => a.first.start - b.first.start)
