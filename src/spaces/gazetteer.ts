import { geoCentroid } from 'd3-geo'
import { languages, textIn } from '../platform/i18n/text.ts'
import type { Language, Text } from '../platform/i18n/text.ts'
import { areaLevels } from './area.ts'
import { metresBetween } from './building.ts'
import type { Catalogue, Unit } from './catalogue.ts'
import { slugOf } from './slug.ts'

type Point = { lat: number; lon: number }
/** A place to be near to; a street with a number carries it in its name. */
export type Place = Point & { name: Text; kind: 'area' | 'unit' | 'street' }

type City = Pick<Catalogue, 'areas' | 'units' | 'shapes'>
/** `words` is the key between hyphens, to look for whole words in. */
type Entry = { key: string; words: string; place: Place }
/** `entries` holds what comes first among namesakes first: the broader area, then neighbourhoods, streets, units. */
type Gazetteer = { entries: Entry[]; streets: ReadonlyMap<string, readonly House[]>; suggested: Map<Language, string[]> }
type House = { street: string; number: string | null; unit: Unit }

const made = new WeakMap<City['units'], Gazetteer>()

const longest = 100
const mostSuggested = 400
/** A word's middle says nothing when it is shorter. */
const shortestInside = 3

/**
 * The place that somebody means by a text: an area or neighbourhood in any language, a unit, or a street that units
 * stand on, with its number when one stands there. The whole name wins over whole words of it, they over a beginning,
 * and that over a part. Null when the premises' own data knows no such name.
 */
export function placeNamed(city: City, text: string): Place | null {
  const { entries, streets } = gazetteerOf(city)
  const wanted = text.slice(0, longest)
  return [...new Set([wanted, wanted.split(',')[0] ?? ''])].reduce<Place | null>((found, words) => {
    const key = slugOf(words)
    if (found || key.length < 2) return found
    const whole = `-${key}-`
    const where = (says: (entry: Entry) => boolean): Place | undefined => entries.find(says)?.place
    return where((entry) => entry.key === key) ?? addressed(streets, words)
      ?? where((entry) => entry.words.includes(whole))
      ?? where((entry) => entry.key.startsWith(key))
      ?? where((entry) => key.length >= shortestInside && entry.key.includes(key)) ?? null
  }, null)
}

/** From the place to the unit as the crow flies. */
export const metresTo = (place: Point, unit: Point): number => metresBetween(place, unit)

/** Names to offer while somebody writes: areas, neighbourhoods and streets in the language, in its order, each once, 400 at most. */
export function suggestions(city: City, language: Language): string[] {
  const { entries, suggested } = gazetteerOf(city)
  let names = suggested.get(language)
  if (!names) {
    const places = new Set(entries.map(({ place }) => place))
    const all = [...places].filter(({ kind }) => kind !== 'unit').slice(0, mostSuggested).map(({ name }) => textIn(name, language).text)
    names = [...new Map(all.map((name) => [slugOf(name), name])).values()].toSorted(new Intl.Collator(language === 'en' ? 'fi' : language).compare)
    suggested.set(language, names)
  }
  return names
}

function gazetteerOf(city: City): Gazetteer {
  const known = made.get(city.units)
  if (known) return known
  const units = [...city.units.values()]
  const streets = grouped(units.flatMap(housesOf), ({ street }) => slugOf(street))
  const neighbourhoods = grouped(units, ({ neighbourhood }) => slugOf(textIn(neighbourhood, 'fi').text))
  const entries = [
    ...areaLevels.flatMap((level) => sorted([...city.areas.values()].filter((area) => area.level === level).flatMap(({ id, name }) => {
      const point = pointOf(units.filter(({ areaIds }) => areaIds.includes(id)), city.shapes.get(id))
      return point ? entriesOf({ ...point, name, kind: 'area' }) : []
    }))),
    ...sorted([...neighbourhoods.values()].flatMap((units) => entriesOf({ ...mean(units), name: units[0]!.neighbourhood, kind: 'area' }))),
    ...sorted([...streets.values()].flatMap((houses) => entriesOf(streetOf(houses)))),
    ...sorted(units.flatMap(({ lat, lon, name }) => entriesOf({ lat, lon, name, kind: 'unit' }))),
  ]
  const gazetteer = { entries, streets, suggested: new Map<Language, string[]>() }
  made.set(city.units, gazetteer)
  return gazetteer
}

/** One for each language's name. */
function entriesOf(place: Place): Entry[] {
  const keys = new Set(languages.map((language) => slugOf(place.name[language] ?? '')).filter(Boolean))
  return [...keys].map((key) => ({ key, words: `-${key}-`, place }))
}

/** The shorter name says more by its beginning. */
const sorted = (entries: Entry[]): Entry[] => entries.sort((a, b) => a.key.length - b.key.length || (a.key < b.key ? -1 : 1))

/** Where people are, not the middle of the map: areas reach far out on the sea. Null where nothing is known. */
function pointOf(units: readonly Unit[], shape: Parameters<typeof middleOf>[0] | undefined): Point | null {
  if (units.length > 0) return mean(units)
  return shape ? middleOf(shape) : null
}

function middleOf(coordinates: [number, number][][][]): Point {
  const [lon, lat] = geoCentroid({ type: 'MultiPolygon', coordinates })
  return { lat, lon }
}

const mean = (points: readonly Point[]): Point => ({
  lat: points.reduce((sum, { lat }) => sum + lat, 0) / points.length,
  lon: points.reduce((sum, { lon }) => sum + lon, 0) / points.length,
})

/** `Paloheinäntie 40b` is number 40 of Paloheinäntie; a corner house has two addresses with a stroke between them. */
const numbered = /^(\D+?)\s*(\d+)/

const housesOf = (unit: Unit): House[] => (unit.address ?? '').split('/').map((address) => {
  const [, street = address, number = null] = numbered.exec(address.trim()) ?? []
  return { street: street.trim(), number, unit }
})

const streetOf = (houses: readonly House[]): Place =>
  ({ ...mean(houses.map(({ unit }) => unit)), name: { fi: houses[0]!.street }, kind: 'street' })

/** A street by its whole name with a number: what stands there, else the street. */
function addressed(streets: Gazetteer['streets'], text: string): Place | null {
  const [, name = '', number = null] = numbered.exec(text.trim()) ?? []
  const houses = streets.get(slugOf(name))
  if (!houses) return null
  const there = houses.filter((house) => house.number === number)
  const [one] = there
  return one ? { ...streetOf(there), name: { fi: `${one.street} ${number}` } } : streetOf(houses)
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else if (key) groups.set(key, [one])
  }
  return groups
}
