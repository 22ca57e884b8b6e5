import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { shorterTimes } from '../../src/bookings/alternatives.ts'
import { othersLike } from '../../src/bookings/elsewhere.ts'
import { sameTimeElsewhere } from '../../src/bookings/elsewhere-store.ts'
import { offerOf } from '../../src/bookings/offer-store.ts'
import { personById } from '../../src/people/store.ts'
import type { Facts } from '../../src/rulebook/facts.ts'
import { catalogueOf } from '../../src/spaces/store.ts'
import { linksTo } from './form-reader.ts'
import { world, type World } from '../support/world.ts'
import { at, wishFor } from './wishes.ts'

const slot = (start: string, end: string) => ({ start: at(`2026-11-24T${start}`), end: at(`2026-11-24T${end}`) })
const open: Facts = { applicant: 'unregistered_group', purpose: 'hobby', people: 10, openToAll: true, groups: [], activities: [] }

async function booked(the: World, space: string, start: string, end: string) {
  const done = await book(the.ctx, (await personById(the.ctx.db, 'maija'))!, wishFor(space, `2026-11-24T${start}`, `2026-11-24T${end}`), { language: 'fi' })
  expect(done.ok).toBe(true)
}

async function elsewhere({ ctx }: World, space: string, wanted: { start: number; end: number }, people = 10, facts: Facts | null = null) {
  const now = ctx.clock.now()
  const offer = (await offerOf(ctx.db, space, now))!
  return (await sameTimeElsewhere(ctx.db, offer, wanted, { now, people, facts })).map(({ listed }) => listed.space.slug)
}

describe('another space at the same time', () => {
  test('is of the same kind, has room, and is really free: the other half of the hall first', async () => {
    const the = await world()
    expect(await elsewhere(the, 'sali', slot('18:00', '20:00'))).toEqual(['sali-a', 'sali-b'])
    await booked(the, 'sali-a', '19:00', '21:00')
    expect(await elsewhere(the, 'sali', slot('18:00', '20:00'))).toEqual(['sali-b'])
    expect(await elsewhere(the, 'sali', slot('18:00', '19:00'))).toEqual(['sali-a', 'sali-b'])
    expect(await elsewhere(the, 'sali', slot('18:00', '20:00'), 61)).toEqual([])
    expect(await elsewhere(the, 'kokoushuone', slot('18:00', '20:00'))).toEqual([])
  })
  test('is judged by all the rules once they know who asks', async () => {
    const the = await world()
    expect(await elsewhere(the, 'sali', slot('18:00', '20:00'), 10, open)).toEqual(['sali-a', 'sali-b'])
    expect(await elsewhere(the, 'sali', slot('18:00', '20:00'), 10, { ...open, activities: ['election'], applicant: 'company', purpose: 'election_event' })).toEqual([])
  })
  test('is not looked for over midnight, and never too long for it or off its step', async () => {
    const the = await world()
    expect(await elsewhere(the, 'sali', { start: at('2026-11-24T22:00'), end: at('2026-11-25T01:00') })).toEqual([])
    expect(await elsewhere(the, 'sali', slot('17:00', '21:00'))).toEqual([])
    expect(await elsewhere(the, 'sali', slot('18:10', '19:10'))).toEqual([])
  })
  test('the nearest houses come first, then the nearest in size', async () => {
    const { ctx } = await world()
    const { spaces, spaceBySlug } = await catalogueOf(ctx.db)
    const gym = spaceBySlug.get('sali')!
    const away = { ...gym, unit: { ...gym.unit, id: 'far', lat: gym.unit.lat + 0.01 }, space: { ...gym.space, id: 'far', slug: 'far' } }
    const near = { ...gym, unit: { ...gym.unit, id: 'near', lat: gym.unit.lat + 0.001 }, space: { ...gym.space, id: 'near', slug: 'near' } }
    expect(othersLike(gym, [away, near, ...spaces], 10).map(({ listed, metres }) => [listed.space.slug, Math.round(metres)]))
      .toEqual([['sali-a', 0], ['sali-b', 0], ['near', 111], ['far', 1112]])
  })
  test('stands in the form beside the refusal, with the answers kept', async () => {
    const the = await world()
    await booked(the, 'sali-a', '18:00', '20:00')
    const { text } = await (await the.client()).get('/bookings/new?space=sali&date=2026-11-24&from=17:00&to=19:00&people=12&applicant=unregistered_group&purpose=sport&openToAll=yes')
    expect(text).toContain('Samaan aikaan vapaana muualla')
    const [link = ''] = linksTo(text, 'Liikuntasali, lohko B')
    expect(Object.fromEntries(new URL(link, 'http://x').searchParams)).toMatchObject({ date: '2026-11-24', from: '17:00', people: '12', openToAll: 'yes' })
    expect(text).toContain('Osa ajasta on vapaa')
  })
})

test('the address of a taken time names what else there is', async () => {
  const the = await world()
  await booked(the, 'sali-a', '18:00', '20:00')
  const { text } = await (await the.client()).get('/spaces/sali?at=2026-11-24T17:00&minutes=120')
  expect(linksTo(text, 'Liikuntasali, lohko B')).toContain('/spaces/sali-b?at=2026-11-24T17:00&minutes=120')
  expect(linksTo(text, 'ti 24.11. klo 17–18')).toContain('/spaces/sali?at=2026-11-24T17:00&minutes=60')
})

test('what is left of a taken time is offered, the longest first', () => {
  const gym = { minMinutes: 60, maxMinutes: 240, stepMinutes: 30 }
  expect(shorterTimes([slot('16:00', '18:10'), slot('19:00', '21:00')], slot('17:00', '20:30'), gym)).toEqual([slot('19:00', '20:30'), slot('17:00', '18:00')])
  expect(shorterTimes([slot('16:00', '22:00')], slot('17:00', '20:00'), gym)).toEqual([])
  expect(shorterTimes([slot('17:00', '17:40')], slot('17:00', '20:00'), gym)).toEqual([])
})
