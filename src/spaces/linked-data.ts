import type { Language } from '../platform/i18n/text.ts'
import type { Listed, Unit } from './catalogue.ts'
import { shown } from './shown.ts'

/** What a description of a place for machines needs besides the place; addresses are whole ones. */
type Ground = { city: string; language: Language; url: string; image: string }

/** A unit in the words of schema.org. */
export const unitData = (unit: Unit, { city, language, url, image }: Ground): object => ({
  '@context': 'https://schema.org',
  '@type': 'CivicStructure',
  '@id': url,
  name: shown(unit.name, language).text,
  url,
  image,
  ...placeData(unit, city),
})

/** Names of equipment and of needs, in the language of the page. */
type Names = { equipment: readonly string[]; wheelchair: string }

/**
 * A space in the words of schema.org. What is not known is left out, and so is `isAccessibleForFree` unless an hour is free
 * to all. Example data says so, as it does on the page.
 */
export const spaceData = (
  { space, unit }: Listed, { city, language, url, image, unitUrl, freeToAll, names }: Ground & { unitUrl: string; freeToAll: boolean; names: Names },
): object => ({
  '@context': 'https://schema.org',
  '@type': 'EventVenue',
  '@id': url,
  name: `${shown(space.name, language).text}, ${shown(unit.name, language).text}`,
  url,
  image,
  ...placeData(unit, city),
  containedInPlace: { '@type': 'CivicStructure', '@id': unitUrl, name: shown(unit.name, language).text, url: unitUrl },
  maximumAttendeeCapacity: space.people,
  amenityFeature: [
    ...names.equipment.map((name) => feature(name, true)),
    ...(space.accessibility.wheelchair === 'yes' || space.accessibility.wheelchair === 'no' ? [feature(names.wheelchair, space.accessibility.wheelchair === 'yes')] : []),
  ],
  ...(freeToAll && { isAccessibleForFree: true }),
  ...(space.source === 'synthetic' && { additionalProperty: { '@type': 'PropertyValue', propertyID: 'source', value: 'synthetic' } }),
})

const feature = (name: string, value: boolean): object => ({ '@type': 'LocationFeatureSpecification', name, value })

const placeData = ({ address, postalCode, lat, lon }: Unit, city: string): object => ({
  address: {
    '@type': 'PostalAddress',
    ...(address !== null && { streetAddress: address }),
    ...(postalCode !== null && { postalCode }),
    addressLocality: city,
    addressCountry: 'FI',
  },
  geo: { '@type': 'GeoCoordinates', latitude: lat, longitude: lon },
})
