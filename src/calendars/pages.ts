import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import { searchOptions } from '../availability/list-view.ts'
import type { Context } from '../context.ts'
import { personOf } from '../people/pages.ts'
import { textIn } from '../platform/i18n/text.ts'
import { NotFound } from '../platform/web/errors.ts'
import { parseForm, parseQuery } from '../platform/web/forms.ts'
import { open, signedIn } from '../platform/web/guard.ts'
import { goTo, show } from '../platform/web/respond.ts'
import { catalogueOf } from '../spaces/store.ts'
import { makeFeed, mostAddresses, revokeFeed, rotateFeed } from './address-actions.ts'
import { addressesOf } from './address-store.ts'
import { addressRow, subjectName, subjectOptions } from './address-view.ts'
import { own, sameSubject, subjectOf, valueOf, type Subject } from './subject.ts'
import { subjectsFor } from './subject-store.ts'

const asked = z.object({ area: z.string().max(100).optional() })
const making = z.object({
  of: z.string('calendars.error.of').max(100, 'calendars.error.of').default('person').transform((text, check) => {
    const subject = subjectOf(text)
    if (!subject) check.addIssue({ code: 'custom', message: 'calendars.error.of' })
    return subject ?? z.NEVER
  }),
})

/** What was just told or refused about an address, with the calendar it is of. */
type Told = { of?: Subject; secret?: string; tooMany?: boolean; errors?: object[]; status?: number }

/** How to subscribe, an area's calendar, and a person's secret addresses. */
export function pages(ctx: Context): Router {
  const router = Router()

  async function areaData(res: Response, slug: string | undefined) {
    const { lang, site } = res.locals
    const catalogue = await catalogueOf(ctx.db)
    const area = catalogue.areaBySlug.get(slug ?? '')
    if (slug && !area) throw new NotFound()
    const query = lang === 'fi' ? '' : `?lang=${lang}`
    return {
      areas: searchOptions(catalogue, lang, slug || undefined).areas,
      area: area ? { slug: area.slug, name: textIn(area.name, lang).text, address: `${site.baseUrl}/calendars/areas/${area.slug}.ics${query}` } : null,
    }
  }

  async function ownData(res: Response, { of = own, secret, tooMany = false, errors = [] }: Told) {
    const { person, site, now, t, f, lang } = res.locals
    if (!person) return { errors }
    const words = { t, f, lang }
    const subjects = await subjectsFor(ctx.db, person)
    const subject = subjects.find((one) => sameSubject(one, of))
    return {
      addresses: (await addressesOf(ctx.db, person.id)).map((one) => addressRow(one, subjects, now, words)),
      subjects: subjectOptions(subjects, words),
      most: mostAddresses,
      chosen: valueOf(of),
      told: secret && subject ? { name: subjectName(subject, words), address: `${site.baseUrl}/calendars/f/${secret}.ics` } : null,
      tooMany,
      errors,
    }
  }

  /** A secret is shown in the answer to the form that made it, and is nowhere else: not in a cookie, an address or a log. */
  async function page(req: Request, res: Response, told: Told = {}, area?: string): Promise<void> {
    // The answer to a form is this same page: the other languages of it must not lead to the form's address.
    if (req.method === 'POST') res.locals.path = '/calendars'
    if (told.secret) res.set('Cache-Control', 'no-store')
    show(req, res, 'calendars/page', { ...(await areaData(res, area)), ...(await ownData(res, told)) }, { status: told.status ?? 200 })
  }

  router.get('/calendars', open, (req, res) => page(req, res, {}, parseQuery(asked, req.query).area))

  router.post('/calendars/own', signedIn, async (req, res) => {
    const form = parseForm(making, req.body)
    if (!form.ok) return page(req, res, { errors: form.errors, status: 422 })
    const { of } = form.value
    const made = await makeFeed(ctx, personOf(res), res.locals.lang, of)
    if (made.ok) return page(req, res, { of, secret: made.secret })
    if (made.refusals[0].code === 'no-such-calendar') throw new NotFound()
    await page(req, res, { of, tooMany: true, status: 409 })
  })

  router.post<{ id: string }>('/calendars/own/:id/rotation', signedIn, async (req, res) => {
    const made = await rotateFeed(ctx, personOf(res), req.params.id)
    if (!made) throw new NotFound()
    await page(req, res, { of: made.address, secret: made.secret })
  })

  router.post<{ id: string }>('/calendars/own/:id/revocation', signedIn, async (req, res) => {
    if (!(await revokeFeed(ctx, personOf(res), req.params.id))) throw new NotFound()
    goTo(res, '/calendars#own', { kind: 'success', key: 'flash.calendars.revoked' })
  })

  return router
}
