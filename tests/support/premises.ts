import { readFileSync } from 'node:fs'
import type { Writes } from '../../src/platform/db/database.ts'
import { parseEdition } from '../../src/rulebook/edition.ts'
import { editions } from '../../src/rulebook/table.ts'
import type { Opening } from '../../src/spaces/opening.ts'
import type { Space } from '../../src/spaces/space.ts'
import { markCatalogueChanged } from '../../src/spaces/store.ts'
import { areas, openings, parts, spaceParts, spaces, units } from '../../src/spaces/table.ts'
import { holidays, terms } from '../../src/time/table.ts'

/** A school with a gym that divides, a library and a youth centre: every kind of rule has a place to happen. */

/** A Monday morning in term, in Helsinki: when every story begins. */
export const monday = Date.parse('2026-11-23T09:00:00+02:00')

const ordinary: Omit<Space, 'id' | 'slug' | 'unitId' | 'kind' | 'name' | 'people' | 'areaM2' | 'partIds'> = {
  wholeId: null, equipment: [], accessibility: { wheelchair: 'yes' }, supervision: ['self_supervised'], approval: 'automatic',
  alwaysPaid: false, minMinutes: 60, maxMinutes: 240, stepMinutes: 30, bufferBefore: 0, bufferAfter: 0, daysAhead: 90,
  restrictions: [], source: 'synthetic',
}
type Own = Partial<Space> & Pick<Space, 'id' | 'unitId' | 'kind' | 'name' | 'people' | 'areaM2'>
const space = (own: Own): Space => ({ ...ordinary, slug: own.id, partIds: [own.id], ...own })

const gym = { unitId: 'koulu', kind: 'gym', supervision: ['self_supervised', 'key_contract', 'staffed'], maxMinutes: 180 } as const
export const theSpaces: Space[] = [
  space({ ...gym, supervision: [...gym.supervision], id: 'sali', name: { fi: 'Liikuntasali', sv: 'Gymnastiksal', en: 'Gym' }, people: 120, areaM2: 420, partIds: ['sali-a', 'sali-b'] }),
  space({ ...gym, supervision: [...gym.supervision], id: 'sali-a', name: { fi: 'Liikuntasali, lohko A', sv: 'Gymnastiksal, del A', en: 'Gym, half A' }, people: 60, areaM2: 210, wholeId: 'sali' }),
  space({ ...gym, supervision: [...gym.supervision], id: 'sali-b', name: { fi: 'Liikuntasali, lohko B', sv: 'Gymnastiksal, del B', en: 'Gym, half B' }, people: 60, areaM2: 210, wholeId: 'sali' }),
  space({ id: 'luokka', unitId: 'koulu', kind: 'classroom', name: { fi: 'Luokka 101', sv: 'Klassrum 101', en: 'Classroom 101' }, people: 30, areaM2: 60 }),
  space({ id: 'ruokasali', unitId: 'koulu', kind: 'canteen', name: { fi: 'Ruokasali', sv: 'Matsal', en: 'Canteen' }, people: 150, areaM2: 300, supervision: ['self_supervised', 'staffed'], bufferBefore: 30, bufferAfter: 30 }),
  space({ id: 'kokoushuone', unitId: 'kirjasto', kind: 'meeting_room', name: { fi: 'Kokoushuone', sv: 'Mötesrum', en: 'Meeting room' }, people: 12, areaM2: 30, minMinutes: 30, bufferAfter: 15, stepMinutes: 15, equipment: ['projector', 'wifi'] }),
  space({ id: 'nuorisosali', unitId: 'nuoriso', kind: 'youth_hall', name: { fi: 'Nuorisosali', sv: 'Ungdomssal', en: 'Youth hall' }, people: 80, areaM2: 150, supervision: ['staffed', 'self_supervised'], maxMinutes: 360 }),
  space({ id: 'keittio', unitId: 'nuoriso', kind: 'kitchen', name: { fi: 'Keittiö', sv: 'Kök', en: 'Kitchen' }, people: 15, areaM2: 40, alwaysPaid: true }),
]

const opening = (spaceId: string, weekdays: number[], from: number, to: number, own: Partial<Opening> = {}) =>
  ({ id: `${spaceId}/${weekdays.join('')}/${from}`, spaceId, weekdays, from, to, when: 'always' as const, onHolidays: false, validFrom: null, validTo: null, ...own })

const hour = 60
const [workdays, weekend, everyDay] = [[1, 2, 3, 4, 5], [6, 7], [1, 2, 3, 4, 5, 6, 7]]
export const theOpenings = [
  ...['sali', 'sali-a', 'sali-b', 'luokka', 'ruokasali'].flatMap((id) => [
    opening(id, workdays, 17 * hour, 21 * hour), opening(id, weekend, 9 * hour, 21 * hour),
  ]),
  opening('kokoushuone', everyDay, 9 * hour, 12 * hour), opening('kokoushuone', everyDay, 13 * hour, 20 * hour),
  opening('nuorisosali', [1, 2, 3, 4, 7], 17 * hour, 22 * hour), opening('nuorisosali', [5, 6], 17 * hour, 25 * hour),
  opening('keittio', everyDay, 10 * hour, 22 * hour),
]

const unit = { address: 'Porthaninkatu 1', postalCode: '00530', lat: 60.1845, lon: 24.95, coordSource: 'test', source: 'open_data' } as const

export async function seedSmallCity(db: Writes, now: number): Promise<void> {
  await db.insert(areas).values([
    { id: 'keskinen', slug: 'keskinen', level: 'major_district', parentId: null, name: { fi: 'Keskinen', sv: 'Mellersta' } },
    { id: 'kallio', slug: 'kallio', level: 'district', parentId: 'keskinen', name: { fi: 'Kallio', sv: 'Berghäll' } },
    { id: 'torkkelinmaki', slug: 'torkkelinmaki', level: 'subdistrict', parentId: 'kallio', name: { fi: 'Torkkelinmäki', sv: 'Torkelsbacken' } },
    { id: 'itainen', slug: 'itainen', level: 'major_district', parentId: null, name: { fi: 'Itäinen', sv: 'Östra' } },
    { id: 'vartiokyla', slug: 'vartiokyla', level: 'district', parentId: 'itainen', name: { fi: 'Vartiokylä', sv: 'Botby' } },
  ]).returning()
  await db.insert(units).values([
    { ...unit, id: 'koulu', slug: 'kallion-koulu', kind: 'school', name: { fi: 'Kallion koulu', en: 'Kallio School' }, areaId: 'torkkelinmaki', neighbourhood: { fi: 'Kallio', sv: 'Berghäll' } },
    { ...unit, id: 'kirjasto', slug: 'kallion-kirjasto', kind: 'library', name: { fi: 'Kallion kirjasto', sv: 'Berghälls bibliotek', en: 'Kallio Library' }, areaId: 'torkkelinmaki', neighbourhood: { fi: 'Kallio', sv: 'Berghäll' } },
    { ...unit, id: 'nuoriso', slug: 'itiksen-nuorisotila', kind: 'youth_centre', name: { fi: 'Itiksen nuorisotila', sv: 'Östra centrums ungdomsgård' }, address: null, lat: 60.21, lon: 25.08, areaId: 'vartiokyla', neighbourhood: { fi: 'Vartiokylä', sv: 'Botby' } },
  ]).returning()
  await db.insert(spaces).values(theSpaces.map(({ partIds: _, ...row }, position) => ({ ...row, position }))).returning()
  const partRows = [...new Map(theSpaces.flatMap((one) => one.partIds.map((id) => [id, { id, unitId: one.unitId }]))).values()]
  await db.insert(parts).values(partRows).returning()
  await db.insert(spaceParts).values(theSpaces.flatMap((one) => one.partIds.map((partId) => ({ spaceId: one.id, partId })))).returning()
  await db.insert(openings).values(theOpenings).returning()
  await db.insert(holidays).values([
    { date: '2026-12-06', kind: 'public', name: { fi: 'itsenäisyyspäivä', sv: 'självständighetsdagen', en: 'Independence Day' } },
    { date: '2026-12-24', kind: 'bank', name: { fi: 'jouluaatto', sv: 'julafton', en: 'Christmas Eve' } },
    { date: '2026-12-25', kind: 'public', name: { fi: 'joulupäivä', sv: 'juldagen', en: 'Christmas Day' } },
  ]).returning()
  await db.insert(terms).values({ id: 'syksy', kind: 'term', name: { fi: 'Syyslukukausi', sv: 'Hösttermin', en: 'Autumn term' }, from: '2026-08-12', to: '2026-12-19' }).returning()
  const content: unknown = JSON.parse(readFileSync(new URL('../../drizzle/seed/rulebook.example.json', import.meta.url), 'utf8'))
  const { id, status } = parseEdition(content)
  await db.insert(editions).values({ id, status, validFrom: '2020-01-01', content, createdAt: now }).returning()
  await markCatalogueChanged(db)
}
