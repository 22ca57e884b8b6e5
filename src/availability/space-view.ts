import type { Language } from '../platform/i18n/text.ts'
import type { Edition } from '../rulebook/edition.ts'
import { dutiesByMode } from '../rulebook/duties.ts'
import { traitsOf } from '../rulebook/traits.ts'
import { anHour, typicalQuotes } from '../rulebook/typical.ts'
import type { Catalogue, Listed, Unit } from '../spaces/catalogue.ts'
import { detailsOf, linkTo, neighboursOf, placeOf } from '../spaces/details.ts'
import type { Interval } from '../time/interval.ts'
import { localDateOf } from '../time/wallclock.ts'
import { quoteFor } from './asker.ts'
import type { Asker } from './asker.ts'
import { askerFields, formLink, withQuery } from './form-link.ts'
import { firstHandledDate } from './horizon.ts'
import { nextFree } from './week.ts'
import type { Week } from './week.ts'

type Ground = { catalogue: Catalogue; edition: Edition; now: number }
type Common = { ground: Ground; language: Language; baseUrl: string }

export type SpaceQuestion = Common & {
  listed: Listed
  week: Week
  /** Free times of the coming days. */
  free: readonly Interval[]
  asker: Asker
}

/** The page of a space, ready for the template. */
export function spaceView({ ground: { catalogue, edition, now }, listed, week, free, asker, language, baseUrl }: SpaceQuestion) {
  const { space, unit } = listed
  const linked = (time: Interval) => ({ ...time, href: formLink(space.slug, time, asker) })
  const weekAt = (monday: string | null) => monday && withQuery(`/spaces/${space.slug}`, { week: monday, ...askerFields(asker) })
  const today = localDateOf(now)
  const quotes = typicalQuotes(edition, traitsOf(listed), today)
  const own = asker.who && quoteFor(edition, listed, asker.who, asker.people, anHour(today))
  return {
    details: detailsOf(listed, catalogue, language),
    soon: nextFree(space, free, 4).map(linked),
    week: {
      ...week,
      rows: week.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => (cell.is === 'free' ? { ...cell, book: linked(cell.book) } : cell)) })),
      previous: weekAt(week.previous),
      next: weekAt(week.next),
    },
    quotes,
    own,
    who: asker.who,
    duties: dutiesByMode(edition, [...new Set([...(own ? [own] : []), ...quotes.map((one) => one.quote)].map((one) => one.supervision.mode))]),
    /** The first date that leaves a person time to decide, where one does. */
    firstDate: space.approval === 'person' || own?.approval === 'person' ? firstHandledDate({ ...listed, calendar: catalogue.calendar }, now, edition.limits) : null,
    decisionDays: edition.limits.decisionWorkingDays,
    rulesHref: withQuery('/rules', { space: space.slug, ...askerFields(asker) }),
    calendar: `${baseUrl}/calendars/spaces/${space.slug}.ics${inLanguage(language)}`,
    address: `${baseUrl}${language === 'fi' ? '' : `/${language}`}/spaces/${space.slug}`,
    neighbours: neighboursOf(unit, catalogue, language),
  }
}

const inLanguage = (language: Language): string => (language === 'fi' ? '' : `?lang=${language}`)

/** The page of a unit with its spaces; `free` are their free times of the coming days, in the order of `spaces`. */
export function unitView({ ground: { catalogue }, unit, spaces, free, language, baseUrl }: Common & {
  unit: Unit
  spaces: readonly Listed[]
  free: readonly (readonly Interval[])[]
}) {
  return {
    unit: placeOf(unit, catalogue, language),
    spaces: spaces.map(({ space }, at) => ({
      ...linkTo(space, language),
      approval: space.approval,
      supervision: space.supervision,
      half: space.wholeId !== null,
      soon: nextFree(space, free[at] ?? [], 3).map((time) => ({ ...time, href: formLink(space.slug, time, { who: null }) })),
    })),
    synthetic: spaces.some(({ space }) => space.source === 'synthetic'),
    calendar: `${baseUrl}/calendars/units/${unit.slug}.ics${inLanguage(language)}`,
    neighbours: neighboursOf(unit, catalogue, language),
  }
}
