import { formats } from '../platform/i18n/format.ts'
import { isKey, translators, type Key } from '../platform/i18n/messages.ts'
import type { Language, PlainText } from '../platform/i18n/text.ts'
import { conditionWords } from './condition-words-pages.ts'
import type { Condition } from './condition.ts'
import { classWords } from './edition-view-pages.ts'
import type { EditionFile } from './edition.ts'
import { editionJsonSchema } from './edition-json.ts'
import { isEntryList, type EntryList } from './entries.ts'
import { partExamples } from './part-examples.ts'
import { jsonParts, type JsonPart } from './parts.ts'
import { fieldWords, valueWords, type Telling } from './value-words-pages.ts'

/** An entry of a part as it is read: `id` as the file calls it, what it says, and each of its other fields in words. */
export type EntryReading = { id: string; title: string; text: string | null; facts: { term: string; text?: string; list?: string[] }[] }
/** A list of a part; `list` names it where its entries have a form. */
export type ListReading = { key: string; heading: string; list: EntryList | null; entries: EntryReading[]; forms?: 'prices' }

const headings: Partial<Record<keyof EditionFile, Key>> = {
  applicantGroups: 'rules.section.applicants', purposes: 'rules.purposes', seasons: 'rules.limits.seasons', lengths: 'rules.limits.lengths',
  leadTimes: 'rules.limits.leadTimes', cancellations: 'rules.section.cancelling', consequences: 'rules.section.conduct', sanctions: 'rules.conduct.sanctions',
  vatRates: 'desk.rules.field.vat',
}

/** What a list of a part is called. */
export function listHeading(part: JsonPart, path: readonly string[], lang: Language): string {
  const t = translators[lang]
  const inner = path.length > 1 ? `desk.rules.part.tariff.${path.at(-1)}` : headings[path[0] as keyof EditionFile]
  return inner !== undefined && isKey(inner) ? t(inner) : t(`desk.rules.part.${part}`)
}

/** What a part says, list by list, in the reader's language. */
export function partReading(part: JsonPart, telling: Telling): ListReading[] {
  const { edition, lang } = telling
  return jsonParts[part].flatMap((key): ListReading[] => {
    if (key === 'definitions') return [{ ...head(key), entries: Object.entries(edition.definitions).map(([id, when]) => ({ id, title: '', text: sentence(conditionWords(when, telling)), facts: [] })) }]
    if (key === 'priceList') return tariffReading(telling)
    const entries: readonly object[] = edition[key]
    return [{ ...head(key), entries: entries.map((one) => entryReading([key], one as Entry, telling)) }]
  })

  function head(key: keyof EditionFile): Omit<ListReading, 'entries'> {
    return { key, heading: listHeading(part, [key], lang), list: isEntryList(key) ? key : null }
  }
}

/** The parts of the price list: its prices have a form of their own. */
function tariffReading(telling: Telling): ListReading[] {
  const { groups, classes, bands } = telling.edition.priceList
  const reading = (key: string, entries: EntryReading[]): ListReading => ({ key: `priceList.${key}`, heading: listHeading('tariff', ['priceList', key], telling.lang), list: null, entries })
  const sizes = [...new Set(classes.map(({ id }) => id))]
  return [
    reading('groups', groups.map((one) => entryReading(['priceList', 'groups'], one, telling))),
    reading('classes', sizes.map((id) => ({ id, title: classWords(telling.edition, id, telling.lang), text: null, facts: [] }))),
    ...(bands.length ? [reading('bands', bands.map((one) => entryReading(['priceList', 'bands'], one, telling)))] : []),
    { ...reading('prices', []), forms: 'prices' },
  ]
}

type Entry = { id: string; text?: PlainText; name?: PlainText; unit?: string; validFrom?: string }

/** The facts that a list or an entry is called by already. */
const told = ['id', 'text', 'name']

export function entryReading(path: readonly string[], entry: Entry, telling: Telling): EntryReading {
  const { lang } = telling
  const [list] = path
  const fixed = list === 'applicantGroups' ? `rulebook.applicant.${entry.id}` : `rulebook.purpose.${entry.id}`
  const named = (list === 'applicantGroups' || list === 'purposes') && isKey(fixed) ? translators[lang](fixed) : ''
  return {
    id: entry.id, title: entry.name?.[lang] ?? named, text: entry.text?.[lang] ?? null,
    facts: Object.entries(entry).filter(([name, value]) => !told.includes(name) && value !== undefined)
      .map(([name, value]) => ({ term: sentence(fieldWords(name, lang)), ...factOf([...path, entry.id, name], value, entry, telling) })),
  }
}

function factOf(path: readonly string[], value: unknown, { validFrom }: Entry, telling: Telling): { text?: string; list?: string[] } {
  const { edition, lang } = telling
  const name = path.at(-1)
  if (name === 'duties' || name === 'excludes') return { list: (value as string[]).map((id) => edition.duties.find((duty) => duty.id === id)?.text[lang] ?? id) }
  if (name === 'when') return { text: sentence(conditionWords(value as Condition, telling)) }
  if (typeof value === 'string' && /^\d\d-\d\d$/.test(value)) return { text: formats[lang].shortDate(formats[lang].ofDate(`2024-${value}`)) }
  const until = validFrom === undefined ? {} : { until: null }
  return { text: valueWords(value, path, { ...telling, ...until }) }
}

/** Begun with a capital, as a line of its own. */
const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`

/** What helps who writes a part as a file: what it says now, its fields, an entry of each list to start from, and where its schema is. */
export function partHelp(part: JsonPart, telling: Telling, unit: string) {
  const properties = editionJsonSchema('').properties as Record<string, Schema>
  const examples = partExamples(telling.edition, part, unit).map(({ path, name, entry }) => ({
    key: path.join('.'), heading: listHeading(part, path, telling.lang), json: JSON.stringify(name === undefined ? entry : { [name]: entry }, null, 2),
  }))
  const lists = part === 'tariff' ? [...Object.keys(telling.edition.priceList).map((key) => ['priceList', key]), ['vatRates']] : jsonParts[part].map((key) => [key])
  return {
    reading: partReading(part, telling),
    fields: lists.map((path) => ({ key: path.join('.'), heading: listHeading(part, path, telling.lang), fields: fieldMeanings(path, properties, telling) })).filter(({ fields }) => fields.length > 0),
    examples,
    schema: `/api/v1/rules/schema#/properties/${jsonParts[part][0]}`,
  }
}

/** One field of a part's entries, for who writes the file: `values` are the words that it may hold, with what each means. */
export type FieldMeaning = { name: string; words: string; needed: boolean; values: { value: string; words: string }[] }

type Schema = { $ref?: string; type?: string; enum?: string[]; items?: Schema; properties?: Record<string, Schema>; required?: string[]; anyOf?: Schema[]; allOf?: Schema[] }

/** What the entries of a list consist of, as the schema of an edition (`properties`) has it. */
export function fieldMeanings(path: readonly string[], properties: Record<string, Schema>, telling: Telling): FieldMeaning[] {
  const [first = '', ...inner] = path
  const list = inner.reduce<Schema | undefined>((at, name) => at?.properties?.[name], properties[first])
  return list?.items ? meaningsOf(list.items, path, telling) : []
}

function meaningsOf(schema: Schema, path: readonly string[], telling: Telling, before = ''): FieldMeaning[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]): FieldMeaning[] => {
    const values = field.enum ?? field.items?.enum ?? []
    const own: FieldMeaning = {
      name: `${before}${name}`, words: sentence(fieldWords(name, telling.lang)), needed: schema.required?.includes(name) ?? false,
      values: values.map((value) => ({ value, words: choiceWords(value, [...path, name], telling) })),
    }
    return [own, ...meaningsOf(field.items ?? {}, path, telling, `${own.name}.`)]
  })
}

function choiceWords(value: string, path: readonly string[], telling: Telling): string {
  const [list] = path
  const fixed = list === 'applicantGroups' ? `rulebook.applicant.${value}` : `rulebook.purpose.${value}`
  return path.at(-1) === 'id' && isKey(fixed) ? translators[telling.lang](fixed) : valueWords(value, path, telling)
}
