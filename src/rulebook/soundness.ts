import { always, leaves } from './condition.ts'
import type { Condition } from './condition.ts'
import { coverageFaults } from './coverage.ts'
import type { ChargeRule, Edition } from './edition.ts'
import { optionalFacts } from './facts.ts'

/** What is wrong with an edition that its shape alone does not tell, as `path: fault` lines. */
export function faults(edition: Edition): string[] {
  const found = circles(edition)
  if (found.length > 0) return found
  return [
    ...doubles(edition), ...unknownNames(edition), ...conditionFaults(edition), ...chargeFaults(edition),
    ...coverageFaults(edition), ...decisionFaults(edition),
  ]
}

function circles({ definitions }: Edition): string[] {
  const reaches = (name: string, seen: string[]): boolean => seen.includes(name)
    || namesIn(definitions[name]).some(next => reaches(next, [...seen, name]))
  return Object.keys(definitions).filter(name => reaches(name, []))
    .map(name => `definitions.${name}: goes round in a circle`)
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

function conditionFaults(edition: Edition): string[] {
  return conditionsOf(edition).flatMap(({ path, when, outcomeKnown }) => leaves(when).flatMap(leaf => {
    if ('defined' in leaf && !edition.definitions[leaf.defined]) return [`${path}: there is no definition "${leaf.defined}"`]
    if ('outcome' in leaf && !outcomeKnown) return [`${path}: the outcome is not known yet here`]
    return []
  }))
}

const lists = [
  'duties', 'applicantGroups', 'purposes', 'seasons', 'quotas', 'lengths', 'leadTimes', 'cancellations', 'consequences', 'sanctions',
] as const satisfies readonly (keyof Edition)[]

function doubles(edition: Edition): string[] {
  const rules = [...edition.chargeRules, ...edition.exceptions, ...edition.approvalRules, ...edition.supervisionRules, ...edition.extras]
  return [
    ...repeated(rules.map(rule => rule.id)).map(id => `rules: the id "${id}" is used twice`),
    ...lists.flatMap(list => repeated(edition[list].map(one => one.id)).map(id => `${list}: the id "${id}" is used twice`)),
    ...repeated(edition.priceList.groups.map(group => group.id)).map(id => `priceList.groups: the id "${id}" is used twice`),
  ]
}

const repeated = (ids: string[]) => ids.filter((id, at) => ids.indexOf(id) !== at)

function unknownNames({ chargeRules, exceptions, supervisionRules, duties, priceList, vatRates, extras }: Edition): string[] {
  const groups = priceList.groups.map(group => group.id)
  const classes = priceList.classes.map(line => line.id)
  const rates = vatRates.map(row => row.id)
  const bands = priceList.bands.map(band => band.id)
  const missing = (path: string, name: string | undefined, known: string[]) =>
    name === undefined || known.includes(name) ? [] : [`${path}: there is no "${name}"`]
  return [
    ...chargeRules.flatMap((rule, at) => missing(`chargeRules.${at}.priceClass`, rule.priceClass, groups)),
    ...exceptions.flatMap((rule, at) => missing(`exceptions.${at}.priceClass`, rule.priceClass, groups)),
    ...duties.flatMap((duty, at) => (duty.excludes ?? []).flatMap((id, n) => missing(`duties.${at}.excludes.${n}`, id, duties.map(one => one.id)))),
    ...supervisionRules.flatMap((rule, at) => rule.duties.flatMap((id, n) => {
      const duty = duties.find(one => one.id === id)
      if (!duty) return [`supervisionRules.${at}.duties.${n}: there is no "${id}"`]
      return duty.modes.includes(rule.mode) ? [] : [`supervisionRules.${at}.duties.${n}: "${id}" is not for ${rule.mode}`]
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

function chargeFaults(edition: Edition): string[] {
  const { chargeRules, exceptions, definitions, extras } = edition
  const faultsOf = (list: 'chargeRules' | 'exceptions', rule: ChargeRule, at: number): string[] => [
    ...((rule.charge === 'paid') === (rule.priceClass !== undefined) ? []
      : [`${list}.${at}.priceClass: is given exactly when the charge is "paid"`]),
    ...(rule.charge === 'not_allowed' && !rule.contact ? [`${list}.${at}.contact: tells whom to ask instead`] : []),
    ...(rule.charge === 'free' && restsOnSilence(rule.when, definitions)
      ? [`${list}.${at}.when: silence must not make use free; ask "is: false" or a bound instead of "not"`] : []),
  ]
  return [
    ...chargeRules.flatMap((rule, at) => faultsOf('chargeRules', rule, at)),
    ...exceptions.flatMap((rule, at) => faultsOf('exceptions', rule, at)),
    ...(always(chargeRules.at(-1)!.when) ? [] : ['chargeRules: the last one must hold always ({ "all": [] })']),
    ...extras.flatMap((extra, at) => (extra.cents === undefined) === (extra.centsPerHour === undefined)
      ? [`extras.${at}: has either cents or centsPerHour`] : []),
  ]
}

/** Whether an omitted fact could fulfil the condition: it stands under an odd number of `not`s. */
function restsOnSilence(condition: Condition, definitions: Edition['definitions'], negated = false): boolean {
  const rests = (part: Condition, flipped = negated) => restsOnSilence(part, definitions, flipped)
  if ('all' in condition) return condition.all.some(part => rests(part))
  if ('any' in condition) return condition.any.some(part => rests(part))
  if ('not' in condition) return rests(condition.not, !negated)
  if ('defined' in condition) return condition.defined in definitions && rests(definitions[condition.defined]!)
  return negated && 'fact' in condition && condition.fact !== 'groups' && condition.fact !== 'activities'
    && ((optionalFacts as readonly string[]).includes(condition.fact) || condition.fact === 'granted')
}

function decisionFaults({ status, decision }: Edition): string[] {
  if (status === 'adopted' && !decision) return ['decision: an adopted edition names its decision']
  if (status === 'example' && decision) return ['decision: nobody decides an example']
  return []
}
