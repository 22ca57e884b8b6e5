import { Router } from 'express'
import type { Context } from '../context.ts'
import { open } from '../platform/web/guard.ts'
import { show } from '../platform/web/respond.ts'
import { editionInForce } from '../rulebook/store.ts'
import { holdsOpenData, premisesFacts } from '../spaces/premises-facts.ts'
import { shown } from '../spaces/shown.ts'
import { catalogueOf } from '../spaces/store.ts'
import { localDateOf } from '../time/wallclock.ts'
import { contactPages } from './contact-pages.ts'
import { helpOf } from './help.ts'
import { robotsPages } from './robots-pages.ts'
import { styleguidePages } from './styleguide-pages.ts'

/** What the service says of itself: help, contact, accessibility, privacy, and where its data comes from. */
export function pages(ctx: Context): Router {
  const router = Router()
  router.use(contactPages(ctx), robotsPages(ctx))
  if (!ctx.config.production) router.use(styleguidePages())
  router.get('/accessibility', open, (req, res) => show(req, res, 'about/accessibility', {}))
  router.get('/privacy', open, (req, res) => show(req, res, 'about/privacy', {}))
  router.get('/help', open, async (req, res) => {
    const limits = (await editionInForce(ctx.db, localDateOf(ctx.clock.now())))?.limits ?? null
    show(req, res, 'about/help', { limits, sections: helpOf(limits) })
  })
  router.get('/about-data', open, async (req, res) => {
    const catalogue = await catalogueOf(ctx.db)
    const facts = premisesFacts(catalogue)
    const far = facts.far.map(({ unit, metres }) => ({ name: shown(unit.name, res.locals.lang), href: `/units/${unit.slug}`, metres }))
    show(req, res, 'about/data', { facts, far, openData: holdsOpenData(catalogue) })
  })
  return router
}
