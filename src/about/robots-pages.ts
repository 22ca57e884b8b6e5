import { Router } from 'express'
import type { Context } from '../context.ts'
import { root } from '../platform/root.ts'
import { open } from '../platform/web/guard.ts'
import { published } from '../rulebook/reading-pages.ts'
import { catalogueOf } from '../spaces/store.ts'
import { addDays, localDateOf, startOf } from '../time/wallclock.ts'
import { robotsText, securityText, sitemapText } from './robots.ts'

const securityDays = 180

/** What browsers and robots ask of every site by a fixed name. */
export function robotsPages(ctx: Context): Router {
  const router = Router()
  const { baseUrl, contact } = ctx.config
  router.get('/robots.txt', open, (_req, res) => void res.type('text/plain').send(robotsText(baseUrl)))
  router.get('/sitemap.xml', open, async (_req, res) => {
    const { unitBySlug, spaceBySlug } = await catalogueOf(ctx.db)
    const editions = (await published(ctx)).map(({ edition }) => edition.id)
    res.type('application/xml').send(sitemapText(baseUrl, { units: unitBySlug.keys(), spaces: spaceBySlug.keys(), editions }))
  })
  router.get('/.well-known/security.txt', open, (_req, res) => {
    const expires = startOf(addDays(localDateOf(ctx.clock.now()), securityDays))
    res.type('text/plain').send(securityText({ baseUrl, contact }, expires))
  })
  router.get('/favicon.ico', open, (_req, res) => res.sendFile(root('static', 'favicon.ico'), { cacheControl: false }))
  return router
}
