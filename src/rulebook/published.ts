import type { PlainText } from '../platform/i18n/text.ts'
import type { Edition } from './edition.ts'

/** Where a public edition stands on a date. */
export type PublishedState = 'in_force' | 'coming' | 'replaced' | 'withdrawn'
export type Published = {
  edition: Edition
  state: PublishedState
  validFrom: string
  /** The last day on which it is in force; null while nothing follows it. One before its first day never came into force. */
  validTo: string | null
  /** Why and by which decision it never comes into force. */
  withdrawal: { decision: NonNullable<Edition['decision']>; reason: PlainText } | null
}

export const neverInForce = ({ state, validFrom, validTo }: Published): boolean => state === 'withdrawn' || (validTo !== null && validTo < validFrom)

/** The day whose prices tell most of an edition: today, the first day of a coming one, the last of an earlier one. */
export function priceDay(published: Published, today: string): string {
  const { state, validFrom, validTo } = published
  if (state === 'in_force') return today
  return state === 'coming' || neverInForce(published) || validTo === null ? validFrom : validTo
}
