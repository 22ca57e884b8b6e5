import { Router } from 'express'
import { groundOf } from '../availability/actions.ts'
import type { Context } from '../context.ts'
import { NotFound } from '../platform/web/errors.ts'
import { parseForm } from '../platform/web/forms.ts'
import { open } from '../platform/web/guard.ts'
import { show } from '../platform/web/respond.ts'
import type { Catalogue } from '../spaces/catalogue.ts'
import { catalogueOf } from '../spaces/store.ts'
import { localDateOf } from '../time/wallclock.ts'
import { accountPages } from './account-pages.ts'
import { calculatorQuery } from './calculator.ts'
import type { Edition } from './edition.ts'
import { editionView } from './edition-view-pages.ts'
import { priceDay } from './published.ts'
import { headOf, lineOf, published, readingOf, type Reader } from './reading-pages.ts'
import { linkToUnit } from './restrictions-view-pages.ts'
import { calculatorView, everyday } from './rules-view-pages.ts'

/** The rule book in plain language, with a calculator on top; the editions before and after it. */
export function pages(ctx: Context): Router {
  const router = Router()
  router.use(accountPages(ctx))

  router.get('/rules', open, async (req, res) => {
    const { catalogue, edition, now } = await groundOf(ctx)
    const query = parseForm(calculatorQuery, req.query)
    const said = query.ok ? query.value : calculatorQuery.parse({})
    const reader = readingOf(req, res)
    const date = localDateOf(now)
    show(req, res, 'rules/rules', {
      ...reader, ...bookOf(edition, catalogue, date, reader), ...calculatorView({ edition, catalogue, said, date, ...reader }),
      coming: (await published(ctx)).filter(({ state }) => state === 'coming').reverse().map((one) => lineOf(one, reader)),
      values: req.query, errors: query.ok ? [] : query.errors,
    }, { status: query.ok ? 200 : 400 })
  })

  router.get('/rules/editions', open, async (req, res) => {
    const reader = readingOf(req, res)
    const all = (await published(ctx)).map((one) => lineOf(one, reader))
    show(req, res, 'rules/editions', {
      ...reader, groups: (['in_force', 'coming', 'replaced', 'withdrawn'] as const).map((state) => ({ state, editions: all.filter((one) => one.state === state) })),
    })
  })

  router.get('/rules/editions/:id', open, async (req, res) => {
    const found = (await published(ctx)).find(({ edition }) => edition.id === req.params['id'])
    if (!found) throw new NotFound()
    const reader = readingOf(req, res)
    const date = priceDay(found, localDateOf(ctx.clock.now()))
    show(req, res, 'rules/edition', { ...reader, ...bookOf(found.edition, await catalogueOf(ctx.db), date, reader), line: lineOf(found, reader) })
  })

  return router
}

/** What the page of an edition says, whichever it is. */
function bookOf(edition: Edition, catalogue: Catalogue, date: string, reader: Reader) {
  const unit = (slug: string) => {
    const found = catalogue.unitBySlug.get(slug)
    return found ? linkToUnit(found, reader.lang) : null
  }
  return { edition: headOf(edition, reader), everyday: everyday(edition, catalogue, date), book: editionView(edition, { ...reader, date, unit }) }
}
