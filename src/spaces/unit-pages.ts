import type { Request, Response } from 'express'
import type { Ground } from '../availability/actions.ts'
import { nobody } from '../availability/asker.ts'
import { comingTimes } from '../availability/calendar-actions.ts'
import { comingDays } from '../availability/days.ts'
import { unitView } from '../availability/unit-view.ts'
import { daysNamedInUnit } from '../availability/week.ts'
import { happeningView } from '../calendars/happening.ts'
import { happeningsIn } from '../calendars/happening-store.ts'
import type { Context } from '../context.ts'
import { show } from '../platform/web/respond.ts'
import { renderView } from '../platform/web/views.ts'
import { endOf, startOf } from '../time/wallclock.ts'
import type { Listed, Unit } from './catalogue.ts'
import { feedOf, fixedUnitParts, pictureOf, wordsOf } from './fixed-pages.ts'
import { remembered, type Told } from './remembered-pages.ts'
import { shown } from './shown.ts'

type Place = { ctx: Context; req: Request; res: Response; ground: Ground; unit: Unit }

/** The page of a unit. */
export async function showUnit(place: Place): Promise<void> {
  const { ctx: { config }, req, res, ground: { catalogue }, unit } = place
  const spaces = catalogue.spacesOfUnit.get(unit.id) ?? []
  const calendar = feedOf(config.baseUrl, `units/${unit.slug}`, res.locals.lang)
  const told = await remembered(place, { path: `/units/${unit.slug}`, unitId: unit.id }, () => toldNow(place, spaces, calendar))
  show(req, res, 'units/unit', {
    ...told, title: shown(unit.name, res.locals.lang).text, count: spaces.length, calendar: spaces.length > 0 ? calendar : null, picture: pictureOf('unit'),
  })
}

async function toldNow({ ctx: { db }, res, ground, unit }: Place, spaces: readonly Listed[], calendar: string): Promise<Told> {
  const { lang } = res.locals
  const coming = comingDays(ground.now)
  const [free, happening] = await Promise.all([
    comingTimes(db, ground, spaces, coming, nobody, daysNamedInUnit),
    happeningsIn(db, spaces.map(({ space }) => space.id), { start: startOf(coming.from), end: endOf(coming.to) }, ground.now),
  ])
  const fixed = fixedUnitParts(res, ground.catalogue, unit, spaces.length > 0 ? calendar : null)
  const view = unitView({ ground, unit, spaces, free, language: lang })
  return {
    main: renderView('units/_main', { ...wordsOf(res), ...view, happening: happeningView(happening, ground.catalogue, null, lang), fixed, calendar }),
    data: fixed.data,
  }
}
