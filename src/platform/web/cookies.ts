import type { Request } from 'express'

/** One cookie's value, or null. Cookies are set with `res.cookie`; reading needs no library. */
export function readCookie(req: Request, name: string): string | null {
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const cut = pair.indexOf('=')
    if (cut > 0 && pair.slice(0, cut).trim() === name) {
      const value = pair.slice(cut + 1).trim()
      return /^[\w.:-]{1,200}$/.test(value) ? value : null
    }
  }
  return null
}
