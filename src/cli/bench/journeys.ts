import { and, gte, lt, or, inArray, sql } from 'drizzle-orm'
import { occupyingStates } from '../../bookings/booking.ts'
import { bookings } from '../../bookings/table.ts'
import { windowOn } from '../../calendars/event.ts'
import { catalogueOf } from '../../spaces/store.ts'
import { addDays, localDateOf } from '../../time/wallclock.ts'
import { createDice } from '../seed/dice.ts'
import { some } from '../seed/slots.ts'
import type { Shot } from './load.ts'
import type { Town } from './town.ts'
import { bodyOf, type Wish } from './wishes.ts'

/** `alone`: only by one who waits for each answer. `once`: no request is sent twice. */
export type Journey = { name: string; requests: Shot[]; once?: boolean; alone?: boolean }

const varied = 60
const json = { 'content-type': 'application/json' }

/** The hot paths, each with many different requests, so that no answer can be one remembered where its name does not say so. */
export async function journeysOf(town: Town, wishes: { quotes: Wish[]; bookings: Wish[] }): Promise<Journey[]> {
  const catalogue = await catalogueOf(town.ctx.db)
  const dice = createDice(3)
  const dates = Array.from({ length: 28 }, (_, i) => addDays(localDateOf(town.ctx.clock.now()), 7 + i))
  const spaces = catalogue.spaces.map(({ space }) => `/spaces/${space.slug}`)
  const units = [...catalogue.spacesOfUnit.values()].map(([one]) => `/units/${one!.unit.slug}`)
  const { feeds, events } = await longFeeds(town, 1000, 12)
  return [
    { name: 'limit route, same middleware', requests: [{ path: '/bench/limit' }] },
    { name: 'day search, page of results', requests: dates.map((date) => ({ path: `/spaces?date=${date}&minutes=60` })) },
    { name: 'day search, matrix of 24 rooms', requests: dates.map((date) => ({ path: `/spaces?date=${date}&minutes=60&view=matrix` })) },
    { name: 'day search, map of the city', requests: dates.map((date) => ({ path: `/spaces?date=${date}&minutes=60&view=map` })) },
    { name: 'four weeks of weekday evenings', requests: dates.map((date) => ({ path: `/spaces?date=${date}&dateTo=${addDays(date, 27)}&weekdays=1,2,3,4,5&minutes=120` })) },
    { name: 'day search, API', requests: dates.map((date) => ({ path: `/api/v1/search?date=${date}&minutes=60&limit=20` })) },
    // More pages than a process remembers, each before it comes round again.
    { name: 'space page, worked out anew', requests: inEveryLanguage(spaces) },
    { name: 'space page, remembered', requests: some(spaces, varied, dice).map((path) => ({ path })) },
    { name: 'unit page, worked out anew', requests: inEveryLanguage(units) },
    { name: 'unit page, remembered', requests: some(units, varied, dice).map((path) => ({ path })) },
    { name: 'quote', requests: wishes.quotes.map((wish) => ({ path: '/api/v1/quotes', method: 'POST', headers: json, body: bodyOf(wish) })) },
    { name: `feed of ${events} events, its texts still to make`, requests: feeds.map((path) => ({ path })), once: true, alone: true },
    { name: `feed of ${events} events, cold`, requests: feeds.map((path) => ({ path })) },
    { name: 'feed, not modified', requests: feeds.map((path) => ({ path, expect: 304 })) },
    {
      name: 'booking by HTTP', once: true,
      requests: wishes.bookings.map((wish, i) => ({
        path: '/api/v1/bookings', method: 'POST', body: bodyOf(wish), expect: 201,
        headers: { ...json, authorization: `Bearer ${wish.person.token}`, 'idempotency-key': `bench-${i}` },
      })),
    },
  ]
}

const inEveryLanguage = (paths: readonly string[]): Shot[] => ['', '/sv', '/en'].flatMap((language) => paths.map((path) => ({ path: language + path })))

/** Asks for each feed once more and keeps its ETag for the next question. */
export async function withTags(address: string, requests: Shot[]): Promise<Shot[]> {
  return Promise.all(requests.map(async (shot) => {
    const tag = (await fetch(address + shot.path)).headers.get('etag') ?? ''
    return { ...shot, headers: { 'if-none-match': tag } }
  }))
}

/** The addresses of the feeds that come nearest to so many events, and how many they have in the middle. */
async function longFeeds({ ctx: { db, clock } }: Town, wanted: number, most: number): Promise<{ feeds: string[]; events: number }> {
  const catalogue = await catalogueOf(db)
  const { from, to, givenUpSince } = windowOn(localDateOf(clock.now()))
  const rows = await db
    .select({ spaceId: bookings.spaceId, events: sql<number>`count(*)` }).from(bookings)
    .where(and(gte(bookings.startsAt, from), lt(bookings.startsAt, to), or(inArray(bookings.state, [...occupyingStates]), gte(bookings.updatedAt, givenUpSince))))
    .groupBy(bookings.spaceId)
  const count = new Map(rows.map(({ spaceId, events }) => [spaceId, Number(events)]))
  const near = [...catalogue.spacesOfUnit.values()]
    .map((spaces) => ({
      path: `/calendars/units/${spaces[0]!.unit.slug}.ics`, events: spaces.reduce((sum, { space }) => sum + (count.get(space.id) ?? 0), 0),
    }))
    .sort((a, b) => Math.abs(a.events - wanted) - Math.abs(b.events - wanted))
    .slice(0, most)
  return { feeds: near.map(({ path }) => path), events: near.map(({ events }) => events).sort((a, b) => a - b)[Math.floor(near.length / 2)] ?? 0 }
}
