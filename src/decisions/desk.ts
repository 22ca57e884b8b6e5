import { Router } from 'express'
import type { Context } from '../context.ts'
import { personOf } from '../people/pages.ts'
import { staff } from '../platform/web/guard.ts'
import { issueFromDesk } from './actions.ts'
import { documentOf } from './document-words-pages.ts'
import { answerIssued, askingForm } from './pages.ts'

/** Officials issue a document of what was decided of a booking in their places. */
export function desk(ctx: Context): Router {
  const router = Router()

  router.post('/desk/requests/:ref/decisions', staff, async (req, res) => {
    const ref = String(req.params['ref'])
    const done = await issueFromDesk(ctx, personOf(res), ref, { ...askingForm.parse(req.body ?? {}), tell: documentOf })
    answerIssued(req, res, done, { path: `/desk/requests/${ref}`, key: 'decisions.none.desk' })
  })
  return router
}
