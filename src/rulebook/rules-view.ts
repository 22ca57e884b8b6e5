import type { Language, PlainText } from '../platform/i18n/text.ts'
import type { Catalogue } from '../spaces/catalogue.ts'
import { shown } from '../spaces/shown.ts'
import { supervisionModes } from '../spaces/space.ts'
import { calculated, placesOf, standIn, usualPeople } from './calculator.ts'
import type { CalculatorQuery } from './calculator.ts'
import { dutiesByMode } from './duties.ts'
import type { Edition } from './edition.ts'
import { priceTable } from './price-list.ts'

export type RulesQuestion = {
  edition: Edition
  catalogue: Pick<Catalogue, 'spaces' | 'spaceBySlug'>
  said: CalculatorQuery
  language: Language
  date: string
}

/** The page of rules, ready for the template; `say` gives a rule's sentence as the reader wants it. */
export function rulesView({ edition, catalogue, said, language, date }: RulesQuestion) {
  const plain = said.plain === '1' && language === 'fi'
  const say = (text: PlainText): string => (plain ? text.plain : text[language])
  const places = placesOf(edition, catalogue.spaces)
  const named = said.space === undefined ? undefined : catalogue.spaceBySlug.get(said.space)
  const place = places.find(({ id }) => id === said.place) ?? places[0]
  const chosen = named ?? (place && standIn(place.spaces, said.people ?? usualPeople))
  const answer = calculated(edition, said, chosen, date)
  return {
    plain,
    say,
    places: places.map(({ id, kind, fromM2, belowM2 }) => ({ id, kind, fromM2, belowM2 })),
    named: named && { slug: named.space.slug, name: shown(named.space.name, language), unit: shown(named.unit.name, language) },
    answer: answer && {
      ...answer,
      place: { slug: answer.listed.space.slug, name: shown(answer.listed.space.name, language), unit: shown(answer.listed.unit.name, language), most: answer.listed.space.people },
    },
    edition: { id: edition.id, name: edition.name, status: edition.status, decision: edition.decision, validFrom: edition.validFrom },
    chargeRules: edition.chargeRules,
    approvalRules: edition.approvalRules,
    supervisionRules: edition.supervisionRules,
    extras: edition.extras,
    duties: dutiesByMode(edition, supervisionModes),
    prices: priceTable(edition, date),
    limits: edition.limits,
    terms: say(edition.terms.text).split('\n'),
  }
}
export type RulesView = ReturnType<typeof rulesView>
