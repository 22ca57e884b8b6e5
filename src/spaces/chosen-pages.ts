import type { Response } from 'express'
import type { Ground } from '../availability/actions.ts'
import { answer } from '../availability/answer.ts'
import { approvalOf, peopleMeant, scheduleFor, type Asker } from '../availability/asker.ts'
import { askerFields, formLink, withQuery } from '../availability/form-link.ts'
import { shortest } from '../availability/length.ts'
import { unclearTimes } from '../availability/refusals.ts'
import { takenOf } from '../availability/store.ts'
import { timeLink } from '../availability/time-link.ts'
import { sameTimeElsewhere } from '../bookings/elsewhere-store.ts'
import type { Judgement } from '../bookings/judgement.ts'
import { judgementOn, otherTimesNear } from '../bookings/offer-store.ts'
import { standingOf } from '../bookings/quota-store.ts'
import { refusalText } from '../bookings/refusal-words.ts'
import { isAboutSpace, isAboutTime, type BookingRefusal } from '../bookings/refusal.ts'
import type { Person } from '../people/person.ts'
import type { Reads } from '../platform/db/database.ts'
import type { Reader } from '../rulebook/reading-pages.ts'
import { assumedFacts } from '../rulebook/who.ts'
import type { Interval } from '../time/interval.ts'
import { localDateOf, minuteMs, minuteOfDay, minuteText, type Reading } from '../time/wallclock.ts'
import type { Listed } from './catalogue.ts'
import { shown } from './shown.ts'

/** A time that the address of a space's page names, and the space's shortest length when it names none (minutes). */
export type AskedTime = { at: Reading; minutes: number | undefined }
type Place = { ground: Ground; listed: Listed; asker: Asker }

/** The stretch of time that is asked about; null when the local time is none, or two. */
export const stretchAsked = ({ at, minutes }: AskedTime, { space }: Listed): Interval | null =>
  (at.kind === 'one' ? { start: at.at, end: at.at + (minutes ?? shortest(space)) * minuteMs } : null)

/** The answer about a time, ready for the template: free with the way to its form, or why not with the nearest other times. */
export async function chosenTime(db: Reads, res: Response, place: Place, asked: AskedTime, reader: Reader) {
  const { ground, listed, asker } = place
  const { lang, t, f, site } = res.locals
  const time = stretchAsked(asked, listed)
  const { quote, refusals } = time ? await judged(db, place, time, res.locals.person) : { quote: null, refusals: unclearTimes(asked.at, { kind: 'one', at: 0 }) }
  const link = (one: Interval, text: string) => ({ text, href: res.locals.url(timeLink(listed.space.slug, one, asker)) })
  const others = time && refusals.some(isAboutTime) ? await othersNear(db, place, time, refusals) : null
  const spaces = time && refusals.some(isAboutSpace) ? await spacesThen(db, place, time) : []
  const minutes = (asked.minutes ?? shortest(listed.space)) * minuteMs
  return {
    time,
    refusals: refusals.map((refusal) => refusalText(refusal, { lang, t: reader.t, f })),
    quote,
    readings: asked.at.kind === 'two' ? [asked.at.first, asked.at.second].map((at) => link({ start: at, end: at + minutes }, f.when(at, at + minutes))) : [],
    sameDay: others?.sameDay.map((one) => link(one, f.timeRange(one.start, one.end))) ?? [],
    shorter: others?.shorter.map((one) => link(one, f.when(one.start, one.end))) ?? [],
    spaces: spaces.map(({ listed: other, metres }) => ({
      name: shown(other.space.name, lang), unit: shown(other.unit.name, lang), people: other.space.people,
      far: metres === 0 ? t('bookings.refused.here') : f.distance(metres), href: res.locals.url(timeLink(other.space.slug, time!, asker)),
    })),
    sameTime: others?.sameTime.map((one) => link(one, f.when(one.start, one.end))) ?? [],
    elsewhere: time && refusals.length > 0 ? elsewhere(place, time) : null,
    href: time && refusals.length === 0 ? formLink(listed.space.slug, time, asker) : null,
    address: time && `${site.baseUrl}${res.locals.url(timeLink(listed.space.slug, time))}`,
    approval: quote?.approval ?? approvalOf(ground, listed, asker),
    decisionDays: ground.edition.limits.decisionWorkingDays,
  }
}

/** By all the rules when it is known who asks; else only what speaks against the time itself. Who is signed in hears of their own limits too. */
async function judged(db: Reads, { ground, listed, asker }: Place, time: Interval, person: Person | null): Promise<{ quote: Judgement['quote'] | null; refusals: BookingRefusal[] }> {
  const { edition, now } = ground
  if (asker.who) {
    const facts = assumedFacts(asker.who, peopleMeant(asker.people, listed))
    return judgementOn(db, { listed, schedule: listed, edition }, { ...time, facts }, { person, hold: null, now })
  }
  const taken = await takenOf(db, listed, time.start, time.end, now)
  const limit = edition.limits.openBookingsPerPerson
  const standing = person ? await standingOf(db, { personId: person.id, associationId: null, unit: listed.unit, limit, now }) : undefined
  const wish = { ...time, people: asker.people ?? 1, approval: approvalOf(ground, listed, asker) }
  return { quote: null, refusals: answer({ schedule: listed, taken, now, limits: edition.limits, standing, wish }).refusals }
}

/** Other spaces of the kind that can be had at exactly the time. */
function spacesThen(db: Reads, { ground, listed, asker }: Place, time: Interval) {
  const people = peopleMeant(asker.people, listed)
  const facts = asker.who && assumedFacts(asker.who, people)
  return sameTimeElsewhere(db, { listed, schedule: listed, edition: ground.edition }, time, { now: ground.now, people: asker.people ?? 1, facts })
}

async function othersNear(db: Reads, { ground, listed, asker }: Place, time: Interval, refusals: readonly BookingRefusal[]) {
  const late = refusals.find((one) => one.code === 'too-late')
  const offer = { listed, schedule: scheduleFor(ground, listed, asker), edition: ground.edition }
  return otherTimesNear(db, offer, time, { now: ground.now, ...(late ? { firstDate: late.firstDate } : {}) })
}

/** The same kind of space at the same time; null for a time over midnight, which the search does not take. */
function elsewhere({ listed: { space }, asker, ground }: Place, { start, end }: Interval): string | null {
  const [date, from, to] = [localDateOf(start), minuteOfDay(start), minuteOfDay(end) || 1440]
  if (start < ground.now || from >= to) return null
  const minutes = String((end - start) / minuteMs)
  return withQuery('/spaces', { kind: space.kind, date, from: minuteText(from), to: minuteText(to), minutes, fits: '1', ...askerFields(asker) })
}
