import { readFileSync } from 'node:fs'
import { areasOf } from '../../src/spaces/area.ts'
import { parseShapes } from '../../src/spaces/area-shapes.ts'
import { areaChain, wordsOf, type Area, type Catalogue, type Listed, type Unit } from '../../src/spaces/catalogue.ts'
import { nothingKnown, planPremises } from '../../src/spaces/premises-plan.ts'
import { parsePremises } from '../../src/spaces/premises.ts'
import { limitsOf, notLentOf, type Restriction } from '../../src/spaces/restriction.ts'
import { sinceEver } from '../../src/spaces/stay.ts'
import { yearCalendar } from '../../src/time/holidays.ts'
import { exceptions, hierarchy, premisesRecords, templates } from './seed.ts'

export const told = parseShapes(JSON.parse(readFileSync(new URL('../../drizzle/seed/area-shapes.geojson', import.meta.url), 'utf8')))

const plan = planPremises(
  {
    units: parsePremises(premisesRecords, { areas: new Set(areasOf(hierarchy.chains).map(({ id }) => id)), exceptions }).units,
    chains: hierarchy.chains,
  },
  nothingKnown, { today: sinceEver, source: 'open_data', templates },
)
const areas = new Map<string, Area>(plan.areas.added.map((area) => [area.id, area]))
const restrictions = plan.restrictions.map((one): Restriction => ({ ...one, spaceId: null, decision: null, state: 'in_force' }))
const toldOf = (unitId: string) => restrictions.filter((one) => one.unitId === unitId)
const units = new Map(plan.units.added.map(({ areaId, ...unit }): [string, Unit] =>
  [unit.id, { ...unit, areaIds: areaChain(areas, areaId), notLent: notLentOf(toldOf(unit.id), false) }]))
const calendar = yearCalendar([], [])
const spaces = plan.spaces.spaces.map((planned, position): Listed => {
  const unit = units.get(planned.unitId)!
  const limits = limitsOf(toldOf(unit.id), planned.partIds, () => [])
  const space = { ...planned, restrictions: limits, approval: limits.length > 0 ? 'person' as const : planned.approval }
  return { position, room: position, space, unit, openings: [], closures: [], calendar, words: wordsOf(space, unit, areas, []) }
})

/** The bundled city in memory, without its hours. */
export const helsinki: Catalogue = {
  version: 'helsinki', areas, units, spaces, calendar,
  areaBySlug: new Map([...areas.values()].map((area) => [area.slug, area])),
  shapes: new Map(told.map(({ id, shape }) => [id, shape])),
  unitBySlug: new Map([...units.values()].map((unit) => [unit.slug, unit])),
  spaceById: new Map(spaces.map((one) => [one.space.id, one])),
  spaceBySlug: new Map(spaces.map((one) => [one.space.slug, one])),
  spacesOfUnit: new Map([...units.keys()].map((id) => [id, spaces.filter(({ unit }) => unit.id === id)])),
}
