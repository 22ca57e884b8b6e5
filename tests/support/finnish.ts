/**
 * How hard a Finnish text is to read, by its words alone. The measure is Osmo A. Wiio's simpler formula (Readability, Comprehension
 * and Readership, 1968): years of school = 2.7 + 0.3 × long words in a hundred, where a word is long when its base form has four
 * syllables or more. Below 6 is very easy, 9 and above is hard; somebody of twelve is in the sixth year.
 * The base form is only guessed here, by leaving endings off: what is guessed wrongly makes a text look harder, not easier.
 */

const vowels = 'aeiouyäöå'
/** Two vowels that are one syllable: long ones, and diphthongs. */
const together = new Set(['aa', 'ee', 'ii', 'oo', 'uu', 'yy', 'ää', 'öö', 'ai', 'ei', 'oi', 'ui', 'yi', 'äi', 'öi', 'au', 'eu', 'ou', 'iu', 'äy', 'öy', 'ey', 'iy', 'ie', 'uo', 'yö'])

export function syllables(word: string): number {
  const letters = [...word.toLowerCase()]
  let count = 0
  for (let i = 0; i < letters.length; i++) {
    if (!vowels.includes(letters[i]!)) continue
    count++
    if (together.has(`${letters[i]}${letters[i + 1]}`)) i++
  }
  return count
}

/** Clitics, then possessives and persons, then cases: in the order in which they stand at the end of a word. */
const endings = [
  /(?:kin|kaan|kään|ko|kö|han|hän)$/,
  /(?:mme|nne|nsa|nsä|tte|vat|vät|(?<=[aäeoöuyi])si|(?<=[aäeoöuyi])ni)$/,
  /(?:ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi|tta|ttä|ineen|(?<=[aäeiouyö])(?:na|nä)|ksia|ksiä|(?<=[snlr])(?:ta|tä)|(?<=[^aäeiouyö])(?:ia|iä)|(?<=[^aäeiouyö])ien)$/,
]

/** The word without its endings, as long as enough of it is left to be a word. */
export function roughBase(word: string): string {
  const stem = endings.reduce((rest, ending) => {
    const shorter = rest.replace(ending, '')
    return shorter.length >= 4 ? shorter : rest
  }, word.toLowerCase())
  return stem.replace(/kse(?:e?n)?$/, 's').replace(/ttom[aä]n?$/, 'ton')
}

export const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}](?:[\p{L}\p{N}’'-]*[\p{L}\p{N}])?/gu) ?? []

/** Sentences end at their stop, at a colon before a list, and at the end of a line. Short dates and numbers do not end one. */
export const sentencesOf = (text: string): string[] =>
  text.split(/(?<=[\p{L}”)])[.!?:](?=\s|$)|\n/u).map((sentence) => sentence.trim()).filter((sentence) => wordsOf(sentence).length > 0)

export type Reading = { words: number; level: number; mean: number; longest: string; long: string[] }

/** `known` are words of the subject, given in their base form, that a reader meets so often that they are not hard. */
export function reading(text: string, known: readonly string[] = []): Reading {
  const [words, sentences] = [wordsOf(text).filter((word) => /\p{L}/u.test(word)), sentencesOf(text)]
  const long = words.filter((word) => syllables(roughBase(word)) >= 4 && !known.some((one) => word.toLowerCase().startsWith(one)))
  const lengthOf = (sentence: string) => wordsOf(sentence).length
  return {
    words: words.length,
    level: 2.7 + 30 * long.length / Math.max(1, words.length),
    mean: sentences.reduce((sum, one) => sum + lengthOf(one), 0) / Math.max(1, sentences.length),
    longest: sentences.reduce((longest, one) => (lengthOf(one) > lengthOf(longest) ? one : longest), ''),
    long,
  }
}

/** Forms of the passive: present, past, and after a denial. Some other words end like them; the caller knows those. */
export const passives = (text: string): string[] => [
  ...text.match(/(?<!\p{L})\p{L}+(?:[tdlnrs]aan|[tdlnrs]ään|tiin|ttaisiin|ttäisiin)(?!\p{L})/giu) ?? [],
  ...text.match(/(?<!\p{L})(?:ei|eikä)(?: vielä)? \p{L}+(?:rata|lata|eta|etä|ettu|etty|attu|ätty|itettu|itetty)(?!\p{L})/giu) ?? [],
]
