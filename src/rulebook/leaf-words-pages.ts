import { formats } from '../platform/i18n/format.ts'
import type { Key, Translate } from '../platform/i18n/messages.ts'
import { plainly, translators } from '../platform/i18n/messages.ts'
import type { Language } from '../platform/i18n/text.ts'
import type { Leaf } from './condition.ts'
import type { Edition } from './edition.ts'
import type { FactName, Facts } from './facts.ts'

/** Whose words: the language, plain Finnish instead of Finnish where that is asked for, and what the edition calls young. */
export type Telling = { lang: Language; edition: Pick<Edition, 'definitions' | 'limits'>; plain?: boolean }

/** The texts of a language, or those of plain Finnish. */
export const voiceOf = ({ lang, plain }: Pick<Telling, 'lang' | 'plain'>): Translate => (plain ? plainly : translators[lang])

/** For instance `this, that or those`; parts with commas of their own are told apart by semicolons. */
export const listed = (parts: readonly string[], joiner: string): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(parts.some((part) => part.includes(',')) ? '; ' : ', ')}${joiner}${parts.at(-1)}`

/** How many things a comparison says: the values of a choice, or the bounds of an amount. */
export const saidBy = (leaf: Leaf): number =>
  'in' in leaf ? leaf.in.length : 'has' in leaf ? leaf.has.length : Object.keys(leaf).length - 1

export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('fi') + text.slice(1)

const known = new WeakMap<Leaf, Map<string, string>>()

/** One comparison in words, or its opposite. A comparison belongs to one edition, so its words are found once. */
export function leafWords(leaf: Leaf, negated: boolean, telling: Telling): string {
  let words = known.get(leaf)
  if (!words) known.set(leaf, words = new Map<string, string>())
  const key = `${telling.plain ? 'plain' : telling.lang} ${negated}`
  let said = words.get(key)
  if (said === undefined) words.set(key, said = wordsOf(leaf, negated, telling))
  return said
}

function wordsOf(leaf: Leaf, negated: boolean, telling: Telling): string {
  const t = voiceOf(telling)
  const { edition } = telling
  if ('is' in leaf) return t(`rulebook.word.${subjectOf(leaf)}.${leaf.is !== negated ? 'yes' : 'no'}` as Key)
  if ('in' in leaf || 'has' in leaf) {
    const values = 'in' in leaf ? leaf.in : leaf.has
    const said = listed(values.map((value) => valueWords(subjectOf(leaf), value, telling)), t('rulebook.word.or'))
    if (inOwnWords.includes(subjectOf(leaf))) return t(`rulebook.word.${subjectOf(leaf)}.${negated ? 'no' : 'yes'}` as Key, { values: said })
    const what = t(`rulebook.word.${subjectOf(leaf)}` as Key)
    return t(!negated ? 'rulebook.word.is' : 'in' in leaf ? 'rulebook.word.isNot' : 'rulebook.word.hasNot', { what, values: said })
  }
  const what = t(`rulebook.word.${subjectOf(leaf)}` as Key, { age: edition.limits.youthUnder })
  const bounds = (['atLeast', 'moreThan', 'atMost', 'below'] as const).flatMap((bound) => {
    const amount = leaf[bound]
    return amount === undefined ? [] : [t(`rulebook.word.${negated ? opposites[bound] : bound}`, { what, amount: amountWords(subjectOf(leaf), amount, telling) })]
  })
  return bounds.join(t(negated ? 'rulebook.word.or' : 'rulebook.word.and'))
}

/** Of these nobody says "as": it is "a company as applicant", but "alcohol included". */
const inOwnWords: readonly string[] = ['activities', 'association', 'space.approval']

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
  'space.approval': (value) => `rulebook.word.approver.${value}`,
}

function valueWords(subject: string, value: string, telling: Telling): string {
  const name = voiceOf(telling)(names[subject]!(value) as Key)
  return name.charAt(0).toLocaleLowerCase(telling.lang) + name.slice(1)
}

const isShare = (subject: string): boolean => subject === 'youthShare' || subject === 'localShare'

function amountWords(subject: string, amount: number, { lang, plain }: Telling): string {
  const f = formats[lang]
  // Rule books write 0.6666; 66.7% would not be true of 20 people of 30.
  if (isShare(subject) && !plain && Math.abs(amount - 2 / 3) < 0.001) return translators[lang]('rulebook.word.twoThirds')
  if (isShare(subject)) return plain ? plainShare(amount) : `${f.number(Math.round(amount * 1000) / 10)}${lang === 'en' ? '%' : '\u00a0%'}`
  return subject === 'space.areaM2' ? `${f.number(amount)} m²` : f.number(amount)
}

const fractions = [
  [1 / 4, 'rulebook.plain.share.quarter'], [1 / 3, 'rulebook.plain.share.third'], [1 / 2, 'rulebook.plain.share.half'],
  [2 / 3, 'rulebook.plain.share.twoThirds'], [3 / 4, 'rulebook.plain.share.threeQuarters'],
] as const

/** Per cents are hard to read: a usual fraction by its name, others as so many of a hundred. */
function plainShare(share: number): string {
  const named = fractions.find(([fraction]) => Math.abs(share - fraction) < 0.001)
  return named ? plainly(named[1]) : plainly('rulebook.plain.share.hundredths', { count: formats.fi.number(Math.round(share * 1000) / 10) })
}

/** What was said of a fact, in words; null when nothing was. */
export function factWords(fact: FactName, facts: Facts, telling: Telling): { term: string; text: string } | null {
  const t = voiceOf(telling)
  const value = facts[fact]
  const term = t(`rulebook.said.${fact}`, { age: telling.edition.limits.youthUnder })
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return null
  if (typeof value === 'boolean') return { term, text: t(value ? 'bookings.form.yes' : 'bookings.form.no') }
  if (typeof value === 'number') {
    if (telling.plain && isShare(fact) && (value === 0 || value === 1)) return { term, text: plainly(value ? 'rulebook.plain.share.all' : 'rulebook.plain.share.none') }
    return { term, text: amountWords(fact, value, telling) }
  }
  const values = typeof value === 'string' ? [value] : value
  return { term, text: values.map((one) => valueWords(fact, one, telling)).join(', ') }
}
