import { isLocalDate } from '../time/wallclock.ts'
import type { Condition } from './condition.ts'
import { faultAt, type Fault } from './edition-fault.ts'
import type { Edition } from './edition.ts'

/** More than any city's rule has; the words of one grow faster than it does. */
const mostComparisons = 500

/**
 * What a draft is refused for although its shape is right: days that no year has, and conditions nobody can read. Not asked
 * of what was adopted, which must be read for ever.
 */
export function draftFaults(edition: Edition): Fault[] {
  const { definitions, seasons, chargeRules, exceptions, supervisionRules, approvalRules, extras, quotas, lengths, leadTimes, cancellations } = edition
  const lists = { chargeRules, exceptions, supervisionRules, approvalRules, extras, quotas, lengths, leadTimes, cancellations }
  const conditions: [path: string, when: Condition][] = [
    ...Object.entries(definitions).map(([name, when]): [string, Condition] => [`definitions.${name}`, when]),
    ...Object.entries(lists).flatMap(([list, rules]) => rules.map(({ when }, at): [string, Condition] => [`${list}.${at}.when`, when])),
  ]
  return [
    ...seasons.flatMap((season, at) => (['from', 'to'] as const).flatMap((end) => (isDayOfYear(season[end]) ? [] : [faultAt(`seasons.${at}.${end}`, 'no-such-day')]))),
    ...conditions.flatMap(([path, when]) => (comparisonsIn(when) > mostComparisons ? [faultAt(path, 'too-long', { most: mostComparisons })] : [])),
  ]
}

const leapYear = 2028
/** `MM-DD`; the leap day is one. */
const isDayOfYear = (monthDay: string): boolean => isLocalDate(`${leapYear}-${monthDay}`)

function comparisonsIn(when: Condition): number {
  if ('not' in when) return comparisonsIn(when.not)
  const parts = 'all' in when ? when.all : 'any' in when ? when.any : null
  return parts === null ? 1 : parts.reduce((sum, part) => sum + comparisonsIn(part), 0)
}
