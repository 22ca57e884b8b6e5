import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alike, compare, told, type Comparison } from '../../src/rulebook/comparison.ts'
import { comparisonView } from '../../src/rulebook/comparison-view-pages.ts'
import { differences, type Difference } from '../../src/rulebook/differences.ts'
import { parseEdition, type Edition } from '../../src/rulebook/edition.ts'
import { lineChanges } from '../../src/rulebook/line-changes.ts'
import { example, exampleJson } from './example.ts'

const changed = (change: (edition: Edition) => void): Comparison => {
  const edition = exampleJson()
  change(edition)
  return compare(example, parseEdition(edition))
}
const ruleIn = (edition: Edition, id: string) => edition.chargeRules.find((rule) => rule.id === id)!
/** The sections that tell anything. */
const telling = (comparison: Comparison): string[] => Object.entries(comparison).filter(([, found]) => found.length > 0).map(([name]) => name)
const short = ({ path, ...one }: Difference): unknown[] => [one.is, path.join('.'), ...('from' in one ? [one.from] : []), ...('to' in one ? [one.to] : [])]

describe('an edition compared', () => {
  test('with itself says nothing', () => {
    expect(telling(compare(example, example))).toEqual([])
    expect(telling(compare(example, parseEdition(exampleJson())))).toEqual([])
    expect(telling(compare({ ...example, later: [example], pricedAsOf: '2026-01-01' } as Edition, example))).toEqual([])
  })

  test('tells a rule that was added, removed, moved and rewritten', () => {
    const { rules, ...others } = changed((edition) => {
      const [first, second, third] = edition.chargeRules
      const added = { ...third!, id: 'neighbours', text: { ...third!.text, fi: 'Naapurit.' } }
      edition.chargeRules.splice(0, 3, third!, first!, added)
      ruleIn(edition, first!.id).text = { ...first!.text, sv: 'Nytt.' }
      expect(second!.id).not.toBe(first!.id)
    })
    expect(telling(others as Comparison)).toEqual([])
    const [one, two] = example.chargeRules.map(({ id }) => id)
    expect(rules.map(({ id, is, moved, differences }) => [id, is, moved, differences.length])).toEqual([
      [two, 'removed', null, 1], [one, 'changed', { from: 1, to: 2 }, 2], ['neighbours', 'added', null, 1],
    ])
    expect(short(rules[1]!.differences[1]!)).toEqual(['changed', `chargeRules.${one}.text.sv`, example.chargeRules[0]!.text.sv, 'Nytt.'])
    expect([rules[0]!.from?.id, rules[0]!.to, rules[2]!.from, rules[2]!.to?.text.fi]).toEqual([two, null, null, 'Naapurit.'])
  })

  test('tells only that as moved which no longer stands among the others', () => {
    const { rules } = changed((edition) => edition.chargeRules.splice(0, 0, ...edition.chargeRules.splice(-2, 1)))
    expect(rules.map(({ id, moved }) => [id, moved])).toEqual([[example.chargeRules.at(-2)!.id, { from: example.chargeRules.length - 1, to: 1 }]])
  })

  test('tells a condition as a whole, and the price class that came with the charge', () => {
    const { rules, definitions } = changed((edition) => {
      ruleIn(edition, 'big_event').when = { fact: 'people', atLeast: 300 }
      ruleIn(edition, 'youth').charge = 'paid'
      ruleIn(edition, 'youth').priceClass = 'basic'
      edition.definitions['organisation'] = { fact: 'applicant', in: ['company'] }
    })
    expect(rules.flatMap((rule) => rule.differences).map(short)).toEqual([
      ['changed', 'chargeRules.big_event.when', { fact: 'people', atLeast: 200 }, { fact: 'people', atLeast: 300 }],
      ['changed', 'chargeRules.youth.charge', 'free', 'paid'],
      ['added', 'chargeRules.youth.priceClass', 'basic'],
    ])
    expect(definitions.map(short)).toEqual([['changed', 'definitions.organisation', example.definitions['organisation'], { fact: 'applicant', in: ['company'] }]])
  })

  test('tells a price by what it is for and from when: ended, dearer, new for a unit', () => {
    const { prices } = changed(({ priceList }) => {
      const [first, second] = priceList.prices
      priceList.prices.splice(1, 0, { ...first!, validFrom: '2027-01-01', centsPerHour: 1100 })
      first!.validTo = '2026-12-31'
      second!.centsPerHour = 1950
      priceList.prices.push({ ...first!, validTo: null, unit: 'kallion-koulu', centsPerHour: 500 })
    })
    const { prices: [first, second] } = example.priceList
    expect(prices.map(({ is, from, to }) => [is, from && [from.class, from.group, from.centsPerHour, from.validTo], to && [to.unit, to.centsPerHour, to.validFrom, to.validTo]])).toEqual([
      ['changed', [first!.class, first!.group, first!.centsPerHour, null], [undefined, first!.centsPerHour, '2024-09-01', '2026-12-31']],
      ['added', null, [undefined, 1100, '2027-01-01', null]],
      ['changed', [second!.class, second!.group, second!.centsPerHour, null], [undefined, 1950, '2024-09-01', null]],
      ['added', null, ['kallion-koulu', 500, '2024-09-01', null]],
    ])
  })

  test.each<[string, (edition: Edition) => void, string[], string[]]>([
    ['limits', (edition) => { edition.limits.holdMinutes = 20 }, ['limits'], ['limits.holdMinutes']],
    ['a longest time to decide', (edition) => { edition.limits.decisionDaysAtMost = 30 }, ['limits'], ['limits.decisionDaysAtMost']],
    ['duties', (edition) => { edition.duties[0]!.text.en = 'Do it.' }, ['duties'], ['duties.commitment.text.en']],
    ['terms', (edition) => { edition.terms.version = 'b' }, ['terms'], ['terms.version']],
    ['its name and days', (edition) => { edition.name.fi = 'Toinen'; edition.validFrom = '2025-01-01' }, ['general'], ['validFrom', 'name.fi']],
    ['a rate of two with one id', (edition) => { edition.vatRates[1]!.rate = 26 }, ['rest'], ['vatRates.general 2024-09-01.rate']],
    ['kinds of a class', (edition) => { edition.priceList.classes[0]!.belowM2 = 55 }, ['rest'], [`priceList.classes.${example.priceList.classes[0]!.id}.belowM2`]],
    ['an exception', (edition) => { edition.exceptions = [{ ...edition.chargeRules.at(-1)!, id: 'pilot', unit: 'kallion-koulu', validFrom: '2027-01-01', validTo: '2027-12-31' }] }, ['exceptions'], ['exceptions.pilot']],
    ['extras', (edition) => { edition.extras.pop() }, ['rest'], [`extras.${example.extras.at(-1)!.id}`]],
  ])('tells %s in their place', (_, change, sections, paths) => {
    const comparison = changed(change)
    expect(telling(comparison)).toEqual(sections)
    expect(told(comparison).map(({ path }) => path.join('.').replace(/ #\d$/, ''))).toEqual(paths)
  })

  test('is alike when only its name in the books differs', () => {
    expect(alike(compare(example, parseEdition({ ...exampleJson(), id: 'other', status: 'draft', validFrom: '2025-02-02' })))).toBe(true)
    expect(alike(changed((edition) => { edition.limits.holdMinutes = 20 }))).toBe(false)
    expect(alike(changed((edition) => { edition.pricedOn = 'request' }))).toBe(false)
  })
})

type Spoil = { at: number; how: 'drop' | 'change' | 'swap' | 'double' }

/** The example with the lists that its file leaves out. */
const whole = (): Edition => Object.assign({ exceptions: [] }, exampleJson())

/** The example with some of its lists and values spoilt, wherever they are. */
function spoilt(spoils: readonly Spoil[]): Edition {
  const json = whole() as unknown as Record<string, unknown>
  const places: { within: Record<string, unknown> | unknown[]; key: string }[] = []
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const key of Object.keys(value)) {
      places.push({ within: value as Record<string, unknown>, key })
      walk((value as Record<string, unknown>)[key])
    }
  }
  walk(json)
  for (const { at, how } of spoils) {
    const { within, key } = places[at % places.length]!
    const holder = within as Record<string, unknown>
    if (how === 'drop') {
      if (Array.isArray(within)) within.splice(Number(key), 1)
      else delete holder[key]
    } else if (how === 'double' && Array.isArray(within)) within.push(structuredClone(within[Number(key)]))
    else if (how === 'swap' && Array.isArray(within) && within.length > 1) within.push(within.shift())
    else if (typeof holder[key] !== 'object') holder[key] = `${String(holder[key])}?`
  }
  return json as unknown as Edition
}

/** The example with texts, numbers and choices replaced by marks. */
function marked(places: readonly number[]): { edition: Edition; marks: string[] } {
  const json = exampleJson() as unknown as Record<string, unknown>
  const leaves: { within: Record<string, unknown>; key: string }[] = []
  const walk = (value: Record<string, unknown>): void => {
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'object' && inner !== null) walk(inner as Record<string, unknown>)
      else leaves.push({ within: value, key })
    }
  }
  walk(json)
  const marks = places.map((place, at) => {
    const { within, key } = leaves[place % leaves.length]!
    return (within[key] = `mark ${at}`)
  })
  const text = JSON.stringify(json)
  return { edition: JSON.parse(text) as Edition, marks: marks.filter((mark) => text.includes(`"${mark}"`)) }
}

describe('no difference is lost', () => {
  const spoils = fc.array(fc.record({ at: fc.nat(20_000), how: fc.constantFrom<Spoil['how']>('drop', 'change', 'swap', 'double') }), { maxLength: 6 })

  test('whatever was changed: nothing is told exactly when nothing differs', () => {
    fc.assert(fc.property(spoils, (how) => {
      const [from, to] = [whole(), spoilt(how)]
      expect(differences(from, to).length === 0).toBe(JSON.stringify(from) === JSON.stringify(to))
      expect(differences(to, structuredClone(to))).toEqual([])
    }), { numRuns: 60 })
  })

  test('each is told once, in one section', () => {
    fc.assert(fc.property(spoils, (how) => {
      const to = spoilt(how)
      if (!Array.isArray(to.chargeRules) || !Array.isArray(to.priceList?.prices) || !Array.isArray(to.duties) || !Array.isArray(to.exceptions)) return
      const all = differences(whole(), to)
      expect(told(compare(whole(), to)).map((one) => JSON.stringify(one)).sort()).toEqual(all.map((one) => JSON.stringify(one)).sort())
    }), { numRuns: 60 })
  })

  test('every value that is new is told, and of a file read the other way every value that is gone', () => {
    fc.assert(fc.property(fc.array(fc.nat(20_000), { minLength: 1, maxLength: 8 }), (places) => {
      const { edition, marks } = marked(places)
      const [there, back] = [differences(exampleJson(), edition), differences(edition, exampleJson())]
      const said = (found: Difference[], side: 'from' | 'to') => JSON.stringify(found.map((one) => (side in one ? (one as { to: unknown; from: unknown })[side] : null)))
      expect(marks.filter((mark) => !said(there, 'to').includes(`"${mark}"`) || !said(back, 'from').includes(`"${mark}"`))).toEqual([])
    }), { numRuns: 60 })
  })
})

describe('a text is compared line by line', () => {
  test.each<[string, string, string]>([
    ['a\nb\nc', 'a\nb\nc', ' a b c'], ['a\nb\nc', 'a\nx\nc', ' a -b +x c'], ['a', 'a\nb', ' a +b'], ['a\nb', 'b', ' -a b'], ['a\nb\nc\nd', 'c\nd\na\nb', ' -a -b c d +a +b'], ['', 'a', ' - +a'],
  ])('%j → %j', (from, to, said) => {
    const sign = { same: ' ', added: ' +', removed: ' -' }
    expect(lineChanges(from, to).map(({ is, text }) => sign[is] + text).join('')).toBe(said)
  })

  test('and both can be read out of it', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 8 }).map((lines) => lines.join('\n'))
    fc.assert(fc.property(text, text, (from, to) => {
      const lines = lineChanges(from, to)
      expect(lines.filter(({ is }) => is !== 'added').map((one) => one.text).join('\n')).toBe(from)
      expect(lines.filter(({ is }) => is !== 'removed').map((one) => one.text).join('\n')).toBe(to)
    }))
  })
})

describe('a comparison in words', () => {
  const view = (change: (edition: Edition) => void, lang: 'fi' | 'sv' | 'en' = 'fi') => {
    const edition = exampleJson()
    change(edition)
    const to = parseEdition(edition)
    return comparisonView(compare(example, to), { from: example, to, lang, unit: (slug) => (slug === 'kallion-koulu' ? 'Kallion koulu' : slug) })
  }
  const rows = (change: (edition: Edition) => void, lang?: 'fi' | 'sv' | 'en') =>
    view(change, lang).flatMap(({ items }) => items).flatMap(({ title, rows }) => rows.map((row) => [title, row.term, row.from, row.to].filter(Boolean).join(' | ').replaceAll('\u00a0', ' ')))

  test('names a price by the spaces, the group, the unit and the hours that it is for', () => {
    const change = ({ priceList }: Edition) => {
      const [first] = priceList.prices
      priceList.bands = [{ id: 'late', weekdays: [5, 6], from: 1020, to: 1440, text: { fi: 'Ilta', sv: 'Kväll', en: 'Evening', plain: 'Ilta' } }]
      priceList.prices.push({ ...first!, unit: 'kallion-koulu', band: 'late', supervision: 'staffed', centsPerHour: 500 })
    }
    const said = rows(change)
    expect(said[0]).toBe('Liikuntasali alle 300 m², luokkahuone, kokoushuone, ryhmätila, nuorisosali; Tilan vuokra, perushinta; Kallion koulu; Ilta; Henkilökunta paikalla | Hinta tunnilta | 5 €')
    expect(said).toContain('Hinnaston rakenne: ajat, late, Viikonpäivät | pe, la')
    expect(said).toContain('Hinnaston rakenne: ajat, late, Alkaa | 17')
    expect(rows(change, 'sv')[0]).toContain('Gymnastiksal under 300 m², klassrum')
    expect(said.filter((one) => one.includes('Arvonlisävero'))).toEqual([expect.stringMatching(/\| Arvonlisävero \| 25,5 %$/)])
    const ended = rows((edition) => { change(edition); Object.assign(edition.priceList.prices.at(-1)!, { validTo: '2023-12-31' }) }, 'en')
    expect(ended.filter((one) => one.includes('| VAT'))).toEqual([expect.stringMatching(/\| VAT \| 24%$/)])
  })

  test.each<[string, (edition: Edition) => void, string[]]>([
    ['a decision', (edition) => { edition.status = 'adopted'; edition.decision = { number: 'HEL 1', date: '2026-11-20', body: { fi: 'Hallitus', sv: 'Styrelsen', en: 'Board', plain: 'Kaupungin hallitus' } } }, ['Päätös | ei mitään | numero: HEL 1; päivä: 20.11.2026; kuka päättää: Hallitus']],
    ['a quota', (edition) => { edition.quotas[0]!.hours = 9 }, [`Kiintiöt: ${example.quotas[0]!.id}, Tunteja`]],
    ['an address', (edition) => { edition.review!.contact.sv = 'Registratorskontoret' }, ['Oikaisuvaatimus: Minne lähetät oikaisuvaatimuksen (ruotsiksi)']],
    ['that nothing is said of a review', (edition) => { delete edition.review }, ['Oikaisuvaatimus | kuka päättää: Lautakunta,']],
    ['a size class', (edition) => { edition.priceList.classes[0]!.belowM2 = 250 }, ['Koko alle | 300 m² | 250 m²']],
    ['steps of a charge', (edition) => { edition.cancellations[0]!.tiers = [{ daysBefore: 7, percent: 0 }, { daysBefore: 0, percent: 50 }] }, ['Päiviä ennen: 7; Osuus hinnasta: 0 %; Päiviä ennen: 0; Osuus hinnasta: 50 %']],
  ])('tells %s by words', (_, change, wanted) => {
    const said = rows(change).join('\n')
    for (const one of wanted) expect(said).toContain(one)
  })

  test('tells an edition that was withdrawn as such, whose file still says adopted', () => {
    const adopted = (id: string): Edition => parseEdition({ ...exampleJson(), id, status: 'adopted', decision: { number: 'HEL 1', date: '2026-11-20', body: example.name } })
    const status = (from: Edition, to: Edition) => comparisonView(compare(from, to), { from, to, withdrawn: new Set(['peruttu']), lang: 'fi' })
      .flatMap(({ items }) => items).flatMap(({ rows }) => rows).filter(({ term }) => term === 'Tila').map(({ from, to }) => [from, to])
    expect(status(example, adopted('peruttu'))).toEqual([['Esimerkki', 'Peruttu']])
    expect(status(adopted('voimassa'), adopted('peruttu'))).toEqual([['Hyväksytty', 'Peruttu']])
    expect(status(example, adopted('voimassa'))).toEqual([['Esimerkki', 'Hyväksytty']])
    expect(status(adopted('peruttu'), adopted('peruttu'))).toEqual([])
  })

  test('names an exception by its unit and its days, and tells its reason', () => {
    const pilot = { ...ruleIn(example, 'entry_fee'), id: 'pilot', unit: 'kallion-koulu', validFrom: '2027-01-01', validTo: '2027-12-31' }
    const change = (edition: Edition) => { edition.exceptions = [pilot] }
    const [section, ...others] = view(change)
    expect([section!.id, others]).toEqual(['exceptions', []])
    expect(section!.items.map(({ title, is }) => [title, is])).toEqual([['Kallion koulu, 1.1.2027–31.12.2027', 'added']])
    expect(section!.items[0]!.rows).toContainEqual({ term: 'Teksti', from: null, to: pilot.text.fi })
    expect(JSON.stringify(section)).not.toMatch(/pilot|kallion-koulu/)
    expect(view(change, 'sv')[0]!.items[0]!.title).toBe('Kallion koulu, 1.1.2027–31.12.2027')
    const [from, to] = [parseEdition({ ...exampleJson(), exceptions: [pilot] }), parseEdition({ ...exampleJson(), exceptions: [{ ...pilot, validTo: '2027-06-30' }] })]
    const [longer] = comparisonView(compare(from, to), { from, to, lang: 'fi' })
    expect(longer!.items).toEqual([{ title: 'kallion-koulu, 1.1.2027–30.6.2027', is: 'changed', note: null, rows: [{ term: 'Päättyy', from: '31.12.2027', to: '30.6.2027' }] }])
  })

  test('tells a long condition line by line', () => {
    const [section] = view((edition) => { ruleIn(edition, 'special_groups').when = { all: [{ fact: 'applicant', in: ['company', 'other'] }, { fact: 'entryFee', is: true }, { defined: 'small' }] } })
    const { lines } = section!.items[0]!.rows[0]!
    expect(lines!.filter(({ is }) => is !== 'removed').map(({ text }) => text)).toEqual(['kaikki nämä:', '– Varaajana yritys tai joku muu.', '– Pääsymaksu.', '– Väkeä enintään 30'])
  })

  test('shows nobody JSON, whatever changes', () => {
    const everything = (edition: Edition) => {
      edition.priceList.bands = [{ id: 'late', weekdays: [5], from: 1020, to: 1440, text: { fi: 'Ilta', sv: 'Kväll', en: 'Evening', plain: 'Ilta' } }]
      edition.quotas.pop()
      edition.cancellations[0]!.tiers.pop()
      edition.sanctions.pop()
      edition.supervisionRules[0]!.duties.pop()
      edition.exceptions = [{ ...edition.chargeRules.at(-1)!, id: 'pilot', unit: 'kallion-koulu', validFrom: '2027-01-01', validTo: '2027-12-31' }]
      edition.applicantGroups[0]!.evidence.fi = 'Toisin.'
      delete edition.procedure
    }
    for (const lang of ['fi', 'sv', 'en'] as const) {
      const said = rows(everything, lang)
      expect(said.length).toBeGreaterThan(15)
      expect(said.filter((one) => /[{}[\]"]|undefined|\b(self_supervised|key_contract|not_allowed|needs_person|centsPerHour|kallion-koulu)\b/.test(one))).toEqual([])
    }
  })
})
