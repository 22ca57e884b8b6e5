import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { activities, applicants, groups, purposes } from '../../src/rulebook/facts.ts'
import type { Facts, SpaceTraits } from '../../src/rulebook/facts.ts'
import { quote } from '../../src/rulebook/quote.ts'
import type { Quote } from '../../src/rulebook/quote.ts'
import { spaceKinds, supervisionModes, unitKinds } from '../../src/spaces/space.ts'
import { evening, example } from './example.ts'

const share = fc.constantFrom(undefined, 0, 0.3, 0.5, 0.6, 2 / 3, 0.9, 1)
const flag = fc.constantFrom(undefined, true, false)
const someFacts: fc.Arbitrary<Facts> = fc.record({
  applicant: fc.constantFrom(...applicants),
  purpose: fc.constantFrom(...purposes),
  people: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 250 })),
  openToAll: flag,
  entryFee: flag,
  youthShare: share,
  localShare: share,
  groups: fc.subarray([...groups], { maxLength: 2 }),
  activities: fc.oneof(fc.constant([]), fc.subarray([...activities], { maxLength: 2 })),
  association: fc.constantFrom(undefined, 'verified' as const, 'declared' as const),
  granted: flag,
})
const someSpace: fc.Arbitrary<SpaceTraits> = fc.record({
  kind: fc.constantFrom(...spaceKinds),
  unitKind: fc.constantFrom(...unitKinds),
  areaM2: fc.integer({ min: 8, max: 1200 }),
  people: fc.integer({ min: 4, max: 199 }),
  alwaysPaid: fc.boolean(),
  supervision: fc.subarray([...supervisionModes]),
  approval: fc.constantFrom('automatic' as const, 'person' as const),
})
const someSlot = fc.integer({ min: 15, max: 720 }).map(minutes => ({ ...evening, end: evening.start + minutes * 60_000 }))
const ask = (facts: Facts, space: SpaceTraits) => quote(example, facts, space, evening)

/** Not allowed is dearer than any price, and so is what a person has to decide first. */
const dearness = ({ charge, totalCents }: Quote) => charge === 'not_allowed' ? 1e9 : totalCents ?? 1e8

describe('any wish at all', () => {
  test('has one outcome, whose parts agree', () => {
    fc.assert(fc.property(someFacts, someSpace, someSlot, (facts, space, slot) => {
      const answer = quote(example, facts, space, slot)
      const settled = answer.charge === 'free' || answer.charge === 'paid'
      expect(answer.totalCents === null).toBe(!settled)
      if (settled) expect(answer.totalCents).toBe(answer.lines.reduce((sum, line) => sum + line.cents, 0))
      expect(answer.priceClass === null).toBe(answer.charge !== 'paid')
      expect(answer.because.length).toBeGreaterThan(0)
      expect(answer.supervision.duties.length).toBeGreaterThan(0)
      if (space.supervision.length > 0) expect(space.supervision).toContain(answer.supervision.mode)
      if (!settled || space.approval === 'person') expect(answer.approval).toBe('person')
      expect('contact' in answer).toBe(answer.charge === 'not_allowed')
      expect(quote(example, facts, space, slot)).toEqual(answer)
    }), { numRuns: 2000 })
  })

  test('is never cheaper with more people', () => {
    fc.assert(fc.property(someFacts, someSpace, fc.integer({ min: 1, max: 250 }), (facts, space, more) => {
      const bigger = ask({ ...facts, people: facts.people + more }, space)
      expect(dearness(bigger)).toBeGreaterThanOrEqual(dearness(ask(facts, space)))
    }), { numRuns: 2000 })
  })

  test('does not depend on the order in which groups and activities are listed', () => {
    fc.assert(fc.property(someFacts, someSpace, (facts, space) => {
      const turned = { ...facts, groups: facts.groups.toReversed(), activities: facts.activities.toReversed() }
      expect(ask(turned, space)).toEqual(ask(facts, space))
    }))
  })

  test('asks only for what was left out, and never of a free wish', () => {
    fc.assert(fc.property(someFacts, someSpace, (facts, space) => {
      const { missing, charge } = ask(facts, space)
      expect(missing.filter(fact => facts[fact] !== undefined)).toEqual([])
      if (charge === 'free') expect(missing).toEqual([])
    }), { numRuns: 2000 })
  })

  test('costs the same whether a share is left out or told as nobody young', () => {
    fc.assert(fc.property(someFacts, someSpace, (facts, space) => {
      const silent = ask({ ...facts, openToAll: undefined, entryFee: undefined, youthShare: undefined }, space)
      const told = ask({ ...facts, openToAll: false, entryFee: false, youthShare: 0 }, space)
      expect({ ...silent, missing: [] }).toEqual({ ...told, missing: [] })
    }))
  })

  test('leaves no rule without a wish that it decides', () => {
    const deciding = new Set<string>()
    const mattering = new Set<string>()
    for (const [facts, space] of fc.sample(fc.tuple(someFacts, someSpace), { numRuns: 20_000, seed: 7 })) {
      const { because } = ask(facts, space)
      deciding.add(because[0]!.rule)
      for (const reason of because) mattering.add(reason.rule)
    }
    const { chargeRules, approvalRules, supervisionRules, extras } = example
    expect(chargeRules.map(rule => rule.id).filter(id => !deciding.has(id))).toEqual([])
    expect([...approvalRules, ...supervisionRules, ...extras].map(rule => rule.id).filter(id => !mattering.has(id))).toEqual([])
  })
})
