import type { Catalogue, Listed, Unit } from './catalogue.ts'
import type { Text } from '../platform/i18n/text.ts'
import type { Reason } from './restriction.ts'
import type { Space } from './space.ts'

/** Without the plain Finnish, which is for people's pages. */
const textOf = ({ plain: _, ...text }: Reason): Text => text

/** A unit as machines get it; areas from the smallest to the largest. */
export const unitJson = (unit: Unit, { areas }: Catalogue) => ({
  id: unit.id,
  slug: unit.slug,
  name: unit.name,
  kind: unit.kind,
  address: unit.address,
  postalCode: unit.postalCode,
  location: { lat: unit.lat, lon: unit.lon },
  areas: unit.areaIds.flatMap((id) => areas.get(id)?.slug ?? []),
  notLent: unit.notLent && textOf(unit.notLent.reason),
  notLentUntil: unit.notLent && unit.notLent.validTo,
  source: unit.source,
})

/** A space as machines get it; `whole` is the slug of the space that this one is a half of, `approval` who decides whoever asks. */
export const spaceJson = ({ space, unit }: Listed, { spaceById }: Catalogue, approval: Space['approval']) => ({
  id: space.id,
  slug: space.slug,
  name: space.name,
  kind: space.kind,
  unit: { slug: unit.slug, name: unit.name },
  people: space.people,
  areaM2: space.areaM2,
  parts: space.partIds,
  whole: space.wholeId === null ? null : spaceById.get(space.wholeId)?.space.slug ?? null,
  supervision: space.supervision,
  approval,
  minutes: { min: space.minMinutes, max: space.maxMinutes, step: space.stepMinutes },
  source: space.source,
})
