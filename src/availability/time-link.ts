import type { Interval } from '../time/interval.ts'
import { instantAt, isoWithOffset, localDateOf, minuteMs, minuteOfDay, minuteText } from '../time/wallclock.ts'
import type { Asker } from './asker.ts'
import { askerFields, withQuery } from './form-link.ts'

/**
 * The path of a space's page with a time on it, to be sent to others. The time is local, as people read it; one that the
 * clock shows twice carries its offset.
 */
export function timeLink(slug: string, { start, end }: Interval, asker: Asker = { who: null }): string {
  const [date, minute] = [localDateOf(start), minuteOfDay(start)]
  const at = instantAt(date, minute).kind === 'one' ? `${date}T${minuteText(minute)}` : encodeURIComponent(isoWithOffset(start))
  const path = `/spaces/${slug}?at=${at}&minutes=${(end - start) / minuteMs}`
  const more = withQuery('', askerFields(asker))
  return more ? `${path}&${more.slice(1)}` : path
}
