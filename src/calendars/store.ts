import { and, asc, eq, gte, inArray, lt, or, sql, type SQL } from 'drizzle-orm'
import { occupyingStates } from '../bookings/booking.ts'
import { bookings } from '../bookings/table.ts'
import type { Reads, Writes } from '../platform/db/database.ts'
import type { Language } from '../platform/i18n/text.ts'
import type { Catalogue, Listed } from '../spaces/catalogue.ts'
import { audienceOf, type Booked, type Window } from './event.ts'
import type { Feed } from './feed-store.ts'
import { eventTexts, feedTags } from './table.ts'

export type EventText = typeof eventTexts.$inferSelect
export type FeedRow = Booked & { text: string | null; madeFrom: string | null }

const { id, ref, spaceId, state, startsAt, endsAt, title, people, uid, sequence, updatedAt } = bookings
const told = { id, ref, spaceId, state, startsAt, endsAt, title, public: bookings.public, people, uid, sequence, updatedAt }

/** A space with those that share a part with it: a booking of any of them makes it busy. */
const sharing = (catalogue: Catalogue, { space }: Listed): string[] =>
  (catalogue.spacesOfUnit.get(space.unitId) ?? [])
    .filter((other) => other.space.partIds.some((part) => space.partIds.includes(part)))
    .map((other) => other.space.id)

const spacesAtOnce = 3

/**
 * The bookings of a feed, in parts that are read one after the other: those of many spaces a few spaces at a time, so that
 * no reading is long. A booking keeps its space, so that one moved between two readings is neither lost nor told twice.
 */
export function partsOf({ of, catalogue }: Feed): SQL[] {
  if ('personId' in of) return [eq(bookings.personId, of.personId)]
  if ('association' in of) return [eq(bookings.associationId, of.association.id)]
  if ('listed' in of) return [inArray(spaceId, sharing(catalogue, of.listed))]
  const told = 'unit' in of ? catalogue.spacesOfUnit.get(of.unit.id) ?? [] : catalogue.spaces.filter(({ unit }) => unit.areaIds.includes(of.area.id))
  const ids = told.map(({ space }) => space.id)
  return Array.from({ length: Math.ceil(ids.length / spacesAtOnce) }, (_, i) => inArray(spaceId, ids.slice(i * spacesAtOnce, (i + 1) * spacesAtOnce)))
}

/** The bookings of one part of a feed with their kept texts, the earliest first. */
export const rowsOf = (db: Reads, { reader }: Feed, part: SQL, window: Window): Promise<FeedRow[]> =>
  db
    .select({ ...told, text: eventTexts.text, madeFrom: eventTexts.madeFrom })
    .from(bookings)
    .leftJoin(eventTexts, and(eq(eventTexts.bookingId, id), eq(eventTexts.audience, audienceOf(reader))))
    .where(and(
      part,
      gte(startsAt, window.from),
      lt(startsAt, window.to),
      or(inArray(state, [...occupyingStates]), gte(updatedAt, window.givenUpSince)),
    ))
    .orderBy(asc(startsAt), asc(id))

/** Keeps texts made from bookings, in place of older ones; a statement holds only so many. */
export async function keepTexts(db: Writes, texts: EventText[]): Promise<void> {
  for (let i = 0; i < texts.length; i += 500) {
    await db
      .insert(eventTexts)
      .values(texts.slice(i, i + 500))
      .onConflictDoUpdate({
        target: [eventTexts.bookingId, eventTexts.audience],
        set: { madeFrom: sql`excluded.made_from`, text: sql`excluded.text` },
      })
      .returning({ bookingId: eventTexts.bookingId })
  }
}

/** Removes the texts of bookings that no feed tells any more. */
export async function dropTextsBefore(db: Writes, before: number): Promise<void> {
  // From the texts, which are few, to their bookings, of which a city has years.
  const over = db.select({ id: eventTexts.bookingId }).from(eventTexts).innerJoin(bookings, eq(id, eventTexts.bookingId)).where(lt(startsAt, before))
  await db.delete(eventTexts).where(inArray(eventTexts.bookingId, over)).returning({ bookingId: eventTexts.bookingId })
}

export async function tagOf(db: Reads, feed: Feed, language: Language): Promise<{ madeFrom: string; etag: string } | null> {
  const [found] = await db.rows<[madeFrom: string, etag: string]>('select made_from, etag from feed_tags where feed = ? and language = ?', [feed.key, language])
  return found ? { madeFrom: found[0], etag: found[1] } : null
}

export async function keepTag(
  db: Writes,
  feed: Feed,
  language: Language,
  tag: { madeFrom: string; etag: string },
): Promise<void> {
  await db
    .insert(feedTags)
    .values({ feed: feed.key, language, ...tag })
    .onConflictDoUpdate({ target: [feedTags.feed, feedTags.language], set: tag })
    .returning({ feed: feedTags.feed })
}
