import { execFile } from 'node:child_process'
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { asc, desc, eq } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CliError } from '../../src/cli/cli-error.ts'
import { importFile, type Talk } from '../../src/cli/import.ts'
import { seedPremises } from '../../src/cli/seed/premises.ts'
import { seedReference } from '../../src/cli/seed/reference.ts'
import { eventsOf } from '../../src/history/store.ts'
import { editions } from '../../src/rulebook/table.ts'
import { allRestrictions } from '../../src/spaces/restriction-store.ts'
import { catalogueOf, markCatalogueChanged } from '../../src/spaces/store.ts'
import { areas, buildings, catalogueVersion, openings, parts, restrictions, slugRedirects, spaceParts, spaces, unitBuildings, units } from '../../src/spaces/table.ts'
import { emptied } from '../support/emptied.ts'
import { world, type World } from '../support/world.ts'

const header = ['id', 'kind', 'name_fi', 'name_sv', 'name_en', 'street_address', 'postal_code', 'lat', 'lon', 'osa_alue_id', 'kaupunginosa',
  'kaupunginosa_sv', 'city_operated', 'oppilaitosnumero', 'coord_source', 'check_m']
const districts = [
  'suurpiiri_id,suurpiiri_fi,suurpiiri_sv,peruspiiri_id,peruspiiri_fi,peruspiiri_sv,osa_alue_id,osa_alue_fi,osa_alue_sv',
  '3,Keskinen,Mellersta,301,Kallio,Berghäll,111,Siltasaari,Broholmen',
  '3,Keskinen,Mellersta,301,Kallio,Berghäll,112,Linjat,Linjerna',
].join('\r\n')

type Row = Partial<Record<string, string>>
const school = {
  id: 'tprek:1', kind: 'school', name_fi: 'Kallion koulu', name_en: 'Kallio School', street_address: 'Katu 1', postal_code: '00530',
  lat: '60.184', lon: '24.95', osa_alue_id: '111', kaupunginosa: 'Kallio', city_operated: 'yes', coord_source: 'test',
}
const library = { ...school, id: 'tprek:2', kind: 'library', name_fi: 'Kallion kirjasto', name_en: '', street_address: 'Kuja 5', lat: '60.19' }
const club = { ...school, id: 'tprek:3', kind: 'youth_centre', name_fi: 'Nuorisotalo', name_en: '', street_address: '', lat: '60.2', osa_alue_id: '112' }

const quoted = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
const csv = (rows: Row[], end = '\r\n'): string =>
  [header.join(','), ...rows.map((row) => header.map((column) => quoted(row[column] ?? '')).join(','))].join(end)

/** A city without premises, and the command with an ear: what it says, and what it is answered. */
async function emptyCity() {
  const here = await world()
  await emptied(here.ctx.db)
  const path = (name: string): string => `${here.dataDir}/${name}`
  /** The progress of the latest run. */
  const told: string[] = []
  async function run(args: string[], answer: boolean | null = null): Promise<string[]> {
    const said: string[] = []
    told.length = 0
    const talk: Talk = { say: (text) => said.push(text), tell: (text) => told.push(text), agree: answer === null ? null : async () => answer }
    await importFile(here.ctx, args, talk)
    return said
  }
  function write(name: string, text: string | Buffer): string {
    writeFileSync(path(name), text)
    return path(name)
  }
  write('areas.csv', districts)
  /** Imports these rows without asking and says what was said. */
  const take = (rows: Row[] | string, ...more: string[]): Promise<string[]> =>
    run(['premises', write('premises.csv', typeof rows === 'string' ? rows : csv(rows)), '--areas', path('areas.csv'), '--yes', ...more])
  const refused = async (rows: Row[] | string | Buffer): Promise<string> => {
    const text = Array.isArray(rows) ? csv(rows) : rows
    return run(['premises', write('wrong.csv', text), '--areas', path('areas.csv'), '--yes']).then(() => 'imported', (error: unknown) => {
      if (error instanceof CliError) return error.message
      throw error
    })
  }
  return { ...here, run, write, take, refused, path, told }
}

/** Every row that an import may write. */
async function premisesIn({ ctx: { db } }: Pick<World, 'ctx'>) {
  return {
    areas: await db.select().from(areas).orderBy(asc(areas.id)),
    buildings: await db.select().from(buildings).orderBy(asc(buildings.id)),
    units: await db.select().from(units).orderBy(asc(units.id)),
    unitBuildings: await db.select().from(unitBuildings).orderBy(asc(unitBuildings.unitId), asc(unitBuildings.validFrom)),
    spaces: await db.select().from(spaces).orderBy(asc(spaces.id)),
    parts: await db.select().from(parts).orderBy(asc(parts.id)),
    spaceParts: await db.select().from(spaceParts).orderBy(asc(spaceParts.spaceId), asc(spaceParts.partId)),
    openings: await db.select().from(openings).orderBy(asc(openings.id)),
    version: await db.select().from(catalogueVersion),
  }
}

/** Every stay of a unit, the latest first. */
const staysOf = ({ ctx: { db } }: Pick<World, 'ctx'>, unitId: string) =>
  db.select().from(unitBuildings).where(eq(unitBuildings.unitId, unitId)).orderBy(desc(unitBuildings.validFrom))

const nothing = 'Nothing to change: the database says what the file says.'

describe('a first import', () => {
  test('is shown, and written only when somebody agrees', async () => {
    const city = await emptyCity()
    const args = ['premises', city.write('p.csv', csv([school, { ...library, city_operated: 'no' }])), '--areas', city.path('areas.csv')]
    const before = await premisesIn(city)
    const preview = [
      [
        'New areas', '  major_district:3  Keskinen', '  district:301  Kallio', '  subdistrict:111  Siltasaari', '  subdistrict:112  Linjat', '',
        'New units', '  tprek:1  Kallion koulu, school, Katu 1, 00530', '',
        'Units: 1 new, 0 changed, 0 unchanged, 0 not in the file.', 'Areas: 4 new, 0 changed.',
      ].join('\n'),
      'The database has no rule book yet: holidays, school terms and the example rule book come with it.',
    ]
    expect(await city.run(args)).toEqual([...preview, 'Nothing was written. Add --yes to write it.'])
    expect(await city.run(args, false)).toEqual([...preview, 'Nothing was written.'])
    expect(await city.run([...args, '--yes', '--dry-run'])).toEqual([...preview, 'Nothing was written, as --dry-run says.'])
    expect(await premisesIn(city)).toEqual(before)
    expect(await city.run(args, true)).toEqual([...preview, 'Imported.'])
    const after = await premisesIn(city)
    expect(after.units).toEqual([{
      id: 'tprek:1', slug: 'kallion-koulu', kind: 'school', name: { fi: 'Kallion koulu', en: 'Kallio School' }, address: 'Katu 1', postalCode: '00530',
      lat: 60.184, lon: 24.95, areaId: 'subdistrict:111', neighbourhood: { fi: 'Kallio' }, schoolNumber: null, coordSource: 'test', checkM: null,
      source: 'import', revision: 0,
    }])
    expect(after.unitBuildings).toEqual([{ unitId: 'tprek:1', buildingId: 'building:tprek:1', validFrom: '2000-01-01', validTo: null }])
    expect(after.spaces).toEqual([])
    expect((await city.ctx.db.select().from(editions)).length).toBe(1)
  })

  test('of the bundled file is what the seed does', async () => {
    const city = await emptyCity()
    const { db, clock } = city.ctx
    await db.transaction(async (db) => {
      await seedReference(db, clock.now())
      await seedPremises(db, clock.now())
    })
    const { version: _, ...seeded } = await premisesIn(city)
    const bundled = ['premises', 'drizzle/seed/premises.csv', '--areas', 'drizzle/seed/areas.csv', '--template', '--open-data', '--yes']
    expect((await city.run(bundled)).at(-1)).toBe(nothing)
    await emptied(db)
    expect((await city.run(bundled)).at(-1)).toBe('Imported.')
    const { version: __, ...imported } = await premisesIn(city)
    expect(imported).toEqual(seeded)
    expect(imported.units.length).toBe(275)
  })

  test('tells how far it has come, more seldom the longer it is, and never in the answer', async () => {
    const city = await emptyCity()
    const rows = (many: number): Row[] => Array.from({ length: many }, (_, i) => ({ ...library, id: `x:${i}`, name_fi: `Talo ${i}`, street_address: `Katu ${i}` }))
    // Four areas and the one building of them all are written first, then the units and where each stands.
    expect((await city.take(rows(303))).at(-1)).toBe('Imported.')
    const written = ['205 rows written …', '308 rows written …', '508 rows written …', '611 rows written …']
    expect(city.told).toEqual(['100 rows read …', '200 rows read …', '300 rows read …', ...written])
    await city.take(rows(98))
    expect(city.told).toEqual([])
    const hundreds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20].map((hundred) => `${hundred}00 rows read …`)
    await city.take(rows(2500), '--dry-run')
    expect(city.told).toEqual(hundreds)
  })

  test('needs the areas', async () => {
    const city = await emptyCity()
    const file = city.write('p.csv', csv([school]))
    await expect(city.run(['premises', file, '--yes'])).rejects.toThrow('The database knows no areas yet; give a file of them with --areas.')
  })

  test('reads commas, quotes, a byte order mark and every kind of line end', async () => {
    const city = await emptyCity()
    const rows = [{ ...school, name_fi: 'Koulu "Aino", Kallio' }, { ...library, name_fi: 'Kirjasto, 2. kerros' }]
    await city.take(`\uFEFF${csv(rows)}\r\n\r\n`)
    const first = await premisesIn(city)
    expect(first.units.map(({ name, slug }) => [name.fi, slug])).toEqual([
      ['Koulu "Aino", Kallio', 'koulu-aino-kallio'], ['Kirjasto, 2. kerros', 'kirjasto-2-kerros'],
    ])
    for (const end of ['\n', '\r', '\r\n']) expect((await city.take(csv(rows, end))).at(-1)).toBe(nothing)
    const turned = [...header].reverse()
    expect((await city.take([[...turned, 'extra'].join(), ...rows.map((row: Row) => [...turned.map((one) => quoted(row[one] ?? '')), 'x'].join())].join('\n'))).at(-1))
      .toBe(nothing)
    expect(await premisesIn(city)).toEqual(first)
  })
})

describe('a later import', () => {
  test('of the same file changes nothing, not even the version', async () => {
    const city = await emptyCity()
    await city.take([school, library, club])
    const before = await premisesIn(city)
    city.clock.set('2027-03-01T09:00:00+02:00')
    expect(await city.take([club, school, library])).toEqual([
      'Units: 0 new, 0 changed, 3 unchanged, 0 not in the file.\nAreas: 0 new, 0 changed.', nothing,
    ])
    expect(await premisesIn(city)).toEqual(before)
    expect((await eventsOf(city.ctx.db, 'premises')).length).toBe(1)
  })

  test('leaves why and until when a unit lends nothing as the city has set it', async () => {
    const city = await emptyCity()
    const special = { ...school, id: 'tprek:7062' }
    const said = async () => (await allRestrictions(city.ctx.db)).map(({ unitId, effect, reason, validFrom, validTo, state }) => [unitId, effect, reason.fi, validFrom, validTo, state])
    await city.take([special], '--template')
    expect(await said()).toEqual([['tprek:7062', 'not_lent', expect.stringMatching(/^Tämä on erityiskoulu\./), '2026-08-01', '2027-07-31', 'in_force']])
    await city.ctx.db.transaction((db) => db.update(restrictions).set({ reason: { fi: 'Remontti' }, validTo: '2026-12-31' }).returning())
    await city.take([{ ...special, name_fi: 'Sörnäisten koulu' }], '--template')
    expect((await said()).map(([, , reason, , until]) => [reason, until])).toEqual([['Remontti', '2026-12-31']])
    expect((await premisesIn(city)).spaces).toEqual([])
    await city.ctx.db.transaction((db) => db.update(restrictions).set({ state: 'coming' }).returning())
    await city.take([special], '--template')
    expect((await premisesIn(city)).spaces).toEqual([])
    // Once the city has ended it, the unit gets spaces like any other.
    await city.ctx.db.transaction((db) => db.update(restrictions).set({ state: 'lifted' }).returning())
    await city.take([special], '--template')
    expect((await premisesIn(city)).spaces.length).toBeGreaterThan(3)
  })

  test('renames a unit where it is, and the running service knows at once', async () => {
    const city = await emptyCity()
    await city.take([school, library], '--open-data')
    expect((await catalogueOf(city.ctx.db)).units.get('tprek:1')?.name.fi).toBe('Kallion koulu')
    city.clock.set('2026-11-24T09:00:00+02:00')
    expect(await city.take([{ ...school, name_fi: 'Sörnäisten koulu', name_sv: 'Sörnäs skola' }, library], '--open-data')).toEqual([
      [
        'Changed units', '  tprek:1  Sörnäisten koulu', '      name (fi): Kallion koulu → Sörnäisten koulu', '      name (sv): (empty) → Sörnäs skola', '',
        'Units: 0 new, 1 changed, 1 unchanged, 0 not in the file.', 'Areas: 0 new, 0 changed.',
      ].join('\n'),
      'Imported.',
    ])
    const catalogue = await catalogueOf(city.ctx.db)
    expect(catalogue.units.get('tprek:1')).toMatchObject({ slug: 'kallion-koulu', name: { fi: 'Sörnäisten koulu', sv: 'Sörnäs skola' }, source: 'open_data' })
    await (await city.client()).get('/units/kallion-koulu').expect(200, /Sörnäisten koulu/)
    expect((await staysOf(city, 'tprek:1')).length).toBe(1)
    expect(await eventsOf(city.ctx.db, 'tprek:1')).toMatchObject([{ what: 'unit.changed', actor: 'system', particulars: { changes: [
      { field: 'name (fi)', from: 'Kallion koulu', to: 'Sörnäisten koulu' }, { field: 'name (sv)', from: null, to: 'Sörnäs skola' },
    ] } }])
    expect((await eventsOf(city.ctx.db, 'premises')).map(({ what, particulars }) => [what, particulars['file'], particulars['units']])).toEqual([
      ['premises.imported', 'premises.csv', { added: 2, changed: 0, unchanged: 0, missing: 0 }],
      ['premises.imported', 'premises.csv', { added: 0, changed: 1, unchanged: 1, missing: 0 }],
    ])
  })

  test('a new unit takes neither a slug in use nor one that leads on', async () => {
    const city = await emptyCity()
    await city.take([school])
    await city.ctx.db.transaction(async (db) => {
      await db.insert(slugRedirects).values({ kind: 'unit', slug: 'kallion-kirjasto', targetId: 'tprek:1' }).returning()
    })
    await city.take([school, library, { ...club, name_fi: 'Kallion koulu' }, { ...club, id: 'x:9', name_fi: '—' }])
    expect((await premisesIn(city)).units.map(({ slug }) => slug)).toEqual(['kallion-koulu', 'kallion-kirjasto-tprek-2', 'kallion-koulu-tprek-3', 'x-9'])
  })

  test('moves a unit to another building from today, and back', async () => {
    const city = await emptyCity()
    await city.take([school, library])
    // The point has not followed yet: still another house.
    const [said] = await city.take([{ ...school, street_address: 'Uusikatu 3' }, library])
    expect(said).toContain('      moves to another building from 2026-11-23\n')
    expect(said).toContain('Units: 0 new, 1 changed (1 moved), 1 unchanged, 0 not in the file.')
    const stay = (buildingId: string, validFrom: string, validTo: string | null) => ({ unitId: 'tprek:1', buildingId, validFrom, validTo })
    expect(await staysOf(city, 'tprek:1')).toEqual([
      stay('building:tprek:1/2', '2026-11-23', null), stay('building:tprek:1', '2000-01-01', '2026-11-22'),
    ])
    // Corrected the same day: the new house was another one.
    await city.take([{ ...school, street_address: 'Uusikatu 9', lat: '60.22' }, library])
    expect((await staysOf(city, 'tprek:1')).map(({ buildingId, validFrom }) => [buildingId, validFrom])).toEqual([
      ['building:tprek:1/3', '2026-11-23'], ['building:tprek:1', '2000-01-01'],
    ])
    city.clock.set('2027-06-01T12:00:00+03:00')
    await city.take([school, library])
    expect(await staysOf(city, 'tprek:1')).toEqual([
      stay('building:tprek:1', '2027-06-01', null), stay('building:tprek:1/3', '2026-11-23', '2027-05-31'), stay('building:tprek:1', '2000-01-01', '2026-11-22'),
    ])
    expect((await staysOf(city, 'tprek:2')).length).toBe(1)
  })

  test('an address made more exact, or a point put right, is no move; the building follows', async () => {
    const city = await emptyCity()
    await city.take([school])
    const [said] = await city.take([{ ...school, street_address: 'Katu 1 B', lat: '60.194', check_m: '1112' }])
    expect(said).not.toContain('moves')
    const { unitBuildings: stays, buildings: houses } = await premisesIn(city)
    expect(stays.length).toBe(1)
    expect(houses).toEqual([{ id: 'building:tprek:1', address: 'Katu 1 B', postalCode: '00530', lat: 60.194, lon: 24.95 }])
  })

  test('tells which units the file lacks, and leaves them as they are', async () => {
    const city = await emptyCity()
    await city.take([school, library, club])
    const before = await premisesIn(city)
    const said = await city.take([school, { ...library, city_operated: 'no' }])
    expect(said).toEqual([[
      'Units of the database that the file lacks; they stay', '  tprek:2  Kallion kirjasto (the file says it is not the city’s)', '  tprek:3  Nuorisotalo', '',
      'Units: 0 new, 0 changed, 1 unchanged, 2 not in the file.', 'Areas: 0 new, 0 changed.',
    ].join('\n'), nothing])
    expect(await premisesIn(city)).toEqual(before)
  })

  test('gives spaces only when asked, only to units without, and once', async () => {
    const city = await emptyCity()
    await city.take([school])
    expect((await premisesIn(city)).spaces).toEqual([])
    const [said] = await city.take([school, library], '--template')
    const furnished = await premisesIn(city)
    expect(new Set(furnished.spaces.map(({ unitId, source }) => `${unitId} ${source}`))).toEqual(new Set(['tprek:1 synthetic', 'tprek:2 synthetic']))
    expect(said).toContain(`Example spaces from the template: ${furnished.spaces.length}, for 2 units.`)
    expect((await city.take([school, library], '--template')).at(-1)).toBe(nothing)
    await city.take([{ ...school, name_fi: 'Uusi nimi' }, library], '--template')
    expect((await premisesIn(city)).spaces).toEqual(furnished.spaces)
  })

  test('brings areas to what their file says, under the slugs they have', async () => {
    const city = await emptyCity()
    await city.take([school])
    city.write('areas.csv', `${districts.split('\r\n').slice(0, 2).join('\n').replace('Siltasaari', 'Merihaka')}\n3,Keskinen,Mellersta,302,Vallila,Vallgård,222,Vallila,Vallgård`)
    const [said] = await city.take([{ ...school, osa_alue_id: '222' }])
    expect(said).toContain('New areas\n  district:302  Vallila\n  subdistrict:222  Vallila')
    expect(said).toContain('Changed areas\n  subdistrict:111  Merihaka\n      name (fi): Siltasaari → Merihaka')
    expect(said).toContain('Areas of the database that the file of areas lacks; they stay\n  subdistrict:112  Linjat')
    expect((await premisesIn(city)).areas.map(({ id, slug }) => [id, slug])).toEqual([
      ['district:301', 'kallio'], ['district:302', 'vallila'], ['major_district:3', 'keskinen'],
      ['subdistrict:111', 'siltasaari'], ['subdistrict:112', 'linjat'], ['subdistrict:222', 'vallila-osa-alue'],
    ])
  })

  test('is refused when the premises changed between looking and agreeing', async () => {
    const city = await emptyCity()
    await city.take([school])
    const file = city.write('p.csv', csv([school, library]))
    const talk: Talk = { say: () => undefined, tell: () => undefined, agree: async () => (await city.ctx.db.transaction(markCatalogueChanged), true) }
    await expect(importFile(city.ctx, ['premises', file], talk)).rejects.toThrow('The premises changed while you were reading; nothing was written.')
    expect((await premisesIn(city)).units.length).toBe(1)
  })
})

describe('a bad file', () => {
  test('is refused with every bad line and all its reasons, and nothing is written', async () => {
    const city = await emptyCity()
    await city.take([school])
    const before = await premisesIn(city)
    expect(await city.refused([
      library,
      { ...school, kind: 'sauna', lat: '24.95', lon: '60.184', postal_code: '530' },
      { ...club, name_fi: 'Nuoriso\r\ntalo' },
      { ...club, id: 'tprek:4', osa_alue_id: '999', check_m: 'far' },
      { ...club, id: 'tprek:2' },
      { ...club, id: 'tprek:5', lat: '66.5' },
      { ...club, id: 'tprek:6', name_fi: 'x'.repeat(201) },
      { ...club, id: '../7' },
      { ...club, id: 'tprek:8', name_fi: '', name_sv: ' ' },
      { ...club, id: 'tprek:9', name_fi: 'Talo\u202E', lat: '0x3C', lon: '2.5e1' },
      { ...club, id: 'tprek:10', name_fi: 'Talo \u001b[2J', street_address: 'Katu \uFFFD' },
    ])).toBe([
      'wrong.csv: 10 lines are wrong; nothing was imported.',
      '  line 3: kind: must be one of school, library, youth_centre, playground_house, culture, adult_education; postal_code: must be five digits or empty; '
        + 'lat: must be a number from 59 to 71, with a decimal point; lon: must be a number from 19 to 32, with a decimal point',
      '  line 4: name_fi: has a line break',
      '  line 6: check_m: must be a number of metres or empty',
      '  line 7: id: tprek:2 is already on line 2',
      '  line 8: lat, lon: the point lies 702 km from the middle of the city\'s premises',
      '  line 9: name_fi: has more than 200 characters',
      '  line 10: id: may have only letters a–z, digits and . _ : -, 80 at most',
      '  line 11: name_fi: is empty, and so is name_sv',
      '  line 12: name_fi: has an invisible character, U+202E; lat: must be a number from 59 to 71, with a decimal point; lon: must be a number from 19 to 32, with a decimal point',
      '  line 13: name_fi: has an invisible character, U+001B; street_address: has an invisible character, U+FFFD',
    ].join('\n'))
    expect(await city.refused([{ ...library, osa_alue_id: '999' }])).toContain('line 2: osa_alue_id: no area "999" is known')
    expect(await city.refused(`${csv([library])}\n${csv([club]).split('\r\n')[1]},x\nx:1`)).toBe([
      'wrong.csv: 2 lines are wrong; nothing was imported.', '  line 3: has 17 fields, and the first line 16', '  line 4: has 1 fields, and the first line 16',
    ].join('\n'))
    expect(await city.refused(`${csv([library])}\n\nx:1,school,"Avoin`)).toMatch(/^wrong.csv: one line is wrong; nothing was imported\.\n {2}line 4: a quotation mark is left open/)
    expect(await premisesIn(city)).toEqual(before)
    expect((await eventsOf(city.ctx.db, 'premises')).length).toBe(1)
  })

  test('is told in one sentence when nothing of it can be read', async () => {
    const city = await emptyCity()
    expect(await city.refused('')).toBe('wrong.csv is empty.')
    expect(await city.refused(header.join())).toBe('wrong.csv: there are no rows below the first line.')
    expect(await city.refused(Buffer.from(csv([{ ...school, name_fi: 'Töölö' }]), 'latin1'))).toBe('wrong.csv is not UTF-8; save it as CSV UTF-8.')
    expect(await city.refused(csv([school]).replaceAll(',', ';'))).toBe('wrong.csv: the columns are separated by semicolons; save the file with commas.')
    expect(await city.refused(csv([school]).replace('name_sv', 'nimi').replace('lat,', 'latitude,'))).toBe('wrong.csv: the first line lacks the columns name_sv, lat.')
    expect(await city.refused(csv([school]).replace('kind', 'id'))).toBe('wrong.csv: the column "id" comes twice.')
    truncateSync(city.write('long.csv', 'x'), 50_000_001)
    mkdirSync(city.path('folder.csv'))
    const areasOption = ['--areas', city.path('areas.csv')]
    await expect(city.run(['premises', city.path('long.csv'), ...areasOption])).rejects.toThrow('long.csv has 51 MB; at most 50 are read.')
    await expect(city.run(['premises', city.path('folder.csv'), ...areasOption])).rejects.toThrow(`${city.path('folder.csv')} is not a file.`)
    await expect(city.run(['premises', city.path('away.csv'), ...areasOption])).rejects.toThrow(`There is no file ${city.path('away.csv')}.`)
    await expect(city.run(['premises'])).rejects.toThrow('import premises needs one word: the file to read. See import --help.')
    await expect(city.run(['rooms', 'x.csv'])).rejects.toThrow('import knows one word: premises. See import --help.')
    await expect(city.run(['premises', 'x.csv', '--force'])).rejects.toThrow('Unknown option \'--force\'; see --help.')
  })

  test('of areas is refused by line and reason', async () => {
    const city = await emptyCity()
    const areasFile = city.write('areas.csv', `${districts}\r\n3,Keskinen,Mellersta,302,Alppiharju,Åshöjden,112,Linjat,Linjerna\r\n3,,,301,Kallio,Berghäll,113,X,`)
    await expect(city.run(['premises', city.write('p.csv', csv([school])), '--areas', areasFile, '--yes'])).rejects.toThrow([
      'areas.csv: 2 lines are wrong; nothing was imported.', '  line 4: Linjat: line 3 names or places this area otherwise', '  line 5: suurpiiri_fi: is empty',
    ].join('\n'))
    expect((await premisesIn(city)).areas).toEqual([])
  })

  test('that the database refuses halfway leaves nothing behind', async () => {
    const city = await emptyCity()
    await city.take([school])
    const before = await premisesIn(city)
    // A building that nobody stands in and that the comparison cannot know: made between looking and writing.
    const file = city.write('p.csv', csv([{ ...school, name_fi: 'Toinen' }, library]))
    const talk: Talk = {
      say: () => undefined, tell: () => undefined,
      agree: async () => {
        await city.ctx.db.transaction(async (db) => {
          await db.insert(buildings).values({ id: 'building:tprek:2', address: null, postalCode: null, lat: 0, lon: 0 }).returning()
        })
        return true
      },
    }
    await expect(importFile(city.ctx, ['premises', file], talk)).rejects.toThrow()
    const { buildings: _, ...after } = await premisesIn(city)
    const { buildings: __, ...was } = before
    expect(after).toEqual(was)
  })
})

test('hostile names are kept as they are written and shown as text', async () => {
  const city = await emptyCity()
  const names = ['=HYPERLINK("http://x.example";"1")', '<script>alert(1)</script>', '\'; DROP TABLE units; --', '@SUM(1)', '{{name}} ${1} %s']
  await city.take(names.map((name_fi, i) => ({ ...school, id: `x:${i}`, name_fi, street_address: `${name_fi} 1`, name_en: '' })))
  const rows = await city.ctx.db.select().from(units).orderBy(asc(units.id))
  expect(rows.map(({ name, address }) => [name.fi, address])).toEqual(names.map((name) => [name, `${name} 1`]))
  const page = await (await city.client()).get(`/units/${rows[1]?.slug}`).expect(200)
  expect(page.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(page.text).not.toContain('<script>alert(1)')
})

describe('for every file', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((text) => text.normalize('NFC').replace(/[\p{C}\p{Z}\uFFFD]/gu, ' ').trim()).filter(Boolean)
  const row = fc.record({
    id: fc.constantFrom(...Array.from({ length: 12 }, (_, i) => `x:${i}`)),
    kind: fc.constantFrom('school', 'library', 'culture'),
    name_fi: name,
    name_sv: fc.oneof(fc.constant(''), name),
    name_en: fc.oneof(fc.constant(''), name),
    street_address: fc.oneof(fc.constant(''), fc.constantFrom('Katu 1', 'Katu 1 A', 'KATU 1', 'Katu 2', 'Kuja 1'), name),
    postal_code: fc.constantFrom('', '00530', '00510'),
    lat: fc.integer({ min: 0, max: 20 }).map((step) => (60.18 + step * 0.0003).toFixed(5)),
    lon: fc.constantFrom('24.95', '24.951', '25'),
    osa_alue_id: fc.constantFrom('111', '112'),
    kaupunginosa: fc.oneof(fc.constant(''), name),
    city_operated: fc.constantFrom('yes', 'likely', 'no'),
    check_m: fc.constantFrom('', '0', '17.6'),
  })
  const file = fc.uniqueArray(row, { selector: ({ id }) => id, minLength: 1, maxLength: 10 })

  test('once is as good as twice, whatever was there before, and each unit stands in one building', async () => {
    const city = await emptyCity()
    await fc.assert(fc.asyncProperty(file, file, fc.boolean(), async (first, second, rooms) => {
      await emptied(city.ctx.db)
      city.clock.set('2026-11-23T09:00:00+02:00')
      await city.take(first)
      city.clock.set('2026-11-24T09:00:00+02:00')
      const more = rooms ? ['--template'] : []
      await city.take(second, ...more)
      const once = await premisesIn(city)
      expect((await city.take(second.toReversed(), ...more)).at(-1)).toBe(nothing)
      expect(await premisesIn(city)).toEqual(once)
      const now = once.unitBuildings.filter(({ validTo }) => validTo === null).map(({ unitId }) => unitId)
      expect(now).toEqual(once.units.map(({ id }) => id))
      for (const { id, name } of once.units) {
        const told = second.find((one) => one.id === id && one.city_operated !== 'no') ?? first.find((one) => one.id === id)
        expect(name.fi).toBe(told?.name_fi)
      }
    }), { numRuns: 25 })
  })
})

test('on the command line it previews, imports, and refuses with exit 2', async () => {
  const city = await emptyCity()
  const { PATH, TZ } = process.env
  const env = { PATH, TZ, DATA_DIR: city.dataDir, DATABASE_URL: `file:${path.join(city.dataDir, 'other.db')}` }
  const cli = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/cli/index.ts', 'import', ...args], { env })
      .then(({ stdout, stderr }) => ({ code: 0, stdout, stderr }), ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }))
  const file = city.write('p.csv', csv([school]))
  const preview = await cli('premises', file, '--areas', city.path('areas.csv'))
  expect([preview.code, preview.stdout.trim().split('\n').at(-1)]).toEqual([0, 'Nothing was written. Add --yes to write it.'])
  const done = await cli('premises', file, '--areas', city.path('areas.csv'), '--yes')
  expect([done.code, done.stdout.trim().split('\n').at(-1), done.stderr]).toEqual([0, 'Imported.', ''])
  const many = Array.from({ length: 120 }, (_, i) => ({ ...library, id: `x:${i}`, name_fi: `Talo ${i}` }))
  const long = await cli('premises', city.write('long.csv', csv(many)), '--dry-run')
  expect([long.code, long.stdout.includes('rows read'), long.stderr]).toEqual([0, false, '100 rows read …\n'])
  const wrong = await cli('premises', city.write('w.csv', csv([{ ...school, kind: 'sauna' }])))
  expect([wrong.code, wrong.stdout, wrong.stderr.split('\n')[0]]).toEqual([2, '', 'w.csv: one line is wrong; nothing was imported.'])
})
