import type { Edition } from './edition.ts'
import type { ProofFault, TextLanguage } from './proof-fault.ts'

const wanted = ['fi', 'sv', 'en', 'plain'] as const satisfies readonly TextLanguage[]
/** Plain Finnish may say a thing like Finnish does; no other two languages do. */
const apart = [['fi', 'sv'], ['fi', 'en'], ['sv', 'en'], ['plain', 'sv'], ['plain', 'en']] as const satisfies [TextLanguage, TextLanguage][]

/** Texts that are not there in some language, or were left in the words of another; and charge rules that have no name. */
export function textFaults({ later: _, ...edition }: Edition): ProofFault[] {
  return [...textsIn(edition, ''), ...namesMissing(edition)].flatMap(({ path, text }) => {
    const languages = wanted.filter(language => !text[language]?.trim())
    return [
      ...(languages.length > 0 ? [{ code: 'text-missing', path, languages, example: null } as const] : []),
      ...apart.flatMap(([one, other]): ProofFault[] => {
        const there = new Set(lines(text[other]))
        const line = lines(text[one]).find(copy => words(copy) > 3 && there.has(copy))
        return line === undefined ? [] : [{ code: 'text-copied', path, languages: [one, other], line, example: null }]
      }),
    ]
  })
}

/** A draft may leave a rule without a name, but where it is passed over nothing else says what it is. */
const namesMissing = (edition: Pick<Edition, 'chargeRules' | 'exceptions'>) => (['chargeRules', 'exceptions'] as const).flatMap(list =>
  edition[list].flatMap((rule, at): { path: string; text: Texts }[] => rule.name ? [] : [{ path: `${list}.${at}.name`, text: {} }]))

type Texts = { [language in TextLanguage]?: string }

function textsIn(value: unknown, path: string): { path: string; text: Texts }[] {
  if (typeof value !== 'object' || value === null) return []
  if (!Array.isArray(value) && wanted.some(language => language in value)) return [{ path, text: value }]
  return Object.entries(value).flatMap(([key, part]) => textsIn(part, path === '' ? key : `${path}.${key}`))
}

const lines = (text = '') => text.split('\n').map(line => line.trim())
const words = (line: string) => line.split(/[\s–-]+/).filter(word => /\p{L}/u.test(word)).length
