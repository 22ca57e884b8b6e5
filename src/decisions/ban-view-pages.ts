import type { Response } from 'express'
import { banStateOf } from '../people/ban.ts'
import { bansToTell, openBansOf, type Ban } from '../people/ban-store.ts'
import { associationById } from '../people/association-store.ts'
import { callName, type Person } from '../people/person.ts'
import { personById } from '../people/store.ts'
import type { Booking } from '../bookings/store.ts'
import type { Reads } from '../platform/db/database.ts'
import { editionById } from '../rulebook/store.ts'
import type { Catalogue } from '../spaces/catalogue.ts'
import { shown } from '../spaces/shown.ts'
import { catalogueOf } from '../spaces/store.ts'
import { localDateOf, type LocalDate } from '../time/wallclock.ts'
import { ruleSaid } from './ban-document-words-pages.ts'
import { decidesBan } from './ban.ts'
import { decisionsOnBan } from './store.ts'

type Locals = Pick<Response['locals'], 'lang' | 't' | 'f'>

const nameOf = async (db: Reads, id: string): Promise<string> => {
  const person = await personById(db, id)
  return person ? callName(person) : ''
}

/** A ban as the desk lists it: who, where (null: the whole city), when, by whom. */
export async function banRow(db: Reads, ban: Ban, { catalogue: { units }, today, lang }: { catalogue: Catalogue; today: LocalDate; lang: Locals['lang'] }) {
  const unit = ban.unitId === null ? null : units.get(ban.unitId)
  return {
    ban, state: banStateOf(ban, today),
    who: ban.associationId === null ? await nameOf(db, ban.personId ?? '') : (await associationById(db, ban.associationId))?.name ?? '',
    place: unit ? shown(unit.name, lang) : null,
    by: await nameOf(db, ban.decidedById),
  }
}

/** One ban with all that was decided, and its documents. */
export async function banView(db: Reads, ban: Ban, now: number, { lang, t, f }: Locals) {
  const edition = await editionById(db, ban.editionId)
  const step = edition?.sanctions.find(({ id }) => id === ban.sanctionId)
  return {
    ...(await banRow(db, ban, { catalogue: await catalogueOf(db), today: localDateOf(now), lang })),
    rule: step ? ruleSaid(step, t, lang) : [],
    edition: edition && { id: edition.id, name: edition.name[lang] },
    liftedBy: ban.liftedById === null ? '' : await nameOf(db, ban.liftedById),
    documents: (await decisionsOnBan(db, ban.id)).map(({ ref, kind, issuedAt }) => ({ ref, kind, date: f.fullDate(issuedAt) })),
  }
}

/** What somebody is told of bans of theirs and of their associations: a sentence, and the document if they have it. */
export async function bansShown(db: Reads, person: Person, now: number, { lang, t, f }: Locals): Promise<{ text: string; href: string | null }[]> {
  const found = await bansToTell(db, person.id, localDateOf(now))
  const { units } = await catalogueOf(db)
  return Promise.all(found.map(async ({ ban, association }) => {
    const unit = ban.unitId === null ? null : units.get(ban.unitId)
    const own = (await decisionsOnBan(db, ban.id)).findLast(({ personId }) => personId === person.id)
    const day = (date: LocalDate): string => f.fullDate(f.ofDate(date))
    return {
      text: t('people.me.banned', {
        whose: association === null ? 'person' : 'association', association: association ?? '', where: unit ? 'unit' : 'city', unit: unit ? shown(unit.name, lang).text : '',
        from: day(ban.from), to: day(ban.to),
      }),
      href: own ? `/decisions/${own.ref}` : null,
    }
  }))
}

/**
 * Bans of a booking's maker, and of the association it is for, that an official of the place needs to know: there or in the
 * whole city, in force or coming. The association's also where nobody has confirmed the maker: a person decides about that.
 */
export async function bansBeside(db: Reads, official: Person, { personId, associationId }: Booking, unitId: string, now: number, { t, f }: Locals) {
  const [today, catalogue] = [localDateOf(now), await catalogueOf(db)]
  const parties = [{ personId, associationId: null }, ...(associationId === null ? [] : [{ personId: null, associationId }])]
  const found = await Promise.all(parties.flatMap((party) => [unitId, null].map((place) => openBansOf(db, party, place, today))))
  const day = (date: LocalDate): string => f.fullDate(f.ofDate(date))
  return found.flat().map((ban) => ({
    text: t('desk.bans.beside', { whose: ban.personId === null ? 'association' : 'person', where: ban.unitId === null ? 'city' : 'unit', from: day(ban.from), to: day(ban.to) }),
    href: decidesBan(official.roles, catalogue, ban.unitId) ? `/desk/bans/${ban.id}` : null,
  }))
}
