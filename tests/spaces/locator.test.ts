import { describe, expect, test } from 'vitest'
import { locatorOf } from '../../src/spaces/locator.ts'
import { helsinki } from './helsinki.ts'

const unitCalled = (slug: string) => helsinki.unitBySlug.get(slug)!

describe('where a unit lies', () => {
  test('is drawn with its district in the major district', () => {
    const locator = locatorOf(helsinki, unitCalled('kallion-kirjasto'))!
    expect(locator.shapes.map(({ is }) => is)).toEqual(['around', 'own'])
    expect(locator.viewBox).toMatch(/^0 0 320 \d+$/)
    expect(JSON.stringify(locator).length).toBeLessThan(2_500)
  })

  test('every unit has its dot inside the drawing, and no coordinate is finer than a tenth', () => {
    for (const unit of helsinki.units.values()) {
      const { viewBox, shapes, dot } = locatorOf(helsinki, unit)!
      const [, , width = 0, height = 0] = viewBox.split(' ').map(Number)
      expect(dot.x > 0 && dot.x < width && dot.y > 0 && dot.y < height, unit.slug).toBe(true)
      expect(shapes.map(({ d }) => d).join(), unit.slug).not.toMatch(/\d\.\d\d|NaN|e-/)
      expect(shapes, unit.slug).toHaveLength(2)
    }
  })

  test('a city without outlines has none', () => {
    expect(locatorOf({ ...helsinki, shapes: new Map() }, unitCalled('kallion-kirjasto'))).toBeNull()
  })
})
