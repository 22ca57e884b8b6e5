import express, { type RequestHandler } from 'express'
import { Malformed, NotFound } from './errors.ts'

/** Nobody types a NUL or half a character, and PostgreSQL takes neither: such input is refused before anybody reads it. */
const illegible = /\0|\p{Cs}/u
const limit = '64kb'
/** No body of ours is half as deep, and walking through one of thousands of levels ends the stack. */
const deepest = 20

/** A name with a NUL names nothing; a query with one cannot be read. */
export const legibleAddress: RequestHandler = (req, _res, next) => {
  const at = req.url.indexOf('%00')
  if (at >= 0) throw req.url.slice(0, at).includes('?') ? new Malformed() : new NotFound()
  next()
}

/** A JSON body. What its reviver throws is malformed JSON to the parser. */
export function jsonBody(): RequestHandler {
  const depths = new WeakMap<object, number>()
  const depthOf = (value: unknown): number => (typeof value === 'object' && value !== null ? depths.get(value) ?? 0 : 0)
  const reviver = (_key: string, value: unknown): unknown => {
    if (typeof value === 'string' && illegible.test(value)) throw new SyntaxError('illegible text')
    if (typeof value === 'object' && value !== null) {
      const depth = Object.values(value).reduce<number>((most, one) => Math.max(most, depthOf(one)), 0) + 1
      if (depth > deepest) throw new SyntaxError('nested too deep')
      depths.set(value, depth)
    }
    return value
  }
  return express.json({ limit, strict: true, reviver })
}

const fieldsUpTo = (limit: string, parameterLimit: number): RequestHandler => express.urlencoded({
  extended: false,
  limit,
  parameterLimit,
  verify: (_req, _res, body) => {
    if (body.includes('%00') || body.includes(0)) throw new Malformed()
  },
})

/**
 * The fields of a form; on paths that are `wide` a whole file may be pasted into one. A browser writes each quotation mark
 * as three characters, so that a file of 1 MB comes as some two.
 */
export function formBody({ wide }: { wide?: RegExp } = {}): RequestHandler {
  const [usual, large] = [fieldsUpTo(limit, 1000), fieldsUpTo('4mb', 5000)]
  return (req, res, next) => (wide?.test(req.path) ? large : usual)(req, res, next)
}
