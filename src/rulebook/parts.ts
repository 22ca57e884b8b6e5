import { addDays } from '../time/wallclock.ts'
import { itemsByName } from './differences.ts'
import type { ChargeRule, EditionFile } from './edition.ts'

/** Parts that have a form of their own, and parts that may be written as JSON, with what of the file belongs to each (some have forms too, see `entries.ts`). */
export const formParts = ['general', 'prices', 'limits', 'terms', 'procedure', 'review'] as const
export const jsonParts = {
  definitions: ['definitions'],
  approval: ['approvalRules'],
  supervision: ['supervisionRules'],
  duties: ['duties'],
  tariff: ['priceList', 'vatRates'],
  extras: ['extras'],
  exceptions: ['exceptions'],
  quotas: ['quotas'],
  groups: ['applicantGroups', 'purposes'],
  conduct: ['seasons', 'lengths', 'leadTimes', 'cancellations', 'consequences', 'sanctions'],
} as const satisfies Record<string, readonly (keyof EditionFile)[]>
export type FormPart = (typeof formParts)[number]
export type JsonPart = keyof typeof jsonParts
export type Part = FormPart | JsonPart

export const isFormPart = (part: string): part is FormPart => (formParts as readonly string[]).includes(part)
export const isJsonPart = (part: string): part is JsonPart => Object.hasOwn(jsonParts, part)

/** The part that a key of the file belongs to; null of a key that several forms share. */
export const partOf = (key: string): Part | null => key === 'procedure' || key === 'review' ? key
  : (Object.keys(jsonParts) as JsonPart[]).find((part) => (jsonParts[part] as readonly string[]).includes(key)) ?? null

/** An edition as its parts are put into it: what does not fit is for `readEdition` to say. */
export type Written = Record<string, unknown>

/** A part as text to edit. */
export function partText(edition: EditionFile, part: JsonPart): string {
  const keys = jsonParts[part]
  const value = keys.length === 1 ? edition[keys[0]] : Object.fromEntries(keys.map((key) => [key, edition[key]]))
  return JSON.stringify(value, null, 2)
}

/** The edition with a part as it was written. Names what belongs elsewhere. */
export function withPart(edition: EditionFile, part: JsonPart, value: unknown): { edition: Written } | { foreign: string[] } {
  const keys: readonly string[] = jsonParts[part]
  if (keys.length === 1 || typeof value !== 'object' || value === null || Array.isArray(value)) return { edition: { ...edition, [keys[0]!]: value } }
  const foreign = Object.keys(value).filter((key) => !keys.includes(key))
  return foreign.length > 0 ? { foreign } : { edition: { ...edition, ...value } }
}

/** The edition with a charge rule in the place of the one with this id, or, of a new one, before the last. */
export function withRule(edition: EditionFile, id: string | null, rule: ChargeRule): Written {
  const { chargeRules } = edition
  return {
    ...edition,
    chargeRules: id === null
      ? [...chargeRules.slice(0, -1), rule, ...chargeRules.slice(-1)]
      : chargeRules.map((one) => (one.id === id ? rule : one)),
  }
}

export const withoutRule = (edition: EditionFile, id: string): Written =>
  ({ ...edition, chargeRules: edition.chargeRules.filter((one) => one.id !== id) })

/** The edition with a charge rule one place up or down; as it was where there is no such place. */
export function withRuleMoved(edition: EditionFile, id: string, way: 'up' | 'down'): Written {
  const rules = [...edition.chargeRules]
  const at = rules.findIndex((one) => one.id === id)
  const to = at + (way === 'up' ? -1 : 1)
  const [one, other] = [rules[at], rules[to]]
  if (one && other) [rules[at], rules[to]] = [other, one]
  return { ...edition, chargeRules: rules }
}

/** What the rows of the price list are called in its form: by what they are for and from when. */
export const priceKeys = ({ priceList: { prices } }: EditionFile): string[] =>
  [...itemsByName(prices, prices)!.from.keys()].map((key) => key.replace(/[ #]+/g, '.'))

export type PriceRow = { cents: number; validFrom: string; validTo: string | null }
export type PriceForm = { rows: ReadonlyMap<string, PriceRow>; newFrom: string | null }

/** The edition with the prices of its rows; `newFrom` ends the open rows the day before and copies them from that day on. */
export function withPrices(edition: EditionFile, { rows, newFrom }: PriceForm): Written {
  const { priceList } = edition
  const keys = priceKeys(edition)
  const prices = priceList.prices.map((row, at) => {
    const { cents, ...validity } = rows.get(keys[at]!) ?? { cents: row.centsPerHour }
    return { ...row, centsPerHour: cents, ...validity }
  }).flatMap((row) => newFrom === null || row.validTo !== null || row.validFrom >= newFrom ? [row]
    : [{ ...row, validTo: addDays(newFrom, -1) }, { ...row, validFrom: newFrom }])
  return { ...edition, priceList: { ...priceList, prices } }
}
