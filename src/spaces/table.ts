import type { Text } from '../platform/i18n/text.ts'
import { count, flag, fraction, index, instant, json, primaryKey, string, table, uniqueIndex } from '../platform/db/kit.ts'
import type { Shape } from './area.ts'
import type { Opening } from './opening.ts'
import type { Reason, RestrictionDecision, RestrictionEffect, RestrictionState } from './restriction.ts'
import type { Accessibility, EquipmentKind, Source, SpaceKind, SupervisionMode, UnitKind } from './space.ts'

export const areas = table('areas', {
  id: string('id').primaryKey(),
  slug: string('slug').notNull().unique(),
  level: string('level').$type<'major_district' | 'district' | 'subdistrict'>().notNull(),
  parentId: string('parent_id'),
  name: json<Text>('name').notNull(),
  /** Bumped when a booking below it changes: the ETag of the area's feed hangs on it. */
  revision: count('revision').notNull().default(0),
})

/** Where an area lies, for the map; an area without a shape is listed and not drawn. */
export const areaShapes = table('area_shapes', {
  areaId: string('area_id').primaryKey().references(() => areas.id),
  shape: json<Shape>('shape').notNull(),
})

/** One door may serve several units, each with its own terms (rulings 15). */
export const buildings = table('buildings', {
  id: string('id').primaryKey(),
  address: string('address'),
  postalCode: string('postal_code'),
  lat: fraction('lat').notNull(),
  lon: fraction('lon').notNull(),
})

export const units = table('units', {
  id: string('id').primaryKey(),
  slug: string('slug').notNull().unique(),
  kind: string('kind').$type<UnitKind>().notNull(),
  name: json<Text>('name').notNull(),
  address: string('address'),
  postalCode: string('postal_code'),
  lat: fraction('lat').notNull(),
  lon: fraction('lon').notNull(),
  areaId: string('area_id').notNull().references(() => areas.id),
  neighbourhood: json<Text>('neighbourhood').notNull(),
  schoolNumber: string('school_number'),
  coordSource: string('coord_source').notNull(),
  /** Metres between this point and the register's, where both are known. */
  checkM: count('check_m'),
  source: string('source').$type<Source>().notNull(),
  revision: count('revision').notNull().default(0),
}, (t) => [index('units_area').on(t.areaId)])

/** Schools move to temporary premises: a unit is in a building from a date (policy A2). */
export const unitBuildings = table('unit_buildings', {
  unitId: string('unit_id').notNull().references(() => units.id),
  buildingId: string('building_id').notNull().references(() => buildings.id),
  validFrom: string('valid_from').notNull(),
  validTo: string('valid_to'),
}, (t) => [primaryKey({ columns: [t.unitId, t.validFrom] })])

export const spaces = table('spaces', {
  id: string('id').primaryKey(),
  slug: string('slug').notNull().unique(),
  unitId: string('unit_id').notNull().references(() => units.id),
  kind: string('kind').$type<SpaceKind>().notNull(),
  name: json<Text>('name').notNull(),
  people: count('people').notNull(),
  areaM2: count('area_m2').notNull(),
  wholeId: string('whole_id'),
  equipment: json<EquipmentKind[]>('equipment').notNull(),
  accessibility: json<Accessibility>('accessibility').notNull(),
  supervision: json<SupervisionMode[]>('supervision').notNull(),
  /** `person` only in databases from before each restriction had to give its reason. */
  approval: string('approval').$type<'automatic' | 'person'>().notNull(),
  alwaysPaid: flag('always_paid').notNull(),
  minMinutes: count('min_minutes').notNull(),
  maxMinutes: count('max_minutes').notNull(),
  stepMinutes: count('step_minutes').notNull(),
  bufferBefore: count('buffer_before').notNull(),
  bufferAfter: count('buffer_after').notNull(),
  daysAhead: count('days_ahead').notNull(),
  source: string('source').$type<Source>().notNull(),
  /** Position among the unit's spaces. */
  position: count('position').notNull(),
  revision: count('revision').notNull().default(0),
}, (t) => [index('spaces_unit').on(t.unitId)])

export const parts = table('parts', {
  id: string('id').primaryKey(),
  unitId: string('unit_id').notNull().references(() => units.id),
})

export const spaceParts = table('space_parts', {
  spaceId: string('space_id').notNull().references(() => spaces.id),
  partId: string('part_id').notNull().references(() => parts.id),
}, (t) => [primaryKey({ columns: [t.spaceId, t.partId] })])

export const openings = table('openings', {
  id: string('id').primaryKey(),
  spaceId: string('space_id').notNull().references(() => spaces.id),
  weekdays: json<number[]>('weekdays').notNull(),
  from: count('from_minute').notNull(),
  to: count('to_minute').notNull(),
  when: string('when_open').$type<Opening['when']>().notNull(),
  onHolidays: flag('on_holidays').notNull(),
  validFrom: string('valid_from'),
  validTo: string('valid_to'),
}, (t) => [index('openings_space').on(t.spaceId)])

/** Of one space, or of a whole unit. */
export const closures = table('closures', {
  id: string('id').primaryKey(),
  spaceId: string('space_id').references(() => spaces.id),
  unitId: string('unit_id').references(() => units.id),
  startsAt: instant('starts_at').notNull(),
  endsAt: instant('ends_at').notNull(),
  reason: json<Text>('reason').notNull(),
}, (t) => [index('closures_space').on(t.spaceId), index('closures_unit').on(t.unitId)])

/** Limits on the use of a unit or one of its spaces (spaces/restriction.ts). A row changes only in its state. */
export const restrictions = table('restrictions', {
  id: string('id').primaryKey(),
  unitId: string('unit_id').notNull().references(() => units.id),
  spaceId: string('space_id').references(() => spaces.id),
  effect: string('effect').$type<RestrictionEffect>().notNull(),
  what: json<Reason>('what').notNull(),
  reason: json<Reason>('reason').notNull(),
  validFrom: string('valid_from').notNull(),
  validTo: string('valid_to'),
  decision: json<RestrictionDecision>('decision'),
  state: string('state').$type<RestrictionState>().notNull(),
}, (t) => [index('restrictions_unit').on(t.unitId)])

/** One row: bumped whenever anything above changes, so that the catalogue in memory knows when to reload (rulings 22). */
export const catalogueVersion = table('catalogue_version', {
  id: count('id').primaryKey(),
  /** Random, set anew on every change: two databases never share one by accident. */
  version: string('version').notNull(),
})

export const slugRedirects = table('slug_redirects', {
  kind: string('kind').$type<'unit' | 'space'>().notNull(),
  slug: string('slug').notNull(),
  targetId: string('target_id').notNull(),
}, (t) => [uniqueIndex('slug_redirects_slug').on(t.kind, t.slug)])
