import type { PlainText } from '../platform/i18n/text.ts'
import type { Interval } from '../time/interval.ts'
import { minuteMs } from '../time/wallclock.ts'
import type { Edition, PriceClass } from './edition.ts'
import type { SpaceTraits } from './facts.ts'

/** Instants in epoch ms, and the local date `YYYY-MM-DD` that the prices are those of. */
export type Slot = Interval & { date: string }
/** One row of a bill: cents with VAT in them, and the rate in percent. */
export type Line = { text: PlainText; minutes: number; cents: number; vatRate: number }
export type Price = { totalCents: number; lines: Line[] }

/**
 * What a space costs in a price class, extras on top. A person who approves a `needs_person` wish asks this with the
 * class chosen (null when free) and the extras that the quote listed.
 */
export function priceFor(
  edition: Edition, priceClass: PriceClass | null, space: SpaceTraits, slot: Slot, extras: readonly Line[] = [],
): Price {
  const lines = priceClass === null ? [...extras] : [rentLine(edition, priceClass, space, slot), ...extras]
  return { totalCents: lines.reduce((sum, line) => sum + line.cents, 0), lines }
}

/** The row for an extra of the edition; a fixed one has no minutes. */
export function extraLine(edition: Edition, extra: Edition['extras'][number], slot: Slot): Line {
  const minutes = extra.cents === undefined ? minutesOf(slot) : 0
  const cents = extra.cents ?? centsFor(extra.centsPerHour ?? 0, minutes)
  return { text: extra.text, minutes, cents, vatRate: vatRate(edition, extra.vat, slot.date) }
}

/** Cents an hour, VAT included, for a space on a date. Throws RangeError on a class or size without a price. */
export function hourlyPrice(
  edition: Edition, priceClass: PriceClass, space: SpaceTraits, date: string,
): { cents: number; vatRate: number } {
  const { classes, prices } = edition.priceList
  const size = classes.find(({ kinds, belowM2 }) => kinds.includes(space.kind) && (belowM2 === null || space.areaM2 < belowM2))
  const row = validOn(prices, date, price => price.class === size?.id && price.group === priceClass)
  if (!row) throw new RangeError(`No price "${priceClass}" for a ${space.kind} of ${space.areaM2} m²`)
  return { cents: row.centsPerHour, vatRate: vatRate(edition, row.vat, date) }
}

/** The rate in percent on a date. */
export function vatRate(edition: Edition, id: string, date: string): number {
  const row = validOn(edition.vatRates, date, rate => rate.id === id)
  if (!row) throw new RangeError(`No VAT rate "${id}"`)
  return row.rate
}

function rentLine(edition: Edition, priceClass: PriceClass, space: SpaceTraits, slot: Slot): Line {
  const minutes = minutesOf(slot)
  const hourly = hourlyPrice(edition, priceClass, space, slot.date)
  const group = edition.priceList.groups.find(one => one.id === priceClass)!
  return { text: group.text, minutes, cents: centsFor(hourly.cents, minutes), vatRate: hourly.vatRate }
}

const minutesOf = (slot: Slot) => Math.round((slot.end - slot.start) / minuteMs)
const centsFor = (centsPerHour: number, minutes: number) => Math.round(centsPerHour * minutes / 60)

/** The row in force on a date. A wish older than the whole list gets its first row, so that a quote never fails. */
function validOn<Row extends { validFrom: string }>(
  rows: readonly Row[], date: string, fits: (row: Row) => boolean,
): Row | undefined {
  return rows.findLast(row => row.validFrom <= date && fits(row)) ?? rows.find(fits)
}
