import type { Edition } from '../rulebook/edition.ts'
import { traitsOf } from '../rulebook/traits.ts'
import { typicalCases } from '../rulebook/typical.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { usualPeople } from './asker.ts'

/**
 * Which spaces a rule book cannot tell apart, when a search asks it about each with the same wish: a number a sort, by the
 * spaces' positions. Helsinki's thousand spaces are 185 sorts.
 */
export function sortsOf(edition: Edition, spaces: readonly Listed[]): Uint16Array {
  let known = sorted.get(edition)
  if (!known) sorted.set(edition, (known = new WeakMap()))
  let sorts = known.get(spaces)
  if (!sorts) known.set(spaces, (sorts = workedOut(edition, spaces)))
  return sorts
}

/** The answer for a space, asked once for all of its sort. */
export function bySort<Answer>(sorts: Uint16Array, ask: (listed: Listed) => Answer): (listed: Listed) => Answer {
  const known: (Answer | undefined)[] = []
  return (listed) => (known[sorts[listed.position]!] ??= ask(listed))
}

/** When nobody said how many come, a space that holds fewer than are assumed (asker.ts, rulebook/typical.ts) is asked about for fewer. */
const mostAssumed = Math.max(usualPeople, ...typicalCases.map(({ people }) => people))

const sorted = new WeakMap<Edition, WeakMap<readonly Listed[], Uint16Array>>()

function workedOut(edition: Edition, spaces: readonly Listed[]): Uint16Array {
  const keyOf = keyIn(edition)
  const numbers = new Map<string, number>()
  return Uint16Array.from(spaces, (listed) => {
    const key = keyOf(listed)
    return numbers.get(key) ?? (numbers.set(key, numbers.size), numbers.size - 1)
  })
}

/** All that a rule, an exception or a price of the edition, or of one that follows it, may hang on. */
function keyIn(edition: Edition): (listed: Listed) => string {
  const editions = [edition, ...edition.later ?? []]
  const named = new Set(editions.flatMap(({ exceptions, priceList: { prices } }) => [...exceptions, ...prices].flatMap(({ unit }) => unit ?? [])))
  const compared = traitsCompared(editions)
  const sizes = editions.flatMap(({ priceList: { classes } }) => classes.flatMap(({ belowM2 }) => belowM2 ?? []))
  return (listed) => {
    const { unit = '', areaM2, people, ...others } = traitsOf(listed)
    return JSON.stringify([
      others.kind, others.unitKind, others.approval, others.alwaysPaid, others.supervision,
      compared.has('people') ? people : Math.min(people, mostAssumed),
      compared.has('areaM2') ? areaM2 : sizes.map((below) => areaM2 < below),
      named.has(unit) ? unit : null,
    ])
  }
}

/** The traits of a space that any condition compares, wherever it stands. */
function traitsCompared(part: unknown, found = new Set<unknown>()): ReadonlySet<unknown> {
  if (typeof part !== 'object' || part === null) return found
  if ('space' in part) found.add(part.space)
  for (const one of Object.values(part)) traitsCompared(one, found)
  return found
}
