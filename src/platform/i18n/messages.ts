import { readFileSync } from 'node:fs'
import { IntlMessageFormat } from 'intl-messageformat'
import type fi from '../../messages/fi.json'
import type easy from '../../messages/plain.json'
import { root } from '../root.ts'
import { languages, type Language } from './text.ts'

export type Key = keyof typeof fi
export type Values = Record<string, string | number | boolean>
/** Texts that only plain Finnish has, beside those that it says in its own way. */
export type PlainKey = Extract<keyof typeof easy, `rulebook.plain.${string}`>
export type Translate = (key: Key, values?: Values) => string

type Message = string | ((values: Values | undefined) => string)

const [literal, argument] = [0, 1]

/** Most messages only put values between words; they need no more than that. */
function compiled(text: string, language: Language): Message {
  if (!/[{}']/.test(text)) return text
  const format = new IntlMessageFormat(text, language, undefined, { ignoreTag: true })
  const parts = format.getAst()
  if (!parts.every(({ type }) => type === literal || type === argument)) return remembering((values) => String(format.format(values)))
  const pieces = parts.map((part) => ({ is: part.type, value: (part as { value: string }).value }))
  return (values) => {
    let said = ''
    for (const { is, value } of pieces) said += is === literal ? value : given(values, value, text)
    return said
  }
}

const remembered = 1_000

/** A message that counts something remembers what it said last of numbers: a list says "30 people" on every page, and a plural costs ten microseconds. */
function remembering(say: (values: Values | undefined) => string): (values: Values | undefined) => string {
  const said = new Map<string, string>()
  return (values) => {
    let numbers = ''
    for (const name in values) {
      const value = values[name]
      if (typeof value !== 'number') return say(values)
      numbers += `${name}=${value};`
    }
    let text = said.get(numbers)
    if (text === undefined) {
      if (said.size >= remembered) said.clear()
      said.set(numbers, (text = say(values)))
    }
    return text
  }
}

function given(values: Values | undefined, name: string, text: string): string {
  const value = values?.[name]
  if (value === undefined) throw new Error(`no value ${name} for "${text}"`)
  return typeof value === 'boolean' ? '' : String(value)
}

/** Tags are plain text for us: the pages escape, and no message carries markup. */
function compile(language: Language, file: string = language): Map<string, Message> {
  const texts = JSON.parse(readFileSync(root('src/messages', `${file}.json`), 'utf8')) as Record<string, string>
  return new Map(
    Object.entries(texts).map(([key, text]) => [
      key, compiled(text, language),
    ]),
  )
}

const catalogues = Object.fromEntries(languages.map((language) => [language, compile(language)])) as Record<Language, Map<string, Message>>

const plainCatalogue = new Map([...catalogues.fi, ...compile('fi', 'plain')])

function translate(language: Language, key: string, values: Values | undefined, catalogue = catalogues[language]): string {
  const message = catalogue.get(key)
  if (message === undefined) {
    if (process.env['NODE_ENV'] === 'production') return key
    throw new Error(`no message ${key} in ${language}`)
  }
  return typeof message === 'string' ? message : message(values)
}

export const translators = Object.fromEntries(
  languages.map((language) => [language, (key: Key, values?: Values) => translate(language, key, values)]),
) as Record<Language, Translate>

/** Plain Finnish (selkosuomi): its own words for a text, or the Finnish ones where those are plain already. */
export const plainly = (key: Key | PlainKey, values?: Values): string => translate('fi', key, values, plainCatalogue)

/** Whether a key that was put together at run time exists. */
export const isKey = (key: string): key is Key => catalogues.fi.has(key)
