import express, { type RequestHandler } from 'express'
import { Malformed } from './errors.ts'

/** Nobody types a NUL or half a character, and PostgreSQL takes neither: such input is malformed before anybody reads it. */
const illegible = /\0|\p{Cs}/u
const limit = '64kb'

export const legibleAddress: RequestHandler = (req, _res, next) => {
  if (req.url.includes('%00')) throw new Malformed()
  next()
}

/** A JSON body; one nested too deep to walk through is malformed as well. */
export const jsonBody = (): RequestHandler => express.json({
  limit,
  strict: true,
  reviver: (_key, value: unknown) => {
    if (typeof value === 'string' && illegible.test(value)) throw new SyntaxError('illegible text')
    return value
  },
})

/** The fields of a form. */
export const formBody = (): RequestHandler => express.urlencoded({
  extended: false,
  limit,
  verify: (_req, _res, body) => {
    if (body.includes('%00') || body.includes(0)) throw new Malformed()
  },
})
