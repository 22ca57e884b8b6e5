import { openFrom } from '../../availability/openings.ts'
import { isLength, stepUp } from '../../availability/length.ts'
import type { Listed } from '../../spaces/catalogue.ts'
import { addDays, localDateOf, minuteMs, type LocalDate } from '../../time/wallclock.ts'
import type { Dice } from './dice.ts'

/** A time that one space could take; no two of a list share a part and overlap, or stand closer than their spaces ask. */
export type Slot = { listed: Listed; start: number; end: number }

/** Bookings lie in the same two years however many there are, so that more of them means closer together. */
export const yearsAround = (now: number): { from: LocalDate; to: LocalDate } => {
  const today = localDateOf(now)
  return { from: addDays(today, -365), to: addDays(today, 365) }
}

const lengths = [60, 90, 90, 120, 120, 180]

/** Spaces that share parts: a hall with its halves, or a space alone. */
function groupsOf(spaces: readonly Listed[]): Listed[][] {
  const groups = new Map<string, Listed[]>()
  for (const one of spaces) {
    const whole = one.space.wholeId ?? one.space.id
    const group = groups.get(whole)
    if (group) group.push(one)
    else groups.set(whole, [one])
  }
  return [...groups.values()]
}

/** Every time that could be booked in the two years, within openings; on each day a hall is lent whole or in halves. */
export function slotsOf(spaces: readonly Listed[], now: number, dice: Dice): Slot[] {
  const { from, to } = yearsAround(now)
  const slots: Slot[] = []
  for (const group of groupsOf(spaces)) {
    const wholes = group.filter(({ space }) => space.wholeId === null)
    const halves = group.filter(({ space }) => space.wholeId !== null)
    const liked = 0.6 + 0.4 * dice.next()
    let clear = -Infinity
    for (let date = from; date <= to; date = addDays(date, 1)) {
      if (dice.next() > liked) continue
      const lent = halves.length > 0 && (wholes.length === 0 || dice.next() < 0.5) ? halves : wholes
      const filled = lent.flatMap((listed) => fill(listed, date, clear, dice))
      slots.push(...filled)
      clear = Math.max(clear, ...filled.map(({ listed: { space }, end }) => end + widest(space)))
    }
  }
  return slots
}

const widest = ({ bufferBefore, bufferAfter }: Listed['space']): number => Math.max(bufferBefore, bufferAfter) * minuteMs

/** One time after the other on a date, from the instant `clear` on. */
function fill(listed: Listed, date: LocalDate, clear: number, dice: Dice): Slot[] {
  const { space } = listed
  const possible = lengths.filter((minutes) => isLength(space, minutes))
  const slots: Slot[] = []
  for (const hours of possible.length ? openFrom(listed, date) : []) {
    let at = stepUp(Math.max(hours.start, clear), space.stepMinutes)
    for (;;) {
      const end = at + dice.of(possible) * minuteMs
      if (end > hours.end) break
      slots.push({ listed, start: at, end })
      clear = end + widest(space)
      at = stepUp(clear, space.stepMinutes)
    }
  }
  return slots
}

/** Exactly so many of the list, in its order, each as likely as any other. */
export function some<T>(list: readonly T[], wanted: number, dice: Dice): T[] {
  let left = wanted
  return list.filter((_, i) => dice.next() * (list.length - i) < left && left-- > 0)
}
