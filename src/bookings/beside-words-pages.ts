import { formats } from '../platform/i18n/format.ts'
import type { Language } from '../platform/i18n/text.ts'
import { voiceOf } from '../rulebook/leaf-words-pages.ts'
import type { Quote } from '../rulebook/quote.ts'
import type { WholeWords } from '../rulebook/rules-before-words-pages.ts'
import type { Booking } from './store.ts'

/** What stands beside the rules: a price that an official gave, an official's refusal, or something other in the way of a wish. */
export type Beside = 'given' | 'declined' | 'obstacles'

/** An explanation, and where something beside the rules decided, what that was and what the rules alone would have given. */
export type ToldWords = WholeWords & { beside: string | null }

export const besideOf = ({ state, decided: { given } }: Pick<Booking, 'state'> & { decided: Pick<Booking['decided'], 'given'> }): Beside | null =>
  state === 'declined' ? 'declined' : given ? 'given' : null

type Told = { beside: Beside | null; quote: Pick<Quote, 'charge' | 'totalCents' | 'approval'>; lang: Language; plain?: boolean }

/** Says nothing of what was decided that is only true of the rules: other facts would change their outcome, not an official's mind. */
export function besideRules(words: WholeWords, { beside, quote, lang, plain = false }: Told): ToldWords {
  if (beside === null) return { ...words, beside: null }
  const t = voiceOf({ lang, plain })
  const refusedToo = beside === 'obstacles' && quote.charge === 'not_allowed'
  const without = beside === 'obstacles' ? 'Without' : ''
  const said = [
    t(`rulebook.why.beside.${beside}`), outcome(),
    // Nothing is said of other facts where none would change anything.
    ...(words.changes.length ? [t(`rulebook.why.beside.changes${without}`)] : []),
  ]
  return {
    ...words,
    titles: {
      ...words.titles,
      ...(beside === 'given' || refusedToo ? {} : { facts: t('rulebook.why.rulesFacts'), decided: t('rulebook.why.rulesDecided') }),
      better: t('rulebook.why.rulesBetter'), changes: t('rulebook.why.rulesChanges'), assumed: t('rulebook.why.rulesAssumed'),
    },
    beside: refusedToo ? null : said.join(' '),
  }

  /** What the rules settled, and what they left to a person. */
  function outcome(): string {
    const { charge, totalCents, approval } = quote
    if (charge === 'needs_person') return t(`rulebook.why.beside.leftPrice${without}`)
    const price = formats[lang].money(totalCents ?? 0)
    const free = totalCents ? 'extras' : 'all'
    if (charge !== 'not_allowed' && approval === 'person') return t(`rulebook.why.beside.leftBooking${without}`, { price, free: charge === 'free' ? free : 'none' })
    const whole = !totalCents ? t(`site.charge.${charge}`) : charge === 'free' ? t('spaces.price.freePlus', { price }) : price
    return t(`rulebook.why.beside.outcome${without}`, { outcome: whole })
  }
}
