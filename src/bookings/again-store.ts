import type { Person } from '../people/person.ts'
import { associationsOf } from '../people/store.ts'
import type { Reads } from '../platform/db/database.ts'
import type { Interval } from '../time/interval.ts'
import { answersAgain, timesAgain } from './again.ts'
import { associationChoice, type DraftAnswers } from './draft.ts'
import { judgementOn, offerFor } from './offer-store.ts'
import { isAboutTime } from './refusal.ts'
import { liveHoldOf, ownBooking, type Booking } from './store.ts'
import { opensIntoNight } from './when.ts'

/** What the person said for an earlier booking of theirs; null for anybody else's, as for none. */
export async function answersOfEarlier(db: Reads, person: Person, ref: string): Promise<DraftAnswers | null> {
  const earlier = await ownBooking(db, person.id, ref)
  if (!earlier) return null
  const own = earlier.associationId === null ? [] : await associationsOf(db, person.id)
  const association = own.find(({ id }) => id === earlier.associationId)
  return answersAgain(earlier, association ? associationChoice(association) : null)
}

/** The first of the coming weeks in which nothing speaks against the time of the person's earlier booking, or null. */
export async function timeAgain(db: Reads, person: Person, earlier: Booking, now: number): Promise<Interval | null> {
  const offer = await offerFor(db, earlier.spaceId, now)
  if (!offer) return null
  const hold = await liveHoldOf(db, `person:${person.id}`, now)
  const times = timesAgain({ start: earlier.startsAt, end: earlier.endsAt }, now, opensIntoNight(offer.listed.openings))
  for (const time of times) {
    const { refusals } = await judgementOn(db, offer, { ...time, facts: earlier.decided.facts }, { person, hold, now })
    if (!refusals.some(isAboutTime)) return time
  }
  return null
}
