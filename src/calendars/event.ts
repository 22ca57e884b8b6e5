import { occupies, type BookingState } from '../bookings/booking.ts'
import type { Translate } from '../platform/i18n/messages.ts'
import { addDays, endOf, startOf, type LocalDate } from '../time/wallclock.ts'

/** Who reads: anybody (a space is busy, and no more), whose booking it is, a member of its association, or the unit's staff. */
export type Reader = 'public' | 'owner' | 'member' | 'staff'

/** Which of a booking's two kept texts a reader gets: the one without its title, or the one with it. */
export type Audience = 'public' | 'private'
export const audienceOf = (reader: Reader): Audience => (reader === 'public' ? 'public' : 'private')

/** What an event is made from. Instants are epoch ms. */
export type Booked = {
  id: string
  ref: string
  spaceId: string
  state: BookingState
  startsAt: number
  endsAt: number
  title: string
  public: boolean
  people: number
  uid: string
  sequence: number
  updatedAt: number
}

export type Status = 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED'

export const statusOf = (state: BookingState): Status =>
  state === 'requested' ? 'TENTATIVE' : occupies(state) ? 'CONFIRMED' : 'CANCELLED'

/** Raised when texts are made differently, so that those kept from before are made again. */
const format = 1

/** What a kept text was made from. */
export const eventMadeFrom = ({ sequence, updatedAt }: Pick<Booked, 'sequence' | 'updatedAt'>): string =>
  `${format}:${sequence}:${updatedAt}`

/** What a feed was made from: the window of a day, the bookings at a revision, and everything as it was named. */
export const feedMadeFrom = (today: LocalDate, revision: number, catalogueVersion: string, name = ''): string =>
  `${format}:${today}:${revision}:${catalogueVersion}:${name}`

/** Bookings that start in [from, to) are told; those given up only when that happened at `givenUpSince` or later. */
export type Window = { from: number; to: number; givenUpSince: number }

/**
 * 90 days back, or bookings vanish from people's history; 12 months on, which a leap year makes 366 days; and what was given up for 60 days more, so that
 * calendars show it as cancelled before it goes (study/peers.md §3, rules 4 and 5).
 */
export const windowOn = (today: LocalDate): Window => ({
  from: startOf(addDays(today, -90)),
  to: endOf(addDays(today, 366)),
  givenUpSince: startOf(addDays(today, -60)),
})

/**
 * The title, cleaned, where it stands alone whatever the language; null where words of a language go before or instead
 * of it. The public reads the title of a confirmed booking marked public, and never that of a request nobody granted.
 */
export function plainSummary({ state, title, public: shown }: Pick<Booked, 'state' | 'title' | 'public'>, audience: Audience): string | null {
  const alone = statusOf(state) === 'CONFIRMED' && (audience === 'private' || shown)
  return (alone && clean(title)) || null
}

/** The summary of an event whose title does not stand alone. Many calendars do not show STATUS, so the words say it too. */
export function spokenSummary({ state, title, public: shown }: Booked, audience: Audience, t: Translate): string {
  if (audience === 'public' && occupies(state)) return t('calendars.event.busy')
  const word = audience === 'public' ? t('calendars.event.cancelled') : t(`site.state.${state}`)
  const named = (audience === 'private' || (shown && state === 'cancelled')) && clean(title)
  return named ? t('calendars.event.named', { word, title: named }) : word
}

/** Where a reader finds the booking itself; a member may see that it is there, and no page of it. */
export const pathFor = (reader: Reader, { ref }: Pick<Booked, 'ref'>): string | null =>
  reader === 'owner' ? `/bookings/${ref}` : reader === 'staff' ? `/desk/requests/${ref}` : null

/** What stands below the title for those who may read it. No names, phone numbers or prices: a calendar is often shown to others. */
export const description = ({ state, ref, people }: Booked, reader: Reader, url: string | null, t: Translate): string =>
  [t(`site.state.${state}`), t('calendars.event.ref', { ref }), reader === 'staff' && t('calendars.event.people', { count: people }), url]
    .filter(Boolean).join('\n')

/**
 * Text as a calendar may carry it: every kind of line break is `\n`, other control characters and halves of characters
 * are dropped. Escaping and folding come after (RFC 5545, 3.1 and 3.3.11).
 */
export const clean = (text: string): string =>
  text
    .replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/(?!\n)\p{Cc}|\p{Cs}/gu, '')
    .trim()
