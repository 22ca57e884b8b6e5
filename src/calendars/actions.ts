import { createHash } from 'node:crypto'
import { bookingById, type Booking } from '../bookings/store.ts'
import type { Context } from '../context.ts'
import { translators } from '../platform/i18n/messages.ts'
import { textIn, type Language } from '../platform/i18n/text.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { localDateOf } from '../time/wallclock.ts'
import { eventMadeFrom, feedMadeFrom, windowOn, type Audience } from './event.ts'
import { dropTextsBefore, keepTag, keepTexts, rowsOf, tagOf, type Feed, type FeedRow } from './store.ts'
import { calendar, eventText, speaker, toKeep } from './text-actions.ts'

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
export async function icsOf(ctx: Context, booking: Booking, listed: Listed, lang: Language): Promise<string> {
  const say = speaker(ctx, 'private', lang, () => listed)
  return calendar(nameOf(listed, lang), lang, say(booking, eventText(booking, 'private')))
}

/** A long feed's first making must not hold up everybody else: between batches others have their turn. */
const batch = 50

/** The texts of a feed's bookings; those missing or stale are made and kept. */
async function textsOf(ctx: Context, rows: FeedRow[], audience: Audience): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for (const row of rows) if (row.text !== null && row.madeFrom === eventMadeFrom(row)) texts.set(row.id, row.text)
  const stale = rows.filter((row) => !texts.has(row.id))
  for (let i = 0; i < stale.length; i += batch) {
    const made = stale.slice(i, i + batch).map((row) => toKeep(row, audience))
    for (const { bookingId, text } of made) texts.set(bookingId, text)
    await ctx.db.transaction((db) => keepTexts(db, made))
    await new Promise(setImmediate)
  }
  return texts
}

/**
 * A feed in one language, or null when it is what the reader has: then nothing is built. `has` is asked with a strong
 * ETag, the SHA-256 of the bytes; the tag is kept with what it was made from. The revision was read before the bookings,
 * so that a change in between can only make the kept tag stale, never wrong.
 */
export async function readFeed(
  ctx: Context,
  feed: Feed,
  lang: Language,
  has: (etag: string) => boolean,
): Promise<string | null> {
  const today = localDateOf(ctx.clock.now())
  const madeFrom = feedMadeFrom(today, feed.revision, feed.catalogue.version)
  const tag = await tagOf(ctx.db, feed, lang)
  if (tag?.madeFrom === madeFrom && has(tag.etag)) return null
  const rows = await rowsOf(ctx.db, feed, windowOn(today))
  const texts = await textsOf(ctx, rows, feed.audience)
  const say = speaker(ctx, feed.audience, lang, (id) => listedIn(feed, id))
  const built = calendar(titleOf(feed, lang), lang, rows.map((row) => say(row, texts.get(row.id) ?? '')).join(''))
  const etag = `"${createHash('sha256').update(built).digest('base64url')}"`
  if (tag?.madeFrom !== madeFrom || tag.etag !== etag) {
    await ctx.db.transaction((db) => keepTag(db, feed, lang, { madeFrom, etag }))
  }
  return has(etag) ? null : built
}

function titleOf({ of }: Feed, lang: Language): string {
  if ('listed' in of) return nameOf(of.listed, lang)
  return 'unit' in of ? textIn(of.unit.name, lang).text : translators[lang]('calendars.name.own')
}

function listedIn({ catalogue }: Feed, spaceId: string): Listed {
  const listed = catalogue.spaceById.get(spaceId)
  if (!listed) throw new Error(`space ${spaceId} is gone`)
  return listed
}
