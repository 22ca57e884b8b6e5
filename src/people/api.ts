import type { NextFunction, Request, Response } from 'express'
import type { Context } from '../context.ts'
import { faultOf } from '../platform/faults.ts'
import { hashOf } from '../platform/ids.ts'
import type { Guard } from '../platform/web/guard.ts'
import { problem } from '../platform/web/problems.ts'
import { personByToken } from './store.ts'
import { touchToken } from './user-actions.ts'

/**
 * Anybody, and whoever brings an `Authorization` header only by a token that works: who says who they are must not be answered
 * as if they were nobody. Sets `res.locals.person`, null without the header.
 */
export function openOrBearer(ctx: Context): Guard {
  const known = bearer(ctx)
  function check(req: Request, res: Response, next: NextFunction): unknown {
    if (req.get('authorization') !== undefined) return known(req, res, next)
    Object.assign(res.locals, { person: null, session: null })
    return next()
  }
  return Object.assign(check, { guard: 'open' })
}

/** Only whoever brings `Authorization: Bearer <token>`; cookies count for nothing on the API (rulings 24). Sets `res.locals.person`. */
export function bearer(ctx: Context): Guard {
  async function check(req: Request, res: Response, next: NextFunction): Promise<void> {
    const [, token] = /^Bearer ([\w.~+/=-]{1,200})$/i.exec(req.get('authorization') ?? '') ?? []
    const found = token ? await personByToken(ctx.db, hashOf(token)) : null
    if (!found) {
      res.set('WWW-Authenticate', token ? 'Bearer realm="tilavuoro", error="invalid_token"' : 'Bearer realm="tilavuoro"')
      return problem(res, 401, token ? 'token-invalid' : 'token-needed')
    }
    await touchToken(ctx, found.token).catch((error: unknown) => ctx.log.warn({ err: faultOf(error) }, 'token not touched'))
    res.set('Cache-Control', 'no-store')
    Object.assign(res.locals, { person: found.person, session: null })
    next()
  }
  return Object.assign(check, { guard: 'bearer' })
}
