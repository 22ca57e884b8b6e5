import type { Refusal } from '../availability/refusals.ts'
import type { Person } from '../people/person.ts'
import { associationBy } from '../people/store.ts'
import type { Reads } from '../platform/db/database.ts'
import type { Facts } from '../rulebook/facts.ts'
import type { Quote } from '../rulebook/quote.ts'
import type { Interval } from '../time/interval.ts'
import { answersOfEarlier } from './again-store.ts'
import { asked, type Question } from './asking.ts'
import { detailsFrom, filledIn, joined, type DraftAnswers } from './draft.ts'
import { associationForm, factsSaid, understood, type WishAnswers } from './form.ts'
import { traitsOf } from '../rulebook/traits.ts'
import { usualAnswers } from './known-store.ts'
import { judgementOn, offerOf, timeRefusals, type Offer } from './offer-store.ts'
import { liveHoldOf, ownBooking, type Booking, type Hold } from './store.ts'
import { opensIntoNight, stretchOf } from './when.ts'
import { factsOf } from './wish.ts'
import type { SpaceKind } from '../spaces/space.ts'

/** Who fills in the form: a person or only a browser. */
export type Asker = { person: Person | null; ownerHash: string | null; now: number }

/**
 * What fills in the form beside what is said: nothing; what was kept with the hold; or also what the person answered for
 * an earlier booking, everything of it where they come from a list, or only the details once the wish is made.
 */
export type Filling = 'only what is said' | 'kept answers too' | 'usual details too' | 'usual answers too'

/** Everything known about a wish that is being made. */
export type FormState = {
  offer: Offer
  draft: DraftAnswers
  answers: Partial<WishAnswers>
  /** The time, once it is said and is one instant at each end. */
  slot: Interval | null
  /** The extra questions worth asking. */
  questions: Question[]
  /** All the facts of the wish, once they are said. */
  facts: Facts | null
  quote: Quote | null
  refusals: Refusal[]
  /** The live hold of exactly this wish's space and time. */
  hold: Hold | null
  /** The live hold in this wish's space, whatever its time. */
  here: Hold | null
  /** The person's own booking that answers were taken from. */
  earlier: Booking | null
}

/** The form as far as it is filled in, judged by the rules; null when there is no such space. */
export async function formState(db: Reads, said: DraftAnswers, asker: Asker, filling: Filling): Promise<FormState | null> {
  const { person, now } = asker
  const offer = await offerOf(db, String(said['space'] ?? ''), now)
  if (!offer) return null
  const { space, openings } = offer.listed
  const live = asker.ownerHash ? await liveHoldOf(db, asker.ownerHash, now) : null
  const own = live?.spaceId === space.id ? live : null
  const { again, ...rest } = filling === 'only what is said' ? joined(said, null) : await remembered(db, said, filling, { person, hold: own, kind: space.kind })
  const earlier = person && typeof again === 'string' ? await ownBooking(db, person.id, again) : null
  const draft = { ...rest, ...(earlier ? { again: earlier.ref } : {}), space: space.slug }
  const answers = understood(draft)
  const { date, from, to, fromTurn, toTurn } = answers
  const time = date !== undefined && from !== undefined && to !== undefined
    ? stretchOf({ date, from, to, fromTurn, toTurn }, opensIntoNight(openings))
    : null
  const slot = time?.ok ? { start: time.start, end: time.end } : null
  const facts = factsSaid(answers)
  const full = facts && factsOf(facts, person, facts.applicant === 'registered_association' ? 'declared' : undefined)
  const named = person && facts?.applicant === 'registered_association' ? associationForm.safeParse(draft) : null
  const associationId = named?.success ? (await associationBy(db, named.data))?.id ?? null : null
  const judged = slot && full && slot.start < slot.end ? await judgementOn(db, offer, { ...slot, facts: full }, { person, hold: own, now, associationId }) : null
  return {
    offer, draft, answers, slot,
    questions: asked(offer.edition, traitsOf(offer.listed), answers, judged?.quote ?? null),
    facts: full ?? null,
    quote: judged?.quote ?? null,
    refusals: judged?.refusals ?? (time?.ok === false ? time.refusals : slot ? await timeRefusals(db, offer, slot, own, now) : []),
    hold: own && slot && own.startsAt === slot.start && own.endsAt === slot.end ? own : null,
    here: own,
    earlier,
  }
}

type Memory = { person: Person | null; hold: Hold | null; kind: SpaceKind }

/** What is said, with what was kept, what was said for the earlier booking that is named, or what the person usually says. */
async function remembered(db: Reads, { again, ...said }: DraftAnswers, filling: Filling, { person, hold, kind }: Memory): Promise<DraftAnswers> {
  const kept = hold?.answers ?? null
  const earlier = person && typeof again === 'string' ? await answersOfEarlier(db, person, again) : null
  // Answers that were kept in the same round of booking again may have been changed since.
  if (earlier) return joined({ ...said, again: earlier['again'] ?? '' }, kept?.['again'] === earlier['again'] ? kept : earlier)
  const alone = joined(said, kept)
  if (!person || filling === 'kept answers too') return alone
  if (filling === 'usual details too') {
    const known = alone['title'] === undefined ? await usualAnswers(db, person, alone, kind) : null
    return known ? detailsFrom(known, alone) : alone
  }
  const known = kept && agree(said, kept) ? kept : await usualAnswers(db, person, said, kind)
  return known ? filledIn(said, known) : alone
}

const agree = (said: DraftAnswers, kept: DraftAnswers): boolean =>
  ['applicant', 'purpose'].every((name) => !said[name] || said[name] === kept[name])
