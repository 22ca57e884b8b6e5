import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { hashOf, keyedHash } from '../platform/ids.ts'
import { readCookie } from '../platform/web/cookies.ts'
import { parseForm } from '../platform/web/forms.ts'
import { open } from '../platform/web/guard.ts'
import { limit, networkHash } from '../platform/web/limits.ts'
import { goTo, show } from '../platform/web/respond.ts'
import { askSignInLink, faultOf, sessionLivesMs, signIn, signOut, type LinkFault } from './actions.ts'
import { cookieName, cookieOptions } from './cookies.ts'
import { deviceOf, emailField, normalEmail } from './person.ts'
import { localPath } from './return-to.ts'
import { signInLinkByToken } from './store.ts'

/** `onSignIn` learns that what was kept for one owner hash now belongs to another; people know nothing of holds. */
export type Hooks = { onSignIn?: (from: string, to: string) => Promise<void> }

/** What a browser tells at sign-in: what it is, and the session it had. */
export const browserOf = (req: Request, res: Response) =>
  ({ device: deviceOf(req.get('user-agent') ?? ''), formerHash: res.locals.session?.idHash })

/** A new session's cookie, and whose holds go over to its person. */
export async function welcome(
  res: Response,
  { production, session, personId, presessionHash, hooks }: { production: boolean; session: string; personId: string; presessionHash: string | null; hooks: Hooks },
): Promise<void> {
  if (presessionHash) await hooks.onSignIn?.(presessionHash, `person:${personId}`)
  res.clearCookie(cookieName('pre', production), cookieOptions(production))
  res.cookie(cookieName('sid', production), session, { ...cookieOptions(production), maxAge: sessionLivesMs })
}

const askForm = z.object({ email: emailField, return: z.unknown().optional().transform(localPath) })

export function signInPages(ctx: Context, hooks: Hooks): Router {
  const router = Router()
  const { production, sessionSecret: secret } = ctx.config
  const preHash = (req: Request): string | null => {
    const cookie = readCookie(req, cookieName('pre', production))
    return cookie && hashOf(cookie)
  }
  const addressHash = (req: Request): string => {
    const email = normalEmail(String((req.body as { email?: unknown } | undefined)?.email ?? ''))
    return email === null ? networkHash(secret, req) : keyedHash(secret, `address:${email}`)
  }

  router.get('/sign-in', open, (req, res) => {
    const returnTo = localPath(req.query['return'])
    if (res.locals.viewer) return goTo(res, returnTo)
    show(req, res, 'people/sign-in', { values: { return: returnTo } })
  })

  // A library's or a school's whole network may share one address, so the network's limit is generous.
  router.post('/sign-in', open, limit(60, (req) => networkHash(secret, req)), limit(10, addressHash), async (req, res) => {
    const form = parseForm(askForm, req.body)
    if (!form.ok) {
      const { email, return: wanted } = (req.body ?? {}) as Record<string, unknown>
      return show(req, res, 'people/sign-in', { values: { email, return: localPath(wanted) }, errors: form.errors }, { status: 422 })
    }
    const { email, return: returnTo } = form.value
    await askSignInLink(ctx, { email, language: res.locals.lang, returnTo, presessionHash: preHash(req) })
    show(req, res, 'people/sign-in-sent', { returnTo })
  })

  function showFault(req: Request, res: Response, fault: LinkFault, returnTo: string, status: number): void {
    show(req, res, 'people/sign-in-fault', { fault, values: { return: returnTo } }, { status: fault === 'unknown' ? 404 : status })
  }

  // Mail scanners follow links: looking at one changes nothing (rulings 19).
  router.get('/sign-in/:token', open, async (req, res) => {
    res.set('Cache-Control', 'no-store')
    const link = await signInLinkByToken(ctx.db, hashOf(String(req.params['token'])))
    const fault = faultOf(link, ctx.clock.now())
    const { viewer } = res.locals
    if (link && fault === 'used' && viewer?.email === link.email) return goTo(res, link.returnTo)
    if (!link || fault) return showFault(req, res, fault ?? 'unknown', link?.returnTo ?? '/', 410)
    show(req, res, 'people/sign-in-confirm', { email: link.email, other: viewer && viewer.email !== link.email ? viewer.email : null })
  })

  router.post('/sign-in/:token', open, async (req, res) => {
    const done = await signIn(ctx, String(req.params['token']), browserOf(req, res))
    if (!done.ok) return showFault(req, res, done.refusal.code, '/', 409)
    await welcome(res, { production, session: done.session, personId: done.person.id, presessionHash: preHash(req) ?? done.presessionHash, hooks })
    goTo(res, done.returnTo, { kind: 'success', key: 'flash.people.signedIn' })
  })

  router.post('/sign-out', open, async (_req, res) => {
    if (res.locals.session) await signOut(ctx, res.locals.session.idHash)
    res.clearCookie(cookieName('sid', production), cookieOptions(production))
    // On a shared computer Back must not show the pages of the one who left.
    res.set('Clear-Site-Data', '"cache"')
    goTo(res, '/', { kind: 'success', key: 'flash.people.signedOut' })
  })
  return router
}
