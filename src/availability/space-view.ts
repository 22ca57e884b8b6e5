import type { Language } from '../platform/i18n/text.ts'
import type { Edition } from '../rulebook/edition.ts'
import { dutiesByMode } from '../rulebook/duties.ts'
import { approvalOfSpace, staffRulesOf } from '../rulebook/space-approval.ts'
import { traitsOf } from '../rulebook/traits.ts'
import type { Quote } from '../rulebook/quote.ts'
import { anHour, typicalQuotes } from '../rulebook/typical.ts'
import type { TypicalQuote } from '../rulebook/typical.ts'
import type { Catalogue, Listed } from '../spaces/catalogue.ts'
import { detailsOf, headOf, linkTo, restrictionsOn } from '../spaces/details.ts'
import { shown } from '../spaces/shown.ts'
import { sharePart } from '../spaces/space.ts'
import type { SupervisionMode } from '../spaces/space.ts'
import type { Interval } from '../time/interval.ts'
import { overlaps } from '../time/interval.ts'
import { localDateOf } from '../time/wallclock.ts'
import type { LocalDate } from '../time/wallclock.ts'
import { quoteFor } from './asker.ts'
import type { Asker } from './asker.ts'
import { askerFields, formLink, formLinks, withQuery } from './form-link.ts'
import { firstHandledDate, lastBookableDate } from './horizon.ts'
import { shortest } from './length.ts'
import type { Month } from './month.ts'
import { daysNamed, firstOfDays } from './week.ts'
import type { Cell, Week } from './week.ts'

export type Ground = { catalogue: Catalogue; edition: Edition; now: number }

export type SpaceQuestion = {
  ground: Ground
  listed: Listed
  /** Free times of the coming days. */
  free: readonly Interval[]
  week: Week | null
  month: Month | null
  /** The time that the address names, where it may be booked. */
  chosen: Interval | null
  /** What the address asks: local date and time, and minutes where it says them. */
  asked: { at: string; minutes: number | undefined } | null
  /** The unit's other spaces, and their free times of the coming days. */
  others: readonly Listed[]
  othersFree: readonly (readonly Interval[])[]
  asker: Asker
  language: Language
  /** Whether the rules are read in plain Finnish. */
  plain: boolean
}

/** What the question about a time starts from: most people come in the evening. */
const usualStart = '18:00'

/** What of a space's page hangs on today, on bookings or on who asks, ready for the template. */
export function spaceView({ ground: { catalogue, edition, now }, listed, free, week, month, chosen, asked, others, othersFree, asker, language, plain }: SpaceQuestion) {
  const { space, unit } = listed
  const today = localDateOf(now)
  const fields = { ...askerFields(asker), ...(plain && { plain: '1' }) }
  const path = `/spaces/${space.slug}`
  const hrefOf = formLinks(space.slug, asker)
  const linked = (time: Interval) => ({ start: time.start, end: time.end, href: hrefOf(time) })
  const weekAt = (date: LocalDate | null) => date && withQuery(path, { week: date, ...fields })
  const monthAt = (date: string | null) => date && withQuery(path, { month: date, ...fields })
  const quotes = typicalQuotes(edition, traitsOf(listed), today)
  const own = asker.who && quoteFor(edition, listed, asker.who, asker.people, anHour(today))
  const approval = own?.approval ?? approvalOfSpace(edition, traitsOf(listed))
  return {
    slug: space.slug,
    kind: space.kind,
    name: shown(space.name, language),
    unitName: shown(unit.name, language),
    people: space.people,
    restrictions: restrictionsOn(listed, language, plain),
    soon: firstOfDays(space, free, daysNamed).map(linked),
    week: week && {
      ...week,
      days: week.days.map((day) => ({ ...day, cells: day.cells.map((cell) => linkedCell(cell, linked, chosen)) })),
      previous: weekAt(week.previous),
      next: weekAt(week.next),
    },
    month: month && {
      ...month,
      weeks: month.weeks.map((days) => days.map((day) => day && { ...day, href: day.is === 'free' ? weekAt(day.date) : null })),
      previous: monthAt(month.previous),
      next: monthAt(month.next),
    },
    weekHref: withQuery(path, fields),
    monthHref: monthAt((week?.from ?? today).slice(0, 7)) ?? path,
    ask: {
      lengths: lengthsOf(listed),
      minutes: asked?.minutes ?? Math.max(60, shortest(space)),
      at: asked?.at ?? `${localDateOf(free[0]?.start ?? now)}T${usualStart}`,
      min: `${today}T00:00`,
      max: `${lastBookableDate(space, now)}T23:59`,
      step: space.stepMinutes,
      fields,
    },
    quotes,
    own,
    range: own ? null : rangeOf(quotes),
    who: asker.who,
    approval,
    /** The first date that leaves a person time to decide, where one does. */
    firstDate: approval === 'person' ? firstHandledDate({ ...listed, calendar: catalogue.calendar }, now, edition.limits) : null,
    decisionDays: edition.limits.decisionWorkingDays,
    rulesHref: withQuery('/rules', { space: space.slug, ...fields }),
    others: others.map((other, at) => ({
      ...linkTo(other.space, language),
      sameRoom: sharePart(other.space, space),
      next: firstOfDays(other.space, othersFree[at] ?? [], 1).map((time) => ({ ...time, href: formLink(other.space.slug, time, asker) }))[0] ?? null,
    })),
  }
}

/** A free hour with the way to its form; `chosen` where the time that the address names lies. */
function linkedCell(cell: Cell, linked: (time: Interval) => Interval & { href: string }, chosen: Interval | null) {
  if (cell.is !== 'free') return cell
  return { is: cell.is, from: cell.from, to: cell.to, hours: cell.hours, book: linked(cell.book), chosen: chosen !== null && overlaps(cell.book, chosen) }
}

/** Lengths to choose from, in minutes: the shortest and then by half hours or hours, at most a handful. */
function lengthsOf({ space }: Listed): number[] {
  const usual = [30, 60, 90, 120, 180, 240, 360, 480].filter((minutes) => minutes % space.stepMinutes === 0)
  const least = shortest(space)
  return [...new Set([least, ...usual.filter((minutes) => minutes > least && minutes <= space.maxMinutes)])]
}

/** The cheapest and the dearest usual hour (cents), as lists of spaces say it; null without a price. */
export function rangeOf(quotes: readonly TypicalQuote[]): { from: number; to: number } | null {
  const cents = quotes.filter(({ id }) => id === 'association_open' || id === 'company').flatMap(({ quote }) => quote.totalCents ?? [])
  return cents.length > 0 ? { from: Math.min(...cents), to: Math.max(...cents) } : null
}

/** What stands on top of a space's page, for the one who asks where that is known. */
export const spaceHead = ({ catalogue, edition }: Omit<Ground, 'now'>, listed: Listed, quotes: readonly TypicalQuote[], own: Quote | null, language: Language) => ({
  ...headOf(listed, catalogue, language),
  own,
  range: own ? null : rangeOf(quotes),
  approval: own?.approval ?? approvalOfSpace(edition, traitsOf(listed)),
  supervision: own ? [own.supervision.mode] : listed.space.supervision,
})

/**
 * What of a space's page stays the same from day to day, whoever asks. `quotes` are what typical askers pay; the duties of
 * the mode named come first.
 */
export function spaceFacts({ catalogue, edition }: Omit<Ground, 'now'>, listed: Listed, quotes: readonly TypicalQuote[], mode: SupervisionMode | null, language: Language) {
  const modes = [...new Set([...(mode ? [mode] : []), ...quotes.map(({ quote }) => quote.supervision.mode)])]
  const duties = dutiesByMode(edition, modes)
  return {
    details: detailsOf(listed, catalogue, language),
    approval: approvalOfSpace(edition, traitsOf(listed)),
    /** Why staff decide on every booking of such a space; what limits this one stands with its reason on top of the page. */
    staffRules: staffRulesOf(edition, { ...traitsOf(listed), approval: 'automatic' }).map(({ text }) => text),
    quotes,
    duties: mode ? [...duties].sort((a, b) => Number(b.mode === mode) - Number(a.mode === mode)) : duties,
    decisionDays: edition.limits.decisionWorkingDays,
  }
}

/** Whether an hour costs nothing, whoever asks. */
export const isFreeToAll = (quotes: readonly TypicalQuote[]): boolean => quotes.every(({ quote }) => quote.totalCents === 0)
