import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { makeFeed } from '../../src/calendars/address-actions.ts'
import { feedAddresses } from '../../src/calendars/table.ts'
import { associations, memberships, staffRoles } from '../../src/people/table.ts'
import type { Name } from '../support/cast.ts'
import { world, type World } from '../support/world.ts'
import { readCalendar } from './reader.ts'
import { at, person, placed, wish } from './town.ts'

const evening = (day: string) => ({ startsAt: at(`${day}T18:00+02:00`), endsAt: at(`${day}T20:00+02:00`) })
const sulka = { kind: 'association', subjectId: 'sulka' } as const
const school = { kind: 'unit', subjectId: 'koulu' } as const

const secretIn = (html: string): string => /value="http:\/\/tilavuoro\.test(\/calendars\/f\/[\w-]{32}\.ics)"/.exec(html)?.[1] ?? 'none'
const make = async (town: World, name: Name, of: string, prefix = '') => (await town.client(name)).post(`${prefix}/calendars/own`).type('form').send({ of })
async function address(town: World, name: Name, of: string, prefix = ''): Promise<string> {
  const answer = await make(town, name, of, prefix)
  expect(answer.status).toBe(200)
  return secretIn(answer.text)
}
const read = async (town: World, path: string, tag = '') => (await town.client()).get(path).set('If-None-Match', tag)
/** A random id may spell anything. */
const withoutIds = (text: string): string => text.replace(/^UID:.*$/gm, '')
const told = async (town: World, path: string) => readCalendar((await read(town, path)).text)

async function membership(town: World, personId: Name, change: { confirmedAt: number | null } | 'ended'): Promise<void> {
  const which = and(eq(memberships.personId, personId), eq(memberships.associationId, 'sulka'))
  await town.ctx.db.transaction(async (db) => {
    if (change === 'ended') await db.delete(memberships).where(which).returning()
    else await db.update(memberships).set(change).where(which).returning()
  })
}

describe('the calendar of an association', () => {
  test('tells its members every booking made for it, whoever made it, and no other', async () => {
    const town = await world()
    const own = await placed(town, { spaceId: 'luokka', ...evening('2026-11-24'), title: 'Hallitus', associationId: 'sulka' })
    const others = await placed(town, { spaceId: 'sali', ...evening('2026-11-25'), title: 'Pelivuoro', personId: 'kalle', associationId: 'sulka', state: 'requested' })
    await placed(town, { spaceId: 'luokka', ...evening('2026-11-26'), title: 'Maijan synttärit' })
    const secret = await address(town, 'kalle', 'association:sulka')
    const answer = await read(town, secret)
    expect(answer.headers).toMatchObject({ 'cache-control': 'private, no-cache', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' })
    expect(withoutIds(answer.text)).not.toMatch(/synttärit|vastuu|050|040|example|maija|mallikas|bookings\/|ATTENDEE|ORGANIZER|URL/i)
    const { name, events } = readCalendar(answer.text)
    expect(name).toBe('Kallion Sulka ry – Tilavuoro')
    expect(events).toMatchObject([
      { uid: own.uid, summary: 'Hallitus', status: 'CONFIRMED', class: 'PRIVATE', description: `Vahvistettu\nVaraus ${own.ref}` },
      { uid: others.uid, summary: 'Odottaa päätöstä: Pelivuoro', status: 'TENTATIVE', description: `Odottaa päätöstä\nVaraus ${others.ref}` },
    ])
  })

  test('changes with a booking made for it, and with its own name; else it costs a 304', async () => {
    const town = await world()
    const secret = await address(town, 'maija', 'association:sulka')
    const tag = (await read(town, secret)).headers['etag'] as string
    await placed(town, { spaceId: 'luokka', ...evening('2026-11-24'), personId: 'kalle' })
    expect((await read(town, secret, tag)).status).toBe(304)
    const made = await book(town.ctx, await person(town, 'kalle'), wish(), { language: 'fi' })
    expect(made.ok).toBe(false)
    const free = await book(town.ctx, await person(town, 'kalle'), wish({ space: 'kokoushuone', start: at('2026-11-25T14:00+02:00'), end: at('2026-11-25T15:00+02:00') }), { language: 'fi' })
    expect(free.ok).toBe(true)
    const changed = await read(town, secret, tag)
    expect(readCalendar(changed.text).events.map(({ summary }) => summary)).toEqual(['Hallituksen kokous'])
    await town.ctx.db.transaction(async (db) => {
      await db.update(associations).set({ name: 'Sulka Pro ry' }).where(eq(associations.id, 'sulka')).returning()
    })
    const renamed = await read(town, secret, changed.headers['etag'] as string)
    expect([renamed.status, readCalendar(renamed.text).name]).toEqual([200, 'Sulka Pro ry – Tilavuoro'])
    expect((await read(town, secret, renamed.headers['etag'] as string)).status).toBe(304)
  })

  test('is for confirmed members only: who merely names its number gets none', async () => {
    const town = await world()
    await town.ctx.db.transaction(async (db) => {
      await db.insert(memberships).values({ associationId: 'sulka', personId: 'olli', declaredName: 'Kallion Sulka ry', createdAt: town.clock.now() }).returning()
    })
    for (const name of ['olli', 'mona', 'kerttu'] as const) {
      expect((await make(town, name, 'association:sulka')).status).toBe(404)
      expect((await (await town.client(name)).get('/calendars')).text).not.toContain('association:')
    }
    expect(await makeFeed(town.ctx, await person(town, 'olli'), 'fi', sulka)).toEqual({ ok: false, refusals: [{ code: 'no-such-calendar' }] })
    expect(await town.ctx.db.select().from(feedAddresses)).toEqual([])
  })

  test.each([['ended', 'ended'], ['no longer confirmed', { confirmedAt: null }]] as const)('stops when the membership is %s, for that member alone', async (_, change) => {
    const town = await world()
    const booking = await placed(town, { spaceId: 'luokka', ...evening('2026-11-24'), associationId: 'sulka' })
    const [maijas, kalles] = [await address(town, 'maija', 'association:sulka'), await address(town, 'kalle', 'association:sulka')]
    const tag = (await read(town, maijas)).headers['etag'] as string
    await membership(town, 'maija', change)
    const used = async () => (await town.ctx.db.select().from(feedAddresses).where(eq(feedAddresses.personId, 'maija')))[0]?.lastUsedAt
    const before = await used()
    town.clock.set(town.clock.now() + 2 * 3_600_000)
    const gone = await read(town, maijas, tag)
    const unknown = await read(town, '/calendars/f/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics')
    expect([gone.status, gone.headers['content-type'], gone.headers['etag']]).toEqual([404, unknown.headers['content-type'], undefined])
    expect(await used()).toBe(before)
    expect((await told(town, kalles)).events.map(({ uid }) => uid)).toEqual([booking.uid])

    const [row] = await town.ctx.db.select().from(feedAddresses).where(eq(feedAddresses.personId, 'maija'))
    const maija = await town.client('maija')
    const page = (await maija.get('/calendars')).text
    expect(page).toContain('Ei toimi enää: et ole yhdistyksen vahvistettu jäsen.')
    expect(page).not.toContain('Kallion Sulka ry')
    expect((await maija.post(`/calendars/own/${row?.id}/rotation`)).status).toBe(404)
    expect((await maija.post(`/calendars/own/${row?.id}/revocation`)).status).toBe(303)
    expect((await maija.get('/calendars')).text).not.toContain('Ei toimi enää')
  })
})

describe('the calendar of a unit for its staff', () => {
  test('tells titles, numbers of people and where each is on the desk, and neither who nor what they pay', async () => {
    const town = await world()
    const held = await placed(town, { spaceId: 'luokka', ...evening('2026-11-24'), title: 'Kuoro', people: 14, payerName: 'Maksaja Maksunen', payerAddress: 'Piilopolku 7', reason: 'Salainen syy' })
    const asked = await placed(town, { spaceId: 'sali-b', ...evening('2026-11-24'), title: 'Futsal', people: 1, personId: 'olli', state: 'requested' })
    await placed(town, { spaceId: 'kokoushuone', ...evening('2026-11-24'), title: 'Kirjaston kokous' })
    const secret = await address(town, 'kalle', 'unit:koulu')
    const { text } = await read(town, secret)
    expect(withoutIds(text)).not.toMatch(/vastuu|050|040|example|maija|mallikas|olli|maks|piilo|syy|kirjaston|ATTENDEE|ORGANIZER/i)
    const { name, events } = readCalendar(text)
    expect(name).toBe('Kallion koulu: kaikki varaukset')
    const url = (ref: string) => `http://tilavuoro.test/desk/requests/${ref}`
    const about = { [held.uid]: held, [asked.uid]: asked }
    expect(Object.keys(about).sort()).toEqual(events.map(({ uid }) => uid).sort())
    expect(events.find(({ uid }) => uid === held.uid)).toMatchObject({ summary: 'Kuoro', status: 'CONFIRMED', url: url(held.ref), description: `Vahvistettu\nVaraus ${held.ref}\n14 henkilöä\n${url(held.ref)}` })
    expect(events.find(({ uid }) => uid === asked.uid)).toMatchObject({ summary: 'Odottaa päätöstä: Futsal', status: 'TENTATIVE', description: `Odottaa päätöstä\nVaraus ${asked.ref}\n1 henkilö\n${url(asked.ref)}` })
  })

  test('leads its readers to the booking’s page on the desk', async () => {
    const town = await world()
    const made = await book(town.ctx, await person(town, 'maija'), wish({ space: 'ruokasali', start: at('2026-12-10T18:00+02:00'), end: at('2026-12-10T20:00+02:00') }), { language: 'fi' })
    if (!made.ok) throw new Error(JSON.stringify(made.refusals))
    const { events } = await told(town, await address(town, 'kalle', 'unit:koulu'))
    const path = new URL(events[0]?.url ?? '').pathname
    expect(path).toBe(`/desk/requests/${made.booking.ref}`)
    expect((await (await town.client('kalle')).get(path)).status).toBe(200)
  })

  test('is for those who may see that unit: its own staff and the whole city’s', async () => {
    const town = await world()
    const statuses = async (of: string) => Promise.all((['olli', 'maija', 'mona', 'kalle', 'kerttu'] as const).map(async (name) => (await make(town, name, of)).status))
    expect(await statuses('unit:koulu')).toEqual([404, 404, 404, 200, 200])
    expect(await statuses('unit:nuoriso')).toEqual([404, 404, 200, 404, 200])
    expect(await statuses('unit:olematon')).toEqual([404, 404, 404, 404, 404])
    const options = async (name: Name) => [...(await (await town.client(name)).get('/calendars')).text.matchAll(/<option value="((?:person|association|unit)[^"]*)"/g)].map(([, value]) => value)
    expect(await options('kalle')).toEqual(['person', 'unit:koulu', 'association:sulka'])
    expect(await options('mona')).toEqual(['person', 'unit:nuoriso'])
    expect(await options('kerttu')).toEqual(['person', 'unit:nuoriso', 'unit:kirjasto', 'unit:koulu'])
    expect(await options('olli')).toEqual([])
  })

  test('changes with every booking of the unit, and stops when the role ends or moves elsewhere', async () => {
    const town = await world()
    const secret = await address(town, 'kalle', 'unit:koulu')
    const tag = (await read(town, secret)).headers['etag'] as string
    await placed(town, { spaceId: 'kokoushuone', ...evening('2026-11-24') })
    expect((await read(town, secret, tag)).status).toBe(304)
    await placed(town, { spaceId: 'ruokasali', ...evening('2026-11-24'), personId: 'olli' })
    const changed = await read(town, secret, tag)
    expect([changed.status, readCalendar(changed.text).events.length]).toEqual([200, 1])
    const role = async (scopeId: string) => town.ctx.db.transaction(async (db) => {
      await db.update(staffRoles).set({ role: 'caretaker', scopeId }).where(eq(staffRoles.personId, 'kalle')).returning()
    })
    await role('koulu')
    expect((await read(town, secret)).status).toBe(200)
    await role('kirjasto')
    expect((await read(town, secret, changed.headers['etag'] as string)).status).toBe(404)
    expect((await (await town.client('kalle')).get('/calendars')).text).toContain('Ei toimi enää: et työskentele tässä toimipisteessä.')
  })
})

describe('secret addresses of all kinds', () => {
  test('are listed with what they tell, their language, when they were made and last used', async () => {
    const town = await world()
    const mine = await address(town, 'kalle', 'person')
    await address(town, 'kalle', 'association:sulka', '/sv')
    const staff = await address(town, 'kalle', 'unit:koulu', '/en')
    await read(town, mine)
    town.clock.set('2026-11-24T07:05+02:00')
    await read(town, staff)
    const rows = async (path: string) => [...(await (await town.client('kalle')).get(path)).text.matchAll(/<b>([^<]+)<\/b>\s*<div class="stack tight">\s*<ul class="dots muted">(.*?)<\/ul>/gs)]
      .map(([, name, facts = '']) => [name, ...facts.split(/<\/?li>/).map((one) => one.trim()).filter(Boolean)]).sort()
    expect(await rows('/calendars')).toEqual([
      ['Kallion Sulka ry', 'Yhdistyksen varaukset', 'ruotsiksi', 'Tehty 23.11.2026', 'Ei vielä luettu'],
      ['Kallion koulu', 'Toimipisteen varaukset henkilökunnalle', 'englanniksi', 'Tehty 23.11.2026', 'Luettu viimeksi tänään klo 7.05'],
      ['Omat varaukset', 'Kaikki varauksesi', 'suomeksi', 'Tehty 23.11.2026', 'Luettu viimeksi eilen klo 9'],
    ])
    town.clock.set('2026-11-25T00:01+02:00')
    expect((await rows('/en/calendars')).flat()).toEqual(expect.arrayContaining(['My bookings', 'in Swedish', 'Last read 23 Nov 2026', 'Last read yesterday at 07:05']))
  })

  test('speak the language in which they were made, unless another is asked for', async () => {
    const town = await world()
    await placed(town, { spaceId: 'luokka', ...evening('2026-11-24'), title: 'Kuoro', associationId: 'sulka', people: 14 })
    const names = async (secret: string) => Promise.all([secret, `${secret}?lang=fi`, `${secret}?lang=en`].map(async (path) => (await told(town, path)).events[0]?.description?.split('\n').filter((line) => !line.includes('TV-'))))
    expect(await names(await address(town, 'kalle', 'association:sulka', '/sv'))).toEqual([['Bekräftad'], ['Vahvistettu'], ['Confirmed']])
    const staff = await address(town, 'kalle', 'unit:koulu', '/sv')
    expect(await names(staff)).toEqual([['Bekräftad', '14 personer'], ['Vahvistettu', '14 henkilöä'], ['Confirmed', '14 people']])
    expect((await told(town, staff)).events[0]?.url).toContain('http://tilavuoro.test/sv/desk/requests/')
    expect((await read(town, `${staff}?lang=de`)).status).toBe(400)
  })

  test('are replaced and removed each alone', async () => {
    const town = await world()
    const client = await town.client('kalle')
    const secrets = { mine: await address(town, 'kalle', 'person'), club: await address(town, 'kalle', 'association:sulka'), staff: await address(town, 'kalle', 'unit:koulu') }
    const idOf = async (kind: 'association' | 'unit') => (await town.ctx.db.select().from(feedAddresses).where(eq(feedAddresses.kind, kind)))[0]?.id
    const works = async (all: Record<string, string>) => Promise.all(Object.values(all).map(async (path) => (await read(town, path)).status))
    expect(await works(secrets)).toEqual([200, 200, 200])
    const fresh = secretIn((await client.post(`/calendars/own/${await idOf('association')}/rotation`)).text)
    expect(await works({ ...secrets, fresh })).toEqual([200, 404, 200, 200])
    expect((await told(town, fresh)).name).toBe('Kallion Sulka ry – Tilavuoro')
    expect((await (await town.client('maija')).post(`/calendars/own/${await idOf('unit')}/revocation`)).status).toBe(404)
    expect((await client.post(`/calendars/own/${await idOf('unit')}/revocation`)).status).toBe(303)
    expect(await works({ ...secrets, fresh })).toEqual([200, 404, 404, 200])
  })

  test('are five at most for each calendar', async () => {
    const town = await world()
    const kalle = await person(town, 'kalle')
    for (let i = 0; i < 5; i++) expect(await makeFeed(town.ctx, kalle, 'fi', school)).toMatchObject({ ok: true })
    expect(await makeFeed(town.ctx, kalle, 'fi', school)).toEqual({ ok: false, refusals: [{ code: 'too-many-addresses', limit: 5 }] })
    expect(await makeFeed(town.ctx, kalle, 'fi', sulka)).toMatchObject({ ok: true })
    expect(await makeFeed(town.ctx, kalle, 'fi')).toMatchObject({ ok: true })
    const sixth = await make(town, 'kalle', 'unit:koulu')
    expect([sixth.status, secretIn(sixth.text)]).toEqual([409, 'none'])
    expect(sixth.text).toMatch(/<option value="unit:koulu" selected>/)
  })

  test('a form that names no calendar is sent back', async () => {
    const town = await world()
    for (const of of ['', 'nobody', 'unit:', 'association', 'x'.repeat(200)]) {
      const answer = await make(town, 'kalle', of)
      expect([answer.status, answer.text.includes('Valitse, mitkä varaukset haluat kalenteriin.')]).toEqual([422, true])
    }
    expect(await town.ctx.db.select().from(feedAddresses)).toEqual([])
  })
})
