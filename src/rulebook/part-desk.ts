import { Router, type Request, type RequestHandler, type Response } from 'express'
import type { Context } from '../context.ts'
import { NotFound } from '../platform/web/errors.ts'
import { parseForm, type FieldError } from '../platform/web/forms.ts'
import { staff } from '../platform/web/guard.ts'
import { show } from '../platform/web/respond.ts'
import type { Catalogue } from '../spaces/catalogue.ts'
import { catalogueOf } from '../spaces/store.ts'
import { localDateOf } from '../time/wallclock.ts'
import { unitNames } from './comparison-view-pages.ts'
import { conditionWords } from './condition-words-pages.ts'
import { drafts, idOf, rulers, type Draft, type More, type Said } from './draft-desk.ts'
import {
  generalForm, jsonForm, limitsForm, placeForm, priceFields, pricesForm, procedureForm, reviewForm, revisionForm, ruleFields, ruleForm, termsForm, textFields,
} from './edition-forms.ts'
import { charges, type Edition } from './edition.ts'
import { listsOf, unlisted } from './entries.ts'
import { priceWords } from './fault-places-pages.ts'
import { readJson } from './json-text.ts'
import { conditionExamples } from './part-examples.ts'
import { partHelp } from './part-reading-pages.ts'
import {
  isFormPart, isJsonPart, partText, priceKeys, withPart, withPrices, withRule, withRuleMoved, withoutRule, type FormPart, type JsonPart, type Written,
} from './parts.ts'
import { priceTable } from './price-list.ts'
import type { Telling } from './value-words-pages.ts'

/** Shows a part of a draft with its form. */
export async function showPart(ctx: Context, req: Request, res: Response, { row, edition }: Draft, part: FormPart | JsonPart, more: More = {}, status = 200): Promise<void> {
  const { lang } = res.locals
  const today = localDateOf(ctx.clock.now())
  const catalogue = await catalogueOf(ctx.db)
  const telling = { lang, unit: unitNames(catalogue, lang) }
  res.locals.path = `/desk/rules/${row.id}/parts/${part}`
  show(req, res, 'desk/rules/part', {
    row, edition, part, revision: row.revision, prices: part === 'prices' ? priceRows(edition, telling) : [], rates: priceTable(edition, edition.validFrom > today ? edition.validFrom : today).rates, faults: [], refused: null, conflict: null, values: partFields(edition, part),
    ...(isJsonPart(part) ? { lists: listsOf(part), full: listsOf(part).filter((list) => unlisted(edition, list)?.length === 0), help: partHelp(part, { ...telling, edition }, anyUnit(catalogue)), open: status !== 200 } : {}), ...more,
  }, { status })
}

/** A unit's slug for an example. */
const anyUnit = ({ unitBySlug }: Pick<Catalogue, 'unitBySlug'>): string => unitBySlug.keys().next().value ?? 'koulu'

/** The parts of a draft, each with its own form, and its charge rules. */
export function partDesk(ctx: Context): Router {
  const router = Router()
  const { found, save } = drafts(ctx)

  router.get('/desk/rules/:id/parts/:part', staff, rulers, async (req, res) => showPart(ctx, req, res, await found(req), partOf(req)))

  router.post('/desk/rules/:id/parts/:part', staff, rulers, async (req, res) => {
    const part = partOf(req)
    const draft = await found(req, true)
    await save({
      req, res, said: saidOf(part, req.body, draft.edition), change: { part }, next: `/desk/rules/${idOf(req)}`,
      again: async (more, status) => showPart(ctx, req, res, await found(req, true), part, { values: req.body as object, ...more }, status),
    })
  })

  const showRule = (req: Request, res: Response, { row, edition }: Draft, id: string | null, more: More = {}, status = 200): void => {
    const rule = edition.chargeRules.find((one) => one.id === id)
    res.locals.path = `/desk/rules/${row.id}/rules${id === null ? '' : `/${id}`}`
    show(req, res, 'desk/rules/rule', {
      row, edition, id, charges, revision: row.revision, faults: [], refused: null, conflict: null,
      when: rule ? conditionWords(rule.when, { lang: res.locals.lang, edition }) : null, examples: toldConditions(edition, res.locals.lang),
      values: rule ? ruleFields(rule) : { charge: 'free', when: '{\n  "all": []\n}' },
      ...more,
    }, { status })
  }
  const ruleOf = ({ edition }: Draft, req: Request): string => {
    const id = String(req.params['rule'])
    if (!edition.chargeRules.some((one) => one.id === id)) throw new NotFound()
    return id
  }
  const saidRule = (id: string | null, body: unknown): Said => {
    const form = parseForm(ruleForm, body)
    return form.ok ? { ok: true, value: { revision: form.value.revision, to: (edition) => withRule(edition, id, form.value.rule) } } : form
  }

  router.get('/desk/rules/:id/rules', staff, rulers, async (req, res) => showRule(req, res, await found(req), null))

  router.post('/desk/rules/:id/rules', staff, rulers, async (req, res) => {
    await found(req, true)
    const { id } = { id: '', ...req.body as object }
    await save({
      req, res, said: saidRule(null, req.body), change: { part: 'rules', rule: String(id), deed: 'added' }, next: `/desk/rules/${idOf(req)}`,
      again: async (more, status) => showRule(req, res, await found(req, true), null, { values: req.body as object, ...more }, status),
    })
  })

  router.get('/desk/rules/:id/rules/:rule', staff, rulers, async (req, res) => {
    const draft = await found(req)
    showRule(req, res, draft, ruleOf(draft, req))
  })

  router.post('/desk/rules/:id/rules/:rule', staff, rulers, async (req, res) => {
    const rule = ruleOf(await found(req, true), req)
    await save({
      req, res, said: saidRule(rule, req.body), change: { part: 'rules', rule }, next: `/desk/rules/${idOf(req)}`,
      again: async (more, status) => showRule(req, res, await found(req, true), rule, { values: req.body as object, ...more }, status),
    })
  })

  /** What is done to a rule from the list; refused, the rule's own page says why. */
  const fromList = (deed: 'moved' | 'removed'): RequestHandler => async (req, res) => {
    const rule = ruleOf(await found(req, true), req)
    const said = deed === 'removed' ? saidRemoved(rule, req.body) : saidMoved(rule, req.body)
    await save({
      req, res, said, change: { part: 'rules', rule, deed }, next: `/desk/rules/${idOf(req)}`,
      again: async (more, status) => showRule(req, res, await found(req, true), rule, { ...more, errors: [] }, status),
    })
  }
  router.post('/desk/rules/:id/rules/:rule/place', staff, rulers, fromList('moved'))
  router.post('/desk/rules/:id/rules/:rule/deletion', staff, rulers, fromList('removed'))
  return router
}

/** Conditions to start from, with what each says. */
const toldConditions = (edition: Edition, lang: Telling['lang']) =>
  conditionExamples(edition).map((when) => ({ words: conditionWords(when, { lang, edition }), json: JSON.stringify(when) }))

function partOf(req: Request): FormPart | JsonPart {
  const part = String(req.params['part'])
  if (!isFormPart(part) && !isJsonPart(part)) throw new NotFound()
  return part
}

function saidRemoved(rule: string, body: unknown): Said {
  const form = parseForm(revisionForm, body)
  return form.ok ? { ok: true, value: { revision: form.value.revision, to: (edition) => withoutRule(edition, rule) } } : form
}

function saidMoved(rule: string, body: unknown): Said {
  const form = parseForm(placeForm, body)
  return form.ok ? { ok: true, value: { revision: form.value.revision, to: (edition) => withRuleMoved(edition, rule, form.value.way) } } : form
}

/** What each row of the price list is for, in words, with the key of its fields. */
function priceRows(edition: Edition, telling: Omit<Telling, 'edition'>): { key: string; spaces: string; group: string; only: string }[] {
  const keys = priceKeys(edition)
  return edition.priceList.prices.map((row, at) => ({ key: keys[at]!, ...priceWords(row, { ...telling, edition }) }))
}

/** A part as the fields of its form. */
function partFields(edition: Edition, part: FormPart | JsonPart): object {
  if (isJsonPart(part)) return { json: partText(edition, part) }
  if (part === 'general') return { ...textFields('name', edition.name), ...textFields('summary', edition.summary), validFrom: edition.validFrom, pricedOn: edition.pricedOn }
  if (part === 'terms') return { version: edition.terms.version, ...textFields('text', edition.terms.text) }
  const { procedure, review } = edition
  if (part === 'procedure') return { ...textFields('text', procedure?.text), ...textFields('responsible', procedure?.responsible) }
  if (part === 'review') return { ...textFields('body', review?.body), ...textFields('contact', review?.contact), days: review?.days ?? '' }
  return part === 'limits' ? edition.limits : priceFields(edition)
}

function saidOf(part: FormPart | JsonPart, body: unknown, edition: Edition): Said {
  const saying = <T>(form: { ok: true; value: { revision: number; value: T } } | { ok: false; errors: FieldError[] }, to: (edition: Edition, value: T) => Written): Said =>
    form.ok ? { ok: true, value: { revision: form.value.revision, to: (edition) => to(edition, form.value.value) } } : form
  if (part === 'general') {
    return saying(parseForm(generalForm, body), ({ summary: _, ...edition }, { summary, ...value }) => ({ ...edition, ...value, ...(summary ? { summary } : {}) }))
  }
  if (part === 'limits') return saying(parseForm(limitsForm, body), (edition, limits) => ({ ...edition, limits }))
  if (part === 'terms') return saying(parseForm(termsForm, body), (edition, terms) => ({ ...edition, terms }))
  if (part === 'prices') return saying(parseForm(pricesForm(priceKeys(edition)), body), withPrices)
  if (part === 'procedure') return saying(parseForm(procedureForm, body), ({ procedure: _, ...edition }, procedure) => ({ ...edition, ...(procedure ? { procedure } : {}) }))
  if (part === 'review') return saying(parseForm(reviewForm, body), ({ review: _, ...edition }, review) => ({ ...edition, ...(review ? { review } : {}) }))
  return saidJson(part, body)
}

function saidJson(part: JsonPart, body: unknown): Said {
  const form = parseForm(jsonForm, body)
  if (!form.ok) return form
  const { revision, json } = form.value
  const value = readJson(json)
  if (!value) return { ok: false, errors: [{ field: 'json', key: 'desk.rules.error.json' }] }
  const probe = withPart({} as Edition, part, value.value)
  if ('foreign' in probe) return { ok: false, errors: [{ field: 'json', key: 'desk.rules.error.foreign', values: { names: probe.foreign.join(', ') } }] }
  return { ok: true, value: { revision, to: (edition) => {
    const written = withPart(edition, part, value.value)
    return 'edition' in written ? written.edition : edition
  } } }
}
