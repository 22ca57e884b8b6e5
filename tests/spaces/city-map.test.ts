import { describe, expect, test } from 'vitest'
import { areasWithin, cityMap } from '../../src/spaces/city-map.ts'
import { labelsOf } from '../../src/spaces/label.ts'
import { frameOf } from '../../src/spaces/plane.ts'
import { helsinki } from './helsinki.ts'

const areaCalled = (slug: string) => helsinki.areaBySlug.get(slug)!
const names = (areas: { name: { fi?: string } }[]) => areas.map(({ name }) => name.fi).sort()

describe('the map of an area', () => {
  test('shows the areas one step below, and the smallest shows itself', () => {
    expect(names(areasWithin(helsinki, null))).toEqual(
      ['Eteläinen', 'Itäinen', 'Kaakkoinen', 'Keskinen', 'Koillinen', 'Läntinen', 'Pohjoinen', 'Östersundom'])
    expect(names(areasWithin(helsinki, areaCalled('keskinen')))).toEqual(['Alppiharju', 'Kallio', 'Pasila', 'Vallila', 'Vanhakaupunki'])
    expect(names(areasWithin(helsinki, areaCalled('torkkelinmaki')))).toEqual(['Torkkelinmäki'])
  })

  test('shows its neighbours, and none for the whole city', () => {
    const { within, beside } = cityMap(helsinki, areaCalled('kallio'))!
    expect(names(within.map(({ area }) => area))).toContain('Linjat')
    expect(names(beside.map(({ area }) => area))).toEqual(expect.arrayContaining(['Alppiharju', 'Vallila']))
    expect(names(beside.map(({ area }) => area))).not.toContain('Kallio')
    expect(cityMap(helsinki, null)!.beside).toEqual([])
  })

  test('is the same drawing until the catalogue changes', () => {
    expect(cityMap(helsinki, areaCalled('kallio'))).toBe(cityMap(helsinki, areaCalled('kallio')))
    expect(cityMap({ ...helsinki, shapes: new Map(helsinki.shapes) }, null)).not.toBe(cityMap(helsinki, null))
  })

  test.each([...helsinki.areas.values()].filter(({ level }) => level !== 'subdistrict').map(({ slug }) => slug))('of %s has every unit and name in sight', (slug) => {
    const area = areaCalled(slug)
    const { plane, within, beside } = cityMap(helsinki, area)!
    expect(plane.height).toBeGreaterThanOrEqual(320)
    expect(plane.height).toBeLessThanOrEqual(600)
    for (const unit of [...helsinki.units.values()].filter(({ areaIds }) => areaIds.includes(area.id))) {
      const { x, y } = plane.spot(unit)
      expect(x > 0 && x < plane.width && y > 0 && y < plane.height, unit.slug).toBe(true)
    }
    for (const { label, d } of [...within, ...beside]) {
      expect(d).toMatch(/^M-?[\d.]+,-?[\d.]+L/)
      if (label) expect(label.x > 0 && label.x < plane.width && label.y > 0 && label.y < plane.height).toBe(true)
    }
  })

  test('leaves out the open sea', () => {
    const frame = frameOf(helsinki, null)!
    expect(frame.south).toBeGreaterThan(60.1)
    expect(frame.north).toBeLessThan(60.3)
  })

  test('without outlines still frames the units; without either there is none', () => {
    const bare = { ...helsinki, shapes: new Map() }
    expect(cityMap(bare, null)).toMatchObject({ within: [], beside: [] })
    expect(cityMap({ ...bare, shapes: new Map(), units: new Map() }, null)).toBeNull()
  })

  test('of one unit without an outline is a kilometre around it', () => {
    const unit = helsinki.unitBySlug.get('kallion-kirjasto')!
    const { plane } = cityMap({ ...helsinki, shapes: new Map(), units: new Map([[unit.id, unit]]) }, null)!
    expect(plane.spot(unit)).toEqual({ x: plane.width / 2, y: plane.height / 2 })
  })
})

describe('names on the map', () => {
  const size = { width: 600, height: 400 }
  const always = () => true
  test('stand in the middle, or where dots and earlier names leave them room', () => {
    const middle = { x: 300, y: 200 }
    expect(labelsOf([{ name: 'Kallio', middle, holds: always }], [], size)).toEqual([middle])
    expect(labelsOf([{ name: 'Kallio', middle, holds: always }], [{ x: 300, y: 190 }], size)).toEqual([{ x: 300, y: 225 }])
    expect(labelsOf([{ name: 'Kallio', middle, holds: always }, { name: 'Linjat', middle, holds: always }], [], size)[1]).not.toEqual(middle)
  })
  test('never leave what they name, and stay away from the edge', () => {
    const held = { name: 'Kallio', middle: { x: 300, y: 200 }, holds: () => false }
    expect(labelsOf([held], [{ x: 300, y: 190 }], size)).toEqual([{ x: 300, y: 200 }])
    expect(labelsOf([held, held], [], size)[1]).toBeNull()
    expect(labelsOf([{ name: 'Kallio', middle: { x: 10, y: 200 }, holds: always }], [], size)).toEqual([null])
    expect(labelsOf([{ name: 'Östersundom', middle: { x: 540, y: 200 }, holds: always }], [], size)[0]?.x).toBeLessThan(520)
  })
})
