import { listedOf } from '../bookings/announce-actions.ts'
import { bookingInScope, stepsAside } from '../bookings/decision-actions.ts'
import { associationFor, decidingEdition, placeOf } from '../bookings/desk-store.ts'
import { decidedBy } from '../bookings/judgement.ts'
import { judgementOn, offerOf } from '../bookings/offer-store.ts'
import { bookingByRef, liveHoldOf, lockPerson, ownBooking, type Booking } from '../bookings/store.ts'
import { factsOf, type BookingWish } from '../bookings/wish.ts'
import type { Context } from '../context.ts'
import { record } from '../history/store.ts'
import { ownAssociation } from '../people/association-store.ts'
import { banById, bansAgainst } from '../people/ban-store.ts'
import { callName, type Person } from '../people/person.ts'
import { decidingRole, mayDecide, type Place } from '../people/roles.ts'
import { associationBy, associationsOf, personById } from '../people/store.ts'
import type { Reads, Writes } from '../platform/db/database.ts'
import type { Language } from '../platform/i18n/text.ts'
import { nanoId, newRef } from '../platform/ids.ts'
import { enqueue } from '../platform/jobs/queue.ts'
import { kept } from '../rulebook/kept-quote.ts'
import { editionById } from '../rulebook/store.ts'
import { traitsOf } from '../rulebook/traits.ts'
import { catalogueOf } from '../spaces/store.ts'
import { localDateOf, startOf } from '../time/wallclock.ts'
import {
  decidedSoFar, pointOf, replacedBy, wishesADay, type Decider, type BookingContent, type DecisionKind, type IssuingRefusal, type Matter, type Party, type Telling,
} from './decision.ts'
import { decidesBan } from './ban.ts'
import { decisionByRef, decisionsOn, decisionsOnBan, endingOf, insertDecision, wishDecisionsSince, type Decision } from './store.ts'

/** `isNew` is false where the same decision had been issued before: it is the earlier document then. */
export type Issued = { ok: true; decision: Decision; isNew: boolean } | { ok: false; refusals: IssuingRefusal[] }
const refused = (...refusals: IssuingRefusal[]): Issued => ({ ok: false, refusals })

type Asked = { kind?: DecisionKind; tell: Telling }

/** Gives the maker of a booking a document of what was decided of it so far, in their language of today; null when they have no such booking. */
export const issueToMaker = (ctx: Context, person: Person, ref: string, asked: Asked): Promise<Issued | null> =>
  issue(ctx, person, asked, (db) => ownBooking(db, person.id, ref))

/** Issues the same from the desk, and tells the maker; null when the official decides no such booking. Nobody issues their own (rulings 17). */
export const issueFromDesk = (ctx: Context, official: Person, ref: string, asked: Asked): Promise<Issued | null> =>
  issue(ctx, official, asked, async (db) => (await bookingInScope(db, official, ref))?.booking ?? null, 'official')

async function issue(ctx: Context, person: Person, asked: Asked, find: (db: Reads) => Promise<Booking | null>, by: 'maker' | 'official' = 'maker'): Promise<Issued | null> {
  const now = ctx.clock.now()
  const done = await ctx.db.transaction(async (db): Promise<Issued | null> => {
    const first = await find(db)
    if (!first) return null
    if (by === 'official' && (await stepsAside(db, person, first)).length) return refused({ code: 'own-request' })
    // Two askings at once wait for each other here on PostgreSQL, and the second finds the document of the first.
    await lockPerson(db, first.personId)
    const booking = (await bookingByRef(db, first.ref))!
    const soFar = decidedSoFar(booking, await endingOf(db, booking))
    if (!soFar) return refused({ code: booking.state === 'requested' ? 'still-waiting' : 'no-decision' })
    const kind = asked.kind !== undefined && soFar.kinds.includes(asked.kind) ? asked.kind : soFar.kinds[0]!
    const [point, earlier] = [pointOf(booking, soFar), await decisionsOn(db, booking.id)]
    const same = earlier.find((one) => one.kind === kind && one.content.point === point)
    if (same) return { ok: true, decision: same, isNew: false }

    const { listed } = await listedOf(db, booking)
    const space = booking.decided.space ?? traitsOf(listed)
    const language = (await personById(db, booking.personId))?.language ?? booking.language
    const matter: Matter = {
      ...frameOf(ctx, now, language), kind, language, decidedAt: soFar.at, replaces: replacedBy(earlier, { kind, point }),
      listed, edition: await decidingEdition(db, booking), startsAt: booking.startsAt, endsAt: booking.endsAt,
      party: await partyTo(db, booking), booking, decided: { ...booking.decided, space },
      reason: booking.reason, refusals: [], bans: [], decider: soFar.by === null ? null : await deciderOf(db, soFar.by, placeOf(listed)),
    }
    const decision = await keep(db, matter, { point, text: asked.tell(matter), bookingId: booking.id, personId: booking.personId, decidedById: soFar.by })
    await record(db, { at: now, actor: person.id, what: 'decision.issued', subject: booking.id, particulars: { decision: decision.ref, kind } })
    if (by === 'official' && !booking.muted) await enqueue(db, 'notices.decision', { decisionId: decision.id }, { key: `decision:${decision.id}`, runAt: now })
    return { ok: true, decision, isNew: true }
  })
  if (done?.ok && done.isNew) ctx.wake()
  return done
}

export type RefusedWish = Pick<BookingWish, 'space' | 'start' | 'end' | 'facts' | 'association'>

/**
 * Gives a person in writing what the rules refuse at once. The wish is judged again; what they would take, or leave to a
 * person, is no refusal. The same answer to the same wish is issued once a day. Null when there is no such space.
 */
export async function issueForWish(ctx: Context, person: Person, wish: RefusedWish, { tell, holdOwner }: { tell: Telling; holdOwner: string | null }): Promise<Issued | null> {
  const now = ctx.clock.now()
  return ctx.db.transaction(async (db): Promise<Issued | null> => {
    await lockPerson(db, person.id)
    const offer = await offerOf(db, wish.space, now)
    if (!offer) return null
    const { listed, edition } = offer
    const party = await partyOf(db, person.id, (one) => one[wish.association?.kind === 'business_id' ? 'businessId' : 'registerNumber'] === wish.association?.value)
    const named = wish.association && !party.association
      ? { name: wish.association.name ?? '', number: wish.association.value, kind: wish.association.kind, verified: false }
      : party.association
    const standing = wish.facts.applicant === 'registered_association' ? (named?.verified ? 'verified' : 'declared') : undefined
    const facts = factsOf(wish.facts, person, standing)
    const [start, end] = [wish.start, wish.end]
    const hold = holdOwner === null ? null : await liveHoldOf(db, holdOwner, now)
    const associationId = wish.association ? (await associationBy(db, wish.association))?.id ?? null : null
    const { quote, refusals } = await judgementOn(db, offer, { start, end, facts }, {
      person, hold: hold?.spaceId === listed.space.id ? hold : null, now,
      associationId,
    })
    if (refusals.length === 0) return refused({ code: quote.approval === 'automatic' ? 'not-refused' : 'left-to-person' })
    const point = JSON.stringify({ space: listed.space.id, start, end, facts, edition: edition.id, named, codes: refusals.map(({ code }) => code) })
    const today = await wishDecisionsSince(db, person.id, startOf(localDateOf(now)))
    const same = today.find(({ content }) => content.point === point)
    if (same) return { ok: true, decision: same, isNew: false }
    if (today.length >= wishesADay) return refused({ code: 'too-many-decisions', limit: wishesADay })

    const { space, ...decided } = decidedBy({ edition, facts, listed, start }, quote)
    const matter: Matter = {
      ...frameOf(ctx, now, person.language), kind: 'refusal', language: person.language, decidedAt: now, replaces: [], listed, edition, startsAt: start, endsAt: end,
      party: { ...party, association: named }, booking: null, decided: { ...decided, space: space ?? traitsOf(listed) }, reason: null, refusals,
      bans: refusals.some(({ code }) => code === 'banned') ? await bansCited(db, { personId: person.id, associationId, unitId: listed.unit.id, today: localDateOf(now) }) : [],
      decider: null,
    }
    const decision = await keep(db, matter, { point, text: tell(matter), bookingId: null, personId: person.id, decidedById: null })
    await record(db, { at: now, actor: person.id, what: 'decision.issued', subject: decision.id, particulars: { decision: decision.ref, kind: 'refusal' } })
    return { ok: true, decision, isNew: true }
  })
}

/** The bans that speak against a wish, as far as the person has been told of them in writing. */
async function bansCited(db: Reads, asked: Parameters<typeof bansAgainst>[1]): Promise<Matter['bans']> {
  const cited: Matter['bans'] = []
  for (const { id, editionId, sanctionId } of await bansAgainst(db, asked)) {
    const document = (await decisionsOnBan(db, id)).find(({ kind, personId }) => kind === 'ban' && personId === asked.personId)
    const rule = (await editionById(db, editionId))?.sanctions.find((one) => one.id === sanctionId)
    if (document && rule) cited.push({ ref: document.ref, rule: rule.text })
  }
  return cited
}

/** Where a document comes from, and its own number. */
export const frameOf = ({ config }: Context, now: number, language: Language) =>
  ({ ref: newRef('TVP'), issuedAt: now, city: config.city[language], mailbox: config.contact })

function keep(
  db: Writes,
  { ref, kind, language, issuedAt, decidedAt, replaces, listed, startsAt, endsAt, booking, decided, reason, refusals }: Matter,
  { point, text, ...row }: Pick<Decision, 'bookingId' | 'personId' | 'decidedById'> & Pick<BookingContent, 'point' | 'text'>,
): Promise<Decision> {
  const { edition, facts, space, quote, given = null } = decided
  const content: BookingContent = {
    bookingRef: booking?.ref ?? null, spaceId: listed.space.id, startsAt, endsAt, decidedAt, edition, facts, space, quote: kept(quote), given, reason,
    refusals, point, replaces, text,
  }
  return insertDecision(db, { id: nanoId(), ref, kind, language, issuedAt, content, banId: null, ...row })
}

/** The party, with their association as they may see it: whom nobody has confirmed as a member learns nothing from a document. */
async function partyOf(db: Reads, personId: string, is: (one: Awaited<ReturnType<typeof associationsOf>>[number]) => boolean): Promise<Party> {
  const [person, own] = [await personById(db, personId), (await associationsOf(db, personId)).find(is)]
  if (!person) throw new Error('the party of a decision is gone')
  const kind = own?.registerNumber ? 'register_number' : 'business_id'
  return {
    name: callName(person),
    association: own ? { name: own.name, number: own.registerNumber ?? own.businessId ?? '', kind, verified: own.standing === 'verified' } : null,
  }
}

/** Who has left the association since still said its number when they booked. */
async function partyTo(db: Reads, booking: Booking): Promise<Party> {
  const party = await partyOf(db, booking.personId, ({ id }) => id === booking.associationId)
  const named = party.association ? null : await associationFor(db, booking)
  if (!named) return party
  const kind = named.registerNumber ? 'register_number' : 'business_id'
  return { ...party, association: { name: '', number: named.registerNumber ?? named.businessId ?? '', kind, verified: false } }
}

export async function deciderOf(db: Reads, personId: string, place: Place): Promise<Decider> {
  const official = await personById(db, personId)
  return { name: official ? callName(official) : '', role: official && decidingRole(official.roles, place) }
}

/**
 * A document for its party, or an official who decides where it belongs; a ban of an association also for those who manage
 * it. Null for everybody else, also for those who only see bookings.
 */
export async function decisionFor(db: Reads, person: Person, ref: string): Promise<Decision | null> {
  const decision = await decisionByRef(db, ref)
  if (!decision || decision.personId === person.id) return decision
  const { content, banId } = decision
  const catalogue = await catalogueOf(db)
  if (!('ban' in content)) {
    const listed = catalogue.spaceById.get(content.spaceId)
    return listed && mayDecide(person.roles, placeOf(listed)) ? decision : null
  }
  const ban = banId === null ? null : await banById(db, banId)
  const manages = ban?.associationId != null && (await ownAssociation(db, person.id, ban.associationId))?.rights === 'manages'
  return manages || decidesBan(person.roles, catalogue, content.ban.unitId) ? decision : null
}
