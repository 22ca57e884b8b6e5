import type { Edition } from '../rulebook/edition.ts'
import type { FactName, SpaceTraits } from '../rulebook/facts.ts'
import { questions } from '../rulebook/answers.ts'
import type { Quote } from '../rulebook/quote.ts'
import type { WishAnswers } from './form.ts'

/** A fact as the form asks for it: shares are asked as heads, the association is named in the second step. */
export type Question = 'openToAll' | 'entryFee' | 'locals' | 'youths' | 'groups' | 'activities'

const asQuestion: Partial<Record<FactName, Question>> = {
  openToAll: 'openToAll', entryFee: 'entryFee', localShare: 'locals', youthShare: 'youths', groups: 'groups', activities: 'activities',
}
/** Asked although the answer can only make the outcome worse: silence would not be honest. */
const always: readonly Question[] = ['entryFee', 'activities']
/** Asked only when openness alone does not settle the matter. */
const later: readonly Question[] = ['locals', 'youths', 'groups']
/** These need an answer; the others may be left open. */
const needed = ['openToAll', 'entryFee'] as const

const isAnswered = (answers: Partial<WishAnswers>, name: Question): boolean => {
  const said = answers[name]
  return Array.isArray(said) ? said.length > 0 : said !== undefined
}

/**
 * The extra questions worth asking for an applicant and a purpose in this space: those that could make the use free,
 * cheaper or allowed, those that honesty demands, and those already answered. What will be done is asked of everybody.
 */
export function asked(edition: Edition, space: SpaceTraits, answers: Partial<WishAnswers>, quote: Quote | null): Question[] {
  const { applicant, purpose } = answers
  if (!applicant || !purpose) return ['activities']
  const missing = quote?.missing ?? []
  const waits = missing.includes('openToAll') && answers.openToAll === undefined
  return questions(edition, applicant, purpose, space).flatMap((fact) => {
    const question = asQuestion[fact]
    if (!question) return []
    const helps = question === 'groups' ? quote !== null && quote.charge !== 'free' : missing.includes(fact)
    const now = helps && !(waits && later.includes(question))
    return now || always.includes(question) || isAnswered(answers, question) ? [question] : []
  })
}

/** Of the asked questions those that must be answered before going on. */
export const unanswered = (questions: readonly Question[], answers: Partial<WishAnswers>): (typeof needed)[number][] =>
  needed.filter((name) => questions.includes(name) && answers[name] === undefined)
