import { describe, expect, test } from 'vitest'
import { compileCondition } from '../../src/rulebook/compile.ts'
import type { Condition } from '../../src/rulebook/condition.ts'
import type { Facts } from '../../src/rulebook/facts.ts'
import { classroom } from './example.ts'

const ask = (condition: Condition, facts: Partial<Facts>) =>
  compileCondition(condition, {}).holds({ facts, space: classroom, supervision: 'staffed' })
const weigh = (condition: Condition, facts: Partial<Facts>) =>
  compileCondition(condition, {}).weigh({ facts, space: classroom, supervision: undefined })

const open: Condition = { fact: 'openToAll', is: true }
const closed: Condition = { fact: 'openToAll', is: false }
const young: Condition = { fact: 'youthShare', atLeast: 0.5 }

describe('a condition', () => {
  test.each<[story: string, condition: Condition, facts: Partial<Facts>, holds: boolean]>([
    ['of all of nothing holds always', { all: [] }, {}, true],
    ['all', { all: [open, young] }, { openToAll: true, youthShare: 0.4 }, false],
    ['any', { any: [open, young] }, { openToAll: true, youthShare: 0.4 }, true],
    ['not', { not: open }, { openToAll: false }, true],
    ['at least', { fact: 'people', atLeast: 30 }, { people: 30 }, true],
    ['more than', { fact: 'people', moreThan: 30 }, { people: 30 }, false],
    ['at most', { fact: 'people', atMost: 30 }, { people: 30 }, true],
    ['below', { fact: 'people', below: 30 }, { people: 30 }, false],
    ['between', { fact: 'people', moreThan: 10, below: 30 }, { people: 20 }, true],
    ['one of a list', { fact: 'applicant', in: ['school', 'city_unit'] }, { applicant: 'school' }, true],
    ['has any of a list', { fact: 'groups', has: ['children', 'veterans'] }, { groups: ['veterans', 'unemployed'] }, true],
    ['has none of a list', { fact: 'groups', has: ['children'] }, { groups: [] }, false],
    ['a verified association', { fact: 'association', in: ['verified'] }, { association: 'declared' }, false],
    ['a trait of the space', { space: 'kind', in: ['gym'] }, {}, false],
    ['the size of the space', { space: 'areaM2', atLeast: 60 }, {}, true],
    ['what the space offers', { space: 'supervision', has: ['self_supervised', 'staffed'] }, {}, true],
    ['the supervision decided', { outcome: 'supervision', in: ['staffed'] }, {}, true],
    ['silence is not open', open, {}, false],
    ['silence is not closed either', closed, {}, false],
    ['silence is not above a bound', young, {}, false],
    ['silence is not below a bound', { fact: 'localShare', below: 0.5 }, {}, false],
    ['but silence is not shown to be open', { not: open }, {}, true],
  ])('%s', (_, condition, facts, holds) => {
    expect(ask(condition, facts)).toBe(holds)
  })

  test('tells which answers it waits for', () => {
    expect(weigh({ all: [open, young] }, {})).toEqual(['openToAll', 'youthShare'])
    expect(weigh({ all: [open, young] }, { openToAll: true })).toEqual(['youthShare'])
    expect(weigh({ all: [open, young] }, { openToAll: false })).toBe(false)
    expect(weigh({ any: [open, young] }, { openToAll: true })).toBe(true)
    expect(weigh({ any: [open, young] }, { openToAll: false })).toEqual(['youthShare'])
    expect(weigh({ not: { any: [open, young] } }, { openToAll: false, youthShare: 0 })).toBe(true)
    expect(weigh({ not: open }, {})).toEqual(['openToAll'])
  })

  test('never asks a form for a right that only the city can grant', () => {
    expect(weigh({ fact: 'granted', is: true }, {})).toEqual([])
  })

  test('with an unknown name is a mistake', () => {
    expect(() => ask({ defined: 'trade' }, {})).toThrow('No definition "trade"')
  })
})
