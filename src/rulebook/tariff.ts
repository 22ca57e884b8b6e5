import { z } from 'zod'
import { spaceKinds, supervisionModes } from '../spaces/space.ts'
import { condition } from './condition.ts'
import { cents, id, plainText, validity } from './shape.ts'

const minuteOfDay = z.number().int().min(0).max(1440)

/** Hours of some weekdays (1 = Monday) with prices of their own, as local minutes. No two bands share a minute. */
const band = z.strictObject({
  id, weekdays: z.array(z.number().int().min(1).max(7)).min(1), from: minuteOfDay, to: minuteOfDay, text: plainText,
}).refine(({ from, to }) => from < to, { path: ['to'], message: 'is not after from' })

/**
 * What the resident pays an hour, VAT included. A row may be narrowed to a time band, a unit or a way of supervision:
 * the narrowest row that fits is the price (unit before band before supervision). One without any of them is the general
 * price, which every class and group has.
 */
const price = z.strictObject({
  class: id, group: id, centsPerHour: cents, vat: id,
  band: id.optional(), unit: z.string().min(1).optional(), supervision: z.enum(supervisionModes).optional(),
  ...validity,
})

export const priceList = z.strictObject({
  groups: z.array(z.strictObject({ id, text: plainText })).min(1),
  /** Sizes of space; the first line that fits a space gives its class. `belowM2: null` fits any area. */
  classes: z.array(z.strictObject({
    id, kinds: z.array(z.enum(spaceKinds)).min(1), belowM2: z.number().positive().nullable(),
  })).min(1),
  bands: z.array(band).default([]),
  prices: z.array(price).min(1),
})

/** Percent. */
export const vatRates = z.array(z.strictObject({ id, rate: z.number().nonnegative(), ...validity })).min(1)

/** Added after the outcome, for free users too. With a `band`, only its hours are charged for. */
export const extra = z.strictObject({
  id, when: condition, cents: cents.optional(), centsPerHour: cents.optional(), band: id.optional(), vat: id, text: plainText,
})
