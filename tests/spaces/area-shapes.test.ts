import { geoArea, geoContains } from 'd3-geo'
import { describe, expect, test } from 'vitest'
import { parseShapes, shapesFor } from '../../src/spaces/area-shapes.ts'
import { helsinki, told } from './helsinki.ts'

const square = [[24, 60], [25, 60], [25, 61], [24, 61], [24, 60]]
const hole = [[24.4, 60.4], [24.6, 60.4], [24.6, 60.6], [24.4, 60.6], [24.4, 60.4]]
const file = (...rings: number[][][]) => ({
  type: 'FeatureCollection',
  features: [{ type: 'Feature', id: 'district:1', properties: { name: 'Neliö' }, geometry: { type: 'Polygon', coordinates: rings } }],
})
const drawn = (...rings: number[][][]) => ({ type: 'MultiPolygon' as const, coordinates: parseShapes(file(...rings))[0]!.shape })

describe('outlines of areas', () => {
  test.each([
    ['as RFC 7946 winds them', [square, hole.toReversed()]], ['the other way round', [square.toReversed(), hole]],
    ['wound alike', [square, hole]], ['both turned', [square.toReversed(), hole.toReversed()]],
  ])('%s: the land is inside, the hole is not', (_, rings) => {
    expect(geoContains(drawn(...rings), [24.2, 60.2])).toBe(true)
    expect(geoContains(drawn(...rings), [24.5, 60.5])).toBe(false)
    expect(geoContains(drawn(...rings), [26, 60.5])).toBe(false)
  })

  test.each([
    [{ type: 'FeatureCollection', features: [{ id: 'x' }] }], [file([[24, 60], [25, 60]])], [file(square.map(([x = 0, y = 0]) => [y * 4, x]))], [null], [{}],
  ])('%j is refused', (json) => {
    expect(() => parseShapes(json)).toThrow()
  })

  test('the bundled ones are one for each bundled area, by number and name', () => {
    expect(told.map(({ id }) => id).sort()).toEqual([...helsinki.areas.keys()].sort())
    expect(shapesFor(told, [...helsinki.areas.values()])).toHaveLength(190)
  })

  test('another city with the same numbers gets none of them', () => {
    const district = helsinki.areas.get('district:301')!
    expect(shapesFor(told, [{ ...district, name: { fi: 'Keskusta' } }, { ...district, id: 'district:9' }])).toEqual([])
    expect(shapesFor(told, [district]).map(({ name }) => name)).toEqual(['Kallio'])
  })

  test('each is smaller than the city, and holds its units but for a few on the shore', () => {
    const whole = told.reduce((sum, { shape }) => sum + geoArea({ type: 'MultiPolygon', coordinates: shape }), 0)
    expect(whole).toBeLessThan(1e-4)
    const outside = [...helsinki.units.values()].filter((unit) =>
      unit.areaIds.some((id) => !geoContains({ type: 'MultiPolygon', coordinates: helsinki.shapes.get(id)! }, [unit.lon, unit.lat])))
    expect(outside.length).toBeLessThan(8)
  })
})
