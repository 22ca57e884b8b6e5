import { Router } from 'express'
import { z } from 'zod'
import { openapi } from '../about/openapi.ts'
import type { Context } from '../context.ts'
import { Malformed } from '../platform/web/errors.ts'
import { parseQuery } from '../platform/web/forms.ts'
import { open } from '../platform/web/guard.ts'
import { approvalOfSpace } from '../rulebook/space-approval.ts'
import { editionInForce } from '../rulebook/store.ts'
import { traitsOf } from '../rulebook/traits.ts'
import { localDateOf } from '../time/wallclock.ts'
import type { Catalogue } from './catalogue.ts'
import { filterFields, matching, placed } from './filter.ts'
import { spaceJson, unitJson } from './json.ts'
import { pagingFields, piece } from './paging.ts'
import { catalogueOf } from './store.ts'

const unitsQuery = z.object({ kind: filterFields.unitKind, area: filterFields.area, ...pagingFields })
const spacesQuery = z.object({ ...filterFields, ...pagingFields })

/** Premises for machines. */
export function api(ctx: Context): Router {
  const router = Router()

  router.get('/openapi.json', open, (_req, res) => {
    res.json(openapi(ctx.config.baseUrl))
  })

  router.get('/units', open, async (req, res) => {
    const query = parseQuery(unitsQuery, req.query)
    const catalogue = await catalogueOf(ctx.db)
    knownArea(catalogue, query.area)
    const within = placed(catalogue.areaBySlug, query.area)
    const units = [...catalogue.units.values()]
      .filter((unit) => (query.kind === undefined || unit.kind === query.kind) && within(unit))
      .sort((a, b) => (a.slug < b.slug ? -1 : 1))
    const { items, next } = piece(units, query)
    res.json({ items: items.map((unit) => unitJson(unit, catalogue)), next })
  })

  router.get('/spaces', open, async (req, res) => {
    const query = parseQuery(spacesQuery, req.query)
    const catalogue = await catalogueOf(ctx.db)
    knownArea(catalogue, query.area)
    const edition = await editionInForce(ctx.db, localDateOf(ctx.clock.now()))
    const { items, next } = piece(matching(catalogue, query), query)
    res.json({ items: items.map((one) => spaceJson(one, catalogue, edition ? approvalOfSpace(edition, traitsOf(one)) : one.space.approval)), next })
  })

  return router
}

/** An area that does not exist is a mistake in the query, not an empty answer. */
export function knownArea({ areaBySlug }: Catalogue, slug: string | undefined): void {
  if (slug !== undefined && !areaBySlug.has(slug)) throw new Malformed([{ path: 'area', code: 'unknown' }])
}
