import { z } from 'zod'
import type { Area } from './catalogue.ts'
import type { Shape } from './area.ts'

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
const ring = z.array(position).min(4)
const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).min(1)).min(1) }),
])
const file = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(z.object({ id: z.string(), properties: z.object({ name: z.string() }), geometry })),
})

/** An area's outline as a file tells it; `name` is the Finnish one. */
export type ToldShape = { id: string; name: string; shape: Shape }

/** Reads a file of outlines (GeoJSON, WGS 84), whichever way its rings are wound; throws with the place of a fault. */
export function parseShapes(json: unknown): ToldShape[] {
  return file.parse(json).features.map(({ id, properties: { name }, geometry: { type, coordinates } }) => {
    const polygons = type === 'Polygon' ? [coordinates] : coordinates
    return { id, name, shape: polygons.map((rings) => rings.map((ring, i) => wound(ring, i === 0))) }
  })
}

/**
 * The outlines of the areas. Numbers repeat from city to city, so the name has to agree too: nobody's district 1 is
 * drawn where Helsinki's lies.
 */
export function shapesFor(told: readonly ToldShape[], areas: readonly Pick<Area, 'id' | 'name'>[]): ToldShape[] {
  const names = new Map(areas.map(({ id, name }) => [id, name.fi]))
  return told.filter(({ id, name }) => names.get(id) === name)
}

/** d3-geo reads a ring as the land on its right, RFC 7946 on its left; the wrong way round it is the rest of the world. */
function wound(ring: [number, number][], outer: boolean): [number, number][] {
  const turns = ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    return sum + (nextX - x) * (nextY + y)
  }, 0)
  return turns > 0 === outer ? ring : ring.toReversed()
}
