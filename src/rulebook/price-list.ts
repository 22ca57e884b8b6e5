import type { PlainText } from '../platform/i18n/text.ts'
import type { SpaceKind, SupervisionMode } from '../spaces/space.ts'
import type { Edition } from './edition.ts'
import { vatRate } from './price.ts'

/** A kind of space within bounds of size (m²): from `fromM2` to under `belowM2`; null on the open side. */
export type Sized = { kind: SpaceKind; fromM2: number | null; belowM2: number | null }

export type PriceTable = {
  groups: { id: string; text: PlainText }[]
  /** In the order of the price list; `cents` an hour, VAT included, one a group. */
  rows: { id: string; sizes: Sized[]; cents: number[] }[]
  /** Prices of some hours, a unit or a way of supervision, which stand before those of the rows. */
  narrowed: NarrowPrice[]
  /** Rates (percent) of the prices. */
  rates: number[]
  /** The coming dates from which some price is another. */
  changes: string[]
}
export type NarrowPrice = {
  class: string
  group: PlainText
  cents: number
  band: PlainText | null
  /** The unit's slug. */
  unit: string | null
  supervision: SupervisionMode | null
}

/** Every kind of space with the bounds that its line of the price list gives it, and the line's class. */
export function sizedKinds({ priceList }: Edition): (Sized & { class: string })[] {
  return priceList.classes.flatMap(({ id, kinds, belowM2 }, at) => kinds.map((kind) => {
    const before = priceList.classes.slice(0, at).findLast((line) => line.kinds.includes(kind))
    return { class: id, kind, fromM2: before?.belowM2 ?? null, belowM2 }
  }))
}

/** The price list as it stands on a date. */
export function priceTable(edition: Edition, date: string): PriceTable {
  const { groups, bands, prices } = edition.priceList
  const valid = prices.filter(({ validFrom, validTo }) => validFrom <= date && (validTo === null || date <= validTo))
  const general = valid.filter(({ band, unit, supervision }) => band === undefined && unit === undefined && supervision === undefined)
  const sizes = sizedKinds(edition)
  return {
    groups: groups.map(({ id, text }) => ({ id, text })),
    rows: [...new Set(sizes.map((one) => one.class))].map((id) => ({
      id,
      sizes: sizes.filter((one) => one.class === id).map(({ kind, fromM2, belowM2 }) => ({ kind, fromM2, belowM2 })),
      cents: groups.map((group) => general.find((row) => row.class === id && row.group === group.id)?.centsPerHour ?? 0),
    })),
    narrowed: valid.filter((row) => !general.includes(row)).map((row) => ({
      class: row.class,
      group: groups.find(({ id }) => id === row.group)!.text,
      cents: row.centsPerHour,
      band: bands.find(({ id }) => id === row.band)?.text ?? null,
      unit: row.unit ?? null,
      supervision: row.supervision ?? null,
    })),
    rates: [...new Set(valid.map((row) => vatRate(edition, row.vat, date)))],
    changes: [...new Set(prices.map(({ validFrom }) => validFrom).filter((from) => from > date))].sort(),
  }
}
