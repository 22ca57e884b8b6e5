import { addDays, localDateOf } from '../../time/wallclock.ts'
import type { LoadRequest } from './load.ts'

/** A weekday a fortnight ahead, in reach of every space. */
export const benchDate = (): string => addDays(localDateOf(Date.now()), 14)

type Item = { space: { slug: string }; first: { start: string; end: string } }

/** The hot paths of the service, with addresses taken from its own answers. */
export async function journeys(address: string): Promise<{ name: string; request: LoadRequest }[]> {
  const date = benchDate()
  const found = (await (await fetch(`${address}/api/v1/search?date=${date}&minutes=60&limit=20`)).json()) as { items: Item[] }
  const item = found.items[0]
  if (!item) throw new Error('the search found nothing')
  const { slug } = item.space
  const feed = `/calendars/spaces/${slug}.ics`
  const etag = (await fetch(`${address}${feed}`)).headers.get('etag') ?? ''
  const wish = JSON.stringify({
    space: slug, start: item.first.start, end: item.first.end, applicant: 'registered_association', purpose: 'civic_activity', people: 8, openToAll: true,
  })
  return [
    { name: 'limit route, same middleware', request: { path: '/bench/limit' } },
    { name: 'day search, page of results', request: { path: `/spaces?date=${date}&minutes=60` } },
    { name: 'day search, API', request: { path: `/api/v1/search?date=${date}&minutes=60&limit=20` } },
    { name: 'space page', request: { path: `/spaces/${slug}` } },
    { name: 'quote', request: { path: '/api/v1/quotes', method: 'POST', headers: { 'content-type': 'application/json' }, body: wish } },
    { name: 'feed of a space', request: { path: feed } },
    { name: 'feed, not modified', request: { path: feed, headers: { 'if-none-match': etag }, expect: 304 } },
  ]
}
