import { Router, type Request, type Response } from 'express'
import type { Context } from '../context.ts'
import { NotFound } from '../platform/web/errors.ts'
import { parseForm } from '../platform/web/forms.ts'
import { staff } from '../platform/web/guard.ts'
import { show } from '../platform/web/respond.ts'
import { spaceKinds } from '../spaces/space.ts'
import { catalogueOf } from '../spaces/store.ts'
import { unitNames } from './comparison-view-pages.ts'
import { conditionWords } from './condition-words-pages.ts'
import { drafts, idOf, rulers, type Draft, type More, type Said } from './draft-desk.ts'
import { revisionForm } from './edition-forms.ts'
import type { Edition } from './edition.ts'
import { entryLists, entryOf, faultsByField, isEntryList, newId, unlisted, withEntry, withoutEntry, type EntryList } from './entries.ts'
import { entryFieldNames, entryFields, entryForms, quotaChoices } from './entry-forms.ts'
import { applicants, purposes } from './facts.ts'
import { fieldFault } from './fault-words-pages.ts'
import { conditionExamples } from './part-examples.ts'
import { showPart } from './part-desk.ts'
import { valueWords } from './value-words-pages.ts'

/** Entries of a draft's lists, one form each: exceptions, quotas, extras and others. */
export function entryDesk(ctx: Context): Router {
  const router = Router()
  const { found, save } = drafts(ctx)

  async function showEntry(req: Request, res: Response, { row, edition }: Draft, { list, id }: Place, more: More = {}, status = 200): Promise<void> {
    const { lang, t } = res.locals
    const entry = id === null ? undefined : entryOf(edition, list, id)
    const values: Record<string, unknown> = { ...(entry ? entryFields(entry) : newFields(edition, list)), ...more.values }
    const unit = unitNames(await catalogueOf(ctx.db), lang)
    const named = (when: Parameters<typeof conditionWords>[0]): string => conditionWords(when, { lang, edition })
    res.locals.path = `/desk/rules/${row.id}/entries/${list}${entry ? `/${entry.id}` : ''}`
    show(req, res, 'desk/rules/entry', {
      row, edition, list, part: entryLists[list], id: entry?.id ?? null, revision: row.revision, faults: [], refused: null, conflict: null,
      when: entry && 'when' in entry ? named(entry.when) : null,
      unlisted: unlisted(edition, list), choices: quotaChoices,
      rates: [...new Set(edition.vatRates.map(({ id }) => id))].map((value) => ({ value, text: valueWords(value, ['vat'], { lang, edition }) })),
      units: list === 'exceptions' ? await unitChoices(String(values['unit'] ?? ''), unit, lang) : [],
      asked: entryFieldNames[list].includes('whenMore') ? {
        applicants: applicants.map((value) => ({ value, text: t(`rulebook.applicant.${value}`) })), purposes: purposes.map((value) => ({ value, text: t(`rulebook.purpose.${value}`) })),
        kinds: spaceKinds.map((value) => ({ value, text: t(`spaces.kind.${value}`) })),
        named: Object.keys(edition.definitions).map((value) => ({ value, text: beginning(named({ defined: value })), hint: value })),
        examples: conditionExamples(edition).map((when) => ({ words: named(when), json: JSON.stringify(when) })),
      } : null,
      ...more, values,
    }, { status })
  }

  /** The city's units by name; one that a draft names and the city does not have is there too. */
  async function unitChoices(chosen: string, name: (slug: string) => string, lang: string): Promise<{ value: string; text: string }[]> {
    const { unitBySlug } = await catalogueOf(ctx.db)
    const slugs = [...unitBySlug.keys(), ...(chosen === '' || unitBySlug.has(chosen) ? [] : [chosen])]
    return slugs.map((value) => ({ value, text: name(value) })).sort((a, b) => a.text.localeCompare(b.text, lang))
  }

  router.get('/desk/rules/:id/entries/:list', staff, rulers, async (req, res) => showEntry(req, res, await found(req), { list: listOf(req), id: null }))

  router.post('/desk/rules/:id/entries/:list', staff, rulers, async (req, res) => write(req, res, await found(req, true), { list: listOf(req), id: null }))

  router.get('/desk/rules/:id/entries/:list/:entry', staff, rulers, async (req, res) => {
    const draft = await found(req)
    await showEntry(req, res, draft, placeOf(draft, req))
  })

  router.post('/desk/rules/:id/entries/:list/:entry', staff, rulers, async (req, res) => {
    const draft = await found(req, true)
    await write(req, res, draft, placeOf(draft, req))
  })

  async function write(req: Request, res: Response, { edition }: Draft, { list, id }: Place): Promise<void> {
    const form = parseForm(entryForms[list], { ...req.body as object, ...(id === null ? {} : { id }) })
    const rule = id ?? (form.ok ? newId(edition, list, form.value.said) : '')
    const part = entryLists[list]
    await save({
      req, res, said: form.ok ? { ok: true, value: { revision: form.value.revision, to: (edition) => withEntry(edition, list, id, form.value.said) } } : form,
      change: { part, rule, ...(id === null ? { deed: 'added' as const } : {}) }, next: `/desk/rules/${idOf(req)}/parts/${part}`,
      atFields: (faults, written) => {
        const placed = faultsByField(faults, written, list, rule, entryFieldNames[list])
        return { errors: placed.map(({ field, fault }) => fieldFault(field, fault, res.locals.lang)), others: faults.filter((one) => !placed.some(({ fault }) => fault === one)) }
      },
      again: async (more, status) => showEntry(req, res, await found(req, true), { list, id }, { values: typed(req.body as object), ...more }, status),
    })
  }

  router.post('/desk/rules/:id/entries/:list/:entry/deletion', staff, rulers, async (req, res) => {
    const { list, id } = placeOf(await found(req, true), req)
    const part = entryLists[list]
    await save({
      req, res, said: saidRemoved(list, id, req.body), change: { part, rule: id, deed: 'removed' }, next: `/desk/rules/${idOf(req)}/parts/${part}`,
      again: async (more, status) => showPart(ctx, req, res, await found(req, true), part, { ...more, errors: [], conflict: null }, status),
    })
  })
  return router
}

/** An entry of a list; a new one has no id. */
type Place = { list: EntryList; id: string | null }

function listOf(req: Request): EntryList {
  const list = String(req.params['list'])
  if (!isEntryList(list)) throw new NotFound()
  return list
}

/** The entry of an address; one that somebody has removed while its form was open counts as known, so that what was typed is not lost. */
function placeOf({ row, edition }: Draft, req: Request): { list: EntryList; id: string } {
  const list = listOf(req)
  const id = String(req.params['entry'])
  const seen = req.method === 'POST' ? parseForm(revisionForm, req.body) : null
  const stale = seen?.ok === true && seen.value.revision !== row.revision
  if (!stale && !entryOf(edition, list, id)) throw new NotFound()
  return { list, id }
}

function saidRemoved(list: EntryList, id: string, body: unknown): Said {
  const form = parseForm(revisionForm, body)
  return form.ok ? { ok: true, value: { revision: form.value.revision, to: (edition) => withoutEntry(edition, list, id) } } : form
}

/** What was typed: a list of which nothing is ticked is not sent, and was not left as it was. */
const typed = (body: object): object => ({ applicants: [], purposes: [], kinds: [], named: [], ...body })

const newFields = (edition: Edition, list: EntryList): Record<string, unknown> => ({
  ...(list === 'exceptions' ? { validFrom: edition.validFrom, charge: 'free' } : {}),
  ...(list === 'extras' ? { vat: edition.vatRates.at(-1)!.id } : {}),
})

/** As much of a long condition as fits beside a tick; the whole stands among the named conditions. */
function beginning(words: string): string {
  const told = words.length <= 120 ? words : `${words.slice(0, words.lastIndexOf(' ', 110))} …`
  return `${told.charAt(0).toUpperCase()}${told.slice(1)}`
}
