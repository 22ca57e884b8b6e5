import type { Booking } from '../bookings/store.ts'
import { urgencyOf } from '../bookings/inbox.ts'
import type { Person } from '../people/person.ts'
import { textIn } from '../platform/i18n/text.ts'
import type { Listed } from '../spaces/catalogue.ts'
import type { YearCalendar } from '../time/holidays.ts'
import { localDateOf, minuteOfDay, type LocalDate } from '../time/wallclock.ts'
import { isWorkingDay } from '../time/working-days.ts'
import type { Notice, Words } from './notice.ts'

const halfPastSeven = 450

/** The working day whose digest is due by now, or null on other days and early in the morning. Local time, whatever the clock did at night. */
export function digestDate(now: number, calendar: YearCalendar): LocalDate | null {
  const date = localDateOf(now)
  return minuteOfDay(now) >= halfPastSeven && isWorkingDay(date, calendar) ? date : null
}

/** One person is told once a day. */
export const digestKey = (personId: string, date: LocalDate): string => `digest:${personId}:${date}`

/** What came after `since` (null: ever) and not after `until`, epoch ms: the window after the digest before this one. */
export type News = { since: number | null; until: number }

/** Nobody decides their own or their association's request, so nobody is reminded of it (rulings 17). */
export const isTheirsToDecide = (person: Pick<Person, 'id' | 'associationIds'>, { personId, associationId }: Pick<Booking, 'personId' | 'associationId'>): boolean =>
  personId !== person.id && (associationId === null || !person.associationIds.includes(associationId))

/** Requests late, and others that came in the window, each in the order given. A request that is moved comes again. */
export function toTell<W extends { booking: Pick<Booking, 'decideBy' | 'updatedAt'> }>(waiting: readonly W[], { since, until }: News, now: number): { overdue: W[]; fresh: W[] } {
  const isLate = ({ booking }: W): boolean => urgencyOf(booking, now) === 'overdue'
  const isNew = ({ booking: { updatedAt } }: W): boolean => updatedAt <= until && (since === null || updatedAt > since)
  return { overdue: waiting.filter(isLate), fresh: waiting.filter((one) => isNew(one) && !isLate(one)) }
}

/** A request as the mail names it: no title and no person, as mails lie about on many screens. */
export type Told = { booking: Booking; listed: Listed; association: string | null }

/** The morning's letter to a manager. `address` makes an address of ours out of a path; `count` is all that waits. */
export function digestNotice(words: Words, { overdue, fresh, count }: { overdue: Told[]; fresh: Told[]; count: number }, address: (path: string) => string): Notice {
  const { lang, t, f, city, contact } = words
  const row = ({ booking, listed: { space, unit }, association }: Told) => ({
    text: t('mail.digest.row', {
      ref: booking.ref,
      place: `${textIn(space.name, lang).text}, ${textIn(unit.name, lang).text}`,
      when: f.when(booking.startsAt, booking.endsAt),
      asker: association ?? t(`rulebook.applicant.${booking.decided.facts.applicant}`),
      due: booking.decideBy === null ? '' : f.date(booking.decideBy - 1),
    }),
    href: address(`/desk/requests/${booking.ref}`),
  })
  const section = (title: string, rows: Told[]) => (rows.length ? [{ title, items: rows.map(row) }] : [])
  return {
    subject: t('mail.digest.subject', { count: overdue.length + fresh.length, late: overdue.length }),
    paragraphs: [t('mail.digest.intro', { count })],
    facts: [],
    list: null,
    sections: [
      ...section(t('mail.digest.overdue', { count: overdue.length }), overdue),
      ...section(t('mail.digest.fresh', { count: fresh.length }), fresh),
    ],
    link: { text: t('mail.digest.link'), href: address('/desk/requests') },
    closing: `${t('mail.digest.off', { href: address('/me') })} ${t('mail.closing', { city, contact })}`,
  }
}
