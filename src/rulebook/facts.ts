import type { Space, UnitKind } from '../spaces/space.ts'

export const applicants = [
  'city_unit', 'school', 'registered_association', 'unregistered_group', 'parents_association',
  'educational_institution', 'private_person', 'company', 'religious_community', 'other',
] as const
export type Applicant = (typeof applicants)[number]

export const purposes = [
  'meeting', 'civic_activity', 'hobby', 'sport', 'arts_education', 'youth_activity', 'training', 'private_party',
  'commercial', 'religious_practice', 'election_event', 'other',
] as const
export type Purpose = (typeof purposes)[number]

/** Whom the activity is for. `young_adults` are people under 29, `disability` includes long-term illness. */
export const groups = [
  'children', 'young_adults', 'pensioners', 'disability', 'unemployed', 'integration', 'veterans',
] as const
export type Group = (typeof groups)[number]

/** What will be done that a rule may care about. `special_danger` is any other danger to people or the building. */
export const activities = [
  'after_school', 'overnight', 'alcohol', 'open_fire', 'pyrotechnics', 'special_danger', 'filming', 'demonstration',
  'election',
] as const
export type Activity = (typeof activities)[number]

/** The facts of a wish. An omitted optional fact counts as not fulfilled. */
export type Facts = {
  applicant: Applicant
  purpose: Purpose
  /** How many people are in the space at once. */
  people: number
  /** Anyone interested may take part. */
  openToAll?: boolean
  /** People pay to get in. */
  entryFee?: boolean
  /** Share (0–1) of participants younger than the edition's `limits.youthUnder`. */
  youthShare?: number
  /** Share (0–1) of participants who live in the city. */
  localShare?: number
  groups: readonly Group[]
  activities: readonly Activity[]
  /** `declared`: the association was named but nobody has verified it yet. */
  association?: 'verified' | 'declared'
  /** The person has been granted the right to act for a city unit or a school. Comes from the person's standing. */
  granted?: boolean
  /** The wish is one of a series. Comes from how it is made; a single booking leaves it out. */
  recurring?: boolean
}
export type FactName = keyof Facts

type Shaped = { [fact in FactName]: Facts[fact] | undefined }

/** A copy whose facts stand in one order, told or not: rules read objects of one shape twice as quickly. */
export function sameShape(facts: Facts): Shaped {
  const { applicant, purpose, people, groups, activities } = facts
  const { openToAll, entryFee, youthShare, localShare, association, granted, recurring } = facts
  return { applicant, purpose, people, openToAll, entryFee, youthShare, localShare, groups, activities, association, granted, recurring }
}

/** Facts that a form can ask and a person can leave out, in the order a form asks them. */
export const optionalFacts = [
  'openToAll', 'entryFee', 'localShare', 'youthShare', 'groups', 'activities', 'association',
] as const satisfies readonly FactName[]

/** What the rules read of a space. */
export type SpaceTraits = Pick<Space, 'kind' | 'areaM2' | 'people' | 'alwaysPaid' | 'supervision' | 'approval'> & {
  unitKind: UnitKind
  /** The unit's slug; left out where only the sort of space is known. */
  unit?: string
}
