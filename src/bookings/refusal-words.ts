import type { Interval } from '../time/interval.ts'
import { textIn, type Language, type Text } from '../platform/i18n/text.ts'
import type { BookingRefusal } from './refusal.ts'

type Code = BookingRefusal['code']
type RefusalKey =
  | `bookings.refusal.${Code}` | 'bookings.refusal.closed-all-day' | 'bookings.refusal.taken-by' | 'bookings.refusal.too-close'
  | 'bookings.refusal.ambiguous-end' | 'bookings.refusal.open-bookings-until'
type StateKey = `site.state.${Extract<BookingRefusal, { code: 'wrong-state' }>['state']}`

/** How a reader's language says things; the formats and translators of the pages fit. */
export type Voice = {
  lang: Language
  t: (key: RefusalKey | StateKey, values?: Record<string, string | number>) => string
  f: {
    longDate(at: number): string
    ofDate(date: string): number
    moment(at: number): string
    when(start: number, end: number): string
    timeRange(start: number, end: number): string
    minutes(minutes: number): string
  }
}

/** One refusal as a sentence or two: what is in the way and, where there is one, the nearest way out. */
export function refusalText(refusal: BookingRefusal, { lang, t, f }: Voice): string {
  const day = (date: string): string => f.longDate(f.ofDate(date))
  const times = (intervals: readonly Interval[]): string => intervals.map(({ start, end }) => f.timeRange(start, end)).join(', ')
  const say = (key: RefusalKey, values: Record<string, string | number> = {}): string => t(key, values)
  const key = `bookings.refusal.${refusal.code}` as const
  switch (refusal.code) {
    case 'no-such-time':
      return say(key, { next: f.moment(refusal.next) })
    case 'ambiguous-time':
      return say(refusal.edge === 'start' ? key : 'bookings.refusal.ambiguous-end')
    case 'too-late':
      return say(key, { date: day(refusal.firstDate) })
    case 'too-early':
      return say(key, { date: day(refusal.lastDate) })
    case 'too-short':
    case 'too-long':
      return say(key, { length: f.minutes(refusal.minutes) })
    case 'off-step':
      return say(key, { minutes: refusal.minutes })
    case 'closed':
      return refusal.opensAt.length ? say(key, { times: times(refusal.opensAt) }) : say('bookings.refusal.closed-all-day')
    case 'closure':
      return say(key, { when: stretch(refusal, f), reason: textIn(refusal.reason satisfies Text, lang).text })
    case 'taken':
      if (refusal.gap) return say('bookings.refusal.too-close', { length: f.minutes(refusal.minutes), times: times(refusal.busy) })
      return refusal.busy.length ? say('bookings.refusal.taken-by', { times: times(refusal.busy) }) : say(key)
    case 'too-many-people':
      return say(key, { people: refusal.people })
    case 'open-bookings':
      return [
        say(key, { limit: refusal.limit, used: refusal.used }),
        ...(refusal.freesAt === undefined ? [] : [say('bookings.refusal.open-bookings-until', { when: f.moment(refusal.freesAt) })]),
      ].join(' ')
    case 'banned': {
      const where = refusal.unit ? 'unit' : 'city'
      return say(key, { whose: refusal.whose, where, unit: refusal.unit ? textIn(refusal.unit.name, lang).text : '', date: day(refusal.until) })
    }
    case 'too-many-holds':
      return say(key, { limit: refusal.limit })
    case 'wrong-state':
      return say(key, { state: t(`site.state.${refusal.state}`) })
    default:
      return say(key)
  }
}

const dayMs = 86_400_000

/** A closure of some hours by its hours, a longer one by its first and last moment. */
const stretch = ({ start, end }: Interval, f: Voice['f']): string =>
  (end - start < dayMs ? f.when(start, end) : `${f.moment(start)} – ${f.moment(end)}`)
