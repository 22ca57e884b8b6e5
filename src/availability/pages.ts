import { Router, type Request, type Response } from 'express'
import { usualWho } from '../bookings/known-store.ts'
import type { Context } from '../context.ts'
import { parseForm, type FieldError } from '../platform/web/forms.ts'
import { open } from '../platform/web/guard.ts'
import { show } from '../platform/web/respond.ts'
import type { Catalogue } from '../spaces/catalogue.ts'
import { asSaid } from '../spaces/filter.ts'
import { placeNamed } from '../spaces/gazetteer.ts'
import { groundOf, reliefsOf, resultsOf, resultsPerPage, type Ground, type Results } from './actions.ts'
import { cardOf, type CardGround } from './cards.ts'
import { askerFields, withQuery } from './form-link.ts'
import { morePart, placesPart } from './form-pages.ts'
import { listView } from './list-view.ts'
import { mapView, type Placed } from './map-view.ts'
import { matrixView, roomsInMatrix } from './matrix-view.ts'
import { changed, searchFields } from './search-fields.ts'
import { savingOf } from './saved-pages.ts'
import { datesFault, searchOf, searchQuery, type Search, type SearchQuery } from './search-query.ts'

/** The list of spaces. */
export function pages(ctx: Context): Router {
  const router = Router()

  router.get('/spaces', open, async (req, res) => {
    const ground = await groundOf(ctx)
    const query = parseForm(searchQuery, req.query)
    if (!query.ok) return showFaults(req, res, ground.catalogue, query.errors)
    const search = searchOf(await asUsual(ctx, res, query.value), ground.now)
    const fault = unknownArea(ground.catalogue, search) ?? datesFault(search)
    if (fault) return showFaults(req, res, ground.catalogue, [fault])
    await showResults(ctx, req, res, ground, search)
  })

  return router
}

/** Who is known and has only said what for is priced as in their latest booking for that. */
async function asUsual(ctx: Context, res: Response, query: SearchQuery): Promise<SearchQuery> {
  const { person } = res.locals
  const usual = person && query.purpose && !query.applicant ? await usualWho(ctx.db, person, query.purpose) : null
  return usual ? { ...query, applicant: usual.applicant, openToAll: query.openToAll ?? usual.openToAll } : query
}

async function showResults(ctx: Context, req: Request, res: Response, ground: Ground, search: Search): Promise<void> {
  const place = search.near === undefined ? null : placeNamed(ground.catalogue, search.near)
  const results = await resultsOf(ctx.db, ground, search, place, search.view === 'matrix' ? roomsInMatrix : resultsPerPage)
  const reliefs = results.fitting === 0 ? await reliefsOf(ctx.db, ground, search) : []
  const language = res.locals.lang
  const view = listView({ ...ground, search, language }, { ...results, place, reliefs })
  const found = { ...view.found, ...shownAs({ ...ground, limits: ground.edition.limits, search, language, place }, results), save: await savingOf(ctx.db, res, ground, search) }
  show(req, res, 'spaces/list', { values: view.values, found, ...formParts(res, ground.catalogue, view.values, []) }, { fragment: 'spaces/_results' })
}

function shownAs(ground: Omit<CardGround, 'days' | 'next' | 'quotes'>, { inOrder, firstIn, rooms, days, next }: Results) {
  const { search } = ground
  if (search.view === 'matrix') return { matrix: matrixView(rooms, days.find(({ date }) => date === search.on)!, ground) }
  if (search.view === 'map') return { map: mapOf(inOrder.map((listed) => ({ listed, first: firstIn(listed) })), ground) }
  const cardGround = { ...ground, days, next, quotes: new Map() }
  return { cards: rooms.map((room) => cardOf(room, cardGround)) }
}

/** Every room that passed, on the map of the area looked at. */
function mapOf(rooms: Placed[], { catalogue, search, place, language }: Pick<CardGround, 'catalogue' | 'search' | 'place' | 'language'>) {
  const fields = searchFields(search)
  const asker = askerFields({ who: search.who, people: search.filter.people })
  return mapView(rooms, {
    catalogue, area: search.filter.area, near: place, language,
    at: (change) => changed(fields, change),
    unitHref: (unit) => withQuery(`/units/${unit.slug}`, asker),
  })
}

/** The form as it was filled in, with its faults and nothing found. */
function showFaults(req: Request, res: Response, catalogue: Catalogue, errors: FieldError[]): void {
  const values = asSaid(req.query)
  const data = { values, found: null, ...formParts(res, catalogue, values, errors) }
  show(req, res, 'spaces/list', data, { status: 400, fragment: 'spaces/_results' })
}

const formParts = (res: Response, catalogue: Catalogue, values: Record<string, string | string[]>, errors: FieldError[]) =>
  ({ errors, places: placesPart(res, catalogue), more: () => morePart(res, catalogue, values, errors) })

const unknownArea = ({ areaBySlug }: Catalogue, { filter: { area } }: Search): FieldError | null =>
  (area !== undefined && !areaBySlug.has(area) ? { field: 'area', key: 'spaces.error.area' } : null)
