import { supervisionModes } from '../spaces/space.ts'
import { addDays } from '../time/wallclock.ts'
import type { Condition } from './condition.ts'
import { everywhere, nowhere } from './decision-diagram.ts'
import type { Region } from './decision-diagram.ts'
import type { Edition, UnitException } from './edition.ts'
import { inOrder } from './regions.ts'
import type { Ground, Supervised } from './regions.ts'

/** A rule in its place: `asks` is where its condition holds, `gets` where it also decides or counts. */
export type Placed = {
  path: string
  id: string
  asks: Region
  gets: Region
  /** The rules that come before it, and where they take a wish if they come to it. */
  before: readonly { id: string; region: Region }[]
  /** On which date and in which unit it was looked at, where that matters. */
  on?: { date: string; unit: string }
}

export type Survey = {
  charges: Placed[]
  exceptions: Placed[]
  supervisions: Placed[]
  /** Approval rules, extras and the rules of conduct: more than one may count. */
  others: Placed[]
  noCharge: Region
  noSupervision: Region
}

/** Where each rule of the edition decides. Only a use that is allowed comes to a unit's exceptions and to the others. */
export function surveyOf(edition: Edition, ground: Ground): Survey {
  const { diagram: { both, either, without } } = ground
  const supervision = edition.supervisionRules.map(rule => both(ground.offering(rule.mode), ground.region(rule.when)))
  const supervisions = inLine(ground, 'supervisionRules', edition.supervisionRules, supervision, everywhere)
  const supervised: Supervised = new Map(supervisionModes.map(mode => [mode, edition.supervisionRules
    .reduce((sum, rule, at) => rule.mode === mode ? either(sum, supervisions.placed[at]!.gets) : sum, nowhere)]))

  const charges = inLine(ground, 'chargeRules', edition.chargeRules, edition.chargeRules.map(({ when }) => ground.region(when)), everywhere)
  const prohibitions = prohibitionsIn(edition, ground, charges.placed)
  const allowed = prohibitions.reduce((rest, { region }) => without(rest, region), everywhere)

  const each = (list: 'approvalRules' | 'extras' | 'quotas' | 'lengths' | 'leadTimes'): Placed[] => edition[list].map(({ id, when }, at) => {
    const asks = ground.region(when, supervised)
    return { path: `${list}.${at}`, id, asks, gets: both(asks, allowed), before: prohibitions }
  })
  const cancellation = edition.cancellations.map(({ when }) => ground.region(when, supervised))
  return {
    charges: charges.placed,
    exceptions: exceptionsIn(ground, edition, allowed, prohibitions),
    supervisions: supervisions.placed,
    others: [
      ...each('approvalRules'), ...each('extras'), ...each('quotas'), ...each('lengths'), ...each('leadTimes'),
      ...inLine(ground, 'cancellations', edition.cancellations, cancellation, allowed, prohibitions).placed,
    ],
    noCharge: charges.left,
    noSupervision: supervisions.left,
  }
}

/** Where each rule that does not allow a use would forbid it: wherever it holds and no rule before it has allowed the use. */
function prohibitionsIn({ chargeRules }: Edition, { diagram: { either, without } }: Ground, placed: readonly Placed[]): Placed['before'] {
  let answered = nowhere
  return placed.flatMap(({ id, asks, gets }, at) => {
    if (chargeRules[at]!.charge === 'not_allowed') return [{ id, region: without(asks, answered) }]
    answered = either(answered, gets)
    return []
  })
}

type Rules = readonly { id: string; when: Condition }[]

function inLine(
  ground: Ground, list: string, rules: Rules, asks: readonly Region[], from: Region, first: Placed['before'] = [],
): { placed: Placed[]; left: Region } {
  const { first: gets, left } = inOrder(ground, asks, from)
  const takers = rules.map(({ id }, at) => ({ id, region: asks[at]! }))
  const placed = rules.map(({ id }, at) =>
    ({ path: `${list}.${at}`, id, asks: asks[at]!, gets: gets[at]!, before: [...first, ...takers.slice(0, at)] }))
  return { placed, left }
}

/** A unit's exceptions stand in line on each day; one of several days is looked at on the first on which it decides something. */
function exceptionsIn(ground: Ground, edition: Edition, allowed: Region, prohibitions: Placed['before']): Placed[] {
  const asks = edition.exceptions.map(({ when }) => ground.region(when))
  return edition.exceptions.map((exception, at) => {
    const earlier = edition.exceptions.slice(0, at)
    const placedOn = (date: string): Placed => {
      const before = earlier.map((other, n) => ({ id: other.id, region: other.unit === exception.unit && counts(other, date) ? asks[n]! : nowhere }))
      const { first } = inOrder(ground, [...before.map(one => one.region), counts(exception, date) ? asks[at]! : nowhere], allowed)
      return {
        path: `exceptions.${at}`, id: exception.id, asks: asks[at]!, gets: first.at(-1)!, before: [...prohibitions, ...before],
        on: { date, unit: exception.unit },
      }
    }
    const start = exception.validFrom > edition.validFrom ? exception.validFrom : edition.validFrom
    const turns = earlier.flatMap(other => [other.validFrom, addDays(other.validTo, 1)]).filter(date => date > start && counts(exception, date))
    const days = [start, ...turns.sort()].map(placedOn)
    return days.find(day => day.gets !== nowhere) ?? days[0]!
  })
}

const counts = ({ validFrom, validTo }: UnitException, date: string) => validFrom <= date && date <= validTo
