import type { Judgement } from './judgement.ts'
import { refusalJson } from './refusal-json.ts'

/** A judgement as machines get it: every sentence in all languages (rulings 25), what it costs in cents with VAT. */
export const quoteJson = ({ quote: { supervision, ...quote }, refusals }: Judgement) => ({
  ...quote,
  supervision: { mode: supervision.mode, duties: supervision.duties },
  refusals: refusals.map(refusalJson),
})
