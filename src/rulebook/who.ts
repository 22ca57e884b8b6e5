import { z } from 'zod'
import { said } from '../spaces/filter.ts'
import { applicants, purposes } from './facts.ts'
import type { Applicant, Facts, Purpose } from './facts.ts'

/** Who asks and what for, as far as a list needs it to name a price. */
export type Who = { applicant: Applicant; purpose: Purpose; openToAll: boolean }

/** The fields that say who asks; faults are named by message key. */
export const whoFields = {
  applicant: said(z.enum(applicants, 'spaces.error.choice')),
  purpose: said(z.enum(purposes, 'spaces.error.choice')),
  openToAll: said(z.enum(['1', 'true', 'yes', 'on', '0', 'false', 'no'], 'spaces.error.choice').transform((text) => !['0', 'false', 'no'].includes(text))),
}
type SaidWho = { [field in keyof Who]?: Who[field] | undefined }

const usualApplicants: Partial<Record<Purpose, Applicant>> = {
  arts_education: 'educational_institution', private_party: 'private_person', commercial: 'company',
  religious_practice: 'religious_community', election_event: 'registered_association',
}
const usualPurposes: Partial<Record<Applicant, Purpose>> = {
  city_unit: 'meeting', school: 'meeting', registered_association: 'civic_activity', parents_association: 'meeting',
  educational_institution: 'training', private_person: 'private_party', company: 'commercial', religious_community: 'religious_practice',
}

/** Who asks, with the usual other half when only the applicant or only the purpose was said; null when neither was. */
export function whoOf({ applicant, purpose, openToAll = false }: SaidWho): Who | null {
  if (applicant) return { applicant, purpose: purpose ?? usualPurposes[applicant] ?? 'hobby', openToAll }
  return purpose ? { applicant: usualApplicants[purpose] ?? 'unregistered_group', purpose, openToAll } : null
}

/**
 * The facts of a wish that has not been made yet. Pages say what is assumed: most participants live in the city, nobody
 * pays to get in, an association names itself, and activity for the young is indeed for the young.
 */
export function assumedFacts({ applicant, purpose, openToAll }: Who, people: number): Facts {
  return {
    applicant, purpose, people, entryFee: false, localShare: 1, groups: [], activities: [],
    ...(openToAll && { openToAll }),
    ...(purpose === 'youth_activity' && { youthShare: 1 }),
    ...(applicant === 'registered_association' && { association: 'declared' }),
  }
}
