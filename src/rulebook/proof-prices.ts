import { addDays } from '../time/wallclock.ts'
import { everywhere, nowhere } from './decision-diagram.ts'
import type { Region } from './decision-diagram.ts'
import type { Edition } from './edition.ts'
import type { Example } from './fact-space.ts'
import { narrowness } from './price.ts'
import type { ProofFault } from './proof-fault.ts'
import { exampleOf } from './proof-rules.ts'
import { inOrder, sizeCondition } from './regions.ts'
import type { Ground } from './regions.ts'
import type { Survey } from './survey.ts'

type Validity = { validFrom: string; validTo: string | null }
type PriceRow = Edition['priceList']['prices'][number]
/** A price group that can be asked for, in some region of the fact space and on some days. */
type Demand = { group: string; region: Region; days: Validity; unit?: string }

/** Prices and VAT rates: whatever can be asked for has one of each, on every day on which it can be. */
export function priceFaults(edition: Edition, ground: Ground, survey: Survey): ProofFault[] {
  const { both, either } = ground.diagram
  const { classes } = edition.priceList
  const { first, left } = inOrder(ground, classes.map(line => ground.region(sizeCondition(line))), everywhere)
  const sizes = [...new Set(classes.map(line => line.id))].map(id =>
    ({ id, region: first.reduce((sum, region, at) => classes[at]!.id === id ? either(sum, region) : sum, nowhere) }))
  const rows = (size: string, group: string) => edition.priceList.prices.filter(row => row.class === size && row.group === group)

  const faults = demandsOf(edition, survey).flatMap(({ group, region, days, unit }) => {
    const example = (part: Region, date: string): Example | null => dated(ground.example(both(region, part)), date, unit)
    const unsized = example(left, days.validFrom)
    return [
      ...(unsized ? [{ code: 'price-missing', path: 'priceList.classes', class: null, group, date: days.validFrom, example: unsized } as const] : []),
      ...sizes.filter(size => both(region, size.region) !== nowhere).flatMap(size => {
        const wrong = (code: 'price-missing' | 'price-twice', date: string | undefined, narrowing = {}): ProofFault[] => date === undefined ? []
          : [{ code, path: 'priceList.prices', class: size.id, group, date, ...narrowing, example: example(size.region, date) }]
        const { missing, twice } = countedOn(rows(size.id, group).filter(row => narrowness(row) === 0), days)
        return [
          ...wrong('price-missing', missing), ...wrong('price-twice', twice),
          ...narrowed(rows(size.id, group)).flatMap(([narrowing, alike]) => wrong('price-twice', countedOn(alike, days).twice, narrowing)),
          ...rows(size.id, group).flatMap(row => rateFaults(edition, row.vat, within(row, days), date => example(size.region, date))),
        ]
      }),
    ]
  })
  const always = { validFrom: edition.validFrom, validTo: null }
  return distinct([
    ...classes.flatMap((line, at): ProofFault[] => first[at] !== nowhere ? []
      : [{ code: 'unreachable', path: `priceList.classes.${at}`, rule: line.id, shadowedBy: [], example: null }]),
    ...faults,
    ...edition.extras.flatMap((extra, at) => {
      const placed = survey.others.find(one => one.path === `extras.${at}`)!
      return placed.gets === nowhere ? [] : rateFaults(edition, extra.vat, always, date => dated(exampleOf(ground, placed, 'gets'), date))
    }),
  ])
}

/** What the rules charge for; then any group where a person decides, for they may choose it. */
function demandsOf(edition: Edition, { charges, exceptions }: Survey): Demand[] {
  const groups = edition.priceList.groups.map(group => group.id)
  const days = { validFrom: edition.validFrom, validTo: null }
  const rules = [
    ...edition.chargeRules.map((rule, at) => ({ rule, region: charges[at]!.gets, days })),
    ...edition.exceptions.map((rule, at) => ({ rule, region: exceptions[at]!.gets, days: within(rule, days), unit: rule.unit })),
  ]
  return [
    ...rules.flatMap(({ rule, ...where }) => rule.charge === 'paid' ? [{ group: rule.priceClass!, ...where }] : []),
    ...rules.flatMap(({ rule, ...where }) => rule.charge === 'needs_person' ? groups.map(group => ({ group, ...where })) : []),
  ]
}

/** The first of the days on which no row is valid, and the first on which several are: looked at wherever one begins or ends. */
function countedOn(rows: readonly Validity[], { validFrom, validTo }: Validity): { missing: string | undefined; twice: string | undefined } {
  const turns = rows.flatMap(row => [row.validFrom, ...(row.validTo === null ? [] : [addDays(row.validTo, 1)])])
  const days = [validFrom, ...turns.filter(date => date > validFrom).sort()].filter(date => validTo === null || date <= validTo)
  const counted = days.map(date =>
    ({ date, count: rows.filter(row => row.validFrom <= date && (row.validTo === null || date <= row.validTo)).length }))
  return { missing: counted.find(({ count }) => count === 0)?.date, twice: counted.find(({ count }) => count > 1)?.date }
}

function rateFaults(edition: Edition, rate: string, days: Validity, example: (date: string) => Example | null): ProofFault[] {
  const { missing, twice } = countedOn(edition.vatRates.filter(row => row.id === rate), days)
  const wrong = (code: 'vat-missing' | 'vat-twice', date: string | undefined): ProofFault[] =>
    date === undefined ? [] : [{ code, path: 'vatRates', rate, date, example: example(date) }]
  return [...wrong('vat-missing', missing), ...wrong('vat-twice', twice)]
}

const within = (a: Validity, b: Validity): Validity => ({
  validFrom: a.validFrom > b.validFrom ? a.validFrom : b.validFrom,
  validTo: a.validTo === null || (b.validTo !== null && b.validTo < a.validTo) ? b.validTo : a.validTo,
})

/** Rows that are narrowed alike, together. */
function narrowed(rows: readonly PriceRow[]): (readonly [Pick<PriceRow, 'unit' | 'band' | 'supervision'>, PriceRow[]])[] {
  const alike = new Map<string, PriceRow[]>()
  for (const row of rows) {
    if (narrowness(row) === 0) continue
    const key = JSON.stringify([row.unit, row.band, row.supervision])
    alike.set(key, [...alike.get(key) ?? [], row])
  }
  return [...alike.values()].map(same => {
    const { unit, band, supervision } = same[0]!
    return [{ ...(unit && { unit }), ...(band && { band }), ...(supervision && { supervision }) }, same] as const
  })
}

function dated(example: Example | null, date: string, unit?: string): Example | null {
  return example && { ...example, ...(unit && { space: { ...example.space, unit } }), date }
}

/** A gap that several rules run into is one fault. */
function distinct(faults: readonly ProofFault[]): ProofFault[] {
  const seen = new Set<string>()
  return faults.filter(fault => {
    const key = JSON.stringify({ ...fault, example: null })
    return !seen.has(key) && seen.add(key)
  })
}
