import { approvalOf, nobody } from '../../availability/asker.ts'
import { openFrom } from '../../availability/openings.ts'
import { isLength } from '../../availability/length.ts'
import { book } from '../../bookings/actions.ts'
import { approve, decline } from '../../bookings/decision-actions.ts'
import { cancel } from '../../bookings/ending-actions.ts'
import { awaitingDecision, ownBooking, type Booking } from '../../bookings/store.ts'
import { bookings } from '../../bookings/table.ts'
import type { Context } from '../../context.ts'
import { personByEmail, personById } from '../../people/store.ts'
import { editionInForce } from '../../rulebook/store.ts'
import type { Catalogue, Listed } from '../../spaces/catalogue.ts'
import { catalogueOf } from '../../spaces/store.ts'
import { addDays, localDateOf, minuteMs } from '../../time/wallclock.ts'
import { seedDemoCrowd, type DemoPerson } from './demo-crowd.ts'
import { createDice, type Dice } from './dice.ts'
import { demoAssociation, demoPeople, managedUnit } from './people.ts'
import { freeReason, kindsToMoveIn, usesOf, type Use } from './uses.ts'

const [member, manager, coordinator] = demoPeople.map(({ email }) => email) as [string, string, string]
const weeks = 4

type Town = { ctx: Context; catalogue: Catalogue; dice: Dice }

/**
 * A few weeks of a living city, outside production: hobby evenings, meetings, some requests that wait for the demo
 * manager, some decided, some cancelled. All of it through the actions and so by the rules; nobody is told. Gives the
 * number of bookings; nothing is done where there are any.
 */
export async function makeDemoBookings(real: Context): Promise<number> {
  const ctx: Context = { ...real, wake: () => undefined }
  if ((await ctx.db.select({ id: bookings.id }).from(bookings).limit(1)).length) return 0
  const town: Town = { ctx, catalogue: await catalogueOf(ctx.db), dice: createDice(4) }
  const crowd = await ctx.db.transaction((db) => seedDemoCrowd(db, ctx.clock.now(), town.dice))
  const lent = town.catalogue.spaces.filter(({ space }) => !space.alwaysPaid)
  const home = town.catalogue.unitBySlug.get(managedUnit)
  const homely = home ? town.catalogue.spacesOfUnit.get(home.id) ?? [] : []

  const edition = await editionInForce(ctx.db, localDateOf(ctx.clock.now()))
  const asking = homely.filter((listed) => edition !== null && approvalOf({ edition }, listed, nobody) === 'person')
  for (const [i, one] of crowd.entries()) {
    const among = i % 12 === 0 ? asking : i % 6 === 0 ? homely : lent
    await bookWeekly(town, one, fitting(among, one) ?? lent)
    // The database never makes anybody wait, so nobody else would have their turn: visitors come in between.
    await new Promise(setImmediate)
  }
  const maija = await personByEmail(ctx.db, member)
  if (maija) await bookWeekly(town, { person: maija, association: { ...demoAssociation, title: 'Kerhoilta', moves: false } }, homely.length ? homely : lent, 2)
  await decide(town)
  await changeMinds(town)
  return (await ctx.db.select({ id: bookings.id }).from(bookings)).length
}

/** Spaces where an association can do what it does; null when there is none. */
function fitting(among: readonly Listed[], { association }: DemoPerson): readonly Listed[] | null {
  const found = among.filter(({ space }) => association === null || kindsToMoveIn.includes(space.kind) === association.moves)
  return found.length ? found : among.length ? among : null
}

/** The same evening for some weeks, by one person; what the rules refuse is left out. */
async function bookWeekly({ ctx, dice }: Town, { person, association }: DemoPerson, among: readonly Listed[], times = weeks): Promise<void> {
  const listed = dice.of(among)
  const { space } = listed
  const use = dice.weighed(usesOf(space.kind).filter((use) => use.association === (association !== null)))
  const today = localDateOf(ctx.clock.now())
  const first = 1 + dice.below(14)
  const title = association?.title ?? dice.of(use.titles)
  const shown = dice.next() < use.shown
  const later = dice.below(4) * 30
  const minutes = dice.of([60, 90, 120].filter((minutes) => isLength(space, minutes)).concat(space.minMinutes))
  for (let week = 0; week < times; week++) {
    const evening = openFrom(listed, addDays(today, first + 7 * week)).at(-1)
    if (!evening) continue
    const start = Math.min(evening.start + later * minuteMs, evening.end - minutes * minuteMs)
    await book(ctx, person, {
      space: space.slug, start, end: start + minutes * minuteMs, title, public: shown,
      facts: { ...use.facts, people: Math.min(use.people, space.people) },
      ...(association ? { association: { kind: 'register_number', value: association.registerNumber, name: association.name } } : {}),
      responsible: { name: person.name, phone: person.phone ?? '040 000 0000' },
      ...(pays(use) ? { payer: { name: person.name, address: 'Esimerkkikatu 1, 00000 Helsinki' } } : {}),
    }, { language: person.language, muted: true })
  }
}

const pays = ({ facts: { applicant } }: Use): boolean => applicant === 'company' || applicant === 'private_person'

/** Where the rules leave the price to the official, its reason is owed. */
const freely = ({ charge }: Booking) => ({ reason: charge === 'needs_person' ? freeReason : null, charge: { charge: 'free' } as const })

/** The coordinator decides most of what lies elsewhere; at the manager's own school one is approved, one declined, and the rest wait. */
async function decide({ ctx, catalogue, dice }: Town): Promise<void> {
  const [kalle, kerttu] = [await personByEmail(ctx.db, manager), await personByEmail(ctx.db, coordinator)]
  if (!kalle || !kerttu) return
  const isHome = ({ spaceId }: Booking): boolean => catalogue.spaceById.get(spaceId)?.unit.slug === managedUnit
  const waiting = await awaitingDecision(ctx.db)
  const [one, two] = waiting.filter(isHome)
  if (one) await approve(ctx, kalle, one.ref, freely(one))
  if (two) await decline(ctx, kalle, two.ref, 'Ruokasalissa on silloin koulun oma tilaisuus.')
  for (const request of waiting.filter((booking) => !isHome(booking))) {
    const luck = dice.next()
    if (luck < 0.6) await approve(ctx, kerttu, request.ref, freely(request))
    else if (luck < 0.75) await decline(ctx, kerttu, request.ref, 'Tila on silloin toimipisteen omassa käytössä.')
  }
}

/** One in twelve is given up again by who made it. */
async function changeMinds({ ctx, dice }: Town): Promise<void> {
  const all = await ctx.db.select().from(bookings).orderBy(bookings.startsAt, bookings.id)
  for (const { personId, ref } of all) {
    if (dice.next() > 1 / 12) continue
    const person = await personById(ctx.db, personId)
    if (!person || demoPeople.some(({ email }) => email === person.email)) continue
    await cancel(ctx, (db) => ownBooking(db, personId, ref), { person, mover: 'owner', reason: null })
  }
}
