import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { approve } from '../../src/bookings/decision-actions.ts'
import { cancel } from '../../src/bookings/ending-actions.ts'
import { againstPayer, payerOf } from '../../src/bookings/payer.ts'
import { ownBooking } from '../../src/bookings/store.ts'
import { bookings } from '../../src/bookings/table.ts'
import { eventsOf } from '../../src/history/store.ts'
import { personById } from '../../src/people/store.ts'
import { staffRoles } from '../../src/people/table.ts'
import { issueToken } from '../../src/people/user-actions.ts'
import type { Name } from '../support/cast.ts'
import { world, type World } from '../support/world.ts'
import { formIn, send, wordsIn, type Agent } from './form-reader.ts'
import { at, wishFor } from './wishes.ts'

const person = async ({ ctx }: World, name: Name) => (await personById(ctx.db, name))!
const stored = async ({ ctx }: World) => (await ctx.db.select().from(bookings))[0]!
const words = async (agent: Agent, path: string): Promise<string> => wordsIn((await agent.get(path).expect(200)).text)
const address = { payerName: 'Ollin Kilta ry', payerAddress: 'Kirjanpito\r\nKatu 1, 00530 Helsinki' }

/** Olli's closed group in the canteen: the rules leave the price open, Kalle gives it. */
async function priced(charge: 'free' | 'paid' = 'paid') {
  const the = await world()
  const closedGroup = { applicant: 'unregistered_group', openToAll: false, people: 60 } as const
  const made = await book(the.ctx, await person(the, 'olli'), wishFor('ruokasali', '2026-12-10T18:00', '2026-12-10T20:00', { facts: closedGroup }), { language: 'fi' })
  if (!made.ok) throw new Error(JSON.stringify(made.refusals))
  expect(made.booking).toMatchObject({ state: 'requested', charge: 'needs_person' })
  await the.settle()
  const done = await approve(the.ctx, await person(the, 'kalle'), made.booking.ref, { reason: 'Ryhmä on pieni.', charge: charge === 'free' ? { charge } : { charge, priceClass: 'full' } })
  if (!done?.ok) throw new Error('not approved')
  await the.settle()
  return { the, ref: made.booking.ref, page: `/bookings/${made.booking.ref}`, form: `/bookings/${made.booking.ref}/payer` }
}

describe('a request that turns out to cost', () => {
  test('asks in the mail and on its page who pays, once, and keeps it', async () => {
    const { the, page, form } = await priced()
    const [approval] = the.mails().filter(({ subject }) => subject.includes('hyväksytty'))
    expect(approval?.text).toContain('Kerro vielä, kuka saa laskun')
    const olli = await the.client('olli')
    const asked = await olli.get(page).expect(200)
    expect(wordsIn(asked.text)).toContain('Kuka saa laskun?')
    expect(wordsIn(asked.text)).toContain('Laskun saaja Puuttuu')
    await send(olli, asked.text, form, address).expect(303).expect('Location', page)
    expect(await stored(the)).toMatchObject(address)
    const told = await words(olli, page)
    expect(told).toContain('Laskutustiedot on tallennettu.')
    expect(told).toMatch(/Laskun saaja Ollin Kilta ry Kirjanpito Katu 1, 00530 Helsinki/)
    expect(told).not.toContain('Kuka saa laskun?')
  })

  test('keeps a ledger without the address, and leaves calendars alone', async () => {
    const { the, page, form } = await priced()
    const before = await stored(the)
    const olli = await the.client('olli')
    await send(olli, (await olli.get(page)).text, form, address).expect(303)
    const corrected = await olli.get(page)
    expect(formIn(corrected.text, form)).toEqual({ ...address, payerAddress: address.payerAddress })
    await send(olli, corrected.text, form).expect(303)
    await send(olli, corrected.text, form, { payerName: 'Toinen ry' }).expect(303)
    const after = await stored(the)
    expect({ ...after, payerName: null, payerAddress: null }).toEqual(before)
    const events = (await eventsOf(the.ctx.db, before.id)).filter(({ what }) => what.includes('payer'))
    expect(events.map(({ actor, what, particulars }) => ({ actor, what, particulars })).sort((a, b) => (a.what < b.what ? 1 : -1))).toEqual([
      { actor: 'olli', what: 'booking.payer-given', particulars: {} }, { actor: 'olli', what: 'booking.payer-changed', particulars: {} },
    ])
    expect(await words(olli, page)).toContain('Laskutustietoja korjattiin')
  })

  test('faults come back beside the fields, as they were typed', async () => {
    const { the, page, form } = await priced()
    const olli = await the.client('olli')
    const wrong = await send(olli, (await olli.get(page)).text, form, { payerName: 'Kilta', payerAddress: ' ' }).expect(422)
    expect([...wrong.text.matchAll(/<a href="#(\w+)">/g)].map(([, field]) => field)).toEqual(['payerAddress'])
    expect(formIn(wrong.text, form)['payerName']).toBe('Kilta')
    expect(wrong.text).toContain(`href="/sv${page}"`)
    expect(await stored(the)).toMatchObject({ payerName: null })
  })

  test('a missing payer is taken after the use too, but a known one is corrected only until the start', async () => {
    const { the, page, form } = await priced()
    const olli = await the.client('olli')
    the.clock.set('2026-12-10T18:30:00+02:00')
    await send(olli, (await olli.get(page)).text, form, address).expect(303)
    expect((await olli.get(page)).text).not.toContain(form)
    const late = await olli.post(form).type('form').send({ payerName: 'Toinen', payerAddress: 'Katu 2' }).expect(409)
    expect(wordsIn(late.text)).toContain('Aika on jo alkanut')
    expect(await stored(the)).toMatchObject(address)
  })

  test('nobody is asked where nothing is to be paid, or for what was given up', async () => {
    const free = await priced('free')
    const olli = await free.the.client('olli')
    expect((await olli.get(free.page)).text).not.toContain(free.form)
    expect(wordsIn((await olli.post(free.form).type('form').send(address).expect(409)).text)).toContain('ei tule laskua')
    expect(free.the.mails().map(({ text }) => text).join()).not.toContain('kenelle lasku')

    const { the, ref, page, form } = await priced()
    await cancel(the.ctx, (db) => ownBooking(db, 'olli', ref), { person: await person(the, 'olli'), mover: 'owner', reason: null })
    const over = await the.client('olli')
    expect((await over.get(page)).text).not.toContain(form)
    await over.post(form).type('form').send(address).expect(409)
    expect(await stored(the)).toMatchObject({ payerName: null })
  })
})

test('who pays is shown to those who decide, not to the caretaker', async () => {
  const { the, ref, form } = await priced()
  await the.ctx.db.transaction((db) => db.insert(staffRoles).values({ id: 'r9', personId: 'maija', role: 'caretaker', scopeKind: 'unit', scopeId: 'koulu' }).returning())
  const [kalle, maija, olli] = [await the.client('kalle'), await the.client('maija'), await the.client('olli')]
  expect(await words(kalle, `/desk/requests/${ref}`)).toContain('Laskun saaja Puuttuu')
  expect(await words(maija, `/desk/requests/${ref}`)).not.toContain('Laskun saaja')
  await olli.post(form).type('form').send(address).expect(303)
  expect(await words(kalle, `/desk/requests/${ref}`)).toContain('Laskun saaja Ollin Kilta ry Kirjanpito Katu 1, 00530 Helsinki')
  expect(await words(maija, `/desk/requests/${ref}`)).not.toContain('Kilta')
  for (const other of [kalle, maija]) await other.post(form).type('form').send({ payerName: 'X', payerAddress: 'Y' }).expect(404)
  expect(await stored(the)).toMatchObject(address)
})

test('a machine may leave the payer out of a paid booking, and is told that it is needed', async () => {
  const the = await world()
  const { token } = await issueToken(the.ctx, 'olli', 'test')
  const headers = { authorization: `Bearer ${token}` }
  const agent = await the.client()
  const party = {
    space: 'luokka', start: '2026-11-24T18:00', end: '2026-11-24T20:00', applicant: 'private_person', purpose: 'private_party', people: 10,
    title: 'Juhlat', responsible: { name: 'Olli', phone: '040 123 4567' }, acceptTerms: true,
  }
  const payer = { name: 'Olli', address: 'Katu 1' }
  const refs = []
  for (const [key, body] of Object.entries({ without: party, with: { ...party, start: '2026-11-25T18:00', end: '2026-11-25T20:00', payer } })) {
    refs.push((await agent.post('/api/v1/bookings').set({ ...headers, 'idempotency-key': key }).send(body).expect(201)).body.ref as string)
  }
  const read = async (ref: string): Promise<unknown> => (await agent.get(`/api/v1/bookings/${ref}`).set(headers).expect(200)).body
  expect(await Promise.all(refs.map(read))).toMatchObject([{ charge: 'paid', payer: 'needed' }, { charge: 'paid', payer: 'given' }])
  expect(JSON.stringify(await read(refs[1]!))).not.toContain('Katu 1')
})

test.each([
  ['confirmed', 100, null, 'needed', null], ['confirmed', 100, 'Olli', 'given', null], ['confirmed', 0, null, 'not_needed', 'no-bill'],
  ['requested', null, null, 'not_needed', 'no-bill'], ['requested', 100, null, 'needed', null], ['used', 100, null, 'needed', null],
  ['cancelled', 100, 'Olli', 'not_needed', 'wrong-state'], ['expired', 100, null, 'not_needed', 'wrong-state'],
] as const)('%s for %s cents, payer %s: %s', (state, totalCents, payerName, is, against) => {
  const booking = { state, totalCents, payerName, startsAt: at('2026-12-10T18:00') }
  expect([payerOf(booking), againstPayer(booking, at('2026-12-10T17:59'))?.code ?? null]).toEqual([is, against])
})
