import type { RequestHandler } from 'express'
import helmet from 'helmet'
import { Forbidden } from './errors.ts'

/**
 * Nothing from another site, nothing inline, nothing evaluated. Helmet says the same to every request, through a dozen
 * handlers; it is asked once, and its headers are then set in one go.
 */
export function headers(production: boolean): RequestHandler {
  const set = new Map<string, string>()
  const standIn = { setHeader: (name: string, value: string) => set.set(name, value), removeHeader: (name: string) => set.delete(name) }
  ours(production)({} as never, standIn as never, () => undefined)
  const known = [...set]
  return (_req, res, next) => {
    for (const [name, value] of known) res.setHeader(name, value)
    next()
  }
}

function ours(production: boolean): ReturnType<typeof helmet> {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // A phone on plain http must reach a development server.
    strictTransportSecurity: production ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
  })
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a change asked for by another site. Browsers always say where a form came from (Sec-Fetch-Site, or Origin in
 * old ones), so no tokens are needed; a client that says neither is no browser and carries no cookie by accident.
 */
export function sameSiteOnly(baseUrl: string): RequestHandler {
  return (req, _res, next) => {
    if (safe.has(req.method)) return next()
    const site = req.get('sec-fetch-site')
    if (site !== undefined) {
      if (site !== 'same-origin' && site !== 'none') throw new Forbidden()
      return next()
    }
    const origin = req.get('origin')
    if (origin === undefined) return next()
    const host = URL.canParse(origin) ? new URL(origin).host : null
    if (host === null || (host !== req.get('host') && host !== new URL(baseUrl).host)) throw new Forbidden()
    next()
  }
}
