import { Router, type Request, type Response } from 'express'
import type { Context } from '../context.ts'
import { personOf } from '../people/pages.ts'
import type { Reads } from '../platform/db/database.ts'
import type { Language } from '../platform/i18n/text.ts'
import { Malformed, NotFound } from '../platform/web/errors.ts'
import { parseForm, parseQuery, type FieldError } from '../platform/web/forms.ts'
import { signedIn } from '../platform/web/guard.ts'
import { goTo, show } from '../platform/web/respond.ts'
import type { Catalogue } from '../spaces/catalogue.ts'
import { shown } from '../spaces/shown.ts'
import { groundOf, type Ground } from './actions.ts'
import { formLink, withQuery } from './form-link.ts'
import { fittingNow, forgetSearch, renameSearch, saveSearch } from './saved-actions.ts'
import { keptQuery, longestName, mostSaved, patternOf, renamingForm, savingForm, searchNow, searchSaid } from './saved-search.ts'
import { savedOf, type SavedSearch } from './saved-store.ts'
import { factsOf, savedName, whenOf, type Words } from './saved-words.ts'
import { changed, searchFields } from './search-fields.ts'
import type { Search } from './search-query.ts'

type Telling = Words & { lang: Language }
/** The faults of a new name, and what was typed for which search. */
type Wrong = { errors?: FieldError[]; typed?: { id: string; name: unknown } }

/** A person's saved searches. */
export function pages(ctx: Context): Router {
  const router = Router()

  async function showAll(req: Request, res: Response, more: Wrong = {}, status = 200): Promise<void> {
    const ground = await groundOf(ctx)
    const saved = []
    for (const one of await savedOf(ctx.db, personOf(res).id)) {
      saved.push(await rowOf(ctx.db, ground, one, res.locals))
      // Each looks through weeks of every space; others get their pages in between.
      await new Promise(setImmediate)
    }
    if (req.method === 'POST') res.locals.path = '/saved-searches'
    show(req, res, 'spaces/saved/all', { saved, most: mostSaved, longestName, ...more }, { status })
  }

  router.get('/saved-searches', signedIn, (req, res) => showAll(req, res))

  router.post('/saved-searches', signedIn, async (req, res) => {
    const body = req.body as { name?: unknown } | undefined
    const { query } = parseQuery(savingForm.pick({ query: true }), req.body)
    const search = searchSaid(query, ctx.clock.now())
    if (!search) throw new Malformed()
    const back = changed(searchFields(search), {})
    const again = (status: number, more: object): void => {
      res.locals.path = back
      show(req, res, 'spaces/saved/save', { back, save: { ...aboutSaving(search, res.locals), name: body?.name ?? '' }, ...more }, { status })
    }
    const form = parseForm(savingForm, req.body)
    if (!form.ok) return again(422, { errors: form.errors })
    const done = await saveSearch(ctx, personOf(res), search, form.value.name)
    if (!done.ok) return again(409, { errors: [{ field: '', key: 'spaces.saved.full', values: { most: done.refusal.limit } }] })
    goTo(res, back, done.isNew ? { kind: 'success', key: 'flash.spaces.saved' } : { kind: 'info', key: 'flash.spaces.savedAlready' })
  })

  router.post<{ id: string }>('/saved-searches/:id/name', signedIn, async (req, res) => {
    const { id } = req.params
    const form = parseForm(renamingForm, req.body)
    if (!form.ok) {
      if (!(await savedOf(ctx.db, personOf(res).id)).some((one) => one.id === id)) throw new NotFound()
      const typed = { id, name: (req.body as { name?: unknown } | undefined)?.name ?? '' }
      return showAll(req, res, { errors: form.errors.map((one) => ({ ...one, field: `name-${id}` })), typed }, 422)
    }
    if (!(await renameSearch(ctx, personOf(res), id, form.value.name))) throw new NotFound()
    goTo(res, '/saved-searches', { kind: 'success', key: 'flash.spaces.savedRenamed' })
  })

  router.post<{ id: string }>('/saved-searches/:id/deletion', signedIn, async (req, res) => {
    if (!(await forgetSearch(ctx, personOf(res), req.params.id))) throw new NotFound()
    goTo(res, '/saved-searches', { kind: 'success', key: 'flash.spaces.savedDeleted' })
  })

  return router
}

/** What the page of results says of saving its search; somebody not signed in learns only how to come back to it. */
export async function savingOf(db: Reads, res: Response, { catalogue }: Pick<Ground, 'catalogue'>, search: Search) {
  const { person, lang } = res.locals
  if (!person) return { query: saidBy(search) }
  const [saved, kept] = [await savedOf(db, person.id), keptQuery(search)]
  return {
    ...aboutSaving(search, res.locals),
    name: savedName(search, areaOf(catalogue, search, lang), res.locals),
    known: saved.find(({ query }) => query === kept)?.name ?? null,
    full: saved.length >= mostSaved,
  }
}

const saidBy = (search: Search): string => withQuery('', searchFields(search)).slice(1)

const aboutSaving = (search: Search, words: Words) => ({
  query: saidBy(search), when: whenOf(search, words), weeks: patternOf(search).weeks, oneDay: search.dateTo === null, most: mostSaved, longestName,
})

/** One search in the list, with what it finds now; `href` is null when it asks for something that is no longer known. */
async function rowOf(db: Reads, ground: Ground, { id, name, query }: SavedSearch, { t, f, lang }: Telling) {
  const { catalogue, now } = ground
  const search = searchNow(query, now)
  const area = search?.filter.area
  if (!search || (area !== undefined && !catalogue.areaBySlug.has(area))) return { id, name, href: null, facts: [], fitting: 0, first: null }
  const { fitting, first } = await fittingNow(db, ground, search)
  return {
    id, name, fitting,
    facts: factsOf(search, areaOf(catalogue, search, lang), { t, f }),
    href: changed(searchFields(search), {}),
    first: first && {
      ...first.first,
      href: formLink(first.listed.space.slug, first.first, { who: search.who, people: search.filter.people }),
      space: shown(first.listed.space.name, lang), unit: shown(first.listed.unit.name, lang),
    },
  }
}

function areaOf({ areaBySlug }: Catalogue, { filter: { area } }: Search, lang: Language): string | null {
  const found = area === undefined ? undefined : areaBySlug.get(area)
  return found ? shown(found.name, lang).text : null
}
