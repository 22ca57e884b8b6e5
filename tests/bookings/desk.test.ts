import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { doorDay } from '../../src/bookings/door-day.ts'
import { bookings } from '../../src/bookings/table.ts'
import { personById } from '../../src/people/store.ts'
import { staffRoles } from '../../src/people/table.ts'
import { closures, spaces } from '../../src/spaces/table.ts'
import { markCatalogueChanged } from '../../src/spaces/store.ts'
import type { Language } from '../../src/platform/i18n/text.ts'
import type { Name } from '../support/cast.ts'
import { monday, world, type World } from '../support/world.ts'
import { formIn, linksTo, send, wordsIn, type Agent } from './form-reader.ts'
import { at, wishFor } from './wishes.ts'

type Own = Parameters<typeof wishFor>[3] & { language?: Language; space?: string; day?: string }

/** A request that waits: by default Olli's for the school's canteen. */
async function requested(the: World, name: Name = 'olli', { language = 'fi', space = 'ruokasali', day = '2026-12-10', ...own }: Own = {}) {
  const wish = wishFor(space, `${day}T18:00`, `${day}T20:00`, { title: 'Kyläjuhla', ...own })
  const done = await book(the.ctx, (await personById(the.ctx.db, name))!, wish, { language })
  if (!done.ok) throw new Error(JSON.stringify(done.refusals))
  return done.booking
}
const words = async (agent: Agent, path: string): Promise<string> => wordsIn((await agent.get(path).expect(200)).text)
const states = async ({ ctx }: World): Promise<string[]> => (await ctx.db.select().from(bookings)).map(({ state }) => state)
const closedGroup = { facts: { applicant: 'unregistered_group', openToAll: false, people: 60 } } as const

/** Opens a request's page and sends one of its forms. */
async function decide(agent: Agent, ref: string, verdict: 'approval' | 'rejection' | 'cancellation', own: Record<string, string> = {}) {
  const page = await agent.get(`/desk/requests/${ref}`).expect(200)
  return send(agent, page.text, `/desk/requests/${ref}/${verdict}`, own)
}

describe('the inbox', () => {
  test('holds what may be decided here, the one due first on top', async () => {
    const the = await world()
    await requested(the, 'olli', { title: 'Toinen', day: '2026-12-11' })
    the.clock.set('2026-11-20T09:00:00+02:00')
    await requested(the, 'olli', { title: 'Ensimmäinen', day: '2026-12-10' })
    await requested(the, 'maija', { title: 'Muualla', space: 'nuorisosali' })
    the.clock.set('2026-11-30T09:00:00+02:00')
    const kalle = await the.client('kalle')
    const { text } = await kalle.get('/desk/requests').expect(200)
    expect([...text.matchAll(/<th scope="row"><a href="[^"]*">([^<]*)/g)].map(([, title]) => title)).toEqual(['Ensimmäinen', 'Toinen'])
    expect(text).toContain('<tr class="overdue">')
    expect(wordsIn(text)).toContain('pe 27.11. myöhässä')
    expect(wordsIn(text)).toContain('Ei estettä')
    expect(await words(kalle, '/desk/requests?overdue=1')).toContain('1 pyyntö')
    expect(await words(await the.client('kerttu'), '/desk/requests')).toContain('Muualla')
    expect(await words(await the.client('kerttu'), '/desk/requests?unit=itiksen-nuorisotila')).toContain('1 pyyntö')
  })

  test('is calm when everything is done, and says so when a filter hides the rest', async () => {
    const the = await world()
    const kalle = await the.client('kalle')
    expect(await words(kalle, '/desk/requests')).toContain('Kaikki pyynnöt on käsitelty')
    await requested(the)
    expect(await words(kalle, '/desk/requests?unit=muu')).toContain('Näillä rajauksilla ei ole pyyntöjä')
  })

  test('is for staff: others are led to sign in or told no', async () => {
    const the = await world()
    const { ref } = await requested(the)
    for (const path of ['/desk', '/desk/requests', `/desk/requests/${ref}`]) {
      await (await the.client()).get(path).expect(303)
      await (await the.client('olli')).get(path).expect(403)
    }
    for (const verdict of ['approval', 'rejection', 'cancellation']) await (await the.client('olli')).post(`/desk/requests/${ref}/${verdict}`).expect(403)
    await (await the.client('kalle')).get('/desk/requests?page=x').expect(400)
  })

  test('counts what waits in the navigation', async () => {
    const the = await world()
    await requested(the)
    expect(await words(await the.client('kalle'), '/desk')).toContain('Yksi pyyntö odottaa päätöstä.')
    expect(await words(await the.client('mona'), '/sv/desk')).not.toContain('En förfrågan')
    const inHeader = async (name: Name) => /Työpöytä 1 , (.*?) (?=Kalle|Mona|Olli)/.exec(await words(await the.client(name), '/rules'))?.[1]
    expect(await Promise.all((['kalle', 'mona', 'olli'] as const).map(inHeader))).toEqual(['1 pyyntö odottaa', undefined, undefined])
  })
})

describe('a request', () => {
  test('is shown whole: who, what, what the rules found, and how the applicant has booked before', async () => {
    const the = await world()
    await book(the.ctx, (await personById(the.ctx.db, 'olli'))!, wishFor('luokka', '2026-11-24T18:00', '2026-11-24T20:00'), { language: 'fi' })
    const { ref } = await requested(the, 'olli', {
      facts: { applicant: 'registered_association', people: 60 }, association: { kind: 'register_number', value: '123456', name: 'Sulka' },
    })
    const page = await words(await the.client('kerttu'), `/desk/requests/${ref}`)
    for (const said of [
      'Kyläjuhla', 'torstaina 10.12.2026 klo 18–20', 'Päätä viimeistään maanantaina 30.11.2026', 'Väkimäärä mahtuu tilaan', 'olli@example.org', '040 123 4567',
      'Kallion Sulka ry Rekisterinumero 123456', 'yhdistys tarkistettu, hakijan jäsenyyttä ei vahvistettu', 'Tulossa 1, pidetty 0', 'Maksuton',
      'Keittiössä ja ruokasalissa on koneita, ja elintarvikehygienia vaatii huolellisuutta.',
    ]) expect(page).toContain(said)
  })

  test('of another unit is unknown, whatever is asked of it', async () => {
    const the = await world()
    const { ref } = await requested(the)
    const mona = await the.client('mona')
    await mona.get(`/desk/requests/${ref}`).expect(404)
    await mona.post(`/desk/requests/${ref}/approval`).type('form').send('').expect(404)
    await mona.post(`/desk/requests/${ref}/rejection`).type('form').send('reason=ei').expect(404)
    await mona.post(`/desk/requests/${ref}/cancellation`).type('form').send('reason=ei').expect(404)
    expect(await states(the)).toEqual(['requested'])
  })

  test('is approved, and the applicant is told', async () => {
    const the = await world()
    const { ref } = await requested(the)
    const kalle = await the.client('kalle')
    expect((await decide(kalle, ref, 'approval', { reason: 'Tervetuloa!' })).headers['location']).toBe('/desk/requests')
    expect(await words(kalle, '/desk/requests')).toContain('Pyyntö on hyväksytty.')
    const page = await words(await the.client('olli'), `/bookings/${ref}`)
    for (const said of ['Vahvistettu', 'Päättäjän viesti Tervetuloa!', 'Hyväksyimme pyyntösi', 'Henkilökunta hyväksyi pyynnön']) expect(page).toContain(said)
    await the.settle()
    expect(the.mails().map(({ subject }) => subject).some((subject) => subject.startsWith('Varauspyyntö hyväksytty'))).toBe(true)
    expect(the.mails().at(-1)!.text).toContain('Päättäjän viesti: Tervetuloa!')
    expect(await words(kalle, `/desk/requests/${ref}`)).toContain('Päättäjän viesti Tervetuloa!')
  })

  test.each([
    ['fi', '', 'Perustelu: miksi tämä hinta', 'Kirjoita, miksi tämä hinta.', 'Valitse hinta.'],
    ['sv', '/sv', 'Motivering: varför detta pris', 'Skriv varför priset är detta.', 'Välj pris.'],
    ['en', '/en', 'Reason: why this price', 'Write why this price.', 'Choose the price.'],
  ])('without a price from the rules gets one from the official, who says why (%s)', async (_, prefix, label, why, choose) => {
    const the = await world()
    const { ref } = await requested(the, 'olli', closedGroup)
    const kalle = await the.client('kalle')
    const path = `${prefix}/desk/requests/${ref}`
    const page = (await kalle.get(path).expect(200)).text
    expect(wordsIn(page)).toContain(label)
    const says = (fields: Record<string, string>) => send(kalle, page, `${path}/approval`, fields)
    const faultAt = (html: string, field: string) => new RegExp(`id="${field}-error">([^<]*)`).exec(html)?.[1]
    await kalle.post(`${path}/approval`).expect(422)
    const unpriced = await says({})
    expect(unpriced.status).toBe(422)
    expect(faultAt(unpriced.text, 'charge')).toContain(choose)
    expect(faultAt(unpriced.text, 'approval-reason')).toContain(why)
    expect(wordsIn(unpriced.text)).toMatch(/\d+ €|€\d+/)
    expect((await says({ charge: 'none_such', reason: 'Syy' })).status).toBe(422)
    const silent = await says({ charge: 'basic', reason: ' ' })
    expect(silent.status).toBe(422)
    expect(faultAt(silent.text, 'approval-reason')).toContain(why)
    expect(silent.text).toContain('href="#approval-reason"')
    expect(faultAt(silent.text, 'charge')).toBeUndefined()
    expect(formIn(silent.text, `${path}/approval`)).toMatchObject({ charge: 'basic' })
    const long = await says({ charge: 'basic', reason: 'a'.repeat(1001) })
    expect([faultAt(long.text, 'approval-reason') !== undefined, faultAt(long.text, 'reason')]).toEqual([true, undefined])
    expect(formIn(long.text, `${path}/approval`)).toMatchObject({ reason: 'a'.repeat(1001) })
    expect(formIn(long.text, `${path}/rejection`)).toMatchObject({ reason: '' })
    expect((await says({ charge: 'basic', reason: 'Suljettu joukko.' })).status).toBe(303)
    const [booking] = await the.ctx.db.select().from(bookings)
    expect(booking).toMatchObject({ state: 'confirmed', charge: 'paid', reason: 'Suljettu joukko.' })
    const [shown] = [await words(await the.client('olli'), `${prefix}/bookings/${ref}`)]
    expect(shown).toContain(`${{ '': 'Perustelu', '/sv': 'Motivering', '/en': 'Reason' }[prefix]!} Suljettu joukko.`)
    expect(booking!.totalCents).toBeGreaterThan(0)
  })

  test('is declined with a reason, in the language of the one who asked', async () => {
    const the = await world()
    const { ref } = await requested(the, 'olli', { language: 'sv' })
    const kalle = await the.client('kalle')
    const silent = await decide(kalle, ref, 'rejection')
    expect(silent.status).toBe(422)
    expect(wordsIn(silent.text)).toContain('Hakijalla on oikeus tietää syy.')
    expect((await decide(kalle, ref, 'rejection', { template: 'own_use', reason: 'Fråga om torsdag.' })).status).toBe(303)
    const [booking] = await the.ctx.db.select().from(bookings)
    expect(booking).toMatchObject({ state: 'declined', reason: 'Huset behöver lokalen för eget bruk vid den tiden. Fråga om torsdag.', decidedById: 'kalle' })
    expect(await words(await the.client('olli'), `/bookings/${ref}`)).toContain('Huset behöver lokalen')
  })

  test('decided already is told as it is now', async () => {
    const the = await world()
    const { ref } = await requested(the)
    const [kalle, kerttu] = [await the.client('kalle'), await the.client('kerttu')]
    const stale = await kerttu.get(`/desk/requests/${ref}`)
    await decide(kalle, ref, 'approval')
    const late = await send(kerttu, stale.text, `/desk/requests/${ref}/rejection`, { reason: 'Ei' }).expect(409)
    expect(wordsIn(late.text)).toContain('Varauksen tilanne nyt: Vahvistettu.')
    expect(() => formIn(late.text, `/desk/requests/${ref}/approval`)).toThrow()
    expect(await states(the)).toEqual(['confirmed'])
  })

  test('is checked again when approved: a closure made meanwhile stands in the way', async () => {
    const the = await world()
    const { ref } = await requested(the)
    await the.ctx.db.transaction(async (db) => {
      await db.insert(closures).values({ id: 'remontti', spaceId: 'ruokasali', unitId: null, startsAt: at('2026-12-10T00:00'), endsAt: at('2026-12-11T00:00'), reason: { fi: 'Remontti' }, createdAt: 0 } as never).returning()
      await markCatalogueChanged(db)
    })
    const kalle = await the.client('kalle')
    expect(await words(kalle, '/desk/requests')).toContain('Yksi este')
    expect(await words(kalle, `/desk/requests/${ref}`)).toContain('Syy: Remontti')
    const refused = await decide(kalle, ref, 'approval')
    expect(refused.status).toBe(409)
    expect(await states(the)).toEqual(['requested'])
  })

  test("is not decided by one of the association's own people", async () => {
    const the = await world()
    const { ref } = await requested(the, 'maija', {
      facts: { applicant: 'registered_association' }, association: { kind: 'register_number', value: '123456' },
    })
    const kalle = await the.client('kalle')
    const page = await kalle.get(`/desk/requests/${ref}`).expect(200)
    expect(wordsIn(page.text)).toContain('Jätä se työkaverille.')
    expect(() => formIn(page.text, `/desk/requests/${ref}/approval`)).toThrow()
    const forced = await kalle.post(`/desk/requests/${ref}/approval`).type('form').send('').expect(409)
    expect(wordsIn(forced.text)).toContain('Siitä päättää joku muu.')
    expect((await decide(await the.client('kerttu'), ref, 'approval')).status).toBe(303)
  })

  test('is seen by a caretaker, who decides nothing', async () => {
    const the = await world()
    const { ref } = await requested(the)
    await the.ctx.db.transaction((db) => db.insert(staffRoles).values({ id: 'c1', personId: 'mona', role: 'caretaker', scopeKind: 'unit', scopeId: 'koulu' }).returning())
    const mona = await the.client('mona')
    const page = await mona.get(`/desk/requests/${ref}`).expect(200)
    expect(wordsIn(page.text)).toContain('siitä päättää talon tilavastaava')
    await mona.post(`/desk/requests/${ref}/approval`).type('form').send('').expect(404)
    expect(await words(mona, '/desk/requests')).not.toContain('Kyläjuhla')
  })

  test('once confirmed is cancelled only with a reason', async () => {
    const the = await world()
    const { ref } = await requested(the)
    const kalle = await the.client('kalle')
    await decide(kalle, ref, 'approval')
    expect((await decide(kalle, ref, 'cancellation')).status).toBe(422)
    expect((await decide(kalle, ref, 'cancellation', { reason: 'Vesivahinko' })).status).toBe(303)
    expect(await states(the)).toEqual(['cancelled'])
  })

  test.each(['', '/sv', '/en'])('speaks the official’s language (%s)', async (prefix) => {
    const the = await world()
    const { ref } = await requested(the, 'olli', closedGroup)
    const kalle = await the.client('kalle')
    for (const path of ['/desk', '/desk/requests', `/desk/requests/${ref}`, '/desk?date=2026-12-10']) {
      const { text } = await kalle.get(`${prefix}${path}`).expect(200)
      expect(text).toContain(`<html lang="${prefix.slice(1) || 'fi'}">`)
    }
  })
})

describe("the day's doors", () => {
  test('tell who comes where, with a number to call', async () => {
    const the = await world()
    await requested(the)
    const kalle = await the.client('kalle')
    expect(await words(kalle, '/desk')).toContain('Tänä päivänä ei ole varauksia')
    const { text } = await kalle.get('/desk?date=2026-12-10').expect(200)
    expect(wordsIn(text)).toMatch(/18–20 Ruokasali Kallion koulu Kyläjuhla/)
    expect(text).toContain('href="tel:0401234567"')
    expect(linksTo(text, 'Seuraava päivä')).toEqual(['/desk?date=2026-12-11'])
    expect(await words(await the.client('mona'), '/desk?date=2026-12-10')).not.toContain('Kyläjuhla')
    await kalle.get('/desk?date=huomenna').expect(400)
  })

  test('end a year back and where no space can be booked any more: the links stop, and no address leads further', async () => {
    const the = await world()
    await the.ctx.db.transaction(async (db) => {
      await db.update(spaces).set({ daysAhead: 3 }).returning()
      await db.update(spaces).set({ daysAhead: 5 }).where(eq(spaces.id, 'luokka')).returning()
      await markCatalogueChanged(db)
    })
    const kalle = await the.client('kalle')
    const [day, links] = [/<h1>Varaukset \S+ ([\d.]+)</, /rel="(prev|next) nofollow" href="([^"]*)"/g]
    const shown = async (path: string) => {
      const { text } = await kalle.get(path).expect(200)
      return [day.exec(text)![1], ...[...text.matchAll(links)].map(([, rel, href]) => `${rel} ${href}`)]
    }
    const [last, first] = [['28.11.2026', 'prev /desk?date=2026-11-27'], ['23.11.2025', 'next /desk?date=2025-11-24']]
    for (const date of ['2026-11-28', '2026-11-29', '2099-01-01']) expect([date, await shown(`/desk?date=${date}`)]).toEqual([date, last])
    for (const date of ['2025-11-23', '2025-11-22', '2000-01-01']) expect([date, await shown(`/desk?date=${date}`)]).toEqual([date, first])
    expect(await shown('/desk')).toEqual(['23.11.2026', 'prev /desk?date=2026-11-22', 'next /desk?date=2026-11-24'])
    expect((await shown('/desk?date=2026-11-27')).at(-1)).toBe('next /desk?date=2026-11-28')
    expect((await shown('/desk?date=2025-11-24'))[1]).toBe('prev /desk?date=2025-11-23')
  })

  test('of a city without spaces are those of today and before', () => {
    expect(doorDay([], monday, '2026-12-10')).toEqual({ date: '2026-11-23', before: '2026-11-22', after: null })
  })
})
