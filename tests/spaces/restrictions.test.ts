import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { eventsOf } from '../../src/history/store.ts'
import { personById } from '../../src/people/store.ts'
import { schedule } from '../../src/schedule.ts'
import { liftRestrictions } from '../../src/spaces/restriction-actions.ts'
import type { Restriction } from '../../src/spaces/space.ts'
import { catalogueOf, markCatalogueChanged } from '../../src/spaces/store.ts'
import { catalogueVersion, spaces } from '../../src/spaces/table.ts'
import { wishFor } from '../bookings/wishes.ts'
import { world, type World } from '../support/world.ts'

const stage: Restriction = {
  what: { fi: 'Näyttämön käyttö', sv: 'Användning av scenen', en: 'Use of the stage' },
  reason: { fi: 'Näyttämö on remontissa.', sv: 'Scenen renoveras.', en: 'The stage is being renovated.' }, until: '2026-11-30',
}
const piano: Restriction = { what: { fi: 'Flyygeli' }, reason: { fi: 'Viritys kestää.' }, until: '2026-12-10' }

async function limited(w: World, id: string, ...restrictions: Restriction[]): Promise<void> {
  await w.ctx.db.transaction(async (db) => {
    await db.update(spaces).set({ restrictions, approval: 'person' }).where(eq(spaces.id, id)).returning()
    await markCatalogueChanged(db)
  })
}

const read = async (w: World, path: string): Promise<string> =>
  (await (await w.client()).get(path).expect(200)).text.replace(/<script[\s\S]*?<\/script>|<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const ended = async (w: World, id: string) => (await eventsOf(w.ctx.db, id)).map(({ at, actor, what, particulars }) => ({ at, actor, what, particulars }))
const versionOf = async (w: World): Promise<unknown> => (await w.ctx.db.select().from(catalogueVersion))[0]?.version
const restrictionsOf = async (w: World, id: string) => {
  const { space } = (await catalogueOf(w.ctx.db)).spaceById.get(id)!
  return [space.approval, space.restrictions]
}

async function bookedOn(w: World, date: string): Promise<string> {
  const person = await personById(w.ctx.db, w.cast.maija)
  const done = await book(w.ctx, person!, wishFor('luokka', `${date}T18:00`, `${date}T19:00`), { language: 'fi' })
  return done.ok ? done.booking.state : done.refusals.map(({ code }) => code).join()
}

test('a limit ends at midnight in Helsinki after its last day: the page, the search and the booking know it at once, and the ledger tells', async () => {
  const w = await world()
  await limited(w, 'luokka', stage)
  const before = await versionOf(w)
  w.clock.set('2026-11-30T23:59:59.999+02:00')
  await liftRestrictions(w.ctx)
  expect([await versionOf(w), await restrictionsOf(w, 'luokka'), await ended(w, 'luokka')]).toEqual([before, ['person', [stage]], []])
  expect(await read(w, '/spaces/luokka')).toContain('Rajoitus: Näyttämön käyttö')
  expect(await read(w, '/spaces/luokka')).toContain('Vahvistus Henkilökunta hyväksyy')
  expect(await bookedOn(w, '2026-12-01')).toBe('too-late')
  expect(await bookedOn(w, '2026-12-15')).toBe('requested')

  w.clock.set('2026-12-01T00:00:00+02:00')
  await liftRestrictions(w.ctx)
  expect(await restrictionsOf(w, 'luokka')).toEqual(['automatic', []])
  expect(await ended(w, 'luokka')).toEqual([{ at: w.clock.now(), actor: 'system', what: 'space.restriction-ended', particulars: stage }])
  expect(await versionOf(w)).not.toBe(before)
  const page = await read(w, '/spaces/luokka')
  expect(page).not.toContain('Näyttämön käyttö')
  expect(page).toContain('Vahvistus Vahvistuu heti')
  expect(await read(w, '/rules/restrictions')).not.toContain('Näyttämön käyttö')
  expect(await bookedOn(w, '2026-12-01')).toBe('confirmed')
})

test('what still holds stays, a person decides until the last limit ends, and what is done is not done twice', async () => {
  const w = await world()
  await limited(w, 'luokka', stage, piano, { ...piano, until: null })
  await limited(w, 'sali', stage, piano)
  w.clock.set('2026-12-05T12:00:00+02:00')
  await liftRestrictions(w.ctx)
  const after = await versionOf(w)
  await liftRestrictions(w.ctx)
  expect(await versionOf(w)).toBe(after)
  expect([await restrictionsOf(w, 'luokka'), await restrictionsOf(w, 'sali')]).toEqual([['person', [piano, { ...piano, until: null }]], ['person', [piano]]])
  expect((await ended(w, 'sali')).map(({ particulars }) => particulars)).toEqual([stage])

  w.clock.set('2026-12-11T12:00:00+02:00')
  await Promise.all([liftRestrictions(w.ctx), liftRestrictions(w.ctx)])
  expect([await restrictionsOf(w, 'luokka'), await restrictionsOf(w, 'sali')]).toEqual([['person', [{ ...piano, until: null }]], ['automatic', []]])
  expect((await ended(w, 'sali')).map(({ particulars }) => particulars)).toEqual([stage, piano])
})

test('a space that was left to a person without any limit is not touched', async () => {
  const w = await world()
  await limited(w, 'luokka')
  w.clock.set('2027-12-01T12:00:00+02:00')
  await liftRestrictions(w.ctx)
  expect([await restrictionsOf(w, 'luokka'), await ended(w, 'luokka')]).toEqual([['person', []], []])
})

test('the server does it by the clock', async () => {
  const w = await world()
  await limited(w, 'luokka', stage)
  w.clock.set('2026-12-01T00:01:00+02:00')
  await schedule(w.ctx).find(({ name }) => name === 'lift restrictions whose last day is over')!.run()
  expect(await restrictionsOf(w, 'luokka')).toEqual(['automatic', []])
})
