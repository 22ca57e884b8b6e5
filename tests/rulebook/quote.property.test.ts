import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { activities, applicants, groups, purposes } from '../../src/rulebook/facts.ts'
import type { Facts, SpaceTraits } from '../../src/rulebook/facts.ts'
import { explanation } from '../../src/rulebook/explanation.ts'
import type { Slot } from '../../src/rulebook/price.ts'
import { quote } from '../../src/rulebook/quote.ts'
import type { Quote } from '../../src/rulebook/quote.ts'
import { spaceKinds, supervisionModes, unitKinds } from '../../src/spaces/space.ts'
import { cityEditions } from './cities.ts'
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

/** A rule that asks for company: Espoo's library rooms are for five at least, so that four may hear no and five yes. */
const asksForMore: Partial<Record<string, string>> = { 'espoo-2019': 'too_few' }

describe.each([example, ...Object.values(cityEditions)].map(edition => [edition.id, edition] as const))('any wish by the rules of %s', (id, edition) => {
  const by = (facts: Facts, space: SpaceTraits, slot: Slot = evening) => quote(edition, facts, space, slot)

  test('is never cheaper with more people', () => {
    fc.assert(fc.property(someFacts, someSpace, fc.integer({ min: 1, max: 250 }), (facts, space, more) => {
      const smaller = by(facts, space)
      fc.pre(smaller.because[0]!.rule !== asksForMore[id])
      const bigger = by({ ...facts, people: facts.people + more }, space)
      expect(dearness(bigger)).toBeGreaterThanOrEqual(dearness(smaller))
    }), { numRuns: 2000 })
  })

  test('does not depend on the order in which its facts, groups and activities are listed', () => {
    const everyKey = ['applicant', 'purpose', 'people', 'openToAll', 'entryFee', 'youthShare', 'localShare', 'groups', 'activities', 'association', 'granted'] as const satisfies (keyof Facts)[]
    fc.assert(fc.property(someFacts, fc.shuffledSubarray([...everyKey], { minLength: everyKey.length }), someSpace, someSlot, (facts, keys, space, slot) => {
      const lists: Facts = { ...facts, groups: facts.groups.toReversed(), activities: facts.activities.toReversed() }
      const turned = Object.fromEntries(keys.map(key => [key, lists[key]])) as unknown as Facts
      expect(by(turned, space, slot)).toEqual(by(facts, space, slot))
      expect(explanation(edition, turned, space, slot)).toEqual(explanation(edition, facts, space, slot))
    }), { numRuns: 500 })
  })
})

test('only a rule that asks for company lets more people have what fewer may not', () => {
  const espoo = cityEditions.espoo
  const libraryRoom: SpaceTraits = { kind: 'meeting_room', unitKind: 'library', areaM2: 30, people: 12, alwaysPaid: false, supervision: ['staffed'], approval: 'automatic' }
  const of = (people: number) => quote(espoo, { applicant: 'private_person', purpose: 'meeting', people, groups: [], activities: [] }, libraryRoom, evening)
  expect([of(4), of(5)].map(({ charge, because }) => [charge, because[0]!.rule])).toEqual([['not_allowed', 'too_few'], ['paid', 'library_paid']])
  // No other prohibition, anywhere, is lifted by somebody joining.
  const lifted = [example, ...Object.values(cityEditions)].flatMap(({ id, chargeRules, definitions }) => chargeRules
    .filter(rule => rule.charge === 'not_allowed' && /"fact":"people","(below|atMost)"/.test(JSON.stringify([rule.when, definitions[rule.id]]))).map(rule => `${id} ${rule.id}`))
  expect(lifted).toEqual(['espoo-2019 too_few'])
})
