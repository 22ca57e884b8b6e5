import { describe, expect, test } from 'vitest'
import { eventsOf } from '../../src/history/store.ts'
import { formIn, linksTo, send, wordsIn, type Agent } from '../bookings/form-reader.ts'
import { world, type World } from '../support/world.ts'
import { belonging, club, declares, gives, renames } from './club.ts'

const page = async (agent: Agent, path = '/associations/sulka'): Promise<string> => (await agent.get(path).expect(200)).text
const done = async ({ ctx }: World) => (await eventsOf(ctx.db, 'sulka')).map(({ what, actor, particulars }) => [what, actor, particulars]).sort()

describe('my associations', () => {
  test('say in plain words what each standing means', async () => {
    const the = await world()
    await declares(the, 'olli')
    const his = wordsIn(await page(await the.client('olli'), '/associations'))
    expect(his).toContain('Sulkaveikot Rekisterinumero 123456 Sinun ilmoittamasi Voit varata yhdistyksen nimissä heti.')
    const hers = await page(await the.client('maija'), '/associations')
    expect(wordsIn(hers)).toContain('Kallion Sulka ry Rekisterinumero 123456 Tarkistettu Kaupunki on tarkistanut yhdistyksen rekisteristä, ja jäsenyytesi on vahvistettu.')
    expect(linksTo(hers, 'Jäsenet')).toEqual(['/associations/sulka'])
  })

  test('leave the list when I leave them', async () => {
    const the = await world()
    await declares(the, 'olli')
    const olli = await the.client('olli')
    const left = await send(olli, await page(olli, '/associations'), '/associations/sulka/departure').expect(303)
    expect(left.headers['location']).toBe('/associations')
    expect(wordsIn(await page(olli, '/associations'))).toContain('Et enää kuulu yhdistykseen.')
    expect(await belonging(the)).toEqual({ maija: 'books', kalle: 'books' })
    await olli.post('/associations/sulka/departure').expect(404)
    expect(await done(the)).toEqual([['association.left', 'olli', { person: 'olli' }]])
  })
})

describe('who only says that they belong to an association', () => {
  test('finds nothing of the others, and changes nothing', async () => {
    const the = await world()
    await club(the)
    await declares(the, 'olli')
    const olli = await the.client('olli')
    const unknown = await olli.get('/associations/none').expect(404)
    const closed = await olli.get('/associations/sulka').expect(404)
    const words = (text: string): string => text.replaceAll(/[\w-]{36}|sulka|none/g, '·')
    expect(words(closed.text)).toBe(words(unknown.text))
    for (const deed of ['members/maija/rights', 'members/maija/removal', 'members/olli/rights', 'invitations', 'invitations/x/revocation']) {
      await olli.post(`/associations/sulka/${deed}`).type('form').send({ rights: 'manages', email: 'olli@example.org' }).expect(404)
    }
    expect(await belonging(the)).toEqual({ maija: 'manages', kalle: 'books', olli: 'declared' })
    for (const path of ['/associations', '/me', '/bookings']) expect((await olli.get(path)).text).not.toMatch(/Maija|maija@|Kallion Sulka/)
  })

  test('is not seen by the members either', async () => {
    const the = await world()
    await club(the)
    await declares(the, 'olli')
    expect(await page(await the.client('maija'))).not.toMatch(/Olli|olli@/)
    await (await the.client('maija')).post('/associations/sulka/members/olli/rights').type('form').send({ rights: 'books' }).expect(404)
    await (await the.client('maija')).post('/associations/sulka/members/olli/removal').expect(404)
    expect((await belonging(the))['olli']).toBe('declared')
  })
})

describe('a confirmed member', () => {
  test('who books sees names only, and manages nothing', async () => {
    const the = await world()
    await club(the)
    const kalle = await the.client('kalle')
    const text = await page(kalle)
    expect(wordsIn(text)).toMatch(/Kalle Mallikas \(sinä\).*Maija Mallikas/)
    expect(text).not.toContain('maija@example.org')
    expect(() => formIn(text, '/associations/sulka/invitations')).toThrow()
    for (const [deed, body] of [['members/maija/rights', { rights: 'books' }], ['members/kalle/rights', { rights: 'manages' }], ['members/maija/removal', {}], ['invitations', { email: 'x@example.org', rights: 'manages' }]] as const) {
      await kalle.post(`/associations/sulka/${deed}`).type('form').send(body).expect(404)
    }
    expect(await belonging(the)).toEqual({ maija: 'manages', kalle: 'books' })
  })

  test('without a name is named by nothing but a manager’s sight of the address', async () => {
    const the = await world()
    await gives(the, 'kalle', 'manages')
    await renames(the, 'maija', '')
    expect(await page(await the.client('kalle'))).toContain('maija@example.org')
    await gives(the, 'maija', 'manages')
    await gives(the, 'kalle', 'books')
    const seen = wordsIn(await page(await the.client('kalle')))
    expect(seen).toContain('Nimi puuttuu')
    expect(seen).not.toContain('maija@example.org')
  })
})

describe('who manages an association', () => {
  test('changes rights and removes members', async () => {
    const the = await world()
    await club(the)
    const maija = await the.client('maija')
    await send(maija, await page(maija), '/associations/sulka/members/kalle/rights', { rights: 'manages' }).expect(303)
    expect(await belonging(the)).toEqual({ maija: 'manages', kalle: 'manages' })
    await send(maija, await page(maija), '/associations/sulka/members/kalle/removal').expect(303)
    expect(await belonging(the)).toEqual({ maija: 'manages' })
    expect(await done(the)).toEqual([
      ['association.member-removed', 'maija', { person: 'kalle' }], ['association.rights-changed', 'maija', { person: 'kalle', rights: 'manages' }],
    ])
    await (await the.client('kalle')).get('/associations/sulka').expect(404)
  })

  test('must be somebody: the last one neither steps down nor leaves others behind', async () => {
    const the = await world()
    await club(the)
    const maija = await the.client('maija')
    for (const [deed, body] of [['members/maija/rights', { rights: 'books' }], ['members/maija/removal', {}], ['departure', {}]] as const) {
      const refused = await maija.post(`/associations/sulka/${deed}`).type('form').send(body).expect(409)
      expect(wordsIn(refused.text)).toContain('Yhdistyksellä pitää olla ainakin yksi hoitaja.')
      expect(refused.text).toContain('href="/sv/associations/sulka"')
    }
    expect(await belonging(the)).toEqual({ maija: 'manages', kalle: 'books' })
    expect(await done(the)).toEqual([])
    await gives(the, 'kalle', 'manages')
    await maija.post('/associations/sulka/departure').expect(303)
    expect(await belonging(the)).toEqual({ kalle: 'manages' })
  })

  test('may leave when nobody else is there', async () => {
    const the = await world()
    await club(the)
    const maija = await the.client('maija')
    await maija.post('/associations/sulka/members/kalle/removal').expect(303)
    const alone = await page(maija)
    expect(wordsIn(alone)).toContain('Olet ainoa jäsen. Kun eroat, kukaan ei enää hoida yhdistystä')
    await send(maija, alone, '/associations/sulka/departure').expect(303)
    expect(await belonging(the)).toEqual({})
  })

  test('of two who leave at once one stays', async () => {
    const the = await world()
    await club(the)
    await gives(the, 'kalle', 'manages')
    await declares(the, 'olli')
    const both = await Promise.all((['maija', 'kalle'] as const).map(async (name) =>
      (await the.client(name)).post(`/associations/sulka/members/${name}/rights`).type('form').send({ rights: 'books' })))
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409])
    expect(Object.values(await belonging(the)).sort()).toEqual(['books', 'declared', 'manages'])
  })

  test('says what the rights are: others are refused', async () => {
    const the = await world()
    await club(the)
    const maija = await the.client('maija')
    for (const rights of ['admin', '', undefined]) {
      const refused = await maija.post('/associations/sulka/members/kalle/rights').type('form').send({ rights }).expect(422)
      expect(wordsIn(refused.text)).toContain('Valitse, mitä jäsen saa tehdä.')
    }
    expect(await belonging(the)).toEqual({ maija: 'manages', kalle: 'books' })
  })

  test.each(['', '/sv', '/en'])('reads it all in their language (%s)', async (prefix) => {
    const the = await world()
    await club(the)
    const maija = await the.client('maija')
    for (const path of ['/associations', '/associations/sulka']) expect(await page(maija, `${prefix}${path}`)).toContain(`<html lang="${prefix.slice(1) || 'fi'}">`)
  })
})
