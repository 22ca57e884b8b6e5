import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { formIn, send, wordsIn, type Agent } from '../bookings/form-reader.ts'
import { staffRoles } from '../../src/people/table.ts'
import type { Name } from '../support/cast.ts'
import { world } from '../support/world.ts'
import { approved, asks, booked, contentOf, documents, forSulka, given, gives, party, requested, speaks, wordsOf } from './town.ts'

const words = async (agent: Agent, path: string): Promise<string> => wordsIn((await agent.get(path).expect(200)).text)

describe('a booking’s page', () => {
  test('has the button, and lists what was issued', async () => {
    const the = await world()
    const { ref } = await requested(the, 'olli', party)
    const olli = await the.client('olli')
    expect(await words(olli, `/bookings/${ref}`)).toContain('Pyynnöstäsi ei ole vielä päätöstä.')
    const early = await olli.post(`/bookings/${ref}/decisions`).expect(409)
    expect(wordsIn(early.text)).toContain('Pyynnöstä ei ole vielä päätöstä, joten asiakirjaa ei voi antaa.')
    await approved(the, ref)
    const page = await olli.get(`/bookings/${ref}`).expect(200)
    const { headers } = await send(olli, page.text, `/bookings/${ref}/decisions`, { kind: 'price' })
    const [document] = await documents(the)
    expect(headers['location']).toBe(`/decisions/${document!.ref}`)
    expect(await words(olli, `/decisions/${document!.ref}`)).toContain('Päätös on valmis.')
    const after = await words(olli, `/bookings/${ref}`)
    expect(after).toContain(`Päätös hinnasta, annettu 23.11.2026 ${document!.ref}`)
    expect(after).toContain('Kirjallinen päätös annettiin')
    expect(after).not.toContain('Pyydä päätös hinnasta')
    expect(after).toContain('Pyydä kirjallinen päätös')
    await olli.post(`/bookings/${ref}/decisions`).type('form').send('kind=price').expect(303).expect('location', `/decisions/${document!.ref}`)
    expect(await words(olli, `/decisions/${document!.ref}`)).toContain('Tämä päätös oli jo olemassa.')
  })
})

describe('who reads a document', () => {
  test('its party and who decides there; nobody else, also no caretaker and no other member of the association', async () => {
    const the = await world()
    await the.ctx.db.transaction(async (db) => {
      await db.update(staffRoles).set({ role: 'caretaker' }).where(eq(staffRoles.personId, 'mona')).returning()
      await db.update(staffRoles).set({ scopeId: 'nuoriso' }).where(eq(staffRoles.personId, 'kalle')).returning()
    })
    const { ref } = await booked(the, 'maija', { ...forSulka, space: 'luokka' })
    const here = given(await asks(the, 'maija', ref))
    const there = given(await asks(the, 'olli', (await approved(the, (await booked(the, 'olli', { space: 'keittio', payer: party.payer })).ref)).ref))
    const readers = async (path: string): Promise<Name[]> => {
      const found: Name[] = []
      for (const name of ['maija', 'olli', 'kalle', 'mona', 'kerttu'] as const) {
        const { status } = await (await the.client(name)).get(path)
        expect([200, 404]).toContain(status)
        if (status === 200) found.push(name)
      }
      return found
    }
    expect(await readers(`/decisions/${here.ref}`)).toEqual(['maija', 'kerttu'])
    expect(await readers(`/decisions/${there.ref.toLowerCase()}`)).toEqual(['olli', 'kalle', 'kerttu'])
    expect(await readers('/decisions/TVP-AAAA-AAAA')).toEqual([])
    await (await the.client()).get(`/decisions/${here.ref}`).expect(303)
    const mona = await words(await the.client('mona'), `/desk/requests/${contentOf((await documents(the)).find((one) => one.ref === there.ref)!).bookingRef}`)
    expect(mona).not.toContain(there.ref)
    expect(mona).not.toContain('Anna kirjallinen päätös')
  })
})

describe('the desk', () => {
  test('issues, tells the maker by mail in the language they now have, and lists it', async () => {
    const the = await world()
    const { ref } = await booked(the, 'olli')
    await speaks(the, 'olli', 'sv')
    await the.settle()
    const kalle = await the.client('kalle')
    const page = await kalle.get(`/desk/requests/${ref}`).expect(200)
    expect(wordsIn(page.text)).toContain('Hakija saa viestin, jossa on linkki asiakirjaan.')
    const { headers } = await send(kalle, page.text, `/desk/requests/${ref}/decisions`, { kind: 'approval' })
    await the.settle()
    const [document] = await documents(the)
    expect(headers['location']).toBe(`/decisions/${document!.ref}`)
    const mail = the.mails().find(({ text }) => text.includes(document!.ref))!
    expect([mail.to, mail.subject]).toEqual(['olli@example.org', 'Skriftligt beslut: Klassrum 101, tors 10.12 kl. 18–20'])
    expect(mail.text).toContain(`http://tilavuoro.test/sv/decisions/${document!.ref}`)
    expect(await words(kalle, `/desk/requests/${ref}`)).toContain(document!.ref)
    expect(await words(kalle, `/decisions/${document!.ref}`)).toContain('Asiakirja on hakijan kielellä.')
    await the.settle()
    expect(the.mails().filter(({ text }) => text.includes(document!.ref))).toHaveLength(1)
  })

  test('of what its maker asked for themselves sends nothing', async () => {
    const the = await world()
    const { ref } = await booked(the)
    await asks(the, 'olli', ref)
    await the.settle()
    expect(the.mails().filter(({ subject }) => subject.includes('Kirjallinen päätös'))).toEqual([])
    expect(await gives(the, 'kalle', ref)).toMatchObject({ ok: true, isNew: false })
  })
})

describe('a wish that the rules refuse', () => {
  const crowd = 'space=luokka&date=2026-12-10&from=18:00&to=20:00&applicant=registered_association&purpose=hobby&people=250&openToAll=yes&entryFee=no'
  const fine = crowd.replace('people=250', 'people=10')

  test('is had in writing by the form’s own button, and judged again', async () => {
    const the = await world()
    const maija = await the.client('maija')
    const page = await maija.get(`/bookings/new?${crowd}&step=wish`).expect(200)
    expect(formIn(page.text, '/decisions')).toMatchObject({ space: 'luokka', people: '250' })
    const named = { association: 'register_number:123456' }
    const done = await send(maija, page.text, '/decisions', { ...named, charge: 'free', refusals: '', totalCents: '0' })
    const [document] = await documents(the)
    expect([done.status, done.headers['location']]).toEqual([303, `/decisions/${document!.ref}`])
    expect(document).toMatchObject({ kind: 'refusal', bookingId: null, personId: 'maija', decidedById: null, language: 'fi', content: { bookingRef: null, spaceId: 'luokka' } })
    expect(contentOf(document!).refusals.map(({ code }) => code).sort()).toEqual(['not-allowed', 'too-many-people'])
    expect(contentOf(document!).facts).toMatchObject({ people: 250, association: 'verified' })
    for (const said of [
      'Et saa tilaa Luokka 101 (Kallion koulu) käyttöösi', 'Tilaan mahtuu enintään 30 henkeä.', 'Pelastuslaki 379/2011, 16 §', 'tapahtumaneuvontaan', 'Kallion Sulka ry',
      'Palvelu teki päätöksen automaattisesti',
    ]) expect(wordsOf(document!)).toContain(said)
    await send(maija, page.text, '/decisions', named)
    expect(await documents(the)).toHaveLength(1)
    await words(await the.client('kalle'), `/decisions/${document!.ref}`)
    await (await the.client('mona')).get(`/decisions/${document!.ref}`).expect(404)
  })

  test('is told to those who are not signed in, and not offered where nothing refuses', async () => {
    const the = await world()
    expect(await words(await the.client(), `/bookings/new?${crowd}&step=wish`)).toContain('Kirjaudu, niin saat päätöksen kirjallisena')
    await (await the.client()).post('/decisions').type('form').send(crowd).expect(303).expect('location', /sign-in/)
    const { text } = await (await the.client('olli')).get(`/bookings/new?${fine}&step=wish`).expect(200)
    expect(text).not.toContain('action="/decisions"')
  })

  test('is none where the rules would take it or leave it to a person, and an unfinished one goes back to the form', async () => {
    const the = await world()
    const olli = await the.client('olli')
    const sent = (body: string) => olli.post('/decisions').type('form').send(body)
    expect(wordsIn((await sent(fine).expect(409)).text)).toContain('Tämän ajan voi varata heti, joten kielteistä päätöstä ei ole.')
    expect(wordsIn((await sent(fine.replace('luokka', 'ruokasali')).expect(409)).text)).toContain('Tästä päättää ihminen, joten päätöstä ei ole vielä.')
    await sent('space=luokka&date=2026-12-10').expect(303).expect('location', /^\/bookings\/new\?space=luokka/)
    await sent(crowd.replace('luokka', 'linna')).expect(404)
    expect(await documents(the)).toEqual([])
  })

  test('ten times a day, and again the next day', async () => {
    const the = await world()
    const olli = await the.client('olli')
    const sent = (people: number) => olli.post('/decisions').type('form').send(crowd.replace('people=250', `people=${people}`))
    for (let people = 301; people <= 310; people += 1) await sent(people).expect(303)
    expect(wordsIn((await sent(311).expect(409)).text)).toContain('Saat enintään 10 kirjallista päätöstä päivässä.')
    await sent(301).expect(303)
    expect(await documents(the)).toHaveLength(10)
    the.clock.set('2026-11-24T00:10:00+02:00')
    await sent(311).expect(303)
    await sent(301).expect(303)
    expect(await documents(the)).toHaveLength(12)
  })
})
