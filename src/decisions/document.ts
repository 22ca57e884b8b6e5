import type { Language } from '../platform/i18n/text.ts'

/** A row of names and values. `marked` where the words are in another language than the document. */
export type Said = { term: string; text: string[]; marked?: string }
export type Bill = { lines: { text: string; length: string; sum: string }[]; totalText: string; total: string; note: string }
/** What a passage is about, in the order of a decision (hallintolaki 44–47 §). */
export type PassageName = 'parties' | 'matter' | 'outcome' | 'reasons' | 'price' | 'message' | 'hearing' | 'decider' | 'contact' | 'review'
/** `lang` where the paragraphs are somebody's own words in another language than the document. */
export type Part = { title: string; paragraphs: string[]; facts?: Said[]; list?: string[]; lang?: Language }
export type Passage = {
  is: PassageName
  title: string
  paragraphs: string[]
  /** Somebody's own words below them; `lang` where they are in another language than the document. */
  quoted?: { text: string; lang?: Language }
  facts?: Said[]
  /** Further titles inside, each with its sentences. */
  parts?: Part[]
  bill?: Bill
  list?: string[]
  /** Pages of the service, by path without the language. */
  links?: { text: string; path: string }[]
}

/** A document as it was said, in the party's language: nothing in it is looked up again. */
export type DocumentText = {
  authority: string[]
  title: string
  /** Said first where nobody has decided the rules, so that nobody takes it for more than it is. */
  notice: { title: string; text: string } | null
  facts: Said[]
  passages: Passage[]
  /** Its reasons once more in plain Finnish, beside a document in Finnish; earlier ones have none. */
  easy?: Part[]
}
