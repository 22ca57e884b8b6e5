import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import type { Metrics } from './metrics.ts'

/** Secrets live in paths too: sign-in links, invitations and feed addresses are masked, however they are spelt; query strings are never written. */
const mask = (path: string): string => path.replace(/\/(sign-in|calendars\/f|associations\/invitations)\/[^/?]+/gi, '/$1/…').replace(/\?.*$/, '')

/** One line a request: method, masked path, status, milliseconds, request id. No addresses, names, cookies or queries. */
export function requestLog(log: Logger, metrics: Metrics): RequestHandler {
  return (req, res, next) => {
    const start = performance.now()
    const requestId = randomUUID()
    res.locals.requestId = requestId
    res.set('X-Request-Id', requestId)
    const { method, originalUrl } = req
    res.once('close', () => {
      const ms = performance.now() - start
      metrics.observe(method, res.statusCode, ms)
      const level = res.statusCode >= 500 ? 'error' : 'info'
      log[level]({ requestId, method, path: mask(originalUrl), status: res.statusCode, ms: Math.round(ms * 10) / 10 }, 'request')
    })
    next()
  }
}
