import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { addAssociation } from '../../src/people/actions.ts'
import { associationsOf, bumpPersonRevision, declareAssociation, membersOf, personById, sessionsOf } from '../../src/people/store.ts'
import { associations, memberships, persons } from '../../src/people/table.ts'
import { monday, world, type World } from '../support/world.ts'

const declare = (city: World, personId: string, value: string, name?: string) =>
  city.ctx.db.transaction((db) => declareAssociation(db, personId, { kind: 'register_number', value, ...(name ? { name } : {}) }, monday))

describe('own pages', () => {
  test.each(['/me', '/associations'])('%s leads a stranger to sign in and back', async (page) => {
    const city = await world()
    const res = await (await city.client()).get(`/sv${page}`)
    expect([res.status, res.headers['location']]).toEqual([303, `/sv/sign-in?return=${encodeURIComponent(page)}`])
    expect((await (await city.client()).post(page)).status).toBe(303)
  })

  test('are there in every language', async () => {
    const city = await world()
    const agent = await city.client('maija')
    for (const prefix of ['', '/sv', '/en']) {
      for (const page of ['/me', '/associations']) {
        const res = await agent.get(`${prefix}${page}`)
        expect(res.status).toBe(200)
        expect(res.text).toContain(`action="${prefix}${page}"`)
      }
    }
  })
})

describe('own details', () => {
  test('are changed and said', async () => {
    const city = await world()
    const agent = await city.client('maija')
    const res = await agent.post('/me').type('form').send({ name: ' Maija <b>J</b> ', phone: '+358 40 1', language: 'sv' })
    expect([res.status, res.headers['location']]).toEqual([303, '/me'])
    expect(await personById(city.ctx.db, 'maija')).toMatchObject({ name: 'Maija <b>J</b>', phone: '+358 40 1', language: 'sv', email: 'maija@example.org' })
    const page = await agent.get('/me')
    expect(page.text).toContain('Tiedot on tallennettu.')
    expect(page.text).not.toContain('<b>J</b>')
  })

  test('with faults come back as they were typed, and nothing changes', async () => {
    const city = await world()
    const before = await personById(city.ctx.db, 'maija')
    const res = await (await city.client('maija')).post('/me').type('form').send({ name: '', phone: 'soita', language: 'fi', email: 'kerttu@example.org' })
    expect(res.status).toBe(422)
    expect(res.text).toContain('href="#name"')
    expect(res.text).toContain('href="#phone"')
    expect(res.text).toContain('value="soita"')
    expect(await personById(city.ctx.db, 'maija')).toEqual(before)
  })

  test('of another site\'s making are refused', async () => {
    const city = await world()
    const agent = await city.client('maija')
    for (const page of ['/me', '/associations', '/sign-out']) {
      expect((await agent.post(page).set('Sec-Fetch-Site', 'cross-site').type('form').send({ name: 'X', language: 'fi' })).status).toBe(403)
    }
    expect((await agent.get('/me')).status).toBe(200)
  })
})

describe('sessions', () => {
  test('a revoked one is out at once', async () => {
    const city = await world()
    const [home, library] = [await city.client('maija'), await city.client('maija')]
    const [there] = (await home.get('/me')).text.match(/\/me\/sessions\/[\w-]+\/revocation/g) ?? []
    const all = await sessionsOf(city.ctx.db, 'maija', monday)
    expect(all).toHaveLength(2)
    for (const { idHash } of all) {
      if (there?.includes(idHash)) expect((await home.post(there)).status).toBe(303)
    }
    const statuses = [(await home.get('/me')).status, (await library.get('/me')).status]
    expect(statuses.sort()).toEqual([200, 303])
    expect(await sessionsOf(city.ctx.db, 'maija', monday)).toHaveLength(1)
  })

  test('another person\'s cannot be revoked, nor one twice', async () => {
    const city = await world()
    const [maija, olli] = [await city.client('maija'), await city.client('olli')]
    const [his] = await sessionsOf(city.ctx.db, 'olli', monday)
    expect((await maija.post(`/me/sessions/${his!.idHash}/revocation`)).status).toBe(404)
    expect((await olli.get('/me')).status).toBe(200)
    expect((await maija.post('/me/sessions/unknown/revocation')).status).toBe(404)
    expect((await olli.post(`/me/sessions/${his!.idHash}/revocation`)).status).toBe(303)
    expect((await olli.post(`/me/sessions/${his!.idHash}/revocation`)).headers['location']).toBe('/sign-in')
  })
})

describe('associations', () => {
  test('are named by register number or Business ID, and count as declared', async () => {
    const city = await world()
    const agent = await city.client('olli')
    for (const identifier of ['654.321', '0201256-6']) {
      const res = await agent.post('/associations').type('form').send({ identifier, name: ' Ollin kerho ry ' })
      expect([res.status, res.headers['location']]).toEqual([303, '/associations'])
      city.clock.set(city.clock.now() + 1000)
    }
    expect(await associationsOf(city.ctx.db, 'olli')).toMatchObject([
      { name: 'Ollin kerho ry', registerNumber: '654321', businessId: null, standing: 'declared' },
      { name: 'Ollin kerho ry', registerNumber: null, businessId: '0201256-6', standing: 'declared' },
    ])
  })

  test('with a wrong number or no name are refused beside the field', async () => {
    const city = await world()
    const agent = await city.client('olli')
    for (const [identifier, name, field] of [['0201256-7', 'Kerho', 'identifier'], ['', 'Kerho', 'identifier'], ['abc', 'Kerho', 'identifier'], ['123', ' ', 'name']]) {
      const res = await agent.post('/associations').type('form').send({ identifier, name })
      expect(res.status).toBe(422)
      expect(res.text).toContain(`href="#${field}"`)
    }
    expect(await associationsOf(city.ctx.db, 'olli')).toEqual([])
  })

  test('whoever names a verified association learns nothing and gains nothing', async () => {
    const city = await world()
    const agent = await city.client('olli')
    const answers = []
    for (const identifier of ['123456', '654321']) answers.push(await agent.post('/associations').type('form').send({ identifier, name: 'Oma nimi' }))
    expect(answers[0]!.text).toBe(answers[1]!.text)
    expect((await associationsOf(city.ctx.db, 'olli')).map(({ name, standing }) => [name, standing])).toEqual([['Oma nimi', 'declared'], ['Oma nimi', 'declared']])
    expect((await agent.get('/associations')).text).not.toContain('Kallion Sulka')
    expect(await declare(city, 'olli', '123456')).toEqual({ id: 'sulka', standing: 'declared' })
    expect(await membersOf(city.ctx.db, 'sulka')).toEqual(['kalle', 'maija', 'olli'])
  })

  test('a confirmed member is verified only while the association is', async () => {
    const city = await world()
    const { db } = city.ctx
    expect(await declare(city, 'maija', '123456', 'Väärä nimi')).toEqual({ id: 'sulka', standing: 'verified' })
    expect(await associationsOf(db, 'maija')).toEqual([{ id: 'sulka', name: 'Kallion Sulka ry', registerNumber: '123456', businessId: null, standing: 'verified', rights: 'books' }])
    await db.transaction((db) => db.update(associations).set({ verifiedAt: null }).returning())
    expect(await declare(city, 'maija', '123456')).toEqual({ id: 'sulka', standing: 'declared' })
    await db.transaction((db) => db.update(associations).set({ verifiedAt: monday }).returning())
    await db.transaction((db) => db.update(memberships).set({ confirmedAt: null })
      .where(and(eq(memberships.personId, 'maija'), eq(memberships.associationId, 'sulka'))).returning())
    expect(await declare(city, 'maija', '123456')).toEqual({ id: 'sulka', standing: 'declared' })
  })

  test('one named twice is there once, under its latest name', async () => {
    const city = await world()
    const first = await declare(city, 'olli', '77', 'Kerho')
    expect(await declare(city, 'olli', '77')).toEqual(first)
    expect((await associationsOf(city.ctx.db, 'olli'))[0]?.name).toBe('Kerho')
    expect(await declare(city, 'olli', '77', 'Kerho ry')).toEqual(first)
    expect(await associationsOf(city.ctx.db, 'olli')).toMatchObject([{ name: 'Kerho ry' }])
    expect((await personById(city.ctx.db, 'olli'))?.associationIds).toEqual([first.id])
  })

  test('nobody collects more than twenty', async () => {
    const city = await world()
    for (let number = 1; number <= 20; number++) await declare(city, 'olli', String(number), 'Kerho')
    const olli = await personById(city.ctx.db, 'olli')
    expect(await addAssociation(city.ctx, olli!, { kind: 'register_number', value: '21', name: 'Kerho' }))
      .toEqual({ ok: false, refusal: { code: 'too-many-associations', limit: 20 } })
    const res = await (await city.client('olli')).post('/associations').type('form').send({ identifier: '21', name: 'Kerho' })
    expect(res.status).toBe(409)
    expect(res.text).toContain('Sinulla on jo 20 yhdistystä')
  })
})

test('a revision grows by one, for its person only', async () => {
  const city = await world()
  await city.ctx.db.transaction((db) => bumpPersonRevision(db, 'maija'))
  const rows = await city.ctx.db.select({ id: persons.id, revision: persons.revision }).from(persons)
  expect(rows.filter((row) => row.revision !== 0)).toEqual([{ id: 'maija', revision: 1 }])
})
