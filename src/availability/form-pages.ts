import type { Response } from 'express'
import type { FieldError } from '../platform/web/forms.ts'
import { keptFragment } from '../platform/web/kept-fragment.ts'
import { asset, renderView } from '../platform/web/views.ts'
import type { Catalogue } from '../spaces/catalogue.ts'
import { searchOptions } from './list-view.ts'

/** A form as it was filled in: a text a field, or the texts of one that may be repeated. */
type Values = Readonly<Record<string, string | string[]>>

/** The names of places that the search offers while somebody writes, rendered once. */
export const placesPart = ({ locals: { lang } }: Response, catalogue: Catalogue): string =>
  keptFragment(catalogue.areas, `places ${lang}`, [], () => renderView('spaces/_places', { places: searchOptions(catalogue, lang).places }))

/** Fields that the form asks in other places. */
const elsewhere = new Set(['purpose', 'people', 'date', 'from', 'near', 'sort', 'view'])

/**
 * The folded questions of the search, rendered once for the same answers: most people leave them as they are. What
 * somebody typed is seldom typed again, and faults are for one page.
 */
export function morePart({ locals: { lang, t, f } }: Response, catalogue: Catalogue, values: Values, errors: readonly FieldError[]): string {
  const answers = Object.entries(values).filter(([field]) => !elsewhere.has(field))
  const render = (): string =>
    renderView('spaces/_more', { lang, t, f, asset, values, errors, areas: searchOptions(catalogue, lang, [values['area'] ?? []].flat().at(-1)).areas })
  return values['q'] !== undefined || errors.length > 0 ? render() : keptFragment(catalogue.areas, `more ${lang} ${JSON.stringify(answers)}`, [], render)
}
