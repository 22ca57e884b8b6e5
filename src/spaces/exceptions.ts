import { z } from 'zod'
import type { Text } from '../platform/i18n/text.ts'
import type { Restriction } from './space.ts'

const text = z.strictObject({ fi: z.string().min(1), sv: z.string().min(1), en: z.string().min(1) })
const unit = z.strictObject({ id: z.string().min(1), name: z.string().min(1) })
const group = z.strictObject({
  key: z.string(),
  /** `not_lent`: the unit is listed without spaces. `restricted`: each of its spaces carries the limit, and a person decides. */
  effect: z.enum(['not_lent', 'restricted']),
  /** What is limited; shown with the reason. */
  what: text,
  reason: text,
  /** The last day: what is meant to go on is decided, and its reason looked at, anew. */
  until: z.iso.date(),
  units: z.array(unit).min(1),
})
const file = z.strictObject({
  source: z.literal('synthetic'),
  note: z.string(),
  swedishOnly: z.strictObject({ reason: z.string(), units: z.array(unit) }),
  groups: z.array(group),
})

/** Units whose spaces are not lent, or only within limits, and units whose only name is Swedish. */
export type Exceptions = z.infer<typeof file>

export const noExceptions: Exceptions = {
  source: 'synthetic', note: '', swedishOnly: { reason: '', units: [] }, groups: [],
}

/** Throws with the place of the fault when the file is not as it should be, or names a unit twice. */
export function parseExceptions(json: unknown): Exceptions {
  return file.superRefine(({ groups, swedishOnly }, context) => {
    for (const units of [groups.flatMap((g) => g.units), swedishOnly.units]) {
      const seen = new Set<string>()
      for (const { id } of units) {
        if (seen.has(id)) context.addIssue({ code: 'custom', message: `${id} is listed twice` })
        seen.add(id)
      }
    }
  }).parse(json)
}

type Limits = { notLentReason: Text | null; notLentUntil: string | null; restrictions: Restriction[] }
const lends = { notLentReason: null, notLentUntil: null }

/** Why and until when the unit lends nothing (null when it lends), and the limits that its spaces carry. */
export function limitsOf(exceptions: Exceptions, unitId: string): Limits {
  const found = exceptions.groups.find((g) => g.units.some(({ id }) => id === unitId))
  if (!found) return { ...lends, restrictions: [] }
  if (found.effect === 'not_lent') return { notLentReason: found.reason, notLentUntil: found.until, restrictions: [] }
  return { ...lends, restrictions: [{ what: found.what, reason: found.reason, until: found.until }] }
}

/** True where the source has put a Swedish name in the Finnish column (rulings 28). */
export function isSwedishOnly(exceptions: Exceptions, unitId: string): boolean {
  return exceptions.swedishOnly.units.some(({ id }) => id === unitId)
}
