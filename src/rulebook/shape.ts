import { z } from 'zod'
import type { PlainText } from '../platform/i18n/text.ts'

/** What the parts of an edition are written with. */
export const sentence = z.string().trim().min(1)
export const plainText: z.ZodType<PlainText> =
  z.strictObject({ fi: sentence, sv: sentence, en: sentence, plain: sentence })
export const id = z.string().regex(/^[a-z][a-z0-9_]*$/, 'is not snake_case')
export const cents = z.number().int().nonnegative()
export const days = z.number().int().nonnegative()
export const minutes = z.number().int().positive()
/** Both dates included; `validTo: null` goes on for now. */
export const validity = { validFrom: z.iso.date(), validTo: z.iso.date().nullable() }
