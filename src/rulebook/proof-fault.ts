import type { SupervisionMode } from '../spaces/space.ts'
import type { Example } from './fact-space.ts'

export type TextLanguage = 'fi' | 'sv' | 'en' | 'plain'

/** A price list's row is general, or narrowed to a unit (its slug), a band of hours or a way of supervision. */
export type RowNarrowing = { unit?: string; band?: string; supervision?: SupervisionMode }

/** What is wrong, as a code with data; dates are local, `YYYY-MM-DD`. */
export type Wrong =
  /** No charge rule holds of the example. */
  | { code: 'no-outcome' }
  /** No supervision rule decides for the example. */
  | { code: 'no-supervision' }
  /** Where its condition holds, one of those in `shadowedBy` always holds before; with none there, it holds of nothing. */
  | { code: 'unreachable'; rule: string; shadowedBy: string[] }
  /** The example's space, of this class (null: none fits), has no general price for the group on the date. */
  | { code: 'price-missing'; class: string | null; group: string; date: string }
  | { code: 'price-twice'; class: string; group: string; date: string } & RowNarrowing
  | { code: 'vat-missing' | 'vat-twice'; rate: string; date: string }
  /** The duties are of no edition, not for the rule's way of supervision, told twice, or exclude each other. */
  | { code: 'duties-contradict'; rule: string; why: 'unknown' | 'other_mode' | 'twice' | 'excluded'; duties: string[] }
  /** Both hold of the example, and nothing keeps to both: `atLeast` of the one is more than `atMost` of the other. */
  | { code: 'limits-contradict'; rules: [string, string]; atLeast: number; atMost: number }
  | { code: 'contact-missing'; rule: string }
  | { code: 'text-missing'; languages: TextLanguage[] }
  /** A line of more than three words that is the same in both languages. */
  | { code: 'text-copied'; languages: [TextLanguage, TextLanguage]; line: string }
  | { code: 'unused'; what: 'definition' | 'duty'; name: string }
  /** The rules mix more facts than can be walked. */
  | { code: 'too-large'; limit: number }

/** A fault of an edition: where in its file, what, and a wish and a space that show it, where one can. */
export type ProofFault = Wrong & { path: string; example: Example | null }
