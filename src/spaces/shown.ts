import { textIn } from '../platform/i18n/text.ts'
import type { Language, Text } from '../platform/i18n/text.ts'
import type { Catalogue, Unit } from './catalogue.ts'
import type { Reason } from './restriction.ts'

/** A text for a page: `lang` is set only where it differs from the page's own language. */
export type Shown = { text: string; lang: Language | null }

export function shown(text: Text, wanted: Language): Shown {
  const found = textIn(text, wanted)
  return { text: found.text, lang: found.lang === wanted ? null : found.lang }
}

/** A restriction's text: in plain Finnish where that is asked for and written. */
export const shownReason = (reason: Reason, wanted: Language, plain: boolean): Shown =>
  plain && reason.plain ? { text: reason.plain, lang: null } : shown(reason, wanted)

/** The part of the city a unit lies in, as people call it; else the smallest area. */
export function districtOf(unit: Unit, areas: Catalogue['areas'], wanted: Language): Shown | null {
  const own = shown(unit.neighbourhood, wanted)
  if (own.text !== '') return own
  for (const id of unit.areaIds) {
    const area = shown(areas.get(id)?.name ?? {}, wanted)
    if (area.text !== '') return area
  }
  return null
}
