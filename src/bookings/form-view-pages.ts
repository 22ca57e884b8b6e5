import type { Response } from 'express'
import { askerFields, withQuery } from '../availability/form-link.ts'
import type { Context } from '../context.ts'
import { associationsOf } from '../people/store.ts'
import type { FieldError } from '../platform/web/forms.ts'
import { activities, applicants, groups, purposes } from '../rulebook/facts.ts'
import { shown } from '../spaces/shown.ts'
import { localDateOf, minuteOfDay, minuteText } from '../time/wallclock.ts'
import type { Interval } from '../time/interval.ts'
import { associationChoice, hiddenFields, queryOf, wishPath, type DraftAnswers } from './draft.ts'
import { sameTimeElsewhere } from './elsewhere-store.ts'
import type { Other } from './elsewhere.ts'
import { explainedWish } from './explained-pages.ts'
import { detailsNeeded, type Details } from './form-answers-pages.ts'
import type { FormState } from './form-store.ts'
import { termsAcceptedAt } from './known-store.ts'
import { otherTimesNear } from './offer-store.ts'
import { isAboutSpace, isAboutTime, type BookingRefusal } from './refusal.ts'
import { quotaFor } from './quota-store.ts'
import { refusalText } from './refusal-words.ts'
import { costsSomething, placeWords, quoteWords } from './words.ts'

export type Problems = { errors?: FieldError[]; refusals?: BookingRefusal[]; more?: object }

const clockField = (minute: number | undefined, typed: unknown): unknown => (minute === undefined ? typed : minuteText(minute % 1440))

/** What every step shows: the place, the time, the price so far, and what is in the way with its ways round. */
async function ground(ctx: Context, res: Response, state: FormState, { errors = [], refusals = state.refusals, more = {} }: Problems) {
  const { lang, t, f, person } = res.locals
  const { offer, slot, quote, hold, answers, earlier } = state
  const [aboutTime, late] = [refusals.some(isAboutTime), refusals.find((one) => one.code === 'too-late')]
  const around = { now: ctx.clock.now(), ...(late ? { firstDate: late.firstDate } : {}) }
  const others = slot && aboutTime ? await otherTimesNear(ctx.db, offer, slot, around) : null
  const spaces = slot && refusals.some(isAboutSpace) ? await sameTimeElsewhere(ctx.db, offer, slot, { now: around.now, people: answers.people ?? 1, facts: state.facts }) : []
  const link = (time: Interval, text: string) => ({ text, href: res.locals.url(otherPath(moved(state.draft, time))) })
  return {
    place: placeWords(offer.listed, lang),
    limits: offer.edition.limits,
    quota: person && (await quotaFor(ctx.db, { personId: person.id, limit: offer.edition.limits.openBookingsPerPerson, now: around.now })),
    when: slot && slot.start < slot.end ? f.whenLong(slot.start, slot.end) : null,
    quote: quote && quoteWords(quote, lang),
    explanation: quote && slot && state.facts && explainedWish(offer, state.facts, slot, lang),
    refusals: refusals.map((refusal) => refusalText(refusal, { lang, t, f })),
    sameDay: others?.sameDay.map((time) => link(time, f.timeRange(time.start, time.end))) ?? [],
    sameTime: others?.sameTime.map((time) => link(time, f.when(time.start, time.end))) ?? [],
    shorter: others?.shorter.map((time) => link(time, f.when(time.start, time.end))) ?? [],
    spaces: spaces.map((other) => otherSpace(res, state.draft, other)),
    elsewhere: aboutTime || refusals.some((one) => one.code === 'too-many-people') ? elsewhere(answers) : null,
    tooMany: refusals.some((one) => one.code === 'open-bookings'),
    /** The answers to have a refusal in writing with: only what the rules themselves refuse. */
    inWriting: quote && state.refusals.length ? hiddenFields(state.draft, personal) : null,
    holdUntil: hold ? f.time(hold.expiresAt) : null,
    earlier: earlier && { title: earlier.title, date: f.fullDate(earlier.startsAt) },
    query: queryOf(state.draft),
    wishPath: wishPath(state.draft),
    errors,
    ...more,
  }
}

/** Another time or place is a last look away for those whose earlier answers are used; others see what they said. */
const otherPath = (draft: DraftAnswers): string => (draft['again'] ? `/bookings/new?${queryOf(draft)}` : wishPath(draft))

/** The same wish at another time. */
const moved = (draft: DraftAnswers, { start, end }: Interval): DraftAnswers => {
  const { fromTurn: _, toTurn: __, ...rest } = draft
  return { ...rest, date: localDateOf(start), from: minuteText(minuteOfDay(start)), to: minuteText(minuteOfDay(end)) }
}

/** The same wish in another space. */
function otherSpace(res: Response, draft: DraftAnswers, { listed: { space, unit }, metres }: Other) {
  const { lang, t, f } = res.locals
  const far = metres === 0 ? t('bookings.refused.here') : f.distance(metres)
  return {
    name: shown(space.name, lang), unit: shown(unit.name, lang), far, people: space.people,
    href: res.locals.url(otherPath({ ...draft, space: space.slug })),
  }
}

/** The same time in other spaces. */
function elsewhere({ date, from, to, people, applicant, purpose, openToAll = false }: FormState['answers']): string | null {
  if (!date || from === undefined || to === undefined) return null
  const end = to === 0 ? 1440 : to
  if (from >= end) return null
  const wish = { date, from: minuteText(from), to: minuteText(end), minutes: String(end - from), fits: '1' }
  return withQuery('/spaces', { ...wish, ...askerFields({ who: applicant && purpose ? { applicant, purpose, openToAll } : null, people }) })
}

export async function wishView(ctx: Context, res: Response, state: FormState, problems: Problems = {}) {
  const { draft, answers, questions } = state
  const refusals = problems.refusals ?? state.refusals
  const twice = (edge: 'start' | 'end') => refusals.some((one) => one.code === 'ambiguous-time' && one.edge === edge)
  return {
    ...(await ground(ctx, res, state, problems)),
    values: { ...draft, from: clockField(answers.from, draft['from']), to: clockField(answers.to, draft['to']) },
    applicants, purposes, groups, activities, questions,
    turns: { from: twice('start'), to: twice('end') },
  }
}

export async function detailsView(ctx: Context, res: Response, state: FormState, problems: Problems = {}) {
  const { person } = res.locals
  const own = person ? await associationsOf(ctx.db, person.id) : []
  const choices = own.map((one) => ({ value: associationChoice(one), text: one.name || (one.registerNumber ?? one.businessId ?? '') }))
  const first = choices[0]?.value ?? 'other'
  return {
    ...(await ground(ctx, res, state, problems)),
    needed: detailsNeeded(state),
    associations: choices,
    kept: hiddenFields(state.draft, detailNames),
    values: { responsibleName: person?.name ?? '', responsiblePhone: person?.phone ?? '', payerName: person?.name ?? '', association: first, ...state.draft },
  }
}

const personal = ['title', 'public', 'responsibleName', 'responsiblePhone', 'payerName', 'payerAddress']
const detailNames = [...personal, 'association', 'associationNumber', 'associationName']

export async function checkView(ctx: Context, res: Response, state: FormState, details: Details, problems: Problems = {}) {
  const { terms } = state.offer.edition
  const { person, f } = res.locals
  const own = details.association && person ? await associationsOf(ctx.db, person.id) : []
  const accepted = person && (await termsAcceptedAt(ctx.db, person.id, terms.version))
  const named = own.find((one) => associationChoice(one) === `${details.association?.kind}:${details.association?.value}`)
  return {
    ...(await ground(ctx, res, state, problems)),
    answers: state.answers,
    needsBill: state.quote !== null && costsSomething(state.quote),
    details,
    associationName: details.association?.name || named?.name || details.association?.value,
    terms: { version: terms.version, points: terms.text[res.locals.lang].split('\n'), accepted: accepted && f.fullDate(accepted) },
    kept: hiddenFields(state.draft),
  }
}
