import { formats } from '../platform/i18n/format.ts'
import type { Key } from '../platform/i18n/messages.ts'
import { translators } from '../platform/i18n/messages.ts'
import type { Language } from '../platform/i18n/text.ts'
import type { Condition, Leaf } from './condition.ts'
import type { Edition } from './edition.ts'
import type { FactName, Facts } from './facts.ts'

/** Whose words: the language, and what the edition calls young. */
export type Telling = { lang: Language; edition: Pick<Edition, 'definitions' | 'limits'> }

/** A condition in words, named conditions spelled out: `väkeä vähintään 200 ja varaaja: yritys`. */
export function conditionWords(condition: Condition, telling: Telling, negated = false): string {
  const t = translators[telling.lang]
  if ('defined' in condition) return conditionWords(telling.edition.definitions[condition.defined]!, telling, negated)
  if ('not' in condition) return conditionWords(condition.not, telling, !negated)
  if (!('all' in condition) && !('any' in condition)) return leafWords(condition, negated, telling)
  const parts = 'all' in condition ? condition.all : condition.any
  const [only] = parts
  if (!only) return t(negated ? 'rulebook.word.never' : 'rulebook.word.always')
  if (parts.length === 1) return conditionWords(only, telling, negated)
  // What is neither this nor that is not this and not that.
  const together = ('all' in condition) !== negated
  const said = parts.map((part) => {
    const words = conditionWords(part, telling, negated)
    return isGroup(part, telling.edition.definitions) ? `(${words})` : words
  })
  return said.join(t(together ? 'rulebook.word.and' : 'rulebook.word.or'))
}

/** Whether a part says several things, so that it needs brackets among others. */
function isGroup(part: Condition, definitions: Edition['definitions']): boolean {
  if ('defined' in part) return isGroup(definitions[part.defined]!, definitions)
  if ('not' in part) return isGroup(part.not, definitions)
  return ('all' in part && part.all.length > 1) || ('any' in part && part.any.length > 1)
}

const known = new WeakMap<Leaf, Map<string, string>>()

/** One comparison in words, or its opposite. A comparison belongs to one edition, so its words are found once. */
export function leafWords(leaf: Leaf, negated: boolean, telling: Telling): string {
  let words = known.get(leaf)
  if (!words) known.set(leaf, words = new Map<string, string>())
  const key = `${telling.lang} ${negated}`
  let said = words.get(key)
  if (said === undefined) words.set(key, said = wordsOf(leaf, negated, telling))
  return said
}

function wordsOf(leaf: Leaf, negated: boolean, { lang, edition }: Telling): string {
  const t = translators[lang]
  if ('is' in leaf) return t(`rulebook.word.${subjectOf(leaf)}.${leaf.is !== negated ? 'yes' : 'no'}` as Key)
  if ('in' in leaf || 'has' in leaf) {
    const values = 'in' in leaf ? leaf.in : leaf.has
    const what = t(`rulebook.word.${subjectOf(leaf)}` as Key)
    return t(!negated ? 'rulebook.word.is' : 'in' in leaf ? 'rulebook.word.isNot' : 'rulebook.word.hasNot', { what, values: values.map((value) => valueWords(subjectOf(leaf), value, lang)).join(t('rulebook.word.or')) })
  }
  const what = t(`rulebook.word.${subjectOf(leaf)}` as Key, { age: edition.limits.youthUnder })
  const bounds = (['atLeast', 'moreThan', 'atMost', 'below'] as const).flatMap((bound) => {
    const amount = leaf[bound]
    return amount === undefined ? [] : [t(`rulebook.word.${negated ? opposites[bound] : bound}`, { what, amount: amountWords(subjectOf(leaf), amount, lang) })]
  })
  return bounds.join(t(negated ? 'rulebook.word.or' : 'rulebook.word.and'))
}

const opposites = { atLeast: 'below', moreThan: 'atMost', atMost: 'moreThan', below: 'atLeast' } as const

/** `people` of the wish and of the space are told apart. */
const subjectOf = (leaf: Leaf): string =>
  'fact' in leaf ? leaf.fact : 'outcome' in leaf ? 'outcome' : `space.${leaf.space}`

const names: Record<string, (value: string) => string> = {
  applicant: (value) => `rulebook.applicant.${value}`,
  purpose: (value) => `rulebook.purpose.${value}`,
  groups: (value) => `rulebook.group.${value}`,
  activities: (value) => `rulebook.activity.${value}`,
  association: (value) => `rulebook.association.${value}`,
  outcome: (value) => `site.supervision.${value}`,
  'space.supervision': (value) => `site.supervision.${value}`,
  'space.kind': (value) => `spaces.kind.${value}`,
  'space.unitKind': (value) => `spaces.unitKind.${value}`,
  'space.approval': (value) => `site.approval.${value}`,
}

function valueWords(subject: string, value: string, lang: Language): string {
  const name = translators[lang](names[subject]!(value) as Key)
  return name.charAt(0).toLocaleLowerCase(lang) + name.slice(1)
}

function amountWords(subject: string, amount: number, lang: Language): string {
  const f = formats[lang]
  if (subject === 'youthShare' || subject === 'localShare') return `${f.number(Math.round(amount * 1000) / 10)}${lang === 'en' ? '%' : '\u00a0%'}`
  return subject === 'space.areaM2' ? `${f.number(amount)} m²` : f.number(amount)
}

/** What was said of a fact, in words; null when nothing was. */
export function factWords(fact: FactName, facts: Facts, { lang, edition }: Telling): { term: string; text: string } | null {
  const t = translators[lang]
  const value = facts[fact]
  const term = t(`rulebook.said.${fact}`, { age: edition.limits.youthUnder })
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return null
  if (typeof value === 'boolean') return { term, text: t(value ? 'bookings.form.yes' : 'bookings.form.no') }
  if (typeof value === 'number') return { term, text: amountWords(fact, value, lang) }
  const values = typeof value === 'string' ? [value] : value
  return { term, text: values.map((one) => valueWords(fact, one, lang)).join(', ') }
}
