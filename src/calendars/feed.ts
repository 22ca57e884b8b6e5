import { pipeline } from 'node:stream/promises'
import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import { bookingFor } from '../bookings/desk-store.ts'
import type { Context } from '../context.ts'
import { personOf } from '../people/pages.ts'
import { languages, type Language } from '../platform/i18n/text.ts'
import { NotFound } from '../platform/web/errors.ts'
import { parseQuery } from '../platform/web/forms.ts'
import { open, signedIn } from '../platform/web/guard.ts'
import { icsOf, readFeed, type Told } from './actions.ts'
import { openAddress } from './address-actions.ts'
import { areaFeed, spaceFeed, unitFeed, type Feed } from './feed-store.ts'

/** Calendars to subscribe to, and a booking as a file. */
export function feed(ctx: Context): Router {
  const router = Router()

  for (const [kind, feedOf] of [['spaces', spaceFeed], ['units', unitFeed], ['areas', areaFeed]] as const) {
    router.get<{ slug: string }>(`/calendars/${kind}/:slug.ics`, open, async (req, res) => {
      const found = await feedOf(ctx.db, req.params.slug)
      if (!found) throw new NotFound()
      if ('movedTo' in found) return res.redirect(301, res.locals.url(`/calendars/${kind}/${found.movedTo}.ics${queryOf(req)}`))
      await answer(ctx, req, res, found, { lang: languageOf(req, res), keeping: 'public', filename: req.params.slug })
    })
  }

  router.get<{ token: string }>('/calendars/f/:token.ics', open, async (req, res) => {
    const opened = await openAddress(ctx, req.params.token)
    if (!opened) throw new NotFound()
    res.set('X-Robots-Tag', 'noindex')
    await answer(ctx, req, res, opened.feed, { lang: languageOf(req, res, opened.language), keeping: 'private', filename: 'tilavuoro' })
  })

  router.get<{ ref: string }>('/bookings/:ref/booking.ics', signedIn, async (req, res) => {
    const person = personOf(res)
    const found = await bookingFor(ctx.db, person, req.params.ref)
    if (!found) throw new NotFound()
    const { booking, listed } = found
    head(res, { keeping: 'private', filename: booking.ref })
    res.send(await icsOf(ctx, booking, listed, languageOf(req, res), booking.personId === person.id ? 'owner' : 'staff'))
  })

  return router
}

const feedQuery = z.object({ lang: z.enum(languages).optional() })

/** `?lang=` before the address's prefix, before what the reader chose when the address was made. */
function languageOf(req: Request, res: Response, chosen: Language = 'fi'): Language {
  const { lang } = parseQuery(feedQuery, req.query)
  return lang ?? (res.locals.lang === 'fi' ? chosen : res.locals.lang)
}

const queryOf = (req: Request): string => /\?.*$/s.exec(req.url)?.[0] ?? ''

/** Nobody keeps it without asking: a change must be seen by the next reader, and an unchanged feed costs a 304. */
function head(res: Response, { keeping, filename }: { keeping: 'public' | 'private'; filename: string }): void {
  res.type('text/calendar; charset=utf-8').set({
    'Cache-Control': `${keeping}, no-cache`,
    'Content-Disposition': `inline; filename="${filename}.ics"`,
  })
}

type How = { lang: Language; keeping: 'public' | 'private'; filename: string }

async function answer(ctx: Context, req: Request, res: Response, found: Feed, { lang, keeping, filename }: How): Promise<void> {
  head(res, { keeping, filename })
  const built = await readFeed(ctx, found, lang, (etag) => {
    res.set('ETag', etag)
    return req.fresh
  })
  if (built === null) res.status(304).end()
  else await send(req, res, built)
}

async function send(req: Request, res: Response, told: Told): Promise<void> {
  if (typeof told === 'string') return void res.send(told)
  if (req.method === 'HEAD') return void res.end()
  try {
    await pipeline(told, res)
  } catch (error) {
    // A reader who goes away in the middle is no fault.
    if ((error as { code?: unknown }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}
