import { answer } from '../availability/answer.ts'
import { neighbourhood } from '../availability/free.ts'
import { lastBookableDate } from '../availability/horizon.ts'
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
import { addDays, endOf, localDateOf, startOf, type LocalDate } from '../time/wallclock.ts'
import { otherTimes, sameTimeOn, shorterTimes } from './alternatives.ts'
import { judge, scheduleOf, type Judgement } from './judgement.ts'
import { standingOf } from './quota-store.ts'
import type { Booking, Hold } from './store.ts'

/** What is offered: a space, when it is open, and the rules in force. */
export type Offer = { listed: Listed; schedule: Schedule; edition: Edition }

/** The offer of a space by its id; null when there is no such space, or no rules yet. */
export async function offerFor(db: Reads, spaceId: string, now: number): Promise<Offer | null> {
  const catalogue = await catalogueOf(db)
  const listed = catalogue.spaceById.get(spaceId)
  const edition = await editionInForce(db, localDateOf(now))
  return listed && edition ? { listed, edition, schedule: scheduleOf(edition, listed) } : null
}

/** The same by the space's slug, also a former one. */
export async function offerOf(db: Reads, slug: string, now: number): Promise<Offer | null> {
  const { spaceBySlug } = await catalogueOf(db)
  return offerFor(db, spaceBySlug.get(slug)?.space.id ?? (await redirectOf(db, 'space', slug)) ?? '', now)
}

/** What the rules say of a wish, before anything is kept or booked. The person's own hold is no obstacle. `associationId`: in whose name, once that is said. */
export async function judgementOn(
  db: Reads,
  offer: Offer,
  wish: Interval & { facts: Facts },
  { person, hold, now, associationId = null }: { person: Person | null; hold: Hold | null; now: number; associationId?: string | null },
): Promise<Judgement> {
  const [{ unit }, limit] = [offer.listed, offer.edition.limits.openBookingsPerPerson]
  return judge({
    ...offer, ...wish,
    now,
    taken: await takenOf(db, offer.listed, wish.start, wish.end, now),
    standing: person ? await standingOf(db, { personId: person.id, limit, now, unit, associationId }) : undefined,
    holdId: hold?.id,
  })
}

/** What the rules say of moving a person's booking to another time; where it is now is no obstacle. */
export async function moveJudgement(db: Reads, offer: Offer, booking: Booking, to: Interval, now: number): Promise<Judgement> {
  const [{ unit }, limit, { personId, associationId }] = [offer.listed, offer.edition.limits.openBookingsPerPerson, booking]
  return judge({
    ...offer, ...to, now,
    facts: booking.decided.facts,
    taken: await takenOf(db, offer.listed, to.start, to.end, now),
    standing: await standingOf(db, { personId, associationId, unit, limit, now, except: booking.id }),
    bookingId: booking.id,
  })
}

/** What speaks against the time itself, while nobody has said who asks and what for. */
export async function timeRefusals(db: Reads, { listed, schedule, edition }: Offer, wish: Interval, hold: Hold | null, now: number) {
  const taken = await takenOf(db, listed, wish.start, wish.end, now)
  const asked = { ...wish, people: 1, approval: schedule.space.approval, ...(hold ? { holdId: hold.id } : {}) }
  return answer({ schedule, taken, now, limits: edition.limits, wish: asked }).refusals
}

const daysOn = 14

/**
 * The nearest other times in the same space that a wish may have: on its own day, what is left of the time itself, and at its clock time on the days after
 * it; before its day when that lies too far ahead. `firstDate` is the first day that leaves a person time to decide.
 */
export async function otherTimesNear(db: Reads, { listed, schedule, edition }: Offer, wanted: Interval, { now, firstDate }: { now: number; firstDate?: LocalDate }) {
  const { space } = listed
  const [date, last] = [localDateOf(wanted.start), addDays(lastBookableDate(space, now), -daysOn)]
  const soonest = [date, localDateOf(now), firstDate ?? date].reduce((a, b) => (a > b ? a : b))
  const from = soonest < last ? soonest : last
  const range = { from, to: addDays(from, daysOn) }
  const around = neighbourhood({ start: startOf(range.from), end: endOf(range.to) }, shortest(space))
  const taken = await takenOf(db, listed, around.start, around.end, now)
  const { free } = answer({ schedule, taken, now, limits: edition.limits, range })
  const dates = Array.from({ length: daysOn + 1 }, (_, day) => addDays(from, day))
  return {
    sameDay: from === date ? otherTimes(free.filter((gap) => localDateOf(gap.start) === date), wanted, space) : [],
    shorter: from === date ? shorterTimes(free, wanted, space) : [],
    sameTime: sameTimeOn(dates, free, wanted, space),
  }
}
