import { Router } from 'express'
import { groundOf } from '../availability/actions.ts'
import type { Context } from '../context.ts'
import { open } from '../platform/web/guard.ts'
import { show } from '../platform/web/respond.ts'
import { localDateOf } from '../time/wallclock.ts'
import { proofOf } from './proven.ts'
import { headOf, inForce, lineOf, published, readingOf } from './reading-pages.ts'
import { restrictionsView } from './restrictions-view-pages.ts'

/** What the city answers for beside its rules: what is kept closed and why, how decisions come about, on which terms. */
export function accountPages(ctx: Context): Router {
  const router = Router()

  router.get('/rules/restrictions', open, async (req, res) => {
    const reader = readingOf(req, res)
    const { catalogue, edition, now } = await groundOf(ctx)
    show(req, res, 'rules/restrictions', { ...reader, ...restrictionsView({ catalogue, edition, now, date: localDateOf(now), ...reader }) })
  })

  /** Hallintolaki 53 e–53 g §, tiedonhallintalaki 906/2019 ch. 6 a: automatic decisions are made by published, tested rules. */
  router.get('/rules/procedure', open, async (req, res) => {
    const reader = readingOf(req, res)
    const edition = inForce(await published(ctx))
    const { ok, combinations, faults } = proofOf(edition)
    show(req, res, 'rules/procedure', {
      ...reader, edition: headOf(edition, reader), limits: edition.limits, procedure: edition.procedure ?? null, review: edition.review ?? null,
      byPerson: edition.chargeRules.filter(({ charge }) => charge === 'needs_person'), approvalRules: edition.approvalRules,
      proof: { ok, combinations, faults: faults.length },
    })
  })

  router.get('/rules/terms', open, async (req, res) => {
    const reader = readingOf(req, res)
    const all = (await published(ctx)).map((one) => ({ ...lineOf(one, reader), version: one.edition.terms.version, lines: reader.say(one.edition.terms.text).split('\n') }))
    show(req, res, 'rules/terms', { ...reader, present: all.find(({ state }) => state === 'in_force') ?? null, others: all.filter(({ state }) => state !== 'in_force') })
  })

  return router
}
