import { Router } from 'express'
import { open } from '../../platform/web/guard.ts'

/** 35 kB, about the size of a page of results. */
export const limitPage = `<!doctype html><title>limit</title><p>${'a row of a list, as long as a row is '.repeat(980)}</p>`

/** A page from memory behind all of our middleware: what a page of ours could reach if it did nothing. */
export function limit(): Router {
  const router = Router()
  router.get('/bench/limit', open, (_req, res) => void res.type('html').send(limitPage))
  return router
}
