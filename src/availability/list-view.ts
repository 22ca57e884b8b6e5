import type { Language } from '../platform/i18n/text.ts'
import type { Area, Catalogue } from '../spaces/catalogue.ts'
import { relaxations } from '../spaces/filter.ts'
import { shown } from '../spaces/shown.ts'
import { minuteText } from '../time/wallclock.ts'
import { cardOf } from './cards.ts'
import type { CardGround } from './cards.ts'
import { askerFields, withQuery } from './form-link.ts'
import type { Search } from './search-query.ts'
import type { Group } from './search.ts'

type Results = { groups: Group[]; next: CardGround['next']; all: number; fitting: number; page: number; pages: number }

/** The page of results, ready for the template: the form's values, the cards, where else to go. */
export function listView(ground: Omit<CardGround, 'next'>, { groups, next, all, fitting, page, pages }: Results) {
  const { catalogue, search, language } = ground
  const fields = searchFields(search)
  const at = (change: Record<string, string | undefined>): string =>
    withQuery('/spaces', Object.fromEntries(Object.entries({ ...fields, ...change }).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))))
  return {
    values: { ...fields, ...(search.who?.openToAll && { openToAll: '1' }) },
    options: searchOptions(catalogue, language, search.filter.area),
    found: {
      search,
      cards: groups.map((group) => cardOf(group, { ...ground, next })),
      all,
      fitting,
      relaxed: all === 0 ? relaxations(catalogue, search.filter).map(({ drop, count }) => ({ drop, count, href: at({ [drop]: undefined }) })) : [],
      everyHref: search.fits ? at({ fits: undefined }) : null,
      wholeDayHref: search.from > 6 * 60 || search.to < 1440 ? at({ from: '06:00', to: '24:00' }) : null,
      page,
      pages,
      previous: page > 1 ? at({ page: page === 2 ? undefined : String(page - 1) }) : null,
      following: page < pages ? at({ page: String(page + 1) }) : null,
    },
  }
}
export type ListView = ReturnType<typeof listView>

/** The search as query fields, so that the address says what is looked at also where nothing was said; no page. */
function searchFields({ filter: { q, unitKind, kind, area, people }, who, date, from, to, minutes, fits }: Search): Record<string, string> {
  return {
    ...askerFields({ who, people }),
    ...(q !== undefined && { q }),
    ...(unitKind && { unitKind }),
    ...(kind && { kind }),
    ...(area !== undefined && { area }),
    date, from: minuteText(from), to: minuteText(to), minutes: String(minutes),
    ...(fits && { fits: '1' }),
  }
}

/** The areas to choose from: the two broader levels, and the one chosen whatever its level. */
export function searchOptions({ areas, areaBySlug }: Pick<Catalogue, 'areas' | 'areaBySlug'>, language: Language, chosen?: string) {
  const named = (area: Area) => ({ value: area.slug, text: shown(area.name, language).text })
  const inOrder = [...areas.values()].toSorted((a, b) => named(a).text.localeCompare(named(b).text, 'fi'))
  const majors = inOrder.filter(({ level }) => level === 'major_district')
  const options = majors.flatMap((major) => {
    const group = named(major).text
    return [{ ...named(major), group }, ...inOrder.filter(({ parentId }) => parentId === major.id).map((area) => ({ ...named(area), group }))]
  })
  const extra = chosen === undefined ? undefined : areaBySlug.get(chosen)
  return { areas: !extra || options.some(({ value }) => value === extra.slug) ? options : [{ ...named(extra), group: '' }, ...options] }
}
