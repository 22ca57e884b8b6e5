import type { Refusal } from '../availability/refusals.ts'
import type { Person } from '../people/person.ts'
import type { Reads } from '../platform/db/database.ts'
import type { Quote } from '../rulebook/quote.ts'
import type { Interval } from '../time/interval.ts'
import { answersOfEarlier } from './again-store.ts'
import { asked, type Question } from './asking.ts'
import { joined, type DraftAnswers } from './draft.ts'
import { factsSaid, understood, type WishAnswers } from './form.ts'
import { traitsOf } from '../rulebook/traits.ts'
import { judgementOn, offerOf, timeRefusals, type Offer } from './offer-store.ts'
import { liveHoldOf, type Hold } from './store.ts'
import { opensIntoNight, stretchOf } from './when.ts'
import { factsOf } from './wish.ts'

/** Who fills in the form: a person or only a browser. */
export type Asker = { person: Person | null; ownerHash: string | null; now: number }

/** Everything known about a wish that is being made. */
export type FormState = {
  offer: Offer
  draft: DraftAnswers
  answers: Partial<WishAnswers>
  /** The time, once it is said and is one instant at each end. */
  slot: Interval | null
  /** The extra questions worth asking. */
  questions: Question[]
  quote: Quote | null
  refusals: Refusal[]
  /** The live hold of exactly this wish's space and time. */
  hold: Hold | null
}

/** The form as far as it is filled in, judged by the rules; null when there is no such space. */
export async function formState(db: Reads, said: DraftAnswers, asker: Asker, keep: 'kept answers too' | 'only what is said'): Promise<FormState | null> {
  const { person, now } = asker
  const offer = await offerOf(db, String(said['space'] ?? ''), now)
  if (!offer) return null
  const { space, openings } = offer.listed
  const live = asker.ownerHash ? await liveHoldOf(db, asker.ownerHash, now) : null
  const own = live?.spaceId === space.id ? live : null
  const draft = { ...(keep === 'kept answers too' ? await remembered(db, said, own, person) : joined(said, null)), space: space.slug }
  const answers = understood(draft)
  const { date, from, to, fromTurn, toTurn } = answers
  const time = date !== undefined && from !== undefined && to !== undefined
    ? stretchOf({ date, from, to, fromTurn, toTurn }, opensIntoNight(openings))
    : null
  const slot = time?.ok ? { start: time.start, end: time.end } : null
  const facts = factsSaid(answers)
  const full = facts && factsOf(facts, person, facts.applicant === 'registered_association' ? 'declared' : undefined)
  const judged = slot && full && slot.start < slot.end ? await judgementOn(db, offer, { ...slot, facts: full }, { person, hold: own, now }) : null
  return {
    offer, draft, answers, slot,
    questions: asked(offer.edition, traitsOf(offer.listed), answers, judged?.quote ?? null),
    quote: judged?.quote ?? null,
    refusals: judged?.refusals ?? (time?.ok === false ? time.refusals : slot ? await timeRefusals(db, offer, slot, own, now) : []),
    hold: own && slot && own.startsAt === slot.start && own.endsAt === slot.end ? own : null,
  }
}

/** What is said, with what was kept or, where the form was opened to book again, with what was said for the earlier booking. */
async function remembered(db: Reads, { again, ...said }: DraftAnswers, hold: Hold | null, person: Person | null): Promise<DraftAnswers> {
  const kept = hold?.answers ?? null
  const earlier = person && typeof again === 'string' ? await answersOfEarlier(db, person, again) : null
  if (!earlier) return joined(said, kept)
  // Answers that were kept in the same round of booking again may have been changed since.
  return joined({ ...said, again: earlier['again'] ?? '' }, kept?.['again'] === earlier['again'] ? kept : earlier)
}
