import type { AreaRow } from '../spaces/area.ts'
import { countsOf } from '../spaces/import-actions.ts'
import type { FieldChange } from '../spaces/premises-diff.ts'
import type { Change, PremisesPlan, UnitRow } from '../spaces/premises-plan.ts'
import type { Problem } from '../spaces/record.ts'

/** A plan as people read it before they agree to it: what is new, what changes from what to what, what the file lacks. */
export function report(plan: PremisesPlan, notOwn: readonly string[]): string {
  const { units, areas, stays } = plan
  const moves = new Map(stays.filter(({ ends, replaces }) => ends ?? replaces).map((stay) => [stay.unitId, stay]))
  const refused = new Set(notOwn)
  function moved(id: string): string[] {
    const stay = moves.get(id)
    return stay ? [`      moves to another building from ${stay.from}`] : []
  }
  return [
    section('New areas', areas.added.map((area) => `  ${areaLine(area)}`)),
    section('Changed areas', areas.changed.flatMap((change) => [`  ${areaLine(change.row)}`, ...changeLines(change)])),
    section('Areas of the database that the file of areas lacks; they stay', areas.missing.map((area) => `  ${areaLine(area)}`)),
    section('New units', units.added.map((unit) => `  ${unitLine(unit)}, ${unit.kind}, ${placeOf(unit)}`)),
    section('Changed units', units.changed.flatMap((change) =>
      [`  ${unitLine(change.row)}`, ...changeLines(change), ...moved(change.row.id)])),
    section('Units of the database that the file lacks; they stay', units.missing.map((unit) =>
      `  ${unitLine(unit)}${refused.has(unit.id) ? ' (the file says it is not the city’s)' : ''}`)),
    summary(plan),
  ].filter(Boolean).join('\n\n')
}

const section = (title: string, lines: readonly string[]): string => (lines.length ? `${title}\n${lines.join('\n')}` : '')

/** The counts in two or three lines. */
export function summary(plan: PremisesPlan): string {
  const { units, areas, moved, spaces } = countsOf(plan)
  return [
    `Units: ${units.added} new, ${units.changed} changed${moved ? ` (${moved} moved)` : ''}, ${units.unchanged} unchanged, ${units.missing} not in the file.`,
    `Areas: ${areas.added} new, ${areas.changed} changed.`,
    ...(spaces ? [`Example spaces from the template: ${spaces}, for ${new Set(plan.spaces.spaces.map(({ unitId }) => unitId)).size} units.`] : []),
  ].join('\n')
}

/** Whether a plan writes anything. */
export function isEmpty(plan: PremisesPlan): boolean {
  const { units, areas, buildings, spaces } = countsOf(plan)
  return plan.stays.length + units.added + units.changed + areas.added + areas.changed + buildings.added + buildings.changed + spaces === 0
}

/** Every bad line of a file with its reason. */
export const problemList = (name: string, problems: readonly Problem[]): string => [
  `${name}: ${problems.length === 1 ? 'one line is' : `${problems.length} lines are`} wrong; nothing was imported.`,
  ...problems.map(({ line, reason }) => `  line ${line}: ${reason}`),
].join('\n')

const nameOf = ({ name }: { name: UnitRow['name'] }): string => name.fi ?? name.sv ?? name.en ?? ''
const unitLine = (unit: UnitRow): string => `${unit.id}  ${nameOf(unit)}`
const areaLine = (area: AreaRow): string => `${area.id}  ${nameOf(area)}`
const placeOf = ({ address, postalCode }: UnitRow): string => [address ?? 'no address', postalCode].filter(Boolean).join(', ')
const changeLines = <T>({ changes }: Change<T>): string[] =>
  changes.map(({ field, from, to }: FieldChange) => `      ${field}: ${from ?? '(empty)'} → ${to ?? '(empty)'}`)
