/** Text in languages is one value. `fi` may be missing where only a Swedish name exists (rulings 28). */
export const languages = ['fi', 'sv', 'en'] as const
export type Language = (typeof languages)[number]

export type Text = { fi?: string; sv?: string; en?: string }
/** A rule's sentence: the three languages and plain Finnish (selkosuomi). */
export type PlainText = { fi: string; sv: string; en: string; plain: string }

const fallbacks: Record<Language, readonly Language[]> = {
  fi: ['fi', 'sv', 'en'],
  sv: ['sv', 'fi', 'en'],
  en: ['en', 'fi', 'sv'],
}

/** The text in the wanted language, or in the next best one; `lang` says which, so that the page can mark it. */
export function textIn(text: Text, wanted: Language): { text: string; lang: Language } {
  for (const lang of fallbacks[wanted]) {
    const found = text[lang]
    if (found) return { text: found, lang }
  }
  return { text: '', lang: wanted }
}
