import type { RequestHandler } from 'express'
import type { Context } from '../context.ts'
import { faultOf } from '../platform/faults.ts'
import { textIn } from '../platform/i18n/text.ts'
import { bannersSeen, keepBannersRead } from './banner-store.ts'

/** Puts what is announced now on top of the page. A fault in reading it never fails the page: it shows what was known. */
export function showBanners(ctx: Context): RequestHandler {
  return async (_req, res, next) => {
    const { lang, viewer } = res.locals
    const now = ctx.clock.now()
    await keepBannersRead(ctx.db, now).catch((error: unknown) => ctx.log.warn({ err: faultOf(error) }, 'banners not read'))
    res.locals.banners = bannersSeen(ctx.db, { desk: viewer?.desk ?? false }, now).map(({ level, text }) => ({ level, ...textIn(text, lang) }))
    next()
  }
}
