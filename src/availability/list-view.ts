import type { Language } from '../platform/i18n/text.ts'
import type { Area, Catalogue } from '../spaces/catalogue.ts'
import { suggestions } from '../spaces/gazetteer.ts'
import type { Place } from '../spaces/gazetteer.ts'
import { shown } from '../spaces/shown.ts'
import type { CardGround } from './cards.ts'
import { changed, searchFields } from './search-fields.ts'
import type { Change, Relief } from './search-fields.ts'
import { sorts, views } from './search-query.ts'

/** What a search found: how many rooms in all, how many of them fit, and what would give some when none does. */
type Results = { place: Place | null; all: number; fitting: number; page: number; pages: number; reliefs: (Relief & { count: number; later: boolean })[] }

/** The page of results, ready for the template: the form's values, and what all three views of the results say and link to. */
export function listView({ search, language }: Pick<CardGround, 'search' | 'language'>, results: Results) {
  const { all, fitting, page, pages } = results
  const fields = searchFields(search)
  const at = (change: Change): string => changed(fields, change)
  return {
    values: { ...fields, ...(search.filter.equipment && { equipment: search.filter.equipment }), weekdays: search.weekdays.map(String) },
    found: {
      search,
      place: results.place && { ...results.place, name: shown(results.place.name, language) },
      all,
      fitting,
      reliefs: results.reliefs.map(({ give, change, count, later }) => ({ give, count, later, minutes: Number(change['minutes']), href: at(change) })),
      anyKindHref: search.suited && at({ anyKind: '1' }),
      everyHref: search.fits ? at({ fits: undefined }) : null,
      sorts: sorts.filter((sort) => sort !== 'nearest' || search.near !== undefined)
        .map((sort) => ({ sort, current: sort === search.sort, href: at({ sort }) })),
      views: views.map((view) => ({ view, current: view === search.view, href: at({ view: view === 'list' ? undefined : view }) })),
      page,
      pages,
      previous: page > 1 ? at({ page: page === 2 ? undefined : String(page - 1) }) : null,
      following: page < pages ? at({ page: String(page + 1) }) : null,
    },
  }
}
export type ListView = ReturnType<typeof listView>

/** The areas to choose from: the two broader levels, and the one chosen whatever its level; and the names of places to be near to. */
export function searchOptions(catalogue: Catalogue, language: Language, chosen?: string) {
  const options = areaOptions(catalogue, language)
  const extra = chosen === undefined ? undefined : catalogue.areaBySlug.get(chosen)
  const areas = !extra || options.some(({ value }) => value === extra.slug) ? options : [{ value: extra.slug, text: shown(extra.name, language).text, group: '' }, ...options]
  return { areas, places: suggestions(catalogue, language) }
}

type Option = { value: string; text: string; group: string }
const knownOptions = new WeakMap<Catalogue['areas'], Map<Language, Option[]>>()

/** Sorted once, as long as the catalogue stands. */
function areaOptions({ areas }: Pick<Catalogue, 'areas'>, language: Language): Option[] {
  let known = knownOptions.get(areas)
  if (!known) knownOptions.set(areas, (known = new Map()))
  let options = known.get(language)
  if (!options) known.set(language, (options = sortedOptions(areas, language)))
  return options
}

function sortedOptions(areas: Catalogue['areas'], language: Language): Option[] {
  const collator = new Intl.Collator('fi')
  const named = (area: Area) => ({ value: area.slug, text: shown(area.name, language).text })
  const inOrder = [...areas.values()].toSorted((a, b) => collator.compare(named(a).text, named(b).text))
  return inOrder.filter(({ level }) => level === 'major_district').flatMap((major) => {
    const group = named(major).text
    return [{ ...named(major), group }, ...inOrder.filter(({ parentId }) => parentId === major.id).map((area) => ({ ...named(area), group }))]
  })
}
