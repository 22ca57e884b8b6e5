import { STATUS_CODES } from 'node:http'
import type { ErrorRequestHandler, RequestHandler, Response } from 'express'
import { Busy, StorageFull } from '../db/database.ts'
import { faultOf } from '../faults.ts'
import { pageData } from './respond.ts'
import { HttpError, Malformed, NotFound, SignInNeeded } from './errors.ts'
import { placeWords } from './place-words.ts'
import { renderView } from './views.ts'

/** A short sentence for each code; a code without one is told by its status alone. */
const titles: Record<string, string> = {
  'busy': 'The service is busy, try again in a moment',
  'failure': 'Something failed on our side',
  'forbidden': 'Not allowed',
  'idempotency-key-malformed': 'The Idempotency-Key must be 1 to 200 visible ASCII characters',
  'idempotency-key-missing': 'An Idempotency-Key header is needed',
  'idempotency-key-reused': 'This Idempotency-Key was used with another body',
  'in-progress': 'The first request with this Idempotency-Key is still being handled',
  'invalid': 'Fields are missing or wrong',
  'malformed': 'The request cannot be read',
  'not-found': 'Unknown, or not yours',
  'refused': 'Refused, with all the reasons',
  'storage-full': 'The service has no room to write, nothing was changed',
  'token-invalid': 'The token does not work, or no longer',
  'token-needed': 'A bearer token is needed',
  'too-large': 'The request is too large',
  'too-many-requests': 'Too many requests, try again later',
}

/** RFC 9457. `code` is stable; `title` is English for developers; `requestId` is what our logs know the request by. */
export function problem(res: Response, status: number, code: string, more: object = {}): void {
  const title = titles[code] ?? STATUS_CODES[status] ?? code
  res.status(status).type('application/problem+json').send(JSON.stringify({ type: 'about:blank', title, status, code, requestId: res.locals.requestId, ...more }))
}

/** Turns whatever was thrown into a status: our own errors, body-parser's, a busy database, or a fault of ours. */
function asHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error
  if (error instanceof Busy) return new HttpError(503, 'busy')
  if (error instanceof StorageFull) return new HttpError(503, 'storage-full')
  if (error instanceof URIError) return new Malformed()
  const status = (error as { status?: unknown; statusCode?: unknown })?.status
  if (status === 413) return new HttpError(413, 'too-large')
  if (typeof status === 'number' && status >= 400 && status < 500) return new HttpError(status === 415 ? 415 : 400, 'malformed')
  return new HttpError(500, 'failure')
}

/** How many bytes the parser would have taken. */
function mostOf(thrown: unknown): number | undefined {
  const limit = (thrown as { limit?: unknown } | null)?.limit
  return typeof limit === 'number' ? limit : undefined
}

export const notFound: RequestHandler = () => {
  throw new NotFound()
}

const pages: Record<number, string> = { 403: '403', 404: '404', 413: '413', 429: '429', 503: '503' }

/** The last handler: a page in the visitor's language, or a problem document under /api. Nothing of a fault is told. */
export function errors(log: { error(data: object, text: string): void }): ErrorRequestHandler {
  return (thrown, req, res, next) => {
    const error = asHttpError(thrown)
    if (error.status === 500 || error.code === 'storage-full') log.error({ requestId: res.locals.requestId, err: faultOf(thrown) }, 'failure')
    if (res.headersSent) return next(thrown)
    if (error.code === 'busy') res.set('Retry-After', '2')
    // A fault before the language is known, for instance a database that is away when /metrics asks.
    if (!res.locals.t) return void res.status(error.status).type('text/plain').send(`${error.code}\n`)
    if (req.originalUrl.startsWith('/api/')) {
      const more = error instanceof Malformed && error.issues.length ? { errors: error.issues } : {}
      return problem(res, error.status, error.code, more)
    }
    if (error instanceof SignInNeeded && res.locals.url) {
      const back = req.method === 'GET' ? `?return=${encodeURIComponent(res.locals.path)}` : ''
      const to = res.locals.url(`/sign-in${back}`)
      if (req.get('HX-Request') === 'true') return void res.set('HX-Redirect', to).status(204).end()
      return res.redirect(303, to)
    }
    const page = pages[error.status] ?? (error.status < 500 ? '400' : '500')
    res.status(error.status).type('html').send(renderView(`errors/${page}`, {
      ...pageData(req, res), status: error.status, code: error.code, retryAfter: Number(res.get('Retry-After')) || undefined, mostBytes: mostOf(thrown),
      words: placeWords(res.locals.path ?? ''),
    }))
  }
}
