import { z } from 'zod'
import type { Listed } from '../spaces/catalogue.ts'
import { filterFields, said } from '../spaces/filter.ts'
import { spaceKinds } from '../spaces/space.ts'
import type { Edition } from './edition.ts'
import { activities, groups } from './facts.ts'
import type { Facts } from './facts.ts'
import { sizedKinds } from './price-list.ts'
import type { Sized } from './price-list.ts'
import type { Slot } from './price.ts'
import { quote } from './quote.ts'
import type { Quote } from './quote.ts'
import { traitsOf } from './traits.ts'
import { anHour } from './typical.ts'
import { whoFields, whoOf } from './who.ts'

const share = said(z.string('spaces.error.choice').regex(/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/, 'spaces.error.choice').transform(Number))
/** Yes, no, or not said. */
const answered = said(z.enum(['1', '0'], 'spaces.error.choice').transform((value) => value === '1'))
const several = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.enum(values, 'spaces.error.choice')).max(2 * values.length))
    .transform((chosen) => [...new Set(chosen)])

/** The calculator's form. `place` is a kind of space and its class, `space` the slug of one space. */
export const calculatorQuery = z.object({
  ...whoFields,
  openToAll: answered,
  people: filterFields.people,
  entryFee: answered,
  youthShare: share,
  localShare: share,
  groups: several(groups),
  activities: several(activities),
  minutes: said(z.string('spaces.error.minutes').regex(/^\d{2,3}$/, 'spaces.error.minutes').transform(Number).refine((n) => n >= 30 && n <= 600, 'spaces.error.minutes')),
  place: said(z.string('spaces.error.choice').max(60, 'spaces.error.choice')),
  space: said(z.string('spaces.error.choice').max(200, 'spaces.error.choice')),
  plain: said(z.literal('1', 'spaces.error.choice')),
})
export type CalculatorQuery = z.output<typeof calculatorQuery>

/** A kind and size of space to calculate for, and the real spaces of that sort. */
export type Place = Sized & { id: string; spaces: readonly Listed[] }

/** In the order of the kinds of space; sizes that no space has are left out. */
export function placesOf(edition: Edition, spaces: readonly Listed[]): Place[] {
  const sizes = sizedKinds(edition)
  return spaceKinds.flatMap((kind) => sizes.filter((one) => one.kind === kind)).flatMap(({ class: id, ...sized }) => {
    const found = spaces.filter(({ space }) => space.kind === sized.kind
      && space.areaM2 >= (sized.fromM2 ?? 0) && (sized.belowM2 === null || space.areaM2 < sized.belowM2))
    return found.length > 0 ? [{ ...sized, id: `${sized.kind}-${id}`, spaces: found }] : []
  })
}

/** The space that answers for its sort: the first one that holds the people, else the one that holds most. */
export function standIn(spaces: readonly Listed[], people: number): Listed | undefined {
  return spaces.find(({ space }) => space.people >= people) ?? spaces.toSorted((a, b) => b.space.people - a.space.people)[0]
}

/** How many are meant when nobody said it. */
export const usualPeople = 15
const usualMinutes = 120

export type Calculated = { facts: Facts; listed: Listed; minutes: number; slot: Slot; quote: Quote }

/** The answer to the form; null until it says who asks or what for. What is not said counts as not fulfilled. */
export function calculated(edition: Edition, query: CalculatorQuery, listed: Listed | undefined, date: string): Calculated | null {
  const who = whoOf({ applicant: query.applicant, purpose: query.purpose })
  if (!who || !listed) return null
  const minutes = query.minutes ?? usualMinutes
  const { openToAll, entryFee, youthShare, localShare, groups, activities, people = usualPeople } = query
  const facts: Facts = {
    applicant: who.applicant, purpose: who.purpose, people, groups, activities,
    ...(openToAll !== undefined && { openToAll }),
    ...(entryFee !== undefined && { entryFee }),
    ...(youthShare !== undefined && { youthShare }),
    ...(localShare !== undefined && { localShare }),
    ...(who.applicant === 'registered_association' && { association: 'declared' }),
  }
  const hour = anHour(date)
  const slot = { ...hour, end: hour.start + minutes * 60_000 }
  return { facts, listed, minutes, slot, quote: quote(edition, facts, traitsOf(listed), slot) }
}
