import type { Text } from '../platform/i18n/text.ts'
import type { AreaRow } from './area.ts'
import type { UnitFacts } from './premises.ts'
import type { Source } from './space.ts'

/** A field that a file tells otherwise than the database, as people read it; null where it is empty. */
export type FieldChange = { field: string; from: string | null; to: string | null }

type Field<T> = readonly [name: string, value: (row: T) => string | null]

const nameFields: Field<{ name: Text }>[] = [
  ['name (fi)', ({ name }) => name.fi ?? null],
  ['name (sv)', ({ name }) => name.sv ?? null],
  ['name (en)', ({ name }) => name.en ?? null],
]

const unitFields: Field<UnitFacts>[] = [
  ...nameFields,
  ['kind', ({ kind }) => kind],
  ['address', ({ address }) => address],
  ['postal code', ({ postalCode }) => postalCode],
  ['point', ({ lat, lon }) => `${lat}, ${lon}`],
  ['area', ({ areaId }) => areaId],
  ['neighbourhood (fi)', ({ neighbourhood }) => neighbourhood.fi ?? null],
  ['neighbourhood (sv)', ({ neighbourhood }) => neighbourhood.sv ?? null],
  ['school number', ({ schoolNumber }) => schoolNumber],
  ['source of the point', ({ coordSource }) => coordSource],
  ['metres from the register’s point', ({ checkM }) => (checkM === null ? null : String(checkM))],
]

const areaFields: Field<AreaRow>[] = [...nameFields, ['part of', ({ parentId }) => parentId]]

const differing = <T>(fields: readonly Field<T>[], known: T, told: T): FieldChange[] =>
  fields.map(([field, value]) => ({ field, from: value(known), to: value(told) })).filter(({ from, to }) => from !== to)

/** What a file changes of an area; its slug stays. */
export const areaChanges = (known: AreaRow, told: AreaRow): FieldChange[] => differing(areaFields, known, told)

/**
 * What a file changes of a unit. What it does not tell (the slug, whether the unit lends) stays; where the row came from
 * changes only together with something else.
 */
export function unitChanges(known: UnitFacts & { source: Source }, told: UnitFacts, source: Source): FieldChange[] {
  const changes = differing(unitFields, known, told)
  return changes.length && known.source !== source ? [...changes, { field: 'source', from: known.source, to: source }] : changes
}
