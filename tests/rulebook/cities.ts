import { readFileSync } from 'node:fs'
import { parseEdition, type Edition, type EditionFile } from '../../src/rulebook/edition.ts'

export const cities = ['helsinki-youth', 'helsinki-school-gyms', 'espoo', 'tuusula'] as const
export type City = (typeof cities)[number]

/** What a city decided, as parsed JSON: a new copy each time. */
export const cityFile = (name: City): EditionFile => JSON.parse(readFileSync(new URL(`./editions/${name}.json`, import.meta.url), 'utf8')) as EditionFile

export const cityEditions = Object.fromEntries(cities.map(name => [name, parseEdition(cityFile(name))])) as Record<City, Edition>
