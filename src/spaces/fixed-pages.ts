import type { Response } from 'express'
import type { Ground } from '../availability/actions.ts'
import { isFreeToAll, spaceFacts, spaceHead } from '../availability/space-view.ts'
import { dataBlock } from '../platform/web/data-block.ts'
import { keptFragment } from '../platform/web/kept-fragment.ts'
import { asset, renderView } from '../platform/web/views.ts'
import type { Quote } from '../rulebook/quote.ts'
import type { Reader } from '../rulebook/reading-pages.ts'
import type { TypicalQuote } from '../rulebook/typical.ts'
import type { Listed, Unit } from './catalogue.ts'
import { neighboursOf, placeOf } from './details.ts'
import { spaceData, unitData } from './linked-data.ts'
import { locatorOf } from './locator.ts'
import { shown } from './shown.ts'

/** The picture that stands for a page where links are shared: one for each kind of space, one for all units. */
export const pictureOf = (kind: string): string => `og/${kind}.png`

/** The address of the calendar of a space or a unit, as `spaces/<slug>` or `units/<slug>`. */
export const feedOf = (baseUrl: string, what: string, language: Response['locals']['lang']): string =>
  `${baseUrl}/calendars/${what}.ics${language === 'fi' ? '' : `?lang=${language}`}`

type Asked = { reader: Reader; quotes: readonly TypicalQuote[]; own: Quote | null; calendar: string }

/** The parts of a space's page that stay the same from day to day, rendered once (platform/web/kept-fragment.ts). */
export function fixedParts(res: Response, { catalogue, edition }: Pick<Ground, 'catalogue' | 'edition'>, listed: Listed, { reader, quotes, own, calendar }: Asked) {
  const { lang, t, site } = res.locals
  const { space, unit } = listed
  const of = [edition, quotes, site.baseUrl, site.city, site.contact]
  const mode = own?.supervision.mode ?? null
  const reading = reader.plain ? 'plain' : lang
  const head = () => renderView('spaces/_head', { ...wordsOf(res), ...reader, ...spaceHead({ catalogue, edition }, listed, quotes, own, lang) })
  const data = () => spaceData(listed, {
    ...groundOf(res, `/spaces/${space.slug}`, space.kind),
    unitUrl: addressOf(res, `/units/${unit.slug}`),
    freeToAll: isFreeToAll(quotes),
    names: { equipment: space.equipment.map((one) => t(`spaces.equipment.${one}`)), wheelchair: t('spaces.need.wheelchair') },
  })
  return {
    head: own ? head() : keptFragment(catalogue, `head ${reading} ${space.id}`, of, head),
    about: keptFragment(catalogue, `about ${reading} ${mode ?? ''} ${space.id}`, of, () =>
      renderView('spaces/_about', { ...wordsOf(res), ...reader, ...spaceFacts({ catalogue, edition }, listed, quotes, mode, lang) })),
    data: keptFragment(catalogue, `data ${lang} ${space.id}`, of, () => dataBlock(data())),
    where: whereOf(res, catalogue, unit),
    beside: besideOf(res, catalogue, unit, { id: space.id, calendar, title: `${shown(space.name, lang).text}, ${shown(unit.name, lang).text}` }),
  }
}

/** The same of a unit's page; without a calendar where nothing is lent. */
export function fixedUnitParts(res: Response, catalogue: Ground['catalogue'], unit: Unit, calendar: string | null) {
  const { lang, site } = res.locals
  return {
    data: keptFragment(catalogue, `data ${lang} ${unit.id}`, [site.baseUrl, site.city], () =>
      dataBlock(unitData(unit, groundOf(res, `/units/${unit.slug}`, 'unit')))),
    where: whereOf(res, catalogue, unit),
    beside: besideOf(res, catalogue, unit, { id: unit.id, calendar, title: shown(unit.name, lang).text }),
  }
}

/** The houses next door, and a calendar. */
const besideOf = (res: Response, catalogue: Ground['catalogue'], unit: Unit, { id, calendar, title }: { id: string; calendar: string | null; title: string }): string =>
  keptFragment(catalogue, `beside ${res.locals.lang} ${id}`, [calendar], () =>
    renderView('spaces/_beside', { ...wordsOf(res), calendar, title, neighbours: neighboursOf(unit, catalogue, res.locals.lang) }))

/** The way to a unit; its spaces share it. */
const whereOf = (res: Response, catalogue: Ground['catalogue'], unit: Unit): string =>
  keptFragment(catalogue, `where ${res.locals.lang} ${unit.id}`, [], () =>
    renderView('units/_where', { ...wordsOf(res), unit: placeOf(unit, catalogue, res.locals.lang), locator: locatorOf(catalogue, unit) }))

/** What a part needs to be rendered by itself; nothing of the viewer. */
export function wordsOf(res: Response): object {
  const { lang, t, f, url, path, site } = res.locals
  return { lang, t, f, url, path, site, asset }
}

const addressOf = (res: Response, path: string): string => `${res.locals.site.baseUrl}${res.locals.url(path)}`

const groundOf = (res: Response, path: string, kind: string) =>
  ({ city: res.locals.site.city, language: res.locals.lang, url: addressOf(res, path), image: `${res.locals.site.baseUrl}${asset(pictureOf(kind))}` })
