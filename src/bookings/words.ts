import type { Language } from '../platform/i18n/text.ts'
import type { Quote } from '../rulebook/quote.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { shown } from '../spaces/shown.ts'
import type { DecidedBy } from './booking.ts'

/** A space and its house as a page names them; `lang` where the name is not in the reader's language. */
export function placeWords({ space, unit }: Listed, lang: Language) {
  const address = [unit.address, unit.postalCode].filter((part) => part !== null).join(', ')
  return {
    slug: space.slug,
    kind: space.kind,
    people: space.people,
    areaM2: space.areaM2,
    space: shown(space.name, lang),
    unit: { ...shown(unit.name, lang), slug: unit.slug },
    address: address || null,
    stepMinutes: space.stepMinutes,
  }
}
export type PlaceWords = ReturnType<typeof placeWords>

/** A quote in the reader's language: the price with its lines, why, and what is asked of the user. */
export function quoteWords(quote: Quote, lang: Language) {
  return {
    edition: quote.edition,
    charge: quote.charge,
    totalCents: quote.totalCents,
    lines: quote.lines.map((line) => ({ ...line, text: line.text[lang] })),
    because: quote.because.map(({ rule, text }) => ({ rule, text: text[lang] })),
    mode: quote.supervision.mode,
    duties: quote.supervision.duties.map((duty) => duty[lang]),
    approval: quote.approval,
    contact: quote.contact?.[lang] ?? null,
  }
}
export type QuoteWords = ReturnType<typeof quoteWords>

/** What a booking was decided by, with the bill that an official gave it where the rules left that open. */
export const decidedWords = ({ quote, given }: DecidedBy, lang: Language): QuoteWords =>
  quoteWords({ ...quote, ...(given ? { lines: given.lines } : {}) }, lang)

/** Whether somebody has to pay, so that the one who gets the bill must be known (rulings 7). */
export const costsSomething = (quote: Pick<Quote, 'totalCents'>): boolean => (quote.totalCents ?? 0) > 0
