import ical, { escape, foldLines, ICalCalendarMethod } from 'ical-generator'
import type { Context } from '../context.ts'
import { translators } from '../platform/i18n/messages.ts'
import { textIn, type Language } from '../platform/i18n/text.ts'
import { withPrefix } from '../platform/web/language.ts'
import type { Listed } from '../spaces/catalogue.ts'
import {
  audienceOf, clean, description, eventMadeFrom, pathFor, plainSummary, spokenSummary, statusOf, type Audience, type Booked, type Reader,
} from './event.ts'
import type { EventText } from './store.ts'

/** Most lines need no folding, and asking is far quicker than the library's walk through every character. */
function line(name: string, value: string): string {
  const whole = `${name}:${value}`
  return `${Buffer.byteLength(whole) <= 75 ? whole : foldLines(whole)}\r\n`
}
const textLine = (name: string, text: string): string => line(name, escape(clean(text), false))
const instantLine = (name: string, at: number): string => `${name}:${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z\r\n`

/**
 * The lines of a booking's VEVENT that no language changes, folded, without the closing one. Times are UTC. They are the
 * library's own, byte for byte (a test compares them), at a fortieth of its time: a feed may have thousands to make.
 */
export function eventText(booking: Booked, audience: Audience): string {
  const summary = plainSummary(booking, audience)
  const status = statusOf(booking.state)
  return [
    'BEGIN:VEVENT\r\n',
    line('UID', booking.uid),
    `SEQUENCE:${booking.sequence}\r\n`,
    // The time of change and not of reading: else every reading would look like a change.
    instantLine('DTSTAMP', booking.updatedAt),
    instantLine('DTSTART', booking.startsAt),
    instantLine('DTEND', booking.endsAt),
    summary === null ? '' : textLine('SUMMARY', summary),
    `TRANSP:${status === 'CANCELLED' ? 'TRANSPARENT' : 'OPAQUE'}\r\n`,
    `STATUS:${status}\r\n`,
    instantLine('LAST-MODIFIED', booking.updatedAt),
    `CLASS:${audience === 'public' && summary !== null ? 'PUBLIC' : 'PRIVATE'}\r\n`,
  ].join('')
}

export const toKeep = (booking: Booked, audience: Audience): EventText =>
  ({ bookingId: booking.id, audience, madeFrom: eventMadeFrom(booking), text: eventText(booking, audience) })

/** Where it is, for people and for maps. */
function placeLines({ space, unit }: Listed, lang: Language, city: string): string {
  const town = unit.address && [unit.postalCode, city].filter(Boolean).join(' ')
  const place = [textIn(space.name, lang).text, textIn(unit.name, lang).text, unit.address, town].filter(Boolean).join(', ')
  return textLine('LOCATION', place) + line('GEO', `${unit.lat};${unit.lon}`)
}

/** Adds to an event's text the lines of one language and one kind of reader, and closes it. */
export function speaker({ config }: Context, reader: Reader, lang: Language, listedOf: (spaceId: string) => Listed) {
  const t = translators[lang]
  const audience = audienceOf(reader)
  const places = new Map<string, string>()

  function ownLines(booking: Booked): string {
    const path = pathFor(reader, booking)
    const url = path && `${config.baseUrl}${withPrefix(lang, path)}`
    return textLine('DESCRIPTION', description(booking, reader, url, t)) + (url ? line('URL', url) : '')
  }
  return (booking: Booked, text: string): string => {
    const place = places.get(booking.spaceId) ?? placeLines(listedOf(booking.spaceId), lang, config.city[lang])
    places.set(booking.spaceId, place)
    const summary = plainSummary(booking, audience) === null ? textLine('SUMMARY', spokenSummary(booking, audience, t)) : ''
    return `${text}${summary}${place}${audience === 'private' ? ownLines(booking) : ''}END:VEVENT\r\n`
  }
}

const hour = 3_600

/** What stands before a calendar's finished events, and after. The library leaves a calendar's name as it is, so it comes escaped. */
export function calendarAround(name: string, lang: Language): { head: string; foot: string } {
  const empty = ical({
    prodId: `//Tilavuoro//Tilavuoro//${lang.toUpperCase()}`,
    method: ICalCalendarMethod.PUBLISH,
    name: escape(clean(name), false),
    ttl: hour,
  }).toString()
  return { head: empty.slice(0, empty.lastIndexOf('END:VCALENDAR')), foot: 'END:VCALENDAR\r\n' }
}
