import { differences, itemsByName, type Difference } from './differences.ts'
import type { ChargeRule, Duty, EditionFile, UnitException } from './edition.ts'

/** What became of one item of a list: a rule, a duty. `differences` are all that was found of it. */
export type ItemChange<Item> = {
  id: string
  is: 'added' | 'removed' | 'changed'
  /** Places, from 1, where it stands elsewhere among those that stayed. */
  moved: { from: number; to: number } | null
  from: Item | null
  to: Item | null
  differences: Difference[]
}

type PriceRow = EditionFile['priceList']['prices'][number]

export type Comparison = {
  general: Difference[]
  rules: ItemChange<ChargeRule>[]
  exceptions: ItemChange<UnitException>[]
  definitions: Difference[]
  prices: ItemChange<PriceRow>[]
  limits: Difference[]
  duties: ItemChange<Duty>[]
  terms: Difference[]
  rest: Difference[]
}

const general = ['id', 'status', 'decision', 'validFrom', 'name', 'summary', 'pricedOn']

/** What two editions say differently, by what it is about; every difference of their files stands in exactly one section. */
export function compare(from: EditionFile, to: EditionFile): Comparison {
  const all = differences(fileOf(from), fileOf(to))
  const under = (...path: string[]) => all.filter(one => path.every((key, at) => one.path[at] === key))
  const told = new Set<Difference>()
  const telling = (found: Difference[]): Difference[] => {
    for (const one of found) told.add(one)
    return found
  }
  const sections = {
    general: telling(all.filter(({ path }) => general.includes(path[0]!))),
    rules: itemChanges<ChargeRule>(telling(under('chargeRules')), 1, from.chargeRules, to.chargeRules),
    exceptions: itemChanges<UnitException>(telling(under('exceptions')), 1, from.exceptions, to.exceptions),
    definitions: telling(under('definitions')),
    prices: itemChanges<PriceRow>(telling(under('priceList', 'prices')), 2, from.priceList.prices, to.priceList.prices),
    limits: telling(under('limits')),
    duties: itemChanges<Duty>(telling(under('duties')), 1, from.duties, to.duties),
    terms: telling(under('terms')),
  }
  return { ...sections, rest: all.filter(one => !told.has(one)) }
}

/** Whether two editions say the same but for their names and dates. */
export const alike = ({ general, ...sections }: Comparison): boolean =>
  Object.values(sections).every(found => found.length === 0) && general.every(({ path }) => ['id', 'status', 'decision', 'validFrom'].includes(path[0]!))

/** How much differs, by what it is about; what only its adoption changes is not counted. */
export function changesByPart({ general, ...sections }: Comparison): { part: keyof Comparison; count: number }[] {
  const own = general.filter(({ path }) => !['id', 'status', 'decision'].includes(path[0]!))
  return Object.entries({ general: own, ...sections }).map(([part, found]) => ({ part: part as keyof Comparison, count: found.length })).filter(({ count }) => count > 0)
}

/** Every difference that a comparison tells. */
export const told = ({ rules, exceptions, prices, duties, ...plain }: Comparison): Difference[] =>
  [...Object.values(plain).flat(), ...[...rules, ...exceptions, ...prices, ...duties].flatMap(one => one.differences)]

/** What is added to an edition in force is no part of its file. */
const fileOf = (edition: EditionFile & { later?: unknown; pricedAsOf?: unknown }): EditionFile => {
  const { later: _, pricedAsOf: __, ...file } = edition
  return file
}

function itemChanges<Item>(found: readonly Difference[], depth: number, from: readonly Item[], to: readonly Item[]): ItemChange<Item>[] {
  const items = itemsByName(from, to)
  const names = [...new Set(found.map(({ path }) => path[depth]!))]
  return names.map((id) => {
    const own = found.filter(({ path }) => path[depth] === id)
    const moved = own.find(one => one.is === 'moved')
    const [before, after] = [items?.from.get(id), items?.to.get(id)] as [Item | undefined, Item | undefined]
    return {
      id,
      is: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
      moved: moved ? { from: moved.from, to: moved.to } : null,
      from: before ?? null,
      to: after ?? null,
      differences: own,
    }
  })
}
