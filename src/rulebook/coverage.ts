import { spaceKinds, supervisionModes } from '../spaces/space.ts'
import { addDays } from '../time/wallclock.ts'
import { always } from './condition.ts'
import { faultAt, type Fault } from './edition-fault.ts'
import type { Edition } from './edition.ts'
import { narrowness } from './price.ts'

type Validity = { validFrom: string; validTo: string | null }

/** Where an edition would leave a space, a day or a way of supervision without an answer, each fault with its path. */
export function coverageFaults(edition: Edition): Fault[] {
  return [...supervisionFaults(edition), ...priceFaults(edition)]
}

function supervisionFaults({ supervisionRules }: Edition): Fault[] {
  return supervisionModes.filter(mode => !supervisionRules.some(rule => rule.mode === mode && always(rule.when)))
    .map(mode => faultAt('supervisionRules', 'mode-open', { mode }))
}

function priceFaults({ priceList, vatRates, validFrom }: Edition): Fault[] {
  const { classes, groups, prices } = priceList
  const rateIds = [...new Set(vatRates.map(row => row.id))]
  return [
    ...spaceKinds.filter(kind => !classes.some(line => line.kinds.includes(kind) && line.belowM2 === null))
      .map(kind => faultAt('priceList.classes', 'kind-open', { kind })),
    ...[...new Set(classes.map(line => line.id))].flatMap(size => groups.flatMap(group => gaps(
      prices.filter(row => row.class === size && row.group === group.id && narrowness(row) === 0), validFrom,
      `priceList.prices (${size}, ${group.id})`,
    ))),
    ...narrowFaults(prices),
    ...bandFaults(priceList),
    ...rateIds.flatMap(rate => gaps(vatRates.filter(row => row.id === rate), validFrom, `vatRates (${rate})`)),
  ]
}

/** From the edition's first day on, every day has exactly one row; the rows stand in the order of their dates. */
function gaps(rows: Validity[], from: string, path: string): Fault[] {
  const first = rows[0]
  if (!first || first.validFrom > from) return [faultAt(path, 'none-valid', { date: from })]
  return rows.flatMap((row, at) => {
    const next = rows[at + 1]
    if (!next) return row.validTo === null ? [] : [faultAt(path, 'ends', { date: row.validTo })]
    return row.validTo !== null && addDays(row.validTo, 1) === next.validFrom
      ? [] : [faultAt(path, 'gap', { last: row.validTo ?? 'no end', next: next.validFrom })]
  })
}

/** Of one band, unit and way of supervision, no day has two prices. */
function narrowFaults(prices: Edition['priceList']['prices']): Fault[] {
  const sameNarrow = (a: (typeof prices)[number], b: (typeof prices)[number]) => a.class === b.class && a.group === b.group
    && a.band === b.band && a.unit === b.unit && a.supervision === b.supervision
  return prices.flatMap((row, at) => narrowness(row) === 0 ? [] : prices.slice(at + 1)
    .filter(other => sameNarrow(row, other) && row.validFrom <= (other.validTo ?? '9999') && other.validFrom <= (row.validTo ?? '9999'))
    .map(other => faultAt(`priceList.prices.${at}`, 'double-days', { date: other.validFrom })))
}

function bandFaults({ bands }: Edition['priceList']): Fault[] {
  return bands.flatMap((band, at) => bands.slice(at + 1)
    .filter(other => band.from < other.to && other.from < band.to && band.weekdays.some(day => other.weekdays.includes(day)))
    .map(other => faultAt(`priceList.bands.${at}`, 'band-shared', { name: other.id })))
}
