import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { timesAgain } from '../../src/bookings/again.ts'
import { cancel } from '../../src/bookings/ending-actions.ts'
import { ownBooking } from '../../src/bookings/store.ts'
import { bookings, holds, occupancies } from '../../src/bookings/table.ts'
import { personById } from '../../src/people/store.ts'
import { closures } from '../../src/spaces/table.ts'
import { markCatalogueChanged } from '../../src/spaces/store.ts'
import type { Name } from '../support/cast.ts'
import { world, type World } from '../support/world.ts'
import { formIn, linksTo, send, wordsIn } from './form-reader.ts'
import { at, wishFor } from './wishes.ts'

const person = async ({ ctx }: World, name: Name) => (await personById(ctx.db, name))!
const rows = async ({ ctx: { db } }: World) => ({ bookings: await db.select().from(bookings).orderBy(bookings.startsAt), holds: await db.select().from(holds), parts: await db.select().from(occupancies) })
const paths = { wish: '/bookings/new', details: '/bookings/new/details', check: '/bookings/new/check' }

async function made(the: World, name: Name, wish: ReturnType<typeof wishFor>) {
  const done = await book(the.ctx, await person(the, name), wish, { language: 'fi' })
  if (!done.ok) throw new Error(JSON.stringify(done.refusals))
  return done.booking
}

/** Maija's association practises in the classroom, on a Tuesday. */
const practice = wishFor('luokka', '2026-11-24T18:00', '2026-11-24T20:00', {
  title: 'Sulkien kokous', public: true, responsible: { name: 'Sirkka Vastuu', phone: '050 111 2222' },
  association: { kind: 'register_number', value: '123456' },
  facts: { applicant: 'registered_association', purpose: 'meeting', people: 12, openToAll: true, entryFee: false, localShare: 0.75, groups: ['pensioners'] },
})

describe('book again', () => {
  test('offers the same time next week with every answer filled in, and only the last button books', async () => {
    const the = await world()
    const { ref } = await made(the, 'maija', practice)
    const maija = await the.client('maija')
    const before = await rows(the)
    const page = await maija.get(`/bookings/${ref}`).expect(200)
    const [link = ''] = linksTo(page.text, 'Varaa uudelleen')
    expect(link).toBe(`/bookings/new?space=luokka&date=2026-12-01&from=18%3A00&to=20%3A00&again=${ref}`)
    expect(wordsIn(page.text)).toContain('sama aika ti 1.12. klo 18–20.')

    const last = await maija.get(link).expect(200)
    for (const said of ['tiistaina 1.12.2026 klo 18–20', 'Sulkien kokous', 'Kallion Sulka ry', 'Sirkka Vastuu 050 111 2222', 'Eläkeläiset', 'Vastaukset ovat aiemmasta varauksestasi ”Sulkien kokous” (24.11.2026).']) {
      expect(wordsIn(last.text)).toContain(said)
    }
    expect(formIn(last.text, paths.check)).toMatchObject({ date: '2026-12-01', from: '18:00', to: '20:00', again: ref, locals: '9', groups: 'pensioners', public: '1' })

    const [change = ''] = linksTo(last.text, 'Muuta : Aika ja käyttö')
    const wish = await maija.get(change).expect(200)
    expect(formIn(wish.text, paths.wish)).toMatchObject({
      space: 'luokka', date: '2026-12-01', from: '18:00', to: '20:00', again: ref, applicant: 'registered_association', purpose: 'meeting', people: '12',
      openToAll: 'yes', entryFee: 'no',
    })
    expect(await rows(the)).toEqual(before)

    const kept = await send(maija, wish.text, paths.wish).expect(303)
    const details = await maija.get(kept.headers['location']!).expect(200)
    const said = { title: 'Sulkien kokous', public: '1', association: 'register_number:123456', responsibleName: 'Sirkka Vastuu', responsiblePhone: '050 111 2222' }
    expect(formIn(details.text, paths.details)).toMatchObject({ ...said, locals: '9', groups: 'pensioners' })
    const given = await send(maija, details.text, paths.details, { title: 'Toinen kokous' }).expect(303)
    const check = await maija.get(given.headers['location']!).expect(200)
    expect(wordsIn(check.text)).toContain('Toinen kokous')
    const done = await send(maija, check.text, paths.check, { terms: 'example-1' }).expect(303)
    expect(done.headers['location']).not.toBe(`/bookings/${ref}`)
    const [first, second] = (await rows(the)).bookings
    expect(second).toMatchObject({
      title: 'Toinen kokous', public: true, people: 12, associationId: 'sulka', responsiblePhone: '050 111 2222', startsAt: at('2026-12-01T18:00'),
      decided: { facts: first!.decided.facts },
    })
  })

  test('what is changed on the way stays changed', async () => {
    const the = await world()
    const { ref } = await made(the, 'maija', practice)
    const maija = await the.client('maija')
    const link = `/bookings/new?space=luokka&date=2026-12-01&from=18:00&to=20:00&again=${ref}`
    const kept = await send(maija, (await maija.get(`${link}&step=wish`)).text, paths.wish).expect(303)
    const details = await maija.get(kept.headers['location']!)
    const { public: _, ...untick } = formIn(details.text, paths.details)
    const given = await maija.post(paths.details).type('form').send({ ...untick, title: 'Uusi nimi' }).expect(303)
    const back = given.headers['location']!.replace(paths.check, paths.details)
    const again = formIn((await maija.get(back).expect(200)).text, paths.details)
    expect([again['title'], again['public']]).toEqual(['Uusi nimi', undefined])
  })

  test('takes the first week that has the time, and the free times when none has', async () => {
    const the = await world()
    const { ref } = await made(the, 'maija', practice)
    await made(the, 'olli', wishFor('luokka', '2026-12-01T19:00', '2026-12-01T20:00'))
    const maija = await the.client('maija')
    const offered = async () => linksTo((await maija.get(`/bookings/${ref}`).expect(200)).text, 'Varaa uudelleen')
    expect(await offered()).toEqual([`/bookings/new?space=luokka&date=2026-12-08&from=18%3A00&to=20%3A00&again=${ref}`])
    await the.ctx.db.transaction(async (db) => {
      await db.insert(closures).values({ id: 'c1', unitId: null, spaceId: 'luokka', startsAt: at('2026-12-07T00:00'), endsAt: at('2027-02-01T00:00'), reason: { fi: 'Remontti' } }).returning()
      await markCatalogueChanged(db)
    })
    expect(await offered()).toEqual([])
    expect(linksTo((await maija.get(`/bookings/${ref}`)).text, 'Katso tilan vapaat ajat')).toEqual(['/spaces/luokka?people=12&applicant=registered_association&purpose=meeting&openToAll=1'])
  })

  test('works for what is past or given up, from today on', async () => {
    const the = await world()
    const { ref } = await made(the, 'maija', practice)
    await cancel(the.ctx, (db) => ownBooking(db, 'maija', ref), { person: await person(the, 'maija'), mover: 'owner', reason: null })
    the.clock.set('2027-01-13T12:00:00+02:00')
    const maija = await the.client('maija')
    const [link = ''] = linksTo((await maija.get(`/bookings/${ref}`).expect(200)).text, 'Varaa uudelleen')
    expect(link).toContain('date=2027-01-19&from=18%3A00&to=20%3A00')
    expect(formIn((await maija.get(link).expect(200)).text, paths.check)).toMatchObject({ people: '12', purpose: 'meeting' })
  })

  test('gives others nothing of it, signed in or not', async () => {
    const the = await world()
    const { ref } = await made(the, 'maija', practice)
    const link = `/bookings/new?space=luokka&date=2026-12-01&from=18:00&to=20:00&again=${ref}`
    const plain = { applicant: 'unregistered_group', purpose: 'hobby', people: '5', openToAll: 'yes', entryFee: 'no' }
    for (const agent of [await the.client('kalle'), await the.client('kerttu'), await the.client()]) {
      const wish = await agent.get(link).expect(200)
      expect(formIn(wish.text, paths.wish)).toMatchObject({ applicant: '', people: '' })
      expect(formIn(wish.text, paths.wish)['again']).toBeUndefined()
      const kept = await agent.post(paths.wish).type('form').send({ ...formIn(wish.text, paths.wish), ...plain, again: ref, asked: 'openToAll entryFee locals youths groups' })
      expect([kept.status, wordsIn(kept.text)]).toEqual([303, wordsIn(kept.text)])
      const { text } = await agent.get(kept.headers['location']!).expect(200)
      for (const secret of ['Sulkien kokous', 'Sirkka Vastuu', '050 111 2222']) expect(wish.text + text).not.toContain(secret)
      await agent.post('/bookings/new/release').type('form').send({ space: 'luokka' })
    }
  })

  test('a time kept for something else does not lend it its answers', async () => {
    const the = await world()
    const { ref } = await made(the, 'maija', practice)
    const maija = await the.client('maija')
    const other = { applicant: 'unregistered_group', purpose: 'hobby', people: '5', openToAll: 'yes', entryFee: 'no', asked: 'openToAll entryFee locals youths groups' }
    await maija.post(paths.wish).type('form').send({ space: 'luokka', date: '2026-11-26', from: '18:00', to: '19:00', ...other }).expect(303)
    const wish = await maija.get(`/bookings/new?space=luokka&date=2026-12-01&from=18:00&to=20:00&again=${ref}`)
    expect(formIn(wish.text, paths.check)).toMatchObject({ people: '12', purpose: 'meeting', title: 'Sulkien kokous' })
  })
})

describe('the weeks after', () => {
  const starts = (times: { start: number }[]): string[] => times.map(({ start }) => new Date(start).toISOString())

  test('keep the clock time over the autumn change, and pass over a night that has it twice', () => {
    const evening = { start: Date.parse('2026-10-20T18:00:00+03:00'), end: Date.parse('2026-10-20T20:00:00+03:00') }
    expect(starts(timesAgain(evening, evening.start, false)).slice(0, 2)).toEqual(['2026-10-27T16:00:00.000Z', '2026-11-03T16:00:00.000Z'])
    const night = { start: Date.parse('2026-10-18T03:00:00+03:00'), end: Date.parse('2026-10-18T04:30:00+03:00') }
    expect(starts(timesAgain(night, night.start, true))[0]).toBe('2026-11-01T01:00:00.000Z')
  })

  test('pass over the spring night that lacks the time', () => {
    const night = { start: Date.parse('2027-03-21T03:15:00+02:00'), end: Date.parse('2027-03-21T05:00:00+02:00') }
    expect(starts(timesAgain(night, night.start, true))[0]).toBe('2027-04-04T00:15:00.000Z')
  })

  test('start after now, however long ago it was', () => {
    const old = { start: at('2024-11-26T18:00'), end: at('2024-11-26T20:00') }
    expect(starts(timesAgain(old, at('2026-11-24T18:00'), false))).toEqual(['2026-12-01T16:00:00.000Z', '2026-12-08T16:00:00.000Z', '2026-12-15T16:00:00.000Z', '2026-12-22T16:00:00.000Z'])
    expect(starts(timesAgain(old, at('2026-11-24T17:59'), false))[0]).toBe('2026-11-24T16:00:00.000Z')
  })
})
