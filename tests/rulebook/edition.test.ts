import { describe, expect, test } from 'vitest'
import type { PlainText } from '../../src/platform/i18n/text.ts'
import { parseEdition } from '../../src/rulebook/edition.ts'
import type { Edition } from '../../src/rulebook/edition.ts'
import { applicants, purposes } from '../../src/rulebook/facts.ts'
import { example, exampleJson } from './example.ts'

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
    expect(example).toMatchObject({ id: 'example-4', status: 'example', decision: null })
    expect(example.limits).toEqual({
      openBookingsPerPerson: 4, handlingWorkingDays: 7, decisionWorkingDays: 5, decisionDaysAtMost: 14, holdMinutes: 15, youthUnder: 20,
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

  test('has as many points in every language', () => {
    const points = ({ fi, sv, en, plain }: PlainText) => [fi, sv, en, plain].map(text => text.split('\n').length)
    expect(points(example.terms.text)).toEqual([9, 9, 9, 9])
    expect(points(example.procedure!.text)).toEqual([7, 7, 7, 7])
  })

  test('names every rule, everybody who may ask and everything they may ask for', () => {
    expect(example.chargeRules.filter(rule => !rule.name).map(rule => rule.id)).toEqual([])
    expect(example.applicantGroups.map(group => group.id)).toEqual(applicants)
    expect(example.purposes.map(purpose => purpose.id)).toEqual(purposes)
  })

  test('invents nothing over a real unit: no exceptions, no bands, no price of one unit', () => {
    expect(example).toMatchObject({ exceptions: [], priceList: { bands: [] } })
    expect(example.priceList.prices.filter(row => row.unit !== undefined)).toEqual([])
  })

  test('cancels as its terms say: 14 days before for nothing, then half, on the day all of it', () => {
    expect(example.cancellations.map(({ when, tiers }) => [when, tiers])).toEqual([[{ all: [] }, [
      { daysBefore: 14, percent: 0 }, { daysBefore: 1, percent: 50 }, { daysBefore: 0, percent: 100 },
    ]]])
    expect(example.terms.text.en).toContain('You can cancel a paid booking free of charge up to 14 days before.')
    expect(example.terms.text.en).toContain('After that you pay half the price, and on the same day the full price.')
  })

  test('leaves no day of the year without a season', () => {
    expect(example.seasons.map(({ from, to }) => [from, to])).toEqual([['09-01', '05-31'], ['06-01', '08-31']])
  })

  test('climbs the ladder of sanctions in its order, to three months after three strikes in a year', () => {
    expect(example.sanctions.map(({ step, strikes, withinMonths, months }) => [step, strikes, withinMonths, months])).toEqual([
      ['notice', 1, 12, undefined], ['warning', 2, 12, undefined], ['cancellation', 3, 12, undefined], ['ban', 3, 12, 3],
    ])
    expect(example.consequences.find(one => one.of === 'no_show')).toMatchObject({ strikes: 1, usualPrice: true })
    expect(example.review?.days).toBe(14)
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
    ['a word that every object knows', edition => { ruleAt(edition, 'commercial').when = { defined: 'toString' } },
      `${at('commercial')}.when: there is no definition "toString"`],
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
