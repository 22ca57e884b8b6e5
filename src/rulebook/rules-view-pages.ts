import type { Catalogue } from '../spaces/catalogue.ts'
import { shown } from '../spaces/shown.ts'
import { calculated, placesOf, standIn, usualPeople } from './calculator.ts'
import type { Calculated, CalculatorQuery } from './calculator.ts'
import type { Edition } from './edition.ts'
import { sizedWords, type Reading } from './edition-view-pages.ts'
import { explanation } from './explanation.ts'
import { wholeView } from './rules-before-words-pages.ts'
import { traitsOf } from './traits.ts'
import { typicalCases, typicalQuotes } from './typical.ts'

type Premises = Pick<Catalogue, 'spaces' | 'spaceBySlug'>
type Asked = Reading & { edition: Edition; catalogue: Premises; said: CalculatorQuery; date: string }

/** The calculator, ready for the template: what it can be asked of, and its answer with the reasons. */
export function calculatorView({ edition, catalogue, said, lang, plain, date }: Asked) {
  const places = placesOf(edition, catalogue.spaces)
  const named = said.space === undefined ? undefined : catalogue.spaceBySlug.get(said.space)
  const place = places.find(({ id }) => id === said.place) ?? places[0]
  const chosen = named ?? (place && standIn(place.spaces, said.people ?? usualPeople))
  const answer = calculated(edition, said, chosen, date)
  return {
    places: places.map((one) => ({ value: one.id, text: sizedWords(one, { lang, plain }) })),
    named: named && { slug: named.space.slug, name: shown(named.space.name, lang), unit: shown(named.unit.name, lang) },
    answer: answer && {
      ...answer,
      place: { slug: answer.listed.space.slug, name: shown(answer.listed.space.name, lang), unit: shown(answer.listed.unit.name, lang), most: answer.listed.space.people },
      explanation: explained(answer),
    },
  }

  function explained({ facts, listed, slot }: Calculated) {
    return wholeView({ edition, facts, explanation: explanation(edition, facts, traitsOf(listed), slot), lang, plain })
  }
}
export type CalculatorView = ReturnType<typeof calculatorView>

/** Which of the usual uses are free, paid and for a person to decide in a space like most; nothing where there is none that holds them. */
export function everyday(edition: Edition, { spaces }: Pick<Catalogue, 'spaces'>, date: string) {
  const usual = spaces.find(({ space }) => !space.alwaysPaid && typicalCases.every(({ people }) => people <= space.people))
  const quotes = usual ? typicalQuotes(edition, traitsOf(usual), date) : []
  const cases = (charge: Edition['chargeRules'][number]['charge']) =>
    quotes.filter(({ quote }) => quote.charge === charge).map(({ id, people }) => ({ id, people }))
  return { free: cases('free'), paid: cases('paid'), needsPerson: cases('needs_person') }
}
