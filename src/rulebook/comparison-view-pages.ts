import { formats } from '../platform/i18n/format.ts'
import { isKey, translators } from '../platform/i18n/messages.ts'
import type { Language } from '../platform/i18n/text.ts'
import type { Comparison, ItemChange } from './comparison.ts'
import { conditionWords } from './condition-words-pages.ts'
import type { Condition } from './condition.ts'
import type { Difference } from './differences.ts'
import type { ChargeRule, Edition, EditionFile } from './edition.ts'
import { lineChanges, type LineChange } from './line-changes.ts'

/** One thing that differs, in words: before and after, null where there is none; or a longer text line by line. */
export type Row = { term: string; from: string | null; to: string | null; lines?: LineChange[] }
export type Told = { title: string; is: 'added' | 'removed' | 'changed' | 'moved'; note: string | null; rows: Row[] }
export type ComparisonView = { id: keyof Comparison; items: Told[] }[]
type Sides = { from: Edition; to: Edition; lang: Language }

/** A comparison in the reader's language, without the sections that say nothing. */
export function comparisonView(comparison: Comparison, sides: Sides): ComparisonView {
  const { lang } = sides
  const t = translators[lang]
  const whole = (found: readonly Difference[]): Told[] => found.length === 0 ? [] : [{ title: '', is: 'changed', note: null, rows: found.map((one) => row(one, one.path, sides)) }]
  const price = ({ from, to }: Comparison['prices'][number]): string => {
    const one = (to ?? from)!
    const group = [...sides.to.priceList.groups, ...sides.from.priceList.groups].find(({ id }) => id === one.group)?.text[lang] ?? one.group
    const narrow = [one.unit, one.band, one.supervision && t(`site.supervision.${one.supervision}`)].filter(Boolean)
    return [one.class, group, ...narrow].join(', ')
  }
  const rule = (edition: EditionFile, { id, from, to }: ItemChange<ChargeRule>): string => `${edition === sides.from ? from?.text[lang] : to?.text[lang]}` || id
  const sections: ComparisonView = [
    { id: 'general', items: whole(comparison.general.filter(({ path }) => path[0] !== 'id')) },
    { id: 'rules', items: comparison.rules.map((one) => item(one, (one.to ?? one.from)?.name?.[lang] ?? rule(one.to ? sides.to : sides.from, one), 1, sides)) },
    { id: 'definitions', items: whole(comparison.definitions) },
    { id: 'prices', items: comparison.prices.map((one) => item(one, price(one), 2, sides)) },
    { id: 'limits', items: whole(comparison.limits) },
    { id: 'duties', items: comparison.duties.map((one) => item(one, (one.to ?? one.from)!.text[lang], 1, sides)) },
    { id: 'terms', items: whole(comparison.terms) },
    { id: 'rest', items: whole(comparison.rest) },
  ]
  return sections.filter(({ items }) => items.length > 0)
}

/** What an item that is new or gone says, or what of it has changed. */
function item<Item extends object>(change: ItemChange<Item>, title: string, depth: number, sides: Sides): Told {
  const { moved } = change
  const t = translators[sides.lang]
  const changed = change.differences.filter(({ path, is }) => is !== 'moved' && path.length > depth + 1)
  const shown = change.is === 'changed' ? changed
    : Object.entries((change.to ?? change.from)!).filter(([key]) => !['id', 'class', 'group', 'band', 'unit', 'supervision'].includes(key))
      .map(([key, value]): Difference => change.is === 'added' ? { is: 'added', path: [key], to: value } : { is: 'removed', path: [key], from: value })
  return {
    title,
    is: change.is === 'changed' && changed.length === 0 ? 'moved' : change.is,
    note: moved && t('desk.rules.moved', { from: moved.from, to: moved.to }),
    rows: shown.map((one) => row(one, change.is === 'changed' ? one.path.slice(depth + 1) : one.path, sides)),
  }
}

function row(one: Difference, path: readonly string[], sides: Sides): Row {
  const term = termOf(path, sides.lang)
  const words = (side: 'from' | 'to'): string | null =>
    side in one ? valueWords((one as { from?: unknown; to?: unknown })[side], one.path, sides[side], sides.lang) : null
  const [from, to] = [words('from'), words('to')]
  const many = (text: string | null): boolean => text !== null && text.includes('\n')
  return { term, from, to, ...(one.is === 'changed' && from !== null && to !== null && (many(from) || many(to)) ? { lines: lineChanges(from, to) } : {}) }
}

const tongues: Record<string, string> = { fi: 'fi', sv: 'sv', en: 'en', plain: 'plain' }

function termOf(path: readonly string[], lang: Language): string {
  const t = translators[lang]
  const last = path.at(-1)!
  const inText = path.length > 1 && last in tongues
  const named = inText ? path.slice(0, -1) : path
  const key = `desk.rules.field.${named.at(-1)}`
  const name = named.length <= 2 && isKey(key) ? t(key) : named.join('.')
  return inText ? `${name} (${t(`desk.rules.tongue.${last as 'fi' | 'sv' | 'en' | 'plain'}`)})` : name
}

const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text)
type Texts = Record<Language, string>
const isText = (value: unknown): value is Texts => typeof value === 'object' && value !== null && 'fi' in value && 'plain' in value

function valueWords(value: unknown, path: readonly string[], edition: Edition, lang: Language): string {
  const [t, f] = [translators[lang], formats[lang]]
  const last = path.at(-1)!
  if (value === null) return t(last === 'validTo' ? 'desk.rules.openEnd' : 'desk.rules.none')
  if (last === 'when' || (path[0] === 'definitions' && path.length === 2)) return conditionWords(value as Condition, { lang, edition })
  if (last === 'charge') return t(`site.charge.${value as ChargeRule['charge']}`)
  if (last === 'priceClass') return edition.priceList.groups.find(({ id }) => id === value)?.text[lang] ?? String(value)
  if (last === 'centsPerHour' || last === 'cents') return f.money(value as number)
  if (last === 'pricedOn') return t(`desk.rules.pricedOn.${value as Edition['pricedOn']}`)
  if (last === 'status') return t(`desk.rules.status.${value as Edition['status']}`)
  if (last === 'decision') return (value as NonNullable<Edition['decision']>).number
  if (isText(value)) return value[lang]
  if (typeof value === 'number') return f.number(value)
  if (typeof value === 'string') return isDate(value) ? f.fullDate(f.ofDate(value)) : value
  return JSON.stringify(value, null, 1)
}
