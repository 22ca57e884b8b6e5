import ical, {
  escape, foldLines, ICalCalendarMethod, ICalEventClass, ICalEventStatus, ICalEventTransparency,
} from 'ical-generator'
import type { Context } from '../context.ts'
import { translators } from '../platform/i18n/messages.ts'
import { textIn, type Language } from '../platform/i18n/text.ts'
import { withPrefix } from '../platform/web/language.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { clean, description, eventMadeFrom, plainSummary, spokenSummary, statusOf, type Audience, type Booked } from './event.ts'
import type { EventText } from './store.ts'

/** The lines of a booking's VEVENT that no language changes, folded, without the closing one. Times are UTC. */
export function eventText(booking: Booked, audience: Audience): string {
  const summary = plainSummary(booking, audience)
  const status = statusOf(booking.state)
  const made = ical({
    events: [{
      id: booking.uid,
      sequence: booking.sequence,
      // The time of change and not of reading: else every reading would look like a change.
      stamp: new Date(booking.updatedAt),
      lastModified: new Date(booking.updatedAt),
      start: new Date(booking.startsAt),
      end: new Date(booking.endsAt),
      summary: summary ?? '',
      status: ICalEventStatus[status],
      transparency: status === 'CANCELLED' ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
      class: audience === 'public' && summary !== null ? ICalEventClass.PUBLIC : ICalEventClass.PRIVATE,
    }],
  }).toString()
  // A title may say END:VEVENT; the last one is the event's own.
  return made.slice(made.indexOf('BEGIN:VEVENT'), made.lastIndexOf('END:VEVENT')).replace('\r\nSUMMARY:\r\n', '\r\n')
}

export const toKeep = (booking: Booked, audience: Audience): EventText =>
  ({ bookingId: booking.id, audience, madeFrom: eventMadeFrom(booking), text: eventText(booking, audience) })

/** Most lines need no folding, and asking is far quicker than the library's walk through every character. */
function line(name: string, value: string): string {
  const whole = `${name}:${value}`
  return `${Buffer.byteLength(whole) <= 75 ? whole : foldLines(whole)}\r\n`
}
const textLine = (name: string, text: string): string => line(name, escape(clean(text), false))

/** Where it is, for people and for maps. */
function placeLines({ space, unit }: Listed, lang: Language, city: string): string {
  const town = unit.address && [unit.postalCode, city].filter(Boolean).join(' ')
  const place = [textIn(space.name, lang).text, textIn(unit.name, lang).text, unit.address, town].filter(Boolean).join(', ')
  return textLine('LOCATION', place) + line('GEO', `${unit.lat};${unit.lon}`)
}

/** Adds to an event's text the lines of one language, and closes it. */
export function speaker({ config }: Context, audience: Audience, lang: Language, listedOf: (spaceId: string) => Listed) {
  const t = translators[lang]
  const places = new Map<string, string>()
  return (booking: Booked, text: string): string => {
    const place = places.get(booking.spaceId) ?? placeLines(listedOf(booking.spaceId), lang, config.city)
    places.set(booking.spaceId, place)
    const summary = plainSummary(booking, audience) === null ? textLine('SUMMARY', spokenSummary(booking, audience, t)) : ''
    const url = `${config.baseUrl}${withPrefix(lang, `/bookings/${booking.ref}`)}`
    const own = audience === 'private' ? textLine('DESCRIPTION', description(booking, url, t)) + line('URL', url) : ''
    return `${text}${summary}${place}${own}END:VEVENT\r\n`
  }
}

const hour = 3_600

/** A whole calendar around finished events. The library leaves a calendar's name as it is, so it comes escaped. */
export function calendar(name: string, lang: Language, events: string): string {
  const empty = ical({
    prodId: `//Tilavuoro//Tilavuoro//${lang.toUpperCase()}`,
    method: ICalCalendarMethod.PUBLISH,
    name: escape(clean(name), false),
    ttl: hour,
  }).toString()
  return `${empty.slice(0, empty.lastIndexOf('END:VCALENDAR'))}${events}END:VCALENDAR\r\n`
}
