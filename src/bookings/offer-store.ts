import { answer } from '../availability/answer.ts'
import { neighbourhood } from '../availability/free.ts'
import { shortest } from '../availability/length.ts'
import type { Schedule } from '../availability/schedule.ts'
import { takenOf } from '../availability/store.ts'
import type { Person } from '../people/person.ts'
import type { Reads } from '../platform/db/database.ts'
import type { Edition } from '../rulebook/edition.ts'
import type { Facts } from '../rulebook/facts.ts'
import { editionInForce } from '../rulebook/store.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { catalogueOf, redirectOf } from '../spaces/store.ts'
import type { Interval } from '../time/interval.ts'
import { addDays, endOf, localDateOf, startOf } from '../time/wallclock.ts'
import { otherTimes, sameTimeOn } from './alternatives.ts'
import { judge, scheduleOf, type Judgement } from './judgement.ts'
import { openBookingsOf, type Hold } from './store.ts'

/** What is offered: a space, when it is open, and the rules in force. */
export type Offer = { listed: Listed; schedule: Schedule; edition: Edition }

/** The offer of a space by its slug, also a former one; null when there is no such space, or no rules yet. */
export async function offerOf(db: Reads, slug: string, now: number): Promise<Offer | null> {
  const catalogue = await catalogueOf(db)
  const listed = catalogue.spaceBySlug.get(slug) ?? catalogue.spaceById.get((await redirectOf(db, 'space', slug)) ?? '')
  const edition = await editionInForce(db, localDateOf(now))
  return listed && edition ? { listed, edition, schedule: scheduleOf(catalogue, listed) } : null
}

/** What the rules say of a wish, before anything is kept or booked. The person's own hold is no obstacle. */
export async function judgementOn(
  db: Reads,
  offer: Offer,
  wish: Interval & { facts: Facts },
  asker: { person: Person | null; hold: Hold | null; now: number },
): Promise<Judgement> {
  const limit = offer.edition.limits.openBookingsPerPerson
  return judge({
    ...offer, ...wish,
    now: asker.now,
    taken: await takenOf(db, offer.listed, wish.start, wish.end),
    standing: asker.person ? { openBookings: await openBookingsOf(db, asker.person.id, asker.now), limit } : undefined,
    holdId: asker.hold?.id,
  })
}

/** What speaks against the time itself, while nobody has said who asks and what for. */
export async function timeRefusals(db: Reads, { listed, schedule, edition }: Offer, wish: Interval, hold: Hold | null, now: number) {
  const taken = await takenOf(db, listed, wish.start, wish.end)
  const asked = { ...wish, people: 1, approval: listed.space.approval, ...(hold ? { holdId: hold.id } : {}) }
  return answer({ schedule, taken, now, limits: edition.limits, wish: asked }).refusals
}

const daysOn = 14

/** The nearest other times in the same space: on the same day, and the same clock time on days after it. */
export async function otherTimesNear(db: Reads, { listed, schedule, edition }: Offer, wanted: Interval, now: number) {
  const date = localDateOf(wanted.start)
  const range = { from: date, to: addDays(date, daysOn) }
  const around = neighbourhood({ start: startOf(range.from), end: endOf(range.to) }, shortest(listed.space))
  const taken = await takenOf(db, listed, around.start, around.end)
  const { free } = answer({ schedule, taken, now, limits: edition.limits, range })
  const dates = Array.from({ length: daysOn + 1 }, (_, day) => addDays(date, day))
  return {
    sameDay: otherTimes(free.filter((gap) => localDateOf(gap.start) === date), wanted, listed.space),
    sameTime: sameTimeOn(dates, free, wanted, listed.space),
  }
}
