import { z } from 'zod'
import { equipmentKinds, spaceKinds, supervisionModes, unitKinds } from './space.ts'

/** How big a school is, as far as its name tells: primary schools are small, comprehensive and upper ones large. */
export const schoolSizes = ['small', 'medium', 'large'] as const
export type SchoolSize = (typeof schoolSizes)[number]

const text = z.strictObject({ fi: z.string().min(1), sv: z.string().min(1), en: z.string().min(1) })
const whole = z.int().nonnegative()
const weight = z.int().positive()
const sizes = z.array(z.enum(schoolSizes)).min(1).optional()

/** `17:00` as minutes from midnight; `25:00` is one o'clock in the night after. */
const minute = z.string().regex(/^\d{2}:(00|15|30|45)$/, 'must be HH:MM, at a quarter of an hour')
  .transform((value) => Number(value.slice(0, 2)) * 60 + Number(value.slice(3)))

const opening = z.strictObject({
  weekdays: z.array(z.int().min(1).max(7)).min(1),
  from: minute.refine((value) => value < 1440, 'must be before 24:00'),
  to: minute.refine((value) => value <= 2880, 'must be 48:00 or before'),
  when: z.enum(['always', 'term', 'break']),
  onHolidays: z.boolean().default(false),
}).refine(({ from, to }) => from < to, 'must end after it begins')
  .transform((value) => ({ ...value, validFrom: null, validTo: null }))

const space = z.strictObject({
  /** The ending of the space's id and slug: never changed once imported. */
  key: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  kind: z.enum(spaceKinds),
  name: text,
  weight: weight.default(1),
  sizes,
  areaM2: z.array(z.strictObject({ sizes, weight: weight.default(1), from: weight, to: weight })
    .refine(({ from, to }) => from <= to, 'must not end before it begins')).min(1),
  /** People = area ÷ this, rounded down to a multiple of `peopleStep`. */
  m2PerPerson: z.number().positive(),
  peopleStep: weight,
  equipment: z.array(z.enum(equipmentKinds)),
  sometimes: z.array(z.strictObject({ what: z.enum(equipmentKinds), percent: z.int().min(1).max(99) })).default([]),
  supervision: z.array(z.strictObject({ modes: z.array(z.enum(supervisionModes)).min(1), weight })).min(1),
  alwaysPaid: z.boolean(),
  minutes: z.strictObject({ min: weight, max: weight, step: z.union([z.literal(15), z.literal(30), z.literal(60)]) })
    .refine(({ min, max, step }) => min <= max && min % step === 0 && max % step === 0, 'must be multiples of the step'),
  buffers: z.strictObject({ before: whole, after: whole }),
  daysAhead: weight,
  /** From this size on the space is also lent in two halves. */
  halves: z.strictObject({ fromM2: weight, a: text, b: text }).optional(),
  /** Names of opening sets below. */
  openings: z.array(z.strictObject({ set: z.string(), weight: weight.default(1) })).min(1),
})

const file = z.strictObject({
  source: z.literal('synthetic'),
  note: z.string(),
  /** Words of a unit's name that tell its size; `small` is looked at first, and the rest are medium. */
  sizes: z.strictObject({ small: z.array(z.string()), large: z.array(z.string()) }),
  openings: z.record(z.string(), z.array(opening).min(1)),
  units: z.record(z.enum(unitKinds), z.strictObject({
    stepFree: z.array(z.strictObject({ value: z.enum(['yes', 'partly', 'no', 'unknown']), weight })).min(1),
    /** A space each: one of the options, by weight, of those for the unit's size. */
    slots: z.array(z.array(space).min(1)).min(1),
  })),
}).superRefine(({ openings, units }, context) => {
  for (const [kind, { slots }] of Object.entries(units)) {
    for (const { key, openings: named } of slots.flat()) {
      for (const { set } of named.filter((one) => !openings[one.set])) {
        context.addIssue({ code: 'custom', message: `${kind}, ${key}: no opening set ${set}` })
      }
    }
    for (const size of schoolSizes) {
      for (const [n, slot] of slots.entries()) {
        const fitting = slot.filter((option) => !option.sizes || option.sizes.includes(size))
        if (fitting.length === 0 || fitting.some((o) => o.areaM2.every((band) => band.sizes && !band.sizes.includes(size)))) {
          context.addIssue({ code: 'custom', message: `${kind}, slot ${n + 1}: nothing for a ${size} unit` })
        }
      }
    }
  }
})

export type Templates = z.infer<typeof file>
export type SpaceTemplate = z.infer<typeof space>

/** Throws with the place of the fault when the file is not as it should be. */
export function parseTemplates(json: unknown): Templates {
  return file.parse(json)
}
