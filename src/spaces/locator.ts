import type { Catalogue, Unit } from './catalogue.ts'
import { frameOf, planeOf, type Plane, type Spot } from './plane.ts'

/** `around` is the major district, `own` the district in it; drawn in this order. */
export type Locator = { viewBox: string; shapes: { d: string; is: 'around' | 'own' }[]; dot: Spot }

type City = Pick<Catalogue, 'units' | 'areas' | 'shapes'>
type Ground = { plane: Plane; shapes: Locator['shapes'] } | null

const [width, heights] = [320, { least: 160, most: 260 }]

/** By district: its units share a drawing. */
const grounds = new WeakMap<City['shapes'], Map<string, Ground>>()

/** Where in its part of the city a unit lies, as a small drawing; null where the city brought no outlines. */
export function locatorOf(catalogue: City, unit: Unit): Locator | null {
  const [own, around] = unit.areaIds.slice(-2)
  if (own === undefined || around === undefined) return null
  let known = grounds.get(catalogue.shapes)
  if (!known) grounds.set(catalogue.shapes, (known = new Map()))
  let ground = known.get(own)
  if (ground === undefined) known.set(own, (ground = groundOf(catalogue, own, around)))
  if (!ground) return null
  const { plane, shapes } = ground
  return { viewBox: `0 0 ${plane.width} ${plane.height}`, shapes, dot: plane.spot(unit) }
}

function groundOf(catalogue: City, own: string, around: string): Ground {
  const frame = catalogue.shapes.has(around) ? frameOf(catalogue, around) : null
  if (!frame) return null
  const plane = planeOf(frame, width, heights)
  const shapes = ([[around, 'around'], [own, 'own']] as const).flatMap(([id, is]) => {
    const shape = catalogue.shapes.get(id)
    const d = shape && plane.outline(shape)
    return d ? [{ d, is }] : []
  })
  return { plane, shapes }
}
