import { describe, expect, test } from 'vitest'
import type { PlainText } from '../../src/platform/i18n/text.ts'
import { parseEdition } from '../../src/rulebook/edition.ts'
import type { Edition } from '../../src/rulebook/edition.ts'
import { quote } from '../../src/rulebook/quote.ts'
import { classroom, evening, example, exampleJson, gym, wish } from './example.ts'

const faultOf = (spoil: (edition: Edition) => void): string[] => {
  const json = exampleJson()
  spoil(json)
  try {
    parseEdition(json)
    return []
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).map(line => line.trim())
  }
}
const ruleAt = (edition: Edition, id: string) => edition.chargeRules.find(rule => rule.id === id)!
const at = (id: string) => `chargeRules.${example.chargeRules.findIndex(rule => rule.id === id)}`

describe('the example edition', () => {
  test('is an example that nobody has decided', () => {
    expect(example).toMatchObject({ id: 'example-1', status: 'example', decision: null })
    expect(example.limits).toEqual({
      openBookingsPerPerson: 4, handlingWorkingDays: 7, decisionWorkingDays: 5, holdMinutes: 15, youthUnder: 20,
    })
  })

  test('says everything in Finnish, Swedish, English and plain Finnish, and no text twice', () => {
    const texts: PlainText[] = []
    JSON.stringify(example, (_, value: unknown) => {
      if (value && typeof value === 'object' && 'fi' in value) texts.push(value as PlainText)
      return value
    })
    expect(texts.length).toBeGreaterThan(60)
    expect(texts.filter(text => ['fi', 'sv', 'en', 'plain'].some(language => !text[language as keyof PlainText]?.trim()))).toEqual([])
    const finnish = texts.map(text => text.fi)
    expect(finnish.filter((text, n) => finnish.indexOf(text) !== n)).toEqual([])
  })

  test('has as many terms in every language', () => {
    const { fi, sv, en, plain } = example.terms.text
    expect([fi, sv, en, plain].map(text => text.split('\n').length)).toEqual([9, 9, 9, 9])
  })

  test('lists duties in the order before, during, after', () => {
    const phases = ['before', 'during', 'after']
    const order = example.duties.map(duty => phases.indexOf(duty.phase))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  })
})

describe('an edition that cannot be used says where and why', () => {
  test('all faults at once', () => {
    expect(faultOf(edition => {
      Object.assign(edition.limits, { holdMinutes: 0 })
      Object.assign(edition, { validFrom: '1.9.2024' })
    })).toEqual([
      'validFrom: Invalid ISO date',
      'limits.holdMinutes: Too small: expected number to be >0',
    ])
  })

  test.each<[story: string, spoil: (edition: Edition) => void, fault: string]>([
    ['a missing language', edition => { ruleAt(edition, 'youth').text.sv = ' ' },
      `${at('youth')}.text.sv: Too small: expected string to have >=1 characters`],
    ['a word that is not known', edition => { Object.assign(edition.definitions, { known: { fact: 'association', in: ['known'] } }) },
      'definitions.known.in.0: Invalid option: expected one of "verified"|"declared"'],
    ['a bound that is not a number', edition => { Object.assign(ruleAt(edition, 'big_event'), { when: { all: [{ fact: 'people', atLeast: '200' }] } }) },
      `${at('big_event')}.when.all.0.atLeast: Invalid input: expected number, received string`],
    ['a number without a bound', edition => { ruleAt(edition, 'big_event').when = { fact: 'people' } },
      `${at('big_event')}.when: needs a bound`],
    ['a definition that does not exist', edition => { ruleAt(edition, 'commercial').when = { defined: 'trade' } },
      `${at('commercial')}.when: there is no definition "trade"`],
    ['definitions in a circle', edition => { edition.definitions.youth = { not: { defined: 'youth' } } },
      'definitions.youth: goes round in a circle'],
    ['a paid rule without a class', edition => { delete ruleAt(edition, 'entry_fee').priceClass },
      `${at('entry_fee')}.priceClass: is given exactly when the charge is "paid"`],
    ['a class that has no prices', edition => { ruleAt(edition, 'entry_fee').priceClass = 'reduced' },
      `${at('entry_fee')}.priceClass: there is no "reduced"`],
    ['a prohibition that leaves people alone', edition => { delete ruleAt(edition, 'big_event').contact },
      `${at('big_event')}.contact: tells whom to ask instead`],
    ['no last rule', edition => { edition.chargeRules.pop() },
      'chargeRules: the last one must hold always ({ "all": [] })'],
    ['the same id twice', edition => { edition.extras[0]!.id = 'youth' },
      'rules: the id "youth" is used twice'],
    ['a rule that makes silence free', edition => { ruleAt(edition, 'parents').when = { not: { fact: 'entryFee', is: true } } },
      `${at('parents')}.when: silence must not make use free; ask "is: false" or a bound instead of "not"`],
    ['a charge that depends on the supervision', edition => { ruleAt(edition, 'parents').when = { outcome: 'supervision', in: ['staffed'] } },
      `${at('parents')}.when: the outcome is not known yet here`],
    ['a duty of another way of supervision', edition => { edition.supervisionRules[0]!.duties.push('key') },
      'supervisionRules.0.duties.8: "key" is not for staffed'],
    ['a way of supervision without a last rule', edition => { edition.supervisionRules.pop() },
      'supervisionRules: staffed has no rule that holds always'],
    ['a kind of space without a price', edition => { edition.priceList.classes.pop() },
      'priceList.classes: a hall of some size has no class'],
    ['a gap in the VAT', edition => { edition.vatRates[0]!.validTo = '2024-08-30' },
      'vatRates (general): 2024-08-30 is not followed by 2024-09-01'],
    ['a price that begins too late', edition => { edition.priceList.prices[0]!.validFrom = '2025-01-01' },
      'priceList.prices (small, basic): nothing is valid on 2024-09-01'],
    ['prices that end', edition => { edition.priceList.prices[0]!.validTo = '2026-12-31' },
      'priceList.prices (small, basic): ends on 2026-12-31'],
    ['an extra with two prices', edition => { edition.extras[1]!.centsPerHour = 100 },
      'extras.1: has either cents or centsPerHour'],
    ['adopted by nobody', edition => { edition.status = 'adopted' },
      'decision: an adopted edition names its decision'],
    ['a decided example', edition => { edition.decision = { number: 'HEL 1', date: '2026-01-01', body: edition.name } },
      'decision: nobody decides an example'],
  ])('%s', (_, spoil, fault) => {
    expect(faultOf(spoil)).toContain(fault)
  })

  test('something else altogether', () => {
    expect(() => parseEdition(null)).toThrow('The rule book edition cannot be used:\n  the whole: Invalid input: expected object, received null')
  })
})

describe('another city', () => {
  /** Espoo's older table: classroom 3 / 10 / 20 € for local under-18s, local adults and others; half decides the group. */
  const espoo = (): Edition => {
    const base = exampleJson()
    const text = base.name
    const rent = (size: string, group: string, euros: number) =>
      ({ class: size, group, centsPerHour: euros * 100, vat: 'general', validFrom: '2024-09-01', validTo: null })
    return parseEdition({
      ...base,
      id: 'espoo-old',
      definitions: { local: { fact: 'localShare', moreThan: 0.5 }, young: { fact: 'youthShare', moreThan: 0.5 } },
      chargeRules: [
        { id: 'young_locals', when: { all: [{ defined: 'local' }, { defined: 'young' }] }, charge: 'paid', priceClass: 'junior', text, source: null },
        { id: 'locals', when: { defined: 'local' }, charge: 'paid', priceClass: 'adult', text, source: null },
        { id: 'others', when: { all: [] }, charge: 'paid', priceClass: 'others', text, source: null },
      ],
      approvalRules: [],
      supervisionRules: base.supervisionRules.filter(rule => 'all' in rule.when),
      extras: [],
      limits: { ...base.limits, youthUnder: 18 },
      priceList: {
        ...base.priceList,
        groups: ['junior', 'adult', 'others'].map(id => ({ id, text })),
        prices: ['small', 'medium', 'large'].flatMap(size => [rent(size, 'junior', 3), rent(size, 'adult', 10), rent(size, 'others', 20)]),
      },
    })
  }

  test('writes its own table without new code', () => {
    const edition = espoo()
    const cost = (youthShare?: number, localShare?: number) => {
      const { totalCents, missing } = quote(edition, wish({ youthShare, localShare }), classroom, evening)
      return [totalCents, missing]
    }
    expect(cost(0.6, 0.8)).toEqual([600, []])
    expect(cost(0.5, 0.8)).toEqual([2000, []])
    expect(cost(undefined, 0.8)).toEqual([2000, ['youthShare']])
    expect(cost(0.6)).toEqual([4000, ['localShare']])
    expect(cost(0.6, 0.5)).toEqual([4000, []])
  })

  test('and two editions answer side by side', () => {
    const facts = wish({ openToAll: true, localShare: 0.9 })
    expect(quote(espoo(), facts, gym, evening)).toMatchObject({ edition: 'espoo-old', charge: 'paid', totalCents: 2000 })
    expect(quote(example, facts, gym, evening)).toMatchObject({ edition: 'example-1', charge: 'free', totalCents: 0 })
  })
})
