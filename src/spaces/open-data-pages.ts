import type { RequestHandler } from 'express'
import type { Context } from '../context.ts'
import { faultOf } from '../platform/faults.ts'
import { holdsOpenData } from './premises-facts.ts'
import { catalogueOf } from './store.ts'

const readEveryMs = 30_000

/**
 * Tells every page whether its footer owes the open data of Helsinki and Statistics Finland a line. It must not cost each a
 * query, so a process asks again 30 seconds after the last time: an import shows that late. The licence wants to be
 * named, so until it is known that nothing of it is here, it is.
 */
export function nameOpenData(ctx: Context): RequestHandler {
  const known = { readAt: -Infinity, openData: true }
  const read = async (now: number): Promise<void> => {
    known.readAt = now
    known.openData = holdsOpenData(await catalogueOf(ctx.db))
  }
  const unread = (error: unknown): void => ctx.log.warn({ err: faultOf(error) }, 'open data not read')
  return (_req, res, next) => {
    const now = ctx.clock.now()
    const put = (): void => {
      res.locals.openData = known.openData
      next()
    }
    return Math.abs(now - known.readAt) < readEveryMs ? put() : read(now).catch(unread).then(put)
  }
}
