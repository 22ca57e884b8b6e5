import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { eventsOf } from '../history/store.ts'
import { callName } from '../people/person.ts'
import { personOf } from '../people/pages.ts'
import { personById } from '../people/store.ts'
import { isKey, translators } from '../platform/i18n/messages.ts'
import { NotFound } from '../platform/web/errors.ts'
import { parseForm, parseQuery, type FieldError } from '../platform/web/forms.ts'
import { staff } from '../platform/web/guard.ts'
import { goTo, show } from '../platform/web/respond.ts'
import { said } from '../spaces/filter.ts'
import { catalogueOf } from '../spaces/store.ts'
import { localDateOf } from '../time/wallclock.ts'
import { alike, changesByPart, compare } from './comparison.ts'
import { comparisonView, unitNames } from './comparison-view-pages.ts'
import { conditionWords } from './condition-words-pages.ts'
import { rulers } from './draft-desk.ts'
import {
  adoptDraft, copyEdition, deleteDraft, draftEdition, earliestStart, obstaclesTo, ownId, type Copied, type Done, type EditionRefusal, type Obstacle,
} from './edition-actions.ts'
import { adoptionForm, copyForm, decisionNumberHint, fileForm, revisionForm, withdrawalForm } from './edition-forms.ts'
import { standings } from './edition-life.ts'
import { editionRow, editionRows, withdrawals } from './edition-store.ts'
import type { Edition } from './edition.ts'
import { listsOf } from './entries.ts'
import { entryDesk } from './entry-desk.ts'
import { placedFaults } from './fault-places-pages.ts'
import { faultLines, type FaultLine } from './fault-words-pages.ts'
import { readJson } from './json-text.ts'
import { partDesk } from './part-desk.ts'
import { formParts, jsonParts, type JsonPart } from './parts.ts'
import { kindsFound, proofWords, type FaultWords } from './proof-words-pages.ts'
import { proofOf } from './proven.ts'
import { editionById, editionInForce, type EditionRow } from './store.ts'
import type { Telling } from './value-words-pages.ts'
import { withdrawEdition } from './withdrawal-actions.ts'

const comparisonQuery = z.object({ a: said(z.string().max(60)), b: said(z.string().max(60)) })
const newQuery = z.object({ from: said(z.string().max(60)) })

const withForms = (part: string): boolean => listsOf(part).length > 0
const easy = [...formParts, ...(Object.keys(jsonParts) as JsonPart[]).filter(withForms)]
const jsonOnly = (Object.keys(jsonParts) as JsonPart[]).filter((part) => !withForms(part))

/** Editions of the rule book: in force, coming, drafts, earlier; made, compared, checked and adopted here. */
export function desk(ctx: Context): Router {
  const router = Router()
  router.use(partDesk(ctx))
  router.use(entryDesk(ctx))
  const today = () => localDateOf(ctx.clock.now())
  const all = async () => standings(await editionRows(ctx.db), today(), await withdrawals(ctx.db))
  const nameOf = (row: EditionRow, res: Response): string => (row.content as Edition).name[res.locals.lang]
  const choices = async (res: Response) => (await all()).map(({ row, state }) =>
    ({ value: row.id, text: `${nameOf(row, res)} (${row.id}), ${res.locals.t(`desk.rules.state.${state}`)}` }))

  async function found(req: Request): Promise<{ row: EditionRow; edition: Edition }> {
    const id = idOf(req)
    const [row, edition] = await Promise.all([editionRow(ctx.db, id), editionById(ctx.db, id)])
    if (!row || !edition) throw new NotFound()
    return { row, edition }
  }

  router.get('/desk/rules', staff, rulers, async (req, res) => {
    const [rows, withdrawn] = [(await all()).toReversed(), await withdrawals(ctx.db)]
    show(req, res, 'desk/rules/editions', {
      groups: (['in_force', 'coming', 'draft', 'replaced', 'withdrawn'] as const).map((state) => ({
        state, rows: rows.filter((one) => one.state === state).map(({ row, endsOn }) => ({ ...cardOf(row, res), endsOn, withdrawal: withdrawn.get(row.id) ?? null })),
      })),
    })
  })

  const cardOf = (row: EditionRow, res: Response) =>
    ({ id: row.id, status: row.status, name: nameOf(row, res), validFrom: row.validFrom, decision: (row.content as Edition).decision, basedOn: row.basedOn, updatedAt: row.updatedAt })

  type Drafting = { values?: object; errors?: FieldError[]; faults?: FaultLine[] }
  async function showNew(req: Request, res: Response, more: Drafting, status = 200): Promise<void> {
    show(req, res, 'desk/rules/new', { editions: await choices(res), faults: [], ...more }, { status })
  }

  router.get('/desk/rules/new', staff, rulers, (req, res) => showNew(req, res, { values: parseQuery(newQuery, req.query) }))

  router.post('/desk/rules/copy', staff, rulers, async (req, res) => {
    const form = parseForm(copyForm, req.body)
    if (!form.ok) return showNew(req, res, { values: req.body as object, errors: form.errors }, 422)
    const made = await copyEdition(ctx, personOf(res).id, form.value)
    if (made?.ok) return goTo(res, `/desk/rules/${made.id}`, { kind: 'success', key: 'flash.rules.drafted' })
    const errors: FieldError[] = made ? [{ field: 'id', key: 'desk.rules.error.taken' }] : [{ field: 'from', key: 'site.error.field' }]
    await showNew(req, res, { values: req.body as object, errors }, 422)
  })

  router.post('/desk/rules/file', staff, rulers, async (req, res) => {
    const values = req.body as object
    const wrong = (errors: FieldError[], faults: FaultLine[] = []): Promise<void> => showNew(req, res, { values, errors, faults }, 422)
    const form = parseForm(fileForm, req.body)
    if (!form.ok) return wrong(form.errors.map(({ field, ...fault }) => ({ ...fault, field: field === 'id' ? 'fileId' : field })))
    const json = readJson(form.value.file)
    if (!json) return wrong([{ field: 'file', key: 'desk.rules.error.json' }])
    const id = form.value.id ?? ownId(json.value)
    const made = await draftEdition(ctx, personOf(res).id, { id: id ?? '', json: json.value, basedOn: null })
    if (made.ok) return goTo(res, `/desk/rules/${made.id}`, { kind: 'success', key: 'flash.rules.drafted' })
    if (made.refusal.code === 'id-taken') return wrong([{ field: 'fileId', key: 'desk.rules.error.taken' }])
    const faults = faultsOf(made.refusal, res.locals)
    await wrong([{ field: 'file', key: 'desk.rules.error.unreadable', values: { count: faults.length } }], faults)
  })

  router.get('/desk/rules/comparison', staff, rulers, async (req, res) => {
    const { a, b } = parseQuery(comparisonQuery, req.query)
    const [from, to] = await Promise.all([a, b].map((id) => (id ? editionById(ctx.db, id) : null)))
    if ((a && !from) || (b && !to)) throw new NotFound()
    const comparison = from && to ? compare(from, to) : null
    show(req, res, 'desk/rules/comparison', {
      editions: await choices(res), values: { a, b }, from, to,
      same: comparison && alike(comparison),
      sections: comparison && from && to ? comparisonView(comparison, { from, to, withdrawn: await withdrawals(ctx.db), lang: res.locals.lang, unit: unitNames(await catalogueOf(ctx.db), res.locals.lang) }) : [],
    })
  })

  async function showOne(req: Request, res: Response, more: { refused?: string } = {}, status = 200): Promise<void> {
    const { row, edition } = await found(req)
    const { lang } = res.locals
    const standing = (await all()).find((one) => one.row.id === row.id)!
    const history = (await eventsOf(ctx.db, row.id)).filter(({ what }) => isKey(`desk.rules.history.${what}`))
    res.locals.path = `/desk/rules/${row.id}`
    show(req, res, 'desk/rules/edition', {
      row, edition, state: standing.state, endsOn: standing.endsOn, withdrawal: (await withdrawals(ctx.db)).get(row.id) ?? null,
      withdrawable: row.status === 'adopted' && standing.state !== 'withdrawn' && row.validFrom > today(),
      rules: edition.chargeRules.map((rule) => ({ rule, when: conditionWords(rule.when, { lang, edition }) })),
      parts: [...easy, ...jsonOnly],
      forms: easy.length,
      others: (await choices(res)).filter(({ value }) => value !== row.id),
      history: await Promise.all(history.map(async ({ at, what, actor, particulars }) => {
        const person = actor === 'system' ? null : await personById(ctx.db, actor)
        return { at, what, who: person && callName(person), particulars }
      })),
      ...more,
    }, { status })
  }

  router.get('/desk/rules/:id', staff, rulers, (req, res) => showOne(req, res))

  router.get('/desk/rules/:id/file', staff, rulers, async (req, res) => {
    const { row } = await found(req)
    res.attachment(`${row.id}.json`).type('json').send(`${JSON.stringify(row.content, null, 2)}\n`)
  })

  router.get('/desk/rules/:id/check', staff, rulers, async (req, res) => {
    const { row, edition } = await found(req)
    const proof = proofOf(edition)
    show(req, res, 'desk/rules/check', { row, edition, proof, found: kindsFound(proof, res.locals.lang), faults: proofWords(proof, edition, res.locals.lang) })
  })

  router.post('/desk/rules/:id/deletion', staff, rulers, async (req, res) => {
    const form = parseForm(revisionForm, req.body)
    const done = await deleteDraft(ctx, personOf(res).id, idOf(req), form.ok ? form.value.revision : -1)
    if (!done) throw new NotFound()
    if (!done.ok) return showOne(req, res, { refused: `desk.rules.refused.${done.refusal.code}` }, 409)
    goTo(res, '/desk/rules', { kind: 'success', key: 'flash.rules.deleted' })
  })

  type Adopting = { values?: object; errors?: FieldError[]; obstacles?: readonly Obstacle[]; stale?: boolean }
  async function showAdoption(req: Request, res: Response, { obstacles, stale, ...more }: Adopting, status = 200): Promise<void> {
    const { row, edition } = await found(req)
    if (row.status !== 'draft') return showOne(req, res, { refused: 'desk.rules.refused.not-a-draft' }, 409)
    const earliest = await earliestStart(ctx.db, ctx.clock.now())
    const present = await editionInForce(ctx.db, today())
    const proof = proofOf(edition)
    const telling = { lang: res.locals.lang, unit: unitNames(await catalogueOf(ctx.db), res.locals.lang), edition }
    const against = obstacleWords(obstacles ?? await obstaclesTo(ctx.db, edition, proof), telling)
    res.locals.path = `/desk/rules/${row.id}/adoption`
    show(req, res, 'desk/rules/adoption', {
      row, edition, earliest, numberHint: decisionNumberHint, revision: row.revision, ...against,
      refused: [...(stale ? ['desk.rules.refused.changed-meanwhile'] : []), ...against.refused],
      planned: row.validFrom >= earliest ? row.validFrom : null,
      present: present && { id: present.id, name: present.name[res.locals.lang], changes: changesByPart(compare(present, edition)) },
      proof: { ok: proof.ok, faults: proof.faults.length, combinations: proof.combinations },
      ...more,
    }, { status })
  }

  router.get('/desk/rules/:id/adoption', staff, rulers, async (req, res) => {
    const { row } = await found(req)
    if (row.status !== 'draft') throw new NotFound()
    await showAdoption(req, res, {})
  })

  router.post('/desk/rules/:id/adoption', staff, rulers, async (req, res) => {
    const values = req.body as object
    const form = parseForm(adoptionForm(today()), req.body)
    if (!form.ok) return showAdoption(req, res, { values, errors: form.errors }, 422)
    const done: Done = await adoptDraft(ctx, personOf(res).id, idOf(req), form.value)
    if (!done) throw new NotFound()
    if (done.ok) return goTo(res, `/desk/rules/${idOf(req)}`, { kind: 'success', key: 'flash.rules.adopted' })
    const { refusal } = done
    if (refusal.code !== 'in-the-way') return showAdoption(req, res, { values, stale: refusal.code === 'changed-meanwhile' }, 409)
    const errors = refusal.of.flatMap((one): FieldError[] => (one.code === 'too-early' ? [{ field: 'validFrom', key: 'desk.rules.error.tooEarly', values: { date: dateWords(res, one.earliest) } }] : []))
    await showAdoption(req, res, { values, errors, obstacles: refusal.of }, errors.length === refusal.of.length ? 422 : 409)
  })

  async function showWithdrawal(req: Request, res: Response, more: { values?: object; errors?: FieldError[] } = {}, status = 200): Promise<void> {
    const { row, edition } = await found(req)
    const withdrawn = await withdrawals(ctx.db)
    if (row.status !== 'adopted' || withdrawn.has(row.id) || row.validFrom <= today()) throw new NotFound()
    const without = standings((await editionRows(ctx.db)).filter(({ id }) => id !== row.id), row.validFrom, withdrawn)
    const instead = without.find(({ state }) => state === 'in_force')
    res.locals.path = `/desk/rules/${row.id}/withdrawal`
    show(req, res, 'desk/rules/withdrawal', { row, edition, instead: instead ? nameOf(instead.row, res) : null, numberHint: decisionNumberHint, ...more }, { status })
  }

  router.get('/desk/rules/:id/withdrawal', staff, rulers, (req, res) => showWithdrawal(req, res))

  router.post('/desk/rules/:id/withdrawal', staff, rulers, async (req, res) => {
    const form = parseForm(withdrawalForm(today()), req.body)
    if (!form.ok) return showWithdrawal(req, res, { values: req.body as object, errors: form.errors }, 422)
    const done = await withdrawEdition(ctx, personOf(res).id, idOf(req), form.value)
    if (!done) throw new NotFound()
    if (!done.ok) return showOne(req, res, { refused: `desk.rules.refused.${done.refusal.code}` }, 409)
    goTo(res, `/desk/rules/${idOf(req)}`, { kind: 'success', key: 'flash.rules.withdrawn' })
  })
  return router
}

const idOf = (req: Request): string => String(req.params['id'])
const dateWords = (res: Response, date: string): string => res.locals.f.fullDate(res.locals.f.ofDate(date))

/** All that is in the way of an adoption, in words: a sentence of each kind, then the places. */
function obstacleWords(obstacles: readonly Obstacle[], telling: Telling): { refused: string[]; faults: FaultLine[]; terms: string | null; copied: Copied[]; proven: FaultWords[] } {
  const { lang, edition } = telling
  const keyOf = (one: Obstacle): string[] => {
    if (one.code === 'too-early') return []
    if (one.code === 'unreadable') return ['desk.rules.adopt.unfit']
    return [`desk.rules.refused.${one.code === 'not-proven' && one.proof.faults.some(({ code }) => code === 'too-large') ? 'too-large' : one.code}`]
  }
  return {
    refused: [...new Set(obstacles.flatMap(keyOf))],
    faults: obstacles.flatMap((one): FaultLine[] => {
      if (one.code === 'unknown-units') return one.units.map((unit) => ({ path: unit, place: unit, text: translators[lang]('desk.rules.wrong.unit') }))
      return one.code === 'unreadable' ? placedFaults(one.faults, edition.priceList.prices, telling) : []
    }),
    terms: obstacles.flatMap((one) => (one.code === 'terms-version' ? [one.version] : []))[0] ?? null,
    copied: obstacles.flatMap((one) => (one.code === 'still-copied' ? one.of : [])),
    proven: obstacles.flatMap((one) => (one.code === 'not-proven' ? proofWords(one.proof, one.edition, lang) : [])),
  }
}

function faultsOf(refusal: EditionRefusal, { lang }: Response['locals']): FaultLine[] {
  return refusal.code === 'unreadable' ? faultLines(refusal.faults, lang) : []
}
