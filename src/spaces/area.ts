import type { Text } from '../platform/i18n/text.ts'
import { slugOf } from './slug.ts'

/** From the city's eight major districts down to the subdistricts; a unit belongs to a subdistrict. */

export const areaLevels = ['major_district', 'district', 'subdistrict'] as const
export type AreaLevel = (typeof areaLevels)[number]

/** Polygons of rings of [longitude, latitude], as the coordinates of GeoJSON's MultiPolygon (RFC 7946, but wound as d3-geo reads them). */
export type Shape = [number, number][][][]

/** `id` is `<level>:<city's number>`, as the numbers alone repeat across levels. */
export type AreaRow = { id: string; slug: string; level: AreaLevel; parentId: string | null; name: Text }

/** What a later namesake's slug ends in: the broadest area keeps the bare one (rulings 27). */
const suffixes: Record<AreaLevel, string> = {
  major_district: 'suurpiiri', district: 'peruspiiri', subdistrict: 'osa-alue',
}

type Named = { id: string; fi: string; sv: string | null }
/** One row of a file: a subdistrict with the two areas above it. */
export type AreaChain = Record<AreaLevel, Named>

/** The id of an area at a level. */
export const areaId = (level: AreaLevel, number: string): string => `${level}:${number}`

/**
 * The areas named by the chains, broadest level first and each once. Those already known come first and keep their
 * slugs; a new area whose slug is taken gets its level as an ending, and then its number.
 */
export function areasOf(chains: readonly AreaChain[], known: readonly AreaRow[] = []): AreaRow[] {
  const areas = new Map(known.map((area) => [area.id, area]))
  const slugs = new Set(known.map((area) => area.slug))
  areaLevels.forEach((level, depth) => {
    const above = areaLevels[depth - 1]
    for (const chain of chains) {
      const own = chain[level]
      const id = areaId(level, own.id)
      if (areas.has(id)) continue
      const slug = freeSlug(own, level, slugs)
      slugs.add(slug)
      const name = own.sv ? { fi: own.fi, sv: own.sv } : { fi: own.fi }
      areas.set(id, { id, slug, level, parentId: above ? areaId(above, chain[above].id) : null, name })
    }
  })
  return [...areas.values()]
}

function freeSlug(area: Named, level: AreaLevel, taken: ReadonlySet<string>): string {
  const bare = slugOf(area.fi) || `${suffixes[level]}-${slugOf(area.id)}`
  const ended = `${bare}-${suffixes[level]}`
  return [bare, ended].find((slug) => !taken.has(slug)) ?? `${ended}-${slugOf(area.id)}`
}
