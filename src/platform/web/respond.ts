import type { Request, Response } from 'express'
import type { Key } from '../i18n/messages.ts'
import { alternates } from './language.ts'
import { readFlash, setFlash } from './flash.ts'
import { asset, renderView } from './views.ts'

/** The data every template may use besides its own. */
export function pageData(req: Request, res: Response): object {
  const { lang, t, f, url, path, viewer, site, requestId, now, banners, openData = true } = res.locals
  return { lang, t, f, url, path, viewer, site, requestId, now, banners, openData, asset, alternates: alternates(path), flash: readFlash(req, res) }
}

/** htmx asks for a part of a page; a plain visit or a history restore asks for the whole. */
export const wantsFragment = (req: Request): boolean => req.get('HX-Request') === 'true' && req.get('HX-Request-Type') !== 'full'

const room = Buffer.allocUnsafe(512 * 1024)

/** A page's bytes, written into memory that is there already, which is quicker than into new memory. What may not have fitted is written anew. */
function bytesOf(html: string): Buffer {
  const length = room.write(html)
  return length < room.length - 4 ? Buffer.from(room.subarray(0, length)) : Buffer.from(html)
}

/** Renders a page, or only its fragment (the same file that the page includes) when htmx asks. */
export function show(req: Request, res: Response, page: string, data: object, options: { status?: number; fragment?: string } = {}): void {
  res.vary('HX-Request')
  const template = options.fragment && wantsFragment(req) ? options.fragment : page
  // Not by spreading: V8 makes a new shape for each key that is added to a spread object, a fifth of a page's rendering.
  res.status(options.status ?? 200).type('html').send(bytesOf(renderView(template, Object.assign({}, pageData(req, res), data))))
}

/** Post/Redirect/Get, with a word for the next page. `to` is a path without language prefix. */
export function goTo(res: Response, to: string, flash?: { kind: 'success' | 'info' | 'warning'; key: Key }): void {
  if (flash) setFlash(res, flash)
  res.redirect(303, res.locals.url(to))
}
