import type { Request, Response } from 'express'
import { isKey, type Key } from '../i18n/messages.ts'
import { readCookie } from './cookies.ts'

type Flash = { kind: 'success' | 'info' | 'warning'; key: Key }

/** A word for the next page. The cookie holds a message key only, so nobody can put words in our mouth. */
export function setFlash(res: Response, { kind, key }: Flash): void {
  res.cookie('flash', `${kind}:${key}`, { httpOnly: true, sameSite: 'lax', path: '/', secure: !res.locals.site.demo, maxAge: 60_000, encode: String })
}

export function readFlash(req: Request, res: Response): { kind: string; text: string } | null {
  const [kind, key] = (readCookie(req, 'flash') ?? '').split(':')
  if (!kind || !key) return null
  res.clearCookie('flash', { path: '/' })
  if (!['success', 'info', 'warning'].includes(kind) || !key.startsWith('flash.') || !isKey(key)) return null
  return { kind, text: res.locals.t(key) }
}
