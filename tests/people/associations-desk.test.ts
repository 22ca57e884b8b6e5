import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { bookings } from '../../src/bookings/table.ts'
import { eventsOf } from '../../src/history/store.ts'
import { declareAssociation, personById } from '../../src/people/store.ts'
import { associations, staffRoles } from '../../src/people/table.ts'
import { formIn, linksTo, send, wordsIn, type Agent } from '../bookings/form-reader.ts'
import { wishFor } from '../bookings/wishes.ts'
import { monday, world, type World } from '../support/world.ts'
import { belonging, club, clubNow, declares } from './club.ts'

const at = '/desk/associations/sulka'
const text = async (agent: Agent, path = at): Promise<string> => (await agent.get(path).expect(200)).text
const deeds = ['verification', 'verification/revocation', 'name', 'members/maija/confirmation', 'members/maija/removal']
const body = { name: 'Toinen', rights: 'manages' }
const done = async ({ ctx }: World) => (await eventsOf(ctx.db, 'sulka')).map(({ what, actor, particulars }) => [what, actor, particulars])

/** Olli's own club, which nobody has looked up; its id. */
async function ollisClub({ ctx }: World, value = '654321'): Promise<string> {
  return (await ctx.db.transaction((db) => declareAssociation(db, 'olli', { kind: 'register_number', value, name: 'Olin kerho' }, monday))).id
}
const area = (the: World, personId: string) =>
  the.ctx.db.transaction((db) => db.insert(staffRoles).values({ id: 'a1', personId, role: 'coordinator', scopeKind: 'area', scopeId: 'kallio' }).returning())

describe('the register of associations', () => {
  test('is found by name, number and standing', async () => {
    const the = await world()
    await ollisClub(the)
    const kerttu = await the.client('kerttu')
    const names = async (query: string): Promise<string[]> => [...(await text(kerttu, `/desk/associations${query}`)).matchAll(/<th scope="row"><a href="[^"]*">([^<]*)/g)].map(([, name = '']) => name)
    expect(await names('')).toEqual(['Kallion Sulka ry', 'Olin kerho'])
    for (const query of ['?q=sulka', '?q=123.456', '?standing=verified', '?q=kallion&standing=verified&page=1']) expect(await names(query)).toEqual(['Kallion Sulka ry'])
    for (const query of ['?q=OLIN', '?q=6543', '?standing=declared']) expect(await names(query)).toEqual(['Olin kerho'])
    expect(await names('?q=olin&standing=verified')).toEqual([])
    expect(wordsIn(await text(kerttu, '/desk/associations'))).toMatch(/Kallion Sulka ry 123456 Tarkistettu .*2 vahvistettua Olin kerho 654321 Ilmoitettu 1 vain ilmoittanut/)
    const part = await kerttu.get('/desk/associations?q=olin').set('HX-Request', 'true').expect(200)
    expect(part.text).toMatch(/^\s*<section id="associations"/)
    for (const query of ['?standing=x', '?page=0']) await kerttu.get(`/desk/associations${query}`).expect(400)
  })

  test('is for coordinators, of an area too; others are led to sign in or told no', async () => {
    const the = await world()
    for (const path of ['/desk/associations', at]) {
      await (await the.client()).get(path).expect(303)
      for (const name of ['olli', 'maija', 'kalle', 'mona'] as const) await (await the.client(name)).get(path).expect(403)
    }
    for (const deed of deeds) {
      await (await the.client()).post(`${at}/${deed}`).expect(303)
      await (await the.client('mona')).post(`${at}/${deed}`).type('form').send(body).expect(403)
    }
    expect((await clubNow(the)).name).toBe('Kallion Sulka ry')
    expect(linksTo((await (await the.client('mona')).get('/desk')).text, 'Yhdistykset')).not.toContain('/desk/associations')
    await area(the, 'mona')
    const mona = await the.client('mona')
    expect(linksTo((await mona.get('/desk')).text, 'Yhdistykset')).toContain('/desk/associations')
    expect(wordsIn(await text(mona))).toContain('Kallion Sulka ry')
    await mona.post(`${at}/verification/revocation`).expect(303)
    expect((await clubNow(the)).verifiedAt).toBeNull()
  })

  test('knows nothing of what is not there', async () => {
    const the = await world()
    const kerttu = await the.client('kerttu')
    await kerttu.get('/desk/associations/none').expect(404)
    for (const deed of deeds) await kerttu.post(`/desk/associations/none/${deed}`).type('form').send(body).expect(404)
    for (const deed of ['members/olli/confirmation', 'members/olli/removal']) await kerttu.post(`${at}/${deed}`).type('form').send(body).expect(404)
    expect(await done(the)).toEqual([])
  })

  test.each(['', '/sv', '/en'])('speaks the official’s language (%s)', async (prefix) => {
    const the = await world()
    const id = await ollisClub(the)
    const kerttu = await the.client('kerttu')
    for (const path of ['/desk/associations', at, `/desk/associations/${id}`]) expect(await text(kerttu, `${prefix}${path}`)).toContain(`<html lang="${prefix.slice(1) || 'fi'}">`)
  })
})

describe('a coordinator', () => {
  test('looks a declared association up, gives it its name, and confirms the first one to manage it', async () => {
    const the = await world()
    const id = await ollisClub(the)
    const [kerttu, olli] = [await the.client('kerttu'), await the.client('olli')]
    const page = await text(kerttu, `/desk/associations/${id}`)
    expect(wordsIn(page)).toContain('Etsi numero 654321 PRH:n yhdistysrekisteristä (Yhdistysnetti)')
    expect(page).not.toMatch(/href="https?:\/\/[^"]*(prh|ytj)/i)
    const named = await send(kerttu, page, `/desk/associations/${id}/verification`, { name: ' Ollin Kerho ry ' }).expect(303)
    expect(named.headers['location']).toBe(`/desk/associations/${id}`)
    const verified = await text(kerttu, `/desk/associations/${id}`)
    expect(wordsIn(verified)).toMatch(/Yhdistys on merkitty tarkistetuksi\..*Olli Mallikas olli@example\.org Ilmoitti nimeksi: Olin kerho.*Tarkistanut Kerttu Mallikas/)

    // Only the number has been looked up: Olli himself is as declared as before, and sees what he wrote.
    await olli.get(`/associations/${id}`).expect(404)
    expect((await olli.get('/associations')).text).not.toContain('Ollin Kerho ry')
    expect(formIn(verified, `/desk/associations/${id}/members/olli/confirmation`)).toEqual({ rights: 'manages' })
    await send(kerttu, verified, `/desk/associations/${id}/members/olli/confirmation`).expect(303)
    expect(await belonging(the, id)).toEqual({ olli: 'manages' })
    expect(wordsIn((await olli.get(`/associations/${id}`).expect(200)).text)).toContain('Ollin Kerho ry')
    expect((await eventsOf(the.ctx.db, id)).map(({ what, actor, particulars }) => [what, actor, particulars]).sort()).toEqual([
      ['association.member-confirmed', 'kerttu', { person: 'olli', rights: 'manages' }],
      ['association.renamed', 'kerttu', { from: 'Olin kerho', to: 'Ollin Kerho ry' }],
      ['association.verified', 'kerttu', {}],
    ])
  })

  test('is told where a Business ID is looked up', async () => {
    const the = await world()
    const { id } = await the.ctx.db.transaction((db) => declareAssociation(db, 'olli', { kind: 'business_id', value: '0201256-6', name: 'Kerho' }, monday))
    expect(wordsIn(await text(await the.client('kerttu'), `/desk/associations/${id}`))).toContain('Etsi Y-tunnus 0201256-6 PRH:n ja Verohallinnon YTJ-palvelusta')
  })

  test('takes a verification back, and bookings count as declared from then on', async () => {
    const the = await world()
    const kerttu = await the.client('kerttu')
    const standing = async (day: string): Promise<string | undefined> => {
      const wish = wishFor('ruokasali', `${day}T18:00`, `${day}T20:00`, { facts: { applicant: 'registered_association', people: 60 }, association: { kind: 'register_number', value: '123456' } })
      const made = await book(the.ctx, (await personById(the.ctx.db, 'maija'))!, wish, { language: 'fi' })
      return made.ok ? made.booking.decided.facts.association : undefined
    }
    expect(await standing('2026-12-10')).toBe('verified')
    await send(kerttu, await text(kerttu), `${at}/verification/revocation`).expect(303)
    expect(await standing('2026-12-11')).toBe('declared')
    expect(await clubNow(the)).toMatchObject({ verifiedAt: null, verifiedById: null })
    expect(await done(the)).toEqual([['association.unverified', 'kerttu', {}]])
    const refs = (await the.ctx.db.select().from(bookings).orderBy(bookings.startsAt)).map(({ ref }) => ref)
    expect(wordsIn(await text(kerttu, `/desk/requests/${refs[0]}`))).toContain('hakijan jäsenyys vahvistettu, yhdistystä ei tarkistettu')
    await kerttu.post(`${at}/verification`).type('form').send({ name: 'Kallion Sulka ry' }).expect(303)
    expect(await standing('2026-12-12')).toBe('verified')
  })

  test('corrects the name, which moves the feed on', async () => {
    const the = await world()
    const kerttu = await the.client('kerttu')
    const before = (await clubNow(the)).revision
    for (const name of ['', ' ', 'x'.repeat(101), 'Kerho\u202Egnp']) await kerttu.post(`${at}/name`).type('form').send({ name }).expect(422)
    await send(kerttu, await text(kerttu), `${at}/name`, { name: 'Kallion Sulkapallo ry' }).expect(303)
    expect(await clubNow(the)).toMatchObject({ name: 'Kallion Sulkapallo ry', revision: before + 1, verifiedAt: monday })
    expect((await (await the.client('maija')).get('/associations')).text).toContain('Kallion Sulkapallo ry')
    await kerttu.post(`${at}/name`).type('form').send({ name: 'Kallion Sulkapallo ry' }).expect(303)
    expect(await done(the)).toEqual([['association.renamed', 'kerttu', { from: 'Kallion Sulka ry', to: 'Kallion Sulkapallo ry' }]])
  })

  test('changes a member’s rights and ends a membership, the last manager’s too', async () => {
    const the = await world()
    await club(the)
    await declares(the, 'olli')
    const kerttu = await the.client('kerttu')
    const page = await text(kerttu)
    expect(formIn(page, `${at}/members/olli/confirmation`)).toEqual({ rights: 'books' })
    await send(kerttu, page, `${at}/members/kalle/confirmation`, { rights: 'manages' }).expect(303)
    await send(kerttu, page, `${at}/members/olli/removal`).expect(303)
    await send(kerttu, page, `${at}/members/kalle/removal`).expect(303)
    await send(kerttu, page, `${at}/members/maija/removal`).expect(303)
    await kerttu.post(`${at}/members/maija/confirmation`).type('form').send({ rights: 'admin' }).expect(422)
    expect(await belonging(the)).toEqual({})
    expect((await done(the)).map(([what]) => what).sort()).toEqual(['association.member-removed', 'association.member-removed', 'association.member-removed', 'association.rights-changed'])
    expect(wordsIn(await text(kerttu))).toContain('Kukaan ei enää ilmoita kuuluvansa tähän yhdistykseen.')
  })

  test.each(['declared', 'confirmed'])('leaves an association of their own to a colleague (%s member)', async (how) => {
    const the = await world()
    await declares(the, 'kerttu')
    if (how === 'confirmed') {
      await area(the, 'mona')
      await (await the.client('mona')).post(`${at}/members/kerttu/confirmation`).type('form').send({ rights: 'books' }).expect(303)
    }
    const [kerttu, before] = [await the.client('kerttu'), [await belonging(the), await clubNow(the), await done(the)]]
    const page = await text(kerttu)
    expect(wordsIn(page)).toContain('Jätä se työkaverille.')
    expect(page.match(/<form\b[^>]*action="\/desk\/associations\//g)).toBeNull()
    for (const deed of [...deeds, 'members/kerttu/confirmation', 'members/kerttu/removal']) {
      const refused = await kerttu.post(`${at}/${deed}`).type('form').send(body).expect(409)
      expect(wordsIn(refused.text)).toContain('Olet itse ilmoittanut kuuluvasi tähän yhdistykseen')
    }
    expect([await belonging(the), await clubNow(the), await done(the)]).toEqual(before)
  })
})

describe('a request', () => {
  test('shows staff the association, its number, and what is known of both it and the one who asks', async () => {
    const the = await world()
    const ask = async (name: 'maija' | 'olli', day: string, value: string, called: string): Promise<string> => {
      const wish = wishFor('ruokasali', `${day}T18:00`, `${day}T20:00`, { facts: { applicant: 'registered_association', people: 60 }, association: { kind: 'register_number', value, name: called } })
      const made = await book(the.ctx, (await personById(the.ctx.db, name))!, wish, { language: 'fi' })
      if (!made.ok) throw new Error(JSON.stringify(made.refusals))
      return `/desk/requests/${made.booking.ref}`
    }
    const kerttu = await the.client('kerttu')
    const known = await text(kerttu, await ask('maija', '2026-12-10', '123456', 'Kallion Sulka ry'))
    expect(wordsIn(known)).toContain('Kallion Sulka ry Rekisterinumero 123456 yhdistys tarkistettu ja jäsenyys vahvistettu')
    expect(linksTo(known, 'Avaa yhdistyksen tiedot')).toEqual([at])
    const borrowed = await ask('olli', '2026-12-11', '123456', 'Ollin porukka')
    expect(wordsIn(await text(kerttu, borrowed))).toContain('Kallion Sulka ry Rekisterinumero 123456 yhdistys tarkistettu, hakijan jäsenyyttä ei vahvistettu hakija kirjoitti nimeksi: Ollin porukka')
    const bare = await ask('olli', '2026-12-12', '77', 'Ollin kerho')
    expect(wordsIn(await text(kerttu, bare))).toContain('Ollin kerho Rekisterinumero 77 yhdistystä ei ole tarkistettu eikä hakijan jäsenyyttä vahvistettu')
    const kalle = await the.client('kalle')
    expect(linksTo(await text(kalle, bare), 'Avaa yhdistyksen tiedot')).toEqual([])
    expect((await the.ctx.db.select().from(associations).where(eq(associations.registerNumber, '77')))[0]?.verifiedAt).toBeNull()
  })
})
