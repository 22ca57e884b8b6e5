import { readFileSync } from 'node:fs'
import { IntlMessageFormat } from 'intl-messageformat'
import type fi from '../../messages/fi.json'
import { root } from '../root.ts'
import { languages, type Language } from './text.ts'

export type Key = keyof typeof fi
export type Values = Record<string, string | number | boolean>
export type Translate = (key: Key, values?: Values) => string

type Message = string | IntlMessageFormat

/** Tags are plain text for us: the pages escape, and no message carries markup. */
function compile(language: Language): Map<string, Message> {
  const texts = JSON.parse(readFileSync(root('src/messages', `${language}.json`), 'utf8')) as Record<string, string>
  return new Map(
    Object.entries(texts).map(([key, text]) => [
      key,
      /[{}']/.test(text) ? new IntlMessageFormat(text, language, undefined, { ignoreTag: true }) : text,
    ]),
  )
}

const catalogues = Object.fromEntries(languages.map((language) => [language, compile(language)])) as Record<Language, Map<string, Message>>

function translate(language: Language, key: string, values: Values | undefined): string {
  const message = catalogues[language].get(key)
  if (message === undefined) {
    if (process.env['NODE_ENV'] === 'production') return key
    throw new Error(`no message ${key} in ${language}`)
  }
  return typeof message === 'string' ? message : String(message.format(values))
}

export const translators = Object.fromEntries(
  languages.map((language) => [language, (key: Key, values?: Values) => translate(language, key, values)]),
) as Record<Language, Translate>

/** Whether a key that was put together at run time exists. */
export const isKey = (key: string): key is Key => catalogues.fi.has(key)
