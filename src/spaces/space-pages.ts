import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Ground } from '../availability/actions.ts'
import { timesOf } from '../availability/calendar-actions.ts'
import { comingDays } from '../availability/days.ts'
import { dateField, minutesField } from '../availability/search-query.ts'
import { spaceView } from '../availability/space-view.ts'
import { happeningView } from '../calendars/happening.ts'
import { happeningsIn } from '../calendars/happening-store.ts'
import type { Context } from '../context.ts'
import { parseQuery } from '../platform/web/forms.ts'
import { show, wantsFragment } from '../platform/web/respond.ts'
import { renderView } from '../platform/web/views.ts'
import { readingOf, type Reader } from '../rulebook/reading-pages.ts'
import { whoFields, whoOf } from '../rulebook/who.ts'
import { endOf, localDateOf, minuteOfDay, minuteText, parseWhen, startOf } from '../time/wallclock.ts'
import type { Listed } from './catalogue.ts'
import { chosenTime, stretchAsked, type AskedTime } from './chosen-pages.ts'
import { filterFields, said } from './filter.ts'
import { feedOf, fixedParts, pictureOf, wordsOf } from './fixed-pages.ts'
import { remembered, type Told } from './remembered-pages.ts'
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
/** The page of a space, or only its calendar when htmx asks for it. */
export async function showSpace(place: Place): Promise<void> {
  const { ctx: { config }, req, res, listed: { space, unit } } = place
  const { lang } = res.locals
  if (wantsFragment(req)) return show(req, res, 'spaces/_calendar', await answered(place))
  // However else its address is written, the way to plain Finnish starts from it.
  const told = await remembered(place, { path: `/spaces/${space.slug}`, unitId: unit.id }, () => toldNow(place))
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
  const coming = comingDays(ground.now)
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

/** As a field for date and time takes it. */
const localTextOf = (at: number): string => `${localDateOf(at)}T${minuteText(minuteOfDay(at))}`
