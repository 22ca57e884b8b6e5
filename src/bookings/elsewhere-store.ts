import { scheduleFor } from '../availability/asker.ts'
import { answer } from '../availability/answer.ts'
import { firstStart } from '../availability/free-day.ts'
import { freeDaysOf } from '../availability/free-day-store.ts'
import { startsAllowed } from '../availability/horizon.ts'
import { isLength } from '../availability/length.ts'
import { takenOf } from '../availability/store.ts'
import type { Reads } from '../platform/db/database.ts'
import type { Facts } from '../rulebook/facts.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { catalogueOf } from '../spaces/store.ts'
import type { Interval } from '../time/interval.ts'
import { endOf, localDateOf, minuteMs } from '../time/wallclock.ts'
import { othersLike, type Other } from './elsewhere.ts'
import { judge, scheduleOf } from './judgement.ts'
import type { Offer } from './offer-store.ts'

/** Who asks, as far as it is known: with all the facts each space is judged by all the rules. */
export type Wanting = { now: number; people: number; facts: Facts | null }

const most = 4

/** Up to four other spaces that can be had at exactly the wished time: the likeliest first, each asked of the one answer. Within one date. */
export async function sameTimeElsewhere(db: Reads, { listed, edition }: Offer, wanted: Interval, { now, people, facts }: Wanting): Promise<Other[]> {
  const date = localDateOf(wanted.start)
  if (wanted.start >= wanted.end || wanted.end > endOf(date)) return []
  const catalogue = await catalogueOf(db)
  const [day] = await freeDaysOf(db, { catalogue, now }, [date])
  const length = wanted.end - wanted.start
  const mayFit = ({ space, position }: Listed, starts: Interval): boolean =>
    isLength(space, length / minuteMs) && firstStart(day!, position, starts, wanted, length, space.stepMinutes) === wanted.start
  const found: Other[] = []
  for (const other of othersLike(listed, catalogue.spaces, people)) {
    if (found.length === most) break
    const schedule = scheduleFor({ edition }, other.listed, { who: facts && { ...facts, openToAll: facts.openToAll ?? false }, people })
    if (!mayFit(other.listed, startsAllowed(schedule, now, edition.limits))) continue
    const taken = await takenOf(db, other.listed, wanted.start, wanted.end, now)
    const asked = { listed: other.listed, schedule: scheduleOf(edition, other.listed), edition, ...wanted, taken, now }
    const wish = { ...wanted, people, approval: schedule.space.approval }
    const { refusals } = facts ? judge({ ...asked, facts }) : answer({ schedule, taken, now, limits: edition.limits, wish })
    if (refusals.length === 0) found.push(other)
  }
  return found
}
