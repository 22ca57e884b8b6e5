import { and, eq } from 'drizzle-orm'
import supertest from 'supertest'
import { describe, expect, test } from 'vitest'
import { book, type Booked } from '../../src/bookings/actions.ts'
import { quoteBody } from '../../src/bookings/body.ts'
import { cancel } from '../../src/bookings/ending-actions.ts'
import { move } from '../../src/bookings/move-actions.ts'
import { offerOf } from '../../src/bookings/offer-store.ts'
import { quotedAs } from '../../src/bookings/preview-store.ts'
import { ownBooking } from '../../src/bookings/store.ts'
import { bookings, holds } from '../../src/bookings/table.ts'
import { issueForWish } from '../../src/decisions/actions.ts'
import { documentOf } from '../../src/decisions/document-words-pages.ts'
import { bans, memberships } from '../../src/people/table.ts'
import { issueToken } from '../../src/people/user-actions.ts'
import { banish, done, lifts } from '../decisions/bans.ts'
import { booked, documents, forSulka, persona, wordsOf } from '../decisions/town.ts'
import { club, declares } from '../people/club.ts'
import type { Name } from '../support/cast.ts'
import { world, type World } from '../support/world.ts'
import { send, wordsIn } from './form-reader.ts'
import { at, wishFor } from './wishes.ts'

type Own = Parameters<typeof wishFor>[3]
const tries = async (the: World, name: Name, space = 'luokka', own: Own = {}, day = '2026-11-26'): Promise<Booked> =>
  book(the.ctx, await persona(the, name), wishFor(space, `${day}T18:00`, `${day}T19:00`, own), { language: 'fi' })
const refusalsOf = (answer: { ok: boolean; refusals?: object[] } | null): object[] | undefined => (answer?.ok ? [] : answer?.refusals)
const school = { slug: 'kallion-koulu', name: { fi: 'Kallion koulu', en: 'Kallio School' } }
const atSchool = { code: 'banned', until: '2027-02-22', unit: school, whose: 'person' }

/** Olli has booked in the school, and is banned from it. */
async function banned(own: Parameters<typeof banish>[3] = {}, by: Name = 'kalle') {
  const the = await world()
  const booking = await booked(the)
  return { the, booking, ban: done(await banish(the, by, booking.ref, own)) }
}
/** Maija has booked for Kallion Sulka ry, which is banned from the school. */
async function clubBanned(own: Parameters<typeof banish>[3] = {}) {
  const the = await world()
  await club(the)
  const booking = await booked(the, 'maija', forSulka)
  return { the, booking, ban: done(await banish(the, 'kerttu', booking.ref, { whose: 'association', ...own })) }
}

describe('who is banned', () => {
  test('books nothing in the unit until the last day is over, and elsewhere as ever', async () => {
    const { the } = await banned()
    expect(refusalsOf(await tries(the, 'olli'))).toEqual([atSchool])
    expect(refusalsOf(await tries(the, 'olli', 'sali'))).toEqual([atSchool])
    expect(refusalsOf(await tries(the, 'olli', 'kokoushuone'))).toEqual([])
    expect(refusalsOf(await tries(the, 'maija'))).toEqual([])
    the.clock.set('2027-02-22T23:59:59+02:00')
    expect(refusalsOf(await tries(the, 'olli', 'luokka', {}, '2027-02-24'))).toEqual([atSchool])
    the.clock.set('2027-02-23T00:00:00+02:00')
    expect(refusalsOf(await tries(the, 'olli', 'luokka', {}, '2027-02-24'))).toEqual([])
  })

  test('not before the first day, and not once it is lifted', async () => {
    const { the, ban } = await banned({ from: '2026-11-24' })
    expect(refusalsOf(await tries(the, 'olli'))).toEqual([])
    the.clock.set('2026-11-24T00:00:00+02:00')
    expect(refusalsOf(await tries(the, 'olli', 'sali'))).toEqual([atSchool])
    done(await lifts(the, 'kalle', ban.id))
    expect(refusalsOf(await tries(the, 'olli', 'sali'))).toEqual([])
  })

  test('from the whole city books nowhere', async () => {
    const { the } = await banned({ where: 'city' }, 'kerttu')
    for (const space of ['luokka', 'kokoushuone']) expect(refusalsOf(await tries(the, 'olli', space))).toEqual([{ ...atSchool, unit: null }])
  })

  test('is told every reason at once', async () => {
    const { the, booking } = await banned()
    done(await banish(the, 'kerttu', booking.ref, { where: 'city', to: '2026-12-31' }))
    await tries(the, 'maija')
    expect(refusalsOf(await tries(the, 'olli', 'luokka', { facts: { people: 31 } }))?.map((one) => (one as { code: string }).code))
      .toEqual(['taken', 'too-many-people', 'banned', 'banned'])
  })

  test('keeps what is booked, gives it up, and moves nothing', async () => {
    const { the, booking } = await banned()
    const olli = await persona(the, 'olli')
    const to = { start: at('2026-12-11T18:00'), end: at('2026-12-11T20:00') }
    expect(refusalsOf(await move(the.ctx, olli, booking.ref, to))).toEqual([atSchool])
    const page = await (await the.client('olli')).get(`/bookings/${booking.ref}/move?date=2026-12-11&from=18:00&to=20:00`).expect(200)
    expect(wordsIn(page.text)).toContain('Sinulla on varauskielto paikassa Kallion koulu.')
    expect(await ownBooking(the.ctx.db, 'olli', booking.ref)).toMatchObject({ state: 'confirmed', startsAt: booking.startsAt })
    expect(await cancel(the.ctx, (db) => ownBooking(db, 'olli', booking.ref), { person: olli, mover: 'owner', reason: null })).toMatchObject({ ok: true })
  })

  test('does not book in the name of an association either', async () => {
    const the = await world()
    const { ref } = await booked(the, 'maija')
    done(await banish(the, 'kerttu', ref))
    expect(refusalsOf(await tries(the, 'maija', 'luokka', forSulka))).toEqual([atSchool])
  })

  test('is told on the form, keeps no time by it, and gets the refusal in writing', async () => {
    const { the } = await banned()
    const olli = await the.client('olli')
    const wish = '/bookings/new?space=luokka&date=2026-11-26&from=18:00&to=20:00&applicant=unregistered_group&purpose=hobby&people=10&openToAll=yes&entryFee=no'
    const sentence = 'Sinulla on varauskielto paikassa Kallion koulu. Kielto on voimassa vielä maanantaina 22.2.2027. Päätöksen löydät Omat varaukset -sivulta.'
    const page = await olli.get(`${wish}&step=wish`).expect(200)
    expect(wordsIn(page.text)).toContain(sentence)
    const refused = await send(olli, page.text, '/bookings/new').expect(409)
    expect(wordsIn(refused.text)).toContain(sentence)
    expect(await the.ctx.db.select().from(holds)).toEqual([])
    // Who has not said who they are hears nothing.
    expect((await (await the.client()).get(wish).expect(200)).text).not.toContain('varauskielto')
    const wanted = wishFor('luokka', '2026-11-26T18:00', '2026-11-26T20:00')
    const written = await issueForWish(the.ctx, await persona(the, 'olli'), wanted, { tell: documentOf, holdOwner: null })
    expect(written?.ok && wordsOf(written.decision)).toContain(sentence)
    const [first] = (await documents(the)).filter(({ kind }) => kind === 'ban')
    expect(written?.ok && wordsOf(written.decision)).toContain(`Varauskielto perustuu päätökseen ${first!.ref}. Sääntö: `)
    expect(written?.ok && wordsOf(written.decision)).toContain('Kolmannesta merkinnästä 12 kuukauden aikana menetät oikeuden varata tiloja 3 kuukaudeksi.')
  })

  test('is told by the page of the space, whether they said who asks or not', async () => {
    const { the } = await banned()
    const asked = '/spaces/luokka?at=2026-11-26T18:00&minutes=120'
    for (const path of [asked, `${asked}&applicant=unregistered_group&purpose=hobby&people=10&openToAll=yes`]) {
      const said = async (name?: Name): Promise<[boolean, boolean]> => {
        const words = wordsIn((await (await the.client(name)).get(path).expect(200)).text)
        return [words.includes('Sinulla on varauskielto paikassa Kallion koulu.'), words.includes('Varaa tämä aika')]
      }
      expect([path, await said('olli'), await said('maija'), await said()]).toEqual([path, [true, false], [false, true], [false, true]])
    }
  })

  test('is told at their own page, with the way to the decision', async () => {
    const { the, ban } = await banned()
    const [document] = await documents(the)
    const olli = await the.client('olli')
    const page = await olli.get('/me').expect(200)
    expect(wordsIn(page.text)).toContain('Sinulla on varauskielto paikassa Kallion koulu: 23.11.2026–22.2.2027, molemmat päivät mukaan lukien.')
    expect(page.text).toContain(`href="/decisions/${document!.ref}"`)
    for (const [lang, said] of [['sv', 'Du har bokningsförbud på Kallion koulu: 23.11.2026–22.2.2027'], ['en', 'You are banned from booking at Kallio School']] as const) {
      expect(wordsIn((await olli.get(`/${lang}/me`)).text)).toContain(said)
    }
    expect(wordsIn((await (await the.client('maija')).get('/me')).text)).not.toContain('varauskielto')
    done(await lifts(the, 'kalle', ban.id))
    expect(wordsIn((await olli.get('/me')).text)).not.toContain('varauskielto')
  })
})

describe('an association', () => {
  const byClub = { ...atSchool, whose: 'association' }

  test('is not booked for by its confirmed members, who still book for themselves', async () => {
    const { the } = await clubBanned()
    expect(refusalsOf(await tries(the, 'maija', 'luokka', forSulka))).toEqual([byClub])
    expect(refusalsOf(await tries(the, 'kalle', 'luokka', forSulka))).toEqual([byClub])
    expect(refusalsOf(await tries(the, 'maija', 'kokoushuone', forSulka))).toEqual([])
    expect(refusalsOf(await tries(the, 'maija'))).toEqual([])
  })

  test('cannot have its bookings moved', async () => {
    const { the, booking } = await clubBanned()
    const to = { start: at('2026-12-11T18:00'), end: at('2026-12-11T20:00') }
    expect(refusalsOf(await move(the.ctx, await persona(the, 'maija'), booking.ref, to))).toEqual([byClub])
  })

  test('tells its members on the form and on their own pages', async () => {
    const { the } = await clubBanned()
    const maija = await the.client('maija')
    const details = await maija.get('/bookings/new/details?space=luokka&date=2026-11-26&from=18:00&to=20:00&applicant=registered_association&purpose=meeting&people=10&openToAll=yes&entryFee=no').expect(200)
    const refused = await send(maija, details.text, '/bookings/new/details', { title: 'Kokous', responsibleName: 'Maija', responsiblePhone: '040 123 4567', association: 'register_number:123456' }).expect(409)
    expect(wordsIn(refused.text)).toContain('Yhdistykselläsi on varauskielto paikassa Kallion koulu.')
    // Kalle only books for it: he is told, and has no document.
    for (const [name, links] of [['maija', 1], ['kalle', 0]] as const) {
      const { text } = await (await the.client(name)).get('/me').expect(200)
      expect(wordsIn(text)).toContain('Yhdistykselläsi Kallion Sulka ry on varauskielto paikassa Kallion koulu')
      expect([...text.matchAll(/href="\/decisions\/TVP-/g)]).toHaveLength(links)
    }
  })

  test('is nothing to whoever only names its number: no refusal, no word, no trace', async () => {
    const naming: Own = { ...forSulka, association: { ...forSulka.association, name: 'Sulka' } }
    const seen = async (isBanned: boolean): Promise<unknown[]> => {
      const { the, booking } = await clubBanned(isBanned ? {} : { to: '2026-11-23' })
      the.clock.set('2026-11-24T09:00:00+02:00')
      await cancel(the.ctx, (db) => ownBooking(db, 'maija', booking.ref), { person: await persona(the, 'maija'), mover: 'owner', reason: null })
      await declares(the, 'olli', 'Sulka')
      const olli = await the.client('olli')
      const form = await olli.get('/bookings/new/details?space=luokka&date=2026-11-26&from=18:00&to=20:00&applicant=registered_association&purpose=meeting&people=10&openToAll=yes&entryFee=no&association=register_number:123456')
      const written = await issueForWish(the.ctx, await persona(the, 'olli'), wishFor('luokka', '2026-11-26T18:00', '2026-11-26T20:00', naming), { tell: documentOf, holdOwner: null })
      return [refusalsOf(written), wordsIn(form.text), refusalsOf(await tries(the, 'olli', 'luokka', naming)), wordsIn((await olli.get('/me')).text).split('Missä olet kirjautuneena')[0], wordsIn((await olli.get('/associations')).text)]
    }
    const [with_, without] = [await seen(true), await seen(false)]
    expect(with_).toEqual(without)
    expect(with_[2]).toEqual([])
  })

  test('is theirs no more once they have left it', async () => {
    const { the } = await clubBanned()
    await the.ctx.db.transaction(async (db) => void (await db.delete(memberships).where(and(eq(memberships.personId, 'maija'), eq(memberships.associationId, 'sulka')))))
    expect(wordsIn((await (await the.client('maija')).get('/me')).text)).not.toContain('varauskielto')
  })
})

describe('in the API', () => {
  test('it is a refusal like the others', async () => {
    const { the, booking } = await banned()
    const { token } = await issueToken(the.ctx, 'olli', 'testi')
    const http = supertest(the.app)
    const body = {
      space: 'luokka', start: '2026-11-26T18:00', end: '2026-11-26T20:00', applicant: 'unregistered_group', purpose: 'hobby', people: 10, openToAll: true,
      title: 'Neulekerho', responsible: { name: 'Olli', phone: '040 123 4567' }, acceptTerms: true,
    }
    const refused = await http.post('/api/v1/bookings').set({ authorization: `Bearer ${token}`, 'idempotency-key': 'k' }).send(body).expect(409).expect('Content-Type', /problem/)
    expect(refused.body).toMatchObject({ code: 'refused', refusals: [atSchool] })
    const moved = await http.post(`/api/v1/bookings/${booking.ref}/move`).set('authorization', `Bearer ${token}`).send({ start: '2026-12-11T18:00', end: '2026-12-11T20:00' }).expect(409)
    expect(moved.body).toMatchObject({ refusals: [atSchool] })
    expect((await http.post('/api/v1/quotes').set('authorization', `Bearer ${token}`).send(body).expect(200)).body).toMatchObject({ refusals: [atSchool] })
    // Without a key it is about the wish, not about who asks.
    expect((await http.post('/api/v1/quotes').send(body).expect(200)).body).toMatchObject({ refusals: [] })
  })

  test('a quote tells an association’s ban to its members and to nobody who only names its number', async () => {
    const { the } = await clubBanned()
    await declares(the, 'olli', 'Sulka')
    const body = { space: 'luokka', start: '2026-11-26T18:00', end: '2026-11-26T20:00', applicant: 'registered_association', purpose: 'hobby', people: 10, openToAll: true, association: '123.456' }
    const quoted = async (name?: Name): Promise<unknown> => {
      const key = name && { authorization: `Bearer ${(await issueToken(the.ctx, name, 'testi')).token}` }
      const { refusals } = (await supertest(the.app).post('/api/v1/quotes').set(key ?? {}).send(body).expect(200)).body as { refusals: object[] }
      const { listed, edition } = (await offerOf(the.ctx.db, 'luokka', the.clock.now()))!
      const known = await quotedAs(the.ctx.db, name ? await persona(the, name) : null, quoteBody.parse(body), { unit: listed.unit, edition, now: the.clock.now() })
      return [refusals, known.association]
    }
    expect(await quoted('maija')).toEqual([[{ ...atSchool, whose: 'association' }], 'verified'])
    expect(await quoted('olli')).toEqual([[], 'declared'])
    expect(await quoted()).toEqual([[], 'declared'])
  })
})

test('a booking and a ban at once: whoever commits first counts, for a person and for an association', async () => {
  for (const whose of ['person', 'association'] as const) {
    for (let round = 0; round < 4; round++) {
      const the = await world()
      const { ref } = await booked(the, 'maija', forSulka)
      const inForce: number[] = []
      const booking = async (day: string): Promise<Booked> => book(the.ctx, await persona(the, 'maija'), wishFor('luokka', `2026-11-${day}T18:00`, `2026-11-${day}T19:00`, forSulka), {
        language: 'fi', also: async (db) => void inForce.push((await db.select().from(bans)).length),
      })
      const all = await Promise.all([
        booking('25'), ...(round % 2 ? [banish(the, 'kerttu', ref, { whose })] : []), booking('26'), ...(round % 2 ? [] : [banish(the, 'kerttu', ref, { whose })]), booking('27'),
      ])
      const made = await the.ctx.db.select().from(bookings)
      // No booking was written where the ban already stood, and each refusal is the ban's.
      expect(inForce).toEqual(inForce.map(() => 0))
      expect(made).toHaveLength(1 + inForce.length)
      expect(all.filter((one) => one?.ok === false).map((one) => refusalsOf(one))).toEqual(Array.from({ length: 3 - inForce.length }, () => [{ ...atSchool, whose }]))
    }
  }
})
