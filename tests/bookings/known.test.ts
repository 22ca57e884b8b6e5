import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { filledIn } from '../../src/bookings/draft.ts'
import { termsAcceptedAt, usualWho } from '../../src/bookings/known-store.ts'
import { bookings } from '../../src/bookings/table.ts'
import { personById } from '../../src/people/store.ts'
import { memberships } from '../../src/people/table.ts'
import type { Name } from '../support/cast.ts'
import { world, type World } from '../support/world.ts'
import { formIn, linksTo, send, wordsIn, type Agent } from './form-reader.ts'
import { at, wishFor } from './wishes.ts'

const paths = { wish: '/bookings/new', details: '/bookings/new/details', check: '/bookings/new/check' }
const evening = 'space=luokka&date=2026-12-01&from=18:00&to=20:00'
const known = `/bookings/new?${evening}&purpose=meeting`
const source = 'Vastaukset ovat aiemmasta varauksestasi'
const person = async ({ ctx }: World, name: Name) => (await personById(ctx.db, name))!
const all = ({ ctx: { db } }: World) => db.select().from(bookings).orderBy(bookings.startsAt)

async function made(the: World, name: Name, wish: ReturnType<typeof wishFor>, muted = false) {
  const done = await book(the.ctx, await person(the, name), wish, { language: 'fi', muted })
  if (!done.ok) throw new Error(JSON.stringify(done.refusals))
  the.clock.set(the.clock.now() + 60_000)
  return done.booking
}

const meeting = { applicant: 'registered_association', purpose: 'meeting', people: 12, openToAll: true, entryFee: false, localShare: 0.75, groups: ['pensioners'] } as const
/** Maija's association meets in the classroom, on a Tuesday. */
const practice = (own: Parameters<typeof wishFor>[3] = {}, day = '24') => wishFor('luokka', `2026-11-${day}T18:00`, `2026-11-${day}T20:00`, {
  title: 'Sulkien kokous', public: true, responsible: { name: 'Sirkka Vastuu', phone: '050 111 2222' },
  association: { kind: 'register_number', value: '123456' }, ...own, facts: { ...meeting, ...own.facts },
})
const leaves = ({ ctx }: World, name: Name): Promise<unknown> =>
  ctx.db.transaction((db) => db.delete(memberships).where(and(eq(memberships.personId, name), eq(memberships.associationId, 'sulka'))).returning())

describe('who is known', () => {
  test('goes from the list to the last look, and books with one button', async () => {
    const the = await world()
    await made(the, 'maija', practice())
    const maija = await the.client('maija')
    const list = await maija.get('/spaces?purpose=meeting&people=6&date=2026-12-01&from=18:00&minutes=60&near=Kallio').expect(200)
    expect(list.text).toContain('<option value="registered_association" selected>')
    const link = linksTo(list.text, 'Luokka 101').find((href) => href.startsWith(paths.wish))!
    expect(link).toBe('/bookings/new?space=luokka&date=2026-12-01&from=18%3A00&to=19%3A00&people=6&applicant=registered_association&purpose=meeting&openToAll=1')

    const last = await maija.get(link).expect(200)
    const told = [
      `${source} ”Sulkien kokous” (24.11.2026). Tarkista, että ne pitävät nytkin paikkansa.`, 'tiistaina 1.12.2026 klo 18–19', '6 henkeä', 'Eläkeläiset',
      'Kallion Sulka ry', 'Sirkka Vastuu 050 111 2222', 'Nimi näkyy', 'Hyväksyit nämä ehdot (versio example-1) 23.11.2026', 'Maksuton · Vahvistuu heti',
    ]
    for (const said of told) expect(wordsIn(last.text)).toContain(said)
    expect(last.text).not.toContain('Emme enää pidä aikaa')
    const done = await send(maija, last.text, paths.check).expect(303)
    await maija.get(done.headers['location']!).expect(200)
    const { responsible: { name, phone }, title } = practice()
    expect((await all(the))[1]).toMatchObject({
      state: 'confirmed', title, public: true, people: 6, associationId: 'sulka', responsibleName: name, responsiblePhone: phone, termsVersion: 'example-1', charge: 'free',
      startsAt: at('2026-12-01T18:00'), endsAt: at('2026-12-01T19:00'),
      decided: { facts: { ...meeting, people: 6, localShare: 5 / 6, association: 'verified', activities: [] } },
    })
  })

  test('is the one who booked last for that purpose, and as that applicant when one is named', async () => {
    const the = await world()
    await made(the, 'maija', practice())
    await made(the, 'maija', wishFor('kokoushuone', '2026-11-25T18:00', '2026-11-25T19:00', { title: 'Oma kokous', facts: { applicant: 'private_person', purpose: 'meeting', people: 3, entryFee: false } }))
    await made(the, 'maija', wishFor('luokka', '2026-11-26T18:00', '2026-11-26T19:00', { title: 'Lukupiiri', facts: { entryFee: false } }))
    const maija = await the.client('maija')
    const last = async (more: string) => wordsIn((await maija.get(`/bookings/new?${evening}${more}`)).text)
    expect(await last('&purpose=meeting')).toContain(`${source} ”Oma kokous”`)
    expect(await last('&purpose=meeting&applicant=registered_association&openToAll=1')).toContain(`${source} ”Sulkien kokous”`)
    expect(await last('&purpose=hobby')).toContain(`${source} ”Lukupiiri”`)
    const { ctx } = the
    expect(await usualWho(ctx.db, await person(the, 'maija'), 'meeting')).toEqual({ applicant: 'private_person', openToAll: true })
    expect(await usualWho(ctx.db, await person(the, 'maija'), 'sport')).toBeNull()
    expect(await usualWho(ctx.db, await person(the, 'kalle'), 'meeting')).toBeNull()
    await ctx.db.transaction((db) => db.update(bookings).set({ state: 'declined' }).where(eq(bookings.title, 'Oma kokous')).returning())
    expect(await last('&purpose=meeting')).toContain(`${source} ”Sulkien kokous”`)
  })

  test('needs no purpose where the latest one suits the space', async () => {
    const the = await world()
    await made(the, 'maija', practice())
    const maija = await the.client('maija')
    expect(wordsIn((await maija.get(`/bookings/new?${evening}`)).text)).toContain(source)
    expect(wordsIn((await maija.get(`/bookings/new?${evening.replace('luokka', 'sali')}`)).text)).not.toContain(source)
  })

  test('is asked what the answers leave open, with the rest filled in', async () => {
    const the = await world()
    await made(the, 'maija', practice({ facts: { purpose: 'hobby', entryFee: true, groups: [], openToAll: false, localShare: 0 }, payer: { name: 'Sulka', address: 'Katu 1' } }))
    const maija = await the.client('maija')
    const paid = await maija.get(`/bookings/new?${evening}&purpose=hobby`)
    expect(wordsIn(paid.text)).toContain('Sulka Katu 1')
    await the.ctx.db.transaction((db) => db.update(bookings).set({ payerName: null, payerAddress: null }).returning())
    const open = await maija.get(`/bookings/new?${evening}&purpose=hobby`)
    expect(formIn(open.text, paths.wish)).toMatchObject({ step: 'wish', applicant: 'registered_association', people: '12', openToAll: 'no', entryFee: 'yes' })
    expect(wordsIn(open.text)).toContain(source)
    const kept = await send(maija, open.text, paths.wish).expect(303)
    const details = await maija.get(kept.headers['location']!).expect(200)
    expect(formIn(details.text, paths.details)).toMatchObject({ title: 'Sulkien kokous', association: 'register_number:123456', payerName: 'Maija Mallikas', payerAddress: '' })
  })

  test('is not overruled on openness where the list reckoned without it', async () => {
    const the = await world()
    await made(the, 'maija', practice({ facts: { purpose: 'hobby', groups: [], localShare: 0.5 }, payer: { name: 'Sulka', address: 'Katu 1' } }))
    const maija = await the.client('maija')
    const link = `/bookings/new?${evening.replace('12-01', '12-08')}&purpose=hobby&applicant=registered_association`
    expect(formIn((await maija.get(link)).text, paths.wish)['openToAll']).toBeUndefined()
    expect(formIn((await maija.get(`${link}&openToAll=no`)).text, paths.check)['openToAll']).toBe('no')
  })

  test('finds the details filled in after signing in halfway', async () => {
    const the = await world()
    await made(the, 'maija', practice())
    const maija = await the.client('maija')
    const wish = `${evening}&purpose=meeting&applicant=registered_association&people=4&openToAll=yes&entryFee=no`
    const details = await maija.get(`${paths.details}?${wish}`).expect(200)
    expect(wordsIn(details.text)).toContain(source)
    expect(formIn(details.text, paths.details)).toMatchObject({ title: 'Sulkien kokous', responsibleName: 'Sirkka Vastuu', people: '4' })
    expect(formIn(details.text, paths.details)['groups']).toBeUndefined()
  })

  test.each([['/sv', 'Svaren är från din tidigare bokning ”Sulkien kokous”', 'Du godkände'], ['/en', 'The answers are from your earlier booking “Sulkien kokous”', 'You accepted']])('is told so in every language (%s)', async (prefix, ...told) => {
    const the = await world()
    await made(the, 'maija', practice())
    const { text } = await (await the.client('maija')).get(`${prefix}${known}`).expect(200)
    for (const said of told) expect(wordsIn(text)).toContain(said)
  })
})

describe('what is known is nobody else’s', () => {
  const secrets = ['Sulkien kokous', 'Sirkka Vastuu', '050 111 2222', 'Sulkien lasku']
  const silent = async (agent: Agent, path: string): Promise<void> => {
    const { text } = await agent.get(path).expect(200)
    for (const secret of [...secrets, source, 'Hyväksyit nämä ehdot']) expect(text).not.toContain(secret)
  }

  test('another person, a fellow member or a visitor starts with an empty form', async () => {
    const the = await world()
    const { ref } = await made(the, 'maija', practice({ payer: { name: 'Sulkien lasku', address: 'Katu 1' } }))
    for (const agent of [await the.client('kalle'), await the.client('olli'), await the.client('kerttu'), await the.client()]) {
      for (const more of ['', '&applicant=registered_association', `&again=${ref}`, `&again=${ref.toLowerCase()}`, `&again=${ref}&again=x`]) {
        await silent(agent, known + more)
        await silent(agent, `${known}${more}&step=wish`)
        await silent(agent, `${paths.details}?${evening}&purpose=meeting&people=3&applicant=registered_association&openToAll=yes&entryFee=no${more}`)
      }
      expect((await agent.get('/spaces?purpose=meeting')).text).not.toContain('<option value="registered_association" selected>')
    }
  })

  test('another’s reference goes no further, however it is sent', async () => {
    const the = await world()
    const { ref } = await made(the, 'maija', practice())
    const wish = { space: 'luokka', date: '2026-12-01', from: '18:00', to: '20:00', applicant: 'private_person', purpose: 'hobby', people: '3', openToAll: 'yes', entryFee: 'no' }
    const given = await (await the.client('olli')).post(paths.details).type('form')
      .send({ ...wish, again: ref, title: 'Oma', responsibleName: 'Olli', responsiblePhone: '040 123 4567' }).expect(303)
    expect(given.headers['location']).toMatch(/check\?space=luokka/)
    expect(given.headers['location']).not.toContain('again')
  })

  test('who left an association books no more with what was answered for it', async () => {
    const the = await world()
    await made(the, 'maija', practice({ payer: { name: 'Sulkien lasku', address: 'Katu 1' } }))
    await leaves(the, 'maija')
    const maija = await the.client('maija')
    const { text } = await maija.get(known).expect(200)
    for (const secret of secrets) expect(text).not.toContain(secret)
    expect(formIn(text, paths.wish)).toMatchObject({ applicant: '', people: '' })
    expect(await usualWho(the.ctx.db, await person(the, 'maija'), 'meeting')).toBeNull()

    await made(the, 'maija', wishFor('kokoushuone', '2026-11-25T18:00', '2026-11-25T19:00', { title: 'Oma kokous', facts: { purpose: 'meeting', people: 3, entryFee: false } }))
    await made(the, 'kalle', practice({ title: 'Kallen oma' }, '26'))
    expect(wordsIn((await maija.get(known)).text)).toContain(`${source} ”Oma kokous”`)
  })

  test('an earlier booking of a former association is no shortcut by its reference either', async () => {
    const the = await world()
    const { ref } = await made(the, 'maija', practice())
    await leaves(the, 'maija')
    const { text } = await (await the.client('maija')).get(`/bookings/new?${evening}&again=${ref}`).expect(200)
    expect(text).not.toContain('Kallion Sulka')
    expect(text).not.toContain('123456')
    formIn(text, paths.wish)
  })
})

describe('the last look', () => {
  test('lets every part be changed, and does not bounce back', async () => {
    const the = await world()
    await made(the, 'maija', practice())
    const maija = await the.client('maija')
    const last = await maija.get(known).expect(200)
    const [toWish = ''] = linksTo(last.text, 'Muuta : Aika ja käyttö')
    const wish = await maija.get(toWish).expect(200)
    const { groups: _, ...said } = formIn(wish.text, paths.wish)
    const kept = await maija.post(paths.wish).type('form').send({ ...said, people: '9' }).expect(303)
    const details = await maija.get(kept.headers['location']!).expect(200)
    expect(formIn(details.text, paths.details)).toMatchObject({ people: '9', title: 'Sulkien kokous' })
    const given = await send(maija, details.text, paths.details, { title: 'Vuosikokous' }).expect(303)
    const check = await maija.get(given.headers['location']!).expect(200)
    for (const words of ['Vuosikokous', '9 henkeä', 'Pidämme ajan sinulle']) expect(wordsIn(check.text)).toContain(words)

    // Who goes all the way back finds what was changed, not what was usual.
    const back = formIn((await maija.get(known).expect(200)).text, paths.check)
    expect([back['title'], back['people'], back['groups']]).toEqual(['Vuosikokous', '9', undefined])
    await send(maija, check.text, paths.check).expect(303)
    expect((await all(the))[1]).toMatchObject({ title: 'Vuosikokous', people: 9, decided: { facts: { groups: [] } } })

    const [toDetails = ''] = linksTo(last.text, 'Muuta : Tiedot')
    expect(formIn((await maija.get(toDetails).expect(200)).text, paths.details)['title']).toBe('Sulkien kokous')
  })

  test('of a time that is gone meanwhile tells other ones, each one look away, and keeps the answers', async () => {
    const the = await world()
    await made(the, 'maija', practice())
    const maija = await the.client('maija')
    const last = await maija.get(known).expect(200)
    await made(the, 'olli', wishFor('luokka', '2026-12-01T18:00', '2026-12-01T20:00'))
    const late = await send(maija, last.text, paths.check).expect(409)
    expect(wordsIn(late.text)).toContain('Tila on jo varattu klo 18–20.')
    expect(formIn(late.text, paths.check)).toMatchObject({ title: 'Sulkien kokous', groups: 'pensioners' })
    const gone = await maija.get(known).expect(200)
    expect(formIn(gone.text, paths.wish)).toMatchObject({ people: '12', openToAll: 'yes' })
    for (const { text } of [late, gone]) {
      const [other = ''] = linksTo(text, 'ke 2.12. klo 18–20')
      const next = await maija.get(other).expect(200)
      expect(formIn(next.text, paths.check)).toMatchObject({ date: '2026-12-02', title: 'Sulkien kokous', groups: 'pensioners' })
    }
    expect(await all(the)).toHaveLength(2)
  })

  test('leaves a time alone that is kept somewhere else', async () => {
    const the = await world()
    await made(the, 'maija', practice())
    const maija = await the.client('maija')
    const other = { space: 'kokoushuone', date: '2026-11-26', from: '18:00', to: '19:00', applicant: 'private_person', purpose: 'hobby', people: '3', openToAll: 'yes', entryFee: 'no', asked: 'openToAll entryFee locals youths groups' }
    await maija.post(paths.wish).type('form').send(other).expect(303)
    await send(maija, (await maija.get(known)).text, paths.check).expect(303)
    expect(linksTo((await maija.get('/bookings')).text, 'Jatka varaamista')[0]).toContain('space=kokoushuone')
  })

  test('a form that is being filled in is gone on with as it is', async () => {
    const the = await world()
    await made(the, 'maija', practice())
    const maija = await the.client('maija')
    const other = { space: 'luokka', date: '2026-12-01', from: '18:00', to: '20:00', applicant: 'private_person', purpose: 'hobby', people: '3', openToAll: 'yes', entryFee: 'no', asked: 'openToAll entryFee locals youths groups' }
    await maija.post(paths.wish).type('form').send(other).expect(303)
    const entry = await maija.get(`/bookings/new?${evening}`).expect(200)
    expect(formIn(entry.text, paths.wish)).toMatchObject({ applicant: 'private_person', people: '3' })
  })
})

describe('the terms', () => {
  const ticked = 'Olen lukenut ehdot ja hyväksyn ne'
  test('are ticked once for each version', async () => {
    const the = await world()
    await made(the, 'maija', practice(), true)
    const maija = await the.client('maija')
    const first = await maija.get(known).expect(200)
    expect(wordsIn(first.text)).toContain(ticked)
    expect(wordsIn(first.text)).not.toContain('Hyväksyit nämä ehdot')
    await send(maija, first.text, paths.check).expect(422)
    await send(maija, first.text, paths.check, { terms: 'example-1' }).expect(303)
    const second = await maija.get(known.replace('12-01', '12-02')).expect(200)
    expect(wordsIn(second.text)).toContain('Hyväksyit nämä ehdot (versio example-1) 23.11.2026')
    expect(wordsIn(second.text)).not.toContain(ticked)
    expect(wordsIn(second.text)).toContain('Korvaat vahingot')

    await the.ctx.db.transaction((db) => db.update(bookings).set({ termsVersion: 'example-0' }).returning())
    const third = await maija.get(known.replace('12-01', '12-02')).expect(200)
    expect(wordsIn(third.text)).toContain(ticked)
    await send(maija, third.text, paths.check, { terms: 'example-0' }).expect(422)
    const { db } = the.ctx
    expect(await Promise.all([termsAcceptedAt(db, 'maija', 'example-1'), termsAcceptedAt(db, 'olli', 'example-0')])).toEqual([null, null])
  })

  test('accepted by somebody else are still to be accepted', async () => {
    const the = await world()
    await made(the, 'maija', practice())
    await made(the, 'kalle', practice({}, '25'), true)
    expect(wordsIn((await (await the.client('kalle')).get(known)).text)).toContain(ticked)
  })
})

describe('what is filled in', () => {
  const before = { applicant: 'unregistered_group', purpose: 'hobby', people: '12', locals: '9', youths: '3', openToAll: 'yes', entryFee: 'no', groups: ['children'], title: 'Kerho' }
  test.each([
    ['everything that is not said', { space: 'sali' }, { ...before, space: 'sali' }],
    ['the same shares of other people', { people: '4' }, { ...before, people: '4', locals: '3', youths: '1' }],
    ['not what is said', { people: '12', locals: '1', openToAll: 'no', groups: ['pensioners'] }, { ...before, locals: '1', openToAll: 'no', groups: ['pensioners'] }],
    ['also where a field was left empty', { applicant: '', people: '', groups: [] }, before],
    ['no openness beside an applicant', { applicant: 'company' }, { ...before, applicant: 'company', openToAll: undefined }],
  ])('%s', (_, said, expected) => {
    expect(filledIn(said, before)).toEqual(expected)
  })

  test('a wish without heads stays without', () => {
    expect(filledIn({ people: '4' }, { people: '', locals: '', purpose: 'hobby' })).toEqual({ people: '4', locals: '', purpose: 'hobby' })
  })
})
