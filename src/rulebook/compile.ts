import type { SupervisionMode } from '../spaces/space.ts'
import type { Condition, Leaf } from './condition.ts'
import { optionalFacts } from './facts.ts'
import type { Applicant, FactName, Purpose, SpaceTraits } from './facts.ts'

/** What a condition is asked about; what is left out is not known. */
export type Situation = {
  facts: { readonly [fact in FactName]?: unknown }
  space: SpaceTraits | undefined
  supervision: SupervisionMode | undefined
}
/** Sure, whatever the unknown turns out to be; or the facts it still depends on, as far as a form can ask them. */
export type Verdict = boolean | readonly FactName[]

export type Compiled = {
  /** Whether the condition is fulfilled by what is known. */
  holds(situation: Situation): boolean
  /** Whether it would be fulfilled, whatever the omitted facts are. */
  weigh(situation: Situation): Verdict
}

/** Makes a condition quick to ask. `definitions` are the edition's named conditions, known to have no circle. */
export function compileCondition(source: Condition, definitions: Readonly<Record<string, Condition>>): Compiled {
  const compiled = (part: Condition) => compileCondition(part, definitions)
  if ('all' in source) return every(source.all.map(compiled))
  if ('any' in source) return some(source.any.map(compiled))
  if ('not' in source) return negation(compiled(source.not))
  if ('defined' in source) {
    const definition = definitions[source.defined]
    if (!definition) throw new Error(`No definition "${source.defined}"`)
    return compiled(definition)
  }
  return comparison(source)
}

/**
 * What is left of a condition for an applicant and a purpose: true or false when they settle it, otherwise a shorter
 * condition that says the same of them. A quote asks dozens of conditions that mostly turn on these two.
 */
export function remainder(
  source: Condition, definitions: Readonly<Record<string, Condition>>, known: { applicant: Applicant; purpose: Purpose },
): Condition | boolean {
  const left = (part: Condition) => remainder(part, definitions, known)
  if ('defined' in source) return left(definitions[source.defined]!)
  if ('not' in source) {
    const inner = left(source.not)
    return typeof inner === 'boolean' ? !inner : { not: inner }
  }
  if ('all' in source) return joint(source.all.map(left), false, all => ({ all }))
  if ('any' in source) return joint(source.any.map(left), true, any => ({ any }))
  return 'fact' in source && (source.fact === 'applicant' || source.fact === 'purpose') ? tester(source)(known[source.fact]) : source
}

/** One part that is `decisive` settles the whole; parts that are the opposite say nothing. */
function joint(parts: (Condition | boolean)[], decisive: boolean, join: (parts: Condition[]) => Condition): Condition | boolean {
  if (parts.includes(decisive)) return decisive
  const open = parts.filter(part => typeof part !== 'boolean')
  return open.length > 1 ? join(open) : open[0] ?? !decisive
}

function every(parts: Compiled[]): Compiled {
  return {
    holds: situation => {
      for (const part of parts) if (!part.holds(situation)) return false
      return true
    },
    weigh: situation => joined(parts, situation, false),
  }
}

function some(parts: Compiled[]): Compiled {
  return {
    holds: situation => {
      for (const part of parts) if (part.holds(situation)) return true
      return false
    },
    weigh: situation => joined(parts, situation, true),
  }
}

/** One part that is surely `decisive` settles the whole; otherwise the whole is open as long as any part is. */
function joined(parts: Compiled[], situation: Situation, decisive: boolean): Verdict {
  let open: FactName[] | null = null
  for (const part of parts) {
    const verdict = part.weigh(situation)
    if (verdict === decisive) return decisive
    if (typeof verdict === 'object') open = open ? [...open, ...verdict] : [...verdict]
  }
  return open ?? !decisive
}

function negation(part: Compiled): Compiled {
  return {
    holds: situation => !part.holds(situation),
    weigh: situation => {
      const verdict = part.weigh(situation)
      return typeof verdict === 'boolean' ? !verdict : verdict
    },
  }
}

function comparison(source: Leaf): Compiled {
  const read = reader(source)
  const test = tester(source)
  const open = 'fact' in source && (optionalFacts as readonly string[]).includes(source.fact) ? [source.fact] : []
  return {
    holds: situation => {
      const value = read(situation)
      return value !== undefined && test(value)
    },
    weigh: situation => {
      const value = read(situation)
      return value === undefined ? open : test(value)
    },
  }
}

// A function of its own for each: one that reads whatever it is told to is four times slower.
const factReaders: { [fact in FactName]: (situation: Situation) => unknown } = {
  applicant: ({ facts }) => facts.applicant,
  purpose: ({ facts }) => facts.purpose,
  people: ({ facts }) => facts.people,
  openToAll: ({ facts }) => facts.openToAll,
  entryFee: ({ facts }) => facts.entryFee,
  youthShare: ({ facts }) => facts.youthShare,
  localShare: ({ facts }) => facts.localShare,
  groups: ({ facts }) => facts.groups,
  activities: ({ facts }) => facts.activities,
  association: ({ facts }) => facts.association,
  granted: ({ facts }) => facts.granted,
  recurring: ({ facts }) => facts.recurring,
}
const traitReaders: { [trait in Extract<Leaf, { space: unknown }>['space']]: (situation: Situation) => unknown } = {
  kind: ({ space }) => space?.kind,
  unitKind: ({ space }) => space?.unitKind,
  approval: ({ space }) => space?.approval,
  supervision: ({ space }) => space?.supervision,
  alwaysPaid: ({ space }) => space?.alwaysPaid,
  areaM2: ({ space }) => space?.areaM2,
  people: ({ space }) => space?.people,
}

function reader(source: Leaf): (situation: Situation) => unknown {
  if ('outcome' in source) return situation => situation.supervision
  return 'space' in source ? traitReaders[source.space] : factReaders[source.fact]
}

function tester(source: Leaf): (value: unknown) => boolean {
  if ('in' in source) {
    const wanted: readonly unknown[] = source.in
    return value => wanted.includes(value)
  }
  if ('has' in source) {
    const wanted: readonly unknown[] = source.has
    return value => (value as readonly unknown[]).some(one => wanted.includes(one))
  }
  if ('is' in source) {
    const wanted = source.is
    return value => value === wanted
  }
  const { atLeast = -Infinity, moreThan = -Infinity, atMost = Infinity, below = Infinity } = source
  return value => {
    const n = value as number
    return n >= atLeast && n > moreThan && n <= atMost && n < below
  }
}
