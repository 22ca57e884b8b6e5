import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Condition } from '../../src/rulebook/condition.ts'
import { condition } from '../../src/rulebook/condition.ts'
import { conditionOf, ticked } from '../../src/rulebook/ticked-condition.ts'
import { example } from './example.ts'

const gym: Condition = { space: 'kind', in: ['gym', 'hall'] }
const club: Condition = { fact: 'applicant', in: ['registered_association'] }
const many: Condition = { fact: 'people', atLeast: 200 }

test('what can be ticked is ticked, the rest stays to be written', () => {
  expect(ticked({ all: [] })).toEqual({ kinds: [], applicants: [], purposes: [], named: [], more: null })
  expect(ticked(gym)).toEqual({ kinds: ['gym', 'hall'], applicants: [], purposes: [], named: [], more: null })
  expect(ticked({ all: [many, gym, { defined: 'small' }, club] })).toEqual({ kinds: ['gym', 'hall'], applicants: ['registered_association'], purposes: [], named: ['small'], more: many })
  expect(ticked({ any: [gym, club] })).toMatchObject({ kinds: [], more: { any: [gym, club] } })
  expect(ticked({ all: [gym, { space: 'kind', in: ['gym'] }, many] })).toMatchObject({ kinds: ['gym', 'hall'], more: { all: [{ space: 'kind', in: ['gym'] }, many] } })
})

test('ticks make the shortest condition that says it', () => {
  const none = ticked({ all: [] })
  expect(conditionOf(none)).toEqual({ all: [] })
  expect(conditionOf({ ...none, kinds: ['gym'] })).toEqual({ space: 'kind', in: ['gym'] })
  expect(conditionOf({ ...none, kinds: ['gym'], more: many })).toEqual({ all: [{ space: 'kind', in: ['gym'] }, many] })
  expect(conditionOf({ ...none, more: { any: [gym, club] } })).toEqual({ any: [gym, club] })
})

test('a condition of which nothing was changed stays as it was written, whatever its order', () => {
  const written: Condition = { all: [many, gym, club] }
  expect(conditionOf(ticked(written), written)).toBe(written)
  expect(conditionOf({ ...ticked(written), more: null }, written)).toEqual({ all: [club, gym] })
})

const shipped = [...example.chargeRules, ...example.supervisionRules, ...example.approvalRules, ...example.extras, ...example.quotas, ...example.leadTimes].map(({ when }) => when)
const parts = fc.array(fc.constantFrom(...shipped, gym, club, many, { defined: 'small' } as const), { maxLength: 5 })

test('every condition can be asked by ticks, and comes back as one that asks the same', () => {
  fc.assert(fc.property(parts, (all) => {
    const asked = ticked({ all })
    const made = conditionOf(asked)
    expect(condition.safeParse(made).success).toBe(true)
    expect(ticked(made)).toEqual(asked)
  }))
})

test('what stands beside a list of conditions is not lost: the reading refuses it', () => {
  const odd = { all: [], any: [{ fact: 'people', atLeast: 150 }] } as unknown as Condition
  expect(conditionOf({ kinds: [], applicants: [], purposes: [], named: [], more: odd })).toEqual(odd)
  expect(conditionOf({ kinds: [], applicants: [], purposes: [], named: [], more: { all: [{ fact: 'people', atLeast: 3 }] } })).toEqual({ fact: 'people', atLeast: 3 })
})
