import { addDays, isLocalDate, type LocalDate } from '../time/wallclock.ts'

/** From when until when somebody may not book: local dates, both included. */
export type BanDates = { from: LocalDate; to: LocalDate }
export const banParties = ['person', 'association'] as const
export type BanParty = (typeof banParties)[number]

export const banStates = ['current', 'coming', 'over', 'lifted'] as const
export type BanState = (typeof banStates)[number]
export function banStateOf({ from, to, liftedAt }: BanDates & { liftedAt: number | null }, today: LocalDate): BanState {
  if (liftedAt !== null) return 'lifted'
  return today < from ? 'coming' : today > to ? 'over' : 'current'
}

/**
 * The last day of a stretch of whole months that begins with `from`: the day before the one of the same number, or the
 * last of its month where the month has no such number. Three months from 22 November end on 21 February.
 */
export function lastDayOf(from: LocalDate, months: number): LocalDate {
  const [year = 0, month = 1] = from.split('-').map(Number)
  const monthAfter = (count: number): string => {
    const all = year * 12 + month - 1 + count
    return `${String(Math.floor(all / 12)).padStart(4, '0')}-${String((all % 12) + 1).padStart(2, '0')}`
  }
  const same = `${monthAfter(months)}-${from.slice(8)}`
  return addDays(isLocalDate(same) ? same : `${monthAfter(months + 1)}-01`, -1)
}

/** A ban follows what happened: it begins at the latest so many days on. */
export const startsWithinDays = 31

export type BanDateRefusal =
  | { code: 'ban-backwards' }
  /** Nobody is banned for days that are over. */
  | { code: 'ban-in-the-past'; firstDate: LocalDate }
  | { code: 'ban-too-far'; lastDate: LocalDate }
  /** Longer than the rule book's ban. */
  | { code: 'ban-too-long'; months: number; lastDate: LocalDate }

/** Everything that speaks against a ban's dates; `months` is the longest that the rules know. */
export function againstBanDates({ from, to }: BanDates, { today, months }: { today: LocalDate; months: number }): BanDateRefusal[] {
  const [lastStart, lastDate] = [addDays(today, startsWithinDays), lastDayOf(from, months)]
  return [
    ...(to < from ? [{ code: 'ban-backwards' as const }] : []),
    ...(from < today ? [{ code: 'ban-in-the-past' as const, firstDate: today }] : []),
    ...(from > lastStart ? [{ code: 'ban-too-far' as const, lastDate: lastStart }] : []),
    ...(to > lastDate ? [{ code: 'ban-too-long' as const, months, lastDate }] : []),
  ]
}
