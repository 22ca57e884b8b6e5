import fc from 'fast-check'
import { expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { personById } from '../../src/people/store.ts'
import { wishFor } from '../bookings/wishes.ts'
import { world } from '../support/world.ts'
import { remembered } from './state.ts'

test('looking at the form changes nothing, whatever is asked and whoever asks', async () => {
  const the = await world()
  const practice = wishFor('luokka', '2026-11-24T18:00', '2026-11-24T20:00', {
    association: { kind: 'register_number', value: '123456' }, facts: { applicant: 'registered_association', purpose: 'meeting', entryFee: false },
  })
  const done = await book(the.ctx, (await personById(the.ctx.db, 'maija'))!, practice, { language: 'fi' })
  const ref = done.ok ? done.booking.ref : ''
  const agents = [await the.client('maija'), await the.client('maija'), await the.client('olli'), await the.client()]
  const { changed } = await remembered(the)
  // Most wishes are whole, so that every step is seen.
  const some = (...values: string[]) => fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...values) }, fc.constant(undefined), fc.string({ maxLength: 12 }))
  const rare = (...values: string[]) => fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, fc.constantFrom(...values))
  const query = fc.record({
    space: fc.constantFrom('luokka', 'luokka', 'kokoushuone', 'linna'), date: some('2026-12-01', '2026-12-02', '2026-11-24'), from: some('18:00'), to: some('19:00', '20:00'),
    purpose: some('meeting', 'meeting', 'hobby'), applicant: some('registered_association', 'registered_association', 'unregistered_group'), people: some('6', '99'), openToAll: some('1', 'no'), entryFee: some('no'),
    again: rare(ref, 'TV-AAAA-AAAA'), step: rare('wish', 'check'), title: rare('Muu'), terms: rare('example-1'),
  })
  const paths = ['/bookings/new', '/bookings/new', '/bookings/new/details', '/bookings/new/check']
  const seen = new Set<string>()
  await fc.assert(fc.asyncProperty(query, fc.constantFrom(...agents), fc.constantFrom(...paths), async (asked, agent, path) => {
    const said = new URLSearchParams(Object.entries(asked).filter((one): one is [string, string] => one[1] !== undefined))
    const { status, text } = await agent.get(`${path}?${said.toString()}`)
    expect([200, 303, 404]).toContain(status)
    expect(await changed()).toBe(false)
    seen.add(`${status} ${path === '/bookings/new' && /<form[^>]* action="([^"]*check)"/.test(text) ? 'at once' : path}`)
  }), { numRuns: 300 })
  expect([...seen].sort()).toEqual(expect.arrayContaining(['200 /bookings/new', '200 /bookings/new/details', '200 at once', '303 /bookings/new/check', '404 /bookings/new']))
})
