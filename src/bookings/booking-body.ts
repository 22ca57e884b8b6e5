import { z } from 'zod'
import { when, wishFields, wishOf } from './body.ts'

/** One line of text; anything invisible could hide a second one in a mail or a calendar. */
const line = (most: number) => z.string().trim().min(1).max(most).regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'must be one line')

/** The body of `POST /bookings`: a wish, what it is called, and who answers for it. */
export const bookingBody = z.object({
  ...wishFields,
  title: line(120),
  public: z.boolean().default(false),
  responsible: z.object({ name: line(100), phone: z.string().trim().regex(/^\+?[\d\s()-]{5,25}$/, 'not a phone number') }),
  payer: z.object({ name: line(120), address: z.string().trim().min(1).max(300) }).optional(),
  acceptTerms: z.literal(true, 'the terms must be accepted'),
}).transform(({ title, public: shown, responsible, payer, acceptTerms: _, ...wish }) =>
  ({ ...wishOf(wish), title, public: shown, responsible, ...(payer ? { payer } : {}) }))

/** The body of `POST /bookings/:ref/move`. */
export const moveBody = z.object({ start: when, end: when })
export const cancellationBody = z.object({ reason: z.string().trim().max(500).optional() })
export const approvalBody = z.object({
  /** Owed with the price where the rules left that to a person. */
  reason: z.string().trim().max(1000).optional(),
  /** The price where the rules left it to a person. */
  charge: z.enum(['free', 'paid']).optional(),
  priceClass: z.enum(['basic', 'full']).default('full'),
})
export const rejectionBody = z.object({ reason: z.string().trim().min(1).max(1000) })
