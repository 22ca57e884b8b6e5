import { formats } from '../platform/i18n/format.ts'
import { isKey, translators } from '../platform/i18n/messages.ts'
import type { Language } from '../platform/i18n/text.ts'
import type { FieldError } from '../platform/web/forms.ts'
import type { Fault } from './edition-fault.ts'

/** A fault of a file in the reader's language; `path` stays as the file has it, and is null of the whole; `place` says it in words. */
export type FaultLine = { path: string | null; place?: string; text: string }

export const faultLines = (faults: readonly Fault[], lang: Language): FaultLine[] =>
  faults.map((fault) => ({ path: fault.path || null, text: textOf(fault, lang) }))

const textOf = (fault: Fault, lang: Language): string => translators[lang](`desk.rules.wrong.${fault.code}`, valuesOf(fault, lang))

/** A fault as it stands at a field of a form. */
export const fieldFault = (field: string, fault: Fault, lang: Language): FieldError => ({ field, key: `desk.rules.wrong.${fault.code}`, values: valuesOf(fault, lang) })

const valuesOf = ({ values }: Fault, lang: Language): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, valueWords(name, String(value), lang)]))

/** What the file calls by a word of its own is called so; days, and kinds of value, as people say them. */
function valueWords(name: string, value: string, lang: Language): string {
  const [t, f] = [translators[lang], formats[lang]]
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return f.fullDate(f.ofDate(value))
  const key = `desk.rules.type.${value}`
  return name === 'expected' && isKey(key) ? t(key) : value
}
