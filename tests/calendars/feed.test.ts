import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { cancel } from '../../src/bookings/ending-actions.ts'
import { approve, decline } from '../../src/bookings/decision-actions.ts'
import { move } from '../../src/bookings/move-actions.ts'
import { ownBooking } from '../../src/bookings/store.ts'
import { dropOldEvents } from '../../src/calendars/actions.ts'
import { eventTexts } from '../../src/calendars/table.ts'
import { markCatalogueChanged } from '../../src/spaces/store.ts'
import { slugRedirects, spaces } from '../../src/spaces/table.ts'
import { world, type World } from '../support/world.ts'
import { readCalendar } from './reader.ts'
import { at, person, placed, wish } from './town.ts'

const feedOf = async (town: World, slug: string, query = '') => {
  const response = await (await town.client()).get(`/calendars/spaces/${slug}.ics${query}`)
  expect(response.status).toBe(200)
  return readCalendar(response.text)
}

async function booked(town: World, given: Parameters<typeof wish>[0] = {}) {
  const made = await book(town.ctx, await person(town, 'maija'), wish(given), { language: 'fi' })
  if (!made.ok) throw new Error(JSON.stringify(made.refusals))
  await town.settle()
  return made.booking
}

const cancelled = async (town: World, ref: string) =>
  cancel(town.ctx, (db) => ownBooking(db, 'maija', ref), { person: await person(town, 'maija'), mover: 'owner', reason: 'Sairastuin' })

describe('the public calendar of a space', () => {
  test('says when it is busy, in UTC, with its place', async () => {
    const town = await world()
    const booking = await booked(town)
    const calendar = await feedOf(town, 'luokka')
    expect(calendar).toMatchObject({ name: 'Luokka 101 – Kallion koulu', method: 'PUBLISH' })
    expect([calendar.value('refresh-interval'), calendar.value('x-published-ttl'), calendar.value('prodid')])
      .toEqual(['PT1H', 'PT1H', '-//Tilavuoro//Tilavuoro//FI'])
    expect(calendar.events).toEqual([{
      uid: booking.uid, sequence: 0, status: 'CONFIRMED', summary: 'Varattu', class: 'PRIVATE',
      location: 'Luokka 101, Kallion koulu, Porthaninkatu 1, 00530 Helsinki',
      start: '2026-11-24T16:00:00Z', end: '2026-11-24T18:00:00Z', description: null, url: null,
      names: ['class', 'dtend', 'dtstamp', 'dtstart', 'geo', 'last-modified', 'location', 'sequence', 'status', 'summary', 'transp', 'uid'],
    }])
  })

  test('never tells who, nor a title that was not made public', async () => {
    const town = await world()
    await placed(town, { spaceId: 'sali', startsAt: at('2026-11-24T18:00+02:00'), endsAt: at('2026-11-24T19:00+02:00'), title: 'Salainen kokous', reason: 'Salainen syy', payerName: 'Maksaja Maksunen' })
    await placed(town, { spaceId: 'sali', startsAt: at('2026-11-24T19:00+02:00'), endsAt: at('2026-11-24T20:00+02:00'), title: 'Salainen pyyntö', state: 'requested' })
    await placed(town, { spaceId: 'sali', startsAt: at('2026-11-24T19:30+02:00'), endsAt: at('2026-11-24T20:00+02:00'), title: 'Salainen hylätty', public: true, state: 'declined', reason: 'Salainen syy' })
    await placed(town, { spaceId: 'sali', startsAt: at('2026-11-24T20:00+02:00'), endsAt: at('2026-11-24T21:00+02:00'), title: 'Kaikille avoin tanssi', public: true })
    for (const lang of ['fi', 'sv', 'en']) {
      const { text } = await (await town.client()).get(`/calendars/spaces/sali.ics?lang=${lang}`)
      expect(text).not.toMatch(/salainen|vastuu|maks|maija|mallikas|050|040|example|TV-|bookings|ATTENDEE|ORGANIZER/i)
    }
    expect((await feedOf(town, 'sali')).events.map((one) => [one.summary, one.class]))
      .toEqual([['Varattu', 'PRIVATE'], ['Varattu', 'PRIVATE'], ['Peruttu', 'PRIVATE'], ['Kaikille avoin tanssi', 'PUBLIC']])
  })

  test('shows the hall busy for its half, and a half for the hall, but not for the other half', async () => {
    const town = await world()
    const slugs = ['sali', 'sali-a', 'sali-b']
    const get = async (slug: string, tag = '') => (await town.client()).get(`/calendars/spaces/${slug}.ics`).set('If-None-Match', tag)
    const tags = async () => Promise.all(slugs.map(async (slug) => (await get(slug)).headers['etag'] as string))
    const statuses = async (known: string[]) => Promise.all(slugs.map(async (slug, i) => (await get(slug, known[i])).status))
    const before = await tags()
    expect(await statuses(before)).toEqual([304, 304, 304])
    await placed(town, { spaceId: 'sali-a', startsAt: at('2026-11-24T18:00+02:00'), endsAt: at('2026-11-24T19:00+02:00') })
    expect(await statuses(before)).toEqual([200, 200, 304])
    const between = await tags()
    await placed(town, { spaceId: 'sali', startsAt: at('2026-11-24T19:00+02:00'), endsAt: at('2026-11-24T20:00+02:00') })
    expect(await statuses(between)).toEqual([200, 200, 200])
    const places = async (slug: string) => (await feedOf(town, slug)).events.map((one) => one.location.split(', Kallion')[0])
    expect(await places('sali')).toEqual(['Liikuntasali, lohko A', 'Liikuntasali'])
    expect(await places('sali-a')).toEqual(['Liikuntasali, lohko A', 'Liikuntasali'])
    expect(await places('sali-b')).toEqual(['Liikuntasali'])
  })

  test('has a unit tell all its spaces at the address that its page shows, and hold still until one changes', async () => {
    const town = await world()
    const client = await town.client()
    const address = /http:[^"]+\/calendars\/units\/[^"]+\.ics/.exec((await client.get('/units/kallion-koulu')).text)?.[0] ?? ''
    const get = async (tag = '') => (await town.client()).get(new URL(address).pathname).set('If-None-Match', tag)
    await placed(town, { spaceId: 'sali-a', startsAt: at('2026-11-24T18:00+02:00'), endsAt: at('2026-11-24T19:00+02:00') })
    const first = await get()
    expect(await get(first.headers['etag'] as string)).toMatchObject({ status: 304 })
    await placed(town, { spaceId: 'luokka', startsAt: at('2026-11-24T19:00+02:00'), endsAt: at('2026-11-24T20:00+02:00') })
    const calendar = readCalendar((await get(first.headers['etag'] as string)).text)
    expect(calendar.name).toBe('Kallion koulu')
    expect(calendar.events.map(({ summary, location }) => [summary, location.split(', Kallion')[0]]))
      .toEqual([['Varattu', 'Liikuntasali, lohko A'], ['Varattu', 'Luokka 101']])
    expect((await client.get('/calendars/units/ei-ole.ics')).status).toBe(404)
  })

  test('a request is tentative until it is decided; then it is confirmed or cancelled, with a higher sequence', async () => {
    const town = await world()
    const day = { facts: { ...wish().facts, people: 40 }, space: 'ruokasali' }
    const kept = await booked(town, { ...day, start: at('2026-12-14T18:00+02:00'), end: at('2026-12-14T20:00+02:00') })
    const lost = await booked(town, { ...day, start: at('2026-12-15T18:00+02:00'), end: at('2026-12-15T20:00+02:00') })
    const told = async () => (await feedOf(town, 'ruokasali')).events.map((one) => [one.uid, one.status, one.sequence])
    expect(await told()).toEqual([[kept.uid, 'TENTATIVE', 0], [lost.uid, 'TENTATIVE', 0]])
    const kerttu = await person(town, 'kerttu')
    expect(await approve(town.ctx, kerttu, kept.ref, { reason: 'Ryhmä on pieni.', charge: { charge: 'free' } })).toMatchObject({ ok: true })
    expect(await decline(town.ctx, kerttu, lost.ref, 'Ei sovi')).toMatchObject({ ok: true })
    expect(await told()).toEqual([[kept.uid, 'CONFIRMED', 1], [lost.uid, 'CANCELLED', 1]])
  })

  test('what is moved has its new time under the same UID, and its old time no more', async () => {
    const town = await world()
    const booking = await booked(town)
    const known = (await (await town.client()).get('/calendars/spaces/luokka.ics')).headers['etag'] as string
    const to = { start: at('2026-11-25T17:00+02:00'), end: at('2026-11-25T18:30+02:00') }
    expect(await move(town.ctx, await person(town, 'maija'), booking.ref, to)).toMatchObject({ ok: true })
    const { status, text } = await (await town.client()).get('/calendars/spaces/luokka.ics').set('If-None-Match', known)
    expect(status).toBe(200)
    expect(readCalendar(text).events.map(({ uid, sequence, start, end }) => [uid, sequence, start, end]))
      .toEqual([[booking.uid, 1, '2026-11-25T15:00:00Z', '2026-11-25T16:30:00Z']])
  })

  test('what is cancelled stays for 60 days as cancelled, under the same UID, and then goes', async () => {
    const town = await world()
    const booking = await booked(town, { start: at('2027-02-16T18:00+02:00'), end: at('2027-02-16T20:00+02:00') })
    await cancelled(town, booking.ref)
    const known = (await (await town.client()).get('/calendars/spaces/luokka.ics')).headers['etag'] as string
    const status = async () => (await (await town.client()).get('/calendars/spaces/luokka.ics').set('If-None-Match', known)).status
    const gone = [{ uid: booking.uid, sequence: 1, status: 'CANCELLED', summary: 'Peruttu' }]
    expect((await feedOf(town, 'luokka')).events).toMatchObject(gone)
    await town.settle()
    town.clock.set('2027-01-22T23:59+02:00')
    expect((await feedOf(town, 'luokka')).events).toMatchObject(gone)
    expect(await status()).toBe(304)
    town.clock.set('2027-01-23T00:01+02:00')
    expect(await status()).toBe(200)
    expect((await feedOf(town, 'luokka')).events).toEqual([])
  })

  test('the past stays for 90 days, and the future shows for a year', async () => {
    const town = await world()
    const hour = 3_600_000
    const days = ['2026-08-24', '2026-08-25', '2026-11-22', '2027-11-24', '2027-11-25']
    for (const day of days) await placed(town, { spaceId: 'luokka', startsAt: at(`${day}T12:00Z`), endsAt: at(`${day}T12:00Z`) + hour })
    const starts = async () => (await feedOf(town, 'luokka')).events.map((one) => one.start.slice(0, 10))
    expect(await starts()).toEqual(['2026-08-25', '2026-11-22', '2027-11-24'])
    town.clock.set('2026-11-24T09:00+02:00')
    expect(await starts()).toEqual(['2026-11-22', '2027-11-24', '2027-11-25'])
  })

  test.each([
    ['autumn', '2026-11-23', ['2026-08-24T23:30+03:00', '2026-08-25T00:00+03:00', '2027-11-24T23:30+02:00', '2027-11-25T00:00+02:00']],
    ['spring', '2027-04-15', ['2027-01-14T23:30+02:00', '2027-01-15T00:00+02:00', '2028-04-15T23:30+03:00', '2028-04-16T00:00+03:00']],
  ])('its ends are local midnights, also across the change of the clock in %s', async (_, today, starts) => {
    const town = await world()
    for (const start of starts) await placed(town, { spaceId: 'luokka', startsAt: at(start), endsAt: at(start) + 1_800_000 })
    const offset = today < '2027' ? '+02:00' : '+03:00'
    for (const moment of [`${today}T00:00${offset}`, `${today}T23:59${offset}`]) {
      town.clock.set(moment)
      expect((await feedOf(town, 'luokka')).events.map((one) => at(one.start))).toEqual(starts.slice(1, 3).map(at))
    }
  })

  test.each([
    ['autumn', '2026-11-23T12:00+02:00', '2026-09-24T00:00+03:00'],
    ['spring', '2027-04-15T12:00+03:00', '2027-02-14T00:00+02:00'],
  ])('what was cancelled stays for 60 local days, also across the change of the clock in %s', async (_, now, since) => {
    const town = await world()
    town.clock.set(now)
    const cancelled = { state: 'cancelled' as const, startsAt: at(now) + 86_400_000, endsAt: at(now) + 90_000_000 }
    await placed(town, { spaceId: 'luokka', ...cancelled, updatedAt: at(since) - 1 })
    const kept = await placed(town, { spaceId: 'luokka', ...cancelled, updatedAt: at(since) })
    expect((await feedOf(town, 'luokka')).events.map(({ uid, status }) => [uid, status])).toEqual([[kept.uid, 'CANCELLED']])
  })

  test('a night booking keeps its real hours when the clock changes', async () => {
    const town = await world()
    await placed(town, { spaceId: 'luokka', startsAt: at('2026-10-25T02:00+03:00'), endsAt: at('2026-10-25T05:00+02:00') })
    await placed(town, { spaceId: 'luokka', startsAt: at('2027-03-28T02:00+02:00'), endsAt: at('2027-03-28T05:00+03:00') })
    expect((await feedOf(town, 'luokka')).events.map((one) => [one.start, one.end])).toEqual([
      ['2026-10-24T23:00:00Z', '2026-10-25T03:00:00Z'], ['2027-03-28T00:00:00Z', '2027-03-28T02:00:00Z'],
    ])
  })

  test('speaks the language of its address, or the one it is asked for', async () => {
    const town = await world()
    await booked(town)
    const { client } = town
    const said = async (address: string) => {
      const calendar = readCalendar((await (await client()).get(address)).text)
      return [calendar.name, calendar.events[0]?.summary]
    }
    expect(await said('/calendars/spaces/luokka.ics')).toEqual(['Luokka 101 – Kallion koulu', 'Varattu'])
    expect(await said('/sv/calendars/spaces/luokka.ics')).toEqual(['Klassrum 101 – Kallion koulu', 'Bokad'])
    expect(await said('/calendars/spaces/luokka.ics?lang=en')).toEqual(['Classroom 101 – Kallio School', 'Booked'])
    expect(await said('/sv/calendars/spaces/luokka.ics?lang=fi')).toEqual(['Luokka 101 – Kallion koulu', 'Varattu'])
    expect((await (await client()).get('/calendars/spaces/luokka.ics?lang=de')).status).toBe(400)
  })

  test('is found under a new name too, and an unknown space has none', async () => {
    const town = await world()
    await town.ctx.db.transaction(async (db) => {
      await db.insert(slugRedirects).values({ kind: 'space', slug: 'vanha-luokka', targetId: 'luokka' }).returning()
    })
    const moved = await (await town.client()).get('/sv/calendars/spaces/vanha-luokka.ics?lang=en')
    expect([moved.status, moved.headers['location']]).toEqual([301, '/sv/calendars/spaces/luokka.ics?lang=en'])
    expect((await (await town.client()).get('/calendars/spaces/olematon.ics')).status).toBe(404)
  })
})

describe('reading it again', () => {
  test('costs a 304 until something changes', async () => {
    const town = await world()
    await booked(town)
    const get = async (tag?: string, address = '/calendars/spaces/luokka.ics') => {
      const request = (await town.client()).get(address)
      return tag ? request.set('If-None-Match', tag) : request
    }
    const first = await get()
    const tag = first.headers['etag'] as string
    expect(first.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'public, no-cache', 'content-disposition': 'inline; filename="luokka.ics"',
    })
    expect(tag).toMatch(/^"[\w-]{43}"$/)
    const again = await get(tag)
    expect([again.status, again.text, again.headers['etag'], again.headers['cache-control']]).toEqual([304, '', tag, 'public, no-cache'])
    expect((await get(`"x", W/${tag}`)).status).toBe(304)
    expect((await get('"x"')).status).toBe(200)
    expect((await get(tag, '/calendars/spaces/luokka.ics?lang=sv')).status).toBe(200)

    const second = await booked(town, { start: at('2026-11-25T18:00+02:00'), end: at('2026-11-25T20:00+02:00') })
    const changed = await get(tag)
    expect(changed.status).toBe(200)
    expect(changed.headers['etag']).not.toBe(tag)
    await cancelled(town, second.ref)
    expect((await get(changed.headers['etag'] as string)).status).toBe(200)
  })

  test('a new day with nothing new is still a 304', async () => {
    const town = await world()
    await booked(town)
    const tag = (await (await town.client()).get('/calendars/spaces/luokka.ics')).headers['etag'] as string
    town.clock.set('2026-11-30T09:00+02:00')
    expect((await (await town.client()).get('/calendars/spaces/luokka.ics').set('If-None-Match', tag)).status).toBe(304)
  })

  test('a 304 touches no text: what was kept is not even looked at', async () => {
    const town = await world()
    await booked(town)
    const tag = (await (await town.client()).get('/calendars/spaces/luokka.ics')).headers['etag'] as string
    await town.ctx.db.transaction(async (db) => {
      await db.delete(eventTexts).returning()
    })
    expect((await (await town.client()).get('/calendars/spaces/luokka.ics').set('If-None-Match', tag)).status).toBe(304)
    expect(await town.ctx.db.select().from(eventTexts)).toEqual([])
    expect((await (await town.client()).get('/calendars/spaces/luokka.ics')).headers['etag']).toBe(tag)
    expect(await town.ctx.db.select().from(eventTexts)).toHaveLength(1)
  })

  test('a new name of the place is a change of the feed', async () => {
    const town = await world()
    await booked(town)
    const tag = (await (await town.client()).get('/calendars/spaces/luokka.ics')).headers['etag'] as string
    await town.ctx.db.transaction(async (db) => {
      await db.update(spaces).set({ name: { fi: 'Luokka; uusi, 102\nX-EVIL:1' } }).where(eq(spaces.id, 'luokka')).returning()
      await markCatalogueChanged(db)
    })
    const { status, text } = await (await town.client()).get('/calendars/spaces/luokka.ics').set('If-None-Match', tag)
    expect(status).toBe(200)
    expect(text).toContain('\r\nX-WR-CALNAME:Luokka\\; uusi\\, 102\\nX-EVIL:1 – Kallion koulu\r\n')
    expect(readCalendar(text).events[0]?.location).toMatch(/^Luokka; uusi, 102\nX-EVIL:1, Kallion koulu/)
  })
})

test('texts that no feed tells any more are dropped', async () => {
  const town = await world()
  const old = await booked(town)
  const later = await booked(town, { start: at('2026-11-25T18:00+02:00'), end: at('2026-11-25T20:00+02:00') })
  const kept = async () => (await town.ctx.db.select().from(eventTexts)).map((one) => one.bookingId).sort()
  expect(await kept()).toEqual([old.id, old.id, later.id, later.id].sort())
  town.clock.set('2027-02-23T09:00+02:00')
  await dropOldEvents(town.ctx)
  expect(await kept()).toEqual([later.id, later.id])
})

test('a text is made once after the change, for both audiences, and only for what a feed tells', async () => {
  const town = await world()
  const near = await booked(town)
  await placed(town, { spaceId: 'luokka', startsAt: at('2028-01-10T12:00Z'), endsAt: at('2028-01-10T13:00Z') })
  await town.settle()
  const kept = await town.ctx.db.select().from(eventTexts)
  expect(kept.map((one) => [one.bookingId, one.audience]).sort()).toEqual([[near.id, 'private'], [near.id, 'public']])
  expect(kept.every((one) => one.madeFrom === `1:0:${near.updatedAt}`)).toBe(true)
})
