import { hitIn, firstTimes, startsKnown } from '../../src/availability/search.ts'
import type { Hit, TimeWish } from '../../src/availability/search.ts'
import type { FreeDayNow } from '../../src/availability/free-day.ts'
import type { Limits } from '../../src/availability/schedule.ts'
import type { Listed } from '../../src/spaces/catalogue.ts'

/** What a search of these spaces finds for anybody, and the answer of each in full. */
export function foundAmong(listed: readonly Listed[], days: readonly FreeDayNow[], wish: Omit<TimeWish, 'dates'>, now: number, limits: Limits) {
  const startsOf = startsKnown(now, limits)
  const found = firstTimes(listed, listed.length, (one) => startsOf(one, one.space.approval), days, wish)
  const hitOf = (one: Listed): Hit => hitIn(found, { listed: one, schedule: one }, wish.minutes)
  return { found, hitOf, hits: listed.map(hitOf) }
}
