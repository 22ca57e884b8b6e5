import { describe, expect, it } from 'vitest'
import { areasOf } from '../../src/spaces/area.ts'
import { buildingsOf, metresBetween } from '../../src/spaces/building.ts'
import { noExceptions, parseExceptions } from '../../src/spaces/exceptions.ts'
import { parseAreas, parsePremises } from '../../src/spaces/premises.ts'
import { unitKinds } from '../../src/spaces/space.ts'
import { hasMoved } from '../../src/spaces/stay.ts'
import { helsinki as helsinkiInMemory } from './helsinki.ts'
import { cityOf, exceptions, helsinki, hierarchy, premisesRecords, recordsOf } from './seed.ts'

const unit = (slug: string) => helsinki.units.find((one) => one.slug === slug)
const area = (slug: string) => helsinki.areas.find((one) => one.slug === slug)
const header = Object.keys(premisesRecords[0]?.record ?? {}).join(',')
const right = 'x:1,library,Kirjasto,,,Katu 1,00100,60.17,24.93,1,Eteläinen,Södra,103,Kampinmalmi,Kampmalmen,130,Etu-Töölö,Främre Tölö,13,Etu-Töölö,Främre Tölö,,yes,,,,servicemap,'
const areas = new Set(helsinki.areas.map(({ id }) => id))
const read = (...lines: string[]) => parsePremises(recordsOf([header, ...lines].join('\r\n')), { areas })
const city = (...lines: string[]) => cityOf(recordsOf([header, ...lines].join('\r\n')), hierarchy.chains)

describe('the premises of Helsinki', () => {
  it('are 275 of 304, without a fault', () => {
    expect(helsinki.problems).toEqual([])
    expect(helsinki.notOwn.length).toBe(29)
    expect(Object.fromEntries(unitKinds.map((kind) => [kind, helsinki.units.filter((one) => one.kind === kind).length]))).toEqual({
      school: 117, library: 41, youth_centre: 36, playground_house: 67, culture: 8, adult_education: 6,
    })
  })

  it('have a row each as the tables want it', () => {
    expect(unit('oulunkylan-ala-asteen-koulu')).toEqual({
      id: 'tprek:6674',
      slug: 'oulunkylan-ala-asteen-koulu',
      kind: 'school',
      name: { fi: 'Oulunkylän ala-asteen koulu', en: 'Oulunkylä Primary School' },
      address: 'Teinintie 12',
      postalCode: '00640',
      lat: 60.23173,
      lon: 24.960806,
      areaId: 'subdistrict:284',
      neighbourhood: { fi: 'Oulunkylä', sv: 'Åggelby' },
      schoolNumber: '03030',
      coordSource: 'servicemap',
      checkM: 50,
      restrictions: [],
      source: 'open_data',
      buildingId: 'building:tprek:6674',
    })
  })

  it('keep commas in names', () => {
    expect(unit('malmitalo-helsingin-tyovaenopisto')?.name.en).toBe('Malmitalo Cultural Centre, The Finnish Adult Education Centre')
  })

  it('have slugs that do not collide', () => {
    expect(new Set(helsinki.units.map(({ slug }) => slug)).size).toBe(275)
  })

  it('leave empty what is not known', () => {
    const without = (test: (one: (typeof helsinki.units)[number]) => boolean) => helsinki.units.filter(test).length
    expect(without(({ address }) => address === null)).toBe(25)
    expect(without(({ postalCode }) => postalCode === null)).toBe(1)
    expect(without(({ checkM }) => (checkM ?? 0) > 500)).toBe(13)
    expect(without(({ name }) => !name.fi && !name.sv)).toBe(0)
  })

  it('have twenty names in Swedish only', () => {
    const swedish = helsinki.units.filter(({ name }) => !name.fi)
    expect(swedish.length).toBe(20)
    expect(unit('arbetarinstitutets-undervisning')?.name).toEqual({ sv: 'Arbetarinstitutets undervisning', en: 'Educational Centre (Arbis)' })
    expect(unit('kottby-lagstadieskola')?.name).toEqual({ sv: 'Kottby Lågstadieskola' })
  })

  it('have no English name that only repeats the Finnish', () => {
    expect(unit('tiivistamo')?.name).toEqual({ fi: 'Tiivistämö' })
  })
})

describe('areas', () => {
  it('are 8 major districts, 34 districts and 148 subdistricts', () => {
    expect(hierarchy.problems).toEqual([])
    expect(['major_district', 'district', 'subdistrict'].map((level) => helsinki.areas.filter((one) => one.level === level).length))
      .toEqual([8, 34, 148])
  })

  it('of one name: the broadest keeps the bare slug', () => {
    expect(area('vallila')?.level).toBe('district')
    expect(area('vallila-osa-alue')?.level).toBe('subdistrict')
    expect(['ostersundom', 'ostersundom-peruspiiri', 'ostersundom-osa-alue'].map((slug) => area(slug)?.level))
      .toEqual(['major_district', 'district', 'subdistrict'])
    const slugs = helsinki.areas.map(({ slug }) => slug)
    expect(new Set(slugs).size).toBe(slugs.length)
    // Fourteen names repeat, one of them on all three levels.
    expect(slugs.filter((slug) => /-(peruspiiri|osa-alue)$/.test(slug)).length).toBe(15)
  })

  it('of every unit lead up to a major district', () => {
    const byId = new Map(helsinki.areas.map((one) => [one.id, one]))
    for (const { areaId } of helsinki.units) {
      const chain = [byId.get(areaId)]
      for (let above = chain[0]?.parentId; above; above = byId.get(above)?.parentId) chain.push(byId.get(above))
      expect(chain.map((one) => one?.level)).toEqual(['subdistrict', 'district', 'major_district'])
    }
  })

  it('come from their own file, and know their names in Swedish', () => {
    const columns = 'suurpiiri_id,suurpiiri_fi,suurpiiri_sv,peruspiiri_id,peruspiiri_fi,peruspiiri_sv,osa_alue_id,osa_alue_fi,osa_alue_sv'
    const { chains } = parseAreas(recordsOf(`${columns}\n1,Eteläinen,Södra,103,Kampinmalmi,Kampmalmen,130,Etu-Töölö,Främre Tölö`))
    expect(areasOf(chains)).toEqual([
      { id: 'major_district:1', slug: 'etelainen', level: 'major_district', parentId: null, name: { fi: 'Eteläinen', sv: 'Södra' } },
      { id: 'district:103', slug: 'kampinmalmi', level: 'district', parentId: 'major_district:1', name: { fi: 'Kampinmalmi', sv: 'Kampmalmen' } },
      { id: 'subdistrict:130', slug: 'etu-toolo', level: 'subdistrict', parentId: 'district:103', name: { fi: 'Etu-Töölö', sv: 'Främre Tölö' } },
    ])
  })

  it('say which line of their file is faulty', () => {
    const columns = 'suurpiiri_id,suurpiiri_fi,suurpiiri_sv,peruspiiri_id,peruspiiri_fi,peruspiiri_sv,osa_alue_id,osa_alue_fi,osa_alue_sv'
    const { chains, problems } = parseAreas(recordsOf(`${columns}\r\n1,Etelä,,2,Keski,,,Nurkka,\r\n1,Etelä,,2,Keski,,3,Kulma,\r\n1,Etelä,,2,Kesko,,4,Reuna,\r\n`))
    expect(problems).toEqual([
      { line: 2, reason: 'osa_alue_id: is empty' }, { line: 4, reason: 'Kesko: line 3 names or places this area otherwise' },
    ])
    expect(areasOf(chains).map(({ slug, name }) => [slug, name])).toEqual([
      ['etela', { fi: 'Etelä' }], ['keski', { fi: 'Keski' }], ['kulma', { fi: 'Kulma' }],
    ])
  })
})

describe('a faulty line', () => {
  it('is left out with all its reasons, and the others are taken', () => {
    const { units, problems } = read(
      'x:2,sauna,,,,,123,24.93,60.17,1,Eteläinen,,103,Kampinmalmi,,,Etu-Töölö,,,,,,maybe,,,,,far',
      right,
    )
    expect(units.map(({ id }) => id)).toEqual(['x:1'])
    expect(problems).toEqual([{
      line: 2,
      reason: 'kind: must be one of school, library, youth_centre, playground_house, culture, adult_education; '
        + 'postal_code: must be five digits or empty; lat: must be a number from 59 to 71, with a decimal point; '
        + 'lon: must be a number from 19 to 32, with a decimal point; osa_alue_id: is empty; city_operated: must be yes, likely or no; check_m: must be a number of metres or empty',
    }])
  })

  it('may lack a column, a name or a point', () => {
    expect(parsePremises([{ line: 7, record: { id: 'x:3', kind: 'library' } }], { areas }).problems[0]?.reason).toContain('lat: is missing')
    expect(read(right.replace('Kirjasto', '')).problems).toEqual([{ line: 2, reason: 'name_fi: is empty, and so is name_sv' }])
    expect(read(right.replace('60.17', '')).problems[0]?.reason).toContain('lat: is empty')
  })

  it('may repeat an id', () => {
    expect(read(right, right).problems).toEqual([{ line: 3, reason: 'id: x:1 is already on line 2' }])
  })
})

describe('another file', () => {
  it('may name a unit in Swedish only, and two units alike', () => {
    const { units } = city(right, right.replace('x:1', 'x:2'), right.replace('x:1', 'x:3').replace('Kirjasto,', ',Biblioteket i Åbo'))
    expect(units.map(({ slug, name }) => [slug, name])).toEqual([
      ['kirjasto', { fi: 'Kirjasto' }], ['kirjasto-x-2', { fi: 'Kirjasto' }], ['biblioteket-i-abo', { sv: 'Biblioteket i Åbo' }],
    ])
  })
})

describe('buildings', () => {
  const named = (...slugs: string[]) => new Set(slugs.map((slug) => unit(slug)?.buildingId))

  it('are shared by units within 60 m or at one address', () => {
    expect(helsinki.buildings.length).toBe(232)
    expect(named('stoa', 'itakeskuksen-kirjasto', 'itakeskuksen-nuorten-toimintatalo-kipina').size).toBe(1)
    expect(named('kontulan-kirjasto', 'kontulan-askartelupaja').size).toBe(1)
    expect(named('kontulan-kirjasto', 'stoa').size).toBe(2)
    const ids = helsinki.buildings.map(({ id }) => id)
    expect(new Set(helsinki.units.map(({ buildingId }) => buildingId))).toEqual(new Set(ids))
  })

  it('are the same whatever the order of the rows', () => {
    const turned = cityOf([...premisesRecords].reverse(), hierarchy.chains, exceptions)
    expect(turned.buildings).toEqual(helsinki.buildings)
    expect(new Map(turned.units.map((one) => [one.id, one.buildingId]))).toEqual(new Map(helsinki.units.map((one) => [one.id, one.buildingId])))
  })

  it('reach by way of a third unit, and take its address where the first has none', () => {
    const at = (id: string, lat: number, address: string | null) => ({ id, lat, lon: 25, address, postalCode: address && '00100' })
    const units = [at('c', 60.0008, 'Katu 1'), at('a', 60, null), at('b', 60.0004, 'KATU 1 '), at('d', 60.01, 'katu 1.'), at('e', 60.02, 'Katu 10')]
    expect(metresBetween({ lat: 60, lon: 25 }, { lat: 60.0004, lon: 25 })).toBeCloseTo(44.5, 1)
    expect(buildingsOf(units).buildings).toEqual([
      { id: 'building:a', address: 'KATU 1 ', postalCode: '00100', lat: 60, lon: 25 },
      { id: 'building:e', address: 'Katu 10', postalCode: '00100', lat: 60.02, lon: 25 },
    ])
  })
})

describe('a move', () => {
  const at = (address: string | null, lat = 60) => ({ id: 'a', lat, lon: 25, address, postalCode: '00100' })
  it.each([
    ['another street', at('Katu 1'), at('Kuja 1'), true],
    ['another number', at('Katu 1'), at('Katu 11'), true],
    ['a staircase more', at('Katu 1'), at('katu 1 B'), false],
    ['a range written otherwise', at('Katu 8-10'), at('Katu 8–10'), false],
    ['a point put right', at('Katu 1'), at('Katu 1', 60.01), false],
    ['an address learnt', at(null), at('Katu 1'), false],
    ['a point far away, the address not known', at(null), at(null, 60.01), true],
    ['a point nearby, the address not known', at(null), at(null, 60.0004), false],
  ])('%s', (_, before, now, moved) => expect(hasMoved(before, now)).toBe(moved))

  it('leads to a known building there, settled or empty, but never to the one left', () => {
    const unit = (id: string, lat: number) => ({ id, lat, lon: 25, address: null, postalCode: null })
    const house = (id: string, lat: number) => ({ id, lat, lon: 25, address: null, postalCode: null })
    const settled = [{ unit: unit('a', 60), buildingId: 'h1' }]
    const known = [house('h1', 60), house('h2', 60.01), house('building:c', 60.02)]
    const found = (lat: number, leaves: string | null = null) => buildingsOf([{ ...unit('c', lat), leaves }], settled, known).buildingOf.get('c')
    expect([found(60.0001), found(60.0101), found(60.0001, 'h1'), found(60.03), found(60.02)]).toEqual(['h1', 'h2', 'building:c/2', 'building:c/2', 'building:c'])
  })
})

describe('exceptions', () => {
  it('are 21 units that lend nothing and 6 within limits, under their right names', () => {
    const names = new Map(premisesRecords.map(({ record }) => [record.id, record.name_fi]))
    const listed = [...exceptions.groups.flatMap(({ units }) => units), ...exceptions.swedishOnly.units]
    expect(listed.map(({ id, name }) => [id, name])).toEqual(listed.map(({ id }) => [id, names.get(id)]))
    expect(helsinki.units.filter(({ restrictions }) => restrictions.some(({ effect }) => effect === 'not_lent')).length).toBe(21)
    expect(helsinki.units.filter(({ restrictions }) => restrictions.some(({ effect }) => effect === 'by_staff')).map(({ slug }) => slug)).toEqual([
      'savoy-teatteri', 'suomenlinnan-kirjasto', 'suomenlinnan-ala-asteen-koulu',
      'hapen-mediatoiminnat-nuorten-media', 'kontulan-askartelupaja', 'munkkiniemen-studio',
    ])
  })

  it('give the reason in three languages', () => {
    expect(unit('tattarisuon-moottorihalli')?.restrictions[0]?.reason.sv).toMatch(/^I motorhallen reparerar man fordon\./)
    expect(unit('santahaminan-ala-asteen-koulu')?.restrictions[0]?.reason.fi).toMatch(/^Santahamina on puolustusvoimien aluetta\./)
    expect(unit('savoy-teatteri')?.restrictions[0]?.what.en).toBe('Use of the stage and its technology')
  })

  it('all have a reason in three languages and plain Finnish, a first and a last day, which the units carry', () => {
    for (const { reason, from, until } of exceptions.groups) {
      expect([reason.fi, reason.sv, reason.en, reason.plain].every((text) => text.length > 20)).toBe(true)
      expect([from, until]).toEqual(['2026-08-01', '2027-07-31'])
    }
    const carried = helsinki.units.flatMap(({ restrictions }) => restrictions)
    expect(carried).toHaveLength(27)
    expect(carried.filter(({ validFrom, validTo }) => validFrom !== '2026-08-01' || validTo !== '2027-07-31')).toEqual([])
    const endless = { ...noExceptions, groups: [{ ...exceptions.groups[0], until: null }] }
    expect(() => parseExceptions(endless)).toThrow('until')
  })

  it('leave units that lend nothing without spaces, and let a person decide in every space of one with limits', () => {
    const spacesOfUnit = (slug: string) => helsinkiInMemory.spacesOfUnit.get(helsinkiInMemory.unitBySlug.get(slug)!.id)!.map(({ space }) => [space.approval, space.restrictions.length])
    expect(spacesOfUnit('pukinmaen-mopohalli')).toEqual([])
    expect(spacesOfUnit('munkkiniemen-studio')).toEqual([['person', 1], ['person', 1], ['person', 1]])
  })

  it('name a unit once', () => {
    const twice = { ...noExceptions, swedishOnly: { reason: 'x', units: [{ id: 'a', name: 'A' }, { id: 'a', name: 'A' }] } }
    expect(() => parseExceptions(twice)).toThrow('a is listed twice')
  })
})
