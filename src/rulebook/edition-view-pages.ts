import { formats } from '../platform/i18n/format.ts'
import type { Language, PlainText } from '../platform/i18n/text.ts'
import { supervisionModes } from '../spaces/space.ts'
import type { SupervisionMode } from '../spaces/space.ts'
import { conditionWords } from './condition-words-pages.ts'
import { always } from './condition.ts'
import type { Condition } from './condition.ts'
import type { Charge, Duty, Edition, UnitException } from './edition.ts'
import { voiceOf } from './leaf-words-pages.ts'
import { priceTable, sizedKinds } from './price-list.ts'
import type { NarrowPrice, Sized } from './price-list.ts'

/** The reader's language; `plain` asks for easy Finnish where the edition has it. */
export type Reading = { lang: Language; plain: boolean }
/** `href` is null where there is no page. */
export type Link = { name: string; lang: Language | null; href: string | null }
/** A rule as it is read: `anchor` is its id on the page, null where it stands there already; `when` its condition in words, where it has one. */
export type RuleView = {
  anchor: string | null
  text: string
  name?: string | undefined
  when?: string
  source?: string | null
  contact?: string | undefined
  charge?: Charge
  /** What a paid rule's price group is called. */
  group?: string | undefined
}
type Asked = Reading & {
  /** The day whose prices are shown. */
  date: string
  /** A unit's name and page, by its slug; null when there is none of that slug. */
  unit: (slug: string) => Link | null
}

/** An edition in the reader's words, ready for the template: the same for the one in force, the coming and the earlier ones. */
export function editionView(edition: Edition, { lang, plain, date, unit }: Asked) {
  const f = formats[lang]
  const say = (text: PlainText): string => (plain ? text.plain : text[lang])
  const words = (when: Condition): string => conditionWords(when, { lang, edition, plain })
  /** A way of supervision counts only where the space offers it. */
  const offered = (when: Condition): string => {
    const t = voiceOf({ lang, plain })
    const said = words(when)
    return always(when) ? t('rules.supervision.offered') : t(said.includes('\n') && !plain ? 'rules.supervision.alsoOffered' : 'rules.supervision.andOffered', { when: said })
  }
  const anchor = anchors()
  const simple = (list: string, rules: readonly { id: string; text: PlainText; when?: Condition }[]) =>
    rules.map(({ id, text, when }): RuleView => ({ anchor: anchor(list, id), text: say(text), ...(when && !always(when) && { when: words(when) }) }))
  const charged = (list: string, { id, name, text, when, source, contact, charge, priceClass }: Edition['chargeRules'][number]): RuleView => ({
    anchor: anchor(list, id), name: name && say(name), text: say(text), when: words(when), source, contact: contact && say(contact), charge,
    group: priceClass && say(edition.priceList.groups.find((group) => group.id === priceClass)!.text),
  })
  const { groups, rows, narrowed, rates, changes } = priceTable(edition, date)
  const narrow = (one: NarrowPrice) => ({
    spaces: rows.find((row) => row.id === one.class)?.sizes.map((size) => sizedWords(size, { lang, plain })) ?? [], group: say(one.group), cents: one.cents, band: one.band && say(one.band),
    unit: one.unit === null ? null : unit(one.unit) ?? unknown(one.unit), supervision: one.supervision,
  })
  return {
    chargeRules: edition.chargeRules.map((rule) => charged('charge', rule)),
    exceptions: byStart(edition.exceptions).map((rule) => ({
      ...charged('exception', rule), unit: unit(rule.unit) ?? unknown(rule.unit), validFrom: rule.validFrom, validTo: rule.validTo, ended: rule.validTo < date,
    })),
    approvalRules: simple('approval', edition.approvalRules),
    supervisionRules: edition.supervisionRules.map(({ mode, when, ...rule }) => ({ mode, ...simple('supervision', [rule])[0]!, when: offered(when) })),
    extras: edition.extras.map(({ cents, centsPerHour, ...rule }) => ({ cents, centsPerHour, ...simple('extra', [rule])[0]! })),
    applicantGroups: edition.applicantGroups.map(({ id, text, evidence }) => ({ anchor: anchor('applicant', id), text: say(text), evidence: say(evidence) })),
    purposes: edition.purposes.map(({ id, text }) => ({ anchor: anchor('purpose', id), text: say(text) })),
    prices: {
      groups: groups.map(({ text }) => say(text)),
      rows: rows.map(({ sizes, cents }) => ({ spaces: sizes.map((size) => sizedWords(size, { lang, plain })), cents })),
      narrowed: narrowed.map(narrow), rates, changes,
    },
    bands: edition.priceList.bands.map(({ text, weekdays, from, to }) => ({
      text: say(text), days: weekdays.map((day) => f.weekdayShort(monday + (day - 1) * dayMs)).join(', '), time: f.timeRange(monday + from * minuteMs, monday + to * minuteMs),
    })),
    duties: dutiesOf(edition.duties).map(({ mode, phases }) => ({
      mode, phases: phases.map(({ phase, duties }) => ({ phase, duties: simple('duty', duties) })),
    })),
    seasons: edition.seasons.map(({ id, text, from, to }) => ({ anchor: anchor('season', id), text: say(text), from: yearless(from), to: yearless(to) })),
    quotas: simple('quota', edition.quotas),
    lengths: simple('length', edition.lengths),
    leadTimes: simple('leadTime', edition.leadTimes),
    cancellations: edition.cancellations.map(({ tiers, ...rule }) => ({
      ...simple('cancellation', [rule])[0]!, tiers: tiers.toSorted((a, b) => b.daysBefore - a.daysBefore),
    })),
    consequences: simple('consequence', edition.consequences),
    sanctions: simple('sanction', edition.sanctions),
    limits: edition.limits,
    terms: { version: edition.terms.version, lines: say(edition.terms.text).split('\n') },
  }

  /** For instance `1.9.`; a leap year has every day. */
  function yearless(monthDay: string): string {
    return f.shortDate(f.ofDate(`2024-${monthDay}`))
  }
}
export type EditionView = ReturnType<typeof editionView>

/** For instance `Liikuntasali, 300–599 m²`. */
export function sizedWords({ kind, fromM2, belowM2 }: Sized, reading: Reading): string {
  const t = voiceOf(reading)
  const size = fromM2 === null ? belowM2 !== null && t('rules.size.below', { m2: belowM2 })
    : belowM2 === null ? t('rules.size.from', { m2: fromM2 }) : t('rules.size.between', { from: fromM2, to: belowM2 - 1 })
  return [t(`spaces.kind.${kind}`), size].filter(Boolean).join(', ')
}

/** What a size class of the price list is for: `Liikuntasali alle 300 m², luokkahuone`; the id of one that there is not. */
export function classWords(edition: Edition, id: string, lang: Language): string {
  const all = sizedKinds(edition).filter((one) => one.class === id).map((one) => {
    const words = sizedWords(one, { lang, plain: false }).replace(',', '')
    return words.charAt(0).toLocaleLowerCase(lang) + words.slice(1)
  }).join(', ')
  return all === '' ? id : all.charAt(0).toLocaleUpperCase(lang) + all.slice(1)
}

/** The midnight in Helsinki on which a Monday begins. */
const monday = Date.UTC(2023, 11, 31, 22)
const minuteMs = 60_000
const dayMs = 1440 * minuteMs

/** Ids of a page: what stands on it twice, or bears the name of a rule above it, gets none or a longer one. */
function anchors(): (list: string, id: string) => string | null {
  const given = new Map<string, string>()
  return (list, id) => {
    const mine = given.get(`rule-${id}`)
    if (mine === undefined) return given.set(`rule-${id}`, list), `rule-${id}`
    const longer = `rule-${list}-${id}`
    if (mine === list || given.has(longer)) return null
    given.set(longer, list)
    return longer
  }
}

/** By the day from which a unit does otherwise. */
export const byStart = (exceptions: readonly UnitException[]): UnitException[] =>
  exceptions.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0))

/** A unit that the rules name and the city does not have. */
export const unknown = (slug: string): Link => ({ name: slug, lang: null, href: null })

type Duties = { mode: SupervisionMode; phases: { phase: Duty['phase']; duties: Duty[] }[] }

function dutiesOf(duties: readonly Duty[]): Duties[] {
  return supervisionModes.map((mode): Duties => ({
    mode,
    phases: (['before', 'during', 'after'] as const)
      .map((phase) => ({ phase, duties: duties.filter((duty) => duty.phase === phase && duty.modes.includes(mode)) }))
      .filter((one) => one.duties.length > 0),
  })).filter(({ phases }) => phases.length > 0)
}
