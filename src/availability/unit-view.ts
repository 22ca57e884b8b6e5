import type { Language } from '../platform/i18n/text.ts'
import { approvalOfSpace } from '../rulebook/space-approval.ts'
import { traitsOf } from '../rulebook/traits.ts'
import { typicalQuotes } from '../rulebook/typical.ts'
import type { Listed, Unit } from '../spaces/catalogue.ts'
import { linkTo, placeOf } from '../spaces/details.ts'
import type { Interval } from '../time/interval.ts'
import { localDateOf } from '../time/wallclock.ts'
import { formLink } from './form-link.ts'
import { rangeOf } from './space-view.ts'
import type { Ground } from './space-view.ts'
import { daysNamedInUnit, firstOfDays } from './week.ts'

export type UnitQuestion = {
  ground: Ground
  unit: Unit
  spaces: readonly Listed[]
  /** Free times of the coming days as far as the first ones need, in the order of `spaces`. */
  free: readonly (readonly Interval[])[]
  language: Language
}

/** The page of a unit with its spaces: halves stand under their whole. */
export function unitView({ ground: { catalogue, edition, now }, unit, spaces, free, language }: UnitQuestion) {
  const today = localDateOf(now)
  const lines = spaces.map((listed, at) => ({
    id: listed.space.id,
    ...linkTo(listed.space, language),
    whole: listed.space.wholeId,
    approval: approvalOfSpace(edition, traitsOf(listed)),
    range: rangeOf(typicalQuotes(edition, traitsOf(listed), today)),
    soon: firstOfDays(listed.space, free[at] ?? [], daysNamedInUnit).map((time) => ({ ...time, href: formLink(listed.space.slug, time, { who: null }) })),
  }))
  const ids = new Set(lines.map(({ id }) => id))
  return {
    unit: placeOf(unit, catalogue, language),
    spaces: lines.filter(({ whole }) => whole === null || !ids.has(whole)).map((line) => ({ ...line, halves: lines.filter(({ whole }) => whole === line.id) })),
    synthetic: spaces.some(({ space }) => space.source === 'synthetic'),
  }
}
