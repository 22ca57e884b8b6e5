import { expect, test } from 'vitest'
import { kindsFound, proofWords } from '../../src/rulebook/proof-words-pages.ts'
import { prove } from '../../src/rulebook/proof.ts'
import type { Edition } from '../../src/rulebook/edition.ts'
import { example } from './example.ts'

function faulty(change: (edition: Edition) => void, lang: 'fi' | 'sv' | 'en' = 'fi') {
  // As it is written: some of it could not even be read.
  const edition = structuredClone(example)
  change(edition)
  const proof = prove(edition)
  return { kinds: [...new Set(proofWords(proof, edition, lang).map(({ kind }) => kind))], found: kindsFound(proof, lang) }
}

test.each<[string, (edition: Edition) => void, string, string]>([
  ['no price', ({ priceList }) => { priceList.prices.shift() }, 'Aukko', 'yksi aukko'],
  ['two prices', ({ priceList }) => { priceList.prices.push({ ...priceList.prices[0]! }) }, 'Ristiriita', 'yksi ristiriita'],
  ['a rule behind one that always holds', ({ chargeRules }) => { chargeRules.splice(-1, 0, { ...chargeRules[0]!, id: 'again' }) }, 'Turha sääntö', 'yksi turha sääntö'],
  ['duties that exclude each other', ({ duties }) => { duties[0]!.excludes = [duties[1]!.id] }, 'Ristiriita', 'ristiriita'],
  ['a duty that there is not', ({ supervisionRules }) => { supervisionRules[0]!.duties.push('nothing') }, 'Väärä velvollisuus', 'yksi väärä velvollisuus'],
  ['a text that is not there', ({ duties }) => { duties[0]!.text = { ...duties[0]!.text, sv: '' } }, 'Puute teksteissä', 'yksi puute teksteissä'],
  ['a condition that nothing uses', (edition) => { edition.definitions['spare'] = { fact: 'people', atLeast: 3 } }, 'Jää käyttämättä', 'yksi kohta, jota mikään ei käytä'],
])('%s is called what it is', (_, change, kind, found) => {
  const told = faulty(change)
  expect(told.kinds).toEqual([kind])
  expect(told.found).toContain(found)
  expect(told.found.includes('auk')).toBe(kind === 'Aukko')
})

test('faults of several kinds are counted by kind, in every language', () => {
  const change = (edition: Edition) => {
    edition.priceList.prices.splice(0, 2)
    edition.definitions['spare'] = { fact: 'people', atLeast: 3 }
  }
  expect([faulty(change), faulty(change, 'sv'), faulty(change, 'en')].map(({ found }) => found)).toEqual([
    '2 aukkoa; yksi kohta, jota mikään ei käytä', '2 luckor; ett ställe som inget använder', '2 gaps; one part that nothing uses',
  ])
})
