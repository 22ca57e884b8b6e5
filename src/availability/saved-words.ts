import type { Format } from '../platform/i18n/format.ts'
import type { Translate } from '../platform/i18n/messages.ts'
import { longestName, patternOf } from './saved-search.ts'
import type { Search } from './search-query.ts'

export type Words = { t: Translate; f: Format }

/** What a saved search asks for, as short facts; the first is never empty. `area` is the area's name. */
export function factsOf(search: Search, area: string | null, words: Words): string[] {
  const { t, f } = words
  const { filter: { equipment, access, supervision }, who, minutes, free, anyKind } = search
  const thing = thingsIn(search, words)
  return [
    ...(thing.length > 0 ? thing : [t('spaces.saved.anything')]),
    ...(anyKind && who ? [t('spaces.saved.anyKind')] : []),
    ...placesIn(search, area, words),
    whenOf(search, words),
    t('spaces.saved.length', { length: f.minutes(minutes) }),
    t('spaces.saved.weeks', { weeks: patternOf(search).weeks }),
    ...(equipment ?? []).map((one) => t(`spaces.equipment.${one}`)),
    ...(access ? [t(`spaces.need.${access}`)] : []),
    ...(supervision ? [t(`site.supervision.${supervision}`)] : []),
    ...(who ? [t(`rulebook.applicant.${who.applicant}`)] : []),
    ...(who?.openToAll ? [t('spaces.saved.openToAll')] : []),
    ...(free ? [t('spaces.saved.free')] : []),
  ]
}

/** A name to begin with, such as `Liikunta, 6 henkeä, arkisin klo 17–21`: what, how many, where and when, as far as there is room. */
export function savedName(search: Search, area: string | null, words: Words): string {
  const when = whenOf(search, words)
  const all = [...thingsIn(search, words), ...placesIn(search, area, words)]
  const fitting = all.reduce((said, one) => (`${said}${one}, ${when}`.length <= longestName ? `${said}${one}, ` : said), '')
  const name = `${fitting}${when}`
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`
}

/** On which days and at what time of day: `torstaisin klo 18–21`. */
export function whenOf(search: Search, { t, f }: Words): string {
  const time = t('format.timeRange', { from: clock(search.from, f), to: search.to === 1440 ? '24' : clock(search.to, f) })
  return t('format.when', { date: daysOf(patternOf(search).weekdays, { t, f }), time })
}

const thingsIn = ({ who, filter: { kind, unitKind, q } }: Search, { t }: Words): string[] => [
  ...(who ? [t(`rulebook.purpose.${who.purpose}`)] : []),
  ...(kind ? [t(`spaces.kind.${kind}`)] : []),
  ...(unitKind ? [t(`spaces.unitKind.${unitKind}`)] : []),
  ...(q === undefined ? [] : [`”${q}”`]),
]

const placesIn = ({ filter: { people }, near }: Search, area: string | null, { t }: Words): string[] => [
  ...(people === undefined ? [] : [t('spaces.saved.people', { count: people })]),
  ...(near === undefined ? [] : [t('spaces.saved.near', { place: near })]),
  ...(area === null ? [] : [t('spaces.saved.area', { area })]),
]

function daysOf(weekdays: readonly number[], { t, f }: Words): string {
  const [first, last] = [weekdays[0], weekdays.at(-1)]
  if (first === undefined || last === undefined) return t('spaces.list.days.all')
  const days = weekdays.join('')
  if (days === '12345') return t('spaces.list.days.workdays')
  if (days === '67') return t('spaces.list.days.weekend')
  if (first === last) return t(`spaces.saved.day.${first as Weekday}`)
  const [from, to] = [short(first, f), short(last, f)]
  return weekdays.length > 2 && last - first === weekdays.length - 1 ? t('format.timeRange', { from, to }) : weekdays.map((day) => short(day, f)).join(', ')
}

type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** 2026-11-23 is a Monday. */
const short = (weekday: number, f: Format): string => f.weekdayShort(Date.UTC(2026, 10, 22 + weekday, 10))
const clock = (minute: number, f: Format): string => f.time(Date.UTC(2026, 0, 1, -2, minute))
