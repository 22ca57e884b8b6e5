import { formats } from '../platform/i18n/format.ts'
import { translators } from '../platform/i18n/messages.ts'
import type { Language } from '../platform/i18n/text.ts'
import type { Edition } from './edition.ts'
import type { FactName } from './facts.ts'
import { factWords } from './leaf-words-pages.ts'
import type { Example, Proof, ProofFault } from './proof.ts'
import { valueWords } from './value-words-pages.ts'

/** A fault of an edition in words: of what kind, where, what, and the wish and the space that show it. */
export type FaultWords = { kind: string; path: string; text: string; example: { term: string; text: string }[] }

export const proofWords = ({ faults }: Proof, edition: Edition, lang: Language): FaultWords[] =>
  faults.map((fault) => ({ kind: translators[lang](`desk.rules.proof.kind.${kindOf(fault)}`), path: fault.path, text: faultText(fault, edition, lang), example: fault.example ? exampleWords(fault.example, edition, lang) : [] }))

const kinds = ['gap', 'contradiction', 'unreachable', 'duty', 'text', 'unused', 'size'] as const
type Kind = (typeof kinds)[number]

/** Only what is left without an answer is a gap; the rest is called what it is. */
function kindOf(fault: ProofFault): Kind {
  switch (fault.code) {
    case 'no-outcome':
    case 'no-supervision':
    case 'price-missing':
    case 'vat-missing':
      return 'gap'
    case 'price-twice':
    case 'vat-twice':
    case 'limits-contradict':
      return 'contradiction'
    case 'duties-contradict':
      return fault.why === 'excluded' ? 'contradiction' : 'duty'
    case 'contact-missing':
    case 'text-missing':
    case 'text-copied':
      return 'text'
    case 'unreachable':
    case 'unused':
      return fault.code
    case 'too-large':
      return 'size'
  }
}

/** How many faults of each kind there are, in words: `2 aukkoa, yksi ristiriita`. */
export function kindsFound({ faults }: Pick<Proof, 'faults'>, lang: Language): string {
  const found = faults.map(kindOf)
  return kinds.flatMap((kind) => {
    const count = found.filter((one) => one === kind).length
    return count ? [translators[lang](`desk.rules.proof.count.${kind}`, { count })] : []
  }).join('; ')
}

function faultText(fault: ProofFault, edition: Edition, lang: Language): string {
  const [t, f] = [translators[lang], formats[lang]]
  const words = (value: string | null | undefined, field: string): string[] => (value == null ? [] : [valueWords(value, [field], { edition, lang })])
  const day = (date: string): string => f.fullDate(f.ofDate(date))
  switch (fault.code) {
    case 'no-outcome':
    case 'no-supervision':
      return t(`desk.rules.proof.${fault.code}`)
    case 'unreachable':
      return fault.shadowedBy.length > 0
        ? t('desk.rules.proof.shadowed', { rule: fault.rule, others: fault.shadowedBy.join(', ') }) : t('desk.rules.proof.unreachable', { rule: fault.rule })
    case 'price-missing':
      return t('desk.rules.proof.price-missing', { size: words(fault.class, 'class')[0] ?? '–', group: words(fault.group, 'group').join(), date: day(fault.date) })
    case 'price-twice':
      return t('desk.rules.proof.price-twice', {
        size: [...words(fault.class, 'class'), ...words(fault.unit, 'unit'), ...words(fault.band, 'band'), ...words(fault.supervision, 'supervision')].join('; '),
        group: words(fault.group, 'group').join(), date: day(fault.date),
      })
    case 'vat-missing':
    case 'vat-twice':
      return t(`desk.rules.proof.${fault.code}`, { rate: fault.rate, date: day(fault.date) })
    case 'duties-contradict':
      return t(`desk.rules.proof.duties.${fault.why}`, { rule: fault.rule, duties: fault.duties.join(', ') })
    case 'limits-contradict':
      return t('desk.rules.proof.limits-contradict', { rules: fault.rules.join(', '), least: fault.atLeast, most: fault.atMost })
    case 'contact-missing':
      return t('desk.rules.proof.contact-missing', { rule: fault.rule })
    case 'text-missing':
      return t('desk.rules.proof.text-missing', { languages: fault.languages.map((one) => t(`desk.rules.tongue.${one}`)).join(', ') })
    case 'text-copied':
      return t('desk.rules.proof.text-copied', { languages: fault.languages.map((one) => t(`desk.rules.tongue.${one}`)).join(', '), line: fault.line })
    case 'unused':
      return t(`desk.rules.proof.unused.${fault.what}`, { name: fault.name })
    case 'too-large':
      return t('desk.rules.proof.too-large')
  }
}

function exampleWords({ facts, space, date }: Example, edition: Edition, lang: Language): FaultWords['example'] {
  const [t, f] = [translators[lang], formats[lang]]
  const said = (Object.keys(facts) as FactName[]).flatMap((fact) => factWords(fact, facts, { lang, edition }) ?? [])
  const modes = space.supervision.map((mode) => t(`site.supervision.${mode}`)).join(', ')
  const place = [t(`spaces.kind.${space.kind}`), `${f.number(space.areaM2)} m²`, t(`spaces.unitKind.${space.unitKind}`), space.unit, modes].filter(Boolean).join(', ')
  return [...said, { term: t('desk.rules.proof.space'), text: place }, ...(date ? [{ term: t('desk.rules.proof.date'), text: f.fullDate(f.ofDate(date)) }] : [])]
}
