import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Area, Catalogue, Listed, Unit } from '../../src/spaces/catalogue.ts'
import { wordsOf } from '../../src/spaces/catalogue.ts'
import { asSaid, filterFields, matching } from '../../src/spaces/filter.ts'
import { besides } from '../../src/spaces/near.ts'
import { cursorOf, offsetOf, pagingFields, piece } from '../../src/spaces/paging.ts'
import { premisesFacts } from '../../src/spaces/premises-facts.ts'
import { shown } from '../../src/spaces/shown.ts'
import type { Space } from '../../src/spaces/space.ts'
import { yearCalendar } from '../../src/time/holidays.ts'

const areas = new Map<string, Area>([
  ['east', { id: 'east', slug: 'itainen', level: 'major_district', parentId: null, name: { fi: 'Itäinen', sv: 'Östra' } }],
  ['toolo', { id: 'toolo', slug: 'toolo', level: 'district', parentId: null, name: { fi: 'Töölö', sv: 'Tölö' } }],
])
const unitOf = (id: string, given: Partial<Unit> = {}): Unit => ({
  id, slug: id, kind: 'school', name: { fi: id }, address: null, postalCode: null, lat: 60.2, lon: 24.9, areaIds: [], neighbourhood: {},
  coordSource: 'test', checkM: null, notLent: null, source: 'open_data', ...given,
})
const [school, library] = [unitOf('Töölön koulu', { areaIds: ['toolo'] }), unitOf('kirjasto', { kind: 'library', areaIds: ['east'], lat: 60.3 })]
const listed = (id: string, unit: Unit, given: Partial<Space>): Listed => {
  const space = { id, slug: id, unitId: unit.id, kind: 'gym', name: { fi: id }, people: 20, equipment: [], accessibility: {}, supervision: ['self_supervised'], source: 'synthetic', ...given } as unknown as Space
  return { position: 0, room: 0, space, unit, openings: [], closures: [], calendar: yearCalendar([], []), words: wordsOf(space, unit, areas, []) }
}
const spaces = [
  listed('liikuntasali', school, { people: 100 }), listed('luokka', school, { kind: 'classroom', equipment: ['projector'], accessibility: { wheelchair: 'partly' }, supervision: ['self_supervised', 'staffed'] }),
  listed('kokoushuone', library, { kind: 'meeting_room', equipment: ['wifi', 'projector'], accessibility: { wheelchair: 'yes' } }),
]
const catalogue = {
  spaces, areas, areaBySlug: new Map([...areas.values()].map((area) => [area.slug, area])), units: new Map([school, library].map((unit) => [unit.id, unit])),
} as unknown as Catalogue
const found = (filter: Parameters<typeof matching>[1]) => matching(catalogue, filter).map(({ space }) => space.id)

describe('choosing spaces', () => {
  test.each([
    [{ q: 'sali' }, ['liikuntasali']], [{ q: 'toolo' }, ['liikuntasali', 'luokka']], [{ q: 'TÖLÖ luok' }, ['luokka']], [{ q: 'sali kirjasto' }, []],
    [{ people: 50 }, ['liikuntasali']], [{ unitKind: 'library' as const }, ['kokoushuone']], [{ kind: 'classroom' as const }, ['luokka']],
    [{ area: 'itainen' }, ['kokoushuone']], [{ area: 'atlantis' }, []], [{}, ['liikuntasali', 'luokka', 'kokoushuone']],
  ])('%j gives %j', (filter, ids) => {
    expect(found(filter)).toEqual(ids)
  })
  test('equipment means all of it, a need only what is known to meet it, a mode one that the space can be used in', () => {
    expect(found({ equipment: ['projector', 'wifi'] })).toEqual(['kokoushuone'])
    expect(found({ equipment: ['projector'] })).toEqual(['luokka', 'kokoushuone'])
    expect(found({ access: 'wheelchair' })).toEqual(['kokoushuone'])
    expect(found({ supervision: 'staffed' })).toEqual(['luokka'])
  })
  test('a field that may be repeated takes its choices one by one or between commas', () => {
    const { equipment } = filterFields
    expect([['wifi', 'projector'], 'wifi,projector', ['wifi', ' projector,wifi'], '', ['', ' ']].map((said) => equipment.parse(said)))
      .toEqual([['wifi', 'projector'], ['wifi', 'projector'], ['wifi', 'projector'], undefined, undefined])
    expect(equipment.safeParse(['wifi', 'throne']).success).toBe(false)
    expect(equipment.safeParse([{ a: 1 }]).success).toBe(false)
    expect(asSaid({ equipment: ['wifi', ''], q: ['a', 'b'], kind: '' })).toEqual({ equipment: ['wifi'], q: 'b' })
  })
})

describe('lists in pieces', () => {
  test('the pieces in order are the list', () => {
    fc.assert(fc.property(fc.array(fc.integer(), { maxLength: 40 }), fc.integer({ min: 1, max: 10 }), (list, limit) => {
      const got: number[] = []
      let cursor: number | null = 0
      while (cursor !== null) {
        const part: ReturnType<typeof piece<number>> = piece(list, { limit, cursor })
        got.push(...part.items)
        cursor = part.next === null ? null : offsetOf(part.next)
      }
      expect(got).toEqual(list)
    }))
  })
  test('only cursors of ours are read', () => {
    expect(offsetOf(cursorOf(100))).toBe(100)
    expect(['', 'x', '100', 'ZnJvbTotMQ', 'ZnJvbTox=', 'é', cursorOf(1) + 'A', 'A'.repeat(41)].map(offsetOf)).toEqual(Array(8).fill(null))
  })
  test('limits outside 1–100 are malformed', () => {
    const schema = z.object(pagingFields)
    expect(schema.parse({})).toEqual({ limit: 100, cursor: 0 })
    expect(['0', '101', '-1', '1.5', 'ten', ''].filter((limit) => schema.safeParse({ limit }).success)).toEqual([])
  })
})

test('units at the same door are found whatever their kind, and nobody is beside themselves', () => {
  const near = unitOf('near', { lat: 60.20001 })
  const sameDoor = unitOf('same door', { lat: 60.2012, address: 'Katu 1' })
  const asked = unitOf('asked', { address: 'Katu 1' })
  expect(besides([sameDoor, near, asked, unitOf('far', { lat: 60.21, address: 'Katu 2' })], asked).map(({ id }) => id)).toEqual(['near', 'same door'])
})

test('what the catalogue lacks is counted', () => {
  const far = unitOf('far', { checkM: 800, name: { sv: 'Bortaskolan' }, address: 'Katu 1', notLent: { id: 'x', unitId: 'far', spaceId: null, effect: 'not_lent', what: {}, reason: { fi: 'ei' }, validFrom: '2026-08-01', validTo: null, decision: null, state: 'in_force' } })
  expect(premisesFacts({ units: new Map([...catalogue.units, ['far', far]]), spaces })).toEqual({
    units: 3, openUnits: 3, byKind: [{ kind: 'school', units: 2, spaces: 2 }, { kind: 'library', units: 1, spaces: 1 }], spaces: 3, synthetic: 3,
    missing: { address: 2, postalCode: 3, fi: 1, sv: 2, en: 3 }, notLent: 1, far: [{ unit: far, metres: 800 }],
  })
})

test('a text in another language than the page carries its own', () => {
  expect(shown({ fi: 'Sali', sv: 'Sal' }, 'sv')).toEqual({ text: 'Sal', lang: null })
  expect(shown({ sv: 'Botby' }, 'fi')).toEqual({ text: 'Botby', lang: 'sv' })
})
