import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { bookings } from '../../src/bookings/table.ts'
import { wordsIn } from '../bookings/form-reader.ts'
import { wishFor } from '../bookings/wishes.ts'
import { world, type World } from '../support/world.ts'
import { asks, bookingNow, given, persona, requested, speaks } from './town.ts'

/** The forms of the desk whose words the applicant reads, and those words where they are read. */

test('an official is told in which language the applicant reads, and the fields carry it', async () => {
  const the = await world()
  const { ref } = await requested(the, 'olli', { language: 'sv' })
  const kalle = await the.client('kalle')
  const { text } = await kalle.get(`/desk/requests/${ref}`).expect(200)
  expect(wordsIn(text)).toContain('Hakija lukee päätöksen ruotsiksi. Kirjoita viesti ruotsiksi.')
  expect(wordsIn(text)).toContain('Hakija lukee päätöksen ruotsiksi. Kirjoita perustelut ruotsiksi.')
  expect([...text.matchAll(/<textarea [^>]*lang="(\w+)"/g)].map(([, lang]) => lang)).toEqual(['sv', 'sv'])
  const english = wordsIn((await kalle.get(`/en/desk/requests/${ref}`).expect(200)).text)
  expect(english).toContain('The applicant reads the decision in Swedish. Write the reasons in Swedish.')
  await kalle.post(`/desk/requests/${ref}/approval`).type('form').send({ reason: 'Välkommen!' }).expect(303)
  const confirmed = (await kalle.get(`/desk/requests/${ref}`).expect(200)).text
  expect(confirmed).toContain('<dd lang="sv">Välkommen!</dd>')
  expect(confirmed).toMatch(/<textarea [^>]*lang="sv"/)

  const olli = await the.client('olli')
  expect((await olli.get(`/bookings/${ref}`).expect(200)).text).toContain('<p lang="sv">Välkommen!</p>')
  expect((await olli.get(`/sv/bookings/${ref}`).expect(200)).text).toContain('<p>Välkommen!</p>')
  // The document is in the language that the applicant has now.
  await speaks(the, 'olli', 'en')
  const document = given(await asks(the, 'olli', ref))
  expect((await olli.get(`/decisions/${document.ref}`).expect(200)).text).toContain('<p lang="sv">Välkommen!</p>')
})

test('the words of who gave a booking up are nobody’s translation', async () => {
  const the = await world()
  const { ref } = await requested(the, 'olli', { language: 'sv' })
  const olli = await the.client('olli')
  await olli.post(`/bookings/${ref}/cancellation`).type('form').send({ reason: 'Olen kipeä.' }).expect(303)
  expect((await olli.get(`/bookings/${ref}`).expect(200)).text).toContain('<p>Olen kipeä.</p>')
})

/** Olli's request in the canteen that nobody is told of. */
async function muted(the: World, day: string): Promise<string> {
  const done = await book(the.ctx, await persona(the, 'olli'), wishFor('ruokasali', `${day}T18:00`, `${day}T20:00`), { language: 'fi', muted: true })
  if (!done.ok) throw new Error(JSON.stringify(done.refusals))
  return done.booking.ref
}

test.each([
  ['approval', [], { reason: '' }, 'Pyyntö on hyväksytty.'],
  ['rejection', [], { reason: 'Ei käy.' }, 'Pyyntöä ei hyväksytty.'],
  ['cancellation', ['approval'], { reason: 'Vesivahinko.' }, 'Varaus on peruttu.'],
] as const)('the %s of an example says that nobody is sent a message, and nobody is', async (deed, before, said, what) => {
  const the = await world()
  const ref = await muted(the, '2026-12-10')
  const kalle = await the.client('kalle')
  for (const one of before) await kalle.post(`/desk/requests/${ref}/${one}`).type('form').send({}).expect(303)
  if (before.length) await kalle.get('/desk/requests')
  await kalle.post(`/desk/requests/${ref}/${deed}`).type('form').send(said).expect(303)
  const flash = wordsIn((await kalle.get('/desk/requests').expect(200)).text)
  expect(flash).toContain(what)
  expect(flash).toContain('joten kukaan ei saa viestiä')
  expect(wordsIn((await kalle.get(`/desk/requests/${ref}`).expect(200)).text)).not.toContain('Hakija saa viestin')
  await the.settle()
  expect(the.mails()).toEqual([])
  expect((await bookingNow(the, ref)).muted).toBe(true)
  await the.ctx.db.transaction((db) => db.update(bookings).set({ muted: false }).where(eq(bookings.ref, ref)).returning())
  expect(wordsIn((await kalle.get(`/desk/requests/${ref}`).expect(200)).text)).toContain('Hakija saa viestin')
})
