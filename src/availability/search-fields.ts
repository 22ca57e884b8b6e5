import { addDays, minuteText } from '../time/wallclock.ts'
import { askerFields, withQuery } from './form-link.ts'
import type { Search } from './search-query.ts'

/** A change of a search's query; undefined takes a field away. */
export type Change = Record<string, string | undefined>

/** The search as query fields, so that the address says what is looked at also where nothing was said; no page. */
export function searchFields(search: Search): Record<string, string> {
  const { filter: { q, unitKind, kind, area, people, equipment, access, supervision }, who, near, date, dateTo, weekdays, from, to, minutes } = search
  return {
    ...askerFields({ who, people }),
    ...(q !== undefined && { q }),
    ...(unitKind && { unitKind }),
    ...(kind && { kind }),
    ...(area !== undefined && { area }),
    ...(near !== undefined && { near }),
    ...(equipment && { equipment: equipment.join(',') }),
    ...(access && { access }),
    ...(supervision && { supervision }),
    date,
    ...(dateTo !== null && { dateTo }),
    ...(weekdays.length > 0 && { weekdays: weekdays.join(',') }),
    from: minuteText(from),
    to: minuteText(to),
    minutes: String(minutes),
    ...(search.anyKind && { anyKind: '1' }),
    ...(search.free && { free: '1' }),
    ...(search.fits && { fits: '1' }),
    ...(search.sort !== (near === undefined ? 'earliest' : 'nearest') && { sort: search.sort }),
    ...(search.view !== 'list' && { view: search.view }),
  }
}

/** The address of the list with some fields of the search changed. */
export const changed = (fields: Readonly<Record<string, string>>, change: Change): string => withQuery('/spaces', fieldsWith(fields, change))

/** The fields with some changed. */
export const fieldsWith = (fields: Readonly<Record<string, string>>, change: Change): Record<string, string> =>
  Object.fromEntries(Object.entries({ ...fields, ...change }).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))

/** A condition that a search without results could give up or loosen. */
export type Relief = { give: 'anyKind' | 'q' | 'unitKind' | 'kind' | 'area' | 'people' | 'equipment' | 'access' | 'supervision' | 'free' | 'hours' | 'length' | 'weekdays' | 'week'; change: Change }

const shortestAsked = 30
const aWeek = 7

/** Everything that could be given up, each by itself. */
export function reliefs(search: Search): Relief[] {
  const { filter, suited, free, from, to, minutes, date, dateTo, weekdays } = search
  const given = (['q', 'equipment', 'access', 'supervision', 'people', 'kind', 'unitKind', 'area'] as const).filter((field) => filter[field] !== undefined)
  return [
    ...(from > 6 * 60 || to < 1440 ? [{ give: 'hours' as const, change: { from: '06:00', to: '24:00' } }] : []),
    ...(minutes > shortestAsked ? [{ give: 'length' as const, change: { minutes: String(shorter(minutes)) } }] : []),
    ...(dateTo === null ? [{ give: 'week' as const, change: { dateTo: addDays(date, aWeek - 1) } }] : []),
    ...(weekdays.length > 0 ? [{ give: 'weekdays' as const, change: { weekdays: undefined } }] : []),
    ...(suited !== null ? [{ give: 'anyKind' as const, change: { anyKind: '1' } }] : []),
    ...(free ? [{ give: 'free' as const, change: { free: undefined } }] : []),
    ...given.map((give) => ({ give, change: { [give]: undefined } })),
  ]
}

/** Half the length, on the half hour, and never under it. */
const shorter = (minutes: number): number => Math.max(shortestAsked, Math.floor(minutes / 2 / shortestAsked) * shortestAsked)
