import { Router, type Request, type RequestHandler, type Response } from 'express'
import type { Context } from '../context.ts'
import { bansShown } from '../decisions/ban-view-pages.ts'
import { faultOf } from '../platform/faults.ts'
import { hashOf, secretToken } from '../platform/ids.ts'
import { readCookie } from '../platform/web/cookies.ts'
import { NotFound, SignInNeeded } from '../platform/web/errors.ts'
import { parseForm } from '../platform/web/forms.ts'
import { signedIn, staff } from '../platform/web/guard.ts'
import { goTo, show } from '../platform/web/respond.ts'
import { revokeSession, sessionLivesMs, setDigest, touchSession, updateMe } from './actions.ts'
import { cookieName, cookieOptions } from './cookies.ts'
import { devPages } from './dev-pages.ts'
import { callName, detailsForm, tokenForm, type Person } from './person.ts'
import { decidesSomewhere, managing, mayAnnounce, mayRule, mayVerify } from './roles.ts'
import { signInPages, type Hooks } from './sign-in-pages.ts'
import { personBySession, sessionsOf, tokensOf, type Session } from './store.ts'
import { makeToken, revokeToken, tokensAtMost } from './user-actions.ts'

declare module 'express-serve-static-core' {
  interface Locals {
    /** Who is signed in, by cookie on pages and by token on the API. */
    person: Person | null
    session: Session | null
  }
}

/** Reads the session cookie and says who looks. Writes at most every ten minutes, and never fails a page for that. */
export function identify(ctx: Context): RequestHandler {
  const { production } = ctx.config
  async function find(cookie: string, res: Response): Promise<void> {
    const found = await personBySession(ctx.db, hashOf(cookie), ctx.clock.now())
    if (found) {
      const { person, session } = found
      const viewer = { id: person.id, name: callName(person), email: person.email, desk: person.roles.length > 0, coordinator: mayVerify(person.roles), announces: mayAnnounce(person.roles), decides: decidesSomewhere(person.roles), rules: mayRule(person.roles) }
      Object.assign(res.locals, { person, session, viewer })
      res.set('Cache-Control', 'private, no-cache')
      const touched = await touchSession(ctx, session).catch((error: unknown) => void ctx.log.warn({ err: faultOf(error) }, 'session not touched'))
      if (touched) res.cookie(cookieName('sid', production), cookie, { ...cookieOptions(production), maxAge: sessionLivesMs })
    }
  }
  return (req, res, next) => {
    Object.assign(res.locals, { person: null, session: null, viewer: null })
    const cookie = readCookie(req, cookieName('sid', production))
    if (!cookie) return next()
    return find(cookie, res).then(() => next())
  }
}

/** The signed-in person of a route behind the guard `signedIn` or `staff`. */
export function personOf(res: Response): Person {
  if (!res.locals.person) throw new SignInNeeded()
  return res.locals.person
}

const preLivesMs = 24 * 3_600_000

/** Whose holds the visitor sees: the person's, else those of this browser's pre-session cookie; null when it has none. */
export function ownerHash(req: Request, res: Response): string | null {
  if (res.locals.person) return `person:${res.locals.person.id}`
  const cookie = readCookie(req, cookieName('pre', !res.locals.site.demo))
  return cookie && hashOf(cookie)
}

/** As `ownerHash`, and gives the browser its pre-session cookie when it has none. For the POST that places a hold. */
export function ownerOf(req: Request, res: Response): { hash: string } {
  const known = ownerHash(req, res)
  if (known) return { hash: known }
  const [production, secret] = [!res.locals.site.demo, secretToken()]
  res.cookie(cookieName('pre', production), secret, { ...cookieOptions(production), maxAge: preLivesMs })
  return { hash: hashOf(secret) }
}

export function pages(ctx: Context, hooks: Hooks = {}): Router {
  const router = Router()
  router.use(signInPages(ctx, hooks))
  if (!ctx.config.production) router.use(devPages(ctx, hooks))

  async function showMe(req: Request, res: Response, more: object, status = 200): Promise<void> {
    const person = personOf(res)
    const sessions = await sessionsOf(ctx.db, person.id, ctx.clock.now())
    const tokens = await tokensOf(ctx.db, person.id)
    // The answer to a form is this same page: the other languages of it must not lead to the form's address.
    res.locals.path = '/me'
    show(req, res, 'people/me', {
      person, sessions, tokens, tokensAtMost, here: res.locals.session?.idHash, manages: managing(person.roles).length > 0, made: null, values: person,
      bans: await bansShown(ctx.db, person, ctx.clock.now(), res.locals), ...more,
    }, { status })
  }

  router.get('/me', signedIn, (req, res) => showMe(req, res, {}))
  router.post('/me', signedIn, async (req, res) => {
    const form = parseForm(detailsForm, req.body)
    if (!form.ok) return showMe(req, res, { values: req.body, errors: form.errors }, 422)
    await updateMe(ctx, personOf(res), form.value)
    goTo(res, '/me', { kind: 'success', key: 'flash.people.saved' })
  })
  router.post('/me/sessions/:id/revocation', signedIn, async (req, res) => {
    if (!(await revokeSession(ctx, personOf(res), String(req.params['id'])))) throw new NotFound()
    goTo(res, '/me', { kind: 'success', key: 'flash.people.sessionEnded' })
  })
  router.post('/me/digest', staff, async (req, res) => {
    await setDigest(ctx, personOf(res), (req.body as { digest?: unknown } | undefined)?.digest === '1')
    goTo(res, '/me', { kind: 'success', key: 'flash.people.saved' })
  })
  /** The secret is shown in this answer and is nowhere else: not in a cookie, an address or a log. */
  router.post('/me/tokens', signedIn, async (req, res) => {
    const person = personOf(res)
    const form = parseForm(tokenForm, req.body)
    if (!form.ok) return showMe(req, res, { values: { ...person, ...(req.body as object) }, errors: form.errors }, 422)
    const { tokenName: name } = form.value
    const made = await makeToken(ctx, person, name)
    if (!made.ok) {
      const { limit } = made.refusal
      return showMe(req, res, { errors: [{ field: 'tokenName', key: 'people.error.tooManyTokens', values: { limit } }] }, 409)
    }
    res.set('Cache-Control', 'no-store')
    await showMe(req, res, { made: { name, secret: made.token } })
  })
  router.post('/me/tokens/:id/revocation', signedIn, async (req, res) => {
    if (!(await revokeToken(ctx, personOf(res), String(req.params['id'])))) throw new NotFound()
    goTo(res, '/me', { kind: 'success', key: 'flash.people.tokenEnded' })
  })
  return router
}
