import fc from 'fast-check'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { expireRequests } from '../../src/bookings/ending-actions.ts'
import { judge, slotOf } from '../../src/bookings/judgement.ts'
import { bookings, holds, occupancies } from '../../src/bookings/table.ts'
import { eventTexts } from '../../src/calendars/table.ts'
import { issueForWish } from '../../src/decisions/actions.ts'
import { documentOf } from '../../src/decisions/document-words-pages.ts'
import { decisions } from '../../src/decisions/table.ts'
import { personById } from '../../src/people/store.ts'
import { issueToken } from '../../src/people/user-actions.ts'
import { activities, applicants, groups, purposes, type Facts } from '../../src/rulebook/facts.ts'
import { prove } from '../../src/rulebook/proof.ts'
import { quote } from '../../src/rulebook/quote.ts'
import { catalogueOf } from '../../src/spaces/store.ts'
import { at, wishFor } from '../bookings/wishes.ts'
import { example } from '../rulebook/example.ts'
import { world, type World } from '../support/world.ts'

/** What needs discretion is never decided without an official (hallintolaki 53 e §): on no way in, for no wish. */

const slot = slotOf({ startsAt: at('2026-12-10T18:00'), endsAt: at('2026-12-10T20:00') })
const { witnesses } = prove(example)
/** One wish for each rule that decides anything, without what the city must have granted somebody first. */
const wishes = [...witnesses.values()].map(({ facts }) => facts)

test('a rule’s own example that needs a person is never approved by the rules, whatever the space', () => {
  const seen = new Set<string>()
  // Nor where no rule of its own asks for a person.
  const editions = [example, { ...example, approvalRules: [] }]
  for (const [rule, { facts, space }] of witnesses) {
    for (const [approval, edition] of [['automatic', editions[0]!], ['person', editions[0]!], ['automatic', editions[1]!]] as const) {
      const { charge, approval: by, totalCents } = quote(edition, facts, { ...space, approval }, slot)
      if (charge === 'needs_person') expect([rule, by, totalCents]).toEqual([rule, 'person', null])
      if (approval === 'person') expect([rule, by]).toEqual([rule, 'person'])
      seen.add(`${charge} ${by}`)
    }
  }
  expect([...seen].sort()).toEqual(['free automatic', 'free person', 'needs_person person', 'not_allowed person', 'paid automatic', 'paid person'])
})

/** Empties the calendar between two tries, so that only the rules speak. */
async function cleared({ ctx }: World): Promise<void> {
  await ctx.db.transaction(async (db) => {
    await db.delete(eventTexts)
    await db.delete(decisions)
    await db.delete(occupancies)
    await db.delete(holds)
    await db.delete(bookings)
  })
}

type Way = (space: string, facts: Facts) => Promise<void>

/** The three ways in, for Maija, each with what she would say there. */
async function ways(the: World): Promise<Record<'action' | 'api' | 'form', Way>> {
  const maija = (await personById(the.ctx.db, 'maija'))!
  const { token } = await issueToken(the.ctx, 'maija', 'Ohjelma')
  const [browser, machine] = [await the.client('maija'), await the.client()]
  const association = ({ applicant }: Facts) => (applicant === 'registered_association' ? { association: { kind: 'register_number' as const, value: '123456' } } : {})
  let key = 0
  return {
    async action(space, { association: _, granted: __, ...facts }) {
      await book(the.ctx, maija, wishFor(space, '2026-12-10T18:00', '2026-12-10T20:00', { facts, payer: { name: 'Maija', address: 'Katu 1' }, ...association(facts) }), { language: 'fi' })
    },
    async api(space, facts) {
      const { association: _, granted: __, ...said } = facts
      const { status } = await machine.post('/api/v1/bookings').set({ authorization: `Bearer ${token}`, 'idempotency-key': `k${(key += 1)}` }).send({
        ...said, space, start: '2026-12-10T18:00', end: '2026-12-10T20:00', title: 'Oma', responsible: { name: 'Maija', phone: '040 123 4567' }, acceptTerms: true,
        payer: { name: 'Maija', address: 'Katu 1' }, ...(facts.applicant === 'registered_association' ? { association: '123456' } : {}),
      })
      expect([201, 409, 422]).toContain(status)
    },
    async form(space, facts) {
      const said = (fact: boolean | undefined) => (fact === undefined ? [] : [fact ? 'yes' : 'no'])
      const heads = (share: number | undefined) => (share === undefined ? [] : [String(Math.round(share * facts.people))])
      const fields: Record<string, string[]> = {
        space: [space], date: ['2026-12-10'], from: ['18:00'], to: ['20:00'], applicant: [facts.applicant], purpose: [facts.purpose], people: [String(facts.people)],
        openToAll: said(facts.openToAll ?? false), entryFee: said(facts.entryFee ?? false), locals: heads(facts.localShare), youths: heads(facts.youthShare),
        groups: [...facts.groups], activities: [...facts.activities], title: ['Oma'], responsibleName: ['Maija'], responsiblePhone: ['040 123 4567'], payerName: ['Maija'],
        payerAddress: ['Katu 1'], association: ['register_number:123456'], terms: [example.terms.version], asked: ['openToAll entryFee locals youths groups activities'],
      }
      const body = new URLSearchParams(Object.entries(fields).flatMap(([name, values]) => values.map((value) => [name, value]))).toString()
      for (const step of ['', '/details', '/check']) await browser.post(`/bookings/new${step}`).type('form').send(body)
    },
  }
}

/** No booking is confirmed, or has a price, that a person should have looked at; and none that waits is a document's matter. */
async function nothingDecided(the: World, told: Set<string>): Promise<void> {
  for (const { state, charge, totalCents, decided, decidedById } of await the.ctx.db.select().from(bookings)) {
    told.add(`${decided.quote.charge} ${decided.quote.approval} ${state}`)
    expect(decidedById).toBeNull()
    if (decided.quote.approval === 'person' || decided.quote.charge === 'needs_person') expect(state).toBe('requested')
    if (decided.quote.charge === 'needs_person') expect([charge, totalCents]).toEqual(['needs_person', null])
  }
}

test('no wish that needs a person is confirmed by the action, the API or the form', { timeout: 240_000 }, async () => {
  const the = await world()
  const [way, told] = [await ways(the), new Set<string>()]
  for (const facts of wishes) {
    // Where the space lets the rules decide each way is tried, where it asks a person for all only one.
    for (const [go, space] of [[way.action, 'luokka'], [way.api, 'luokka'], [way.form, 'luokka'], [way.action, 'ruokasali']] as const) {
      await go(space, facts)
      await nothingDecided(the, told)
      await cleared(the)
    }
  }
  expect([...told].sort()).toEqual([
    'free automatic confirmed', 'free person requested', 'needs_person person requested', 'paid automatic confirmed', 'paid person requested',
  ])
})

const fact: fc.Arbitrary<Facts> = fc.record({
  applicant: fc.constantFrom(...applicants), purpose: fc.constantFrom(...purposes), people: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 31, max: 260 })),
  openToAll: fc.boolean(), entryFee: fc.boolean(), youthShare: fc.constantFrom(0, 0.5, 1), localShare: fc.constantFrom(0, 0.4, 1),
  groups: fc.subarray([...groups], { maxLength: 1 }), activities: fc.subarray([...activities], { maxLength: 1 }),
})

test('random wishes in every space: what waits stays so until an official or the clock, and no document decides it', { timeout: 240_000 }, async () => {
  const the = await world()
  const [{ action }, told, maija] = [await ways(the), new Set<string>(), (await personById(the.ctx.db, 'maija'))!]
  const { spaceBySlug } = await catalogueOf(the.ctx.db)
  await fc.assert(fc.asyncProperty(fc.constantFrom(...spaceBySlug.keys()), fact, async (space, facts) => {
    await action(space, facts)
    await the.settle()
    await nothingDecided(the, told)
    const wish = { space, start: slot.start + 7 * 86_400_000, end: slot.end + 7 * 86_400_000, facts }
    const done = await issueForWish(the.ctx, maija, wish, { tell: documentOf, holdOwner: null })
    const listed = spaceBySlug.get(space)!
    const { quote: quoted, refusals } = judge({
      listed, edition: example, facts: { ...facts, granted: false, ...(facts.applicant === 'registered_association' ? { association: 'declared' as const } : {}) },
      start: wish.start, end: wish.end, taken: [], now: the.clock.now(), schedule: { ...listed, calendar: (await catalogueOf(the.ctx.db)).calendar },
    })
    if (refusals.length === 0) expect(done).toMatchObject({ ok: false, refusals: [{ code: quoted.approval === 'person' ? 'left-to-person' : 'not-refused' }] })
    else told.add(done?.ok ? 'refused in writing' : done!.refusals[0]!.code)
    await cleared(the)
  }), { numRuns: 60 })
  expect(told).toContain('needs_person person requested')
  expect(told).toContain('refused in writing')
})

test('a request becomes nothing by itself: when nobody decides, it expires, and there is still no decision', async () => {
  const the = await world()
  const { action } = await ways(the)
  await action('ruokasali', { applicant: 'unregistered_group', purpose: 'hobby', people: 60, openToAll: false, groups: [], activities: [] })
  const [before] = await the.ctx.db.select().from(bookings)
  expect([before!.state, before!.charge]).toEqual(['requested', 'needs_person'])
  for (const day of ['2026-11-30', '2026-12-07', '2026-12-10']) {
    the.clock.set(`${day}T17:00:00+02:00`)
    await the.settle()
    expect((await the.ctx.db.select().from(bookings).where(eq(bookings.id, before!.id)))[0]).toEqual(before)
  }
  the.clock.set('2026-12-10T18:00:00+02:00')
  await expireRequests(the.ctx)
  const [after] = await the.ctx.db.select().from(bookings)
  expect([after!.state, after!.decidedById, after!.decidedAt]).toEqual(['expired', null, null])
})
