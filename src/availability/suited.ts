import type { Purpose } from '../rulebook/facts.ts'
import type { SpaceKind } from '../spaces/space.ts'

/** Which kinds of space people look for with a purpose, the likeliest first: a wish to play badminton is not helped by classrooms. Other purposes take any. */
const kindsFor: Partial<Record<Purpose, readonly SpaceKind[]>> = {
  sport: ['gym', 'hall', 'youth_hall'],
  meeting: ['meeting_room', 'group_room', 'classroom', 'hall', 'canteen', 'youth_hall', 'studio'],
  training: ['classroom', 'meeting_room', 'group_room', 'hall', 'studio', 'kitchen'],
  arts_education: ['music_room', 'studio', 'classroom', 'hall', 'gym', 'youth_hall'],
  private_party: ['canteen', 'youth_hall', 'hall', 'group_room', 'meeting_room', 'kitchen', 'gym'],
  election_event: ['hall', 'canteen', 'meeting_room', 'group_room', 'classroom', 'youth_hall', 'gym'],
}

/** The kinds that a search for the purpose looks at when no kind was chosen; undefined means all. */
export const suitedKinds = (purpose: Purpose | undefined): readonly SpaceKind[] | undefined => (purpose === undefined ? undefined : kindsFor[purpose])
