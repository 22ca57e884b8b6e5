import { createHash } from 'node:crypto'
import { bookingById, type Booking } from '../bookings/store.ts'
import type { Context } from '../context.ts'
import { translators } from '../platform/i18n/messages.ts'
import { textIn, type Language } from '../platform/i18n/text.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { localDateOf } from '../time/wallclock.ts'
import { audienceOf, eventMadeFrom, feedMadeFrom, windowOn, type Audience, type Reader, type Window } from './event.ts'
import type { Feed } from './feed-store.ts'
import { dropTextsBefore, keepTag, keepTexts, partsOf, rowsOf, tagOf, type FeedRow } from './store.ts'
import { calendarAround, eventText, speaker, toKeep } from './text-actions.ts'

/** Makes and keeps a booking's texts, unless no feed tells it yet or any more. */
export async function keepEvent(ctx: Context, bookingId: string): Promise<void> {
  const booking = await bookingById(ctx.db, bookingId)
  const { from, to } = windowOn(localDateOf(ctx.clock.now()))
  if (!booking || booking.startsAt < from || booking.startsAt >= to) return
  const texts = [toKeep(booking, 'public'), toKeep(booking, 'private')]
  await ctx.db.transaction((db) => keepTexts(db, texts))
}

/** Removes texts that have left every feed's window. Runs by the clock. */
export async function dropOldEvents(ctx: Context): Promise<void> {
  const { from } = windowOn(localDateOf(ctx.clock.now()))
  await ctx.db.transaction((db) => dropTextsBefore(db, from))
}

const nameOf = ({ space, unit }: Listed, lang: Language): string =>
  translators[lang]('calendars.name.space', { space: textIn(space.name, lang).text, unit: textIn(unit.name, lang).text })

/** One booking as its own calendar: for its maker, for staff in scope, and beside a mail. */
export async function icsOf(ctx: Context, booking: Booking, listed: Listed, lang: Language, reader: Reader = 'owner'): Promise<string> {
  const { head, foot } = calendarAround(nameOf(listed, lang), lang)
  return head + speaker(ctx, reader, lang, () => listed)(booking, eventText(booking, 'private')) + foot
}

let queue = Promise.resolve()

/**
 * A long feed's making must not hold up everybody else: it is made in batches, and however many such feeds are read at
 * once, one batch is made in a turn of the event loop.
 */
const nextTurn = (): Promise<void> => (queue = queue.then(() => new Promise(setImmediate)))
const batch = 100

/** The texts of a feed's bookings; those missing or stale are made and kept. */
async function textsOf(ctx: Context, rows: FeedRow[], audience: Audience): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for (const row of rows) if (row.text !== null && row.madeFrom === eventMadeFrom(row)) texts.set(row.id, row.text)
  const stale = rows.filter((row) => !texts.has(row.id))
  for (let i = 0; i < stale.length; i += batch) {
    const made = stale.slice(i, i + batch).map((row) => toKeep(row, audience))
    for (const { bookingId, text } of made) texts.set(bookingId, text)
    await ctx.db.transaction((db) => keepTexts(db, made))
    await nextTurn()
  }
  return texts
}

/** A feed's text in pieces, each made when it is asked for: a whole district's may be tens of megabytes. */
async function* piecesOf(ctx: Context, feed: Feed, lang: Language, window: Window): AsyncGenerator<string, void, undefined> {
  const say = speaker(ctx, feed.reader, lang, (id) => listedIn(feed, id))
  const { head, foot } = calendarAround(titleOf(feed, lang), lang)
  yield head
  for (const [i, part] of partsOf(feed).entries()) {
    if (i > 0) await nextTurn()
    const rows = await rowsOf(ctx.db, feed, part, window)
    const texts = await textsOf(ctx, rows, audienceOf(feed.reader))
    if (rows.length) yield rows.map((row) => say(row, texts.get(row.id) ?? '')).join('')
  }
  yield foot
}

/** What a reader of a feed gets: the whole text, or where it is long, its pieces. */
export type Told = string | AsyncIterable<string>
const longFrom = 500_000

/**
 * A feed in one language, or null when it is what the reader has: then nothing is built. `has` is asked with a strong
 * ETag, the SHA-256 of the bytes; the tag is kept with what it was made from. The revision was read before the bookings,
 * so that a change in between can only make the kept tag stale, never wrong.
 */
export async function readFeed(ctx: Context, feed: Feed, lang: Language, has: (etag: string) => boolean): Promise<Told | null> {
  const today = localDateOf(ctx.clock.now())
  const name = 'association' in feed.of ? feed.of.association.name : ''
  const madeFrom = feedMadeFrom(today, feed.revision, feed.catalogue.version, name)
  const tag = await tagOf(ctx.db, feed, lang)
  if (tag?.madeFrom === madeFrom && has(tag.etag)) return null

  const hash = createHash('sha256')
  let [whole, length] = ['', 0]
  for await (const piece of piecesOf(ctx, feed, lang, windowOn(today))) {
    hash.update(piece)
    length += piece.length
    whole = length < longFrom ? whole + piece : ''
  }
  const etag = `"${hash.digest('base64url')}"`
  if (tag?.madeFrom !== madeFrom || tag.etag !== etag) {
    await ctx.db.transaction((db) => keepTag(db, feed, lang, { madeFrom, etag }))
  }
  if (has(etag)) return null
  return length < longFrom ? whole : piecesOf(ctx, feed, lang, windowOn(today))
}

/** What the calendar is called in people's programs. */
export function titleOf({ of, reader }: Feed, lang: Language): string {
  const t = translators[lang]
  if ('listed' in of) return nameOf(of.listed, lang)
  if ('personId' in of) return t('calendars.name.own')
  if ('association' in of) return t('calendars.name.of', { name: of.association.name })
  if ('area' in of) return t('calendars.name.of', { name: textIn(of.area.name, lang).text })
  const unit = textIn(of.unit.name, lang).text
  return reader === 'staff' ? t('calendars.name.staff', { unit }) : unit
}

function listedIn({ catalogue }: Feed, spaceId: string): Listed {
  const listed = catalogue.spaceById.get(spaceId)
  if (!listed) throw new Error(`space ${spaceId} is gone`)
  return listed
}
