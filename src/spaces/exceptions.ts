import { z } from 'zod'
import { restrictionEffects, type Restriction } from './restriction.ts'

const text = z.strictObject({ fi: z.string().min(1), sv: z.string().min(1), en: z.string().min(1), plain: z.string().min(1) })
const unit = z.strictObject({ id: z.string().min(1), name: z.string().min(1) })
const group = z.strictObject({
  key: z.string(),
  effect: z.enum(restrictionEffects),
  /** What is limited; shown with the reason. */
  what: text,
  reason: text,
  /** The first and the last day: what is meant to go on is decided, and its reason looked at, anew. */
  from: z.iso.date(),
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

/** A restriction as a file of premises brings it. */
export type ToldRestriction = Pick<Restriction, 'id' | 'effect' | 'what' | 'reason' | 'validFrom' | 'validTo'>

/** The limits on the use of a unit. */
export const restrictionsOf = (exceptions: Exceptions, unitId: string): ToldRestriction[] =>
  exceptions.groups.filter((group) => group.units.some(({ id }) => id === unitId)).map(({ key, effect, what, reason, from, until }) =>
    ({ id: `${unitId}/${key}`, effect, what, reason, validFrom: from, validTo: until }))

/** True where the source has put a Swedish name in the Finnish column (rulings 28). */
export function isSwedishOnly(exceptions: Exceptions, unitId: string): boolean {
  return exceptions.swedishOnly.units.some(({ id }) => id === unitId)
}
