import type { Request, Response } from 'express'
import { groundOf } from '../availability/actions.ts'
import type { Context } from '../context.ts'
import { ownerHash } from '../people/pages.ts'
import { NotFound } from '../platform/web/errors.ts'
import { parseForm, type FieldError, type Parsed } from '../platform/web/forms.ts'
import { unanswered, type Question } from './asking.ts'
import type { DraftAnswers } from './draft.ts'
import { associationForm, detailsForm, payerForm, wishForm } from './form.ts'
import { formState, type Filling, type FormState } from './form-store.ts'
import { costsSomething } from './words.ts'
import type { BookingWish } from './wish.ts'

/** The form of the one who asks, with what their hold kept or with only what was just said. Throws NotFound without a space, 503 without rules. */
export async function stateOf(ctx: Context, req: Request, res: Response, said: DraftAnswers, filling: Filling): Promise<FormState> {
  const asker = { person: res.locals.person, ownerHash: ownerHash(req, res), now: ctx.clock.now() }
  const state = await formState(ctx.db, said, asker, filling)
  if (state) return state
  await groundOf(ctx)
  throw new NotFound()
}

/** What is wrong with the first step, questions without an answer among it. */
export function wishErrors({ draft, questions, answers }: FormState): FieldError[] {
  const form = parseForm(wishForm, draft)
  const open = unanswered(questions, answers).map((field): FieldError => ({ field, key: `bookings.error.${field}` }))
  return [...(form.ok ? [] : form.errors), ...open]
}

/** Questions that arose from the answers and were not on the page that was sent. */
export function newQuestions({ questions }: FormState, shown: unknown): Question[] {
  const seen = typeof shown === 'string' ? shown.split(' ') : []
  return questions.filter((question) => question !== 'activities' && !seen.includes(question))
}

/** What the second step must ask besides the name of the event and who answers for it. */
export const detailsNeeded = ({ answers, quote }: FormState): { association: boolean; payer: boolean } =>
  ({ association: answers.applicant === 'registered_association', payer: quote !== null && costsSomething(quote) })

export type Details = Pick<BookingWish, 'title' | 'public' | 'responsible' | 'association' | 'payer'>

export function readDetails(state: FormState): Parsed<Details> {
  const needed = detailsNeeded(state)
  const details = parseForm(detailsForm, state.draft)
  const association = needed.association ? parseForm(associationForm, state.draft) : null
  const payer = needed.payer ? parseForm(payerForm, state.draft) : null
  const errors = [details, association, payer].flatMap((part) => (part && !part.ok ? part.errors : []))
  if (!details.ok || errors.length) return { ok: false, errors }
  return {
    ok: true,
    value: {
      ...details.value,
      ...(association?.ok ? { association: association.value } : {}),
      ...(payer?.ok ? { payer: payer.value } : {}),
    },
  }
}

/** The details of a wish that an earlier booking's answers complete and nothing speaks against: only a last look is left. Null while anything is open. */
export function readyToCheck(state: FormState): Details | null {
  const { earlier, slot, quote, refusals } = state
  if (!earlier || !slot || !quote || refusals.length || wishErrors(state).length) return null
  const details = readDetails(state)
  return details.ok ? details.value : null
}
