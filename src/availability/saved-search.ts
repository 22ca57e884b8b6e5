import { z } from 'zod'
import { visible } from '../people/person.ts'
import { addDays, daysBetween, localDateOf, startOf, weekdayOf } from '../time/wallclock.ts'
import { withQuery } from './form-link.ts'
import { fieldsWith, searchFields } from './search-fields.ts'
import { datesFault, datesOf, mostDates, searchOf, searchQuery } from './search-query.ts'
import type { Search } from './search-query.ts'

/** More than anybody can keep in mind. */
export const mostSaved = 20
export const longestName = 80
const longestQuery = 4000

/** What a person calls a saved search: on one line, and nothing invisible in it. */
export const savedNameField = z.string('spaces.saved.error.name').transform(visible)
  .refine((name) => name.length > 0 && name.length <= longestName, 'spaces.saved.error.name')
export const savingForm = z.object({ name: savedNameField, query: z.string().max(longestQuery) })
export const renamingForm = z.object({ name: savedNameField })

/** Which of the coming days a saved search is about: ISO weekdays in order (none means all), and how many weeks on from today. */
export type Pattern = { weekdays: number[]; weeks: number }

const week = 7
const mostWeeks = mostDates / week
const usualWeeks = 4

/**
 * Dates grow old, so a search is saved with what is lasting in them. Less than a week stands for its weekdays, four
 * weeks on: who looks for a Thursday evening looks for Thursday evenings. A longer stretch keeps its length, in whole weeks.
 */
export function patternOf({ date, dateTo, weekdays }: Pick<Search, 'date' | 'dateTo' | 'weekdays'>): Pattern {
  const days = dateTo === null ? 1 : daysBetween(date, dateTo) + 1
  const meant = [...new Set(datesOf(date, dateTo, weekdays).map(weekdayOf))].sort((a, b) => a - b)
  return { weekdays: meant.length === week ? [] : meant, weeks: days < week ? usualWeeks : Math.ceil(days / week) }
}

/** A search as it is kept: its query without dates, which says the same whenever the same is meant. How results are shown is no part of it. */
export function keptQuery(search: Search): string {
  const { weekdays, weeks } = patternOf(search)
  const lasting = fieldsWith(searchFields(search), { date: undefined, dateTo: undefined, weekdays: undefined, view: undefined })
  return withQuery('', { ...lasting, ...(weekdays.length > 0 && { weekdays: weekdays.join(',') }), weeks: String(weeks) }).slice(1)
}

/** A kept search about the days from today on; null when it asks for something that is no longer known. */
export function searchNow(kept: string, now: number): Search | null {
  const { weeks, ...fields } = fieldsIn(kept)
  const count = Number(weeks)
  if (!Number.isInteger(count) || count < 1 || count > mostWeeks) return null
  const today = localDateOf(now)
  const query = searchQuery.safeParse({ ...fields, date: today, dateTo: addDays(today, count * week - 1) })
  return query.success ? searchOf(query.data, now) : null
}

/** The search that a list's query says, on the dates it says also when they are over; null when it says none. */
export function searchSaid(text: string, now: number): Search | null {
  const query = searchQuery.safeParse(fieldsIn(text))
  if (!query.success) return null
  const { date } = query.data
  const search = searchOf(query.data, date === undefined ? now : Math.min(now, startOf(date)))
  return datesFault(search) ? null : search
}

const fieldsIn = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text))

/** The name, or with a number after it when another search has it already. */
export function nameAmong(name: string, names: readonly string[]): string {
  const known = new Set(names.map(folded))
  for (let number = 2, one = name; ; number++) {
    if (!known.has(folded(one))) return one
    const mark = ` (${number})`
    one = `${cut(name, longestName - mark.length)}${mark}`
  }
}

const folded = (name: string): string => name.toLocaleLowerCase('fi')

/** Never through the middle of a letter that takes two places. */
const cut = (text: string, most: number): string => text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '').trimEnd()
