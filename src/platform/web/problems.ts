import type { ErrorRequestHandler, RequestHandler, Response } from 'express'
import { Busy } from '../db/database.ts'
import { faultOf } from '../faults.ts'
import { pageData } from './respond.ts'
import { HttpError, Malformed, NotFound, SignInNeeded } from './errors.ts'
import { renderView } from './views.ts'

/** RFC 9457. `code` is stable; `title` is English for developers. */
export function problem(res: Response, status: number, code: string, more: object = {}): void {
  res.status(status).type('application/problem+json').send(JSON.stringify({ type: 'about:blank', title: code, status, code, ...more }))
}

/** Turns whatever was thrown into a status: our own errors, body-parser's, a busy database, or a fault of ours. */
function asHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error
  if (error instanceof Busy) return new HttpError(503, 'busy')
  if (error instanceof URIError) return new Malformed()
  const status = (error as { status?: unknown; statusCode?: unknown })?.status
  if (status === 413) return new HttpError(413, 'too-large')
  if (typeof status === 'number' && status >= 400 && status < 500) return new HttpError(status === 415 ? 415 : 400, 'malformed')
  return new HttpError(500, 'failure')
}

export const notFound: RequestHandler = () => {
  throw new NotFound()
}

const pages: Record<number, string> = { 403: '403', 404: '404', 429: '429', 503: '503' }

/** The last handler: a page in the visitor's language, or a problem document under /api. Nothing of a fault is told. */
export function errors(log: { error(data: object, text: string): void }): ErrorRequestHandler {
  return (thrown, req, res, next) => {
    const error = asHttpError(thrown)
    if (error.status === 500) log.error({ requestId: res.locals.requestId, err: faultOf(thrown) }, 'failure')
    if (res.headersSent) return next(thrown)
    if (error.code === 'busy') res.set('Retry-After', '2')
    // A fault before the language is known, for instance a database that is away when /metrics asks.
    if (!res.locals.t) return void res.status(error.status).type('text/plain').send(`${error.code}\n`)
    if (req.originalUrl.startsWith('/api/')) {
      const more = error instanceof Malformed && error.issues.length ? { errors: error.issues } : {}
      return problem(res, error.status, error.code, { requestId: res.locals.requestId, ...more })
    }
    if (error instanceof SignInNeeded && res.locals.url) {
      const back = req.method === 'GET' ? `?return=${encodeURIComponent(res.locals.path)}` : ''
      const to = res.locals.url(`/sign-in${back}`)
      if (req.get('HX-Request') === 'true') return void res.set('HX-Redirect', to).status(204).end()
      return res.redirect(303, to)
    }
    const page = pages[error.status] ?? (error.status < 500 ? '400' : '500')
    res.status(error.status).type('html').send(renderView(`errors/${page}`, {
      ...pageData(req, res), status: error.status, code: error.code, retryAfter: Number(res.get('Retry-After')) || undefined,
    }))
  }
}
