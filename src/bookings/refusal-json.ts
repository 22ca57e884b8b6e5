import type { Interval } from '../time/interval.ts'
import { isoWithOffset } from '../time/wallclock.ts'
import type { BookingRefusal } from './refusal.ts'

/** A stretch of time as machines get it. */
export const intervalJson = ({ start, end }: Interval) => ({ start: isoWithOffset(start), end: isoWithOffset(end) })

/** A refusal as machines get it: the same, with instants in ISO 8601. */
export function refusalJson(refusal: BookingRefusal): { code: string } & Record<string, unknown> {
  switch (refusal.code) {
    case 'no-such-time':
      return { ...refusal, next: isoWithOffset(refusal.next) }
    case 'ambiguous-time':
      return { ...refusal, first: isoWithOffset(refusal.first), second: isoWithOffset(refusal.second) }
    case 'closed':
      return { ...refusal, opensAt: refusal.opensAt.map(intervalJson) }
    case 'closure':
      return { ...refusal, ...intervalJson(refusal) }
    case 'taken':
      return { ...refusal, busy: refusal.busy.map(intervalJson) }
    case 'open-bookings': {
      const { freesAt, ...rest } = refusal
      return { ...rest, ...(freesAt === undefined ? {} : { freesAt: isoWithOffset(freesAt) }) }
    }
    default:
      return refusal
  }
}
