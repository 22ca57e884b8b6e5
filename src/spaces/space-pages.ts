import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Ground } from '../availability/actions.ts'
import { timesOf } from '../availability/calendar-actions.ts'
import { dateField, minutesField } from '../availability/search-query.ts'
import { spaceView } from '../availability/space-view.ts'
import { unitVersion } from '../availability/unit-version-store.ts'
import { happeningView } from '../calendars/happening.ts'
import { happeningsIn } from '../calendars/happening-store.ts'
import type { Context } from '../context.ts'
import { parseQuery } from '../platform/web/forms.ts'
import { show, wantsFragment } from '../platform/web/respond.ts'
import { renderView } from '../platform/web/views.ts'
import { readingOf, type Reader } from '../rulebook/reading-pages.ts'
import { whoFields, whoOf } from '../rulebook/who.ts'
import { addDays, endOf, localDateOf, minuteMs, minuteOfDay, minuteText, parseWhen, startOf } from '../time/wallclock.ts'
import type { Listed } from './catalogue.ts'
import { chosenTime, stretchAsked, type AskedTime } from './chosen-pages.ts'
import { filterFields, said } from './filter.ts'
import { fixedParts, pictureOf, wordsOf } from './fixed-pages.ts'
import { shown } from './shown.ts'
import { sharePart } from './space.ts'

const whenField = said(z.string().transform((text, check) => {
  const reading = parseWhen(text)
  if (reading.kind !== 'malformed') return reading
  check.addIssue({ code: 'custom', message: 'spaces.error.time' })
  return z.NEVER
}))
const monthField = said(z.string().regex(/^(20\d\d|2100)-(0[1-9]|1[0-2])$/))
const spaceQuery = z.object({ week: dateField, month: monthField, at: whenField, minutes: minutesField, people: filterFields.people, ...whoFields })

type Place = { ctx: Context; req: Request; res: Response; ground: Ground; listed: Listed }
/** Ready HTML: what the page says, and what it says to machines. */
type Told = { main: string; data: string }

/** The page of a space, or only its calendar when htmx asks for it. */
export async function showSpace(place: Place): Promise<void> {
  const { ctx: { config }, req, res, listed: { space, unit } } = place
  const { lang } = res.locals
  if (wantsFragment(req)) return show(req, res, 'spaces/_calendar', await answered(place))
  // However else its address is written, the way to plain Finnish starts from it.
  const asksNothing = res.locals.path === `/spaces/${space.slug}`
  const told = await (asksNothing ? remembered(place) : toldNow(place))
  show(req, res, 'spaces/space', {
    ...told,
    title: `${shown(space.name, lang).text}, ${shown(unit.name, lang).text}`, people: space.people,
    calendar: feedOf(config.baseUrl, `spaces/${space.slug}`, lang), picture: pictureOf(space.kind),
  })
}

async function toldNow(place: Place): Promise<Told> {
  const answer = await answered(place)
  return { main: renderView('spaces/_main', Object.assign({}, wordsOf(place.res), answer)), data: answer.fixed.data }
}

async function answered({ ctx: { db, config }, req, res, ground, listed }: Place) {
  const query = parseQuery(spaceQuery, req.query)
  const reader: Reader = readingOf(req, res)
  const { catalogue } = ground
  const { lang } = res.locals
  const { space, unit } = listed
  const asker = { who: whoOf(query), people: query.people }
  const asked: AskedTime | null = query.at ? { at: query.at, minutes: query.minutes } : null
  const stretch = asked && stretchAsked(asked, listed)
  const others = (catalogue.spacesOfUnit.get(unit.id) ?? []).filter((one) => one.space.id !== space.id)
  const sharing = [listed, ...others].filter((one) => sharePart(one.space, space)).map((one) => one.space.id)
  const coming = comingDays(ground)
  const [times, happening, chosen] = await Promise.all([
    timesOf(db, ground, listed, { coming, week: query.week ?? (stretch ? localDateOf(stretch.start) : undefined), month: query.month, asker, others }),
    happeningsIn(db, sharing, { start: startOf(coming.from), end: endOf(coming.to) }, ground.now),
    asked && chosenTime(db, res, { ground, listed, asker }, asked, reader),
  ])
  const view = spaceView({
    ground, listed, ...times, others, othersFree: times.others, asker, language: lang, plain: reader.plain,
    chosen: chosen?.href ? chosen.time : null,
    asked: stretch && { at: localTextOf(stretch.start), minutes: query.minutes },
  })
  const calendar = feedOf(config.baseUrl, `spaces/${space.slug}`, lang)
  return Object.assign(view, reader, {
    chosen,
    happening: happeningView(happening, catalogue, space.id, lang),
    fixed: fixedParts(res, ground, listed, { reader, quotes: view.quotes, own: view.own, calendar }),
    calendar,
  })
}

type Remembered = { of: readonly unknown[]; told: Told }
const known = new WeakMap<Context['db'], Map<string, Remembered>>()
const rememberAtMost = 100

/**
 * What the page tells everybody who asks nothing, worked out once while nothing of it changes: a space that is talked about
 * is opened by many in a row. It hangs on the premises, the rules, the bookings of its unit and the time, which moves it by
 * quarters of an hour: openings, bookings and midnight begin and end at one. Nothing of the viewer may be in it.
 */
async function remembered(place: Place): Promise<Told> {
  const { ctx: { db, config }, res: { locals }, ground: { catalogue, edition, now }, listed: { space, unit } } = place
  let all = known.get(db)
  if (!all) known.set(db, (all = new Map()))
  const version = await unitVersion(db, unit.id, now)
  if (version === null) return toldNow(place)
  const key = `${locals.lang} ${space.id}`
  const of = [version, Math.floor(now / quarterMs), Math.ceil(now / quarterMs), catalogue, edition, config.baseUrl]
  const found = all.get(key)
  all.delete(key)
  const current = found?.of.every((one, i) => one === of[i]) ? found : { of, told: await toldNow(place) }
  // Somebody may have booked or begun to while this was worked out.
  if (current === found || (await unitVersion(db, unit.id, now)) === version) all.set(key, current)
  if (all.size > rememberAtMost) all.delete(all.keys().next().value!)
  return current.told
}
const quarterMs = 15 * minuteMs

/** As a field for date and time takes it. */
const localTextOf = (at: number): string => `${localDateOf(at)}T${minuteText(minuteOfDay(at))}`

export const feedOf = (baseUrl: string, what: string, language: Response['locals']['lang']): string =>
  `${baseUrl}/calendars/${what}.ics${language === 'fi' ? '' : `?lang=${language}`}`

const daysOfFreeTimes = 14

export function comingDays({ now }: Pick<Ground, 'now'>): { from: string; to: string } {
  const today = localDateOf(now)
  return { from: today, to: addDays(today, daysOfFreeTimes) }
}
