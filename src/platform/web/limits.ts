import type { Request, RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import { keyedHash } from '../ids.ts'
import { HttpError } from './errors.ts'

const windowMs = 15 * 60_000

/** Stands for the network a request comes from, without keeping its address: one IPv4 address or one IPv6 /56. */
export const networkHash = (secret: string, req: Request): string => keyedHash(secret, `network:${ipKeyGenerator(req.ip ?? '')}`)

/** Lets `most` requests of one key through in a quarter of an hour, then answers 429. `key` must already be a hash. */
export function limit(most: number, key: (req: Request) => string): RequestHandler {
  return rateLimit({
    windowMs,
    limit: most,
    keyGenerator: key,
    standardHeaders: false,
    legacyHeaders: false,
    handler: (_req, res, next) => {
      res.set('Retry-After', String(windowMs / 1000))
      next(new HttpError(429, 'too-many-requests'))
    },
  })
}
