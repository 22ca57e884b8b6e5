import type { Text } from '../platform/i18n/text.ts'
import { areaId, areasOf } from './area.ts'
import type { AreaChain, AreaRow } from './area.ts'
import { buildingsOf } from './building.ts'
import type { BuildingRow } from './building.ts'
import { isSwedishOnly, limitsOf, noExceptions } from './exceptions.ts'
import type { Exceptions } from './exceptions.ts'
import { hierarchyRecord, premisesRecord, readRecords } from './record.ts'
import type { CsvRecord, PremisesRecord, Problem } from './record.ts'
import { slugOf } from './slug.ts'
import type { Restriction, Source, UnitKind } from './space.ts'

/** As in the tables; `buildingId` and `restrictions` are for the rows that hang on the unit. */
export type UnitRow = {
  /** The source's own id, such as `tprek:6674` or `oppilaitos:03032`. */
  id: string
  slug: string
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
  /** Why the unit lends nothing, said in public; null when it lends. */
  notLentReason: Text | null
  source: Source
  buildingId: string
  restrictions: Restriction[]
}

export type Premises = {
  areas: AreaRow[]
  buildings: BuildingRow[]
  units: UnitRow[]
  problems: Problem[]
  /** Lines that are right but not the city's to lend. */
  skipped: number
}

/**
 * Areas, buildings and units of a premises file. Only the city's own premises are taken (`city_operated` yes or likely).
 * A line with a fault is left out and told of, the others are taken. `knownAreas` keep their slugs.
 */
export function parsePremises(records: readonly CsvRecord[], options: {
  exceptions?: Exceptions
  knownAreas?: readonly AreaRow[]
  source?: Source
} = {}): Premises {
  const { exceptions = noExceptions, knownAreas = [], source = 'open_data' } = options
  const { rows, problems } = readRecords(premisesRecord, records)
  const lines = new Map<string, number>()
  const taken: PremisesRecord[] = []
  let skipped = 0
  for (const { line, row } of rows) {
    const earlier = lines.get(row.id)
    if (earlier !== undefined) {
      problems.push({ line, reason: `id: ${row.id} is already on line ${earlier}` })
      continue
    }
    lines.set(row.id, line)
    if (row.city_operated === 'no') skipped += 1
    else taken.push(row)
  }
  const bare = taken.map((record) => unitOf(record, exceptions, source))
  const { buildings, buildingOf } = buildingsOf(bare)
  const slugs = new Set<string>()
  const units = bare.map((unit) => {
    const slug = freeSlug(unit.slug, unit.id, slugs)
    slugs.add(slug)
    return { ...unit, slug, buildingId: buildingOf.get(unit.id) ?? '' }
  })
  problems.sort((a, b) => a.line - b.line)
  return { areas: areasOf(taken.map(chainOf), knownAreas), buildings, units, problems, skipped }
}

/** The areas of the hierarchy file, broadest first; a line with a fault is left out and told of. */
export function parseAreas(records: readonly CsvRecord[]): { areas: AreaRow[]; problems: Problem[] } {
  const { rows, problems } = readRecords(hierarchyRecord, records)
  const chains = rows.map(({ row: r }): AreaChain => ({
    major_district: { id: r.suurpiiri_id, fi: r.suurpiiri_fi, sv: r.suurpiiri_sv },
    district: { id: r.peruspiiri_id, fi: r.peruspiiri_fi, sv: r.peruspiiri_sv },
    subdistrict: { id: r.osa_alue_id, fi: r.osa_alue_fi, sv: r.osa_alue_sv },
  }))
  return { areas: areasOf(chains), problems }
}

function unitOf(r: PremisesRecord, exceptions: Exceptions, source: Source): Omit<UnitRow, 'buildingId'> {
  const name = nameOf(r, isSwedishOnly(exceptions, r.id))
  return {
    id: r.id,
    slug: slugOf(name.fi ?? name.sv ?? ''),
    kind: r.kind,
    name,
    address: r.street_address,
    postalCode: r.postal_code,
    lat: r.lat,
    lon: r.lon,
    areaId: areaId('subdistrict', r.osa_alue_id),
    neighbourhood: textOf({ fi: r.kaupunginosa, sv: r.kaupunginosa_sv }),
    schoolNumber: r.oppilaitosnumero,
    coordSource: r.coord_source ?? 'unknown',
    checkM: r.check_m === null ? null : Math.round(r.check_m),
    ...limitsOf(exceptions, r.id),
    source,
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

function chainOf(r: PremisesRecord): AreaChain {
  return {
    major_district: { id: r.suurpiiri_id, fi: r.suurpiiri, sv: r.suurpiiri_sv },
    district: { id: r.peruspiiri_id, fi: r.peruspiiri, sv: r.peruspiiri_sv },
    subdistrict: { id: r.osa_alue_id, fi: r.osa_alue, sv: r.osa_alue_sv },
  }
}

function freeSlug(slug: string, id: string, taken: ReadonlySet<string>): string {
  if (slug && !taken.has(slug)) return slug
  return slug ? `${slug}-${slugOf(id)}` : slugOf(id)
}
