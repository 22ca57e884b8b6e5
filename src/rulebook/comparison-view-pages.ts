import { formats } from '../platform/i18n/format.ts'
import { translators } from '../platform/i18n/messages.ts'
import type { Language } from '../platform/i18n/text.ts'
import type { Catalogue } from '../spaces/catalogue.ts'
import { shown } from '../spaces/shown.ts'
import type { Comparison, ItemChange } from './comparison.ts'
import type { Difference } from './differences.ts'
import { classWords } from './edition-view-pages.ts'
import type { ChargeRule, Edition, EditionFile, UnitException } from './edition.ts'
import { lineChanges, type LineChange } from './line-changes.ts'
import { placeWords, valueWords } from './value-words-pages.ts'

/** One thing that differs, in words: before and after, null where there is none; or a longer text line by line. */
export type Row = { term: string; from: string | null; to: string | null; lines?: LineChange[] }
export type Told = { title: string; is: 'added' | 'removed' | 'changed' | 'moved'; note: string | null; rows: Row[] }
export type ComparisonView = { id: keyof Comparison; items: Told[] }[]
type Sides = {
  from: Edition
  to: Edition
  lang: Language
  /** Names a unit by its slug. */
  unit?: (slug: string) => string
  /** The adopted editions, by id, that never come into force: their files do not say it. */
  withdrawn?: Pick<ReadonlySet<string>, 'has'>
}

/** Units by their slugs; one that the city does not have by its slug. */
export const unitNames = ({ unitBySlug }: Pick<Catalogue, 'unitBySlug'>, lang: Language) => (slug: string): string => {
  const found = unitBySlug.get(slug)
  return found ? shown(found.name, lang).text : slug
}

/** A comparison in the reader's language, without the sections that say nothing. */
export function comparisonView(comparison: Comparison, sides: Sides): ComparisonView {
  const { lang } = sides
  const whole = (found: readonly Difference[]): Told[] => found.length === 0 ? [] : [{ title: '', is: 'changed', note: null, rows: found.flatMap((one) => rowsOf(one, sides)) }]
  const price = ({ from, to }: Comparison['prices'][number]): string => {
    const one = (to ?? from)!
    const edition = to ? sides.to : sides.from
    const words = (['group', 'unit', 'band', 'supervision'] as const).flatMap((field) => one[field] === undefined ? [] : [valueWords(one[field], [field], { ...sides, edition })])
    return [classWords(edition, one.class, lang), ...words].join('; ')
  }
  const rule = (edition: EditionFile, { id, from, to }: ItemChange<ChargeRule>): string => `${edition === sides.from ? from?.text[lang] : to?.text[lang]}` || id
  const sections: ComparisonView = [
    { id: 'general', items: whole([...onlyOneWithdrawn(sides), ...comparison.general.filter(({ path }) => path[0] !== 'id')]) },
    { id: 'rules', items: comparison.rules.map((one) => item(one, (one.to ?? one.from)?.name?.[lang] ?? rule(one.to ? sides.to : sides.from, one), 1, sides)) },
    { id: 'exceptions', items: comparison.exceptions.map((one) => item(one, exceptionTitle((one.to ?? one.from)!, sides), 1, sides, inExceptionTitle)) },
    { id: 'definitions', items: whole(comparison.definitions) },
    { id: 'prices', items: comparison.prices.map((one) => item(one, price(one), 2, sides)) },
    { id: 'limits', items: whole(comparison.limits) },
    { id: 'duties', items: comparison.duties.map((one) => item(one, (one.to ?? one.from)!.text[lang], 1, sides)) },
    { id: 'terms', items: whole(comparison.terms) },
    { id: 'rest', items: whole(comparison.rest) },
  ]
  return sections.filter(({ items }) => items.length > 0)
}

/** That one of two adopted editions is withdrawn: their files differ in nothing there. */
function onlyOneWithdrawn({ from, to, withdrawn }: Sides): Difference[] {
  const is = (edition: Edition): boolean => withdrawn?.has(edition.id) ?? false
  return from.status === to.status && is(from) !== is(to) ? [{ is: 'changed', path: ['status'], from: from.status, to: to.status }] : []
}

/** Which unit does otherwise and when: `Kallion koulu, 1.1.2027–31.12.2027`. */
function exceptionTitle({ unit, validFrom, validTo }: UnitException, { lang, unit: named }: Sides): string {
  const [t, f] = [translators[lang], formats[lang]]
  const day = (date: string): string => f.fullDate(f.ofDate(date))
  return `${named?.(unit) ?? unit}, ${t('rules.exceptions.time', { from: day(validFrom), to: day(validTo) })}`
}

const inTitle = ['id', 'class', 'group', 'band', 'unit', 'supervision']
const inExceptionTitle = ['id', 'unit', 'validFrom', 'validTo']

/** What an item that is new or gone says beside its title, or what of it has changed. */
function item<Item extends object>(change: ItemChange<Item>, title: string, depth: number, sides: Sides, titled: readonly string[] = inTitle): Told {
  const { moved } = change
  const t = translators[sides.lang]
  const changed = change.differences.filter(({ path, is }) => is !== 'moved' && path.length > depth + 1)
  const shown = change.is === 'changed' ? changed
    : Object.entries((change.to ?? change.from)!).filter(([key]) => !titled.includes(key))
      .map(([key, value]): Difference => change.is === 'added' ? { is: 'added', path: [key], to: value } : { is: 'removed', path: [key], from: value })
  return {
    title,
    is: change.is === 'changed' && changed.length === 0 ? 'moved' : change.is,
    note: moved && t('desk.rules.moved', { from: moved.from, to: moved.to }),
    rows: shown.map((one) => row(one, change.is === 'changed' ? one.path.slice(depth + 1) : one.path, sides, change)),
  }
}

/** A whole item of a list that is new or gone is told field by field. */
function rowsOf(one: Difference, sides: Sides): Row[] {
  const value: unknown = one.is === 'added' ? one.to : one.is === 'removed' ? one.from : null
  if (one.path.length < 2 || typeof value !== 'object' || value === null || !('id' in value)) return [row(one, one.path, sides)]
  return Object.entries(value).filter(([key]) => key !== 'id').map(([key, inner]): Row => {
    const path = [...one.path, key]
    return row(one.is === 'added' ? { is: 'added', path, to: inner } : { is: 'removed', path, from: inner }, path, sides)
  })
}

/** One difference; `item` is what it is of, before and after. */
function row(one: Difference, path: readonly string[], sides: Sides, item: { from: object | null; to: object | null } | null = null): Row {
  const term = placeWords(path, sides.lang)
  const words = (side: 'from' | 'to'): string | null => {
    if (!(side in one)) return null
    if (path[0] === 'status' && sides.withdrawn?.has(sides[side].id)) return translators[sides.lang]('desk.rules.state.withdrawn')
    const until = item?.[side] && 'validTo' in item[side] ? item[side].validTo as string | null : null
    return valueWords((one as { from?: unknown; to?: unknown })[side], one.path, { ...sides, edition: sides[side], until })
  }
  const [from, to] = [words('from'), words('to')]
  const many = (text: string | null): boolean => text !== null && text.includes('\n')
  return { term, from, to, ...(one.is === 'changed' && from !== null && to !== null && (many(from) || many(to)) ? { lines: lineChanges(from, to) } : {}) }
}
