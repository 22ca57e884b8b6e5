import type { Context } from '../context.ts'
import type { Person } from '../people/person.ts'
import type { Reads } from '../platform/db/database.ts'
import { nanoId } from '../platform/ids.ts'
import type { Interval } from '../time/interval.ts'
import { resultsOf } from './actions.ts'
import type { Ground } from './actions.ts'
import { keptQuery, mostSaved, nameAmong } from './saved-search.ts'
import { deleteSaved, insertSaved, nameSaved, savedToChange } from './saved-store.ts'
import type { Hit } from './search.ts'
import type { Search } from './search-query.ts'

type Found = Hit & { first: Interval }
type Saved = { ok: true; isNew: boolean } | { ok: false; refusal: { code: 'too-many-saved-searches'; limit: number } }

/**
 * Saves a search for a person. One that means the same as an earlier one is that one, which keeps its name; a name that
 * is taken gets a number. The ledger is told nothing: what somebody looks for is their own business.
 */
export function saveSearch(ctx: Context, { id: personId }: Person, search: Search, name: string): Promise<Saved> {
  const [query, createdAt] = [keptQuery(search), ctx.clock.now()]
  return ctx.db.transaction(async (db) => {
    const saved = await savedToChange(db, personId)
    if (saved.some((one) => one.query === query)) return { ok: true, isNew: false }
    if (saved.length >= mostSaved) return { ok: false, refusal: { code: 'too-many-saved-searches', limit: mostSaved } }
    await insertSaved(db, { id: nanoId(), personId, name: nameAmong(name, saved.map((one) => one.name)), query, createdAt })
    return { ok: true, isNew: true }
  })
}

/** Gives one of the person's own searches another name; false when they have no such search. */
export function renameSearch(ctx: Context, { id: personId }: Person, id: string, name: string): Promise<boolean> {
  return ctx.db.transaction(async (db) => {
    const saved = await savedToChange(db, personId)
    if (!saved.some((one) => one.id === id)) return false
    await nameSaved(db, personId, id, nameAmong(name, saved.filter((one) => one.id !== id).map((one) => one.name)))
    return true
  })
}

/** Forgets one of the person's own searches; false when they have no such search. */
export const forgetSearch = (ctx: Context, { id: personId }: Person, id: string): Promise<boolean> =>
  ctx.db.transaction((db) => deleteSaved(db, personId, id))

/** How many rooms a search finds free now, and the first time in any of them. */
export async function fittingNow(db: Reads, ground: Ground, search: Search): Promise<{ fitting: number; first: Found | null }> {
  const { rooms: [soonest], firstIn, fitting } = await resultsOf(db, ground, { ...search, sort: 'earliest', fits: true, page: 1 }, null, 1)
  const hits = soonest ? [soonest.head, ...soonest.halves] : []
  const first = hits.find((hit): hit is Found => hit.first !== null && hit.first.start === firstIn(soonest!.head.listed))
  return { fitting, first: first ?? null }
}
