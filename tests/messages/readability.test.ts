import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { passives, reading, roughBase, sentencesOf, syllables, wordsOf } from '../support/finnish.ts'
import { text } from '../support/house.ts'

describe('the measure', () => {
  test('counts syllables as they are spoken', () => {
    const said = { ovi: 2, aika: 2, varaus: 2, tieto: 2, työ: 1, vapauttaa: 3, koulutuksella: 5, henkilökunta: 5, Y: 1, WCAG: 1 }
    expect(Object.fromEntries(Object.keys(said).map((word) => [word, syllables(word)]))).toEqual(said)
  })

  test('takes endings off, and never most of a word', () => {
    const words = { varauksesta: 'varaus', yhdistyksen: 'yhdistys', tilassammekin: 'tila', tallennamme: 'tallenna', maksuttoman: 'maksuton', ovella: 'ovella', kalenterissa: 'kalenteri', tila: 'tila' }
    expect(Object.fromEntries(Object.keys(words).map((word) => [word, roughBase(word)]))).toEqual(words)
  })

  test('says seven and a half for a hundred words of which sixteen are long', () => {
    const hundred = [...Array<string>(84).fill('tila'), ...Array<string>(16).fill('omavalvonta')].join(' ')
    expect(reading(hundred).level).toBeCloseTo(7.5, 5)
    expect(reading(hundred, ['omavalvon']).level).toBeCloseTo(2.7, 5)
    expect(reading(hundred).words).toBe(100)
  })

  test('knows where a sentence ends', () => {
    expect(sentencesOf('Varaa ti 24.11. klo 18. Tule ajoissa!\nOvi on auki: astu sisään').map((one) => wordsOf(one).length)).toEqual([8, 3, 2])
    expect(reading('Yksi kaksi. Yksi kaksi kolme neljä.')).toMatchObject({ mean: 3, longest: 'Yksi kaksi kolme neljä' })
  })

  test('hears the passive', () => {
    expect(passives('Tila varataan netissä ja pyyntö käsiteltiin. Sinä tulet ja me avaamme.')).toEqual(['varataan', 'käsiteltiin'])
    expect(passives('Mitään ei tallennettu.')).toEqual(['Mitään', 'ei tallennettu'])
  })
})

const messages = JSON.parse(text('src/messages/fi.json')) as Record<string, string>

type Part = { type: number; value?: string; options?: Record<string, { value: Part[] }> }

/** A message as somebody may read it: counts are four, names are Kallio. */
function plain(message: string): string {
  const say = (parts: Part[]): string => parts.map(({ type, value, options }) =>
    type === 0 ? value : options ? say((options['other'] ?? Object.values(options)[0])?.value ?? []) : type === 7 || type === 2 ? '4' : 'Kallio').join('')
  return say(new IntlMessageFormat(message, 'fi', undefined, { ignoreTag: true }).getAst() as Part[])
}

/** Not ours to rewrite: names of sources, and the terms on which others gave them; and texts for programmers and for us. */
const quoted = /^about\.data\.(attribution|source)\.|^styleguide\.|^people\.dev\./
const told = (prefix: string): string => Object.entries(messages).filter(([key]) => key.startsWith(prefix) && !quoted.test(key)).map(([, message]) => plain(message)).join('\n')

/** The example rule book's Finnish sentences: rules, duties, extras, terms. */
function ruleBook(): string {
  const found: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'fi' && typeof inner === 'string') found.push(inner)
      else walk(inner)
    }
  }
  walk(JSON.parse(text('drizzle/seed/rulebook.example.json')))
  return found.join('\n')
}

/** Words that the service cannot do without, and that its readers meet on every other page. */
const known = ['henkilökun', 'sähköposti', 'kalenteri', 'tilavuoro', 'varauspyyn', 'omavalvon', 'kirjautu', 'saavutettavuu', 'tietosuoja', 'yhdistyk']

/** Years of school: what residents read first is for somebody of ten; the rest, also what the law asks for, for somebody of twelve. */
const [ten, twelve] = [5.5, 7]
const texts: [string, string, number][] = [
  ['help', told('help.'), ten], ['the front page', told('home.'), ten], ['error pages', told('error.'), ten], ['refusals', told('bookings.refusal.'), ten],
  ['rules', told('rules.'), ten], ['booking', told('bookings.'), ten], ['mail', told('mail.'), ten], ['contact', told('about.contact.'), ten],
  ['the rule book', ruleBook(), twelve], ['spaces', told('spaces.'), twelve], ['calendars', told('calendars.'), twelve], ['people', told('people.'), twelve],
  ['accessibility', told('about.accessibility.'), twelve], ['privacy', told('about.privacy.'), twelve], ['data', told('about.data.'), twelve], ['desk', told('desk.'), twelve],
]

test.each(texts)('%s can be read in time', (name, said, most) => {
  const { level, words, mean, longest } = reading(said, known)
  if (process.env['SHOW_READING']) console.log(`${name}: level ${level.toFixed(1)} (${reading(said).level.toFixed(1)} with every word), ${words} words, ${mean.toFixed(1)} a sentence, the longest ${wordsOf(longest).length}`)
  expect(words).toBeGreaterThan(50)
  expect(level, name).toBeLessThanOrEqual(most)
})

test('plain Finnish says little at a time, in easy words and without brackets', () => {
  const easy = JSON.parse(text('src/messages/plain.json')) as Record<string, string>
  const long = Object.entries(easy).filter(([, message]) => sentencesOf(plain(message)).some((one) => wordsOf(one).length > 8) || /[()]/.test(message)).map(([key]) => key)
  expect(long).toEqual([])
  expect(reading(Object.values(easy).map(plain).join('\n'), known).level).toBeLessThanOrEqual(ten)
  expect(Object.entries(easy).flatMap(([key, message]) => passives(plain(message)).filter((word) => !notPassive.has(word.toLowerCase())).map((word) => `${key}: ${word}`))).toEqual([])
})

const longest = 18

test('no sentence is longer than a breath', () => {
  const all = [...Object.keys(messages).filter((key) => !quoted.test(key)).map((key) => [key, plain(messages[key]!)] as const), ['the rule book', ruleBook()] as const]
  const long = all.flatMap(([key, said]) => sentencesOf(said).filter((one) => wordsOf(one).length > longest).map((one) => `${key}: ${one}`))
  expect(long).toEqual([])
})

/** Words that only end like a passive. */
const notPassive = new Set(`
  enintään vähintään viimeistään aikaisintaan mitään tänään suoraan tilaan tuntiin itsestään itsellään kerrallaan ajallaan vastaan
  sähköpostiin viestiin hintaan kielellään silmillään kokonaan sisään kotiin
`.trim().split(/\s+/))

/** Two greetings that everybody says so. */
const spoken = /^flash\.bookings\.confirmed$|^about\.accessibility\.state\.title$/

/** Only whole sentences: a label may name what was done, its doer stands beside it. */
test('nobody hides behind a passive', () => {
  const found = Object.entries(messages).filter(([key, message]) => !spoken.test(key) && !quoted.test(key) && /[.!?:]$/.test(plain(message))).flatMap(([key, message]) =>
    passives(plain(message)).filter((word) => !notPassive.has(word.toLowerCase())).map((word) => `${key}: ${word}`))
  expect(found).toEqual([])
})
