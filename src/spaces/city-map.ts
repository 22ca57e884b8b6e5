import { textIn } from '../platform/i18n/text.ts'
import type { Area, Catalogue } from './catalogue.ts'
import { labelsOf } from './label.ts'
import { frameOf, planeOf, type Plane, type Spot } from './plane.ts'

/** An area as drawn; `label` is where its name stands, null where too little of the area is in sight. */
export type Drawn = { area: Area; d: string; label: Spot | null }
/** What the map of an area shows: the areas it consists of (itself, when it is the smallest), and its neighbours. */
export type CityMap = { plane: Plane; within: Drawn[]; beside: Drawn[] }

type City = Pick<Catalogue, 'areas' | 'units' | 'shapes'>

const [width, heights] = [600, { least: 320, most: 600 }]
const drawn = new WeakMap<City['shapes'], Map<string | null, CityMap | null>>()

/** The map of an area, or of the whole city, worked out once while the catalogue stands. Null where there is nothing to show. */
export function cityMap(city: City, area: Area | null): CityMap | null {
  let known = drawn.get(city.shapes)
  if (!known) drawn.set(city.shapes, (known = new Map()))
  const id = area?.id ?? null
  let map = known.get(id)
  if (map === undefined) known.set(id, (map = draw(city, area)))
  return map
}

/** The areas an area consists of; the smallest consists of itself. */
export function areasWithin({ areas }: Pick<City, 'areas'>, area: Area | null): Area[] {
  const parts = [...areas.values()].filter(({ parentId }) => parentId === (area?.id ?? null))
  return area && parts.length === 0 ? [area] : parts
}

function draw(city: City, area: Area | null): CityMap | null {
  const frame = frameOf(city, area?.id ?? null)
  if (!frame) return null
  const plane = planeOf(frame, width, heights)
  const outlined = (areas: readonly Area[]) => areas.flatMap((area) => {
    const shape = city.shapes.get(area.id)
    const d = shape && plane.outline(shape)
    return d ? [{ area, d, name: textIn(area.name, 'fi').text, middle: plane.middle(shape), holds: (spot: Spot) => plane.holds(shape, spot) }] : []
  })
  const within = outlined(areasWithin(city, area))
  const beside = outlined(area ? [...city.areas.values()].filter(({ id, level }) => level === area.level && id !== area.id) : [])
  const labels = labelsOf([...within, ...beside], [...city.units.values()].map(plane.spot), plane)
  const labelled = ({ area, d }: { area: Area; d: string }, i: number): Drawn => ({ area, d, label: labels[i] ?? null })
  return { plane, within: within.map(labelled), beside: beside.map((one, i) => labelled(one, within.length + i)) }
}
