import { nowhere } from './decision-diagram.ts'
import type { Region } from './decision-diagram.ts'
import type { Edition } from './edition.ts'
import type { Example } from './fact-space.ts'
import type { ProofFault } from './proof-fault.ts'
import type { Ground } from './regions.ts'
import type { Placed, Survey } from './survey.ts'

/** Wishes and spaces that no rule answers, rules that answer nothing, and refusals that send nobody anywhere. */
export function ruleFaults(edition: Edition, ground: Ground, survey: Survey): ProofFault[] {
  const contacts = (list: 'chargeRules' | 'exceptions', placed: Placed[]): ProofFault[] => edition[list].flatMap((rule, at) =>
    rule.charge === 'not_allowed' && !rule.contact
      ? [{ code: 'contact-missing', path: `${list}.${at}.contact`, rule: rule.id, example: exampleOf(ground, placed[at]!, 'gets') }] : [])
  return [
    ...(survey.noCharge === nowhere ? []
      : [{ code: 'no-outcome', path: 'chargeRules', example: ground.example(survey.noCharge) } as const]),
    ...(survey.noSupervision === nowhere ? []
      : [{ code: 'no-supervision', path: 'supervisionRules', example: ground.example(survey.noSupervision) } as const]),
    ...allOf(survey).flatMap(rule => rule.gets === nowhere ? [unreachable(ground, rule)] : []),
    ...contacts('chargeRules', survey.charges), ...contacts('exceptions', survey.exceptions),
    ...limitFaults(edition, ground, survey),
  ]
}

/** One wish and space for each rule that can decide or count; of a limit with the id of a rule, the rule's. */
export function witnessesOf(ground: Ground, survey: Survey): Map<string, Example> {
  const witnesses = new Map<string, Example>()
  for (const rule of allOf(survey)) {
    const example = exampleOf(ground, rule, 'gets')
    if (example && !witnesses.has(rule.id)) witnesses.set(rule.id, example)
  }
  return witnesses
}

const allOf = ({ charges, exceptions, supervisions, others }: Survey) => [...charges, ...exceptions, ...supervisions, ...others]

const unreachable = (ground: Ground, rule: Placed): ProofFault =>
  ({ code: 'unreachable', path: rule.path, rule: rule.id, shadowedBy: shadowOf(ground, rule), example: exampleOf(ground, rule, 'asks') })

/** No more of the rules before than it takes to leave nothing: one is left out while the kept and the later ones do without it. */
function shadowOf({ diagram: { either, without } }: Ground, { asks, before }: Placed): string[] {
  const later = before.reduceRight<Region[]>((sums, { region }) => [either(region, sums[0]!), ...sums], [nowhere])
  let open = asks
  return before.filter(({ region }, at) => {
    if (without(open, later[at + 1]!) === nowhere) return false
    open = without(open, region)
    return true
  }).map(({ id }) => id)
}

export function exampleOf(ground: Ground, { on, ...rule }: Placed, where: 'asks' | 'gets'): Example | null {
  const example = ground.example(rule[where])
  return example && on ? { ...example, space: { ...example.space, unit: on.unit }, date: on.date } : example
}

type Limit = { path: string; placed: Placed; atLeast?: number | undefined; atMost?: number | undefined }

/** All limits that hold count, so the shortest use that one of them wants must not be longer than another allows. */
function limitFaults(edition: Edition, ground: Ground, { others }: Survey): ProofFault[] {
  const limits = (path: string, atLeast: number | undefined, atMost: number | undefined): Limit =>
    ({ path, placed: others.find(one => one.path === path)!, atLeast, atMost })
  const contradicting = (list: Limit[]): ProofFault[] => list.flatMap(low => list.flatMap(high => {
    if (low.atLeast === undefined || high.atMost === undefined || low.atLeast <= high.atMost) return []
    const example = ground.example(ground.diagram.both(low.placed.gets, high.placed.gets))
    return example ? [{
      code: 'limits-contradict', path: low.path, rules: [low.placed.id, high.placed.id], atLeast: low.atLeast, atMost: high.atMost, example,
    }] : []
  }))
  return [
    ...contradicting(edition.lengths.map((one, at) => limits(`lengths.${at}`, one.atLeastMinutes, one.atMostMinutes))),
    ...contradicting(edition.leadTimes.map((one, at) => limits(`leadTimes.${at}`, one.atLeastDays, one.atMostDays))),
  ]
}
