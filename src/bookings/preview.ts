import { unclearTimes } from '../availability/refusals.ts'
import type { Standing } from '../availability/rules.ts'
import type { Taken } from '../availability/taken.ts'
import type { Person } from '../people/person.ts'
import type { Edition } from '../rulebook/edition.ts'
import type { Facts } from '../rulebook/facts.ts'
import { quote } from '../rulebook/quote.ts'
import type { Listed } from '../spaces/catalogue.ts'
import type { Interval } from '../time/interval.ts'
import { dayMs, localDateOf } from '../time/wallclock.ts'
import type { Reading } from '../time/wallclock.ts'
import type { QuoteBody } from './body.ts'
import { traitsOf } from '../rulebook/traits.ts'
import { judge, scheduleOf } from './judgement.ts'
import type { Judgement } from './judgement.ts'
import { factsOf } from './wish.ts'

/** What is known of whoever asks for a quote. */
export type Quoted = {
  rights: Pick<Person, 'grantedCityUnit' | 'grantedSchool'> | null
  /** Null where no association is named. */
  association: 'verified' | 'declared' | null
  /** Their limits; missing of who has not said who they are. */
  standing?: Standing
}

export type PreviewQuestion = {
  edition: Edition
  now: number
  listed: Listed
  body: QuoteBody
  quoted: Quoted
  /** Others' times around `previewedStretch`. */
  taken: readonly Taken[]
}

const instantOf = (reading: Reading): number =>
  (reading.kind === 'one' ? reading.at : reading.kind === 'none' ? reading.next : reading.first)

/** No booking is longer; of a longer wish only so much is compared with others' times, so that nobody can ask for a century. */
const longestMs = 31 * dayMs

/** The times that a preview must know others' occupancies of; never empty. */
export function previewedStretch({ start, end }: Pick<QuoteBody, 'start' | 'end'>): Interval {
  const from = instantOf(start)
  return { start: from, end: Math.min(Math.max(instantOf(end), from + 1), from + longestMs) }
}

/** The facts that the rules see of the wish. */
export const previewedFacts = ({ facts }: Pick<QuoteBody, 'facts'>, { rights, association }: Quoted): Facts =>
  factsOf(facts, rights, association ?? undefined)

/**
 * What would be said of the wish if whoever asks made it. Times that are none or two are refused for that alone, and the
 * price is that of the nearest time there is.
 */
export function preview({ edition, now, listed, body, quoted, taken }: PreviewQuestion): Judgement {
  const facts = previewedFacts(body, quoted)
  const [start, end] = [instantOf(body.start), instantOf(body.end)]
  const judged = judge({ listed, schedule: scheduleOf(edition, listed), edition, facts, start, end, taken, now, standing: quoted.standing })
  const unclear = unclearTimes(body.start, body.end)
  if (unclear.length > 0) judged.refusals = unclear
  if (start < end) return judged
  // A price for less than no time would be less than nothing.
  return { ...judged, quote: quote(edition, facts, traitsOf(listed), { start, end: start, date: localDateOf(start) }) }
}
