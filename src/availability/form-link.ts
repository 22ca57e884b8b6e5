import { remembering } from '../platform/remembering.ts'
import type { Interval } from '../time/interval.ts'
import { localDateOf, minuteOfDay, minuteText } from '../time/wallclock.ts'
import type { Asker } from './asker.ts'

/** The query fields of who asks, for any link that keeps them. */
export function askerFields({ who, people }: Asker): Record<string, string> {
  return {
    ...(people !== undefined && { people: String(people) }),
    ...(who && { applicant: who.applicant, purpose: who.purpose }),
    ...(who?.openToAll && { openToAll: '1' }),
  }
}

/** A path with a query of the fields, without a `?` when there are none. A week of free times asks for forty of them. */
export function withQuery(path: string, fields: Record<string, string>): string {
  let address = path
  let joint = '?'
  for (const name in fields) {
    address += `${joint}${name}=${encodeURIComponent(fields[name] ?? '')}`
    joint = '&'
  }
  return address
}

/** The address of the booking form for a time. A `to` that is not after `from` is on the next date; midnight is 24:00. */
export const formLink = (space: string, time: Interval, asker: Asker): string => formLinks(space, asker)(time)

/** The same for many times of one space: what they have in common is put together once. */
export function formLinks(space: string, asker: Asker): (time: Interval) => string {
  const before = withQuery('/bookings/new', { space })
  const after = withQuery('', askerFields(asker)).replace('?', '&')
  return ({ start, end }) => before + beginning(start) + ending(end) + after
}

const clockOf = (minute: number): string => minuteText(minute).replace(':', '%3A')
/** Pages of all spaces link to the same few hundred moments, and telling their date and clock costs more than the rest of a link. */
const beginning = remembering((start) => `&date=${localDateOf(start)}&from=${clockOf(minuteOfDay(start))}`)
const ending = remembering((end) => `&to=${clockOf(minuteOfDay(end) || 1440)}`)
