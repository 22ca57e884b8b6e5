import { describe, expect, test } from 'vitest'
import { bookOf, decidingRule } from '../../src/rulebook/book.ts'
import { compileCondition } from '../../src/rulebook/compile.ts'
import type { Condition } from '../../src/rulebook/condition.ts'
import type { ChargeRule, Edition, UnitException } from '../../src/rulebook/edition.ts'
import { prove } from '../../src/rulebook/proof.ts'
import type { Example, ProofFault } from '../../src/rulebook/proof.ts'
import { quote } from '../../src/rulebook/quote.ts'
import type { Quote } from '../../src/rulebook/quote.ts'
import { anHour } from '../../src/rulebook/typical.ts'
import { example } from './example.ts'

const text = { fi: 'teksti', sv: 'texten', en: 'text', plain: 'sana' }
const always: Condition = { all: [] }

const asked = (edition: Edition, { facts, space, date = edition.validFrom }: Example): Quote => quote(edition, facts, space, anHour(date))
const holds = (edition: Edition, when: Condition, { facts, space }: Example, supervision?: Quote['supervision']['mode']) =>
  compileCondition(when, edition.definitions).holds({ facts, space, supervision })

describe('the example edition', () => {
  const proof = prove(example)

  test('is proven', () => {
    expect(proof.faults).toEqual([])
    expect(proof.ok).toBe(true)
    expect(proof.combinations).toBeGreaterThan(1e9)
    expect(proof.nodes).toBeLessThan(20_000)
  })

  test('has a wish for each rule, which the rule really decides', () => {
    const { chargeRules, supervisionRules, approvalRules, extras } = example
    const ids = (rules: readonly { id: string }[]) => rules.map(rule => rule.id)
    const wish = (id: string) => asked(example, proof.witnesses.get(id)!)
    expect(ids(chargeRules).map(id => wish(id).because[0]!.rule)).toEqual(ids(chargeRules))
    expect(ids(supervisionRules).map(id => wish(id).supervision.because.rule)).toEqual(ids(supervisionRules))
    const others = ids([...approvalRules, ...extras])
    expect(others.filter(id => !wish(id).because.some(({ rule }) => rule === id))).toEqual([])
  })

  test('has the wish of the rule where a limit has the same id', () => {
    const edition = structuredClone(example)
    edition.lengths.push({ id: 'big_event', when: always, atLeastMinutes: 15, text })
    expect(prove(edition).witnesses.get('big_event')).toEqual(proof.witnesses.get('big_event'))
  })

  test('is walked in well under five seconds', () => {
    const start = performance.now()
    prove(example)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

/** That the example of a fault shows it to the code that answers wishes. */
function shows(edition: Edition, fault: ProofFault): boolean {
  const { example: one } = fault
  if (!one) return false
  const rules = [
    ...edition.chargeRules, ...edition.exceptions, ...edition.supervisionRules, ...edition.approvalRules, ...edition.extras,
    ...edition.lengths, ...edition.leadTimes, ...edition.cancellations,
  ]
  const when = (id: string) => rules.find(rule => rule.id === id)!.when
  switch (fault.code) {
    case 'no-outcome':
      expect(() => decidingRule(bookOf(edition), one.facts.applicant, one.facts.purpose, { ...one, supervision: undefined })).toThrow('decides')
      return !edition.chargeRules.some(rule => holds(edition, rule.when, one))
    case 'no-supervision':
      expect(() => asked(edition, one)).toThrow('No supervision rule')
      return !edition.supervisionRules.some(rule => one.space.supervision.includes(rule.mode) && holds(edition, rule.when, one))
    case 'unreachable': {
      const { because, supervision } = asked(edition, one)
      return holds(edition, when(fault.rule), one, supervision.mode) && !because.some(({ rule }) => rule === fault.rule)
        && fault.shadowedBy.some(id => holds(edition, when(id), one))
    }
    case 'price-missing':
      if (edition.priceList.prices.every(row => row.class !== fault.class || row.group !== fault.group)) {
        if (asksPerson(edition, one)) return true
        expect(() => asked(edition, one)).toThrow(RangeError)
        return true
      }
      return chargeable(asked(edition, one), fault.group) && rowsOn(edition, fault) === 0
    case 'price-twice':
      return chargeable(asked(edition, one), fault.group) && rowsOn(edition, fault) === 2
    case 'vat-missing':
    case 'vat-twice': {
      const { lines } = asked(edition, one)
      const rates = edition.vatRates.filter(row => row.id === fault.rate && validOn(row, fault.date))
      return lines.length > 0 && (fault.code === 'vat-missing' ? rates.length === 0 : rates.length === 2)
    }
    case 'duties-contradict':
      return asked(edition, one).supervision.because.rule === fault.rule
    case 'limits-contradict':
      return fault.rules.every(id => holds(edition, when(id), one, asked(edition, one).supervision.mode))
    case 'contact-missing': {
      const { because, contact } = asked(edition, one)
      return because[0]!.rule === fault.rule && contact === undefined
    }
    default:
      return false
  }
}

const asksPerson = (edition: Edition, { facts, space }: Example) =>
  decidingRule(bookOf(edition), facts.applicant, facts.purpose, { facts, space, supervision: undefined }).charge === 'needs_person'
const validOn = (row: { validFrom: string; validTo: string | null }, date: string) =>
  row.validFrom <= date && (row.validTo === null || date <= row.validTo)
const chargeable = ({ charge, priceClass }: Quote, group: string) => charge === 'needs_person' || priceClass === group
const rowsOn = ({ priceList }: Edition, fault: { class: string | null; group: string; date: string; unit?: string }) => priceList.prices
  .filter(row => row.class === fault.class && row.group === fault.group && row.unit === fault.unit && validOn(row, fault.date)).length

const rule = (edition: Edition, id: string) =>
  [...edition.chargeRules, ...edition.supervisionRules, ...edition.approvalRules, ...edition.extras].find(one => one.id === id)!
/** Where a rule stands in the example's file. */
const at = (list: 'chargeRules' | 'supervisionRules' | 'approvalRules' | 'extras', id: string) => `${list}.${example[list].findIndex(one => one.id === id)}`
const move = (edition: Edition, id: string, behind: string) => {
  const rules = edition.chargeRules
  const [moved] = rules.splice(rules.findIndex(one => one.id === id), 1)
  rules.splice(rules.findIndex(one => one.id === behind) + 1, 0, moved!)
}
const price = (edition: Edition, size: string, group: string) =>
  edition.priceList.prices.find(row => row.class === size && row.group === group)!
const free: ChargeRule = { id: 'late', when: always, charge: 'free', name: text, text, source: null }
const exception = (special: Partial<UnitException> = {}): UnitException =>
  ({ ...free, id: 'pilot', unit: 'kannelmaki', validFrom: '2025-01-01', validTo: '2025-06-30', ...special })

type Broken = [story: string, spoil: (edition: Edition) => void, faults: object[]]
const shown: Broken[] = [
  ['the last rule is gone', edition => { edition.chargeRules.pop() }, [{ code: 'no-outcome', path: 'chargeRules' }]],
  ['the last rule is narrowed to the few', edition => {
    edition.chargeRules.at(-1)!.when = { fact: 'people', atMost: 150 }
  }, [{ code: 'no-outcome', path: 'chargeRules' }]],
  ['a rule moves behind one that is wider', edition => { move(edition, 'always_paid_full', 'always_paid') },
    [{ code: 'unreachable', path: at('chargeRules', 'always_paid'), rule: 'always_paid_full', shadowedBy: ['always_paid'] }]],
  ['several rules together take all from one', edition => {
    edition.chargeRules.splice(-1, 0, { ...free, when: { space: 'areaM2', atMost: 100 } }, { ...free, id: 'later', when: { space: 'areaM2', moreThan: 100 } })
  }, [{ code: 'unreachable', rule: 'unclear', shadowedBy: ['late', 'later'] }]],
  ['a rule stands behind the last', edition => { edition.chargeRules.push(free) },
    [{ code: 'unreachable', path: `chargeRules.${example.chargeRules.length}`, rule: 'late', shadowedBy: ['unclear'] }]],
  ['an extra is only for what is not allowed', edition => { rule(edition, 'extra_cleaning').when = { fact: 'people', atLeast: 250 } },
    [{ code: 'unreachable', path: at('extras', 'extra_cleaning'), rule: 'extra_cleaning', shadowedBy: ['big_event'] }]],
  ['an approval rule is only for what is not allowed', edition => {
    rule(edition, 'many_people').when = { fact: 'activities', has: ['overnight', 'filming'] }
  }, [{ code: 'unreachable', path: at('approvalRules', 'many_people'), rule: 'many_people', shadowedBy: ['overnight_stay', 'filming_or_demonstration'] }]],
  ['a supervision rule stands behind one of its mode', edition => {
    const { supervisionRules } = edition
    supervisionRules.push({ ...supervisionRules.at(-1)!, id: 'late_staff' })
  }, [{ code: 'unreachable', path: `supervisionRules.${example.supervisionRules.length}`, rule: 'late_staff' }]],
  ['a staffed space has no rule', edition => { edition.supervisionRules = edition.supervisionRules.filter(({ id }) => id !== 'staff_only') }, [{ code: 'no-supervision', path: 'supervisionRules' }]],
  ['a price is gone', edition => { edition.priceList.prices = edition.priceList.prices.filter(row => row !== price(edition, 'small', 'basic')) },
    [{ code: 'price-missing', class: 'small', group: 'basic', date: example.validFrom }]],
  ['a price is gone that only a person could choose', edition => { edition.priceList.groups.push({ id: 'reduced', text }) },
    ['small', 'medium', 'large'].map(size => ({ code: 'price-missing', class: size, group: 'reduced', date: example.validFrom }))],
  ['a price ends', edition => { price(edition, 'large', 'full').validTo = '2025-12-31' },
    [{ code: 'price-missing', class: 'large', group: 'full', date: '2026-01-01' }]],
  ['a price has a gap of a day', edition => {
    const row = price(edition, 'medium', 'basic')
    edition.priceList.prices.push({ ...row, validFrom: '2026-01-02' })
    row.validTo = '2025-12-31'
  }, [{ code: 'price-missing', class: 'medium', group: 'basic', date: '2026-01-01' }]],
  ['a price comes twice', edition => { edition.priceList.prices.push({ ...price(edition, 'medium', 'basic'), validFrom: '2026-01-01' }) },
    [{ code: 'price-twice', class: 'medium', group: 'basic', date: '2026-01-01' }]],
  ['a unit has two prices', edition => {
    const own = { ...price(edition, 'small', 'full'), unit: 'kannelmaki' }
    edition.priceList.prices.push({ ...own, validTo: '2025-12-31' }, { ...own, validFrom: '2025-12-31' })
  }, [{ code: 'price-twice', class: 'small', group: 'full', unit: 'kannelmaki', date: '2025-12-31' }]],
  ['big gyms are in no class', edition => { edition.priceList.classes.splice(2, 1, { id: 'large', kinds: ['gym'], belowM2: 900 }) }, [
    { code: 'price-missing', path: 'priceList.classes', class: null, group: 'full' },
    { code: 'price-missing', path: 'priceList.classes', class: null, group: 'basic' },
  ]],
  ['the VAT rate has a gap', edition => {
    edition.vatRates[1]!.validTo = '2026-12-31'
    edition.vatRates.push({ id: 'general', rate: 26, validFrom: '2027-02-01', validTo: null })
  }, [{ code: 'vat-missing', path: 'vatRates', rate: 'general', date: '2027-01-01' }]],
  ['the VAT rate comes twice', edition => { edition.vatRates[0]!.validTo = '2024-09-30' },
    [{ code: 'vat-twice', path: 'vatRates', rate: 'general', date: example.validFrom }]],
  ['an extra has a VAT rate that begins too late', edition => {
    edition.vatRates.push({ id: 'food', rate: 14, validFrom: '2025-01-01', validTo: null })
    edition.extras.find(({ id }) => id === 'extra_cleaning')!.vat = 'food'
  }, [{ code: 'vat-missing', rate: 'food', date: example.validFrom }]],
  ['two duties exclude each other', edition => { edition.duties.find(({ id }) => id === 'close_up')!.excludes = ['alarm'] },
    ['key_to_hall', 'own_supervision', 'key_only'].map(id => ({ code: 'duties-contradict', rule: id, why: 'excluded', duties: ['alarm', 'close_up'] }))],
  ['two duties exclude each other, the later one said so', edition => { edition.duties.find(({ id }) => id === 'alarm')!.excludes = ['close_up'] },
    ['key_to_hall', 'own_supervision', 'key_only'].map(id => ({ code: 'duties-contradict', rule: id, why: 'excluded', duties: ['alarm', 'close_up'] }))],
  ['a duty is told twice', edition => { edition.supervisionRules[0]!.duties.push('tidy') },
    [{ code: 'duties-contradict', path: `supervisionRules.0.duties.${example.supervisionRules[0]!.duties.length}`, rule: 'guarded_event', why: 'twice', duties: ['tidy'] }]],
  ['a duty is for another way of supervision', edition => { edition.supervisionRules[0]!.duties.push('key') },
    [{ code: 'duties-contradict', rule: 'guarded_event', why: 'other_mode', duties: ['key'] }]],
  ['a duty is not there', edition => { edition.supervisionRules[0]!.duties.push('sing') },
    [{ code: 'duties-contradict', rule: 'guarded_event', why: 'unknown', duties: ['sing'] }]],
  ['a refusal says nobody to turn to', edition => { delete edition.chargeRules.find(({ id }) => id === 'overnight_stay')!.contact },
    [{ code: 'contact-missing', path: `${at('chargeRules', 'overnight_stay')}.contact`, rule: 'overnight_stay' }]],
  ['two lengths leave no room', edition => {
    edition.lengths = [
      { id: 'big_halls', when: { space: 'areaM2', atLeast: 300 }, atLeastMinutes: 120, text },
      { id: 'kitchens', when: { space: 'kind', in: ['kitchen'] }, atLeastMinutes: 60, atMostMinutes: 90, text },
    ]
  }, [{ code: 'limits-contradict', path: 'lengths.0', rules: ['big_halls', 'kitchens'], atLeast: 120, atMost: 90 }]],
  ['two lead times leave no day', edition => {
    edition.leadTimes = [
      { id: 'staffed', when: { outcome: 'supervision', in: ['staffed'] }, atLeastDays: 14, text },
      { id: 'soon', when: { fact: 'people', atLeast: 50 }, atMostDays: 7, text },
    ]
  }, [{ code: 'limits-contradict', path: 'leadTimes.0', rules: ['staffed', 'soon'], atLeast: 14, atMost: 7 }]],
  ['an exception stands behind another of its unit', edition => {
    edition.exceptions = [exception(), exception({ id: 'behind', when: { fact: 'openToAll', is: true }, validFrom: '2025-02-01', validTo: '2025-03-01' })]
  }, [{ code: 'unreachable', path: 'exceptions.1', rule: 'behind', example: expect.objectContaining({ date: '2025-02-01' }) }]],
  ['an exception allows what no unit may', edition => { edition.exceptions = [exception({ when: { fact: 'activities', has: ['overnight'] } })] },
    [{ code: 'unreachable', path: 'exceptions.0', rule: 'pilot' }]],
  ['an exception charges a price that is not there', edition => {
    edition.priceList.groups.push({ id: 'pilot_price', text })
    edition.chargeRules = edition.chargeRules.filter(one => one.charge !== 'needs_person').concat({ ...free, id: 'else' })
    edition.exceptions = [exception({ charge: 'paid', priceClass: 'pilot_price', when: { space: 'kind', in: ['youth_hall'] } })]
  }, [{ code: 'price-missing', class: 'small', group: 'pilot_price', date: '2025-01-01' }]],
]
const unshown: Broken[] = [
  ['a text is blank', edition => { edition.duties[0]!.text.sv = ' ' }, [{ code: 'text-missing', path: 'duties.0.text', languages: ['sv'] }]],
  ['a charge rule has no name', edition => { delete edition.chargeRules[1]!.name },
    [{ code: 'text-missing', path: 'chargeRules.1.name', languages: ['fi', 'sv', 'en', 'plain'] }]],
  ['a text is left in Finnish', edition => { edition.chargeRules[3]!.text.sv = edition.chargeRules[3]!.text.fi },
    [{ code: 'text-copied', path: 'chargeRules.3.text', languages: ['fi', 'sv'], line: example.chargeRules[3]!.text.fi }]],
  ['one line of the terms is left in Swedish', edition => {
    const { text: terms } = edition.terms
    terms.en = terms.en.split('\n').with(4, terms.sv.split('\n')[4]!).join('\n')
  }, [{ code: 'text-copied', path: 'terms.text', languages: ['sv', 'en'] }]],
  ['a definition is used by nothing', edition => { edition.definitions.crowd = { fact: 'people', atLeast: 90 } },
    [{ code: 'unused', path: 'definitions.crowd', what: 'definition', name: 'crowd' }]],
  ['definitions are used only by each other', edition => {
    edition.definitions.crowd = { fact: 'people', atLeast: 90 }
    edition.definitions.quiet = { not: { defined: 'crowd' } }
  }, [{ code: 'unused', name: 'crowd' }, { code: 'unused', name: 'quiet' }]],
  ['a duty is told to nobody', edition => { for (const one of edition.supervisionRules) one.duties = one.duties.filter(id => id !== 'log') },
    [{ code: 'unused', what: 'duty', name: 'log' }]],
  ['a rule can never hold', edition => {
    edition.chargeRules.splice(-1, 0, { ...free, when: { all: [{ fact: 'people', below: 31 }, { fact: 'people', moreThan: 30 }] } })
  }, [{ code: 'unreachable', rule: 'late', shadowedBy: [], example: null }]],
  ['a rule is for nobody at all', edition => { edition.chargeRules.unshift({ ...free, when: { fact: 'people', below: 1 } }) },
    [{ code: 'unreachable', path: 'chargeRules.0', shadowedBy: [], example: null }]],
  ['an exception is over before the edition begins', edition => {
    edition.exceptions = [exception({ validFrom: '2024-01-01', validTo: '2024-08-31' })]
  }, [{ code: 'unreachable', path: 'exceptions.0', rule: 'pilot' }]],
]

const broken = (spoil: (edition: Edition) => void) => {
  const edition = structuredClone(example)
  spoil(edition)
  return { edition, faults: prove(edition).faults }
}

describe('an edition is not proven when', () => {
  test.each(shown)('%s, and the example shows it', (_, spoil, expected) => {
    const { edition, faults } = broken(spoil)
    expect(faults).toMatchObject(expected)
    expect(faults.filter(fault => !shows(edition, fault))).toEqual([])
  })

  test.each(unshown)('%s', (_, spoil, expected) => {
    expect(broken(spoil).faults).toMatchObject(expected)
  })

  test('it mixes more than can be walked, and says so instead of going on', () => {
    const { ok, faults } = prove(example, 1000)
    expect(ok).toBe(false)
    expect(faults).toEqual([{ code: 'too-large', path: '', limit: 1000, example: null }])
  })

  test('several things are wrong: all are told', () => {
    const { faults } = broken(edition => {
      edition.chargeRules.pop()
      edition.supervisionRules = edition.supervisionRules.filter(({ id }) => id !== 'staff_only')
      edition.duties[0]!.text.sv = ''
    })
    expect(faults.map(fault => fault.code)).toEqual(['no-outcome', 'no-supervision', 'text-missing'])
  })
})

describe('an edition is proven when', () => {
  test.each<[story: string, change: (edition: Edition) => void]>([
    ['rules leave no gap although none holds always', edition => {
      edition.chargeRules.splice(-1, 1, { ...free, when: { fact: 'openToAll', is: true } }, { ...free, id: 'else', when: { not: { fact: 'openToAll', is: true } } })
    }],
    ['an exception of one unit takes all for some time', edition => { edition.exceptions = [exception()] }],
    ['an exception follows another of its unit in the middle of its days', edition => {
      edition.exceptions = [exception(), exception({ id: 'after', validFrom: '2025-06-01', validTo: '2025-08-31' })]
    }],
    ['exceptions of two units stand side by side', edition => { edition.exceptions = [exception(), exception({ id: 'other', unit: 'kallio' })] }],
    ['a price group is asked for in gyms only and has the prices of gyms only', edition => {
      edition.chargeRules = edition.chargeRules.filter(one => one.charge !== 'needs_person').concat({ ...free, id: 'else' })
      edition.priceList.groups.push({ id: 'gym_price', text })
      edition.priceList.prices.push(...['small', 'medium', 'large'].map(size => ({ ...price(edition, size, 'full'), group: 'gym_price' })))
      edition.priceList.classes.unshift({ id: 'tiny', kinds: ['gym'], belowM2: 100 })
      edition.priceList.prices.push(...['basic', 'full'].map(group => ({ ...price(edition, 'small', group), class: 'tiny' })))
      edition.chargeRules.unshift({ ...free, id: 'gyms', charge: 'paid', priceClass: 'gym_price', when: { all: [
        { fact: 'applicant', in: ['company'] }, { space: 'kind', in: ['gym'] }, { space: 'areaM2', atLeast: 100 },
      ] } })
    }],
    ['two languages say up to three words alike, and plain Finnish what Finnish says', edition => {
    Object.assign(edition.duties[0]!.text, { fi: 'Stoa, Kallio – info', sv: 'Stoa, Kallio – info', en: 'Stoa, Kallio – info' })
    edition.duties[1]!.text.plain = edition.duties[1]!.text.fi
  }],
  ['a price changes on a day, and a unit has one of its own for a time', edition => {
      const row = price(edition, 'small', 'basic')
      edition.priceList.prices.push({ ...row, validFrom: '2026-01-01', centsPerHour: 1000 }, { ...row, unit: 'kallio', validTo: '2025-01-31' })
      row.validTo = '2025-12-31'
    }],
  ])('%s', (_, change) => {
    expect(broken(change).faults).toEqual([])
  })
})
