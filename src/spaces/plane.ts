import { geoContains, geoMercator, geoPath } from 'd3-geo'
import type { Shape } from './area.ts'
import type { Catalogue } from './catalogue.ts'

/** A piece of the earth, in degrees. */
export type Frame = { west: number; south: number; east: number; north: number }
type Point = { lat: number; lon: number }
export type Spot = { x: number; y: number }

/** A drawing of a frame, in units of its view box. */
export type Plane = {
  width: number
  height: number
  /** The outline as a path; null when nothing of it lies in the drawing. */
  outline(shape: Shape): string | null
  /** The middle of what of it lies in the drawing. */
  middle(shape: Shape): Spot
  /** Whether a spot of the drawing lies on the area. */
  holds(shape: Shape, spot: Spot): boolean
  spot(point: Point): Spot
}

/** About a kilometre at 60° north. */
const margin = { lat: 0.009, lon: 0.018 }

/**
 * Where an area's units are (null: the whole city's), with a kilometre around them but nothing beyond its border: city
 * borders run far out on the sea. Null without units and without a shape.
 */
export function frameOf({ units, areas, shapes }: Pick<Catalogue, 'units' | 'areas' | 'shapes'>, areaId: string | null): Frame | null {
  const points = [...units.values()].filter((unit) => areaId === null || unit.areaIds.includes(areaId))
  const outlines = areaId === null
    ? [...areas.values()].filter(({ parentId }) => parentId === null).flatMap(({ id }) => shapes.get(id) ?? [])
    : [shapes.get(areaId) ?? []].flat()
  const border = around(outlines.flat(2).map(([lon, lat]) => ({ lat, lon })))
  const inhabited = around(points)
  if (!inhabited) return border
  const { lat, lon } = margin
  const near = { west: inhabited.west - lon, south: inhabited.south - lat, east: inhabited.east + lon, north: inhabited.north + lat }
  if (!border) return near
  return {
    west: Math.max(near.west, border.west), south: Math.max(near.south, border.south),
    east: Math.min(near.east, border.east), north: Math.min(near.north, border.north),
  }
}

function around(points: readonly Point[]): Frame | null {
  if (points.length === 0) return null
  const frame = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (const { lat, lon } of points) {
    frame.west = Math.min(frame.west, lon)
    frame.east = Math.max(frame.east, lon)
    frame.south = Math.min(frame.south, lat)
    frame.north = Math.max(frame.north, lat)
  }
  return frame
}

const bleed = 12

/** The frame as a drawing of a width; what is too wide or too high for `heights` (least and most) gets more of its surroundings. */
export function planeOf({ west, south, east, north }: Frame, width: number, heights: { least: number; most: number }): Plane {
  const unscaled = geoMercator().scale(1).translate([0, 0])
  const [[left, bottom], [right, top]] = [unscaled([west, south])!, unscaled([east, north])!]
  const scale = Math.min(width / Math.max(right - left, 1e-9), heights.most / Math.max(bottom - top, 1e-9))
  const height = Math.round(Math.max(heights.least, (bottom - top) * scale))
  const projection = geoMercator().precision(0).scale(scale)
    .translate([width / 2 - (scale * (left + right)) / 2, height / 2 - (scale * (top + bottom)) / 2])
    .clipExtent([[-bleed, -bleed], [width + bleed, height + bleed]])
  const path = geoPath(projection).digits(1)
  const of = (shape: Shape) => ({ type: 'MultiPolygon' as const, coordinates: shape })
  return {
    width,
    height,
    outline: (shape) => path(of(shape)),
    middle: (shape) => spotOf(path.centroid(of(shape))),
    holds: (shape, { x, y }) => geoContains(of(shape), projection.invert!([x, y])!),
    spot: ({ lat, lon }) => spotOf(projection([lon, lat])!),
  }
}

const tenth = (value: number): number => Math.round(value * 10) / 10
const spotOf = ([x, y]: [number, number]): Spot => ({ x: tenth(x), y: tenth(y) })
