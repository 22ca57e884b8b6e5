import type { Text } from '../platform/i18n/text.ts'
import type { Restriction } from './restriction.ts'

export const unitKinds = ['school', 'library', 'youth_centre', 'playground_house', 'culture', 'adult_education'] as const
export type UnitKind = (typeof unitKinds)[number]

export const spaceKinds = [
  'gym', 'hall', 'classroom', 'canteen', 'meeting_room', 'group_room', 'youth_hall', 'music_room', 'kitchen', 'studio',
] as const
export type SpaceKind = (typeof spaceKinds)[number]

export const supervisionModes = ['self_supervised', 'staffed', 'key_contract'] as const
export type SupervisionMode = (typeof supervisionModes)[number]

export const sources = ['open_data', 'synthetic', 'import'] as const
export type Source = (typeof sources)[number]

export const equipmentKinds = [
  'projector', 'screen', 'whiteboard', 'sound_system', 'piano', 'instruments', 'stage', 'sports_equipment', 'wifi',
  'kitchenette', 'oven', 'tables', 'chairs', 'hearing_loop', 'changing_rooms', 'showers',
] as const
export type EquipmentKind = (typeof equipmentKinds)[number]

/** What is known of a space for people with a need; `unknown` is an honest answer. */
export const accessibilityNeeds = ['wheelchair', 'reduced_mobility', 'hearing_aid', 'visually_impaired', 'stroller', 'rollator'] as const
export type AccessibilityNeed = (typeof accessibilityNeeds)[number]
export type Accessibility = Partial<Record<AccessibilityNeed, 'yes' | 'partly' | 'no' | 'unknown'>>

/** What a wish is measured against. Minutes are whole minutes, areas m², people a fire-safety number. */
export type Space = {
  id: string
  slug: string
  unitId: string
  kind: SpaceKind
  name: Text
  people: number
  areaM2: number
  /** Physical parts the space is made of; two spaces that share a part exclude each other. */
  partIds: string[]
  /** The space this one is a half of, or null. */
  wholeId: string | null
  equipment: EquipmentKind[]
  accessibility: Accessibility
  supervision: SupervisionMode[]
  /** `person` where a restriction is in force; what the rule book leaves to a person is asked of `approvalOfSpace`. */
  approval: 'automatic' | 'person'
  /** Charged whoever asks (studio, kitchen): policy B7.7. */
  alwaysPaid: boolean
  minMinutes: number
  maxMinutes: number
  /** Starts and lengths are multiples of this (15, 30 or 60), counted on the wall clock. */
  stepMinutes: number
  /** Time the space needs empty; between two bookings the gap is the larger of the two wishes. */
  bufferBefore: number
  bufferAfter: number
  /** How many days ahead a resident may book. */
  daysAhead: number
  /** Those in force. */
  restrictions: Restriction[]
  source: Source
}

/** Whether two spaces are made of a common part: a booking of one takes the other. */
export const sharePart = (a: Pick<Space, 'partIds'>, b: Pick<Space, 'partIds'>): boolean => a.partIds.some((id) => b.partIds.includes(id))
