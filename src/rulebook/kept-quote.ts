import type { PlainText } from '../platform/i18n/text.ts'
import type { SupervisionMode } from '../spaces/space.ts'
import { bookOf } from './book.ts'
import type { Edition } from './edition.ts'
import type { Quote, Reason } from './quote.ts'

/**
 * A quote as it is stored: the rules by their ids, their sentences left to the edition, which never changes under its id.
 * Some hundred bytes instead of five thousand.
 */
export type KeptQuote = Omit<Quote, 'because' | 'supervision' | 'contact'> & {
  because: string[]
  supervision: { mode: SupervisionMode; because: string }
}

export const kept = ({ because, supervision, contact: _, ...rest }: Quote): KeptQuote => ({
  ...rest,
  because: because.map(({ rule }) => rule),
  supervision: { mode: supervision.mode, because: supervision.because.rule },
})

const sentences = new WeakMap<Edition, Map<string, PlainText>>()

function sentencesOf(edition: Edition): Map<string, PlainText> {
  let found = sentences.get(edition)
  if (!found) {
    const rules = [...edition.chargeRules, ...edition.exceptions, ...edition.extras, ...edition.approvalRules, ...edition.supervisionRules]
    sentences.set(edition, (found = new Map(rules.map(({ id, text }) => [id, text]))))
  }
  return found
}

/** The quote as it was given, with the sentences of its edition. Throws on a rule that the edition does not have. */
export function told(edition: Edition, { because, supervision: { mode, because: supervisedBy }, ...rest }: KeptQuote): Quote {
  const texts = sentencesOf(edition)
  const reason = (rule: string): Reason => {
    const text = texts.get(rule)
    if (!text) throw new Error(`edition ${edition.id} has no rule ${rule}`)
    return { rule, text }
  }
  const duties = bookOf(edition).supervisionRules.find(({ rule }) => rule.id === supervisedBy)?.rule.told ?? []
  const contact = [...edition.chargeRules, ...edition.exceptions].find(({ id }) => id === because[0])?.contact
  return {
    ...rest,
    because: because.map(reason),
    supervision: { mode, duties, because: reason(supervisedBy) },
    ...(contact ? { contact } : {}),
  }
}
