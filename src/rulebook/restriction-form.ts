import { z } from 'zod'
import { longestDays, type RestrictionDecision } from '../spaces/restriction.ts'
import { addDays } from '../time/wallclock.ts'
import { date, decided, decisionOf, fields, line, textOf, wordsOf } from './edition-forms.ts'

const what = line(120, 'desk.rules.error.text')
const longestReason = 600
const why = wordsOf(longestReason)

/** A limit on premises as its form says it; `today` is a local date. `place` is a space's slug, or empty for the whole unit. */
export const restrictionForm = (today: string) => z.object({
  place: z.string('site.error.field').max(200).default(''),
  ...fields('what', what), ...fields('reason', why), validFrom: date, validTo: date, ...decided,
}).transform((form, check) => {
  const { place, validFrom, validTo } = form
  const against = (field: string, message: string): void => check.addIssue({ code: 'custom', path: [field], message })
  if (validFrom < today) against('validFrom', 'desk.restrictions.error.past')
  if (validTo < validFrom) against('validTo', 'desk.restrictions.error.order')
  else if (validTo > addDays(validFrom, longestDays - 1)) against('validTo', 'desk.restrictions.error.long')
  return { place, what: textOf(form, 'what'), reason: textOf(form, 'reason'), validFrom, validTo, decision: decisionOf(form, today, check) }
})

/** That a limit ends before its day; why is for the ledger, as nothing is limited any more. */
export const liftForm = (today: string): z.ZodType<{ reason: string; decision: RestrictionDecision }> => z.object({ reason: why, ...decided })
  .transform((form, check) => ({ reason: form.reason, decision: decisionOf(form, today, check) }))
