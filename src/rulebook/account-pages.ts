import { Router } from 'express'
import { groundOf } from '../availability/actions.ts'
import type { Context } from '../context.ts'
import { open } from '../platform/web/guard.ts'
import { show } from '../platform/web/respond.ts'
import { allRestrictions } from '../spaces/restriction-store.ts'
import { localDateOf } from '../time/wallclock.ts'
import { proofOf } from './proven.ts'
import type { Published } from './published.ts'
import { headOf, inForce, lineOf, published, readingOf, type Reader } from './reading-pages.ts'
import { restrictionsView } from './restrictions-view-pages.ts'

/** What the city answers for beside its rules: what is kept closed and why, how decisions come about, on which terms. */
export function accountPages(ctx: Context): Router {
  const router = Router()

  router.get('/rules/restrictions', open, async (req, res) => {
    const reader = readingOf(req, res)
    const { catalogue, edition, now } = await groundOf(ctx)
    const coming = (await published(ctx)).filter(({ state }) => state === 'coming')
    const restrictions = await allRestrictions(ctx.db)
    show(req, res, 'rules/restrictions', { ...reader, ...restrictionsView({ catalogue, restrictions, edition, coming, now, date: localDateOf(now), ...reader }) })
  })

  /** Hallintolaki 53 e–53 g §, tiedonhallintalaki 906/2019 ch. 6 a: automatic decisions are made by published, tested rules. */
  router.get('/rules/procedure', open, async (req, res) => {
    const reader = readingOf(req, res)
    const edition = inForce(await published(ctx))
    const { ok, combinations, faults } = proofOf(edition)
    show(req, res, 'rules/procedure', {
      ...reader, edition: headOf(edition, reader), limits: edition.limits, procedure: edition.procedure ?? null, review: edition.review ?? null,
      forbidden: edition.chargeRules.filter(({ charge }) => charge === 'not_allowed'),
      byPerson: edition.chargeRules.filter(({ charge }) => charge === 'needs_person'), approvalRules: edition.approvalRules,
      proof: { ok, combinations, faults: faults.length, tooLarge: faults.some(({ code }) => code === 'too-large') },
    })
  })

  router.get('/rules/terms', open, async (req, res) => {
    const reader = readingOf(req, res)
    const [present, ...others] = termsTexts(await published(ctx), reader)
    show(req, res, 'rules/terms', { ...reader, present: present ?? null, others })
  })

  return router
}

/** Each text of the terms once, with the editions that have or had it; the one in force first, then the newest. */
function termsTexts(all: readonly Published[], reader: Reader) {
  const texts = new Map<string, Published[]>()
  for (const one of [...all].sort((a, b) => Number(b.state === 'in_force') - Number(a.state === 'in_force'))) {
    const { text } = one.edition.terms
    const key = JSON.stringify([text.fi, text.sv, text.en, text.plain])
    texts.set(key, [...texts.get(key) ?? [], one])
  }
  return [...texts.values()].map((same) => ({
    id: same[0]!.edition.id,
    versions: [...new Set(same.map(({ edition }) => edition.terms.version))],
    lines: reader.say(same[0]!.edition.terms.text).split('\n'),
    editions: same.map((one) => lineOf(one, reader)),
  }))
}
