import { readFileSync } from 'node:fs'
import { parseEdition } from '../../src/rulebook/edition.ts'
import type { Edition } from '../../src/rulebook/edition.ts'
import type { Facts, SpaceTraits } from '../../src/rulebook/facts.ts'
import { quote } from '../../src/rulebook/quote.ts'
import type { Quote } from '../../src/rulebook/quote.ts'

const file = new URL('../../drizzle/seed/rulebook.example.json', import.meta.url)

/** The example as parsed JSON, a new copy each time, so that a test can spoil it. */
export const exampleJson = (): Edition => JSON.parse(readFileSync(file, 'utf8')) as Edition
export const example = parseEdition(exampleJson())

/** A school classroom that is booked like most. */
export const classroom: SpaceTraits = {
  kind: 'classroom', unitKind: 'school', areaM2: 60, people: 30, alwaysPaid: false, supervision: ['self_supervised'], approval: 'automatic',
}
export const gym: SpaceTraits = {
  ...classroom, kind: 'gym', areaM2: 450, people: 199, supervision: ['self_supervised', 'key_contract', 'staffed'],
}
export const youthHall: SpaceTraits = {
  ...classroom, kind: 'youth_hall', unitKind: 'youth_centre', areaM2: 90, people: 60, supervision: ['self_supervised', 'staffed'],
}
export const kitchen: SpaceTraits = { ...classroom, kind: 'kitchen', unitKind: 'playground_house', alwaysPaid: true }
export const cultureHall: SpaceTraits = { ...gym, kind: 'hall', unitKind: 'culture', areaM2: 200 }

/** Two winter hours, 17–19 in Helsinki. */
export const evening = { start: Date.UTC(2026, 1, 3, 15), end: Date.UTC(2026, 1, 3, 17), date: '2026-02-03' }

/** An association's hobby evening of twenty, with what is special about this one. */
export const wish = (special: Partial<Facts> = {}): Facts => ({
  applicant: 'registered_association', purpose: 'hobby', people: 20, groups: [], activities: [], ...special,
})

export const asked = (special: Partial<Facts> = {}, space: SpaceTraits = classroom): Quote =>
  quote(example, wish(special), space, evening)

/** The charge, and the rule that decided it. */
export const decided = (special: Partial<Facts> = {}, space: SpaceTraits = classroom): string => {
  const { charge, priceClass, because } = asked(special, space)
  return `${[charge, priceClass].filter(Boolean).join(' ')}: ${because[0]!.rule}`
}
