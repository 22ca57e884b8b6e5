import type { NewBooking } from '../../bookings/store.ts'
import { decideBy } from '../../bookings/decide-by.ts'
import { occupies, type DecidedBy } from '../../bookings/booking.ts'
import { factsOf } from '../../bookings/wish.ts'
import type { Edition } from '../../rulebook/edition.ts'
import type { Facts } from '../../rulebook/facts.ts'
import { kept, type KeptQuote } from '../../rulebook/kept-quote.ts'
import { quote, type Quote } from '../../rulebook/quote.ts'
import { traitsOf } from '../../rulebook/traits.ts'
import type { Catalogue, Listed } from '../../spaces/catalogue.ts'
import { localDateOf, minuteMs } from '../../time/wallclock.ts'
import type { Crowd, Member } from './crowd.ts'
import type { Dice } from './dice.ts'
import { fateOf } from './fates.ts'
import type { Slot } from './slots.ts'
import { freeReason, usesOf, type Use } from './uses.ts'

/** A booking as it is stored, with `decided` written out already: the same text serves every booking of its kind. */
export type MadeBooking = Omit<NewBooking, 'decided'> & { decided: string }
type Known = { answer: Quote; facts: Facts; asAnswered: string; asGiven: string | null }

export type Ground = { catalogue: Catalogue; edition: Edition; crowd: Crowd; now: number }
type Standing = 'verified' | 'declared' | undefined

/** Makes bookings as `book` would have: each with the rule book's real answer, asked once for each kind of wish. */
export function createBookings({ catalogue, edition, crowd, now }: Ground, dice: Dice) {
  const known = new Map<string, Known>()
  const changes = [...edition.priceList.prices, ...edition.vatRates].map(({ validFrom }) => validFrom)
  const refs = new Set<string>()

  function freshRef(): string {
    const ref = dice.ref()
    return refs.has(ref) ? freshRef() : (refs.add(ref), ref)
  }

  function knownFor(listed: Listed, use: Use, standing: Standing, slot: Slot): Known {
    const date = localDateOf(slot.start)
    const era = changes.filter((change) => change <= date).length
    const key = [listed.space.id, use.titles[0], standing, (slot.end - slot.start) / minuteMs, era].join(' ')
    const found = known.get(key)
    if (found) return found
    const facts = factsOf({ ...use.facts, people: Math.min(use.people, listed.space.people) }, null, standing)
    const answer = quote(edition, facts, traitsOf(listed), { start: slot.start, end: slot.end, date })
    if (answer.charge === 'not_allowed') throw new Error(`the rule book does not allow: ${use.titles[0]}`)
    const decided: DecidedBy<KeptQuote> = { edition: edition.id, facts, quote: kept(answer) }
    const open = answer.charge === 'needs_person'
    const made = {
      answer, facts, asAnswered: JSON.stringify(decided),
      asGiven: open ? JSON.stringify({ ...decided, given: { charge: 'free', priceClass: null, lines: answer.lines } } satisfies DecidedBy<KeptQuote>) : null,
    }
    known.set(key, made)
    return made
  }

  return (slot: Slot, createdAt: number): MadeBooking => {
    const { listed, start, end } = slot
    const use = dice.weighed(usesOf(listed.space.kind))
    const person = dice.of(use.association ? crowd.members : crowd.others)
    const association = use.association ? (person as Member).association : null
    const { answer, facts, asAnswered, asGiven } = knownFor(listed, use, association?.standing, slot)
    const asked = answer.approval === 'person'
    const state = fateOf({ start, end, approval: answer.approval, now }, dice)
    const undecided = ['requested', 'expired', 'withdrawn'].includes(state)
    const settled = Math.min(createdAt + Math.floor(dice.next() * 4 * 24 * 60) * minuteMs, start - minuteMs, now)
    const given = asGiven !== null && occupies(state) && !undecided
    const extras = answer.lines.reduce((sum, { cents }) => sum + cents, 0)
    const totalCents = given ? extras : answer.totalCents
    return {
      id: dice.id(), ref: freshRef(), uid: `${dice.id()}@tilavuoro`, spaceId: listed.space.id, personId: person.id,
      associationId: association?.id ?? null, state, startsAt: start, endsAt: end, title: dice.of(use.titles), public: dice.next() < use.shown,
      people: facts.people, responsibleName: person.name, responsiblePhone: person.phone,
      payerName: totalCents ? person.name : null, payerAddress: totalCents ? 'Esimerkkikatu 1, 00000 Helsinki' : null, language: 'fi',
      decided: given ? asGiven : asAnswered, charge: given ? (totalCents ? 'paid' : 'free') : answer.charge as 'free' | 'paid' | 'needs_person',
      totalCents, termsVersion: edition.terms.version, muted: true, sequence: asked || !occupies(state) ? 1 : 0,
      decideBy: asked ? decideBy(catalogue, edition, createdAt) : null, decidedAt: undecided ? null : asked ? settled : createdAt,
      reason: state === 'declined' ? 'Tila on toimipisteen omassa käytössä.' : given ? freeReason : null,
      createdAt, updatedAt: state === 'requested' ? createdAt : settled,
    }
  }
}
