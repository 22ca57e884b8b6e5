import type { Text } from '../platform/i18n/text.ts'
import { areaId, areaLevels } from './area.ts'
import type { AreaChain } from './area.ts'
import { metresBetween } from './building.ts'
import { isSwedishOnly, noExceptions, restrictionsOf } from './exceptions.ts'
import type { Exceptions, ToldRestriction } from './exceptions.ts'
import { hierarchyRecord, premisesRecord, readRecords } from './record.ts'
import type { CsvRecord, PremisesRecord, Problem } from './record.ts'
import type { UnitKind } from './space.ts'

/** What a premises file tells of a unit, as in the table. */
export type UnitFacts = {
  /** The source's own id, such as `tprek:6674` or `oppilaitos:03032`. */
  id: string
  kind: UnitKind
  name: Text
  address: string | null
  postalCode: string | null
  lat: number
  lon: number
  areaId: string
  /** The kaupunginosa: words to search by, not an area (rulings 27). */
  neighbourhood: Text
  schoolNumber: string | null
  coordSource: string
  checkM: number | null
}

/** A unit of the file, and the limits that the exceptions put on a unit that is new. */
export type ToldUnit = UnitFacts & { restrictions: ToldRestriction[] }

export type PremisesFile = {
  units: ToldUnit[]
  /** Ids on lines that are right but not the city's to lend. */
  notOwn: string[]
  problems: Problem[]
}

/** Farther than this from the middle of the city's premises a point is a slip of the hand; camps lie nearer. */
export const farthestMetres = 100_000

type Point = { lat: number; lon: number }

/**
 * The units of a premises file. Only the city's own premises are taken (`city_operated` yes or likely). `areas` are the
 * ids of the areas there are, `around` the points of units known before, by which a point too far away is told.
 */
export function parsePremises(records: readonly CsvRecord[], { areas, exceptions = noExceptions, around = [] }: {
  areas: ReadonlySet<string>
  exceptions?: Exceptions
  around?: readonly Point[]
}): PremisesFile {
  const { rows, problems } = readRecords(premisesRecord, records)
  const middle = middleOf([...around, ...rows.map(({ row }) => row)])
  const lines = new Map<string, number>()
  const units: ToldUnit[] = []
  const notOwn: string[] = []
  for (const { line, row } of rows) {
    const earlier = lines.get(row.id)
    if (earlier === undefined) lines.set(row.id, line)
    const kilometres = Math.round(metresBetween(row, middle) / 1000)
    const faults = [
      ...(earlier === undefined ? [] : [`id: ${row.id} is already on line ${earlier}`]),
      ...(kilometres * 1000 <= farthestMetres ? [] : [`lat, lon: the point lies ${kilometres} km from the middle of the city's premises`]),
      ...(areas.has(areaId('subdistrict', row.osa_alue_id)) ? [] : [`osa_alue_id: no area ${JSON.stringify(row.osa_alue_id)} is known`]),
    ]
    if (faults.length) problems.push({ line, reason: faults.join('; ') })
    else if (row.city_operated === 'no') notOwn.push(row.id)
    else units.push(unitOf(row, exceptions))
  }
  return { units, notOwn, problems: problems.sort((a, b) => a.line - b.line) }
}

/** The areas of a hierarchy file. A line that names an area otherwise than an earlier one is faulty. */
export function parseAreas(records: readonly CsvRecord[]): { chains: AreaChain[]; problems: Problem[] } {
  const { rows, problems } = readRecords(hierarchyRecord, records)
  const seen = new Map<string, { line: number; said: string }>()
  const chains: AreaChain[] = []
  for (const { line, row: r } of rows) {
    const chain: AreaChain = {
      major_district: { id: r.suurpiiri_id, fi: r.suurpiiri_fi, sv: r.suurpiiri_sv },
      district: { id: r.peruspiiri_id, fi: r.peruspiiri_fi, sv: r.peruspiiri_sv },
      subdistrict: { id: r.osa_alue_id, fi: r.osa_alue_fi, sv: r.osa_alue_sv },
    }
    const faults = areaLevels.flatMap((level, depth) => {
      const above = areaLevels[depth - 1]
      const said = JSON.stringify([chain[level], above ? chain[above].id : null])
      const id = areaId(level, chain[level].id)
      const earlier = seen.get(id)
      if (!earlier) seen.set(id, { line, said })
      return earlier && earlier.said !== said ? [`${chain[level].fi}: line ${earlier.line} names or places this area otherwise`] : []
    })
    if (faults.length) problems.push({ line, reason: faults.join('; ') })
    else chains.push(chain)
  }
  return { chains, problems: problems.sort((a, b) => a.line - b.line) }
}

function unitOf(r: PremisesRecord, exceptions: Exceptions): ToldUnit {
  return {
    id: r.id,
    kind: r.kind,
    name: nameOf(r, isSwedishOnly(exceptions, r.id)),
    address: r.street_address,
    postalCode: r.postal_code,
    lat: r.lat,
    lon: r.lon,
    areaId: areaId('subdistrict', r.osa_alue_id),
    neighbourhood: textOf({ fi: r.kaupunginosa, sv: r.kaupunginosa_sv }),
    schoolNumber: r.oppilaitosnumero,
    coordSource: r.coord_source ?? 'unknown',
    checkM: r.check_m === null ? null : Math.round(r.check_m),
    restrictions: restrictionsOf(exceptions, r.id),
  }
}

/** An English name that only repeats the other one is no translation: left out, so that the page marks its language. */
function nameOf(r: PremisesRecord, swedishOnly: boolean): Text {
  const own = swedishOnly ? { sv: r.name_sv ?? r.name_fi } : { fi: r.name_fi, sv: r.name_sv }
  return textOf({ ...own, en: r.name_en === r.name_fi ? null : r.name_en })
}

function textOf(names: { fi?: string | null; sv?: string | null; en?: string | null }): Text {
  const text: Text = {}
  if (names.fi) text.fi = names.fi
  if (names.sv) text.sv = names.sv
  if (names.en) text.en = names.en
  return text
}

/** Half of the points lie on either side, so that one far away does not move it. */
function middleOf(points: readonly Point[]): Point {
  const half = Math.floor((points.length - 1) / 2)
  const median = (numbers: number[]): number => numbers.sort((a, b) => a - b)[half] ?? 0
  return { lat: median(points.map(({ lat }) => lat)), lon: median(points.map(({ lon }) => lon)) }
}
