import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { metresBetween } from '../../src/spaces/building.ts'
import { metresTo, placeNamed, suggestions } from '../../src/spaces/gazetteer.ts'
import { slugOf } from '../../src/spaces/slug.ts'
import { helsinki } from './helsinki.ts'

const called = (text: string) => {
  const place = placeNamed(helsinki, text)
  return place && `${place.kind}: ${place.name.fi ?? place.name.sv}`
}

describe('a place by its name', () => {
  test.each([
    ['Kallio', 'area: Kallio'], ['kallio', 'area: Kallio'], ['  KALLIO ', 'area: Kallio'], ['Berghäll', 'area: Kallio'], ['berghall', 'area: Kallio'],
    ['Kallio, Helsinki', 'area: Kallio'], ['kalli', 'area: Kallio'], ['Itäinen', 'area: Itäinen'], ['östra', 'area: Itäinen'],
    ['Toolo', 'area: Taka-Töölö'], ['Främre Tölö', 'area: Etu-Töölö'], ['etu toolo', 'area: Etu-Töölö'], ['Vanhakaupunki', 'area: Vanhakaupunki'],
    ['Topeliuksenkatu', 'street: Topeliuksenkatu'], ['topeliuks', 'street: Topeliuksenkatu'], ['pakila', 'area: Pakila'], ['haagan', 'unit: Haagan peruskoulu'], ['Porthaninkatu', 'street: Porthaninkatu'],
    ['Kallion kirjasto', 'unit: Kallion kirjasto'], ['oodi', 'unit: Keskustakirjasto Oodi'], ['Kallio library', 'unit: Kallion kirjasto'],
    ['Kaasutehtaankatu', 'street: Kaasutehtaankatu'], ['Kaasutehtaankatu 1', 'street: Kaasutehtaankatu 1'],
    ['Sörnäisten rantatie 22', 'street: Sörnäisten rantatie 22'], ['kasarmikatu 46 A 3, 00130 Helsinki', 'street: Kasarmikatu 46'],
    ['Kasarmikatu 999', 'street: Kasarmikatu'],
  ])('%j is %s', (text, place) => {
    expect(called(text)).toBe(place)
  })

  test.each([
    'Kalliolaistentie', 'Kalliolaistentie 5', 'Tampere', 'Atlantis', 'k', '', '   ', ',', '12', '.*', '%', "' or 1=1 --", '<script>',
    '😀', 'ąąąą'.repeat(10_000), 'a'.repeat(1_000_000), 'Калліо', 'undefined', '__proto__', 'constructor',
  ])('nobody knows %j', (text) => {
    expect(placeNamed(helsinki, text)).toBeNull()
  })

  test('any text has an answer, and a place lies in the city', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 150 }), (text) => {
      const place = placeNamed(helsinki, text)
      if (place) expect(place.lat > 60 && place.lat < 60.4 && place.lon > 24.7 && place.lon < 25.4).toBe(true)
    }))
  })

  test('every area, neighbourhood, unit and street finds itself or its namesake', () => {
    const names = [...helsinki.areas.values(), ...helsinki.units.values()].flatMap(({ name }) => Object.values(name))
    const neighbourhoods = [...helsinki.units.values()].flatMap(({ neighbourhood }) => Object.values(neighbourhood))
    for (const name of [...names, ...neighbourhoods, ...suggestions(helsinki, 'fi'), ...suggestions(helsinki, 'sv')].filter(Boolean)) {
      const place = placeNamed(helsinki, name)
      expect(place && Object.values(place.name).map(slugOf), name).toContain(slugOf(name))
    }
  })

  test('every address finds the unit, or one with it', () => {
    for (const { address, lat, lon, slug } of helsinki.units.values()) {
      const place = address && placeNamed(helsinki, address)
      if (place) expect(metresBetween(place, { lat, lon }), slug).toBeLessThan(600)
    }
  })

  test('among namesakes the broader area is meant', () => {
    const [areas, units] = [[...helsinki.areas.values()], [...helsinki.units.values()]]
    const namesakes = areas.filter(({ id, level, name }) => level === 'district' && areas.some((other) => other.name.fi === name.fi && other.id !== id && other.level === 'subdistrict'))
    expect(namesakes.length).toBeGreaterThan(5)
    for (const { id, name } of namesakes.filter(({ name }) => name.fi !== 'Östersundom')) {
      const its = units.filter(({ areaIds }) => areaIds.includes(id))
      expect(placeNamed(helsinki, name.fi!)?.lat, name.fi).toBeCloseTo(its.reduce((sum, { lat }) => sum + lat, 0) / its.length, 9)
    }
  })

  test('an area without units lies in the middle of its outline, and one without that is unknown', () => {
    const empty = [...helsinki.areas.values()].find(({ id, level }) =>
      level === 'subdistrict' && ![...helsinki.units.values()].some(({ areaIds }) => areaIds.includes(id)))!
    const place = placeNamed(helsinki, empty.name.fi!)
    expect(place?.lat).toBeGreaterThan(59.9)
    const bare = { ...helsinki, units: new Map(), shapes: new Map() }
    expect(placeNamed(bare, empty.name.fi!)).toBeNull()
    expect(suggestions(bare, 'fi')).toEqual([])
  })
})

test('names are offered in the language, in its order, each once', () => {
  const [fi, sv] = [suggestions(helsinki, 'fi'), suggestions(helsinki, 'sv')]
  expect(fi).toEqual([...fi].sort(new Intl.Collator('fi').compare))
  expect(new Set(fi.map(slugOf)).size).toBe(fi.length)
  expect(fi.length).toBeLessThanOrEqual(400)
  expect(fi).toEqual(expect.arrayContaining(['Kallio', 'Itäinen', 'Topeliuksenkatu']))
  expect(sv).toEqual(expect.arrayContaining(['Berghäll', 'Östra', 'Topeliuksenkatu']))
  expect(sv).not.toContain('Kallio')
})

test('a distance is metres as the crow flies', () => {
  const oodi = placeNamed(helsinki, 'oodi')!
  expect(metresTo(oodi, oodi)).toBe(0)
  expect(Math.round(metresTo(placeNamed(helsinki, 'Kallion kirjasto')!, oodi) / 100)).toBe(14)
})
