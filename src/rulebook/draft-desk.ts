import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { personOf } from '../people/pages.ts'
import { mayRule } from '../people/roles.ts'
import { Forbidden, NotFound } from '../platform/web/errors.ts'
import type { FieldError } from '../platform/web/forms.ts'
import { goTo } from '../platform/web/respond.ts'
import { catalogueOf } from '../spaces/store.ts'
import { compare } from './comparison.ts'
import { comparisonView, unitNames } from './comparison-view-pages.ts'
import { changeDraft, read, type Change, type EditionRefusal, type Fault } from './edition-actions.ts'
import { editionRow, lastChange } from './edition-store.ts'
import type { Edition } from './edition.ts'
import { placedFaults } from './fault-places-pages.ts'
import { faultLines, type FaultLine } from './fault-words-pages.ts'
import { isFormPart, type Written } from './parts.ts'
import { editionById, type EditionRow } from './store.ts'

export type Draft = { row: EditionRow; edition: Edition }
/** What a form is shown with: what was typed, and what is wrong with it. */
export type More = { values?: object; errors?: FieldError[]; faults?: FaultLine[]; refused?: string | null; conflict?: object | null }
type Saying = { revision: number; to: (edition: Edition) => Written }
export type Said = { ok: true; value: Saying } | { ok: false; errors: FieldError[] }
type Saving = {
  req: Request
  res: Response
  said: Said
  change: Omit<Change, 'revision' | 'to'>
  /** Where a saved draft goes on: an address without language prefix. */
  next: string
  again: (more: More, status: number) => Promise<void> | void
  /** The faults that the form shows at its fields, of the edition as it was written. */
  atFields?: (faults: readonly Fault[], edition: Written) => { errors: FieldError[]; others: Fault[] }
}

/** The rules are the whole city's, so that an area's coordinator only reads them like everybody. */
export const rulers: RequestHandler = (_req, res, next) => {
  if (!mayRule(personOf(res).roles)) throw new Forbidden()
  next()
}

export const idOf = (req: Request): string => String(req.params['id'])

/** Finding a draft, and saving what a form says of it. */
export function drafts(ctx: Context) {
  /** The draft of a form. `typed` lets an edition through that was adopted meanwhile, so that what was typed is not lost. */
  async function found(req: Request, typed = false): Promise<Draft> {
    const [row, edition] = await Promise.all([editionRow(ctx.db, idOf(req)), editionById(ctx.db, idOf(req))])
    if (!row || !edition || (row.status !== 'draft' && !typed)) throw new NotFound()
    return { row, edition }
  }

  /** What a refusal makes of a form: the faults with their places, or what somebody else has saved meanwhile beside what was typed. */
  async function against({ req, res, change: { part }, atFields }: Saving, refusal: EditionRefusal, to: Saying['to']): Promise<{ more: More; status: number }> {
    const { lang } = res.locals
    const unit = unitNames(await catalogueOf(ctx.db), lang)
    const inForm = isFormPart(part) || atFields !== undefined
    const lines = (faults: readonly Fault[], edition: Edition): FaultLine[] => (inForm
      ? placedFaults(faults, (to(edition) as Edition).priceList.prices, { lang, unit, edition }) : faultLines(faults, lang))
    if (refusal.code === 'unreadable') {
      const { edition } = await found(req, true)
      const { errors, others } = atFields?.(refusal.faults, to(edition)) ?? { errors: [], others: refusal.faults }
      if (others.length === 0) return { more: { errors }, status: 422 }
      return { more: { errors, faults: lines(others, edition), refused: inForm ? 'desk.rules.refused.unfit' : 'desk.rules.refused.unreadable' }, status: 422 }
    }
    const refused = `desk.rules.refused.${refusal.code}`
    if (refusal.code !== 'changed-meanwhile') return { more: { refused }, status: 409 }
    const mine = read({ ...to(refusal.edition), status: 'draft', decision: null })
    const sections = mine.ok ? comparisonView(compare(refusal.edition, mine.edition), { from: refusal.edition, to: mine.edition, lang, unit }) : []
    const last = await lastChange(ctx.db, idOf(req))
    return { more: { refused, faults: mine.ok ? [] : lines(mine.refusal.faults, refusal.edition), conflict: { ...last, sections } }, status: 409 }
  }

  async function save(saving: Saving): Promise<void> {
    const { req, res, said, change, next, again } = saving
    if (!said.ok) return again({ errors: said.errors }, 422)
    const done = await changeDraft(ctx, personOf(res).id, idOf(req), { ...said.value, ...change })
    if (!done) throw new NotFound()
    if (done.ok) return goTo(res, next, { kind: 'success', key: 'flash.rules.saved' })
    const { more, status } = await against(saving, done.refusal, said.value.to)
    return again(more, status)
  }

  return { found, save }
}
