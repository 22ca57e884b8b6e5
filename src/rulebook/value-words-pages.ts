import { formats } from '../platform/i18n/format.ts'
import { isKey, translators } from '../platform/i18n/messages.ts'
import type { Language } from '../platform/i18n/text.ts'
import { conditionWords } from './condition-words-pages.ts'
import type { Condition } from './condition.ts'
import { classWords } from './edition-view-pages.ts'
import type { Edition } from './edition.ts'
import { partOf } from './parts.ts'
import { vatRate } from './price.ts'

/** Whose values are told: an edition's, in a language; `unit` names a unit by its slug; `until` is the last local date of what is told, null while it has none. */
export type Telling = { edition: Edition; lang: Language; unit?: ((slug: string) => string) | undefined; until?: string | null }

const tongues: readonly string[] = ['fi', 'sv', 'en', 'plain']

/** The words of a field, for instance of `holdMinutes`; one without words by its own name. */
export function fieldWords(name: string, lang: Language): string {
  const key = `desk.rules.field.${name}`
  return isKey(key) ? translators[lang](key) : name
}

/** Where in a file something stands, in words; ids of items only where nothing else tells them apart. */
export function placeWords(path: readonly string[], lang: Language): string {
  const t = translators[lang]
  const last = path.at(-1)!
  const inText = path.length > 1 && tongues.includes(last)
  const named = inText ? path.slice(0, -1) : path
  return inText ? `${fieldsWords(named, lang)} (${t(`desk.rules.tongue.${last as Language | 'plain'}`)})` : fieldsWords(named, lang)
}

function fieldsWords(path: readonly string[], lang: Language): string {
  const t = translators[lang]
  const [first = '', ...inner] = path
  if (first === 'definitions') return inner.join(', ')
  if (first === 'limits' || first === 'terms') return fieldWords(inner.at(-1) ?? first, lang)
  const part = isKey(`desk.rules.field.${first}`) ? null : partOf(first)
  const list = part ? t(`desk.rules.part.${part}`) : fieldWords(first, lang)
  const named = `rules.procedure.review.${inner.join('.')}`
  const rest = first === 'review' && isKey(named) ? t(named) : inner.map((name) => fieldWords(name, lang)).join(', ')
  return rest === '' ? list : `${list}: ${rest}`
}

type Texts = Record<Language, string>
const isText = (value: object): value is Texts => 'fi' in value && 'plain' in value

/** What a field says, in words; `path` ends in its name. */
export function valueWords(value: unknown, path: readonly string[], telling: Telling): string {
  const { lang, edition } = telling
  const [t, f] = [translators[lang], formats[lang]]
  const last = path.at(-1)!
  if (value === null) return t(last === 'validTo' ? 'desk.rules.openEnd' : 'desk.rules.none')
  if (last === 'when' || (path[0] === 'definitions' && path.length === 2)) return conditionWords(value as Condition, { lang, edition })
  if (typeof value === 'boolean') return t(value ? 'bookings.form.yes' : 'bookings.form.no')
  if (typeof value === 'number') return numberWords(value, path, telling)
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\d$/.test(value) ? f.fullDate(f.ofDate(value)) : nameWords(value, path, telling)
  if (Array.isArray(value)) return value.length === 0 ? t('desk.rules.none') : value.map((one) => valueWords(one, path, telling)).join(typeof value[0] === 'object' ? '; ' : ', ')
  if (isText(value as object)) return (value as Texts)[lang]
  return Object.entries(value as object).map(([name, inner]) => `${fieldWords(name, lang)}: ${valueWords(inner, [...path, name], telling)}`).join('; ')
}

/** The midnight in Helsinki on which a Monday begins. */
const monday = Date.UTC(2023, 11, 31, 22)
const [minuteMs, dayMs] = [60_000, 86_400_000]

function numberWords(value: number, path: readonly string[], { lang }: Telling): string {
  const f = formats[lang]
  const last = path.at(-1)!
  if (last === 'centsPerHour' || last === 'cents') return f.money(value)
  if (last === 'percent' || last === 'rate') return `${f.number(value)}${lang === 'en' ? '%' : ' %'}`
  if (last === 'belowM2') return `${f.number(value)} m²`
  if (path.includes('bands') && last === 'weekdays') return f.weekdayShort(monday + (value - 1) * dayMs)
  if (path.includes('bands') && (last === 'from' || last === 'to')) return f.time(monday + value * minuteMs)
  return f.number(value)
}

const supervision = (value: string): string => `site.supervision.${value}`
const ownChoice = (value: string): string => `desk.rules.value.${value}`
/** The words of choices, by the field that holds them. */
const choices: Record<string, (value: string) => string> = {
  charge: (value) => `site.charge.${value}`,
  mode: supervision, modes: supervision, supervision,
  kinds: (value) => `spaces.kind.${value}`,
  phase: (value) => `spaces.duties.${value}`,
  pricedOn: (value) => `desk.rules.pricedOn.${value}`,
  status: (value) => `desk.rules.status.${value}`,
  whose: ownChoice, within: ownChoice, per: ownChoice, of: ownChoice, step: ownChoice,
}

function nameWords(value: string, path: readonly string[], telling: Telling): string {
  const { edition, lang, unit, until } = telling
  const last = path.at(-1)!
  const { groups, bands } = edition.priceList
  if (last === 'priceClass' || last === 'group') return groups.find(({ id }) => id === value)?.text[lang] ?? value
  if (last === 'band') return bands.find(({ id }) => id === value)?.text[lang] ?? value
  if (last === 'class') return classWords(edition, value, lang)
  if (last === 'vat' && edition.vatRates.some(({ id }) => id === value)) return numberWords(vatRate(edition, value, until ?? '9999-12-31'), ['rate'], telling)
  if (last === 'unit') return unit?.(value) ?? value
  const key = choices[last]?.(value) ?? ''
  return isKey(key) ? translators[lang](key) : value
}
