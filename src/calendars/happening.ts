import type { Language } from '../platform/i18n/text.ts'
import type { Catalogue } from '../spaces/catalogue.ts'
import { shown } from '../spaces/shown.ts'
import type { Interval } from '../time/interval.ts'

/** A public event: a confirmed booking whose title is for everybody. */
export type Happening = Interval & { spaceId: string; title: string }

/** The public events of some spaces, the earliest first, and how many bookings there are besides. */
export type Happenings = { events: Happening[]; others: number }

/** What happens, for a page: the first of the events, with the space named where it is not `here`, the one that the page is about. */
export function happeningView({ events, others }: Happenings, { spaceById }: Pick<Catalogue, 'spaceById'>, here: string | null, language: Language, most = 8) {
  const lines = events.slice(0, most).map(({ start, end, title, spaceId }) => {
    const other = spaceId === here ? undefined : spaceById.get(spaceId)
    return { start, end, title, space: other ? shown(other.space.name, language) : null }
  })
  return { lines, more: events.length - lines.length, others }
}
