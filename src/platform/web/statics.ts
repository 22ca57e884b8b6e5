import compression from 'compression'
import express, { Router } from 'express'
import { root } from '../root.ts'

/** Files with their content's hash in the address are kept for ever; the rest is asked for again each time. */
export function statics(): Router {
  const router = Router()
  router.use((req, res, next) => {
    res.set('Cache-Control', req.query['v'] ? 'public, max-age=31536000, immutable' : 'public, no-cache')
    next()
  })
  router.use(compression(), express.static(root('static'), { cacheControl: false, index: false, redirect: false, dotfiles: 'ignore' }))
  return router
}
