import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { activities, applicants, groups, purposes } from '../../src/rulebook/facts.ts'
import type { Facts } from '../../src/rulebook/facts.ts'
import { compileCondition } from '../../src/rulebook/compile.ts'
import { condition as conditionSchema } from '../../src/rulebook/condition.ts'
import type { Condition } from '../../src/rulebook/condition.ts'
import { conditionOf, treeOf, unmetIn } from '../../src/rulebook/condition-tree.ts'
import { conditionWords, neededWords } from '../../src/rulebook/condition-words-pages.ts'
import { explanation, rulesBefore } from '../../src/rulebook/explanation.ts'
import { explanationJson } from '../../src/rulebook/explanation-json-pages.ts'
import { explanationView, explanationWords } from '../../src/rulebook/explanation-words-pages.ts'
import { factWords, listed } from '../../src/rulebook/leaf-words-pages.ts'
import { quote } from '../../src/rulebook/quote.ts'
import { classroom, cultureHall, evening, example, gym, wish } from './example.ts'

const why = (special: Partial<Facts> = {}, space = classroom) => explanation(example, wish(special), space, evening)
/** Spaces that do not break are told as plain ones. */
function told(special: Partial<Facts> = {}, space = classroom) {
  const { changes } = explanationWords({ edition: example, facts: wish(special), explanation: why(special, space), lang: 'fi' })
  return changes.map(({ text, outcome, better }) => ({ text: text.replaceAll('\u00a0', ' '), outcome: outcome.replaceAll('\u00a0', ' '), better }))
}

const someFacts: fc.Arbitrary<Facts> = fc.record({
  applicant: fc.constantFrom(...applicants), purpose: fc.constantFrom(...purposes), people: fc.integer({ min: 1, max: 250 }),
  openToAll: fc.constantFrom(undefined, true, false), entryFee: fc.constantFrom(undefined, true, false),
  youthShare: fc.constantFrom(undefined, 0, 0.5, 0.7, 1), localShare: fc.constantFrom(undefined, 0, 0.4, 0.5, 0.6, 1),
  groups: fc.subarray([...groups], { maxLength: 2 }), activities: fc.subarray([...activities], { maxLength: 1 }),
})

describe('a club that has not said whether it is open', () => {
  const closed = { people: 40, localShare: 1 }

  test('is told what was read, which rule decided, and which came before it', () => {
    const { used, decided, passedOver } = why(closed)
    expect(decided.id).toBe('closed_group')
    expect(used.slice(0, 3)).toEqual(['applicant', 'purpose', 'people'])
    expect(passedOver.map(({ rule }) => rule.id)).toContain('open_activity')
  })

  test('is told that being open to everyone, or young, or a smaller group would make it free', () => {
    expect(told(closed, { ...classroom, people: 60 }).filter(({ better }) => better)).toEqual([
      { text: 'kaikille avointa', outcome: 'Maksuton', better: true },
      { text: 'alle 20-vuotiaita vähintään kaksi kolmasosaa', outcome: 'Maksuton', better: true },
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
      text: { fi: 'kaikille avointa', sv: 'öppet för alla', en: 'open to everyone', plain: 'Kaikki saavat tulla mukaan' },
      outcome: { fi: 'Maksuton', sv: 'Avgiftsfri', en: 'Free of charge', plain: 'et maksa tilasta' },
    })
    expect(json.facts.find(({ fact }) => fact === 'people')).toEqual({ fact: 'people', value: 40 })
    expect(json.passedOver.find(({ rule }) => rule === 'election_in_youth_premises')).toMatchObject({
      needed: {
        fi: 'Vaatisi: paikkana nuorisotila, ja lisäksi käyttötarkoituksena vaalitilaisuus tai mukana vaalityötä.',
        sv: 'Skulle kräva: ungdomsgård som plats, och dessutom valevenemang som ändamål eller valarbete ingår.',
        en: 'It would need: youth centre as the place, and also election event as the purpose or election campaigning included.',
        plain: 'Sääntö sopii, jos nämä kaikki ovat totta:\n– Paikka on nuorisotila.\n– Yksi näistä on totta:\n  – Tarkoitus on vaalitilaisuus.\n  – Mukana on vaalityötä.',
      },
      unmet: { all: [{ any: [{ fact: 'purpose', in: ['election_event'] }, { fact: 'activities', has: ['election'] }] }, { space: 'unitKind', in: ['youth_centre'] }] },
    })
  })

  test('knows every rule that came before, also those that are for others', () => {
    const found = why(closed)
    expect(rulesBefore(example, found)).toEqual(example.chargeRules.slice(0, example.chargeRules.findIndex(({ id }) => id === 'closed_group')))
    expect(rulesBefore(example, found).length).toBeGreaterThan(found.passedOver.length)
  })
})

test('a wish that is too big is told to be smaller', () => {
  expect(told({ people: 250, openToAll: true }, gym)[0]).toEqual({ text: 'väkeä alle 100', outcome: 'Maksuton', better: true })
})

describe('a group so big that nobody may book for it', () => {
  const big = { applicant: 'other' as const, people: 200, entryFee: true, localShare: 0.2 }
  const hall = { ...cultureHall, people: 200 }
  const smaller = (special: Partial<Facts>, space = hall) => told({ ...big, ...special }, space).filter(({ text }) => text.startsWith('väkeä')).map(({ text, outcome }) => `${text}: ${outcome}`)

  test('is told the biggest group that already changes it, and each lower price', () => {
    expect(why(big, hall).decided.charge).toBe('not_allowed')
    expect(smaller({})).toEqual(['väkeä alle 100: 48 €', 'väkeä alle 200: 108 €'])
    expect(smaller({ people: 150 })).toEqual(['väkeä alle 100: 48 €'])
    expect(smaller({ people: 99 })).toEqual([])
  })

  test('is offered no group that the space does not hold', () => {
    expect(smaller({ people: 250 }, { ...hall, people: 150 })).toEqual(['väkeä alle 100: 48 €'])
    expect(smaller({ people: 250 }, { ...hall, people: 60 })).toEqual([])
    expect(told({ people: 40 }).map(({ text }) => text)).not.toContain('väkeä enintään 30')
  })
})

test('what was not said and would make it worse is marked, what was said is not', () => {
  const said = { people: 40, openToAll: true, localShare: 1 }
  const { changes, titles } = explanationWords({ edition: example, facts: wish(said), explanation: why(said), lang: 'fi' })
  expect(titles.assumed).toBe('Vastaus muuttuu, jos puuttuva tieto on tämä')
  expect(changes.filter(({ assumed }) => assumed).map(({ text }) => text)).toEqual(['pääsymaksu'])
  expect(changes.some(({ assumed, better, text }) => !assumed && !better && text === 'ei kaikille avointa')).toBe(true)
})

test('nobody is told what would change it "too" where nothing was told before', () => {
  const titles = (special: Partial<Facts>, lang: 'fi' | 'sv' | 'en', space = classroom, plain = false) => {
    const { titles: { changes: title }, changes } = explanationWords({ edition: example, facts: wish(special), explanation: why(special, space), lang, plain })
    return [title, changes.filter(({ better, assumed }) => better || assumed).length, changes.filter(({ better, assumed }) => !better && !assumed).length]
  }
  const free = { openToAll: true, localShare: 1, youthShare: 0, entryFee: false }
  expect(titles(free, 'fi')).toEqual(['Nämä tiedot muuttaisivat hinnan', 0, 2])
  expect(titles(free, 'sv')[0]).toBe('De här uppgifterna skulle ändra priset')
  expect(titles(free, 'en')[0]).toBe('These would change the price')
  expect(titles(free, 'fi', classroom, true)[0]).toBe('Nämä asiat muuttavat hinnan')
  const costly = { ...free, entryFee: true }
  expect(titles(costly, 'fi')[0]).toMatch(/^(Tämäkin tieto muuttaisi|Nämäkin tiedot muuttaisivat) hinnan$/)
  expect(titles(costly, 'en')[0]).toMatch(/^(This|These) would change the price too$/)
})

test('a use that is not allowed for its alcohol is told to go without', () => {
  const wished = { openToAll: true, localShare: 1, activities: ['alcohol' as const] }
  expect(told(wished)).toContainEqual({ text: 'mukana ei ole alkoholia', outcome: 'Maksuton', better: true })
  expect(why(wished).decided.charge).toBe('not_allowed')
})

test('an open evening with an entry fee is told to go without the fee, and what being closed would mean', () => {
  const changes = told({ people: 40, openToAll: true, entryFee: true, localShare: 1, youthShare: 0 })
  expect(changes[0]).toEqual({ text: 'ei pääsymaksua', outcome: 'Maksuton', better: true })
  expect(told({ people: 40, openToAll: true, localShare: 1, youthShare: 0 })).toContainEqual({ text: 'ei kaikille avointa', outcome: 'Henkilökunta päättää hinnan', better: false })
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
    [{ fact: 'applicant', in: ['company', 'other'] }, 'varaajana yritys tai joku muu'],
    [{ not: { fact: 'applicant', in: ['company'] } }, 'varaajana muu kuin yritys'],
    [{ fact: 'openToAll', is: true }, 'kaikille avointa'],
    [{ not: { fact: 'openToAll', is: true } }, 'ei kaikille avointa'],
    [{ fact: 'localShare', below: 0.5 }, 'kaupungin asukkaita alle 50\u00a0%'],
    [{ fact: 'youthShare', atLeast: 0.6666 }, 'alle 20-vuotiaita vähintään kaksi kolmasosaa'],
    [{ fact: 'youthShare', atLeast: 0.66 }, 'alle 20-vuotiaita vähintään 66\u00a0%'],
    [{ fact: 'activities', has: ['overnight', 'alcohol'] }, 'mukana yöpymistä tai alkoholia'],
    [{ not: { fact: 'activities', has: ['demonstration'] } }, 'mukana ei ole mielenosoituksia'],
    [{ space: 'areaM2', below: 300 }, 'tilan koko alle 300 m²'],
    [{ all: [] }, 'aina'],
    [{ not: { all: [] } }, 'ei koskaan'],
    [{ all: [{ fact: 'entryFee', is: true }, { any: [{ fact: 'openToAll', is: true }, { fact: 'people', atMost: 30 }] }] }, 'pääsymaksu, ja lisäksi kaikille avointa tai väkeä enintään 30'],
    [{ not: { any: [{ fact: 'openToAll', is: true }, { fact: 'entryFee', is: true }] } }, 'ei kaikille avointa ja ei pääsymaksua'],
    [{ defined: 'small' }, 'väkeä enintään 30'],
    [{ outcome: 'supervision', in: ['staffed'] }, 'valvontana henkilökunta paikalla'],
    [{ fact: 'groups', has: ['children', 'pensioners'] }, 'kohderyhmänä lapset tai eläkeläiset'],
    [{ not: { fact: 'groups', has: ['children'] } }, 'kohderyhmänä muut kuin lapset'],
    [{ not: { fact: 'association', in: ['verified'] } }, 'yhdistys ei ole tarkistettu'],
    [{ space: 'approval', in: ['person'] }, 'tilan varaukset hyväksyy henkilökunta'],
  ])('%j', (condition, said) => {
    expect(words(condition)).toBe(said)
  })

  const [open, fee, small, local]: Condition[] = [{ fact: 'openToAll', is: true }, { fact: 'entryFee', is: true }, { fact: 'people', atMost: 30 }, { fact: 'localShare', moreThan: 0.5 }]
  const company: Condition = { fact: 'applicant', in: ['company', 'other'] }
  test.each<[Condition, string]>([
    [{ all: [company, { any: [open!, small!] }] }, 'Kaikki nämä:\n– Varaajana yritys tai joku muu.\n– Kaikille avointa tai väkeä enintään 30'],
    [{ any: [open!, fee!, small!, local!] }, 'Jokin näistä:\n– Kaikille avointa.\n– Pääsymaksu.\n– Väkeä enintään 30.\n– Kaupungin asukkaita yli 50\u00a0%'],
    [
      { any: [fee!, { all: [open!, { any: [company, { all: [small!, { not: local! }] }] }] }] },
      'Jokin näistä:\n– Pääsymaksu.\n– Kaikki nämä:\n  – Kaikille avointa.\n  – Jokin näistä:\n    – Varaajana yritys tai joku muu.\n    – Väkeä enintään 30 ja kaupungin asukkaita enintään 50\u00a0%',
    ],
    [{ not: { all: [open!, fee!, small!, local!] } }, 'Jokin näistä:\n– Ei kaikille avointa.\n– Ei pääsymaksua.\n– Väkeä yli 30.\n– Kaupungin asukkaita enintään 50\u00a0%'],
  ])('what is too much for a sentence is a list, nothing left out: %j', (condition, said) => {
    expect(words(condition)).toBe(said.charAt(0).toLowerCase() + said.slice(1))
  })

  test('a list begins in the reader’s language', () => {
    const any: Condition = { any: [open!, fee!, small!, local!] }
    expect([words(any, 'sv'), words(any, 'en')].map((one) => one.split('\n').slice(0, 2))).toEqual([
      ['något av det här:', '– Öppet för alla.'], ['one of these:', '– Open to everyone.'],
    ])
    expect(words({ all: [company, any] }, 'en')).toMatch(/^all of these:\n– Company or someone else as applicant\.\n– One of these:\n {2}– Open to everyone\./)
  })

  test('parts with commas of their own are told apart by semicolons', () => {
    expect(listed(['koulu, vanha osa', 'kirjasto', 'nuorisotila'], ' tai ')).toBe('koulu, vanha osa; kirjasto tai nuorisotila')
    expect(listed(['koulu', 'kirjasto', 'nuorisotila'], ' tai ')).toBe('koulu, kirjasto tai nuorisotila')
  })

  test('of shares and activities in Swedish and English', () => {
    const [young, dry]: Condition[] = [{ fact: 'youthShare', atLeast: 0.6666 }, { not: { fact: 'activities', has: ['alcohol'] } }]
    expect([words(young!, 'sv'), words(young!, 'en')]).toEqual(['minst två tredjedelar yngre än 20 år', 'at least two thirds younger than 20'])
    expect([words(dry!, 'sv'), words(dry!, 'en')]).toEqual(['alkohol ingår inte', 'without alcohol'])
  })

  test('in the three languages for every rule there is', () => {
    for (const lang of ['fi', 'sv', 'en'] as const) {
      for (const { when } of [...example.chargeRules, ...example.approvalRules, ...example.supervisionRules, ...example.extras]) {
        // A colon stands before the whole of it already: only what begins a list ends in one.
        for (const line of words(when, lang).split('\n')) expect(line).toMatch(/^[^:()]*[^\s:()]:?$/)
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

describe('what a condition would still need', () => {
  const open: Condition = { fact: 'openToAll', is: true }
  const fee: Condition = { fact: 'entryFee', is: true }
  const small: Condition = { fact: 'people', atMost: 30 }
  const local: Condition = { fact: 'localShare', moreThan: 0.5 }
  const young: Condition = { fact: 'youthShare', atLeast: 0.6666 }
  const company: Condition = { fact: 'applicant', in: ['company', 'other'] }
  const situation = (special: Partial<Facts>) => ({ facts: wish(special), space: classroom, supervision: undefined })
  const needed = (condition: Condition, special: Partial<Facts> = {}, lang: 'fi' | 'sv' | 'en' | 'plain' = 'fi'): string => {
    const unmet = unmetIn(treeOf(condition, example.definitions), situation({ people: 40, ...special }))
    return unmet === null ? '' : neededWords(unmet, { edition: example, lang: lang === 'plain' ? 'fi' : lang, plain: lang === 'plain' })
      .replaceAll('\u00a0', ' ').replace(/^(Vaatisi|Skulle kräva|It would need): |^Sääntö sopii, jos /, '').replace(/\.$/, '')
  }

  test.each<[string, Condition, Partial<Facts>, string]>([
    ['nothing, where it holds', small, { people: 20 }, ''],
    ['both of two', { all: [open, small] }, {}, 'kaikille avointa ja väkeä enintään 30'],
    ['all of three', { all: [open, small, fee] }, {}, 'kaikille avointa, väkeä enintään 30 ja pääsymaksu'],
    ['only what fails of what is needed together', { all: [open, small] }, { openToAll: true }, 'väkeä enintään 30'],
    ['any of two', { any: [open, small] }, {}, 'kaikille avointa tai väkeä enintään 30'],
    ['one thing, and any of two', { all: [small, { any: [open, local] }] }, {}, 'väkeä enintään 30, ja lisäksi kaikille avointa tai kaupungin asukkaita yli 50 %'],
    ['one thing, or two at once', { any: [open, { all: [small, local] }] }, {}, 'kaikille avointa, tai yhtä aikaa väkeä enintään 30 ja kaupungin asukkaita yli 50 %'],
    ['an alternative without what is fulfilled in it', { any: [open, { all: [small, local] }] }, { localShare: 1 }, 'kaikille avointa tai väkeä enintään 30'],
    ['a choice of values among others', { all: [company, fee] }, {}, 'pääsymaksu, ja lisäksi varaajana yritys tai joku muu'],
    ['a list of four alternatives', { any: [open, small, fee, young] }, {}, 'Vaatisi jonkin näistä:\n– Kaikille avointa.\n– Väkeä enintään 30.\n– Pääsymaksu.\n– Alle 20-vuotiaita vähintään kaksi kolmasosaa'],
    ['a list of what is needed together', { all: [company, fee, open] }, {}, 'Vaatisi kaikki nämä:\n– Varaajana yritys tai joku muu.\n– Pääsymaksu.\n– Kaikille avointa'],
    ['a list of alternatives that are not enough alone', { all: [{ any: [open, small, fee, young] }, local] }, {}, 'Vaatisi muun muassa jonkin näistä:\n– Kaikille avointa.\n– Väkeä enintään 30.\n– Pääsymaksu.\n– Alle 20-vuotiaita vähintään kaksi kolmasosaa'],
    ['of four needed together the first', { all: [open, small, fee, young] }, {}, 'muun muassa kaikille avointa'],
    ['of a long alternative the first', { any: [open, { all: [{ any: [small, young] }, local] }] }, {}, 'kaikille avointa, tai muun muassa kaupungin asukkaita yli 50 %'],
    ['neither of two', { not: { any: [open, fee] } }, { openToAll: true, entryFee: true }, 'ei kaikille avointa ja ei pääsymaksua'],
    ['not both of two', { not: { all: [open, fee] } }, { openToAll: true, entryFee: true }, 'ei kaikille avointa tai ei pääsymaksua'],
    ['what never holds', { not: { all: [] } }, {}, 'ei koskaan'],
    ['the same only once', { any: [{ all: [open, small] }, { all: [open, local] }] }, { people: 20, localShare: 1, openToAll: false }, 'kaikille avointa'],
  ])('%s', (_, condition, special, said) => {
    expect(needed(condition, special)).toBe(said)
  })

  test('in Swedish and English', () => {
    const condition = { all: [small, { any: [open, local] }] }
    expect(needed(condition, {}, 'sv')).toBe('högst 30 personer, och dessutom öppet för alla eller över 50 % stadsbor')
    expect(needed(condition, {}, 'en')).toBe('at most 30 people, and also open to everyone or over 50% city residents')
    expect(needed({ any: [fee, { all: [small, open] }] }, {}, 'en')).toBe('an entry fee, or at the same time at most 30 people and open to everyone')
    expect(needed({ all: [small, open, fee, young] }, {}, 'sv')).toBe('bland annat högst 30 personer')
  })

  test.each<[Condition, string]>([
    [open, 'kaikki saavat tulla mukaan'],
    [{ all: [open, small] }, 'nämä kaikki ovat totta:\n– Kaikki saavat tulla mukaan.\n– Ihmisiä on enintään 30'],
    [{ all: [{ any: [open, local] }, small] }, 'nämä kaikki ovat totta:\n– Ihmisiä on enintään 30.\n– Yksi näistä on totta:\n  – Kaikki saavat tulla mukaan.\n  – Tämän kaupungin asukkaita on yli puolet'],
    [{ any: [open, { all: [small, young] }] }, 'yksi näistä on totta:\n– Kaikki saavat tulla mukaan.\n– Ihmisiä on enintään 30. Samaan aikaan alle 20-vuotiaita on vähintään kaksi kolmesta'],
    [{ all: [open, small, fee, young] }, 'kaikki saavat tulla mukaan. Tämä ei vielä yksin riitä'],
    [{ fact: 'localShare', below: 0.35 }, 'tämän kaupungin asukkaita on alle 35 sadasta'],
  ])('in plain Finnish: %j', (condition, said) => {
    expect(needed(condition, {}, 'plain')).toBe(said)
  })

  const leaf = fc.constantFrom<Condition>(open, fee, small, local, young, company, { defined: 'election' }, { all: [] }, { space: 'alwaysPaid', is: true })
  const conditions = fc.letrec<{ one: Condition }>((tie) => ({
    one: fc.oneof({ depthSize: 'medium' }, leaf, tie('one').map((not) => ({ not })), fc.array(tie('one'), { maxLength: 4 }).map((all) => ({ all })), fc.array(tie('one'), { minLength: 1, maxLength: 4 }).map((any) => ({ any }))),
  })).one

  test('is nothing exactly when it holds, and is a condition that the wish does not fulfil either', () => {
    fc.assert(fc.property(conditions, someFacts, (condition, facts) => {
      const asked = { facts, space: classroom, supervision: undefined }
      const unmet = unmetIn(treeOf(condition, example.definitions), asked)
      expect(unmet === null).toBe(compileCondition(condition, example.definitions).holds(asked))
      if (unmet === null) return
      const left = conditionSchema.parse(conditionOf(unmet))
      expect(compileCondition(left, {}).holds(asked)).toBe(false)
      for (const lang of ['fi', 'sv', 'en'] as const) expect(neededWords(unmet, { edition: example, lang })).toMatch(/^[^()]+$/)
      expect(neededWords(unmet, { edition: example, lang: 'fi', plain: true })).toMatch(/^[^()]+$/)
    }), { numRuns: 500 })
  })
})

describe('plain Finnish', () => {
  const easy = (special: Partial<Facts> = {}) => explanationView({ edition: example, facts: wish(special), explanation: why(special), lang: 'fi' }).easy!

  test('says facts, the rule, what was left out and what would change it in short everyday words', () => {
    expect(easy({ people: 40, localShare: 0.75, youthShare: 0, groups: ['children'] })).toMatchObject({
      facts: [
        { term: 'Varaaja', text: 'rekisteröity yhdistys' }, { term: 'Mihin käytät tilaa', text: 'harrastus tai kerho' }, { term: 'Ihmisiä', text: '40' },
        { term: 'Alle 20-vuotiaita', text: 'ei kukaan' }, { term: 'Keitä on mukana', text: 'lapsia' }, { term: 'Tämän kaupungin asukkaita', text: 'kolme neljästä' },
      ],
      decided: { rule: 'special_groups', text: example.chargeRules.find(({ id }) => id === 'special_groups')!.text.plain },
    })
    const told = easy({ people: 40 })
    expect(told.unsaid).toBe('Nämä tiedot puuttuvat: Pääsymaksu, Kaikki saavat tulla, Alle 20-vuotiaita, Tämän kaupungin asukkaita.')
    expect(told.titles.better).toBe('Näin tila on sinulle halvempi')
    expect(told.changes.map(({ text, outcome }) => `${text}: ${outcome.replaceAll('\u00a0', ' ')}`)).toEqual([
      'Kaikki saavat tulla mukaan: et maksa tilasta', 'Alle 20-vuotiaita on vähintään kaksi kolmesta: et maksa tilasta',
      'Tilaisuuteen on pääsymaksu: maksat 18 €', 'Tämän kaupungin asukkaita on alle puolet: maksat 36 €',
    ])
    expect(told.passedOver.find(({ rule }) => rule === 'big_event')).toEqual({ rule: 'big_event', name: 'Tilaisuudet, joissa on 200 ihmistä tai enemmän', needed: 'Sääntö sopii, jos ihmisiä on vähintään 200.' })
  })

  test('is beside Finnish only, and once', () => {
    const asked = { edition: example, facts: wish(), explanation: why() }
    expect(explanationView({ ...asked, lang: 'sv' }).easy).toBeNull()
    expect(explanationView({ ...asked, lang: 'en' }).easy).toBeNull()
    expect(explanationView({ ...asked, lang: 'fi', plain: true })).toMatchObject({ easy: null, titles: { facts: 'Nämä tiedot olivat tärkeitä' } })
  })

  test('says the condition of every rule without brackets', () => {
    for (const { when } of [...example.chargeRules, ...example.approvalRules, ...example.supervisionRules, ...example.extras]) {
      expect(conditionWords(when, { lang: 'fi', edition: example, plain: true })).toMatch(/^[^()]+$/)
    }
  })
})

test('whatever is wished, the explanation names the rule that the quote names, and each change is true', () => {
  fc.assert(fc.property(someFacts, fc.constantFrom(classroom, gym), (facts, space) => {
    const answer = quote(example, facts, space, evening)
    const { decided, passedOver, changes } = explanation(example, facts, space, evening)
    expect(decided.id).toBe(answer.because[0]!.rule)
    expect(passedOver.map(({ rule }) => rule.id)).not.toContain(decided.id)
    for (const { rule, unmet } of passedOver) expect([rule.id, compileCondition(conditionOf(unmet), {}).holds({ facts, space, supervision: undefined })]).toEqual([rule.id, false])
    for (const { answer: { fact, value }, charge, totalCents, better } of changes) {
      const told = fact === 'activities' ? { activities: facts.activities.filter((one) => one !== value) } : { [fact]: value }
      const changed = quote(example, { ...facts, ...told }, space, evening)
      expect({ charge, totalCents }).toEqual({ charge: changed.charge, totalCents: changed.totalCents })
      if (answer.charge === 'free') expect(better).toBe(false)
    }
    for (const lang of ['fi', 'sv', 'en'] as const) explanationWords({ edition: example, facts, lang, explanation: explanation(example, facts, space, evening) })
  }), { numRuns: 400 })
})
