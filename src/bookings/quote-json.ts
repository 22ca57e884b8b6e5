import type { Tariff } from '../rulebook/price.ts'
import type { Judgement } from './judgement.ts'
import { refusalJson } from './refusal-json.ts'

/** A judgement as machines get it: every sentence in all languages (rulings 25), what it costs in cents with VAT, and by whose price list. */
export const quoteJson = ({ quote: { supervision, ...quote }, refusals }: Judgement, tariff: Tariff) => ({
  ...quote,
  tariff: { edition: tariff.edition.id, date: tariff.date },
  supervision: { mode: supervision.mode, duties: supervision.duties },
  refusals: refusals.map(refusalJson),
})
