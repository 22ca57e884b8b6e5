import { z } from 'zod'
import { condition } from './condition.ts'
import { cents, days, id, minutes, plainText } from './shape.ts'

/** A part of every year, both days included; one that ends before it starts goes over the new year. */
const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'is not MM-DD')
const season = z.strictObject({ id, from: monthDay, to: monthDay, text: plainText })

/** How much somebody may have at once or within a time: by number of bookings, by hours, or both. */
const quota = z.strictObject({
  id,
  when: condition,
  whose: z.enum(['person', 'association']),
  within: z.enum(['space', 'unit', 'city']),
  per: z.enum(['day', 'week', 'month', 'season']),
  bookings: z.number().int().positive().optional(),
  hours: z.number().positive().optional(),
  text: plainText,
}).refine(({ bookings, hours }) => bookings !== undefined || hours !== undefined, { path: ['bookings'], message: 'needs bookings or hours' })

const length = z.strictObject({ id, when: condition, atLeastMinutes: minutes.optional(), atMostMinutes: minutes.optional(), text: plainText })

/** How long before the use the wish must and may be made. */
const leadTime = z.strictObject({ id, when: condition, atLeastDays: days.optional(), atMostDays: days.optional(), text: plainText })

/** The first line that holds is the booking's. Each tier: so many days before the start or more costs so many percent. */
const cancellation = z.strictObject({
  id,
  when: condition,
  tiers: z.array(z.strictObject({ daysBefore: days, percent: z.number().int().min(0).max(100) })).min(1),
  text: plainText,
})

/** What follows when a booking was not used as agreed: a strike, the usual price of a free hour, or a fee. */
const consequence = z.strictObject({
  id,
  of: z.enum(['no_show', 'late_cancellation', 'late_leaving', 'false_information', 'damage', 'unlogged_use']),
  strikes: z.number().int().nonnegative(),
  usualPrice: z.boolean(),
  cents: cents.optional(),
  text: plainText,
})

/** The steps in order, each taken at so many strikes within so many months where the edition counts any; each is a reasoned decision that can be appealed. */
const sanction = z.strictObject({
  id,
  step: z.enum(['notice', 'warning', 'cancellation', 'ban']),
  strikes: z.number().int().positive().optional(),
  withinMonths: z.number().int().positive().optional(),
  /** How long a ban lasts. */
  months: z.number().int().positive().optional(),
  text: plainText,
})

/** What an edition says of using, giving up and misusing a booking. Older editions have none of it. */
export const conduct = {
  seasons: z.array(season).default([]),
  quotas: z.array(quota).default([]),
  lengths: z.array(length).default([]),
  leadTimes: z.array(leadTime).default([]),
  cancellations: z.array(cancellation).default([]),
  consequences: z.array(consequence).default([]),
  sanctions: z.array(sanction).default([]),
}
