import { answer } from '../availability/answer.ts'
import { nobody, scheduleFor } from '../availability/asker.ts'
import type { Refusal } from '../availability/refusals.ts'
import type { Standing } from '../availability/rules.ts'
import type { Schedule } from '../availability/schedule.ts'
import type { Taken } from '../availability/taken.ts'
import type { Edition } from '../rulebook/edition.ts'
import type { Facts } from '../rulebook/facts.ts'
import { tariffFor, type Slot } from '../rulebook/price.ts'
import { quote, type Quote } from '../rulebook/quote.ts'
import { traitsOf } from '../rulebook/traits.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { localDateOf } from '../time/wallclock.ts'
import type { DecidedBy } from './booking.ts'

export type Asked = {
  listed: Listed
  schedule: Schedule
  edition: Edition
  facts: Facts
  start: number
  end: number
  taken: readonly Taken[]
  now: number
  standing?: Standing | undefined
  /** The hold the wish comes from. */
  holdId?: string | undefined
  /** The booking that the wish moves. */
  bookingId?: string | undefined
}

/** A booking's time as prices are asked for it. */
export const slotOf = ({ startsAt, endsAt }: { startsAt: number; endsAt: number }): Slot =>
  ({ start: startsAt, end: endsAt, date: localDateOf(startsAt) })

/** How a booking keeps what it was decided by. */
export function decidedBy({ edition, facts, listed, start }: Pick<Asked, 'edition' | 'facts' | 'listed' | 'start'>, quote: Quote): DecidedBy {
  const tariff = tariffFor(edition, localDateOf(start))
  return { edition: edition.id, tariff: { edition: tariff.edition.id, date: tariff.date }, facts, quote, space: traitsOf(listed) }
}

/** What the rules say of one wish: its price, conditions and reasons, and everything that speaks against it. */
export type Judgement = { quote: Quote; refusals: Refusal[] }

/** When a space is lent, with time for a person to decide where one decides whoever asks. */
export const scheduleOf = (edition: Edition, listed: Listed): Schedule => scheduleFor({ edition }, listed, nobody)

/** The rule book and the one availability function asked together; form, API and booking all go through here. */
export function judge({ listed, schedule, edition, facts, start, end, taken, now, standing, holdId, bookingId }: Asked): Judgement {
  const quoted = quote(edition, facts, traitsOf(listed), { start, end, date: localDateOf(start) })
  const rule = quoted.because[0]?.rule ?? ''
  const { refusals } = answer({
    schedule,
    taken,
    now,
    limits: edition.limits,
    standing,
    wish: {
      start,
      end,
      people: facts.people,
      // A use that nobody may book needs no handling time: only the rule speaks.
      approval: quoted.charge === 'not_allowed' ? 'automatic' : quoted.approval,
      ...(quoted.charge === 'not_allowed' ? { notAllowed: { rule } } : {}),
      ...(holdId ? { holdId } : {}),
      ...(bookingId ? { bookingId } : {}),
    },
  })
  return { quote: quoted, refusals }
}
