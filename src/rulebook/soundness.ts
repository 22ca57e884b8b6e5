import { always, leaves } from './condition.ts'
import type { Condition } from './condition.ts'
import { coverageFaults } from './coverage.ts'
import { faultAt, type Fault } from './edition-fault.ts'
import type { ChargeRule, Edition } from './edition.ts'
import { optionalFacts } from './facts.ts'

/** What is wrong with an edition that its shape alone does not tell, each with its path. */
export function faults(edition: Edition): Fault[] {
  const found = circles(edition)
  if (found.length > 0) return found
  return [
    ...doubles(edition), ...unknownNames(edition), ...conditionFaults(edition), ...chargeFaults(edition),
    ...coverageFaults(edition), ...decisionFaults(edition),
  ]
}

function circles({ definitions }: Edition): Fault[] {
  const reaches = (name: string, seen: string[]): boolean => seen.includes(name)
    || namesIn(Object.hasOwn(definitions, name) ? definitions[name] : undefined).some(next => reaches(next, [...seen, name]))
  return Object.keys(definitions).filter(name => reaches(name, []))
    .map(name => faultAt(`definitions.${name}`, 'circle'))
}

function namesIn(condition: Condition | undefined): string[] {
  return condition ? leaves(condition).flatMap(leaf => 'defined' in leaf ? [leaf.defined] : []) : []
}

const conditioned = [
  'chargeRules', 'exceptions', 'supervisionRules', 'approvalRules', 'extras', 'quotas', 'lengths', 'leadTimes', 'cancellations',
] as const satisfies readonly (keyof Edition)[]
type Conditioned = (typeof conditioned)[number]

function conditionsOf(edition: Edition): { path: string; when: Condition; outcomeKnown: boolean }[] {
  const listed = (name: Conditioned) =>
    edition[name].map((rule, at) => ({
      path: `${name}.${at}.when`, when: rule.when, outcomeKnown: !['chargeRules', 'exceptions', 'supervisionRules'].includes(name),
    }))
  return [
    ...Object.entries(edition.definitions)
      .map(([name, when]) => ({ path: `definitions.${name}`, when, outcomeKnown: false })),
    ...conditioned.flatMap(listed),
  ]
}

function conditionFaults(edition: Edition): Fault[] {
  return conditionsOf(edition).flatMap(({ path, when, outcomeKnown }) => leaves(when).flatMap(leaf => {
    if ('defined' in leaf && !Object.hasOwn(edition.definitions, leaf.defined)) return [faultAt(path, 'no-definition', { name: leaf.defined })]
    if ('outcome' in leaf && !outcomeKnown) return [faultAt(path, 'outcome-unknown')]
    return []
  }))
}

const lists = [
  'duties', 'applicantGroups', 'purposes', 'seasons', 'quotas', 'lengths', 'leadTimes', 'cancellations', 'consequences', 'sanctions',
] as const satisfies readonly (keyof Edition)[]

function doubles(edition: Edition): Fault[] {
  const rules = [...edition.chargeRules, ...edition.exceptions, ...edition.approvalRules, ...edition.supervisionRules, ...edition.extras]
  return [
    ...repeated(rules.map(rule => rule.id)).map(id => faultAt('rules', 'twice', { name: id })),
    ...lists.flatMap(list => repeated(edition[list].map(one => one.id)).map(id => faultAt(list, 'twice', { name: id }))),
    ...repeated(edition.priceList.groups.map(group => group.id)).map(id => faultAt('priceList.groups', 'twice', { name: id })),
  ]
}

const repeated = (ids: string[]) => ids.filter((id, at) => ids.indexOf(id) !== at)

function unknownNames({ chargeRules, exceptions, supervisionRules, duties, priceList, vatRates, extras }: Edition): Fault[] {
  const groups = priceList.groups.map(group => group.id)
  const classes = priceList.classes.map(line => line.id)
  const rates = vatRates.map(row => row.id)
  const bands = priceList.bands.map(band => band.id)
  const missing = (path: string, name: string | undefined, known: string[]) =>
    name === undefined || known.includes(name) ? [] : [faultAt(path, 'unknown-name', { name })]
  return [
    ...chargeRules.flatMap((rule, at) => missing(`chargeRules.${at}.priceClass`, rule.priceClass, groups)),
    ...exceptions.flatMap((rule, at) => missing(`exceptions.${at}.priceClass`, rule.priceClass, groups)),
    ...duties.flatMap((duty, at) => (duty.excludes ?? []).flatMap((id, n) => missing(`duties.${at}.excludes.${n}`, id, duties.map(one => one.id)))),
    ...supervisionRules.flatMap((rule, at) => rule.duties.flatMap((id, n) => {
      const duty = duties.find(one => one.id === id)
      if (!duty) return [faultAt(`supervisionRules.${at}.duties.${n}`, 'unknown-name', { name: id })]
      return duty.modes.includes(rule.mode) ? [] : [faultAt(`supervisionRules.${at}.duties.${n}`, 'duty-mode', { name: id, mode: rule.mode })]
    })),
    ...priceList.prices.flatMap((row, at) => [
      ...missing(`priceList.prices.${at}.group`, row.group, groups),
      ...missing(`priceList.prices.${at}.class`, row.class, classes),
      ...missing(`priceList.prices.${at}.vat`, row.vat, rates),
      ...missing(`priceList.prices.${at}.band`, row.band, bands),
    ]),
    ...extras.flatMap((extra, at) => [
      ...missing(`extras.${at}.vat`, extra.vat, rates), ...missing(`extras.${at}.band`, extra.band, bands),
    ]),
  ]
}

function chargeFaults(edition: Edition): Fault[] {
  const { chargeRules, exceptions, definitions, extras } = edition
  const faultsOf = (list: 'chargeRules' | 'exceptions', rule: ChargeRule, at: number): Fault[] => [
    ...((rule.charge === 'paid') === (rule.priceClass !== undefined) ? []
      : [faultAt(`${list}.${at}.priceClass`, 'price-class')]),
    ...(rule.charge === 'not_allowed' && !rule.contact ? [faultAt(`${list}.${at}.contact`, 'contact')] : []),
    ...(rule.charge === 'free' && restsOnSilence(rule.when, definitions)
      ? [faultAt(`${list}.${at}.when`, 'silence')] : []),
  ]
  return [
    ...chargeRules.flatMap((rule, at) => faultsOf('chargeRules', rule, at)),
    ...exceptions.flatMap((rule, at) => faultsOf('exceptions', rule, at)),
    ...(always(chargeRules.at(-1)!.when) ? [] : [faultAt('chargeRules', 'last-always')]),
    ...extras.flatMap((extra, at) => (extra.cents === undefined) === (extra.centsPerHour === undefined)
      ? [faultAt(`extras.${at}`, 'cents-or-hour')] : []),
  ]
}

/** Whether an omitted fact could fulfil the condition: it stands under an odd number of `not`s. */
function restsOnSilence(condition: Condition, definitions: Edition['definitions'], negated = false): boolean {
  const rests = (part: Condition, flipped = negated) => restsOnSilence(part, definitions, flipped)
  if ('all' in condition) return condition.all.some(part => rests(part))
  if ('any' in condition) return condition.any.some(part => rests(part))
  if ('not' in condition) return rests(condition.not, !negated)
  if ('defined' in condition) return Object.hasOwn(definitions, condition.defined) && rests(definitions[condition.defined]!)
  return negated && 'fact' in condition && condition.fact !== 'groups' && condition.fact !== 'activities'
    && ((optionalFacts as readonly string[]).includes(condition.fact) || condition.fact === 'granted')
}

function decisionFaults({ status, decision }: Edition): Fault[] {
  if (status === 'adopted' && !decision) return [faultAt('decision', 'undecided')]
  if (status === 'example' && decision) return [faultAt('decision', 'decided-example')]
  return []
}
