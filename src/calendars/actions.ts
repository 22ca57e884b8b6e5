import { createHash } from 'node:crypto'
import ical, { escape, foldLines, ICalCalendarMethod, ICalEventClass, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import { bookingById, type Booking } from '../bookings/store.ts'
import type { Context } from '../context.ts'
import { translators } from '../platform/i18n/messages.ts'
import { textIn, type Language } from '../platform/i18n/text.ts'
import { withPrefix } from '../platform/web/language.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { localDateOf } from '../time/wallclock.ts'
import {
  clean, description, eventMadeFrom, feedMadeFrom, plainSummary, spokenSummary, statusOf, windowOn, type Audience, type Booked,
} from './event.ts'
import { dropTextsBefore, keepTag, keepTexts, rowsOf, tagOf, type EventText, type Feed, type FeedRow } from './store.ts'

const hour = 3_600

/** The lines of a booking's VEVENT that no language changes, folded, without the closing one. Times are UTC. */
function eventText(booking: Booked, audience: Audience): string {
  const summary = plainSummary(booking, audience)
  const status = statusOf(booking.state)
  const made = ical({
    events: [{
      id: booking.uid,
      sequence: booking.sequence,
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

const kept = (booking: Booked, audience: Audience): EventText =>
  ({ bookingId: booking.id, audience, madeFrom: eventMadeFrom(booking), text: eventText(booking, audience) })

/** Makes and keeps a booking's texts, unless no feed tells it yet or any more. */
export async function keepEvent(ctx: Context, bookingId: string): Promise<void> {
  const booking = await bookingById(ctx.db, bookingId)
  const { from, to } = windowOn(localDateOf(ctx.clock.now()))
  if (!booking || booking.startsAt < from || booking.startsAt >= to) return
  const texts = [kept(booking, 'public'), kept(booking, 'private')]
  await ctx.db.transaction((db) => keepTexts(db, texts))
}

/** Removes texts that have left every feed's window. Runs by the clock. */
export async function dropOldEvents(ctx: Context): Promise<void> {
  const { from } = windowOn(localDateOf(ctx.clock.now()))
  await ctx.db.transaction((db) => dropTextsBefore(db, from))
}

const line = (name: string, value: string): string => `${foldLines(`${name}:${value}`)}\r\n`
const textLine = (name: string, text: string): string => line(name, escape(clean(text), false))

/** Where it is, for people and for maps. */
function placeLines({ space, unit }: Listed, lang: Language, city: string): string {
  const town = unit.address && [unit.postalCode, city].filter(Boolean).join(' ')
  const place = [textIn(space.name, lang).text, textIn(unit.name, lang).text, unit.address, town].filter(Boolean).join(', ')
  return textLine('LOCATION', place) + line('GEO', `${unit.lat};${unit.lon}`)
}

/** Adds to a kept text the lines of one language, and closes it. */
function speaker({ config }: Context, audience: Audience, lang: Language, listedOf: (spaceId: string) => Listed) {
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

/** A whole calendar around events that are made already. The library leaves a calendar's name as it is, so it comes escaped. */
function calendar(name: string, lang: Language, events: string): string {
  const empty = ical({
    prodId: `//Tilavuoro//Tilavuoro//${lang.toUpperCase()}`,
    method: ICalCalendarMethod.PUBLISH,
    name: escape(clean(name), false),
    ttl: hour,
  }).toString()
  return `${empty.slice(0, empty.lastIndexOf('END:VCALENDAR'))}${events}END:VCALENDAR\r\n`
}

const nameOf = (listed: Listed, lang: Language): string =>
  translators[lang]('calendars.name.space', { space: textIn(listed.space.name, lang).text, unit: textIn(listed.unit.name, lang).text })

/** One booking as its own calendar: for its maker, for staff in scope, and beside a mail. */
export async function icsOf(ctx: Context, booking: Booking, listed: Listed, lang: Language): Promise<string> {
  const say = speaker(ctx, 'private', lang, () => listed)
  return calendar(nameOf(listed, lang), lang, say(booking, eventText(booking, 'private')))
}

/** A long feed's first making must not hold up everybody else: between batches others have their turn. */
const batch = 50

/** The texts of a feed's bookings; those missing or stale are made and kept. */
async function textsOf(ctx: Context, rows: FeedRow[], audience: Audience): Promise<Map<string, string>> {
  const texts = new Map(rows.flatMap((row) => (row.text !== null && row.madeFrom === eventMadeFrom(row) ? [[row.id, row.text]] : [])))
  const stale = rows.filter((row) => !texts.has(row.id))
  for (let i = 0; i < stale.length; i += batch) {
    const made = stale.slice(i, i + batch).map((row) => kept(row, audience))
    for (const { bookingId, text } of made) texts.set(bookingId, text)
    await ctx.db.transaction((db) => keepTexts(db, made))
    await new Promise(setImmediate)
  }
  return texts
}

/**
 * A feed in one language, or null when it is what the reader has: then nothing is built. `has` is asked with a strong
 * ETag, the SHA-256 of the bytes; the tag is kept with what it was made from.
 */
export async function readFeed(ctx: Context, feed: Feed, lang: Language, has: (etag: string) => boolean): Promise<string | null> {
  const today = localDateOf(ctx.clock.now())
  const madeFrom = feedMadeFrom(today, feed.revision, feed.catalogue.version)
  const tag = await tagOf(ctx.db, feed, lang)
  if (tag?.madeFrom === madeFrom && has(tag.etag)) return null
  const rows = await rowsOf(ctx.db, feed, windowOn(today))
  const texts = await textsOf(ctx, rows, feed.audience)
  const say = speaker(ctx, feed.audience, lang, (id) => listedIn(feed, id))
  const name = 'listed' in feed.of ? nameOf(feed.of.listed, lang) : translators[lang]('calendars.name.own')
  const built = calendar(name, lang, rows.map((row) => say(row, texts.get(row.id) ?? '')).join(''))
  const etag = `"${createHash('sha256').update(built).digest('base64url')}"`
  if (tag?.madeFrom !== madeFrom || tag.etag !== etag) await ctx.db.transaction((db) => keepTag(db, feed, lang, { madeFrom, etag }))
  return has(etag) ? null : built
}

function listedIn({ catalogue }: Feed, spaceId: string): Listed {
  const listed = catalogue.spaceById.get(spaceId)
  if (!listed) throw new Error(`space ${spaceId} is gone`)
  return listed
}
