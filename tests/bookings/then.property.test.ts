import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { decidingEdition } from '../../src/bookings/desk-store.ts'
import { slotOf } from '../../src/bookings/judgement.ts'
import { bookingByRef } from '../../src/bookings/store.ts'
import { bookings } from '../../src/bookings/table.ts'
import { personById } from '../../src/people/store.ts'
import { adoptDraft, changeDraft, deleteDraft, draftEdition, earliestStart, read } from '../../src/rulebook/edition-actions.ts'
import { editionFile } from '../../src/rulebook/edition-json.ts'
import { editionRow } from '../../src/rulebook/edition-store.ts'
import { parseEdition, type Edition, type EditionFile } from '../../src/rulebook/edition.ts'
import { explanation } from '../../src/rulebook/explanation.ts'
import { activities, applicants, groups, purposes } from '../../src/rulebook/facts.ts'
import { kept, told } from '../../src/rulebook/kept-quote.ts'
import { quote, type Quote } from '../../src/rulebook/quote.ts'
import { editionInForce } from '../../src/rulebook/store.ts'
import { withdrawEdition } from '../../src/rulebook/withdrawal-actions.ts'
import { catalogueVersion, spaces } from '../../src/spaces/table.ts'
import { addDays, localDateOf } from '../../src/time/wallclock.ts'
import { cities, cityFile } from '../rulebook/cities.ts'
import { body, decision, ownWords, revisionOf, tick } from '../rulebook/editions.ts'
import { classroom, cultureHall, evening, exampleJson, gym, kitchen, youthHall } from '../rulebook/example.ts'
import { world, type World } from '../support/world.ts'
import { at, wishFor } from './wishes.ts'

type Said = { file: () => EditionFile; dearer: number; turned: boolean }
/** The shipped edition or a city's, with other prices, and its sentences told the other way round. */
const someEdition: fc.Arbitrary<Said> = fc.record({
  file: fc.constantFrom<(() => EditionFile)[]>(exampleJson as () => EditionFile, ...cities.map((city) => () => cityFile(city))),
  dearer: fc.integer({ min: 1, max: 9 }),
  turned: fc.boolean(),
})

/** The one that is adopted to follow it: most often the same rules with other prices, so that it prices the days from its own. */
const someNext = fc.option(fc.record({
  file: fc.option(fc.constantFrom<(() => EditionFile)[]>(exampleJson as () => EditionFile, () => cityFile('espoo')), { freq: 1 }), dearer: fc.integer({ min: 2, max: 9 }), turned: fc.boolean(),
}), { freq: 4 })

const someFacts = fc.record({
  applicant: fc.constantFrom(...applicants), purpose: fc.constantFrom(...purposes), people: fc.integer({ min: 1, max: 30 }),
  openToAll: fc.boolean(), entryFee: fc.boolean(), youthShare: fc.constantFrom(0, 0.5, 2 / 3, 1), localShare: fc.constantFrom(0, 0.5, 0.9, 1),
  groups: fc.subarray([...groups], { maxLength: 2 }), activities: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray([...activities], { maxLength: 1 }) }),
}, { requiredKeys: ['applicant', 'purpose', 'people', 'groups', 'activities'] })

/** Of many more wishes than are booked, also such as nobody may book. */
const someQuestions = fc.array(fc.tuple(someFacts, fc.integer({ min: 1, max: 250 }), fc.constantFrom(classroom, gym, youthHall, kitchen, cultureHall)), { minLength: 20, maxLength: 40 })

const someWish = fc.record({
  space: fc.constantFrom('luokka', 'kokoushuone', 'sali-a', 'nuorisosali', 'keittio', 'ruokasali'),
  day: fc.constantFrom('2026-12-08', '2026-12-09', '2026-12-10', '2026-12-15', '2026-12-16', '2026-12-17'),
  facts: someFacts,
})
const someWishes = fc.uniqueArray(someWish, { minLength: 3, maxLength: 8, selector: ({ space, day }) => `${space} ${day}` })

/** What may happen to rule books after that. */
const someDeed = fc.oneof(
  fc.record({ does: fc.constant('adopt' as const), edition: someEdition, after: fc.integer({ min: 0, max: 20 }) }),
  fc.record({ does: fc.constant('draft' as const), edition: someEdition, dearer: fc.integer({ min: 2, max: 9 }) }),
  fc.record({ does: fc.constantFrom('withdraw' as const, 'rebuild' as const) }),
  fc.record({ does: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 400 }) }),
)

let made = 0
const priced = ({ priceList, ...edition }: Edition | EditionFile, times: number) =>
  ({ ...edition, priceList: { ...priceList, prices: priceList.prices.map((row) => ({ ...row, centsPerHour: row.centsPerHour * times })) } })

/** A city's own draft of what a file says. */
async function draft(the: World, { file, dearer, turned }: Said): Promise<string> {
  const id = `saannot-${++made}`
  tick(the)
  const said = file()
  const rules = said.chargeRules.map((rule) => (turned ? { ...rule, text: { ...rule.text, fi: `${rule.text.fi} Päätimme näin.` } } : rule))
  const json = { ...priced(said, dearer), chargeRules: rules, ...ownWords(id), terms: { ...said.terms, version: id }, limits: { ...said.limits, openBookingsPerPerson: 100 } }
  expect(await draftEdition(the.ctx, 'kerttu', { id, json, basedOn: null })).toEqual({ ok: true, id })
  return id
}

async function adopt(the: World, said: Said, after: number): Promise<{ id: string; from: string }> {
  const id = await draft(the, said)
  tick(the)
  const from = addDays(await earliestStart(the.ctx.db, the.clock.now()), after)
  expect(await adoptDraft(the.ctx, 'kerttu', id, { revision: 0, decision, validFrom: from })).toMatchObject({ ok: true })
  return { id, from }
}

type Then = { ref: string; given: Quote; why: unknown }

/** Books what the rules allow, and keeps what was said of each. */
async function booked(the: World, wishes: { space: string; day: string; facts: object }[]): Promise<Then[]> {
  const olli = (await personById(the.ctx.db, 'olli'))!
  const edition = (await editionInForce(the.ctx.db, localDateOf(the.clock.now())))!
  const all: Then[] = []
  for (const { space, day, facts } of wishes) {
    const wish = wishFor(space, `${day}T17:00`, `${day}T19:00`, { payer: { name: 'Olli', address: 'Katu 1, 00100 Helsinki' } })
    const done = await book(the.ctx, olli, { ...wish, facts: facts as typeof wish.facts }, { language: 'fi', muted: true })
    if (!done.ok) continue
    const { facts: counted, space: traits } = done.booking.decided
    all.push({ ref: done.booking.ref, given: done.quote, why: explanation(edition, counted, traits!, slotOf(done.booking)) })
  }
  return all
}

/** Whatever a city may do with its rules later on; what was adopted must not be touched by any of it. */
async function happen(the: World, deed: (typeof someDeed extends fc.Arbitrary<infer D> ? D : never), coming: string[]): Promise<void> {
  const { ctx } = the
  tick(the)
  switch (deed.does) {
    case 'adopt': return void coming.push((await adopt(the, deed.edition, deed.after)).id)
    case 'draft': {
      const id = await draft(the, deed.edition)
      expect(await changeDraft(ctx, 'kerttu', id, { revision: 0, part: 'prices', to: (edition) => priced(edition, deed.dearer) })).toMatchObject({ ok: true })
      return
    }
    case 'withdraw': {
      const id = coming.pop()
      if (id) await withdrawEdition(ctx, 'kerttu', id, { decision, reason: body })
      return
    }
    case 'rebuild': return ctx.db.transaction(async (db) => {
      await db.update(spaces).set({ kind: 'gym', areaM2: 900, alwaysPaid: true }).where(eq(spaces.id, 'luokka')).returning()
      await db.update(catalogueVersion).set({ version: `uusi-${++made}` }).returning()
    })
    case 'wait': the.clock.set(the.clock.now() + deed.days * 86_400_000)
  }
}

/** Tries to write over what was adopted, and to delete it. */
async function meddle(the: World, id: string): Promise<void> {
  const revision = await revisionOf(the, id)
  const refused = { ok: false, refusal: { code: 'not-a-draft' } }
  expect(await changeDraft(the.ctx, 'kerttu', id, { revision, part: 'prices', to: (edition) => priced(edition, 7) })).toEqual(refused)
  expect(await deleteDraft(the.ctx, 'kerttu', id, revision)).toEqual(refused)
}

/** An edition as the database has it now, past all that is remembered of it. */
const stored = async (the: World, id: string): Promise<Edition> => parseEdition((await editionRow(the.ctx.db, id))!.content)

/** The same by another name: written to a file, and read from it into the database. */
async function carried(the: World, edition: Edition): Promise<Edition> {
  const id = `tuotu-${++made}`
  const text = JSON.stringify(editionFile(edition))
  expect(await draftEdition(the.ctx, 'system', { id, json: JSON.parse(text) as unknown, basedOn: null })).toEqual({ ok: true, id })
  const found = read((await editionRow(the.ctx.db, id))!.content)
  if (!found.ok) throw new Error(JSON.stringify(found.refusal.faults))
  return found.edition
}

test('an edition decides today as it decided then, whatever is adopted, withdrawn, drafted or rebuilt, and so does its file', async () => {
  let looked = 0
  await fc.assert(fc.asyncProperty(someEdition, someNext, someWishes, fc.array(someDeed, { maxLength: 4 }), someQuestions, async (said, next, wishes, deeds, questions) => {
    const the = await world()
    const { id: first, from } = await adopt(the, said, 0)
    the.clock.set(at(`${from}T12:00`))
    // The prices of days to come may be of an edition to come.
    const coming = next ? [(await adopt(the, { ...next, file: next.file ?? said.file }, 17)).id] : []
    const then = await booked(the, wishes)
    for (const deed of deeds) await happen(the, deed, coming)
    await meddle(the, first)

    for (const { ref, given, why } of then) {
      const booking = (await bookingByRef(the.ctx.db, ref))!
      const { facts, space, tariff, edition: id } = booking.decided
      const now = await decidingEdition(the.ctx.db, booking)
      const own = await stored(the, id)
      const fresh = { ...own, pricedAsOf: tariff!.date, later: tariff!.edition === id ? [] : [await stored(the, tariff!.edition)] }
      const [raw] = await the.ctx.db.select({ decided: bookings.decided }).from(bookings).where(eq(bookings.ref, ref))
      const slot = slotOf(booking)
      for (const edition of [now, fresh]) {
        expect(quote(edition, facts, space!, slot)).toEqual(given)
        expect(explanation(edition, facts, space!, slot)).toEqual(why)
        expect(kept(quote(edition, facts, space!, slot))).toEqual(raw!.decided.quote)
      }
      expect(told(own, raw!.decided.quote)).toEqual(given)
      expect([booking.charge, booking.totalCents]).toEqual([given.charge, given.totalCents])
      looked++
    }
    const own = await stored(the, first)
    const copy = await carried(the, own)
    for (const { ref, why } of then) {
      const { decided: { facts, space, tariff }, ...booking } = (await bookingByRef(the.ctx.db, ref))!
      const later = tariff!.edition === first ? [] : [await stored(the, tariff!.edition)]
      const [mine, theirs] = [own, copy].map((edition) => ({ ...edition, pricedAsOf: tariff!.date, later }))
      expect({ ...quote(theirs!, facts, space!, slotOf(booking)), edition: first }).toEqual(quote(mine!, facts, space!, slotOf(booking)))
      expect(explanation(theirs!, facts, space!, slotOf(booking))).toEqual(why)
    }
    for (const [facts, people, space] of questions) {
      const [mine, theirs] = [own, copy].map((edition) => quote(edition, { ...facts, people }, space, evening))
      expect({ ...theirs, edition: first }).toEqual(mine)
    }
  }), { numRuns: 6 })
  expect(looked).toBeGreaterThan(6)
}, 60_000)
