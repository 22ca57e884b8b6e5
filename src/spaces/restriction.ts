import type { Text } from '../platform/i18n/text.ts'
import type { LocalDate } from '../time/wallclock.ts'

/** Which way a decision keeps people from premises that the rules would let them into. */
export const restrictionEffects = ['not_lent', 'by_staff'] as const
export type RestrictionEffect = (typeof restrictionEffects)[number]

/** `over`: its last day passed. `lifted`: a decision ended it. */
export type RestrictionState = 'coming' | 'in_force' | 'over' | 'lifted'

/** In the languages there are, and in plain Finnish where somebody has written it. */
export type Reason = Text & { plain?: string }

/** As the decision on an edition of the rule book: `date` is local, `body` is who decided. */
export type RestrictionDecision = { number: string; date: LocalDate; body: Reason }

/**
 * A limit on the use of premises, for a time. The principles demand a special, public reason (HEL 2018-001310), so each is
 * a row with its reason, its first and its last local date; `validTo` is null only in rows older than this demand.
 * `not_lent`: the unit is listed without spaces. `by_staff`: a person decides on each booking of the space, or of every
 * space of the unit where `spaceId` is null.
 */
export type Restriction = {
  id: string
  unitId: string
  spaceId: string | null
  effect: RestrictionEffect
  what: Reason
  reason: Reason
  validFrom: LocalDate
  validTo: LocalDate | null
  /** Null in what came with the premises and not by a decision made here. */
  decision: RestrictionDecision | null
  /** As the clock or a decision last left it. */
  state: RestrictionState
}

/** How a restriction that nobody lifted is on a date. */
export const stateOn = (date: LocalDate, { validFrom, validTo }: Pick<Restriction, 'validFrom' | 'validTo'>): RestrictionState =>
  validTo !== null && validTo < date ? 'over' : validFrom > date ? 'coming' : 'in_force'

/**
 * Whether a restriction still says something of the premises. A unit that lends nothing opens no spaces when its last day
 * passes, as it has none: until the city adds them or decides anew, its page tells so.
 */
export const isTold = ({ state, effect }: Pick<Restriction, 'state' | 'effect'>): boolean =>
  state === 'coming' || state === 'in_force' || (state === 'over' && effect === 'not_lent')

/**
 * Why a unit lends nothing, of all that was ever decided of it, the first to begin first; null when it lends. What is past its
 * last day is told only where there are no spaces and nothing was decided since.
 */
export function notLentOf(all: readonly Restriction[], furnished: boolean): Restriction | null {
  const decided = all.filter(({ effect }) => effect === 'not_lent')
  const last = decided.at(-1)
  return decided.find(({ state }) => state === 'in_force') ?? (last?.state === 'over' && !furnished ? last : null)
}

/**
 * Whether what is decided of a unit, or of one of its spaces, is about a space of these parts. What limits a room limits its
 * halves, and what limits a half limits the whole: they are made of the same parts.
 */
export const isAbout = ({ spaceId }: Pick<Restriction, 'spaceId'>, partIds: readonly string[], partIdsOf: (spaceId: string) => readonly string[]): boolean =>
  spaceId === null || partIdsOf(spaceId).some((id) => partIds.includes(id))

/** What of all that was ever decided of a unit limits a space of these parts now. */
export const limitsOf = (all: readonly Restriction[], partIds: readonly string[], partIdsOf: (spaceId: string) => readonly string[]): Restriction[] =>
  all.filter((one) => one.effect === 'by_staff' && one.state === 'in_force' && isAbout(one, partIds, partIdsOf))

/** The longest that a restriction is decided for, in days: then its reason is looked at again. */
export const longestDays = 366
