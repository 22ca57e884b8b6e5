import { contains, overlaps, union } from '../time/interval.ts'
import type { Interval } from '../time/interval.ts'
import { dayMs, endOf, localDateOf, minuteMs, startOf } from '../time/wallclock.ts'
import { firstHandledDate, lastBookableDate } from './horizon.ts'
import { longest, shortest } from './length.ts'
import { openFrom, openingHours } from './openings.ts'
import type { Barred, Refusal } from './refusals.ts'
import type { Limits, Schedule } from './schedule.ts'
import { gapAfter, gapBefore, shadow } from './taken.ts'
import type { Taken } from './taken.ts'

/** A wish for a time, with what the quote found out about it. */
export type Wish = Interval & {
  people: number
  /** Who decides, as the quote says: the stricter of rule and space. */
  approval: 'automatic' | 'person'
  /** Set when the rule book refuses the use itself. */
  notAllowed?: { rule: string }
  /** The booking that the wish is about (moved or approved): its own occupancy is no obstacle. */
  bookingId?: string
  /** The hold that the wish comes from; no obstacle either. */
  holdId?: string
  /** A person decides now: lead time and quota no longer refuse, the past still does. */
  decided?: boolean
}

/** How many undecided and coming bookings a person has, the asked one left out, how many they may have, and when one more fits; the bans in force against the booking. */
export type Standing = { openBookings: number; limit: number; freesAt?: number; bans?: readonly Barred[] }

export type Asked = {
  schedule: Schedule
  /** Others' occupancies around the wish. */
  taken: readonly Taken[]
  now: number
  limits: Limits
  wish: Wish
  standing?: Standing | undefined
}

type Rule = (asked: Asked) => Refusal[]

const none: Refusal[] = []

const order: Rule = ({ wish }) => (wish.start < wish.end ? none : [{ code: 'end-before-start' }])

const past: Rule = ({ wish, now }) => (wish.start >= now ? none : [{ code: 'in-the-past' }])

/** Rulings 6. A space that always asks a person asks one for every wish. */
const handling: Rule = ({ schedule, wish, now, limits }) => {
  if (wish.decided || (wish.approval === 'automatic' && schedule.space.approval === 'automatic')) return none
  const firstDate = firstHandledDate(schedule, now, limits)
  return wish.start >= startOf(firstDate) ? none : [{ code: 'too-late', firstDate }]
}

const horizon: Rule = ({ schedule, wish, now }) => {
  const lastDate = lastBookableDate(schedule.space, now)
  return wish.start < endOf(lastDate) ? none : [{ code: 'too-early', lastDate }]
}

/** Lengths are time gone by: a wish over the autumn change is an hour longer than its clock times say. */
const tooShort: Rule = ({ schedule: { space }, wish }) =>
  (wish.end - wish.start >= space.minMinutes * minuteMs ? none : [{ code: 'too-short', minutes: shortest(space) }])

const tooLong: Rule = ({ schedule: { space }, wish }) =>
  (wish.end - wish.start <= space.maxMinutes * minuteMs ? none : [{ code: 'too-long', minutes: longest(space) }])

const step: Rule = ({ schedule: { space }, wish }) => {
  const stepMs = space.stepMinutes * minuteMs
  return wish.start % stepMs === 0 && wish.end % stepMs === 0 ? none : [{ code: 'off-step', minutes: space.stepMinutes }]
}

const opening: Rule = ({ schedule, wish }) => {
  const asked = looked(schedule, wish)
  if (openingHours(schedule, asked).some((hours) => contains(hours, asked))) return none
  return [{ code: 'closed', opensAt: openFrom(schedule, localDateOf(wish.start)) }]
}

const closures: Rule = ({ schedule, wish }) =>
  schedule.closures
    .filter((closure) => overlaps(closure, wish))
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, end, reason }) => ({ code: 'closure', reason, start, end }))

const neighbours: Rule = ({ schedule: { space }, taken, wish }) => {
  const inTheWay = taken.filter((one) => overlaps(shadow(one, space), wish))
  if (inTheWay.length === 0) return none
  const overlapping = inTheWay.filter((one) => overlaps(one, wish))
  const tooClose = inTheWay.filter((one) => !overlaps(one, wish))
  const refusals: Refusal[] = []
  if (overlapping.length > 0) refusals.push({ code: 'taken', busy: union(overlapping), gap: false })
  if (tooClose.length > 0) {
    const needed = tooClose.map((one) => (one.end <= wish.start ? gapAfter(one, space) : gapBefore(one, space)))
    refusals.push({ code: 'taken', busy: union(tooClose), gap: true, minutes: Math.max(...needed) })
  }
  return refusals
}

const people: Rule = ({ schedule: { space }, wish }) =>
  (wish.people <= space.people ? none : [{ code: 'too-many-people', people: space.people }])

const allowed: Rule = ({ wish }) => (wish.notAllowed ? [{ code: 'not-allowed', rule: wish.notAllowed.rule }] : none)

const quota: Rule = ({ wish, standing }) => {
  if (wish.decided || !standing || standing.openBookings < standing.limit) return none
  const { openBookings: used, limit, freesAt } = standing
  return [{ code: 'open-bookings', limit, used, ...(freesAt === undefined ? {} : { freesAt }) }]
}

/** It is about booking, not about use: what was booked before stays, and what waits is still decided. */
const bans: Rule = ({ wish, standing }) => (wish.decided ? none : (standing?.bans ?? []).map((ban) => ({ code: 'banned', ...ban })))

const always: Rule[] = [order, past, handling, horizon]
const aboutStretch: Rule[] = [tooShort, tooLong, step, opening, closures, neighbours]
const aboutUse: Rule[] = [people, allowed, quota, bans]

/** All the reasons against a wish, in the order of the rules; a wish that ends before it starts has no stretch to ask about. */
export function refusalsOf(asked: Asked): Refusal[] {
  const stretch = asked.wish.start < asked.wish.end ? aboutStretch : []
  return [...always, ...stretch, ...aboutUse].flatMap((rule) => rule(asked))
}

const week = 7 * dayMs

/** The part of a wish that is looked up in the openings: all of any wish that could be booked, a week of an absurd one. */
function looked({ space }: Schedule, wish: Wish): Interval {
  const most = Math.max(week, space.maxMinutes * minuteMs)
  return { start: wish.start, end: Math.min(wish.end, wish.start + most) }
}
