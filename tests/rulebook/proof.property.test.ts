import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bookOf, decidingRule } from '../../src/rulebook/book.ts'
import { compileCondition } from '../../src/rulebook/compile.ts'
import { always, leaves } from '../../src/rulebook/condition.ts'
import type { Condition, Leaf } from '../../src/rulebook/condition.ts'
import { everywhere, nowhere } from '../../src/rulebook/decision-diagram.ts'
import { charges } from '../../src/rulebook/edition.ts'
import type { ChargeRule, Edition } from '../../src/rulebook/edition.ts'
import { activities, applicants, groups, purposes } from '../../src/rulebook/facts.ts'
import type { Facts, SpaceTraits } from '../../src/rulebook/facts.ts'
import { prove } from '../../src/rulebook/proof.ts'
import { quote } from '../../src/rulebook/quote.ts'
import { groundOf } from '../../src/rulebook/regions.ts'
import { surveyOf } from '../../src/rulebook/survey.ts'
import { spaceKinds, supervisionModes, unitKinds } from '../../src/spaces/space.ts'
import { classroom, evening, example } from './example.ts'

const share = fc.oneof(fc.constantFrom(undefined, 0, 0.5, 0.6665, 0.6666, 0.6667, 1), fc.double({ min: 0, max: 1, noNaN: true }))
const flag = fc.constantFrom(undefined, true, false)
const people = fc.oneof(fc.constantFrom(1, 30, 31, 39, 40, 99, 100, 199, 200), fc.integer({ min: 1, max: 100_000 }))
const someFacts: fc.Arbitrary<Facts> = fc.record({
  applicant: fc.constantFrom(...applicants),
  purpose: fc.constantFrom(...purposes),
  people,
  openToAll: flag,
  entryFee: flag,
  youthShare: share,
  localShare: share,
  groups: fc.subarray([...groups]),
  activities: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray([...activities]) }),
  association: fc.constantFrom(undefined, 'verified' as const, 'declared' as const),
  granted: flag,
  recurring: flag,
})
const someSpace: fc.Arbitrary<SpaceTraits> = fc.record({
  kind: fc.constantFrom(...spaceKinds),
  unitKind: fc.constantFrom(...unitKinds),
  areaM2: fc.oneof(fc.constantFrom(299, 300, 599, 600), fc.integer({ min: 1, max: 2000 })),
  people,
  alwaysPaid: fc.boolean(),
  supervision: fc.subarray([...supervisionModes]),
  approval: fc.constantFrom('automatic' as const, 'person' as const),
})

test('any wish in any space is where the walk says that its rules decide', () => {
  const rules = [...example.chargeRules, ...example.supervisionRules, ...example.approvalRules, ...example.extras]
  const asked = [...Object.values(example.definitions), ...rules.map(rule => rule.when)].flatMap(leaves)
    .filter((leaf): leaf is Leaf => !('defined' in leaf) && !('outcome' in leaf))
    .concat(supervisionModes.map(mode => ({ space: 'supervision', has: [mode] })))
  const ground = groundOf(example, rules.map(rule => rule.when), 1e6)
  const { charges: deciding, supervisions, others } = surveyOf(example, ground)
  const { both, without } = ground.diagram

  fc.assert(fc.property(someFacts, someSpace, (facts, space) => {
    const here = asked.reduce((region, leaf) => compileCondition(leaf, {}).holds({ facts, space, supervision: undefined })
      ? both(region, ground.region(leaf)) : without(region, ground.region(leaf)), everywhere)
    expect(here).not.toBe(nowhere)
    const found = (list: typeof others) => list.filter(({ gets }) => both(here, gets) !== nowhere).map(({ id }) => id)
    const { because, supervision, charge } = quote(example, facts, space, evening)
    expect(found(deciding)).toEqual([decidingRule(bookOf(example), facts.applicant, facts.purpose, { facts, space, supervision: undefined }).id])
    expect(found(supervisions)).toEqual([supervision.because.rule])
    expect(found(others.filter(({ path }) => path.startsWith('approvalRules') || path.startsWith('extras'))).toSorted()).toEqual(charge === 'not_allowed' ? [] : because.slice(1, -1).map(({ rule }) => rule).toSorted())
  }), { numRuns: 300 })
})

const values = {
  applicant: ['school', 'company', 'private_person', 'other'] as const,
  people: [1, 2, 3, 4, 5, 6],
  openToAll: [undefined, true, false],
  localShare: [undefined, 0, 0.1, 0.25, 0.4, 0.5, 0.7, 1],
  groups: [[], ['children'], ['veterans'], ['children', 'veterans']] as const,
  kind: ['gym', 'hall', 'kitchen'] as const,
}
const bounds = <T extends number>(points: fc.Arbitrary<T>) => fc.oneof(
  ...(['atLeast', 'moreThan', 'atMost', 'below'] as const).map(bound => points.map(point => ({ [bound]: point }))),
  fc.tuple(points, points).map(([moreThan, atMost]) => ({ moreThan, atMost })),
)
const someLeaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.subarray(values.applicant.slice(0, 3), { minLength: 1 }).map((wanted): Condition => ({ fact: 'applicant', in: wanted })),
  bounds(fc.constantFrom(2, 3, 3.5, 4)).map((range): Condition => ({ fact: 'people', ...range })),
  bounds(fc.constantFrom(0, 0.25, 0.5)).map((range): Condition => ({ fact: 'localShare', ...range })),
  fc.boolean().map((is): Condition => ({ fact: 'openToAll', is })),
  fc.subarray(['children', 'veterans'] as const, { minLength: 1 }).map((has): Condition => ({ fact: 'groups', has: [...has] })),
  fc.subarray(['gym', 'hall'] as const, { minLength: 1 }).map((kinds): Condition => ({ space: 'kind', in: [...kinds] })),
  fc.constantFrom('first', 'second').map((defined): Condition => ({ defined })),
)
const { some: someCondition } = fc.letrec<{ some: Condition }>(tie => ({
  some: fc.oneof({ maxDepth: 3, depthSize: 'small' },
    someLeaf,
    fc.array(tie('some'), { maxLength: 3 }).map((all): Condition => ({ all })),
    fc.array(tie('some'), { minLength: 1, maxLength: 3 }).map((any): Condition => ({ any })),
    tie('some').map((not): Condition => ({ not })),
  ),
}))
const noName = (condition: Condition) => leaves(condition).every(leaf => !('defined' in leaf))
type Sketch = { definitions: Edition['definitions']; rules: [Condition, ChargeRule['charge']][]; extras: Condition[] }
const someSketch: fc.Arbitrary<Sketch> = fc.record({
  definitions: fc.record({ first: someCondition.filter(noName), second: someCondition.filter(noName) }),
  rules: fc.array(fc.tuple(someCondition, fc.constantFrom(...charges)), { minLength: 1, maxLength: 6 }),
  extras: fc.array(someCondition, { maxLength: 2 }),
})
const editionOf = ({ definitions, rules, extras }: Sketch): Edition => ({
  ...example,
  exceptions: [],
  quotas: [],
  lengths: [],
  leadTimes: [],
  cancellations: [],
  definitions,
  chargeRules: rules.map(([when, charge], at): ChargeRule =>
    ({ ...example.chargeRules[0]!, id: `rule_${at}`, when, charge, ...(charge === 'paid' ? { priceClass: 'full' } : {}) })),
  approvalRules: [],
  supervisionRules: example.supervisionRules.filter(({ when }) => always(when)),
  extras: extras.map((when, at) => ({ ...example.extras[1]!, id: `extra_${at}`, when })),
})

const everyWish = values.applicant.flatMap(applicant => values.people.flatMap(count => values.openToAll.flatMap(openToAll =>
  values.localShare.flatMap(localShare => values.groups.flatMap(members => values.kind.map(kind => ({
    facts: { applicant, purpose: 'other', people: count, openToAll, localShare, groups: members, activities: [] } satisfies Facts,
    space: { ...classroom, kind } satisfies SpaceTraits,
    supervision: undefined,
  })))))))

/** Asks every wish one by one. */
function bruteForce({ chargeRules, extras, definitions }: Edition): { unreachable: string[]; gap: boolean } {
  const rules = chargeRules.map(rule => ({ ...compileCondition(rule.when, definitions), rule }))
  const added = extras.map(extra => ({ ...compileCondition(extra.when, definitions), id: extra.id }))
  const reached = new Set<string>()
  let gap = false
  for (const wish of everyWish) {
    const decided = rules.find(one => one.holds(wish))?.rule
    if (decided) reached.add(decided.id)
    else gap = true
    if (decided?.charge !== 'not_allowed') for (const one of added) if (one.holds(wish)) reached.add(one.id)
  }
  return { unreachable: [...chargeRules, ...extras].map(one => one.id).filter(id => !reached.has(id)), gap }
}

describe('a small edition', () => {
  test('is found wanting exactly where asking every wish finds it so', () => {
    fc.assert(fc.property(someSketch, sketch => {
      const edition = editionOf(sketch)
      const { faults, witnesses } = prove(edition)
      const { unreachable, gap } = bruteForce(edition)
      expect(faults.flatMap(fault => fault.code === 'unreachable' ? [fault.rule] : [])).toEqual(unreachable)
      expect(faults.some(fault => fault.code === 'no-outcome')).toBe(gap)
      const first = (one: { facts: Facts; space: SpaceTraits }) =>
        edition.chargeRules.find(rule => compileCondition(rule.when, edition.definitions).holds({ ...one, supervision: undefined }))?.id
      for (const fault of faults) if (fault.code === 'no-outcome') expect(first(fault.example!)).toBeUndefined()
      for (const { id } of edition.chargeRules) if (witnesses.has(id)) expect(first(witnesses.get(id)!)).toBe(id)
    }), { numRuns: 200 })
  })

  test('names for an unreachable rule those before it that leave nothing, and not one too many', () => {
    fc.assert(fc.property(someSketch, sketch => {
      const edition = editionOf(sketch)
      const holds = (id: string) => compileCondition(edition.chargeRules.find(rule => rule.id === id)!.when, edition.definitions).holds
      for (const fault of prove(edition).faults) {
        if (fault.code !== 'unreachable' || fault.path.startsWith('extras')) continue
        const wanted = everyWish.filter(holds(fault.rule))
        const leaves = (ids: string[]) => wanted.filter(wish => !ids.some(id => holds(id)(wish))).length
        expect(leaves(fault.shadowedBy)).toBe(0)
        for (const id of fault.shadowedBy) expect(leaves(fault.shadowedBy.filter(other => other !== id))).toBeGreaterThan(0)
      }
    }), { numRuns: 40 })
  })
})
