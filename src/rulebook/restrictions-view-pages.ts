import { formats } from '../platform/i18n/format.ts'
import { translators } from '../platform/i18n/messages.ts'
import type { Language, PlainText } from '../platform/i18n/text.ts'
import { spacesUnder, type Catalogue, type Listed, type Unit } from '../spaces/catalogue.ts'
import type { Closure } from '../spaces/opening.ts'
import { isTold, type Restriction } from '../spaces/restriction.ts'
import { spaceKinds, unitKinds } from '../spaces/space.ts'
import { shown, shownReason } from '../spaces/shown.ts'
import type { Edition } from './edition.ts'
import { byStart, unknown } from './edition-view-pages.ts'
import type { Link, Reading } from './edition-view-pages.ts'
import type { Published } from './published.ts'
import { staffRulesOf } from './space-approval.ts'
import { traitsOf } from './traits.ts'

type Asked = Reading & {
  catalogue: Pick<Catalogue, 'units' | 'unitBySlug' | 'spaces' | 'spaceById' | 'spacesOfUnit'>
  /** All that there are. */
  restrictions: readonly Restriction[]
  edition: Edition
  /** Editions adopted for later: their exceptions are decided already. */
  coming: readonly Published[]
  now: number
  date: string
}

export const linkToUnit = ({ name, slug }: Unit, lang: Language): Link => {
  const { text, lang: own } = shown(name, lang)
  return { name: text, lang: own, href: `/units/${slug}` }
}

/**
 * What the rules keep for staff in every space of a kind, and everything that keeps people from a space although the rules
 * would let them in, each with its public reason: limiting a use needs a special one (HEL 2018-001310).
 */
export function restrictionsView({ catalogue, restrictions, edition, coming, now, date, lang, plain }: Asked) {
  const { compare } = formats[lang]
  const say = (text: PlainText): string => (plain ? text.plain : text[lang])
  const link = (unit: Unit): Link => linkToUnit(unit, lang)
  const linked = (units: Iterable<Unit>): Link[] => Array.from(units, link).sort((a, b) => compare(a.name, b.name))

  // A space's own limit stands in the list of limits: here counts what the rules say of spaces without one.
  const byRule = new Map(catalogue.spaces.map((listed) => [listed, staffRulesOf(edition, { ...traitsOf(listed), approval: 'automatic' })]))
  const staffRules = edition.approvalRules.flatMap(({ id, text }) => {
    const found = catalogue.spaces.filter((listed) => byRule.get(listed)!.some((rule) => rule.id === id))
    return found.length > 0 ? [{ id, text: say(text), spaces: found.length, unitKinds: byKind(found) }] : []
  })

  const told = restrictions.filter((one) => isTold(one))
  const notLent = grouped(told.filter((one) => one.effect === 'not_lent' && (one.state === 'coming' || catalogue.units.get(one.unitId)?.notLent?.id === one.id)), saidAlike)
    .map((alike) => ({ ...restrictionView(alike[0]!), units: linked(alike.flatMap(({ unitId }) => catalogue.units.get(unitId) ?? [])) }))
  const limited = grouped(told.filter(({ effect }) => effect === 'by_staff'), saidAlike).map((alike) => {
    const under = new Set(alike.flatMap((one) => spacesUnder(one, catalogue)))
    return { ...restrictionView(alike[0]!), spaces: under.size, places: alike.map((one) => limitedPlace(one)).sort((a, b) => compare(a.name, b.name)) }
  })

  // In databases from before each limit had to have a reason: what the rules would confirm at once waits for a person there.
  const unexplained = catalogue.spaces.filter((listed) =>
    listed.space.approval === 'person' && listed.space.restrictions.length === 0 && byRule.get(listed)!.length === 0)

  const closed = catalogue.spaces.flatMap((listed) => listed.closures.filter(({ end }) => end > now).map((closure) => ({ listed, closure })))
  const closures = grouped(closed, ({ listed: { unit }, closure }) => JSON.stringify([unit.id, closure]))
    .map((spaces) => closureView(spaces.map(({ listed }) => listed), spaces[0]!.closure))
    .sort((a, b) => a.start - b.start || compare(a.unit.name, b.unit.name))

  const decidedEarlier = new Set<string>()
  const exceptions = [{ edition, from: null }, ...coming.map(({ edition, validFrom }) => ({ edition, from: validFrom }))].flatMap(({ edition, from }) =>
    byStart(edition.exceptions).filter((rule) => rule.validTo >= (from ?? date) && isNew(decidedEarlier, JSON.stringify(rule))).map((rule) => {
      const unit = catalogue.unitBySlug.get(rule.unit)
      return {
        id: rule.id, unit: unit ? link(unit) : unknown(rule.unit), text: say(rule.text), source: rule.source, validFrom: rule.validFrom, validTo: rule.validTo,
        /** The first day of the coming edition that has it; null where the one in force has it. */
        from, href: from === null ? `/rules#rule-${rule.id}` : `/rules/editions/${edition.id}#rule-${rule.id}`,
      }
    }))
  return {
    staffRules, notLent, limited, unexplained: byKind(unexplained), closures, exceptions,
    counts: {
      notLent: [...catalogue.units.values()].filter(({ notLent }) => notLent).length, limited: catalogue.spaces.filter(({ space }) => space.restrictions.length > 0).length,
      byRule: [...byRule.values()].filter((rules) => rules.length > 0).length, unexplained: unexplained.length, closures: closures.length, exceptions: exceptions.length,
    },
  }

  function restrictionView({ what, reason, validFrom, validTo, decision, state }: Restriction) {
    return {
      what: shownReason(what, lang, plain), reason: shownReason(reason, lang, plain), from: validFrom, until: validTo, state,
      decision: decision && { number: decision.number, date: decision.date, body: shownReason(decision.body, lang, plain) },
    }
  }

  /** Spaces by kind of unit and of space, in the order of the kinds. */
  function byKind(spaces: readonly Listed[]) {
    return unitKinds.map((unitKind) => ({
      unitKind,
      kinds: spaceKinds.map((kind) => {
        const found = spaces.filter(({ space, unit }) => space.kind === kind && unit.kind === unitKind)
        const name = translators[lang](`spaces.kinds.${kind}`)
        return { name: name.charAt(0).toLocaleLowerCase(lang) + name.slice(1), spaces: found.length, places: found.map(placeLink) }
      }).filter((one) => one.spaces > 0),
    })).filter(({ kinds }) => kinds.length > 0)
  }

  /** The unit that is limited, or the one space of it. */
  function limitedPlace({ unitId, spaceId }: Restriction): Link {
    const unit = link(catalogue.units.get(unitId)!)
    const space = spaceId === null ? undefined : catalogue.spaceById.get(spaceId)?.space
    return space ? { ...unit, name: `${unit.name}, ${shown(space.name, lang).text}`, href: `/spaces/${space.slug}` } : unit
  }

  /** A space by its unit's name, and by its own where its unit has several of the kind. */
  function placeLink({ space, unit }: Listed) {
    const { text, lang: own } = shown(unit.name, lang)
    const several = (catalogue.spacesOfUnit.get(unit.id) ?? []).filter((one) => one.space.kind === space.kind).length > 1
    return { name: several ? `${text}, ${shown(space.name, lang).text}` : text, lang: own, href: `/spaces/${space.slug}` }
  }

  /** `spaces` is null where the closure is of the whole unit. */
  function closureView(listed: readonly Listed[], { start, end, reason }: Closure) {
    const [{ unit }] = listed as [Listed, ...Listed[]]
    const all = catalogue.spacesOfUnit.get(unit.id)?.length === listed.length
    return {
      start, end, coming: start > now, reason: shown(reason, lang), unit: link(unit),
      spaces: all ? null : listed.map(({ space }) => ({ ...shown(space.name, lang), href: `/spaces/${space.slug}` })),
    }
  }
}
export type RestrictionsView = ReturnType<typeof restrictionsView>

const isNew = (known: Set<string>, one: string): boolean => known.size < known.add(one).size

/** One line for all the premises that the same words, days and decision limit. */
const saidAlike = ({ what, reason, validFrom, validTo, decision, state }: Restriction): string => JSON.stringify([what, reason, validFrom, validTo, decision, state])

function grouped<One>(all: readonly One[], key: (one: One) => string): One[][] {
  const groups = new Map<string, One[]>()
  for (const one of all) {
    const found = groups.get(key(one))
    if (found) found.push(one)
    else groups.set(key(one), [one])
  }
  return [...groups.values()]
}
