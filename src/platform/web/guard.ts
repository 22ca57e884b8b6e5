import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { Forbidden, SignInNeeded } from './errors.ts'

/**
 * Every route names its guard as its first handler; tests walk the mounted routers and fail on one without.
 * A guard only says who may knock: which objects a person sees is decided by loading through the person.
 */
export type Guard = RequestHandler & { guard: string }

function guardNamed(name: string, check: (req: Request, res: Response) => void): Guard {
  const handler = (req: Request, res: Response, next: NextFunction): void => {
    check(req, res)
    next()
  }
  return Object.assign(handler, { guard: name })
}

/** Anybody, signed in or not. */
export const open = guardNamed('open', () => undefined)

/** Somebody signed in with a session; others are led to the sign-in page and back. */
export const signedIn = guardNamed('signed-in', (_req, res) => {
  if (!res.locals.viewer) throw new SignInNeeded()
})

/** Somebody with any staff role; the scope is checked where the object is loaded. */
export const staff = guardNamed('staff', (_req, res) => {
  if (!res.locals.viewer) throw new SignInNeeded()
  if (!res.locals.viewer.desk) throw new Forbidden()
})

/** Staff that keeps what is the whole city's; other staff is told no. */
export const coordinator = guardNamed('coordinator', (_req, res) => {
  if (!res.locals.viewer) throw new SignInNeeded()
  if (!res.locals.viewer.coordinator) throw new Forbidden()
})

/** Only outside production. */
export const development = guardNamed('development', (_req, res) => {
  if (!res.locals.site.demo) throw new Forbidden()
})
