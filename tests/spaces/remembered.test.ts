import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { cancel } from '../../src/bookings/ending-actions.ts'
import { forgetHolds, placeHold, releaseHold } from '../../src/bookings/hold-actions.ts'
import { ownBooking } from '../../src/bookings/store.ts'
import { bookings } from '../../src/bookings/table.ts'
import { personById } from '../../src/people/store.ts'
import { markCatalogueChanged } from '../../src/spaces/store.ts'
import { units } from '../../src/spaces/table.ts'
import { at, wishFor } from '../bookings/wishes.ts'
import { restricted } from '../support/restricted.ts'
import { monday } from '../support/premises.ts'
import { world, type World } from '../support/world.ts'

/** What the page says; a question that means nothing makes it be worked out anew. */
const main = (html: string): string => html.slice(html.indexOf('<main'), html.indexOf('</main>'))
async function both(w: World, path: string): Promise<[remembered: string, fresh: string]> {
  const client = await w.client()
  const [kept, fresh] = [await client.get(path).expect(200), await client.get(`${path}?fresh=1`).expect(200)]
  return [main(kept.text), main(fresh.text).replaceAll(/\?fresh=1&amp;|&amp;fresh=1|\?fresh=1/g, (found) => (found === '?fresh=1&amp;' ? '?' : ''))]
}

type Deed = { does: 'book' | 'hold'; space: string; day: number; hour: number } | { does: 'cancel' | 'release' | 'limit' | 'sweep' } | { does: 'wait'; minutes: number }
const someDeed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ does: fc.constantFrom('book' as const, 'hold' as const), space: fc.constantFrom('sali', 'sali-a', 'luokka', 'ruokasali'), day: fc.integer({ min: 23, max: 29 }), hour: fc.integer({ min: 17, max: 19 }) }),
  fc.record({ does: fc.constantFrom('cancel' as const, 'release' as const, 'limit' as const, 'sweep' as const) }),
  fc.record({ does: fc.constant('wait' as const), minutes: fc.constantFrom(0.001, 1, 14, 15, 16, 44, 480, 600, 1440) }),
)

async function doing(w: World, deed: Deed): Promise<void> {
  const { ctx, clock, cast } = w
  const maija = (await personById(ctx.db, cast.maija))!
  const wish = () => {
    const { day, hour, space } = deed as Extract<Deed, { space: string }>
    return wishFor(space, `2026-11-${day}T${hour}:00`, `2026-11-${day}T${hour + 1}:00`, { public: hour === 18 })
  }
  if (deed.does === 'book') await book(ctx, maija, wish(), { language: 'fi' })
  if (deed.does === 'hold') await placeHold(ctx, { hash: 'mine', addressHash: 'x' }, wish(), {})
  if (deed.does === 'release') await releaseHold(ctx, 'mine')
  if (deed.does === 'sweep') await forgetHolds(ctx)
  if (deed.does === 'wait') clock.set(clock.now() + deed.minutes * 60_000)
  if (deed.does === 'limit') await restricted(ctx, { id: `limit ${clock.now()} ${Math.random()}`, unitId: 'koulu', spaceId: 'luokka', reason: { fi: 'Remontti' } })
  if (deed.does === 'cancel') {
    const [one] = await ctx.db.select().from(bookings).where(eq(bookings.state, 'confirmed')).limit(1)
    if (one) await cancel(ctx, (db) => ownBooking(db, cast.maija, one.ref), { person: maija, mover: 'owner', reason: '' })
  }
}

test('whatever is booked, kept, given up or limited and however time goes, a page that is remembered says what it would say anew', async () => {
  await fc.assert(fc.asyncProperty(fc.array(someDeed, { minLength: 1, maxLength: 6 }), async (deeds) => {
    const w = await world()
    // From a moment between two quarters, in the evening, when times are running out.
    w.clock.set('2026-11-23T17:52:00+02:00')
    for (const deed of deeds) {
      for (const path of ['/spaces/sali', '/sv/spaces/luokka', '/en/units/kallion-koulu']) {
        const [kept, fresh] = await both(w, path)
        expect(kept).toBe(fresh)
      }
      await doing(w, deed)
    }
    for (const path of ['/spaces/sali', '/sv/spaces/luokka', '/en/units/kallion-koulu']) {
      const [kept, fresh] = await both(w, path)
      expect(kept).toBe(fresh)
    }
  }), { numRuns: 12 })
})

test('at the very moment of a quarter, a millisecond before and after', async () => {
  const w = await world()
  const quarter = at('2026-11-23T18:00')
  await book(w.ctx, (await personById(w.ctx.db, w.cast.maija))!, wishFor('sali', '2026-11-23T17:00', '2026-11-23T18:00', { public: true, title: 'Treenit' }), { language: 'fi' })
  for (const now of [quarter - 1, quarter, quarter + 1, quarter + 15 * 60_000 - 1, quarter + 15 * 60_000]) {
    w.clock.set(now)
    for (const path of ['/spaces/sali', '/units/kallion-koulu']) {
      const [kept, fresh] = await both(w, path)
      expect([now - quarter, kept]).toEqual([now - quarter, fresh])
      expect(kept.includes('Treenit')).toBe(now < quarter)
    }
  }
})

test.each(['/spaces/luokka', '/units/kallion-koulu'])('%s is remembered until a booking in the unit, the premises or the quarter of an hour changes, and for nobody in particular', async (path) => {
  const w = await world()
  const booked = await book(w.ctx, (await personById(w.ctx.db, w.cast.maija))!, wishFor('luokka', '2026-11-24T18:00', '2026-11-24T19:00', { public: true, title: 'Eka' }), { language: 'fi' })
  expect(booked.ok).toBe(true)
  const told = async (name?: 'maija') => /Eka|Toka|Kolmas|Neljäs/.exec(main((await (await w.client(name)).get(path).expect(200)).text))?.[0]
  // Behind everybody's back: a deed of the service tells its unit.
  const renamed = (title: string) => w.ctx.db.transaction((db) => db.update(bookings).set({ title }).returning())
  expect(await told()).toBe('Eka')
  await renamed('Toka')
  expect([await told(), await told('maija')]).toEqual(['Eka', 'Eka'])
  await w.ctx.db.transaction((db) => db.update(units).set({ revision: 99 }).where(eq(units.id, 'koulu')).returning())
  expect(await told()).toBe('Toka')
  await renamed('Kolmas')
  w.clock.set(monday + 1)
  expect(await told()).toBe('Kolmas')
  await renamed('Neljäs')
  w.clock.set(monday + 15 * 60_000 - 1)
  expect(await told()).toBe('Kolmas')
  await w.ctx.db.transaction(markCatalogueChanged)
  expect(await told()).toBe('Neljäs')
})

test('a word for the next page and a banner are still told, beside what is remembered', async () => {
  const w = await world()
  const maija = await w.client('maija')
  const first = await maija.get('/spaces/luokka').expect(200)
  await maija.post('/me').type('form').send({ name: 'Maija Uusi', phone: '', language: 'fi' }).expect(303)
  const next = await maija.get('/spaces/luokka').expect(200)
  expect(first.text).not.toContain('data-flash')
  expect(main(next.text).length).toBeGreaterThan(main(first.text).length)
  expect(main((await maija.get('/spaces/luokka')).text)).toBe(main(first.text))
})

test.each(['/spaces/luokka/', '/SPACES/luokka', '/spaces/%6Cuokka'])('an address written as %s leads nobody else astray', async (path) => {
  const w = await world()
  const client = await w.client()
  await client.get(path)
  expect(main((await client.get('/spaces/luokka').expect(200)).text)).toContain('href="/spaces/luokka?plain=1"')
})
