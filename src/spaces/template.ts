import { between, chance, pick } from './chance.ts'
import type { Opening } from './opening.ts'
import type { ToldUnit } from './premises.ts'
import type { Accessibility, EquipmentKind, Space } from './space.ts'
import type { SchoolSize, SpaceTemplate, Templates } from './templates.ts'

export type SpaceRow = Space & { /** Place among the unit's spaces, from 0. */ position: number }
/** A physical part. Its id is that of the smallest space made of it alone. */
export type PartRow = { id: string; unitId: string }
export type OpeningRow = Opening & { id: string; spaceId: string }
export type SpacePlan = { spaces: SpaceRow[]; parts: PartRow[]; openings: OpeningRow[] }

type Templated = Pick<ToldUnit, 'id' | 'kind' | 'name'> & { slug: string }
type Value = Accessibility['wheelchair'] & string

/**
 * The spaces a unit of its kind would have, all marked synthetic: the same unit gets the same spaces every time. Ids
 * hang on the unit's id, as its slug may change. A gym large enough is three spaces (whole, A and B) over two parts (rulings 13).
 */
export function spacesOf(unit: Templated, templates: Templates): SpacePlan {
  const plan: SpacePlan = { spaces: [], parts: [], openings: [] }
  const { slots, stepFree } = templates.units[unit.kind]
  const size = sizeOf(unit, templates)
  const access = pick(stepFree, unit.id, 'step-free').value
  slots.forEach((slot, n) => {
    const fitting = slot.filter((option) => !option.sizes || option.sizes.includes(size))
    const template = pick(fitting, unit.id, `slot ${n}`)
    const whole = wholeOf(unit, template, size, access)
    const halves = halvesOf(whole, template)
    const spaces = [{ ...whole, partIds: halves.length > 0 ? halves.map(({ id }) => id) : whole.partIds }, ...halves]
    const { set } = pick(template.openings, whole.id, 'openings')
    for (const space of spaces) {
      plan.spaces.push({ ...space, position: plan.spaces.length })
      for (const [i, opening] of (templates.openings[set] ?? []).entries()) {
        plan.openings.push({ ...opening, id: `${space.id}/${i + 1}`, spaceId: space.id })
      }
    }
    for (const id of spaces[0]?.partIds ?? []) plan.parts.push({ id, unitId: unit.id })
  })
  return plan
}

function sizeOf({ name }: Templated, { sizes }: Templates): SchoolSize {
  const said = `${name.fi ?? ''} ${name.sv ?? ''}`.toLowerCase()
  const named = (['small', 'large'] as const).find((size) => sizes[size].some((word) => said.includes(word)))
  return named ?? 'medium'
}

function wholeOf(unit: Templated, template: SpaceTemplate, size: SchoolSize, access: Value): Space {
  const id = `${unit.id}/${template.key}`
  const bands = template.areaM2.filter((band) => !band.sizes || band.sizes.includes(size))
  const band = pick(bands, id, 'band')
  const areaM2 = between(band.from, band.to, id, 'area')
  const equipment = [
    ...template.equipment,
    ...template.sometimes.filter(({ what, percent }) => chance(id, what) * 100 < percent).map(({ what }) => what),
  ]
  return {
    id,
    slug: `${unit.slug}-${template.key}`,
    unitId: unit.id,
    kind: template.kind,
    name: template.name,
    people: peopleIn(areaM2, template),
    areaM2,
    partIds: [id],
    wholeId: null,
    equipment,
    accessibility: accessibilityOf(access, equipment),
    supervision: pick(template.supervision, id, 'supervision').modes,
    approval: 'automatic',
    alwaysPaid: template.alwaysPaid,
    minMinutes: template.minutes.min,
    maxMinutes: template.minutes.max,
    stepMinutes: template.minutes.step,
    bufferBefore: template.buffers.before,
    bufferAfter: template.buffers.after,
    daysAhead: template.daysAhead,
    restrictions: [],
    source: 'synthetic',
  }
}

function halvesOf(whole: Space, template: SpaceTemplate): Space[] {
  const { halves } = template
  if (!halves || whole.areaM2 < halves.fromM2) return []
  const areaM2 = Math.floor(whole.areaM2 / 2)
  return (['a', 'b'] as const).map((letter) => ({
    ...whole,
    id: `${whole.id}-${letter}`,
    slug: `${whole.slug}-${letter}`,
    name: halves[letter],
    people: peopleIn(areaM2, template),
    areaM2,
    partIds: [`${whole.id}-${letter}`],
    wholeId: whole.id,
  }))
}

function peopleIn(areaM2: number, { m2PerPerson, peopleStep }: SpaceTemplate): number {
  return Math.floor(areaM2 / m2PerPerson / peopleStep) * peopleStep
}

/** Nothing is known of guidance for people who see little; hearing follows from a loop. */
function accessibilityOf(stepFree: Value, equipment: readonly EquipmentKind[]): Accessibility {
  return {
    wheelchair: stepFree,
    rollator: stepFree,
    reduced_mobility: stepFree,
    stroller: stepFree,
    hearing_aid: equipment.includes('hearing_loop') ? 'yes' : 'unknown',
    visually_impaired: 'unknown',
  }
}
