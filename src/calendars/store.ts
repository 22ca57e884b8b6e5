import { and, asc, eq, gte, inArray, lt, or, sql } from 'drizzle-orm'
import { occupyingStates } from '../bookings/booking.ts'
import { bookings } from '../bookings/table.ts'
import { persons } from '../people/table.ts'
import type { Reads, Writes } from '../platform/db/database.ts'
import type { Language } from '../platform/i18n/text.ts'
import type { Catalogue, Listed, Unit } from '../spaces/catalogue.ts'
import { catalogueOf, redirectOf } from '../spaces/store.ts'
import { spaces, units } from '../spaces/table.ts'
import type { Audience, Booked, Window } from './event.ts'
import { eventTexts, feedTags } from './table.ts'

export type EventText = typeof eventTexts.$inferSelect

/** Whose bookings a feed tells, and to whom. */
export type Feed = {
  /** Its name in the store; `area:<id>` will fit in. */
  key: `space:${string}` | `unit:${string}` | `person:${string}`
  audience: Audience
  /** Grows with every change of those bookings. */
  revision: number
  catalogue: Catalogue
  of: { listed: Listed; spaceIds: string[] } | { unit: Unit; spaceIds: string[] } | { personId: string }
}

/** A space with those that share a part with it: a booking of any of them makes it busy. */
const sharing = (catalogue: Catalogue, { space }: Listed): string[] =>
  (catalogue.spacesOfUnit.get(space.unitId) ?? [])
    .filter((other) => other.space.partIds.some((part) => space.partIds.includes(part)))
    .map((other) => other.space.id)

/** A space's public feed, or the slug it lives under now; null when there never was such a space. */
export async function spaceFeed(db: Reads, slug: string): Promise<Feed | { movedTo: string } | null> {
  const catalogue = await catalogueOf(db)
  const listed = catalogue.spaceBySlug.get(slug)
  if (!listed) {
    const moved = catalogue.spaceById.get((await redirectOf(db, 'space', slug)) ?? '')
    return moved ? { movedTo: moved.space.slug } : null
  }
  const { id } = listed.space
  const [row] = await db.select({ revision: spaces.revision }).from(spaces).where(eq(spaces.id, id))
  const of = { listed, spaceIds: sharing(catalogue, listed) }
  return { key: `space:${id}`, audience: 'public', revision: row?.revision ?? 0, catalogue, of }
}

/** The public feed of all spaces of a unit, or the slug it lives under now; null when there never was such a unit. */
export async function unitFeed(db: Reads, slug: string): Promise<Feed | { movedTo: string } | null> {
  const catalogue = await catalogueOf(db)
  const unit = catalogue.unitBySlug.get(slug)
  if (!unit) {
    const moved = catalogue.units.get((await redirectOf(db, 'unit', slug)) ?? '')
    return moved ? { movedTo: moved.slug } : null
  }
  const [row] = await db.select({ revision: units.revision }).from(units).where(eq(units.id, unit.id))
  const of = { unit, spaceIds: (catalogue.spacesOfUnit.get(unit.id) ?? []).map(({ space }) => space.id) }
  return { key: `unit:${unit.id}`, audience: 'public', revision: row?.revision ?? 0, catalogue, of }
}

/** A person's own feed: every booking of theirs. */
export async function personFeed(db: Reads, personId: string): Promise<Feed> {
  const [row] = await db.select({ revision: persons.revision }).from(persons).where(eq(persons.id, personId))
  const catalogue = await catalogueOf(db)
  return { key: `person:${personId}`, audience: 'private', revision: row?.revision ?? 0, catalogue, of: { personId } }
}

export type FeedRow = Booked & { text: string | null; madeFrom: string | null }

const { id, ref, spaceId, state, startsAt, endsAt, title, uid, sequence, updatedAt } = bookings
const told = { id, ref, spaceId, state, startsAt, endsAt, title, public: bookings.public, uid, sequence, updatedAt }

/** The bookings of a feed with their kept texts, the earliest first. */
export const rowsOf = (db: Reads, { of, audience }: Feed, window: Window): Promise<FeedRow[]> =>
  db
    .select({ ...told, text: eventTexts.text, madeFrom: eventTexts.madeFrom })
    .from(bookings)
    .leftJoin(eventTexts, and(eq(eventTexts.bookingId, id), eq(eventTexts.audience, audience)))
    .where(and(
      'personId' in of ? eq(bookings.personId, of.personId) : inArray(spaceId, of.spaceIds),
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
  const over = db.select({ id }).from(bookings).where(lt(startsAt, before))
  await db.delete(eventTexts).where(inArray(eventTexts.bookingId, over)).returning({ bookingId: eventTexts.bookingId })
}

export async function tagOf(db: Reads, feed: Feed, language: Language): Promise<{ madeFrom: string; etag: string } | null> {
  const [found] = await db.select().from(feedTags).where(and(eq(feedTags.feed, feed.key), eq(feedTags.language, language)))
  return found ?? null
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
