import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { decidingEdition } from '../../src/bookings/desk-store.ts'
import { slotOf } from '../../src/bookings/judgement.ts'
import { ownBooking } from '../../src/bookings/store.ts'
import { personById } from '../../src/people/store.ts'
import type { Facts } from '../../src/rulebook/facts.ts'
import { settledBy } from '../../src/rulebook/quote.ts'
import { catalogueVersion, spaces } from '../../src/spaces/table.ts'
import { exampleJson } from '../rulebook/example.ts'
import { withEdition } from '../rulebook/adopted.ts'
import { world, type World } from '../support/world.ts'
import { at, wishFor } from './wishes.ts'

const prices = exampleJson().priceList
/** Everything costs ten times as much, and every charge rule has become paid. */
const dearEdition = {
  priceList: { ...prices, prices: prices.prices.map((row) => ({ ...row, centsPerHour: row.centsPerHour * 10 })) },
  chargeRules: exampleJson().chargeRules.map((rule) => (rule.charge === 'free' ? { ...rule, charge: 'paid' as const, priceClass: 'full' } : rule)),
}

const party: Partial<Facts> = { applicant: 'private_person', purpose: 'private_party', people: 10 }
const wishes: [space: string, day: string, facts: Partial<Facts>][] = [
  ['luokka', '2026-11-24', {}], ['luokka', '2026-12-08', party], ['kokoushuone', '2026-12-08', { people: 6 }], ['sali-a', '2026-12-09', party],
]

async function booked(the: World): Promise<{ ref: string; charge: string; totalCents: number | null }[]> {
  const olli = (await personById(the.ctx.db, 'olli'))!
  const made = []
  for (const [space, day, facts] of wishes) {
    const wish = wishFor(space, `${day}T17:00`, `${day}T19:00`)
    const done = await book(the.ctx, olli, { ...wish, facts: { ...wish.facts, ...facts } as typeof wish.facts }, { language: 'fi' })
    if (!done.ok) throw new Error(JSON.stringify(done.refusals))
    made.push(done.booking)
  }
  return made.map(({ ref, charge, totalCents }) => ({ ref, charge, totalCents }))
}

test('an edition decides today as it decided then, whatever has been adopted and rebuilt since', async () => {
  const the = await world()
  const before = await booked(the)
  expect(before.map(({ charge, totalCents }) => [charge, totalCents])).toEqual([['free', 0], ['paid', 3600], ['free', 0], ['paid', 3600]])
  the.clock.set(at('2026-11-23T12:00'))
  await withEdition(the, 'kallis-sittemmin', '2026-11-24', dearEdition)
  // The classroom has become a hall that always costs, too.
  await the.ctx.db.transaction(async (db) => {
    await db.update(spaces).set({ kind: 'gym', areaM2: 900, alwaysPaid: true }).where(eq(spaces.id, 'luokka')).returning()
    await db.update(catalogueVersion).set({ version: 'uusi' }).returning()
  })
  the.clock.set(at('2026-11-25T12:00'))
  const olli = await the.client('olli')
  for (const { ref, charge, totalCents } of before) {
    const booking = (await ownBooking(the.ctx.db, 'olli', ref))!
    const edition = await decidingEdition(the.ctx.db, booking)
    expect(settledBy(edition, booking.decided.facts, booking.decided.space!, slotOf(booking))).toEqual({ charge, totalCents })
    const page = await olli.get(`/bookings/${ref}`).expect(200)
    expect(page.text).toContain('Ratkaistu sääntökirjan version example-4 mukaan')
    expect(page.text).toContain(booking.decided.quote.because[0]!.text.fi)
  }
  // The same wish made now is decided by the rules of now.
  const wish = wishFor('kokoushuone', '2026-12-15T17:00', '2026-12-15T19:00')
  const done = await book(the.ctx, (await personById(the.ctx.db, 'maija'))!, wish, { language: 'fi' })
  expect(done).toMatchObject({ ok: true, booking: { charge: 'paid', totalCents: 36_000, decided: { edition: 'kallis-sittemmin' } } })
})

test('a coming price list counts on its days, and the booking says so', async () => {
  const the = await world()
  await withEdition(the, 'kallis-jouluna', '2026-12-07', { priceList: dearEdition.priceList })
  const made = await booked(the)
  expect(made.map(({ charge, totalCents }) => [charge, totalCents])).toEqual([['free', 0], ['paid', 36_000], ['free', 0], ['paid', 36_000]])
  const page = await (await the.client('olli')).get(`/bookings/${made[1]!.ref}`).expect(200)
  expect(page.text).toContain('Ratkaistu sääntökirjan version example-4 mukaan. Hinta on hinnastosta kallis-jouluna, sellaisena kuin se on voimassa 8.12.2026')
})
