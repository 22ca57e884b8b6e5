import type { PlainText } from '../platform/i18n/text.ts'
import type { SupervisionMode } from '../spaces/space.ts'
import type { Interval } from '../time/interval.ts'
import { minuteMs } from '../time/wallclock.ts'
import { minutesByBand, type Band } from './band.ts'
import type { Edition, PriceClass } from './edition.ts'
import type { SpaceTraits } from './facts.ts'

/** Instants in epoch ms, and the local date `YYYY-MM-DD` of the use. */
export type Slot = Interval & { date: string }
/** One row of a bill: cents with VAT in them, and the rate in percent. */
export type Line = { text: PlainText; minutes: number; cents: number; vatRate: number }
export type Price = { totalCents: number; lines: Line[] }

/** Whose price list counts for a day of use, and which of its days. */
export type Tariff = { edition: Edition; date: string }

/** The tariff of the day of use, or of the day of the request, as the edition says. */
export function tariffFor(edition: Edition, dateOfUse: string): Tariff {
  const date = edition.pricedAsOf ?? dateOfUse
  return { edition: edition.later?.findLast(one => one.validFrom <= date) ?? edition, date }
}

/** What else a price rests on: how the use is supervised, where known, and the extras on top. */
type Terms = { supervision?: SupervisionMode | undefined; extras?: readonly Line[] }

/**
 * What a space costs in a price class, extras on top. A person who approves a `needs_person` wish asks this with the
 * class chosen (null when free) and the extras that the quote listed.
 */
export function priceFor(
  edition: Edition, priceClass: PriceClass | null, space: SpaceTraits, slot: Slot, { supervision, extras = [] }: Terms = {},
): Price {
  const lines = priceClass === null ? [...extras] : [...rentLines(edition, priceClass, space, slot, supervision), ...extras]
  return { totalCents: lines.reduce((sum, line) => sum + line.cents, 0), lines }
}

/** The row for an extra of the edition; a fixed one has no minutes. Null when none of the slot is in the extra's hours. */
export function extraLine(edition: Edition, extra: Edition['extras'][number], slot: Slot): Line | null {
  const within = extra.band === undefined ? minutesOf(slot)
    : minutesByBand(edition.priceList.bands, slot).find(({ band }) => band?.id === extra.band)?.minutes ?? 0
  if (extra.band !== undefined && within === 0) return null
  const minutes = extra.cents === undefined ? within : 0
  const cents = extra.cents ?? centsFor(extra.centsPerHour ?? 0, minutes)
  return { text: extra.text, minutes, cents, vatRate: vatRate(edition, extra.vat, tariffFor(edition, slot.date).date) }
}

type Hourly = { cents: number; vatRate: number }
type Narrowing = { band?: string | undefined; supervision?: SupervisionMode | undefined }

/** Cents an hour, VAT included, for a space on a date of use. Throws RangeError on a class or size without a price. */
export function hourlyPrice(
  edition: Edition, priceClass: PriceClass, space: SpaceTraits, dateOfUse: string, { band, supervision }: Narrowing = {},
): Hourly {
  const { edition: { priceList: { groups } } } = tariffFor(edition, dateOfUse)
  // A class that the coming price list no longer has is priced by the list that it was given from.
  const tariff = groups.some(({ id }) => id === priceClass) ? tariffFor(edition, dateOfUse) : { edition, date: dateOfUse }
  const { classes } = tariff.edition.priceList
  const size = classes.find(({ kinds, belowM2 }) => kinds.includes(space.kind) && (belowM2 === null || space.areaM2 < belowM2))
  const rows = rowsOf(tariff.edition).get(`${size?.id} ${priceClass}`) ?? []
  const row = rows.length === 1 ? rows[0] : narrowest(rows, tariff.date, one => (one.band === undefined || one.band === band)
    && (one.unit === undefined || one.unit === space.unit) && (one.supervision === undefined || one.supervision === supervision))
  if (!row) throw new RangeError(`No price "${priceClass}" for a ${space.kind} of ${space.areaM2} m²`)
  return { cents: row.centsPerHour, vatRate: vatRate(tariff.edition, row.vat, tariff.date) }
}

type PriceRow = Edition['priceList']['prices'][number]

/** Which of two rows that fit is the price: a unit's before a band's before a way of supervision's. */
export const narrowness = ({ unit, band, supervision }: PriceRow): number =>
  (unit === undefined ? 0 : 4) + (band === undefined ? 0 : 2) + (supervision === undefined ? 0 : 1)

/** Of the rows in force on a date that fit, the narrowest. A wish older than the whole list gets its first row, so that a quote never fails. */
function narrowest(rows: readonly PriceRow[], date: string, fits: (row: PriceRow) => boolean): PriceRow | undefined {
  let best: PriceRow | undefined
  for (const row of rows) {
    if (row.validFrom <= date && (row.validTo === null || date <= row.validTo) && fits(row)
      && (!best || narrowness(row) >= narrowness(best))) best = row
  }
  return best ?? rows.find(row => narrowness(row) === 0) ?? rows[0]
}

const indexed = new WeakMap<Edition, Map<string, PriceRow[]>>()

function rowsOf(edition: Edition): Map<string, PriceRow[]> {
  let rows = indexed.get(edition)
  if (!rows) {
    rows = new Map()
    for (const row of edition.priceList.prices) {
      const key = `${row.class} ${row.group}`
      rows.set(key, [...rows.get(key) ?? [], row])
    }
    indexed.set(edition, rows)
  }
  return rows
}

/** The rate in percent on a date; of a date before them all, the first. */
export function vatRate({ vatRates }: Edition, id: string, date: string): number {
  const row = vatRates.findLast(rate => rate.id === id && rate.validFrom <= date) ?? vatRates.find(rate => rate.id === id)
  if (!row) throw new RangeError(`No VAT rate "${id}"`)
  return row.rate
}

/** The rent: one row, or one for each band of hours that the slot touches. */
function rentLines(edition: Edition, priceClass: PriceClass, space: SpaceTraits, slot: Slot, supervision?: SupervisionMode): Line[] {
  const text = edition.priceList.groups.find(one => one.id === priceClass)?.text
  if (!text) throw new RangeError(`No price "${priceClass}" for a ${space.kind} of ${space.areaM2} m²`)
  return minutesByBand(pricedBands(tariffFor(edition, slot.date).edition), slot).map(({ band, minutes }) => {
    const hourly = hourlyPrice(edition, priceClass, space, slot.date, { band: band?.id, supervision })
    return { text: band ? inBand(text, band.text) : text, minutes, cents: centsFor(hourly.cents, minutes), vatRate: hourly.vatRate }
  })
}

const bandsPriced = new WeakMap<Edition, readonly Band[]>()

/** The bands with prices of their own; others only say when an extra is due. */
function pricedBands(edition: Edition): readonly Band[] {
  let bands = bandsPriced.get(edition)
  if (!bands) {
    const { priceList } = edition
    bandsPriced.set(edition, (bands = priceList.bands.filter(({ id }) => priceList.prices.some(({ band }) => band === id))))
  }
  return bands
}

const inBand = (rent: PlainText, band: PlainText): PlainText =>
  ({ fi: `${rent.fi}, ${band.fi}`, sv: `${rent.sv}, ${band.sv}`, en: `${rent.en}, ${band.en}`, plain: `${rent.plain}, ${band.plain}` })

const minutesOf = (slot: Slot) => Math.round((slot.end - slot.start) / minuteMs)
const centsFor = (centsPerHour: number, minutes: number) => Math.round(centsPerHour * minutes / 60)
