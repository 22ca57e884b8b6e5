import type { Edition } from './edition.ts'
import type { Facts, SpaceTraits } from './facts.ts'
import { quote, totalOf } from './quote.ts'
import type { Quote } from './quote.ts'
import { assumedFacts } from './who.ts'
import type { Who } from './who.ts'

/** People and uses that a price table names, from the most favoured on. */
export const typicalCases = [
  { id: 'association_open', people: 30, who: { applicant: 'registered_association', purpose: 'civic_activity', openToAll: true } },
  { id: 'youth', people: 30, who: { applicant: 'registered_association', purpose: 'youth_activity', openToAll: false } },
  { id: 'group', people: 12, who: { applicant: 'unregistered_group', purpose: 'hobby', openToAll: false } },
  { id: 'association_closed', people: 40, who: { applicant: 'registered_association', purpose: 'sport', openToAll: false } },
  { id: 'private_party', people: 30, who: { applicant: 'private_person', purpose: 'private_party', openToAll: false } },
  { id: 'company', people: 20, who: { applicant: 'company', purpose: 'commercial', openToAll: false } },
] as const satisfies readonly { id: string; people: number; who: Who }[]
export type TypicalCase = (typeof typicalCases)[number]['id']

export type TypicalQuote = { id: TypicalCase; who: Who; people: number; quote: Quote }

const hourMs = 3_600_000

/** An hour of the date's evening, when most want a space. */
export function anHour(date: string): { start: number; end: number; date: string } {
  const start = Date.parse(`${date}T16:00Z`)
  return { start, end: start + hourMs, date }
}

type Asked = { edition: Edition; date: string; quotes: TypicalQuote[] }

// A space's page shows the same table all day.
const lastAsked = new WeakMap<SpaceTraits, Asked>()

/** What an hour costs in a space on a date, by who asks. Nobody is counted in that the space cannot hold. */
export function typicalQuotes(edition: Edition, space: SpaceTraits, date: string): TypicalQuote[] {
  const last = lastAsked.get(space)
  if (last?.edition === edition && last.date === date) return last.quotes
  const quotes = quotesOf(edition, space, date)
  lastAsked.set(space, { edition, date, quotes })
  return quotes
}

function quotesOf(edition: Edition, space: SpaceTraits, date: string): TypicalQuote[] {
  return typicalCases.map(({ id, who, people }) => {
    const facts: Facts = assumedFacts(who, Math.min(people, space.people))
    return { id, who, people: facts.people, quote: quote(edition, facts, space, anHour(date)) }
  })
}

type Range = { from: number; to: number } | null
const lastRange = new WeakMap<SpaceTraits, { edition: Edition; date: string; range: Range }>()

/** The cheapest and the dearest usual hour (cents), for somebody who has not said who they are; null without a price. */
export function hourlyRange(edition: Edition, space: SpaceTraits, date: string): Range {
  const last = lastRange.get(space)
  if (last?.edition === edition && last.date === date) return last.range
  const cents = [typicalCases[0], typicalCases[5]].map(({ who, people }) =>
    totalOf(edition, assumedFacts(who, Math.min(people, space.people)), space, anHour(date)))
  const known = cents.filter((one) => one !== null)
  const range = known.length > 0 ? { from: Math.min(...known), to: Math.max(...known) } : null
  lastRange.set(space, { edition, date, range })
  return range
}
