import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { prove } from '../../src/rulebook/proof.ts'
import { markCatalogueChanged } from '../../src/spaces/store.ts'
import { closures, spaces, units } from '../../src/spaces/table.ts'
import { restricted } from '../support/restricted.ts'
import { world, type World } from '../support/world.ts'
import { said, withEdition } from './adopted.ts'
import { example, exampleJson } from './example.ts'

const words = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').replace(/ ([,.:;)])/g, '$1')
async function read(w: World, path: string): Promise<string> {
  const { status, text } = await (await w.client()).get(path)
  expect(`${path} ${status}`).toBe(`${path} 200`)
  return text
}
const main = (html: string): string => words(html.slice(html.indexOf('<main'), html.indexOf('</main>')))
/** One section of a page, by the id of its heading. */
const section = (html: string, id: string): string => words(new RegExp(`<section[^>]* aria-labelledby="${id}">([\\s\\S]*?)</section>`).exec(html)?.[1] ?? '')
const ids = (html: string): string[] => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id)

describe('the rules in force', () => {
  test('begin with what most people ask, in everyday words', async () => {
    const text = main(await read(await world(), '/rules'))
    expect(text).toContain('Tavallisesta tilasta et maksa mitään, kun varaat sen tähän: yhdistyksen avoin toiminta; lasten ja nuorten toiminta; oman porukan harrastus, 12 henkeä.')
    expect(text).toContain('Näistä maksat: omat juhlat; yrityksen tilaisuus. Näissä henkilökunta päättää, maksatko: yhdistys, vain omille jäsenille, 40 henkeä.')
    expect(text).toContain('Jos asia vaatii harkintaa, ihminen päättää siitä 5 arkipäivän kuluessa.')
  })
  test('have an address for each rule of every kind, and no address twice', async () => {
    const html = await read(await world(), '/rules')
    const lists = [
      example.chargeRules, example.approvalRules, example.supervisionRules, example.extras, example.quotas, example.lengths, example.leadTimes,
      example.cancellations, example.consequences, example.sanctions, example.duties, example.seasons,
    ]
    const found = ids(html)
    expect(found.filter((id, at) => found.indexOf(id) !== at)).toEqual([])
    expect(lists.flat().map(({ id }) => id).filter((id) => !found.some((one) => one === `rule-${id}` || one.endsWith(`-${id}`)))).toEqual([])
  })
  test('say of each when it fits and where it comes from', async () => {
    const text = main(await read(await world(), '/rules'))
    expect(text).toContain('Vähintään 200 ihmisen tilaisuudet Ei varattavissa tähän')
    expect(text).toContain('Milloin sääntö sopii Väkeä vähintään 200. Lähde: Pelastuslaki 379/2011, 16 §')
    expect(text).toContain('Kaikki muu käyttö')
    expect(text).toContain('Milloin sääntö sopii Aina. Esimerkin oma sääntö')
  })
  test('tell who is who, what giving up costs, and what follows', async () => {
    const text = main(await read(await world(), '/en/rules'))
    expect(text).toContain('An association in the register of associations Give the association’s register number or business ID.')
    expect(text).toContain('At least 14 days before Nothing At least 1 day before 50% of the price On the same day The whole price')
    expect(text).toContain('For the first strike you get a notice.')
    expect(text).toContain('You wait at most 14 days for the decision, but never beyond the start of the booking.')
  })
  test('leave out what an older edition does not say', async () => {
    const w = await world()
    const none = { applicantGroups: [], purposes: [], seasons: [], quotas: [], lengths: [], leadTimes: [], cancellations: [], consequences: [], sanctions: [] }
    await withEdition(w, 'lyhyt', '2026-11-23', none)
    const html = await read(w, '/rules')
    for (const id of ['applicants', 'cancelling', 'conduct', 'exceptions']) expect(html).not.toContain(`#${id}`)
    expect(main(html)).not.toContain('Kaudet')
  })
  test('name the hours, units and ways of supervision that have prices of their own', async () => {
    const w = await world()
    const { priceList } = exampleJson()
    const [row, ...others] = priceList.prices
    await withEdition(w, 'illat', '2026-11-23', {
      priceList: {
        ...priceList, bands: [{ id: 'evening', weekdays: [1, 5], from: 1020, to: 1440, text: said('Ilta') }],
        // The narrow rows stand first: the table still shows the general price.
        prices: [
          { ...row!, centsPerHour: 700, band: 'evening', unit: 'kallion-koulu' }, { ...row!, centsPerHour: 800, supervision: 'staffed' },
          { ...row!, centsPerHour: 600, unit: 'muuttanut' }, { ...row!, validTo: '2029-12-31' }, { ...row!, centsPerHour: 1100, validFrom: '2030-01-01' }, ...others,
        ],
      },
    })
    const html = await read(w, '/rules')
    expect(main(html)).toContain('Hinnat muuttuvat: 1.1.2030.')
    expect(main(html)).toContain('Ilta: ma, pe, 17–24')
    const [, table = ''] = html.split('id="narrowed"')
    expect(words(table.slice(0, table.indexOf('</table>')))).toContain('Kallion koulu, Ilta Liikuntasali, alle 300 m² Luokkahuone Kokoushuone Ryhmätila Nuorisosali Tilan vuokra, perushinta 7 €/h')
    expect(words(table)).toContain('Henkilökunta on paikalla Liikuntasali')
    expect(words(table)).toContain('muuttanut Liikuntasali')
    expect(main(html)).toContain('Nuorisosali 9 €/h 18 €/h')
  })
  test.each([
    ['', 'Milloin sääntö sopii Tilana liikuntasali tai juhla- tai tapahtumasali, ja tila tarjoaa tämän.', 'Milloin sääntö sopii Tila tarjoaa tämän.'],
    ['/sv', 'Gymnastiksal eller fest- eller evenemangssal som lokal, och lokalen erbjuder det här.', 'Lokalen erbjuder det här.'],
    ['/en', 'And the space offers this.', 'The space offers this.'],
  ])('say of a way of supervision that the space must offer it (%s)', async (prefix, some, all) => {
    const text = main(await read(await world(), `${prefix}/rules`))
    for (const said of [some, all]) expect(text.toLowerCase()).toContain(said.toLowerCase())
  })
  test('warn of rules that come', async () => {
    const w = await world()
    await withEdition(w, 'tulevat', '2027-01-01', { summary: said('Studiot ovat maksuttomia.') })
    const html = await read(w, '/rules')
    expect(main(html)).toContain('Säännöt muuttuvat 1.1.2027 Studiot ovat maksuttomia.')
    expect(html).toContain('href="/rules/editions/tulevat"')
  })
})

test('the calculator tells which facts and rule decided, which did not, and what would change it', async () => {
  const answer = (html: string): string => words(html.slice(html.indexOf('id="answer"'), html.indexOf('id="toc"')))
  const w = await world()
  const asked = 'applicant=unregistered_group&purpose=hobby&people=40&place=classroom-small'
  const text = answer(await read(w, `/rules?${asked}`))
  expect(text).toContain('kaikille avointa: Maksuton')
  expect(text).toContain('Näin tämä ratkesi')
  expect(text).toContain('Varaaja oma porukka tai ryhmä')
  expect(text).toMatch(/Vähintään 200 ihmisen tilaisuudet\. [^:.]+: väkeä vähintään 200\./)
  expect(answer(await read(w, `/rules?plain=1&${asked}`))).toContain(example.chargeRules.find(({ id }) => id === 'closed_group')!.text.plain)
  expect(answer(await read(w, `/sv/rules?${asked}`))).toContain('öppet för alla')
})

test('the calculator says openly which answers left out would end a free use, and confirms nothing that the space does not hold', async () => {
  const answer = (html: string): string => html.slice(html.indexOf('id="answer"'), html.indexOf('id="toc"'))
  const w = await world()
  const asked = 'applicant=registered_association&purpose=hobby&openToAll=1&localShare=1&place=classroom-small'
  const fits = answer(await read(w, `/rules?${asked}&people=20`))
  const open = words(fits.slice(0, fits.indexOf('<details')))
  expect(open).toContain('Varaus vahvistuu heti.')
  expect(open).toMatch(/Vastaus muuttuu, jos puuttuva tieto on tämä pääsymaksu: \d+ €/)
  expect(words(answer(await read(w, `/rules?${asked}&people=20&entryFee=0`)))).not.toContain('Vastaus muuttuu, jos puuttuva')
  const tooMany = words(answer(await read(w, `/rules?${asked}&people=45`)))
  expect(tooMany).toContain('mahtuu enintään 30')
  expect(tooMany).not.toMatch(/[Vv]ahvistuu heti|Henkilökunta päättää varauksesta/)
})

describe('editions', () => {
  test('stand by whether they are in force, coming or earlier; drafts are nobody’s business', async () => {
    const w = await world()
    const { priceList } = exampleJson()
    await withEdition(w, 'saannot-2019', '2019-01-01', { priceList: { ...priceList, prices: priceList.prices.map((row) => ({ ...row, validFrom: '2019-01-01' })) } })
    await withEdition(w, 'saannot-2027', '2027-01-01', { summary: said('Studiot ovat maksuttomia.') })
    await withEdition(w, 'luonnos', '2027-06-01', {}, 'draft')
    const before = await read(w, '/rules/editions')
    expect(section(before, 'in_force')).toContain('Esimerkkisääntökirja (example-4) Voimassa 1.1.2020–31.12.2026. Päätöstä ei ole.')
    expect(section(before, 'coming')).toContain('Säännöt 2027 (saannot-2027) Tulee voimaan 1.1.2027. Päätös HEL 2026-001234, 10.11.2026, Kaupunginhallitus. Studiot ovat maksuttomia.')
    expect(section(before, 'replaced')).toContain('Säännöt 2019 (saannot-2019) Oli voimassa 1.1.2019–31.12.2019.')
    expect(before).not.toContain('luonnos')
    for (const path of ['luonnos', 'linna', 'EXAMPLE-2']) expect((await (await w.client()).get(`/rules/editions/${path}`)).status).toBe(404)

    w.clock.set('2027-01-01T00:00+02:00')
    const after = await read(w, '/rules/editions')
    expect(section(after, 'in_force')).toContain('Säännöt 2027 (saannot-2027) Voimassa 1.1.2027 alkaen.')
    expect(section(after, 'coming')).toContain('Näitä ei ole.')
    expect(section(after, 'replaced')).toContain('Oli voimassa 1.1.2020–31.12.2026.')
  })
  test('each say all that the one in force says, and where they stand', async () => {
    const w = await world()
    const [first, ...rest] = exampleJson().priceList.prices
    const priceList = { ...exampleJson().priceList, prices: [{ ...first!, validTo: '2027-12-31' }, { ...first!, centsPerHour: 4200, validFrom: '2028-01-01' }, ...rest] }
    await withEdition(w, 'hinnat-2027', '2027-01-01', { priceList })
    await withEdition(w, 'hinnat-2029', '2029-01-01')
    const coming = await read(w, '/rules/editions/hinnat-2027')
    expect(main(coming)).toContain('Nämä säännöt eivät ole vielä voimassa Tulee voimaan 1.1.2027.')
    expect(coming).toContain('id="rule-open_activity"')
    // A coming edition is read with the prices of its first day, an earlier one with those of its last.
    expect(main(coming)).not.toContain('42 €/h')
    w.clock.set('2029-06-01T12:00+03:00')
    const earlier = await read(w, '/rules/editions/hinnat-2027')
    expect(main(earlier)).toContain('Nämä säännöt eivät ole enää voimassa Oli voimassa 1.1.2027–31.12.2028.')
    expect(main(earlier)).toContain('42 €/h')
    expect(earlier).toContain('href="/rules"')
    expect(main(await read(w, '/en/rules/editions/hinnat-2029'))).toContain('These rules are in force In force from 1 Jan 2029.')
  })
  test('one that was replaced before its day says so', async () => {
    const w = await world()
    await withEdition(w, 'eka', '2027-01-01')
    w.clock.set('2026-11-24T08:00+02:00')
    await withEdition(w, 'toka', '2027-01-01')
    expect(main(await read(w, '/rules/editions/eka'))).toContain('Ei tullut voimaan: uudempi versio korvasi sen ennen sitä.')
  })
})

describe('restrictions', () => {
  const closing = async (w: World, rows: Partial<typeof closures.$inferInsert>[]): Promise<void> => w.ctx.db.transaction(async (db) => {
    for (const [n, row] of rows.entries()) {
      await db.insert(closures).values({ id: `sulku-${n}`, spaceId: null, unitId: null, startsAt: Date.parse('2026-11-23T00:00+02:00'), endsAt: Date.parse('2026-11-26T00:00+02:00'), reason: { fi: 'Lattia vahataan' }, ...row }).returning()
    }
    await markCatalogueChanged(db)
  })
  test('are none where nothing is restricted', async () => {
    const html = await read(await world(), '/rules/restrictions')
    expect(section(html, 'closures')).toContain('Kiinni nyt tai pian (0) Mikään tila ei ole kiinni nyt eikä lähiaikoina.')
    expect(section(html, 'exceptions')).toContain('hinnat ja ehdot ovat samat kaikissa toimipisteissä.')
  })
  test('tell what is closed now and soon, where and why; what is over is not told', async () => {
    const w = await world()
    const [soon, later] = [Date.parse('2027-01-04T08:00+02:00'), Date.parse('2027-01-08T16:00+02:00')]
    await closing(w, [
      { spaceId: 'luokka' }, { unitId: 'koulu', startsAt: soon, endsAt: later, reason: { fi: 'Vesiputki korjataan', sv: 'Ett vattenrör repareras' } },
      { spaceId: 'sali', startsAt: Date.parse('2026-11-01T08:00+02:00'), endsAt: Date.parse('2026-11-02T08:00+02:00'), reason: { fi: 'Vanha' } },
    ])
    const text = section(await read(w, '/rules/restrictions'), 'closures')
    expect(text).toContain('(2) Kallion koulu: Luokka')
    expect(text).toContain('Kiinni, auki taas to 26.11. klo 0. Lattia vahataan')
    expect(text).toContain('Kallion koulu: koko toimipiste Kiinni ma 4.1. klo 8 alkaen, auki taas pe 8.1. klo 16. Vesiputki korjataan')
    expect(text).not.toContain('Vanha')
    // A reason that is not in the reader's language says in which it is.
    const swedish = await read(w, '/sv/rules/restrictions')
    expect(swedish).toContain('<p lang="fi">Lattia vahataan</p>')
    expect(swedish).toContain('<p>Ett vattenrör repareras</p>')
  })
  test('begin with what the rules keep for staff in every space of a kind, with the reason, the rule and the spaces', async () => {
    const w = await world()
    const html = await read(w, '/rules/restrictions')
    const text = section(html, 'by-rule')
    expect(text).toContain('Tilat, joiden varauksista henkilökunta päättää (3) Nämä säännöt ovat samat koko kaupungissa.')
    expect(text).toMatch(/Keittiössä ja ruokasalissa on koneita, .* 2 tilaa: Koulu, ruokasalit: 1 tila Kallion koulu Nuorisotila, keittiöt: 1 tila Itiksen nuorisotila Salissa on myös talon omaa avointa ohjelmaa\. .* 1 tila: Nuorisotila, nuorisosalit: 1 tila Itiksen nuorisotila $/)
    for (const id of ['food_space_by_person', 'event_hall_by_person']) expect(html).toContain(`href="/rules#rule-${id}"`)
    expect(html.indexOf('id="by-rule"')).toBeLessThan(html.indexOf('id="limited"'))
    expect(html).not.toContain('id="by-person"')
    expect(section(await read(w, '/sv/rules/restrictions'), 'by-rule')).toMatch(/\(3\) De här reglerna är desamma i hela staden\. .* I kök och matsalar finns det maskiner, .* 2 lokaler: Skola, matsalar: 1 lokal/)
    expect(section(await read(w, '/en/rules/restrictions'), 'by-rule')).toMatch(/\(3\) These rules are the same in the whole city\. .* The building’s own open programme is held in the hall too\. .* 1 space: Youth centre, youth halls: 1 space/)
    expect(section(await read(w, '/rules/restrictions?plain=1'), 'by-rule')).toContain('Ruoan pitää pysyä puhtaana.')
  })
  test('say where the rules leave nothing to staff', async () => {
    const w = await world()
    await withEdition(w, 'kaikki-heti', '2026-11-23', { approvalRules: example.approvalRules.filter(({ id }) => !id.endsWith('_by_person') || id === 'space_by_person') })
    expect(section(await read(w, '/rules/restrictions'), 'by-rule')).toContain('(0) Tällaisia tiloja ei ole.')
  })
  test('group units that lend nothing, and spaces with limits, by their reason and end, and count them', async () => {
    const w = await world()
    const leirit = { fi: 'Leirit haetaan erikseen.', sv: 'Läger ansöker man om separat.', en: 'You apply for camps separately.', plain: 'Leirille haetaan erikseen.' }
    const koneet = { what: { fi: 'Koneiden käyttö' }, reason: { fi: 'Koneet vaativat ohjaajan.' }, validTo: '2026-12-31' }
    await w.ctx.db.transaction(async (db) => {
      for (const id of ['leiri', 'toinen-leiri']) await db.insert(units).values({ ...(await db.select().from(units).where(eq(units.id, 'nuoriso')))[0]!, id, slug: id, name: { fi: id } }).returning()
    })
    await restricted(w.ctx,
      { unitId: 'nuoriso', effect: 'not_lent', reason: leirit, validTo: '2027-07-31' },
      { unitId: 'leiri', effect: 'not_lent', reason: leirit, validTo: '2026-11-22' },
      { unitId: 'toinen-leiri', effect: 'not_lent', reason: leirit, validFrom: '2026-11-24', validTo: '2027-07-31' },
      { unitId: 'kirjasto', effect: 'not_lent', reason: { fi: 'Vanha syy' } },
      { unitId: 'koulu', ...koneet }, { unitId: 'koulu', ...koneet, id: 'ohi', what: { fi: 'Ohi' }, validTo: '2026-11-22' },
      { unitId: 'koulu', ...koneet, id: 'pian', what: { fi: 'Remontti' }, spaceId: 'sali-a', validFrom: '2027-01-07', validTo: '2027-02-28', decision: { number: 'HEL 2026-000999', date: '2026-11-20', body: { fi: 'Kulttuurilautakunta', sv: 'Kulturnämnden' } } },
      { unitId: 'kirjasto', spaceId: 'kokoushuone', what: { fi: 'Kahvinkeitto' }, reason: { fi: 'Koneet vaativat ohjaajan.' } },
    )
    const html = await read(w, '/rules/restrictions')
    const notLent = section(html, 'not-lent')
    expect(notLent).toContain('(3)')
    expect(notLent).toContain('Leirit haetaan erikseen. Voimassa 1.8.2026–31.7.2027. 1 toimipiste: Itiksen nuorisotila')
    expect(notLent).toContain('Leirit haetaan erikseen. Rajoitus oli voimassa 22.11.2026 asti. Kaupungin pitää nyt avata tilat tai kertoa uusi syy. 1 toimipiste: leiri')
    expect(notLent).toContain('Leirit haetaan erikseen. Tulee voimaan 24.11.2026. Päättyy 31.7.2027. 1 toimipiste: toinen-leiri')
    expect(notLent).toContain('Vanha syy Voimassa 1.8.2026 alkaen. Päättymispäivää ei ole. 1 toimipiste: Kallion kirjasto')
    const limited = section(html, 'limited')
    expect(limited).toContain('Tilat, joiden käytössä on rajoitus (6)')
    expect(limited).toContain('Koneiden käyttö Koneet vaativat ohjaajan. Voimassa 1.8.2026–31.12.2026. 5 tilaa: Kallion koulu ')
    expect(limited).toContain('Remontti Koneet vaativat ohjaajan. Tulee voimaan 7.1.2027. Päättyy 28.2.2027. Päätös HEL 2026-000999, 20.11.2026. Kulttuurilautakunta. 2 tilaa: Kallion koulu, Liikuntasali, lohko A')
    expect(limited).toContain('Kahvinkeitto Koneet vaativat ohjaajan. Voimassa 1.8.2026 alkaen. Päättymispäivää ei ole. 1 tila: Kallion kirjasto, Kokoushuone')
    expect(html).not.toContain('Ohi')
    expect(section(await read(w, '/sv/rules/restrictions'), 'not-lent')).toContain('Läger ansöker man om separat. Gäller från 1.8.2026 till 31.7.2027. 1 verksamhetsställe')
    expect(section(await read(w, '/sv/rules/restrictions'), 'limited')).toContain('Beslut HEL 2026-000999, 20.11.2026. Kulturnämnden')
    expect(section(await read(w, '/en/rules/restrictions'), 'not-lent')).toContain('You apply for camps separately. The restriction applied until 22 Nov 2026. The city must now open the spaces or give a new reason. 1 building')
    expect(section(await read(w, '/rules/restrictions?plain=1'), 'not-lent')).toContain('Leirille haetaan erikseen. Tämä alkoi 1.8.2026. Tämä loppuu 31.7.2027. 1 talo: Itiksen nuorisotila')
  })
  test('an older database: what is left to a person without a limit or a rule is named, until somebody says why', async () => {
    const w = await world()
    await w.ctx.db.transaction(async (db) => {
      await db.update(spaces).set({ approval: 'person' }).where(eq(spaces.id, 'luokka')).returning()
      // The rule about kitchens is a reason; a limit that counts stands in its own section; past its day it explains nothing any more.
      await db.update(spaces).set({ approval: 'person' }).where(eq(spaces.id, 'keittio')).returning()
      await db.update(spaces).set({ approval: 'person' }).where(eq(spaces.id, 'ruokasali')).returning()
      await db.update(spaces).set({ approval: 'person' }).where(eq(spaces.id, 'kokoushuone')).returning()
    })
    await restricted(w.ctx,
      { unitId: 'koulu', spaceId: 'ruokasali', what: { fi: 'Näyttämö' }, reason: { fi: 'Vain mestarin kanssa.' } },
      { unitId: 'kirjasto', what: { fi: 'Ohi' }, reason: { fi: 'Vanha' }, validTo: '2026-11-22' },
    )
    const text = section(await read(w, '/rules/restrictions'), 'by-person')
    expect(text).toContain('Tilat, joissa henkilökunta päättää ilman julkista syytä (2) Näissä tiloissa varaus ei vahvistu heti, vaikka säännöissä olisi selvä vastaus. Toimipisteet eivät ole vielä kertoneet, miksi.')
    expect(text).toMatch(/Koulu, luokkahuoneet: 1 tila Kallion koulu Kirjasto, kokoushuoneet: 1 tila Kallion kirjasto $/)
    expect(section(await read(w, '/sv/rules/restrictions'), 'by-person')).toContain('Verksamhetsställena har ännu inte berättat varför.')
    expect(section(await read(w, '/en/rules/restrictions'), 'by-person')).toContain('The buildings have not yet said why.')
  })
  test('name the units that differ from the rules, until when and why', async () => {
    const w = await world()
    const free = { charge: 'free' as const, when: { all: [] }, name: said('Koulun kokeilu'), text: said('Kokeilu: koulun tilat ovat maksuttomia.'), source: 'HEL 2026-000777' }
    const edition = await withEdition(w, 'kokeilu', '2026-11-23', {
      exceptions: [
        { ...free, id: 'trial', unit: 'kallion-koulu', validFrom: '2026-11-01', validTo: '2026-12-31' },
        { ...free, id: 'old_trial', name: said('Vanha kokeilu'), unit: 'purettu', validFrom: '2025-11-01', validTo: '2025-12-31' },
      ],
    })
    const html = await read(w, '/rules/restrictions')
    expect(section(html, 'exceptions')).toContain('(1) Kallion koulu, 1.11.2026–31.12.2026 Kokeilu: koulun tilat ovat maksuttomia.')
    expect(section(html, 'exceptions')).toContain('Lähde: HEL 2026-000777')
    expect(html).toContain('href="/rules#rule-trial"')
    // A booking may still point to one that has ended.
    const rules = await read(w, '/rules')
    for (const { id } of edition.exceptions) expect(ids(rules)).toContain(`rule-${id}`)
    expect(main(rules)).toContain('purettu, oli voimassa 1.11.2025–31.12.2025')
  })
})

describe('the procedure', () => {
  test('says how decisions are made, who answers, what a person decides, how to ask for a review, and what was tested', async () => {
    const w = await world()
    const text = main(await read(w, '/rules/procedure'))
    expect(text).toContain('Palvelu vahvistaa varauksen itse vain, kun säännöt ratkaisevat asian kokonaan.')
    expect(text).toContain('hallintolaki 434/2003, 53 e–53 g §')
    expect(text).toContain(example.procedure!.responsible.fi)
    expect(text).toContain('Uskonnolliset tilaisuudet muissa tiloissa')
    expect(text).toContain('oikaisua 14 päivän kuluessa')
    expect(text).toContain(example.review!.body.fi)
    const { combinations } = prove(example)
    expect(text.replace(/\s/g, '')).toContain(`${combinations}erilaistavarausta`)
    expect(text).toContain('Kaupunki voi hyväksyä säännöt vasta, kun ohjelma on käynyt kaikki tapaukset läpi eikä löydä virheitä.')
    expect(main(await read(w, '/rules/procedure?plain=1'))).toContain(example.procedure!.responsible.plain)
  })
  test('is honest about an edition that says nothing of it, and about one that fails its check', async () => {
    const w = await world()
    const [first, ...rest] = exampleJson().chargeRules
    await withEdition(w, 'vajaa', '2026-11-23', { procedure: undefined, review: undefined, chargeRules: [first!, { ...first!, id: 'never_reached' }, ...rest] })
    const text = main(await read(w, '/rules/procedure'))
    expect(text).toContain('Näissä säännöissä ei kerrota, miten palvelu päättää varauksista itse.')
    expect(text).toContain('Näissä säännöissä ei kerrota, mihin oikaisuvaatimus lähetetään.')
    expect(text).toContain('löytänyt niistä yhden kohdan, joka pitää korjata')
  })
})

test('the terms in force stand first, those of other editions after them', async () => {
  const w = await world()
  await withEdition(w, 'ehdot-2027', '2027-01-01', { terms: { version: '2027-1', text: said('Uusi ehto') } })
  const text = main(await read(w, '/rules/terms'))
  expect(text).toContain(`Ehtojen versio ${example.terms.version} Voimassa 1.1.2020–31.12.2026.`)
  expect(text).toContain(example.terms.text.fi.split('\n')[0])
  expect(text.indexOf('Ehtojen versio 2027-1. Tulee voimaan 1.1.2027.')).toBeGreaterThan(text.indexOf('Aiemmat ja tulevat ehdot'))
  expect(main(await read(w, '/rules/terms?plain=1'))).toContain('Uusi ehto (selko)')
})

test('terms that several editions share are told once, with the editions and days that they hold for', async () => {
  const w = await world()
  await withEdition(w, 'samat-2027', '2027-01-01')
  await withEdition(w, 'toiset-2028', '2028-01-01', { terms: { version: '2028-1', text: said('Uusi ehto') } })
  await withEdition(w, 'kolmas-2029', '2029-01-01', { terms: { version: '2029-1', text: said('Uusi ehto') } })
  const html = await read(w, '/rules/terms')
  const text = main(html)
  const [first = ''] = example.terms.text.fi.split('\n')
  expect(text.split(first)).toHaveLength(2)
  expect(text.split('Uusi ehto')).toHaveLength(2)
  expect(text).toContain(`Ehtojen versio ${example.terms.version} Voimassa 1.1.2020–31.12.2026. Esimerkkisääntökirja (example-4) Tulee voimaan 1.1.2027. Säännöt 2027 (samat-2027)`)
  expect(text).toContain('Ehtojen versio 2029-1, 2028-1. Tulee voimaan 1.1.2029. Tulee voimaan 1.1.2028.')
  expect(text).not.toContain('Muita ehtoja ei ole ollut')
  for (const id of ['samat-2027', 'toiset-2028', 'kolmas-2029']) expect(html).toContain(`href="/rules/editions/${id}"`)
  expect(main(await read(await world(), '/rules/terms'))).toContain('Muita ehtoja ei ole ollut')
})

test('each page can be read in three languages and in easy Finnish, with a way to the others', async () => {
  const w = await world()
  for (const path of ['/rules', '/rules/editions', '/rules/editions/example-4', '/rules/restrictions', '/rules/procedure', '/rules/terms']) {
    for (const at of [path, `/sv${path}`, `/en${path}`, `${path}?plain=1`]) {
      const html = await read(w, at)
      expect(html.match(/<h1/g), at).toHaveLength(1)
      expect(html).not.toMatch(/\b(undefined|NaN|null)\b|\[object/)
      const prefix = /^\/(sv|en)(?=\/)/.exec(at)?.[0] ?? ''
      const way = at.endsWith('plain=1') ? '?plain=1' : ''
      for (const other of ['/rules', '/rules/editions', '/rules/restrictions', '/rules/procedure', '/rules/terms']) expect(html, at).toContain(`href="${prefix}${other}${way}"`)
      expect(html.includes('Lue yleiskielellä'), at).toBe(way !== '')
    }
  }
})
