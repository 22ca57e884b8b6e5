import type { Language } from '../platform/i18n/text.ts'
import type { Catalogue } from './catalogue.ts'
import { shown } from './shown.ts'
import { spaceKinds } from './space.ts'

/** What there is to choose from on the front page: kinds and parts of the city that have spaces, and how many; halves are not counted. */
export function homeView({ spaces, areas }: Catalogue, language: Language) {
  const rooms = spaces.filter(({ space }) => space.wholeId === null)
  const count = (test: (one: (typeof spaces)[number]) => boolean): number => rooms.filter(test).length
  return {
    kinds: spaceKinds
      .map((kind) => ({ kind, href: `/spaces?kind=${kind}`, count: count(({ space }) => space.kind === kind) }))
      .filter((one) => one.count > 0),
    districts: [...areas.values()]
      .filter(({ level }) => level === 'major_district')
      .map(({ id, slug, name }) => ({
        name: shown(name, language), href: `/spaces?area=${slug}`, count: count(({ unit }) => unit.areaIds.includes(id)),
      }))
      .filter((one) => one.count > 0)
      .toSorted((a, b) => a.name.text.localeCompare(b.name.text, 'fi')),
  }
}
