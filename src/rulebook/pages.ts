import { Router } from 'express'
import { groundOf } from '../availability/actions.ts'
import type { Context } from '../context.ts'
import { parseForm } from '../platform/web/forms.ts'
import { open } from '../platform/web/guard.ts'
import { show } from '../platform/web/respond.ts'
import { localDateOf } from '../time/wallclock.ts'
import { calculatorQuery } from './calculator.ts'
import { rulesView } from './rules-view.ts'

/** The rule book in plain language, with a calculator on top. */
export function pages(ctx: Context): Router {
  const router = Router()

  router.get('/rules', open, async (req, res) => {
    const { catalogue, edition, now } = await groundOf(ctx)
    const query = parseForm(calculatorQuery, req.query)
    const said = query.ok ? query.value : calculatorQuery.parse({})
    const view = rulesView({ edition, catalogue, said, language: res.locals.lang, date: localDateOf(now) })
    const errors = query.ok ? [] : query.errors
    show(req, res, 'rules/rules', { ...view, values: req.query, errors }, { status: query.ok ? 200 : 400 })
  })

  return router
}
