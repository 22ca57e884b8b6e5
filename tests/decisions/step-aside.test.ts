import { expect, test } from 'vitest'
import { issueToken } from '../../src/people/user-actions.ts'
import { wordsIn } from '../bookings/form-reader.ts'
import { world, type World } from '../support/world.ts'
import { approved, booked, bookingNow, documents, forSulka, requested } from './town.ts'

/** Kalle manages the school and belongs to Kallion Sulka ry, whose member Maija books in it. */
const acts = {
  approval: {}, rejection: { reason: 'Ei sovi' }, cancellation: { reason: 'Remontti' }, decisions: { kind: 'approval' },
} as const
const refusal = 'Tämä on oma tai oman yhdistyksesi pyyntö. Siitä päättää joku muu.'

async function both(the: World) {
  const waiting = await requested(the, 'maija', forSulka)
  const confirmed = await booked(the, 'maija', { ...forSulka, day: '2026-12-11' })
  const own = await booked(the, 'kalle', { day: '2026-12-14' })
  return { waiting, confirmed, own }
}

test.each([
  ['approval', 'waiting'], ['rejection', 'waiting'], ['decisions', 'waiting'], ['cancellation', 'confirmed'], ['decisions', 'confirmed'], ['cancellation', 'own'], ['decisions', 'own'],
] as const)('an official of the applying association is refused on the desk: %s of what is %s', async (act, which) => {
  const the = await world()
  const booking = (await both(the))[which]
  const kalle = await the.client('kalle')
  const page = await kalle.get(`/desk/requests/${booking.ref}`).expect(200)
  expect(wordsIn(page.text)).toContain('Olet esteellinen')
  expect(page.text).not.toContain(`action="/desk/requests/${booking.ref}/${act}"`)
  const { text } = await kalle.post(`/desk/requests/${booking.ref}/${act}`).type('form').send(acts[act]).expect(409)
  expect(wordsIn(text)).toContain(refusal)
  expect((await bookingNow(the, booking.ref)).state).toBe(booking.state)
  expect(await documents(the)).toEqual([])
  // A colleague may.
  const kerttu = await the.client('kerttu')
  const colleague = await kerttu.get(`/desk/requests/${booking.ref}`).expect(200)
  expect(wordsIn(colleague.text)).not.toContain('Olet esteellinen')
  await kerttu.post(`/desk/requests/${booking.ref}/${act}`).type('form').send(acts[act]).expect(which === 'waiting' && act === 'decisions' ? 409 : 303)
})

test.each(['approval', 'rejection', 'cancellation'] as const)('and in the API: %s', async (act) => {
  const the = await world()
  const { waiting, confirmed } = await both(the)
  const { token } = await issueToken(the.ctx, 'kalle', 'Ohjelma')
  const agent = await the.client()
  const { ref } = act === 'cancellation' ? confirmed : waiting
  const asked = act === 'cancellation' ? agent.delete(`/api/v1/bookings/${ref}`) : agent.post(`/api/v1/bookings/${ref}/${act}`)
  const { body } = await asked.set('authorization', `Bearer ${token}`).send(acts[act]).expect(409)
  expect((body as { refusals: { code: string }[] }).refusals.map(({ code }) => code)).toEqual(['own-request'])
})

test('who made a booking themselves still gives it up, and asks for its decision, as anybody does', async () => {
  const the = await world()
  const { own } = await both(the)
  const kalle = await the.client('kalle')
  await kalle.post(`/bookings/${own.ref}/decisions`).expect(303)
  await kalle.post(`/bookings/${own.ref}/cancellation`).expect(303)
  expect((await bookingNow(the, own.ref)).state).toBe('cancelled')
})

test('an official without a tie is not told to step aside', async () => {
  const the = await world()
  const { ref } = await requested(the)
  await approved(the, ref, 'kalle')
  const kalle = await the.client('kalle')
  expect(wordsIn((await kalle.get(`/desk/requests/${ref}`)).text)).not.toContain('Olet esteellinen')
  await kalle.post(`/desk/requests/${ref}/decisions`).expect(303)
})
