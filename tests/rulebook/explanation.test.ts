import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { activities, applicants, groups, purposes } from '../../src/rulebook/facts.ts'
import type { Facts } from '../../src/rulebook/facts.ts'
import { conditionWords, factWords } from '../../src/rulebook/condition-words-pages.ts'
import type { Condition } from '../../src/rulebook/condition.ts'
import { explanation } from '../../src/rulebook/explanation.ts'
import { explanationJson, explanationWords } from '../../src/rulebook/explanation-words-pages.ts'
import { quote } from '../../src/rulebook/quote.ts'
import { classroom, evening, example, gym, wish } from './example.ts'

const why = (special: Partial<Facts> = {}, space = classroom) => explanation(example, wish(special), space, evening)
/** Spaces that do not break are told as plain ones. */
function told(special: Partial<Facts> = {}, space = classroom) {
  const { changes } = explanationWords({ edition: example, facts: wish(special), explanation: why(special, space), lang: 'fi' })
  return changes.map(({ text, outcome, better }) => ({ text: text.replaceAll('\u00a0', ' '), outcome: outcome.replaceAll('\u00a0', ' '), better }))
}

describe('a club that has not said whether it is open', () => {
  const closed = { people: 40, localShare: 1 }

  test('is told what was read, which rule decided, and which came before it', () => {
    const { used, decided, passedOver } = why(closed)
    expect(decided.id).toBe('closed_group')
    expect(used.slice(0, 3)).toEqual(['applicant', 'purpose', 'people'])
    expect(passedOver.map(({ rule }) => rule.id)).toContain('open_activity')
    expect(passedOver.every(({ unmet }) => unmet.length > 0)).toBe(true)
  })

  test('is told that being open to everyone, or young, or a smaller group would make it free', () => {
    expect(told(closed).filter(({ better }) => better)).toEqual([
      { text: 'kaikille avointa', outcome: 'Maksuton', better: true },
      { text: 'alle 20-vuotiaita vähintään 66,7 %', outcome: 'Maksuton', better: true },
      { text: 'väkeä enintään 30', outcome: 'Maksuton', better: true },
    ])
  })

  test('and what would make it dearer, by the bound that the rule asks for', () => {
    expect(told(closed).filter(({ better }) => !better)).toEqual([
      { text: 'pääsymaksu', outcome: '18 €', better: false },
      { text: 'kaupungin asukkaita alle 50 %', outcome: '36 €', better: false },
    ])
  })

  test('in Swedish and English too, and machines get all of it', () => {
    const json = explanationJson({ edition: example, facts: wish(closed), explanation: why(closed) })
    expect(json.decided).toEqual({ rule: 'closed_group', text: expect.objectContaining({ sv: expect.any(String) as string }) as object, source: null })
    expect(json.changes[0]).toEqual({
      fact: 'openToAll', value: true, charge: 'free', priceClass: null, totalCents: 0,
      text: { fi: 'kaikille avointa', sv: 'öppet för alla', en: 'open to everyone', plain: 'kaikille avointa' },
    })
    expect(json.facts.find(({ fact }) => fact === 'people')).toEqual({ fact: 'people', value: 40 })
  })
})

test('a wish that is too big is told to be smaller', () => {
  expect(told({ people: 250, openToAll: true }, gym)[0]).toEqual({ text: 'väkeä alle 100', outcome: 'Maksuton', better: true })
})

test('a use that is not allowed for its alcohol is told to go without', () => {
  const wished = { openToAll: true, localShare: 1, activities: ['alcohol' as const] }
  expect(told(wished)).toContainEqual({ text: 'mukana ei ole: alkoholia', outcome: 'Maksuton', better: true })
  expect(why(wished).decided.charge).toBe('not_allowed')
})

test('a free wish is told what would end that, and nothing better', () => {
  const changes = told({ openToAll: true, localShare: 1, youthShare: 0 })
  expect(changes.some(({ better }) => better)).toBe(false)
  expect(changes.map(({ text }) => text)).toContain('pääsymaksu')
})

describe('conditions in words', () => {
  const words = (condition: Condition, lang: 'fi' | 'sv' | 'en' = 'fi') => conditionWords(condition, { lang, edition: example })
  test.each<[Condition, string]>([
    [{ fact: 'people', atLeast: 200 }, 'väkeä vähintään 200'],
    [{ not: { fact: 'people', atLeast: 200 } }, 'väkeä alle 200'],
    [{ fact: 'people', moreThan: 10, atMost: 20 }, 'väkeä yli 10 ja väkeä enintään 20'],
    [{ not: { fact: 'people', moreThan: 10, atMost: 20 } }, 'väkeä enintään 10 tai väkeä yli 20'],
    [{ fact: 'applicant', in: ['company', 'other'] }, 'varaaja: yritys tai joku muu'],
    [{ not: { fact: 'applicant', in: ['company'] } }, 'varaaja muu kuin yritys'],
    [{ fact: 'openToAll', is: true }, 'kaikille avointa'],
    [{ not: { fact: 'openToAll', is: true } }, 'ei kaikille avointa'],
    [{ fact: 'localShare', below: 0.5 }, 'kaupungin asukkaita alle 50\u00a0%'],
    [{ space: 'areaM2', below: 300 }, 'tilan koko alle 300 m²'],
    [{ all: [] }, 'aina'],
    [{ not: { all: [] } }, 'ei koskaan'],
    [{ all: [{ fact: 'entryFee', is: true }, { any: [{ fact: 'openToAll', is: true }, { fact: 'people', atMost: 30 }] }] }, 'pääsymaksu ja (kaikille avointa tai väkeä enintään 30)'],
    [{ not: { any: [{ fact: 'openToAll', is: true }, { fact: 'entryFee', is: true }] } }, 'ei kaikille avointa ja ei pääsymaksua'],
    [{ defined: 'small' }, 'väkeä enintään 30'],
    [{ outcome: 'supervision', in: ['staffed'] }, 'valvonta: henkilökunta paikalla'],
  ])('%j', (condition, said) => {
    expect(words(condition)).toBe(said)
  })

  test('in the three languages for every rule there is', () => {
    for (const lang of ['fi', 'sv', 'en'] as const) {
      for (const { when } of [...example.chargeRules, ...example.approvalRules, ...example.supervisionRules, ...example.extras]) {
        expect(words(when, lang)).toMatch(/\S/)
      }
    }
  })

  test('what was said is told; silence is not', () => {
    const telling = { lang: 'en', edition: example } as const
    const facts = wish({ localShare: 0.75, groups: ['children', 'pensioners'], openToAll: false })
    expect(factWords('localShare', facts, telling)).toEqual({ term: 'City residents', text: '75%' })
    expect(factWords('groups', facts, telling)).toEqual({ term: 'For whom', text: 'children, pensioners' })
    expect(factWords('openToAll', facts, telling)).toEqual({ term: 'Open to everyone', text: 'No' })
    expect(factWords('entryFee', facts, telling)).toBeNull()
    expect(factWords('activities', facts, telling)).toBeNull()
  })
})

const someFacts: fc.Arbitrary<Facts> = fc.record({
  applicant: fc.constantFrom(...applicants), purpose: fc.constantFrom(...purposes), people: fc.integer({ min: 1, max: 250 }),
  openToAll: fc.constantFrom(undefined, true, false), entryFee: fc.constantFrom(undefined, true, false),
  youthShare: fc.constantFrom(undefined, 0, 0.5, 0.7, 1), localShare: fc.constantFrom(undefined, 0, 0.4, 0.5, 0.6, 1),
  groups: fc.subarray([...groups], { maxLength: 2 }), activities: fc.subarray([...activities], { maxLength: 1 }),
})

test('whatever is wished, the explanation names the rule that the quote names, and each change is true', () => {
  fc.assert(fc.property(someFacts, fc.constantFrom(classroom, gym), (facts, space) => {
    const answer = quote(example, facts, space, evening)
    const { decided, passedOver, changes } = explanation(example, facts, space, evening)
    expect(decided.id).toBe(answer.because[0]!.rule)
    expect(passedOver.map(({ rule }) => rule.id)).not.toContain(decided.id)
    for (const { unmet } of passedOver) expect(unmet).not.toEqual([])
    for (const { answer: { fact, value }, charge, totalCents, better } of changes) {
      const told = fact === 'activities' ? { activities: facts.activities.filter((one) => one !== value) } : { [fact]: value }
      const changed = quote(example, { ...facts, ...told }, space, evening)
      expect({ charge, totalCents }).toEqual({ charge: changed.charge, totalCents: changed.totalCents })
      if (answer.charge === 'free') expect(better).toBe(false)
    }
    for (const lang of ['fi', 'sv', 'en'] as const) explanationWords({ edition: example, facts, lang, explanation: explanation(example, facts, space, evening) })
  }), { numRuns: 400 })
})
