import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Condition } from '../../src/rulebook/condition.ts'
import type { Edition } from '../../src/rulebook/edition.ts'
import type { SpaceTraits } from '../../src/rulebook/facts.ts'
import { applicants, purposes } from '../../src/rulebook/facts.ts'
import { approvalFor } from '../../src/rulebook/quote.ts'
import { approvalOfSpace, staffRulesOf } from '../../src/rulebook/space-approval.ts'
import { traitsOf } from '../../src/rulebook/traits.ts'
import { spaceKinds, supervisionModes, unitKinds } from '../../src/spaces/space.ts'
import { helsinki } from '../spaces/helsinki.ts'
import { classroom, cultureHall, example, kitchen, wish, youthHall } from './example.ts'

const someSpace: fc.Arbitrary<SpaceTraits> = fc.record({
  kind: fc.constantFrom(...spaceKinds),
  unitKind: fc.constantFrom(...unitKinds),
  areaM2: fc.integer({ min: 1, max: 2000 }),
  people: fc.integer({ min: 1, max: 500 }),
  alwaysPaid: fc.boolean(),
  supervision: fc.subarray([...supervisionModes]),
  approval: fc.constantFrom('automatic' as const, 'person' as const),
})

describe('who decides in a space, whoever asks', () => {
  test.each<[string, SpaceTraits, string, string[]]>([
    ['a classroom', classroom, 'automatic', []],
    ['a classroom with a limit', { ...classroom, approval: 'person' }, 'person', ['space_by_person']],
    ['a kitchen', kitchen, 'person', ['food_space_by_person']],
    ['a canteen', { ...classroom, kind: 'canteen' }, 'person', ['food_space_by_person']],
    ['the hall of a house of culture', cultureHall, 'person', ['event_hall_by_person']],
    ['the hall of a library', { ...cultureHall, unitKind: 'library' }, 'person', ['event_hall_by_person']],
    ['the hall of an adult education centre', { ...cultureHall, unitKind: 'adult_education' }, 'person', ['event_hall_by_person']],
    ['a youth hall', youthHall, 'person', ['event_hall_by_person']],
    ['a school’s auditorium', { ...cultureHall, unitKind: 'school' }, 'automatic', []],
    ['a studio that always costs', { ...classroom, kind: 'studio', unitKind: 'culture', alwaysPaid: true }, 'automatic', []],
  ])('%s', (_, space, approval, rules) => {
    expect([approvalOfSpace(example, space), staffRulesOf(example, space).map(({ id }) => id)]).toEqual([approval, rules])
  })

  const text = { fi: 'Syy', sv: 'Orsak', en: 'Reason', plain: 'Syy' }
  const inKitchen: Condition = { space: 'kind', in: ['kitchen'] }
  const many: Condition = { fact: 'people', atLeast: 100 }
  test.each<[string, Condition, Record<string, Condition>, boolean]>([
    ['reads the space alone', inKitchen, {}, true],
    ['reads it through a definition', { defined: 'food' }, { food: { all: [inKitchen, { not: { space: 'unitKind', in: ['school'] } }] } }, true],
    ['holds of everything', { all: [] }, {}, true],
    ['holds of the space whatever else is so', { any: [many, inKitchen] }, {}, true],
    ['also asks how many come', { all: [many, inKitchen] }, {}, false],
    ['asks who it is', { all: [inKitchen, { fact: 'applicant', in: [...applicants].slice(1) }] }, {}, false],
    ['asks that somebody is not so', { not: { fact: 'purpose', in: ['commercial'] } }, {}, false],
    ['asks how it is supervised', { outcome: 'supervision', in: ['staffed'] }, {}, false],
    ['is of another kind', { space: 'kind', in: ['gym'] }, {}, false],
  ])('a rule that %s', (_, when, definitions, holds) => {
    const edition: Edition = { ...example, definitions: { ...example.definitions, ...definitions }, approvalRules: [{ id: 'one', when, text }] }
    expect([approvalOfSpace(edition, kitchen), staffRulesOf(edition, kitchen)]).toEqual(holds ? ['person', edition.approvalRules] : ['automatic', []])
  })

  test('where a person decides whoever asks, they decide on every wish; elsewhere an open meeting of twenty is confirmed at once', () => {
    const somebody = fc.record({ applicant: fc.constantFrom(...applicants), purpose: fc.constantFrom(...purposes), openToAll: fc.boolean() })
    fc.assert(fc.property(someSpace, somebody, (space, said) => {
      const anyway = approvalOfSpace(example, space)
      if (anyway === 'person') expect(approvalFor(example, wish(said), space)).toBe('person')
      expect(approvalFor(example, wish({ purpose: 'meeting', openToAll: true }), space)).toBe(anyway)
    }))
  })
})

test('in the shipped city the rule book keeps for staff what its templates once did without a reason', () => {
  const byRule = helsinki.spaces.map(({ space, unit }) => ({ space, unit, rules: staffRulesOf(example, { ...traitsOf({ space, unit }), approval: 'automatic' }).map(({ id }) => id) }))
  const kept = byRule.filter(({ rules }) => rules.length > 0)
  const counted: Record<string, number> = {}
  for (const { space, unit } of kept) counted[`${unit.kind} ${space.kind}`] = (counted[`${unit.kind} ${space.kind}`] ?? 0) + 1
  expect(counted).toEqual({
    'adult_education hall': 6, 'culture hall': 8, 'library hall': 35, 'school canteen': 110, 'school kitchen': 9, 'youth_centre kitchen': 18, 'youth_centre youth_hall': 29,
  })
  const auditoriums = byRule.filter(({ space, unit }) => unit.kind === 'school' && space.kind === 'hall' && space.restrictions.length === 0)
  expect(auditoriums.length).toBeGreaterThan(0)
  expect(new Set(auditoriums.map(({ space, unit }) => approvalOfSpace(example, traitsOf({ space, unit }))))).toEqual(new Set(['automatic']))
  // A space's own word stands for its limits.
  for (const { space } of helsinki.spaces) expect(space.approval).toBe(space.restrictions.length > 0 ? 'person' : 'automatic')
  expect(kept.filter(({ space }) => space.restrictions.length === 0)).toHaveLength(207)
})
