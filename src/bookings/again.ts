import type { Interval } from '../time/interval.ts'
import { addDays, localDateOf, minuteOfDay } from '../time/wallclock.ts'
import type { DecidedBy } from './booking.ts'
import type { DraftAnswers } from './draft.ts'
import { stretchOf } from './when.ts'

type Earlier = {
  ref: string
  title: string
  public: boolean
  responsibleName: string
  responsiblePhone: string
  payerName: string | null
  payerAddress: string | null
  decided: Pick<DecidedBy, 'facts'>
}

const yesOrNo = (said: boolean): string => (said ? 'yes' : 'no')

/** What was said for an earlier booking, as the form's answers; the time is left to be said. `association` is the form's choice. */
export function answersAgain(earlier: Earlier, association: string | null): DraftAnswers {
  const { applicant, purpose, people, openToAll, entryFee, localShare, youthShare, groups, activities } = earlier.decided.facts
  const heads = (share: number): string => String(Math.round(share * people))
  return {
    again: earlier.ref,
    applicant, purpose, people: String(people), groups: [...groups], activities: [...activities],
    ...(openToAll === undefined ? {} : { openToAll: yesOrNo(openToAll) }),
    ...(entryFee === undefined ? {} : { entryFee: yesOrNo(entryFee) }),
    ...(localShare === undefined ? {} : { locals: heads(localShare) }),
    ...(youthShare === undefined ? {} : { youths: heads(youthShare) }),
    title: earlier.title, responsibleName: earlier.responsibleName, responsiblePhone: earlier.responsiblePhone,
    ...(earlier.public ? { public: '1' } : {}),
    ...(association === null ? {} : { association }),
    ...(earlier.payerName === null ? {} : { payerName: earlier.payerName, payerAddress: earlier.payerAddress ?? '' }),
  }
}

const weeksOn = 4

/**
 * The same weekday and clock time in the coming weeks, the next one first: after the earlier booking and after now. A
 * week whose clock lacks the time, or has it twice, is passed over.
 */
export function timesAgain(earlier: Interval, now: number, openIntoNight: boolean): Interval[] {
  const [from, to] = [minuteOfDay(earlier.start), minuteOfDay(earlier.end)]
  const times: Interval[] = []
  for (let date = addDays(localDateOf(earlier.start), 7); times.length < weeksOn; date = addDays(date, 7)) {
    if (date < localDateOf(now)) continue
    const time = stretchOf({ date, from, to }, openIntoNight)
    if (time.ok && time.start > now) times.push({ start: time.start, end: time.end })
  }
  return times
}
