import { Router } from 'express'
import type { Context } from '../context.ts'
import { nanoId } from '../platform/ids.ts'
import { parseForm } from '../platform/web/forms.ts'
import { open } from '../platform/web/guard.ts'
import { limit, networkHash } from '../platform/web/limits.ts'
import { show } from '../platform/web/respond.ts'
import { addDays, localDateOf } from '../time/wallclock.ts'
import { writeToCity } from './actions.ts'
import { answerDays, messageForm, messageTopics, pageNamed } from './message.ts'

/** Questions, accessibility feedback, faults and ideas; nobody needs to sign in for them. */
export function contactPages(ctx: Context): Router {
  const router = Router()
  const dueOn = (): string => addDays(localDateOf(ctx.clock.now()), answerDays)

  router.get('/contact', open, (req, res) => {
    const { topic, page } = req.query
    const chosen = messageTopics.find((one) => one === topic)
    show(req, res, 'about/contact', {
      topics: messageTopics, due: dueOn(), values: { topic: chosen, page: pageNamed(page), email: res.locals.viewer?.email, form: nanoId() },
    })
  })

  // A library's or a school's whole network may share one address.
  router.post('/contact', open, limit(30, (req) => networkHash(ctx.config.sessionSecret, req)), async (req, res) => {
    const form = parseForm(messageForm, req.body)
    if (!form.ok) {
      const values = { form: nanoId(), ...(req.body as object), page: pageNamed((req.body as { page?: unknown } | undefined)?.page) }
      return show(req, res, 'about/contact', { topics: messageTopics, due: dueOn(), values, errors: form.errors }, { status: 422 })
    }
    const { form: copy, ...message } = form.value
    await writeToCity(ctx, message, copy, res.locals.lang)
    show(req, res, 'about/contact-sent', { message, due: dueOn() })
  })
  return router
}
