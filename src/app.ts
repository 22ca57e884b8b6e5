import compression from 'compression'
import express, { type Express, type RequestHandler } from 'express'
import * as about from './about/pages.ts'
import * as availabilityApi from './availability/api.ts'
import * as availability from './availability/pages.ts'
import * as savedSearches from './availability/saved-pages.ts'
import * as bookingsApi from './bookings/api.ts'
import * as bookingsDesk from './bookings/desk.ts'
import * as bookings from './bookings/pages.ts'
import { handOverHold } from './bookings/hold-actions.ts'
import * as calendars from './calendars/pages.ts'
import * as feeds from './calendars/feed.ts'
import { limit } from './cli/bench/limit.ts'
import type { Context } from './context.ts'
import * as bansDesk from './decisions/ban-desk.ts'
import * as decisionsDesk from './decisions/desk.ts'
import * as decisions from './decisions/pages.ts'
import { health } from './health.ts'
import * as associations from './people/association-pages.ts'
import * as associationsDesk from './people/desk.ts'
import * as invitations from './people/invitation-pages.ts'
import * as bannersDesk from './notices/banner-desk.ts'
import { showBanners } from './notices/banner-pages.ts'
import { identify, pages as people } from './people/pages.ts'
import { language } from './platform/web/language.ts'
import { formBody, jsonBody, legibleAddress } from './platform/web/legible.ts'
import { requestLog } from './platform/web/log.ts'
import { createMetrics } from './platform/web/metrics.ts'
import { onOwnPaths } from './platform/web/own-paths.ts'
import { errors, notFound } from './platform/web/problems.ts'
import { headers, sameSiteOnly } from './platform/web/security.ts'
import { statics } from './platform/web/statics.ts'
import * as rulebookApi from './rulebook/api.ts'
import * as rulebookDesk from './rulebook/desk.ts'
import * as restrictionsDesk from './rulebook/restriction-desk.ts'
import * as rulebook from './rulebook/pages.ts'
import * as spacesApi from './spaces/api.ts'
import { nameOpenData } from './spaces/open-data-pages.ts'
import * as spaces from './spaces/pages.ts'
import * as trialsDesk from './trials/desk.ts'

/** The service in reading order: what every request passes, then one line a noun. */
export function createApp(ctx: Context, worker: { lastPass(): number | null }): Express {
  const app = express()
  const metrics = createMetrics()
  app.disable('x-powered-by').set('etag', false).set('trust proxy', ctx.config.trustProxy).set('query parser', 'simple')
  app.use(requestLog(ctx.log, metrics), headers(ctx.config.production))
  app.use(onOwnPaths(health(ctx, worker, metrics)))
  app.use('/static', statics())
  app.use(compression())
  app.use(language(), site(ctx), legibleAddress)

  app.use('/api/v1', jsonBody())
  for (const api of [spacesApi, availabilityApi, rulebookApi, bookingsApi]) app.use('/api/v1', api.api(ctx))
  app.use('/api', notFound)

  app.use(nameOpenData(ctx))
  app.use(sameSiteOnly(ctx.config.baseUrl), formBody({ wide: /^\/desk\/rules(\/|$)/ }), identify(ctx))
  app.use(onOwnPaths(feeds.feed(ctx)))
  app.use(bookingsDesk.waitingCount(ctx))
  app.use(showBanners(ctx))
  app.use(onOwnPaths(people(ctx, { onSignIn: (from, to) => handOverHold(ctx, from, to) })))
  for (const pages of [invitations, associations, spaces, availability, savedSearches, rulebook, bookings, decisions, calendars, about]) app.use(onOwnPaths(pages.pages(ctx)))
  for (const desk of [bookingsDesk, associationsDesk, rulebookDesk, restrictionsDesk, bannersDesk, trialsDesk, decisionsDesk, bansDesk]) app.use(onOwnPaths(desk.desk(ctx)))
  if (ctx.config.benchLimitRoute) app.use(limit())
  app.use(notFound, errors(ctx.log))
  return app
}

/** What every page says of the service it belongs to. */
function site(ctx: Context): RequestHandler {
  const { city, contact, production, baseUrl } = ctx.config
  const site = { name: 'Tilavuoro', contact, demo: !production, baseUrl }
  const sites = { fi: { ...site, city: city.fi }, sv: { ...site, city: city.sv }, en: { ...site, city: city.en } }
  return (_req, res, next) => {
    Object.assign(res.locals, { site: sites[res.locals.lang], viewer: null, now: ctx.clock.now() })
    next()
  }
}
