import type { RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { faultOf } from '../platform/faults.ts'
import { textIn } from '../platform/i18n/text.ts'
import { bannersDue, bannersSeen, readBanners } from './banner-store.ts'

/** Puts what is announced now on top of the page. A fault in reading it never fails the page: it shows what was known. */
export function showBanners(ctx: Context): RequestHandler {
  function put(res: Response, now: number): void {
    const { lang, viewer } = res.locals
    res.locals.banners = bannersSeen(ctx.db, { desk: viewer?.desk ?? false }, now).map(({ level, text }) => ({ level, ...textIn(text, lang) }))
  }
  const unread = (error: unknown): void => ctx.log.warn({ err: faultOf(error) }, 'banners not read')
  return (_req, res, next) => {
    const now = ctx.clock.now()
    if (!bannersDue(ctx.db, now)) {
      put(res, now)
      return next()
    }
    return readBanners(ctx.db, now).catch(unread).then(() => {
      put(res, now)
      next()
    })
  }
}
