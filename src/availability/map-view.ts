import type { Language } from '../platform/i18n/text.ts'
import type { Area, Catalogue, Listed, Unit } from '../spaces/catalogue.ts'
import { areasWithin, cityMap } from '../spaces/city-map.ts'
import type { CityMap, Drawn } from '../spaces/city-map.ts'
import type { Spot } from '../spaces/plane.ts'
import { shown } from '../spaces/shown.ts'
import type { Shown } from '../spaces/shown.ts'
import { localDateOf } from '../time/wallclock.ts'
import type { Change } from './search-fields.ts'

/** A space that passed the filter, and when its first time starts; null when none fits. */
export type Placed = { listed: Listed; first: number | null }

export type MapGround = {
  catalogue: Catalogue
  /** The slug of the area looked at; without it, or when nobody knows it, the whole city. */
  area: string | undefined
  /** The place asked about, marked where it lies in sight. */
  near?: { lat: number; lon: number } | null
  language: Language
  /** The search with some of its fields changed. */
  at: (change: Change) => string
  unitHref: (unit: Unit) => string
}

/** Rooms that have a time, and all of them; the halves of a hall are one with it (rulings 13). */
type Count = { free: number; all: number }
type UnitCount = Count & { unit: Unit; first: number | null }
type UnitRow = Count & { name: Shown; href: string; first: number | null; x: number; y: number }

/** Above this, dots are one picture and no links: nobody tabs through hundreds. The areas lead to them. */
const mostLinked = 60

/**
 * The result on a map: the areas one step below the one looked at, and the units as dots. `areas` and, where the dots are
 * links, `units` say the same in words, the units soonest first (`sameDay`: all on one date). `picture` is null where
 * there is nothing to draw; a city without outlines has dots alone.
 */
export function mapView(found: readonly Placed[], ground: MapGround) {
  const { catalogue, language, at } = ground
  const area = (ground.area === undefined ? null : catalogue.areaBySlug.get(ground.area)) ?? null
  const parent = area?.parentId ? catalogue.areas.get(area.parentId) : undefined
  const counted = countedByUnit(found)
  const counts = countedByArea(counted)
  const map = cityMap(catalogue, area)
  const units = counted.length <= mostLinked ? counted.map((one) => unitRow(one, map, ground)) : null
  return {
    name: area && shown(area.name, language),
    out: area && { name: parent ? shown(parent.name, language) : null, href: at({ area: parent?.slug, page: undefined }) },
    areas: areasWithin(catalogue, area).flatMap((one) => (one.id === area?.id ? [] : areaRow(one, counts, ground))).toSorted(byName[language]),
    units: units && units.toSorted((a, b) => (a.first ?? Infinity) - (b.first ?? Infinity) || byName[language](a, b)),
    sameDay: new Set(counted.flatMap(({ first }) => (first === null ? [] : [localDateOf(first)]))).size <= 1,
    picture: map && {
      ...pictureOf(map, counts, area, ground),
      /** All dots in two paths, those that fit and those that do not; null where each is a link. */
      dots: units ? null : { free: pathOf(counted.filter(({ free }) => free > 0), map), none: pathOf(counted.filter(({ free }) => free === 0), map) },
      linked: units ? [...units.filter(({ free }) => free === 0), ...units.filter(({ free }) => free > 0)] : [],
    },
  }
}
export type MapView = ReturnType<typeof mapView>

function areaRow({ id, slug, name }: Area, counts: ReadonlyMap<string, Count>, { at, language }: MapGround) {
  const count = counts.get(id)
  return count ? [{ name: shown(name, language), href: at({ area: slug, page: undefined }), ...count }] : []
}

/** Where there is no map, nobody asks for the spot. */
function unitRow({ unit, free, all, first }: UnitCount, map: CityMap | null, { language, unitHref }: MapGround): UnitRow {
  const { x, y } = map ? map.plane.spot(unit) : { x: 0, y: 0 }
  return { name: shown(unit.name, language), href: unitHref(unit), free, all, first, x, y }
}

/** `tint`: 0 where nothing is free, else 1 to 3 by thirds. An area leads nowhere when it is the one looked at or has nothing of what is sought. */
function pictureOf({ plane, within, beside }: CityMap, counts: ReadonlyMap<string, Count>, looked: Area | null, { near, language, at }: MapGround) {
  const drawn = ({ area, d, label }: Drawn) => ({ name: shown(area.name, language), d, label, href: at({ area: area.slug, page: undefined }) })
  const place = near ? plane.spot(near) : null
  return {
    viewBox: `0 0 ${plane.width} ${plane.height}`,
    within: within.map((one) => {
      const count = counts.get(one.area.id) ?? { free: 0, all: 0 }
      return { ...drawn(one), ...count, leads: count.all > 0 && one.area.id !== looked?.id, tint: tintOf(count) }
    }),
    beside: beside.map(drawn),
    place: place && place.x > 0 && place.x < plane.width && place.y > 0 && place.y < plane.height ? place : null,
  }
}

function countedByUnit(found: readonly Placed[]): UnitCount[] {
  const units = new Map<string, UnitCount>()
  const fits = new Map<string, boolean>()
  for (const { listed: { space, unit }, first } of found) {
    let count = units.get(unit.id)
    if (!count) units.set(unit.id, (count = { unit, free: 0, all: 0, first: null }))
    const room = space.wholeId ?? space.id
    const known = fits.get(room)
    if (known === undefined) count.all += 1
    if (first !== null && !known) count.free += 1
    fits.set(room, known === true || first !== null)
    if (first !== null && (count.first === null || first < count.first)) count.first = first
  }
  return [...units.values()]
}

function countedByArea(counted: readonly UnitCount[]): Map<string, Count> {
  const areas = new Map<string, Count>()
  for (const { unit, free, all } of counted) {
    for (const id of unit.areaIds) {
      const count = areas.get(id)
      if (!count) areas.set(id, { free, all })
      else {
        count.free += free
        count.all += all
      }
    }
  }
  return areas
}

const tintOf = ({ free, all }: Count): number => (free === 0 ? 0 : Math.min(3, 1 + Math.floor((3 * free) / all)))

/** A dot is a line without length with a round end: of one size at every width, and a city of them is one path. */
const pathOf = (counted: readonly UnitCount[], { plane }: CityMap): string =>
  counted.map(({ unit }) => dotAt(plane.spot(unit))).join('')
const dotAt = ({ x, y }: Spot): string => `M${x} ${y}h.01`

type Named = { name: { text: string } }
const orderIn = (locale: string): ((a: Named, b: Named) => number) => {
  const collator = new Intl.Collator(locale, { numeric: true })
  return (a, b) => collator.compare(a.name.text, b.name.text)
}
/** Made once: a new collator costs as much as a map. */
const byName: Record<Language, (a: Named, b: Named) => number> = { fi: orderIn('fi'), sv: orderIn('sv'), en: orderIn('fi') }
