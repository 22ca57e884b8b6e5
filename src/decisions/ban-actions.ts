import { bookingInScope, stepsAside } from '../bookings/decision-actions.ts'
import { associationFor } from '../bookings/desk-store.ts'
import { lockPerson, type Booking } from '../bookings/store.ts'
import type { Context } from '../context.ts'
import { record } from '../history/store.ts'
import { associationById, everyMember, lockAssociation } from '../people/association-store.ts'
import { againstBanDates } from '../people/ban.ts'
import { banById, insertBan, liftBan, openBansOf, type Ban, type Banned } from '../people/ban-store.ts'
import { callName, type Person } from '../people/person.ts'
import { mayBanInCity, type Place } from '../people/roles.ts'
import { associationsOf, membersOf, personById } from '../people/store.ts'
import type { Reads, Writes } from '../platform/db/database.ts'
import type { Language } from '../platform/i18n/text.ts'
import { nanoId } from '../platform/ids.ts'
import { enqueue } from '../platform/jobs/queue.ts'
import { editionById, editionInForce } from '../rulebook/store.ts'
import { catalogueOf } from '../spaces/store.ts'
import { localDateOf } from '../time/wallclock.ts'
import { deciderOf, frameOf } from './actions.ts'
import { banStepsOf, decidesBan, type BanMatter, type BanRefusal, type BanTelling, type BanWish } from './ban.ts'
import { decisionsOnBan, insertDecision } from './store.ts'

/** `isNew` is false where the same had been done before. */
export type BanDone = { ok: true; ban: Ban; isNew: boolean } | { ok: false; refusals: BanRefusal[] }

/**
 * Keeps the maker of a booking, or the association it is for, from booking for a time, and gives them the decision in
 * writing, all at once. Null when the official decides no such booking. The same ban sent twice is one.
 */
export async function issueBan(ctx: Context, official: Person, ref: string, wish: BanWish, tell: BanTelling): Promise<BanDone | null> {
  const now = ctx.clock.now()
  const done = await ctx.db.transaction(async (db): Promise<BanDone | null> => {
    const found = await bookingInScope(db, official, ref)
    if (!found) return null
    const { booking, listed } = found
    const today = localDateOf(now)
    const party = await partyOf(db, booking, wish)
    if (party) await lockParty(db, party)
    const edition = await editionInForce(db, today)
    const step = edition && banStepsOf(edition).find(({ id }) => wish.sanction === undefined || id === wish.sanction)
    const unitId = wish.where === 'city' ? null : listed.unit.id
    const own = (await stepsAside(db, official, booking)).length > 0 || (party !== null && (await isTied(db, official, party)))
    const open = party ? (await openBansOf(db, party, unitId, today)).filter(({ from, to }) => from <= wish.to && wish.from <= to) : []
    const same = open.find((one) => one.decidedById === official.id && one.from === wish.from && one.to === wish.to && one.reason === wish.reason)
    if (same && !own) return { ok: true, ban: same, isNew: false }
    const refusals: BanRefusal[] = [
      ...(own ? [{ code: 'own-party' as const }] : []),
      ...(party ? [] : [{ code: 'not-member' as const }]),
      ...(unitId === null && !mayBanInCity(official.roles) ? [{ code: 'unit-only' as const }] : []),
      ...(step ? againstBanDates(wish, { today, months: step.months }) : [{ code: 'no-ban-step' as const }]),
      ...(step && Object.values(step.text).includes(wish.reason) ? [{ code: 'only-rule' as const }] : []),
      ...(wish.heardOn !== null && wish.heardOn > today ? [{ code: 'heard-later' as const }] : []),
      ...open.map(({ from, to }) => ({ code: 'already-banned' as const, from, to })),
    ]
    if (refusals.length || !party || !edition || !step) return { ok: false, refusals }
    const { from, to, reason, heardOn, hearing } = wish
    const ban = await insertBan(db, {
      id: nanoId(), ...party, unitId, from, to, reason, heardOn, hearing, editionId: edition.id, sanctionId: step.id, decidedById: official.id, createdAt: now,
    })
    await tellParty(ctx, db, official, ban, { now, lifted: null, written: await languageFor(db, booking.personId), tell })
    await record(db, { at: now, actor: official.id, what: 'ban.issued', subject: ban.id, particulars: { ...party, unitId, from, to, booking: booking.id } })
    return { ok: true, ban, isNew: true }
  })
  if (done?.ok && done.isNew) ctx.wake()
  return done
}

/** Ends a ban before its time, and tells its party in a document that takes the place of the first. Null when the official decides no such ban. */
export async function endBan(ctx: Context, official: Person, id: string, reason: string, tell: BanTelling): Promise<BanDone | null> {
  const now = ctx.clock.now()
  const done = await ctx.db.transaction(async (db): Promise<BanDone | null> => {
    const first = await banById(db, id)
    if (!first || !decidesBan(official.roles, await catalogueOf(db), first.unitId)) return null
    const party = bannedBy(first)
    await lockParty(db, party)
    const ban = (await banById(db, id))!
    if (await isTied(db, official, party)) return { ok: false, refusals: [{ code: 'own-party' }] }
    if (ban.liftedAt !== null) return { ok: true, ban, isNew: false }
    if (ban.to < localDateOf(now)) return { ok: false, refusals: [{ code: 'ban-over' }] }
    const lifted = await liftBan(db, id, { liftedAt: now, liftedById: official.id, liftReason: reason })
    const language = await liftingLanguage(db, ban)
    await tellParty(ctx, db, official, lifted, { now, lifted: { at: now, reason, language }, written: await writtenIn(db, ban, 'ban'), tell })
    await record(db, { at: now, actor: official.id, what: 'ban.lifted', subject: id, particulars: { reason } })
    return { ok: true, ban: lifted, isNew: true }
  })
  if (done?.ok && done.isNew) ctx.wake()
  return done
}

/** Who a ban from a booking is for. An association answers only for confirmed members: anybody may have named it. */
async function partyOf(db: Reads, booking: Booking, { whose }: BanWish): Promise<Banned | null> {
  if (whose === 'person') return { personId: booking.personId, associationId: null }
  const named = await associationFor(db, booking)
  return named && (named.standing === 'verified' || named.standing === 'member') ? { personId: null, associationId: named.id } : null
}

/** The one whom a ban is for. */
export const bannedBy = ({ personId, associationId }: Ban): Banned => {
  if (personId !== null) return { personId, associationId: null }
  if (associationId !== null) return { personId: null, associationId }
  throw new Error('a ban of nobody')
}

/** Bookings of the party wait here on PostgreSQL, so that none slips in beside its ban. */
async function lockParty(db: Writes, { personId, associationId }: Banned): Promise<void> {
  if (personId !== null) await lockPerson(db, personId)
  else await lockAssociation(db, associationId)
}

/** Whether the official is the party, names the association, or names one whose confirmed member the person is. */
export async function isTied(db: Reads, official: Person, { personId, associationId }: Banned): Promise<boolean> {
  if (associationId !== null) return (await membersOf(db, associationId)).includes(official.id)
  const others = (await associationsOf(db, personId)).filter(({ rights }) => rights !== null)
  return personId === official.id || others.some(({ id }) => official.associationIds.includes(id))
}

/** A person, or those who manage an association; while nobody does, its confirmed members. */
async function recipientsOf(db: Reads, { personId, associationId }: Banned): Promise<string[]> {
  if (personId !== null) return [personId]
  const confirmed = (await everyMember(db, associationId)).filter(({ confirmedAt }) => confirmedAt !== null)
  const managers = confirmed.filter(({ rights }) => rights === 'manages')
  return (managers.length ? managers : confirmed).map((one) => one.personId)
}

/** What a person reads in, which an official is asked to write in. */
export async function languageFor(db: Reads, personId: string): Promise<Language> {
  const person = await personById(db, personId)
  if (!person) throw new Error(`the reader ${personId} is gone`)
  return person.language
}

/** What the official who lifts a ban is asked to write in: the language of its party; of an association the first who gets the document. */
export async function liftingLanguage(db: Reads, ban: Ban): Promise<Language> {
  const [first] = await recipientsOf(db, bannedBy(ban))
  return first === undefined ? 'fi' : languageFor(db, first)
}

/** The language that the reasons of a ban, or of its lifting, were asked for in; null where nobody kept it. */
export async function writtenIn(db: Reads, { id }: Ban, of: 'ban' | 'ban_lifting'): Promise<Language | null> {
  const content = (await decisionsOnBan(db, id)).find(({ kind }) => kind === of)?.content
  return (content && 'ban' in content && content.ban.language) || null
}

type Told = Pick<BanMatter, 'lifted' | 'written'> & { now: number; tell: BanTelling }

/** Writes the documents, one for each who gets it and in their language, and queues the mails that lead to them. */
async function tellParty(ctx: Context, db: Writes, official: Person, ban: Ban, { now, lifted, written, tell }: Told): Promise<void> {
  const edition = await editionById(db, ban.editionId)
  const step = edition?.sanctions.find(({ id }) => id === ban.sanctionId)
  if (!edition || !step) throw new Error(`the edition ${ban.editionId} of a ban is gone`)
  const unit = ban.unitId === null ? null : (await catalogueOf(db)).units.get(ban.unitId) ?? null
  const place: Place = unit ? { unitId: unit.id, areaIds: unit.areaIds } : { unitId: '', areaIds: [] }
  const association = ban.associationId === null ? null : await associationById(db, ban.associationId)
  const earlier = await decisionsOnBan(db, ban.id)
  const language = lifted ? lifted.language : written
  for (const personId of await recipientsOf(db, bannedBy(ban))) {
    const person = (await personById(db, personId))!
    const replaces = earlier.filter((one) => one.personId === personId).map(({ ref }) => ref)
    const matter: BanMatter = {
      ...frameOf(ctx, now, person.language), language: person.language, replaces, edition, step, ban, unit, lifted, written,
      to: {
        name: callName(person),
        association: association && {
          name: association.name, number: association.registerNumber ?? association.businessId ?? '',
          kind: association.registerNumber ? 'register_number' : 'business_id',
        },
      },
      decider: await deciderOf(db, official.id, place),
    }
    const { from, to, reason, heardOn, hearing, unitId } = ban
    const decision = await insertDecision(db, {
      id: nanoId(), ref: matter.ref, kind: lifted ? 'ban_lifting' : 'ban', bookingId: null, banId: ban.id, personId, language: person.language, issuedAt: now,
      decidedById: official.id,
      content: {
        decidedAt: now, edition: edition.id, reason: lifted?.reason ?? reason, point: ban.id, replaces, text: tell(matter),
        ban: { whose: ban.personId === null ? 'association' : 'person', unitId, from, to, sanction: step.id, heardOn, hearing, ...(language === null ? {} : { language }) },
      },
    })
    await enqueue(db, 'notices.decision', { decisionId: decision.id }, { key: `decision:${decision.id}`, runAt: now })
  }
}
