import { expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { eventsOf } from '../../src/history/store.ts'
import { personById } from '../../src/people/store.ts'
import { schedule } from '../../src/schedule.ts'
import { liftRestriction, restrict, settleRestrictions } from '../../src/spaces/restriction-actions.ts'
import { allRestrictions } from '../../src/spaces/restriction-store.ts'
import { catalogueOf } from '../../src/spaces/store.ts'
import { catalogueVersion } from '../../src/spaces/table.ts'
import { wishFor } from '../bookings/wishes.ts'
import { restricted } from '../support/restricted.ts'
import { world, type World } from '../support/world.ts'

const stage = { unitId: 'koulu', spaceId: 'luokka', id: 'stage', what: { fi: 'Näyttämön käyttö' }, reason: { fi: 'Näyttämö on remontissa.' }, validTo: '2026-11-30' }
const piano = { ...stage, id: 'piano', what: { fi: 'Flyygeli' }, reason: { fi: 'Viritys kestää.' }, validTo: '2026-12-10' }

const read = async (w: World, path: string): Promise<string> =>
  (await (await w.client()).get(path).expect(200)).text.replace(/<script[\s\S]*?<\/script>|<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const told = async (w: World, id: string) => (await eventsOf(w.ctx.db, id)).map(({ at, actor, what }) => ({ at, actor, what }))
const versionOf = async (w: World): Promise<unknown> => (await w.ctx.db.select().from(catalogueVersion))[0]?.version
const limits = async (w: World, id: string) => {
  const { space } = (await catalogueOf(w.ctx.db)).spaceById.get(id)!
  return [space.approval, space.restrictions.map(({ id }) => id)]
}

async function bookedOn(w: World, date: string): Promise<string> {
  const person = await personById(w.ctx.db, w.cast.maija)
  const done = await book(w.ctx, person!, wishFor('luokka', `${date}T18:00`, `${date}T19:00`), { language: 'fi' })
  return done.ok ? done.booking.state : done.refusals.map(({ code }) => code).join()
}

test('a limit ends at midnight in Helsinki after its last day: the page, the search and the booking know it at once, and the ledger tells', async () => {
  const w = await world()
  await restricted(w.ctx, stage)
  const before = await versionOf(w)
  w.clock.set('2026-11-30T23:59:59.999+02:00')
  await settleRestrictions(w.ctx)
  expect([await versionOf(w), await limits(w, 'luokka'), await told(w, 'stage')]).toEqual([before, ['person', ['stage']], []])
  expect(await read(w, '/spaces/luokka')).toContain('Rajoitus: Näyttämön käyttö')
  expect(await read(w, '/spaces/luokka')).toContain('Vahvistus Henkilökunta hyväksyy')
  expect(await bookedOn(w, '2026-12-01')).toBe('too-late')
  expect(await bookedOn(w, '2026-12-15')).toBe('requested')

  w.clock.set('2026-12-01T00:00:00+02:00')
  await settleRestrictions(w.ctx)
  expect(await limits(w, 'luokka')).toEqual(['automatic', []])
  expect(await told(w, 'stage')).toEqual([{ at: w.clock.now(), actor: 'system', what: 'restriction.over' }])
  expect(await versionOf(w)).not.toBe(before)
  const page = await read(w, '/spaces/luokka')
  expect(page).not.toContain('Näyttämön käyttö')
  expect(page).toContain('Vahvistus Vahvistuu heti')
  expect(await read(w, '/rules/restrictions')).not.toContain('Näyttämön käyttö')
  expect(await bookedOn(w, '2026-12-01')).toBe('confirmed')
})

test('a limit that is decided for later begins at midnight of its first day', async () => {
  const w = await world()
  await restricted(w.ctx, { ...stage, validFrom: '2026-11-25' })
  w.clock.set('2026-11-24T23:59:59+02:00')
  await settleRestrictions(w.ctx)
  expect(await limits(w, 'luokka')).toEqual(['automatic', []])
  w.clock.set('2026-11-25T00:00:00+02:00')
  await settleRestrictions(w.ctx)
  expect([await limits(w, 'luokka'), await told(w, 'stage')]).toEqual([['person', ['stage']], [{ at: w.clock.now(), actor: 'system', what: 'restriction.began' }]])
})

test('what still holds stays, a person decides until the last limit ends, and what is done is not done twice', async () => {
  const w = await world()
  await restricted(w.ctx, stage, piano, { ...piano, id: 'endless', validTo: null })
  w.clock.set('2026-12-05T12:00:00+02:00')
  await settleRestrictions(w.ctx)
  const after = await versionOf(w)
  await settleRestrictions(w.ctx)
  expect([await versionOf(w), await limits(w, 'luokka')]).toEqual([after, ['person', ['endless', 'piano']]])

  w.clock.set('2026-12-11T12:00:00+02:00')
  await Promise.all([settleRestrictions(w.ctx), settleRestrictions(w.ctx)])
  expect([await limits(w, 'luokka'), (await told(w, 'stage')).length, (await told(w, 'piano')).length]).toEqual([['person', ['endless']], 1, 1])
})

test('the limit of a whole room is on its halves, that of a half on the whole and not on the other half, that of a unit on each space', async () => {
  const w = await world()
  await restricted(w.ctx,
    { ...stage, id: 'whole', spaceId: 'sali' }, { ...stage, id: 'half', spaceId: 'sali-a' }, { ...stage, id: 'unit', unitId: 'kirjasto', spaceId: null })
  expect(await Promise.all(['sali', 'sali-a', 'sali-b', 'luokka', 'kokoushuone'].map((id) => limits(w, id)))).toEqual([
    ['person', ['half', 'whole']], ['person', ['half', 'whole']], ['person', ['whole']], ['automatic', []], ['person', ['unit']],
  ])
})

test('a decision puts a limit on a space at once, and another ends it; neither is done twice, and a race has one winner', async () => {
  const w = await world()
  const decision = { number: 'HEL 2026-000321', date: '2026-11-20', body: { fi: 'Lautakunta', sv: 'Nämnden', en: 'The committee' } }
  const { id: _, ...wish } = { ...stage, validFrom: '2026-11-23', effect: 'by_staff' as const, decision }
  const id = await restrict(w.ctx, w.cast.kerttu, wish)
  expect([await limits(w, 'luokka'), await bookedOn(w, '2026-12-15')]).toEqual([['person', [id]], 'requested'])
  w.clock.set(w.clock.now() + 1)
  const lifted = await Promise.all([1, 2].map(() => liftRestriction(w.ctx, w.cast.kerttu, id, { decision, reason: 'Valmis' })))
  expect(lifted.sort()).toEqual([false, true])
  expect([await limits(w, 'luokka'), (await allRestrictions(w.ctx.db)).map(({ state }) => state)]).toEqual([['automatic', []], ['lifted']])
  expect((await told(w, id)).map(({ actor, what }) => [actor, what])).toEqual([[w.cast.kerttu, 'restriction.made'], [w.cast.kerttu, 'restriction.lifted']])
})

test('sent twice it is one, also by two at once', async () => {
  const w = await world()
  const decision = { number: 'HEL 2026-000321', date: '2026-11-20', body: { fi: 'Lautakunta', sv: 'Nämnden', en: 'The committee' } }
  const { id: _, ...wish } = { ...stage, validFrom: '2026-11-23', effect: 'by_staff' as const, decision }
  const ids = await Promise.all([restrict(w.ctx, w.cast.kerttu, wish), restrict(w.ctx, w.cast.kerttu, wish), restrict(w.ctx, w.cast.kerttu, { ...wish, what: { fi: 'Flyygeli' } })])
  expect([ids[0] === ids[1], ids[0] === ids[2], (await allRestrictions(w.ctx.db)).length]).toEqual([true, false, 2])
})

test('a space that was left to a person without any limit is not touched', async () => {
  const w = await world()
  await restricted(w.ctx, stage)
  w.clock.set('2027-12-01T12:00:00+02:00')
  await settleRestrictions(w.ctx)
  expect(await limits(w, 'ruokasali')).toEqual(['automatic', []])
})

test('the server does it by the clock', async () => {
  const w = await world()
  await restricted(w.ctx, stage)
  w.clock.set('2026-12-01T00:01:00+02:00')
  await schedule(w.ctx).find(({ name }) => name === 'begin and end restrictions on their days')!.run()
  expect(await limits(w, 'luokka')).toEqual(['automatic', []])
})
