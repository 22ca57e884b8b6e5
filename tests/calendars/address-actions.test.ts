import { describe, expect, test } from 'vitest'
import { cancel } from '../../src/bookings/ending-actions.ts'
import { ownBooking } from '../../src/bookings/store.ts'
import { feedAddresses } from '../../src/calendars/table.ts'
import { eventsOf } from '../../src/history/store.ts'
import { world, type World } from '../support/world.ts'
import { readCalendar } from './reader.ts'
import { at, person, placed } from './town.ts'

const hour = 3_600_000
const secretIn = (html: string): string => /value="http:\/\/tilavuoro\.test(\/calendars\/f\/[\w-]{32}\.ics)"/.exec(html)?.[1] ?? 'none'

async function address(town: World, name: 'maija' | 'mona'): Promise<string> {
  const answer = await (await town.client(name)).post('/calendars/own').set('Sec-Fetch-Site', 'same-origin')
  expect(answer.status).toBe(200)
  expect(answer.headers['cache-control']).toBe('no-store')
  return secretIn(answer.text)
}
const read = async (town: World, path: string) => (await town.client()).get(path)
const evening = (day: string) => ({ startsAt: at(`${day}T18:00+02:00`), endsAt: at(`${day}T20:00+02:00`) })

describe('a secret address', () => {
  test('brings every booking of its owner, with what only they may know, and no phone number', async () => {
    const town = await world()
    const held = await placed(town, { spaceId: 'luokka', ...evening('2026-11-24'), title: 'Kuoron harjoitus' })
    const asked = await placed(town, { spaceId: 'nuorisosali', ...evening('2026-12-15'), title: 'Tanssit', state: 'requested' })
    await placed(town, { spaceId: 'luokka', ...evening('2026-11-25'), title: 'Salainen', personId: 'olli' })
    const secret = await address(town, 'maija')
    const answer = await read(town, secret)
    expect(answer.headers).toMatchObject({ 'cache-control': 'private, no-cache', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' })
    expect(answer.text).not.toMatch(/salainen|vastuu|050|040|example|ATTENDEE|ORGANIZER/i)
    const calendar = readCalendar(answer.text)
    expect(calendar.name).toBe('Omat varaukset – Tilavuoro')
    const url = (ref: string) => `http://tilavuoro.test/bookings/${ref}`
    expect(calendar.events).toMatchObject([
      { uid: held.uid, summary: 'Kuoron harjoitus', status: 'CONFIRMED', class: 'PRIVATE', url: url(held.ref), description: `Vahvistettu\nVaraus ${held.ref}\n${url(held.ref)}` },
      { uid: asked.uid, summary: 'Odottaa päätöstä: Tanssit', status: 'TENTATIVE', location: 'Nuorisosali, Itiksen nuorisotila', url: url(asked.ref) },
    ])
  })

  test('tells of a cancellation, and its tag changes', async () => {
    const town = await world()
    const booking = await placed(town, { spaceId: 'luokka', ...evening('2026-11-24'), title: 'Kuoron harjoitus' })
    const secret = await address(town, 'maija')
    const first = await read(town, secret)
    const again = async (tag: string) => (await town.client()).get(secret).set('If-None-Match', tag)
    expect((await again(first.headers['etag'] as string)).status).toBe(304)
    await cancel(town.ctx, (db) => ownBooking(db, 'maija', booking.ref), { person: await person(town, 'maija'), mover: 'owner', reason: null })
    const after = await again(first.headers['etag'] as string)
    expect(after.status).toBe(200)
    expect(readCalendar(after.text).events).toMatchObject([{ uid: booking.uid, sequence: 1, status: 'CANCELLED', summary: 'Peruttu: Kuoron harjoitus' }])
    await placed(town, { spaceId: 'luokka', ...evening('2026-11-25'), personId: 'olli' })
    expect((await again(after.headers['etag'] as string)).status).toBe(304)
  })

  test('is stored hashed, told once, and noted in the ledger', async () => {
    const town = await world()
    const secret = await address(town, 'maija')
    const [row] = await town.ctx.db.select().from(feedAddresses)
    const token = secret.slice('/calendars/f/'.length, -'.ics'.length)
    expect(JSON.stringify(row)).not.toContain(token)
    const page = await (await town.client('maija')).get('/calendars')
    expect(page.text).not.toContain(token)
    expect(page.text).toContain('Tehty 23.11.2026')
    const events = await eventsOf(town.ctx.db, row?.id ?? '')
    expect(events.map((one) => [one.actor, one.what, JSON.stringify(one.particulars)])).toEqual([['maija', 'feed.made', '{}']])
  })

  test('stops at once when it is replaced or removed, and answers like one that never was', async () => {
    const town = await world()
    const old = await address(town, 'maija')
    const [row] = await town.ctx.db.select().from(feedAddresses)
    const client = await town.client('maija')
    const answer = await client.post(`/calendars/own/${row?.id}/rotation`)
    const fresh = secretIn(answer.text)
    expect(fresh).not.toBe(old)
    expect([(await read(town, old)).status, (await read(town, fresh)).status]).toEqual([404, 200])
    const removed = await client.post(`/calendars/own/${row?.id}/revocation`)
    expect([removed.status, removed.headers['location']]).toEqual([303, '/calendars#own'])
    const gone = await read(town, fresh)
    const unknown = await read(town, '/calendars/f/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics')
    expect([gone.status, unknown.status]).toEqual([404, 404])
    expect(gone.headers['content-type']).toBe(unknown.headers['content-type'])
    expect((await client.post(`/calendars/own/${row?.id}/rotation`)).status).toBe(404)
  })

  test('belongs to its maker: nobody else replaces or removes it, and nobody makes one without signing in', async () => {
    const town = await world()
    const secret = await address(town, 'maija')
    const [row] = await town.ctx.db.select().from(feedAddresses)
    for (const name of ['olli', 'kalle', 'kerttu'] as const) {
      const other = await town.client(name)
      expect((await other.post(`/calendars/own/${row?.id}/rotation`)).status).toBe(404)
      expect((await other.post(`/calendars/own/${row?.id}/revocation`)).status).toBe(404)
    }
    expect((await read(town, secret)).status).toBe(200)
    const stranger = await (await town.client()).post('/calendars/own')
    expect([stranger.status, stranger.headers['location']]).toEqual([303, '/sign-in'])
    const forged = await (await town.client('maija')).post('/calendars/own').set('Sec-Fetch-Site', 'cross-site')
    expect(forged.status).toBe(403)
    expect(await town.ctx.db.select().from(feedAddresses)).toHaveLength(1)
  })

  test('there are five at most', async () => {
    const town = await world()
    const client = await town.client('maija')
    for (let i = 0; i < 5; i++) expect((await client.post('/calendars/own')).status).toBe(200)
    const sixth = await client.post('/calendars/own')
    expect(sixth.status).toBe(409)
    expect(sixth.text).toContain('Sinulla on jo 5 osoitetta tähän kalenteriin.')
    expect(secretIn(sixth.text)).toBe('none')
  })

  test('notes its use once an hour', async () => {
    const town = await world()
    const secret = await address(town, 'maija')
    const used = async () => (await town.ctx.db.select().from(feedAddresses))[0]?.lastUsedAt
    expect(await used()).toBeNull()
    const start = town.clock.now()
    await read(town, secret)
    town.clock.set(start + hour - 1)
    await read(town, secret)
    expect(await used()).toBe(start)
    town.clock.set(start + hour)
    await read(town, secret)
    expect(await used()).toBe(start + hour)
  })

  test('speaks the language in which it was made, unless another is asked for', async () => {
    const town = await world()
    await placed(town, { spaceId: 'luokka', ...evening('2026-11-24'), personId: 'mona' })
    const client = await town.client('mona')
    const secret = secretIn((await client.post('/sv/calendars/own')).text)
    const name = async (path: string) => readCalendar((await read(town, path)).text).name
    expect(await name(secret)).toBe('Mina bokningar – Tilavuoro')
    expect(await name(`${secret}?lang=fi`)).toBe('Omat varaukset – Tilavuoro')
    expect(await name(`/en${secret}`)).toBe('My bookings – Tilavuoro')
    expect(readCalendar((await read(town, secret)).text).events[0]?.url).toContain('http://tilavuoro.test/sv/bookings/')
  })
})

describe('a booking as a file', () => {
  test('is for its maker and for staff in scope; for others it does not exist', async () => {
    const town = await world()
    const booking = await placed(town, { spaceId: 'luokka', ...evening('2026-11-24'), title: 'Kuoron harjoitus' })
    const file = `/bookings/${booking.ref}/booking.ics`
    const own = await (await town.client('maija')).get(file)
    expect([own.status, own.headers['content-disposition'], own.headers['cache-control']])
      .toEqual([200, `inline; filename="${booking.ref}.ics"`, 'private, no-cache'])
    const calendar = readCalendar(own.text)
    expect([calendar.method, calendar.name]).toEqual(['PUBLISH', 'Luokka 101 – Kallion koulu'])
    expect(calendar.events).toMatchObject([{ uid: booking.uid, summary: 'Kuoron harjoitus' }])
    expect(calendar.events[0]?.url).toBe(`http://tilavuoro.test/bookings/${booking.ref}`)
    const seen = await (await town.client('kalle')).get(file)
    expect(readCalendar(seen.text).events[0]?.url).toBe(`http://tilavuoro.test/desk/requests/${booking.ref}`)
    for (const { text } of [own, seen]) expect(text.replace(/^UID:.*$/gm, '')).not.toMatch(/050|vastuu/i)
    const statuses = []
    for (const name of ['kalle', 'kerttu', 'olli', 'mona'] as const) statuses.push((await (await town.client(name)).get(file)).status)
    expect(statuses).toEqual([200, 200, 404, 404])
    expect((await (await town.client('maija')).get('/bookings/TV-2222-2222/booking.ics')).status).toBe(404)
    const stranger = await (await town.client()).get(file)
    expect([stranger.status, stranger.headers['location']]).toEqual([303, `/sign-in?return=${encodeURIComponent(file)}`])
  })
})

describe('the page about calendars', () => {
  test('leads a stranger to the sign-in and tells the delay', async () => {
    const town = await world()
    const { status, text } = await (await town.client()).get('/sv/calendars')
    expect(status).toBe(200)
    expect(text).toContain('href="/sv/sign-in?return=/calendars"')
    expect(text).toContain('efter 3–24 timmar')
    expect(text).not.toContain('action="/sv/calendars/own"')
  })
})
