import { spaceKinds, supervisionModes } from '../spaces/space.ts'
import { addDays } from '../time/wallclock.ts'
import { always } from './condition.ts'
import type { Edition } from './edition.ts'
import { narrowness } from './price.ts'

type Validity = { validFrom: string; validTo: string | null }

/** Where an edition would leave a space, a day or a way of supervision without an answer, as `path: fault` lines. */
export function coverageFaults(edition: Edition): string[] {
  return [...supervisionFaults(edition), ...priceFaults(edition)]
}

function supervisionFaults({ supervisionRules }: Edition): string[] {
  return supervisionModes.filter(mode => !supervisionRules.some(rule => rule.mode === mode && always(rule.when)))
    .map(mode => `supervisionRules: ${mode} has no rule that holds always`)
}

function priceFaults({ priceList, vatRates, validFrom }: Edition): string[] {
  const { classes, groups, prices } = priceList
  const rateIds = [...new Set(vatRates.map(row => row.id))]
  return [
    ...spaceKinds.filter(kind => !classes.some(line => line.kinds.includes(kind) && line.belowM2 === null))
      .map(kind => `priceList.classes: a ${kind} of some size has no class`),
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
function gaps(rows: Validity[], from: string, path: string): string[] {
  const first = rows[0]
  if (!first || first.validFrom > from) return [`${path}: nothing is valid on ${from}`]
  return rows.flatMap((row, at) => {
    const next = rows[at + 1]
    if (!next) return row.validTo === null ? [] : [`${path}: ends on ${row.validTo}`]
    return row.validTo !== null && addDays(row.validTo, 1) === next.validFrom
      ? [] : [`${path}: ${row.validTo ?? 'no end'} is not followed by ${next.validFrom}`]
  })
}

/** Of one band, unit and way of supervision, no day has two prices. */
function narrowFaults(prices: Edition['priceList']['prices']): string[] {
  const sameNarrow = (a: (typeof prices)[number], b: (typeof prices)[number]) => a.class === b.class && a.group === b.group
    && a.band === b.band && a.unit === b.unit && a.supervision === b.supervision
  return prices.flatMap((row, at) => narrowness(row) === 0 ? [] : prices.slice(at + 1)
    .filter(other => sameNarrow(row, other) && row.validFrom <= (other.validTo ?? '9999') && other.validFrom <= (row.validTo ?? '9999'))
    .map(other => `priceList.prices.${at}: is valid on days of the row of ${other.validFrom} too`))
}

function bandFaults({ bands }: Edition['priceList']): string[] {
  return bands.flatMap((band, at) => bands.slice(at + 1)
    .filter(other => band.from < other.to && other.from < band.to && band.weekdays.some(day => other.weekdays.includes(day)))
    .map(other => `priceList.bands.${at}: shares hours with "${other.id}"`))
}
