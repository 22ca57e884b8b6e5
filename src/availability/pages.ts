import { Router, type Request, type Response } from 'express'
import type { Context } from '../context.ts'
import { parseForm, type FieldError } from '../platform/web/forms.ts'
import { open } from '../platform/web/guard.ts'
import { show } from '../platform/web/respond.ts'
import type { Catalogue } from '../spaces/catalogue.ts'
import { asSaid } from '../spaces/filter.ts'
import { groundOf, resultsOf, type Ground } from './actions.ts'
import { listView, searchOptions } from './list-view.ts'
import { searchOf, searchQuery, type Search } from './search-query.ts'

/** The list of spaces. */
export function pages(ctx: Context): Router {
  const router = Router()

  router.get('/spaces', open, async (req, res) => {
    const ground = await groundOf(ctx)
    const query = parseForm(searchQuery, req.query)
    if (!query.ok) return showFaults(req, res, ground.catalogue, query.errors)
    const search = searchOf(query.value, ground.now)
    const fault = unknownArea(ground.catalogue, search)
    if (fault) return showFaults(req, res, ground.catalogue, [fault])
    await showResults(ctx, req, res, ground, search)
  })

  return router
}

async function showResults(ctx: Context, req: Request, res: Response, ground: Ground, search: Search): Promise<void> {
  const results = await resultsOf(ctx.db, ground, search)
  const view = listView({ ...ground, limits: ground.edition.limits, search, language: res.locals.lang }, results)
  show(req, res, 'spaces/list', { ...view, errors: [] }, { fragment: 'spaces/_results' })
}

/** The form as it was filled in, with its faults and nothing found. */
function showFaults(req: Request, res: Response, catalogue: Catalogue, errors: FieldError[]): void {
  const data = { values: asSaid(req.query), errors, options: searchOptions(catalogue, res.locals.lang), found: null }
  show(req, res, 'spaces/list', data, { status: 400, fragment: 'spaces/_results' })
}

const unknownArea = ({ areaBySlug }: Catalogue, { filter: { area } }: Search): FieldError | null =>
  (area !== undefined && !areaBySlug.has(area) ? { field: 'area', key: 'spaces.error.area' } : null)
