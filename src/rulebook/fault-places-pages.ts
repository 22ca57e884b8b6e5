import type { Fault } from './edition-fault.ts'
import { classWords } from './edition-view-pages.ts'
import type { EditionFile } from './edition.ts'
import { faultLines, type FaultLine } from './fault-words-pages.ts'
import { placeWords, valueWords, type Telling } from './value-words-pages.ts'

type PriceRow = EditionFile['priceList']['prices'][number]

/** What a row of the price list is for, in words. */
export function priceWords(row: PriceRow, telling: Telling): { spaces: string; group: string; only: string } {
  const words = (field: 'group' | 'unit' | 'band' | 'supervision'): string[] =>
    (row[field] === undefined ? [] : [valueWords(row[field], [field], telling)])
  return { spaces: classWords(telling.edition, row.class, telling.lang), group: words('group').join(), only: [...words('unit'), ...words('band'), ...words('supervision')].join(', ') }
}

/** Faults of what somebody filled in, each place as the form calls it; `prices` are the rows as they were written. */
export function placedFaults(faults: readonly Fault[], prices: readonly PriceRow[], telling: Telling): FaultLine[] {
  return faultLines(faults, telling.lang).map((line) => (line.path === null ? line : { ...line, place: placeOf(line.path, prices, telling) }))
}

function placeOf(path: string, prices: readonly PriceRow[], telling: Telling): string {
  const { edition, lang } = telling
  const [, size, group] = /^priceList\.prices \((\S+), (\S+)\)$/.exec(path) ?? []
  if (size !== undefined && group !== undefined) return rowWords({ spaces: classWords(edition, size, lang), group: valueWords(group, ['group'], telling), only: '' })
  const row = prices[Number(/^priceList\.prices\.(\d+)(\.|$)/.exec(path)?.[1] ?? -1)]
  return row ? rowWords(priceWords(row, telling)) : placeWords(path.replace(/ \(.*\)$/, '').split('.'), lang)
}

const rowWords = ({ spaces, group, only }: ReturnType<typeof priceWords>): string => [spaces, group, only].filter(Boolean).join('; ')
