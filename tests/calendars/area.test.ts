import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { bookings } from '../../src/bookings/table.ts'
import { eventTexts } from '../../src/calendars/table.ts'
import { nanoId } from '../../src/platform/ids.ts'
import { kept } from '../../src/rulebook/kept-quote.ts'
import { markCatalogueChanged } from '../../src/spaces/store.ts'
import { areas, parts, spaceParts, spaces, units } from '../../src/spaces/table.ts'
import { world, type World } from '../support/world.ts'
import { theSpaces } from '../support/premises.ts'
import { readCalendar } from './reader.ts'
import { at, placed } from './town.ts'

const get = async (town: World, slug: string, tag = '') => (await town.client()).get(`/calendars/areas/${slug}`).set('If-None-Match', tag)
const hour = 3_600_000
const evening = (day: number, from = 18) => ({ startsAt: at(`2026-11-${day}T${from}:00+02:00`), endsAt: at(`2026-11-${day}T${from}:00+02:00`) + hour })

describe('the public calendar of an area', () => {
  test('tells every space of it and of the areas below, and no other', async () => {
    const town = await world()
    await placed(town, { spaceId: 'sali-a', ...evening(24) })
    await placed(town, { spaceId: 'kokoushuone', ...evening(24) })
    await placed(town, { spaceId: 'nuorisosali', ...evening(24) })
    const told = async (slug: string) => {
      const { name, events } = readCalendar((await get(town, `${slug}.ics`)).text)
      return [name, ...events.map(({ location }) => location.split(', ').slice(0, -1).join(', ').replace(/, Porthan.*/, '')).sort()]
    }
    const kallio = ['Kokoushuone, Kallion kirjasto', 'Liikuntasali, lohko A, Kallion koulu']
    expect(await told('torkkelinmaki')).toEqual(['Torkkelinmäki – Tilavuoro', ...kallio])
    expect(await told('kallio')).toEqual(['Kallio – Tilavuoro', ...kallio])
    expect(await told('keskinen')).toEqual(['Keskinen – Tilavuoro', ...kallio])
    const eastern = readCalendar((await get(town, 'itainen.ics')).text)
    expect([eastern.name, eastern.events.length, eastern.events[0]?.location]).toEqual(['Itäinen – Tilavuoro', 1, 'Nuorisosali, Itiksen nuorisotila'])
    for (const unknown of ['kallion-koulu', 'olematon', '%00', 'kallio;']) expect((await get(town, `${unknown}.ics`)).status).toBe(404)
  })

  test('names only what is public and granted, and nobody', async () => {
    const town = await world()
    await placed(town, { spaceId: 'luokka', ...evening(24, 17), title: 'Salainen kokous', payerName: 'Maksaja Maksunen', reason: 'Salainen syy' })
    await placed(town, { spaceId: 'luokka', ...evening(24, 18), title: 'Salainen pyyntö', state: 'requested', public: true })
    await placed(town, { spaceId: 'luokka', ...evening(24, 19), title: 'Kaikille avoin tanssi', public: true })
    await placed(town, { spaceId: 'luokka', ...evening(24, 20), title: 'Salainen hylätty', state: 'declined', public: true })
    for (const lang of ['fi', 'sv', 'en']) {
      const { text } = await get(town, `keskinen.ics?lang=${lang}`)
      // A random id may spell anything.
      expect(text.replace(/^UID:.*$/gm, '')).not.toMatch(/salainen|vastuu|maks|maija|mallikas|050|040|example|TV-|bookings|ATTENDEE|ORGANIZER|DESCRIPTION|^URL/im)
    }
    const { events } = readCalendar((await get(town, 'keskinen.ics')).text)
    expect(events.map((one) => [one.summary, one.status, one.class])).toEqual([
      ['Varattu', 'CONFIRMED', 'PRIVATE'], ['Varattu', 'TENTATIVE', 'PRIVATE'], ['Kaikille avoin tanssi', 'CONFIRMED', 'PUBLIC'], ['Peruttu', 'CANCELLED', 'PRIVATE'],
    ])
  })

  test('speaks the language it is asked for', async () => {
    const town = await world()
    await placed(town, { spaceId: 'luokka', ...evening(24) })
    const said = async (path: string) => {
      const { name, events } = readCalendar((await (await town.client()).get(path)).text)
      return [name, events[0]?.summary]
    }
    expect(await said('/calendars/areas/kallio.ics?lang=sv')).toEqual(['Berghäll – Tilavuoro', 'Bokad'])
    expect(await said('/en/calendars/areas/kallio.ics')).toEqual(['Kallio – Tilavuoro', 'Booked'])
    expect((await get(town, 'kallio.ics?lang=de')).status).toBe(400)
  })

  test('costs a 304 until a booking below it changes, whatever happens elsewhere; then nothing is built', async () => {
    const town = await world()
    await placed(town, { spaceId: 'luokka', ...evening(24) })
    const first = await get(town, 'keskinen.ics')
    const tag = first.headers['etag'] as string
    expect(first.headers).toMatchObject({ 'cache-control': 'public, no-cache', 'content-disposition': 'inline; filename="keskinen.ics"' })
    await placed(town, { spaceId: 'nuorisosali', ...evening(24) })
    await town.ctx.db.transaction(async (db) => {
      await db.delete(eventTexts).returning()
    })
    expect(await get(town, 'keskinen.ics', tag)).toMatchObject({ status: 304, text: '' })
    expect(await town.ctx.db.select().from(eventTexts)).toEqual([])
    await placed(town, { spaceId: 'kokoushuone', ...evening(25) })
    const changed = await get(town, 'keskinen.ics', tag)
    expect([changed.status, readCalendar(changed.text).events.length]).toEqual([200, 2])
  })

  test('holds hundreds of spaces and thousands of bookings: told whole, in pieces, under the hash of all its bytes', async () => {
    const town = await world()
    const classroom = theSpaces.find(({ id }) => id === 'luokka')!
    const ids = Array.from({ length: 300 }, (_, i) => ({ id: `l${i}`, unitId: `k${Math.floor(i / 10)}` }))
    await town.ctx.db.transaction(async (db) => {
      await db.insert(areas).values({ id: 'iso', slug: 'iso', level: 'major_district', parentId: null, name: { fi: 'Iso' } }).returning()
      await db.insert(units).values(Array.from({ length: 30 }, (_, i) => ({
        id: `k${i}`, slug: `koulu-${i}`, kind: 'school' as const, name: { fi: `Koulu ${i}` }, lat: 60, lon: 25, coordSource: 'test', source: 'synthetic' as const, areaId: 'iso', neighbourhood: {},
      }))).returning()
      const { partIds: _, ...row } = classroom
      await db.insert(spaces).values(ids.map(({ id, unitId }, position) => ({ ...row, id, unitId, slug: id, position }))).returning()
      await db.insert(parts).values(ids).returning()
      await db.insert(spaceParts).values(ids.map(({ id }) => ({ spaceId: id, partId: id }))).returning()
      await markCatalogueChanged(db)
    })
    const first = await placed(town, { spaceId: 'l0', ...evening(24) })
    // The rest as the bulk path writes them; half a megabyte and more is told in pieces.
    const many = Array.from({ length: 2_100 }, (_, i) => {
      const startsAt = at('2026-11-25T08:00+02:00') + Math.floor(i / 300) * 86_400_000
      return { ...first, decided: { ...first.decided, quote: kept(first.decided.quote) }, id: nanoId(), ref: `TV-${i}`, uid: `u${i}@tilavuoro`, spaceId: `l${i % 300}`, startsAt, endsAt: startsAt + hour }
    })
    await town.ctx.db.transaction(async (db) => {
      for (let i = 0; i < many.length; i += 500) await db.insert(bookings).values(many.slice(i, i + 500)).returning({ id: bookings.id })
    })
    const whole = await (await town.client()).get('/calendars/areas/iso.ics').set('Accept-Encoding', 'identity')
    expect(whole.text.length).toBeGreaterThan(500_000)
    expect(whole.headers).toMatchObject({ 'content-type': 'text/calendar; charset=utf-8', 'transfer-encoding': 'chunked' })
    const uids = [...whole.text.matchAll(/^UID:(.+)\r$/gm)].map(([, uid]) => uid)
    expect(uids.sort()).toEqual([first.uid, ...many.map(({ uid }) => uid)].sort())
    expect(whole.text.match(/^(BEGIN|END):VCALENDAR\r$/gm)).toEqual(['BEGIN:VCALENDAR\r', 'END:VCALENDAR\r'])
    expect(whole.headers['etag']).toBe(`"${createHash('sha256').update(whole.text).digest('base64url')}"`)
    expect((await get(town, 'iso.ics', whole.headers['etag'] as string)).status).toBe(304)
    const packed = await get(town, 'iso.ics')
    expect([packed.headers['content-encoding'], packed.text === whole.text]).toEqual(['gzip', true])
    const head = await (await town.client()).head('/calendars/areas/iso.ics')
    expect([head.status, head.headers['etag'], head.text]).toEqual([200, whole.headers['etag'], undefined])
  })
})

describe('the page about calendars', () => {
  test('gives the address of the area that is chosen, in the language of the page', async () => {
    const town = await world()
    const page = await (await town.client()).get('/sv/calendars?area=kallio')
    expect(page.text).toContain('value="http://tilavuoro.test/calendars/areas/kallio.ics?lang=sv"')
    expect(page.text).toContain('webcal://tilavuoro.test/calendars/areas/kallio.ics?lang=sv')
    expect(page.text).toMatch(/<option value="kallio" selected>Berghäll/)
    expect((await (await town.client()).get('/calendars?area=torkkelinmaki')).text).toContain('/calendars/areas/torkkelinmaki.ics')
    expect((await (await town.client()).get('/calendars?area=')).status).toBe(200)
    expect((await (await town.client()).get('/calendars?area=olematon')).status).toBe(404)
  })
})
