import { formats } from '../platform/i18n/format.ts'
import { translators } from '../platform/i18n/messages.ts'
import type { Language, PlainText } from '../platform/i18n/text.ts'
import type { Catalogue, Listed, Unit } from '../spaces/catalogue.ts'
import type { Closure } from '../spaces/opening.ts'
import { bindsOn, spaceKinds, unitKinds } from '../spaces/space.ts'
import { shown } from '../spaces/shown.ts'
import { conditionWords } from './condition-words-pages.ts'
import type { Edition } from './edition.ts'
import { byStart, unknown } from './edition-view-pages.ts'
import type { Link, Reading } from './edition-view-pages.ts'
import { staffRulesOf } from './space-approval.ts'
import { traitsOf } from './traits.ts'

type Asked = Reading & {
  catalogue: Pick<Catalogue, 'units' | 'unitBySlug' | 'spaces' | 'spacesOfUnit'>
  edition: Edition
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
export function restrictionsView({ catalogue, edition, now, date, lang, plain }: Asked) {
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

  const notLent = grouped([...catalogue.units.values()].filter(({ notLentReason }) => notLentReason), ({ notLentReason, notLentUntil }) => JSON.stringify([notLentReason, notLentUntil]))
    .map((units) => {
      const { notLentReason, notLentUntil } = units[0]!
      return { reason: shown(notLentReason!, lang), until: notLentUntil, over: notLentUntil !== null && notLentUntil < date, units: linked(units) }
    })

  const inForce = ({ space }: Listed) => space.restrictions.filter((one) => bindsOn(date, one))
  const held = catalogue.spaces.flatMap((listed) => inForce(listed).map((restriction) => ({ unit: listed.unit, restriction })))
  const limited = grouped(held, ({ restriction }) => JSON.stringify(restriction)).map((spaces) => {
    const { what, reason, until } = spaces[0]!.restriction
    return { what: shown(what, lang), reason: shown(reason, lang), until, spaces: spaces.length, units: linked(new Set(spaces.map(({ unit }) => unit))) }
  })

  // In databases from before each limit had to have a reason: what the rules would confirm at once waits for a person there.
  const unexplained = catalogue.spaces.filter((listed) =>
    listed.space.approval === 'person' && inForce(listed).length === 0 && byRule.get(listed)!.length === 0)

  const closed = catalogue.spaces.flatMap((listed) => listed.closures.filter(({ end }) => end > now).map((closure) => ({ listed, closure })))
  const closures = grouped(closed, ({ listed: { unit }, closure }) => JSON.stringify([unit.id, closure]))
    .map((spaces) => closureView(spaces.map(({ listed }) => listed), spaces[0]!.closure))
    .sort((a, b) => a.start - b.start || compare(a.unit.name, b.unit.name))

  const exceptions = byStart(edition.exceptions).filter(({ validTo }) => validTo >= date).map((rule) => {
    const unit = catalogue.unitBySlug.get(rule.unit)
    return {
      id: rule.id, unit: unit ? link(unit) : unknown(rule.unit), text: say(rule.text), when: conditionWords(rule.when, { lang, edition, plain }),
      source: rule.source, validFrom: rule.validFrom, validTo: rule.validTo, coming: rule.validFrom > date,
    }
  })
  return {
    staffRules, notLent, limited, unexplained: byKind(unexplained), closures, exceptions,
    counts: {
      notLent: sum(notLent, ({ units }) => units.length), limited: sum(limited, ({ spaces }) => spaces),
      byRule: [...byRule.values()].filter((rules) => rules.length > 0).length, unexplained: unexplained.length, closures: closures.length, exceptions: exceptions.length,
    },
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

const sum = <One>(all: readonly One[], of: (one: One) => number): number => all.reduce((total, one) => total + of(one), 0)

function grouped<One>(all: readonly One[], key: (one: One) => string): One[][] {
  const groups = new Map<string, One[]>()
  for (const one of all) {
    const found = groups.get(key(one))
    if (found) found.push(one)
    else groups.set(key(one), [one])
  }
  return [...groups.values()]
}
