import { expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { personById } from '../../src/people/store.ts'
import { units } from '../../src/spaces/table.ts'
import { settleRestrictions } from '../../src/spaces/restriction-actions.ts'
import { allRestrictions } from '../../src/spaces/restriction-store.ts'
import { eq } from 'drizzle-orm'
import { wishFor } from '../bookings/wishes.ts'
import { restricted } from '../support/restricted.ts'
import { world, type World } from '../support/world.ts'

const words = (html: string): string => html.replace(/<script[\s\S]*?<\/script>|<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const texts = (name: string, said: string) => Object.fromEntries(['Fi', 'Sv', 'En', 'Plain'].map((tongue) => [`${name}${tongue}`, `${said} (${tongue})`]))
const decision = { number: 'HEL 2026-000321', date: '2026-11-20', ...texts('body', 'Lautakunta') }
const stage = { unit: 'kallion-koulu', place: 'luokka', ...texts('what', 'Näyttämö'), ...texts('reason', 'Näyttämö korjataan.'), validFrom: '2026-11-23', validTo: '2026-12-31', ...decision }
const read = async (w: World, path: string, name?: Parameters<World['client']>[0]): Promise<string> => words((await (await w.client(name)).get(path).expect(200)).text)

async function booked(w: World): Promise<string> {
  const person = await personById(w.ctx.db, w.cast.maija)
  const done = await book(w.ctx, person!, wishFor('luokka', '2026-12-15T18:00', '2026-12-15T19:00'), { language: 'fi' })
  return done.ok ? done.booking.state : done.refusals.map(({ code }) => code).join()
}

test('Kerttu limits a classroom by a decision: residents read why and until when, staff decide, and she ends it for a reason', async () => {
  const w = await world()
  const kerttu = await w.client('kerttu')
  const choice = (await kerttu.get('/sv/desk/restrictions/new').expect(200)).text
  expect(choice).toContain('<option value="kallion-koulu"')
  const form = (await kerttu.get('/sv/desk/restrictions/new?unit=kallion-koulu').expect(200)).text
  expect(words(form)).toContain('Under begränsningen beslutar personalen om varje ny bokning.')
  expect(form).toContain('<option value="luokka"')
  const made = await kerttu.post('/sv/desk/restrictions').type('form').send(stage).expect(303)
  expect(made.headers['location']).toMatch(/^\/sv\/desk\/restrictions\/[\w-]+$/)

  expect(await read(w, '/sv/spaces/luokka')).toContain('Näyttämö (Sv) Näyttämö korjataan. (Sv)')
  const page = await read(w, '/rules/restrictions')
  expect(page).toContain('Näyttämö (Fi) Näyttämö korjataan. (Fi) Voimassa 23.11.2026–31.12.2026. Päätös HEL 2026-000321, 20.11.2026. Lautakunta (Fi) . 1 tila: Kallion koulu, Luokka 101')
  expect(await read(w, '/rules/restrictions?plain=1')).toContain('Näyttämö korjataan. (Plain)')
  expect(await booked(w)).toBe('requested')

  const [one] = await allRestrictions(w.ctx.db)
  const at = `/desk/restrictions/${one!.id}`
  const empty = await kerttu.post(`${at}/ending`).type('form').send({ ...decision, number: 'abc', reason: 'Valmis' }).expect(422)
  expect(empty.text).toContain('value="abc"')
  expect(empty.text).toContain('Valmis')
  await kerttu.post(`${at}/ending`).type('form').send({ ...decision, reason: 'Näyttämö valmistui.' }).expect(303)
  const told = await read(w, at, 'kerttu')
  expect(told).toContain('rajoitus kirjattiin (Kerttu')
  expect(told).toContain('rajoitus lopetettiin päätöksellä (Kerttu')
  expect(told).toContain('Näyttämö valmistui.')
  expect(await read(w, '/spaces/luokka')).not.toContain('Näyttämö (Fi)')
  // What was ended goes on from today, not from the day it was meant to end.
  expect((await kerttu.get(`/desk/restrictions/new?after=${one!.id}`)).text).toContain('value="2026-11-23"')
  const again = await kerttu.post(`${at}/ending`).type('form').send({ ...decision, reason: 'Taas' }).expect(303)
  expect(words((await kerttu.get(again.headers['location']!)).text)).toContain('Rajoitus oli jo päättynyt.')
})

test.each([
  ['the first day is over', { validFrom: '2026-11-22' }, 'validFrom', 'Valitse tämä päivä tai myöhempi päivä.'],
  ['the last day is before the first', { validTo: '2026-11-22' }, 'validTo', 'Viimeinen päivä ei voi olla ennen ensimmäistä.'],
  ['it lasts longer than a year', { validTo: '2027-11-24' }, 'validTo', 'Rajoitus voi kestää enintään vuoden.'],
  ['a day that does not exist', { validTo: '2027-02-29' }, 'validTo', ''],
  ['no decision number', { number: ' ' }, 'number', ''],
  ['a decision number without a number', { number: 'abc' }, 'number', 'Kirjoita päätöksen numero.'],
  ['a character that turns the text around', { reasonSv: 'Näyttämö \u202e korjataan. (Sv)' }, 'reasonSv', 'Tekstissä on merkki, jota kukaan ei näe.'],
  ['a decision from the future', { date: '2026-11-24' }, 'date', ''],
  ['no plain Finnish', { reasonPlain: '' }, 'reasonPlain', ''],
  ['a space of another unit', { place: 'kokoushuone' }, 'place', ''],
])('is refused at its field, and nothing typed is lost: %s', async (_, wrong, field, message) => {
  const w = await world()
  const kerttu = await w.client('kerttu')
  const { text } = await kerttu.post('/desk/restrictions').type('form').send({ ...stage, ...wrong }).expect(422)
  expect(text).toContain(`id="${field}-error"`)
  expect(words(text)).toContain(message)
  expect(text).toContain('Näyttämö korjataan. (En)')
  expect(await allRestrictions(w.ctx.db)).toEqual([])
})

test('a year and not a day more', async () => {
  const w = await world()
  await (await w.client('kerttu')).post('/desk/restrictions').type('form').send({ ...stage, validTo: '2027-11-23' }).expect(303)
  expect((await allRestrictions(w.ctx.db)).map(({ validTo }) => validTo)).toEqual(['2027-11-23'])
})

test('a unit that lends nothing and whose day is over stands on top, until a decision goes on or ends it', async () => {
  const w = await world()
  await w.ctx.db.transaction(async (db) => {
    await db.insert(units).values({ ...(await db.select().from(units).where(eq(units.id, 'koulu')))[0]!, id: 'leiri', slug: 'leiri', name: { fi: 'Leiri' } }).returning()
  })
  await restricted(w.ctx, { id: 'leiri/camp', unitId: 'leiri', effect: 'not_lent', reason: { fi: 'Vain leirejä.', sv: 'Bara läger.', en: 'Camps only.' }, validTo: '2026-11-24' })
  w.clock.set('2026-11-25T09:00:00+02:00')
  await settleRestrictions(w.ctx)
  const kerttu = await w.client('kerttu')
  const list = (await kerttu.get('/en/desk/restrictions').expect(200)).text
  expect(words(list)).toContain('The last day has passed, the spaces are not open (1)')
  const next = (await kerttu.get(`/desk/restrictions/new?after=${encodeURIComponent('leiri/camp')}`).expect(200)).text
  expect(next).toContain('Vain leirejä.')
  expect(next).toMatch(/name="validFrom"[^>]*value="2026-11-25"|value="2026-11-25"[^>]*name="validFrom"/)
  expect(words(next)).toContain('Tässä toimipisteessä ei ole varattavia tiloja.')
  await kerttu.post('/desk/restrictions').type('form').send({ ...stage, unit: 'leiri', place: '', validFrom: '2026-11-25' }).expect(303)
  expect(await read(w, '/units/leiri')).toContain('Näyttämö korjataan. (Fi) Rajoitus on voimassa 31.12.2026 asti.')
  expect((await allRestrictions(w.ctx.db)).map(({ effect, state }) => [effect, state])).toEqual([['not_lent', 'over'], ['not_lent', 'in_force']])

  // The one that goes on begins the day after the other ends.
  const [, going] = await allRestrictions(w.ctx.db)
  expect((await kerttu.get(`/desk/restrictions/new?after=${going!.id}`)).text).toContain('value="2027-01-01"')
  await kerttu.post(`/desk/restrictions/${going!.id}/ending`).type('form').send({ ...decision, reason: 'Leirit loppuivat.' }).expect(303)
  // What went before it is told no more, and the desk owes nothing.
  expect(words((await kerttu.get('/en/desk/restrictions')).text)).not.toContain('The last day has passed')
  expect(await read(w, '/units/leiri')).not.toContain('Rajoitus')
  await kerttu.post(`/desk/restrictions/${encodeURIComponent('leiri/camp')}/ending`).type('form').send({ ...decision, reason: 'Leirit loppuivat.' }).expect(303)
  expect(await read(w, '/units/leiri')).not.toContain('Rajoitus')
})

test('what there is not is not found', async () => {
  const kerttu = await (await world()).client('kerttu')
  for (const path of ['/desk/restrictions/none', '/desk/restrictions/new?unit=none', '/desk/restrictions/new?after=none']) await kerttu.get(path).expect(404)
  await kerttu.post('/desk/restrictions').type('form').send({ ...stage, unit: 'none' }).expect(404)
  await kerttu.post('/desk/restrictions').type('form').send({}).expect(404)
  await kerttu.post('/desk/restrictions/none/ending').type('form').send(decision).expect(404)
})
