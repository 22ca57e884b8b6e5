import { describe, expect, test } from 'vitest'
import { parseEdition } from '../../src/rulebook/edition.ts'
import type { Edition, EditionFile } from '../../src/rulebook/edition.ts'
import type { Facts, SpaceTraits } from '../../src/rulebook/facts.ts'
import { prove } from '../../src/rulebook/proof.ts'
import { quote } from '../../src/rulebook/quote.ts'
import { edgeAt } from '../../src/time/wallclock.ts'
import { cities, cityFile, type City } from './cities.ts'
import { classroom, gym, wish, youthHall } from './example.ts'

const editionOf = (name: City): Edition => parseEdition(cityFile(name))

/** An edition's file with something else in it. */
const changed = (name: City, change: Partial<EditionFile>): Edition => parseEdition({ ...cityFile(name), ...change })

/** Whole hours of a local day, which may go on after midnight. */
const on = (date: string, from: number, to: number) => ({ start: edgeAt(date, from * 60, 'start'), end: edgeAt(date, to * 60, 'end'), date })
type Slot = ReturnType<typeof on>

/** The charge and its class, what it costs in all, the rule that decided, who supervises and who approves. */
function told(edition: Edition, special: Partial<Facts>, space: SpaceTraits, slot: Slot): string {
  const { charge, priceClass, totalCents, because, supervision, approval } = quote(edition, wish(special), space, slot)
  const price = totalCents === null ? [] : [`${totalCents / 100} €`]
  return `${[charge, priceClass, ...price].filter(Boolean).join(' ')}: ${because[0]!.rule}, ${supervision.mode}, ${approval}`
}

type Story = [story: string, wish: Partial<Facts>, space: SpaceTraits, outcome: string]

/** Every story of a city, for two hours of one evening; and that no rule is left without one. */
function tells(edition: Edition, slot: Slot, stories: Story[]): void {
  test.each(stories)('%s', (_, special, space, outcome) => {
    expect(told(edition, special, space, slot)).toBe(outcome)
  })
  test('has a story for every rule', () => {
    const deciding = new Set(stories.map(([, , , outcome]) => /: (\w+),/.exec(outcome)![1]))
    expect(edition.chargeRules.map(rule => rule.id).filter(id => !deciding.has(id))).toEqual([])
  })
}

describe.each(cities)('the edition of %s', name => {
  test('is proven: one outcome for every wish, a price for every paid one, every text in four languages', () => {
    expect(prove(editionOf(name)).faults).toEqual([])
  })
  test('has a name for each rule and says where it comes from', () => {
    expect(editionOf(name).chargeRules.filter(rule => !rule.name || !rule.source)).toEqual([])
  })
})

const houseWithStaff = youthHall
const house: SpaceTraits = { ...youthHall, supervision: ['self_supervised'] }
const studio: SpaceTraits = { ...house, kind: 'studio', alwaysPaid: true }
const locals = { localShare: 0.9 }

describe('Helsinki’s youth premises of 2022', () => {
  tells(editionOf('helsinki-youth'), on('2022-05-10', 18, 20), [
    ['a registered association of Helsinki', { association: 'verified', ...locals }, house,
      'free 0 €: association, self_supervised, person'],
    ['one that only named itself', { association: 'declared', ...locals }, houseWithStaff, 'free 0 €: association, staffed, person'],
    ['one that gave no number', { ...locals }, house, 'paid hire 60 €: others, self_supervised, automatic'],
    ['one that did not say whom it is for', { association: 'verified' }, house, 'paid hire 60 €: others, self_supervised, automatic'],
    ['a band of residents', { applicant: 'unregistered_group', ...locals }, house, 'free 0 €: own_group, self_supervised, person'],
    ['a resident’s reading circle', { applicant: 'private_person', ...locals }, house, 'free 0 €: own_group, self_supervised, person'],
    ['a class committee', { applicant: 'parents_association', purpose: 'meeting', ...locals }, house,
      'free 0 €: own_group, self_supervised, person'],
    ['neighbours from Vantaa', { applicant: 'unregistered_group', localShare: 0.2 }, house,
      'paid hire 60 €: elsewhere, self_supervised, automatic'],
    ['half from Vantaa', { association: 'verified', localShare: 0.5 }, house, 'paid hire 60 €: elsewhere, self_supervised, automatic'],
    ['an afternoon club', { applicant: 'company', purpose: 'youth_activity', activities: ['after_school'] }, house,
      'paid hire 60 €: company, self_supervised, automatic'],
    ['an afternoon club of an association', { purpose: 'youth_activity', activities: ['after_school'] }, house,
      'free 0 €: supported_activity, self_supervised, person'],
    ['a dance school', { applicant: 'educational_institution', purpose: 'arts_education' }, house,
      'free 0 €: supported_activity, self_supervised, person'],
    ['an integration group', { applicant: 'other', groups: ['integration'] }, house,
      'free 0 €: supported_activity, self_supervised, person'],
    ['a vocational school with people under 29', { applicant: 'educational_institution', purpose: 'training', groups: ['young_adults'], localShare: 0.1 }, house,
      'free 0 €: students, self_supervised, person'],
    ['the same in a studio that the price list names', { applicant: 'educational_institution', purpose: 'training', groups: ['young_adults'] }, studio,
      'free 0 €: students, self_supervised, person'],
    ['a vocational school with its adults', { applicant: 'educational_institution', purpose: 'training', ...locals }, house,
      'paid hire 60 €: others, self_supervised, automatic'],
    ['a band in that studio', { applicant: 'unregistered_group', ...locals }, studio,
      'paid hire 60 €: always_paid, self_supervised, automatic'],
    ['a library of the city', { applicant: 'city_unit', purpose: 'meeting', granted: true }, studio,
      'free 0 €: own_activity, self_supervised, automatic'],
    ['somebody who says to be from a school', { applicant: 'school' }, house, 'needs_person: unconfirmed, self_supervised, person'],
    ['a firm', { applicant: 'company', purpose: 'training', ...locals }, house, 'paid hire 60 €: company, self_supervised, automatic'],
    ['a parish’s open café', { applicant: 'religious_community', purpose: 'civic_activity', openToAll: true, ...locals }, house,
      'paid hire 60 €: religious_community, self_supervised, automatic'],
    ['prayers of an association', { purpose: 'religious_practice', association: 'verified', ...locals }, house,
      'paid hire 60 €: religious_community, self_supervised, automatic'],
    ['a birthday of residents', { applicant: 'private_person', purpose: 'private_party', ...locals }, house,
      'paid hire 60 €: private_party, self_supervised, automatic'],
    ['a state office', { applicant: 'other', purpose: 'meeting', ...locals }, house, 'paid hire 60 €: others, self_supervised, automatic'],
    ['scouts for the night', { association: 'verified', activities: ['overnight'], ...locals }, house,
      'not_allowed: overnight, self_supervised, person'],
    ['wine', { applicant: 'private_person', purpose: 'private_party', activities: ['alcohol'] }, house,
      'not_allowed: intoxicants, self_supervised, person'],
    ['one candidate’s evening', { purpose: 'election_event', association: 'verified', ...locals }, house,
      'not_allowed: one_party_election, self_supervised, person'],
  ])

  test('silence about who comes costs, and the form is told what to ask', () => {
    expect(quote(editionOf('helsinki-youth'), wish({ association: 'verified' }), house, on('2022-05-10', 18, 20)).missing).toEqual(['localShare'])
    expect(quote(editionOf('helsinki-youth'), wish(locals), house, on('2022-05-10', 18, 20)).missing).toEqual(['association'])
  })
  test('whoever is there alone has signed a contract, and everybody keeps the log', () => {
    const duties = (space: SpaceTraits) => quote(editionOf('helsinki-youth'), wish(), space, on('2022-05-10', 18, 20)).supervision.duties.map(duty => duty.en)
    expect(duties(house)[0]).toBe('Sign a contract on independent use. The signatory must be of age.')
    expect(duties(house).at(-1)).toBe('Write your visit in the log. Without an entry the time counts as unused.')
    expect(duties(houseWithStaff)).toEqual([
      'The person responsible is 18 or over and present the whole time.', 'The space is free of alcohol and drugs.',
      'Clean up and leave the place in order.', 'Write your visit in the log. Without an entry the time counts as unused.',
    ])
  })
  test('a late cancellation has its fee', () => {
    expect(editionOf('helsinki-youth').consequences.find(one => one.of === 'late_cancellation')?.cents).toBe(5000)
  })
})

const withKey: SpaceTraits = { ...gym, supervision: ['key_contract', 'staffed'] }
const withGuard: SpaceTraits = { ...gym, supervision: ['staffed'] }
const tuesday = on('2018-02-06', 18, 20)
const saturday = on('2018-02-10', 18, 20)

describe('Helsinki’s school gyms and classrooms of 2018', () => {
  const edition = editionOf('helsinki-school-gyms')
  tells(edition, tuesday, [
    ['a club with a guard', {}, withGuard, 'paid gym 40 €: gyms, staffed, person'],
    ['the same club with its own key', {}, withKey, 'paid gym 24 €: gyms, key_contract, person'],
    ['the same club with a door code', {}, { ...gym, supervision: ['self_supervised', 'staffed'] },
      'paid gym 24 €: gyms, self_supervised, person'],
    ['juniors pay too', { youthShare: 1, ...locals }, withKey, 'paid gym 24 €: gyms, key_contract, person'],
    ['and so do pensioners', { groups: ['pensioners'], openToAll: true, ...locals }, withGuard, 'paid gym 40 €: gyms, staffed, person'],
    ['a firm pays no more', { applicant: 'company' }, withGuard, 'paid gym 40 €: gyms, staffed, person'],
    ['a person with friends', { applicant: 'private_person', people: 6 }, withKey, 'paid gym 24 €: gyms, key_contract, person'],
    ['the school itself', { applicant: 'school', granted: true }, withKey, 'free 0 €: own_activity, key_contract, automatic'],
    ['a unit of the city', { applicant: 'city_unit', granted: true }, withGuard, 'free 0 €: own_activity, staffed, automatic'],
    ['somebody who says to be from the school', { applicant: 'school' }, withKey, 'needs_person: unconfirmed, key_contract, person'],
    ['an association in a classroom', { purpose: 'meeting' }, { ...classroom, supervision: ['staffed'] },
      'paid room 30 €: rooms, staffed, person'],
    ['a choir in the music room', { purpose: 'hobby' }, { ...classroom, kind: 'music_room' },
      'paid room 30 €: rooms, self_supervised, person'],
    ['a party in the canteen', { applicant: 'private_person', purpose: 'private_party' }, { ...classroom, kind: 'canteen' },
      'paid room 30 €: rooms, self_supervised, person'],
  ])

  test.each<[story: string, wish: Partial<Facts>, space: SpaceTraits, slot: Slot, outcome: string]>([
    ['a guard costs more on a Saturday', {}, withGuard, saturday, 'paid gym 52 €: gyms, staffed, person'],
    ['an own key does not', {}, withKey, saturday, 'paid gym 24 €: gyms, key_contract, person'],
    ['nor does a classroom', {}, { ...classroom, supervision: ['staffed'] }, saturday, 'paid room 30 €: rooms, staffed, person'],
    ['the school has its gym free on a Saturday too', { applicant: 'school', granted: true }, withGuard, saturday,
      'free 0 €: own_activity, staffed, automatic'],
    ['of Friday night only the hour after midnight', {}, withGuard, on('2018-02-09', 22, 25), 'paid gym 66 €: gyms, staffed, person'],
    ['of Sunday night only the hour before', {}, withGuard, on('2018-02-11', 23, 26), 'paid gym 66 €: gyms, staffed, person'],
  ])('%s', (_, special, space, slot, outcome) => {
    expect(told(edition, special, space, slot)).toBe(outcome)
  })

  test('the surcharge is a line of its own, with the rate of sport on the day', () => {
    const lines = (slot: Slot) => quote(edition, wish(), withGuard, slot).lines.map(({ text, minutes, cents, vatRate }) => [text.en, minutes, cents, vatRate])
    expect(lines(tuesday)).toEqual([['Slot in the gym', 120, 4000, 10]])
    expect(lines(saturday)).toEqual([['Slot in the gym', 120, 4000, 10], ['Weekend surcharge when a caretaker supervises', 120, 1200, 10]])
    expect(lines(on('2025-12-30', 18, 20))).toEqual([['Slot in the gym', 120, 4000, 14]])
    expect(lines(on('2026-01-06', 18, 20))).toEqual([['Slot in the gym', 120, 4000, 13.5]])
  })
  test('the caretaker opens, the key holder locks', () => {
    const ids = (mode: string) => edition.supervisionRules.find(rule => rule.mode === mode)!.duties
    expect(ids('staffed')).toEqual(['doors', 'adult', 'tidy', 'leave'])
    expect(ids('key_contract')).toEqual(['key_agreement', 'adult', 'group_only', 'tidy', 'lock', 'leave'])
  })
})

describe('a unit that does otherwise for some weeks', () => {
  const text = {
    fi: 'Sali on auki kaikille korjauksen ajan.', sv: 'Salen är öppen för alla under reparationen.',
    en: 'The gym is open to all during the repairs.', plain: 'Sali on auki kaikille.',
  }
  const open: EditionFile['exceptions'][number] = {
    id: 'open_during_repairs', unit: 'koulu-x', when: { fact: 'openToAll', is: true }, charge: 'free', text, source: null,
    validFrom: '2018-03-05', validTo: '2018-04-01',
  }
  const edition = changed('helsinki-school-gyms', { exceptions: [open] })
  const at = (unit: string): SpaceTraits => ({ ...withKey, unit })

  test.each<[story: string, wish: Partial<Facts>, unit: string, date: string, outcome: string]>([
    ['the day before', { openToAll: true }, 'koulu-x', '2018-03-04', 'paid gym 24 €: gyms, key_contract, person'],
    ['the first day', { openToAll: true }, 'koulu-x', '2018-03-05', 'free 0 €: open_during_repairs, key_contract, person'],
    ['the last day', { openToAll: true }, 'koulu-x', '2018-04-01', 'free 0 €: open_during_repairs, key_contract, person'],
    ['the day after', { openToAll: true }, 'koulu-x', '2018-04-02', 'paid gym 24 €: gyms, key_contract, person'],
    ['somebody who is not open to all', { openToAll: false }, 'koulu-x', '2018-03-10', 'paid gym 24 €: gyms, key_contract, person'],
    ['another school', { openToAll: true }, 'koulu-y', '2018-03-10', 'paid gym 24 €: gyms, key_contract, person'],
  ])('%s', (_, special, unit, date, outcome) => {
    expect(told(edition, special, at(unit), on(date, 18, 20))).toBe(outcome)
  })
  test('but nothing that is not allowed becomes so', () => {
    const youth = changed('helsinki-youth', { exceptions: [{ ...open, unit: 'talo-x', validFrom: '2022-05-01', validTo: '2022-05-31' }] })
    const wine: Partial<Facts> = { openToAll: true, activities: ['alcohol'] }
    expect(told(youth, wine, { ...house, unit: 'talo-x' }, on('2022-05-10', 18, 20))).toBe('not_allowed: intoxicants, self_supervised, person')
    expect(told(youth, { openToAll: true }, { ...house, unit: 'talo-x' }, on('2022-05-10', 18, 20))).toBe('free 0 €: open_during_repairs, self_supervised, automatic')
  })
})

const room: SpaceTraits = { ...classroom, supervision: ['key_contract', 'staffed'] }
const canteen: SpaceTraits = { ...room, kind: 'canteen' }
const park: SpaceTraits = { ...classroom, kind: 'group_room', unitKind: 'playground_house' }
const libraryRoom: SpaceTraits = { ...classroom, kind: 'meeting_room', unitKind: 'library', people: 12 }
const resident: Partial<Facts> = { applicant: 'private_person' }

describe('Espoo’s schools, residents’ parks and library of 2019', () => {
  const edition = editionOf('espoo')
  tells(edition, on('2019-02-05', 18, 20), [
    ['scouts of Espoo', { purpose: 'youth_activity', ...locals }, room, 'free 0 €: public_benefit, key_contract, person'],
    ['a sports club of Espoo', { purpose: 'sport', ...locals }, { ...gym, supervision: ['staffed'] },
      'free 0 €: public_benefit, staffed, person'],
    ['pensioners from wherever', { groups: ['pensioners'] }, room, 'free 0 €: public_benefit, key_contract, person'],
    ['a parents’ association', { applicant: 'parents_association', purpose: 'meeting' }, room,
      'free 0 €: public_benefit, key_contract, person'],
    ['a music school', { applicant: 'educational_institution', purpose: 'arts_education' }, room,
      'free 0 €: public_benefit, key_contract, person'],
    ['the same in the canteen pays for cleaning', { applicant: 'educational_institution', purpose: 'arts_education' }, canteen,
      'free 50 €: public_benefit, key_contract, person'],
    ['even the school itself does', { applicant: 'school', granted: true }, canteen, 'free 50 €: own_activity, key_contract, person'],
    ['the school in its classroom', { applicant: 'school', granted: true }, room, 'free 0 €: own_activity, key_contract, person'],
    ['somebody who says to be from the city', { applicant: 'city_unit' }, room, 'needs_person: unconfirmed, key_contract, person'],
    ['a club that sells tickets', { entryFee: true, ...locals }, room, 'paid other 40 €: business, key_contract, person'],
    ['a firm of Espoo', { applicant: 'company', ...locals }, room, 'paid other 40 €: business, key_contract, person'],
    ['children of Espoo', { ...resident, localShare: 0.8, youthShare: 0.6 }, room, 'paid junior 6 €: young_locals, key_contract, person'],
    ['exactly half are children', { ...resident, localShare: 0.8, youthShare: 0.5 }, room,
      'paid adult 20 €: local_adults, key_contract, person'],
    ['exactly half are from Espoo', { ...resident, localShare: 0.5, youthShare: 1 }, room, 'paid other 40 €: others, key_contract, person'],
    ['nothing was said', resident, room, 'paid other 40 €: others, key_contract, person'],
    ['children in the music room', { ...resident, localShare: 1, youthShare: 1 }, { ...room, kind: 'music_room' },
      'paid junior 15 €: young_locals, key_contract, person'],
    ['adults in the canteen, cleaned after', { ...resident, localShare: 1 }, canteen,
      'paid adult 80 €: local_adults, key_contract, person'],
    ['a birthday in a residents’ park', { ...resident, purpose: 'private_party', localShare: 1 }, park,
      'paid park 30 €: park, self_supervised, automatic'],
    ['an association in a residents’ park', { purpose: 'civic_activity', ...locals }, park,
      'paid park_reduced 15 €: park_reduced, self_supervised, automatic'],
    ['an association that sells there', { purpose: 'civic_activity', entryFee: true, ...locals }, park,
      'paid park 30 €: park, self_supervised, automatic'],
    ['candles on the cake', { ...resident, purpose: 'private_party', activities: ['open_fire'] }, park,
      'not_allowed: park_bans, self_supervised, person'],
    ['an association in the library', { purpose: 'meeting', people: 5 }, libraryRoom, 'free 0 €: library_free, self_supervised, automatic'],
    ['a firm in the library', { applicant: 'company', people: 12 }, libraryRoom,
      'paid library 200 €: library_paid, self_supervised, automatic'],
    ['four in the library', { purpose: 'meeting', people: 4 }, libraryRoom, 'not_allowed: too_few, self_supervised, person'],
  ])

  test('names the share that would help', () => {
    const missing = (facts: Partial<Facts>) => quote(edition, wish({ ...resident, ...facts }), room, on('2019-02-05', 18, 20)).missing
    expect(missing({ localShare: 0.8 })).toEqual(['youthShare'])
    expect(missing({ youthShare: 0.6 })).toEqual(['localShare'])
    expect(missing({ localShare: 0.8, youthShare: 0.6 })).toEqual([])
  })
})

const small: SpaceTraits = { ...gym, areaM2: 299 }
const medium: SpaceTraits = { ...gym, areaM2: 300 }
const large: SpaceTraits = { ...gym, areaM2: 600 }
const october = on('2023-10-10', 18, 20)
const weekend = on('2023-10-14', 18, 20)
const club: Partial<Facts> = { purpose: 'sport', ...locals }
const tuusula = editionOf('tuusula')

describe('Tuusula of 2023', () => {
  tells(tuusula, october, [
    ['juniors of Tuusula', { ...club, youthShare: 1 }, large, 'free 0 €: young_locals, key_contract, person'],
    ['a club from elsewhere that trains them', { applicant: 'other', purpose: 'sport', localShare: 0.6, youthShare: 1 }, large,
      'free 0 €: young_locals, key_contract, person'],
    ['juniors from elsewhere', { purpose: 'sport', localShare: 0.5, youthShare: 1 }, large,
      'paid group3 60 €: others, key_contract, person'],
    ['one of them has turned twenty', { ...club, youthShare: 0.95 }, large, 'paid group2_clubs 30 €: local_clubs, key_contract, person'],
    ['pensioners', { ...club, groups: ['pensioners'] }, medium, 'free 0 €: special_groups, key_contract, person'],
    ['an integration group', { applicant: 'other', purpose: 'training', groups: ['integration'], ...locals }, classroom,
      'free 0 €: special_groups, self_supervised, person'],
    ['a village association meets', { purpose: 'meeting', ...locals }, classroom, 'free 0 €: civic, self_supervised, person'],
    ['the municipality itself', { applicant: 'city_unit', granted: true }, large, 'free 0 €: own_activity, key_contract, person'],
    ['somebody who says to be from a school', { applicant: 'school' }, large, 'needs_person: unconfirmed, key_contract, person'],
    ['an adult club in a small gym', club, small, 'paid group2_clubs 18 €: local_clubs, key_contract, person'],
    ['in a medium one', club, medium, 'paid group2_clubs 24 €: local_clubs, key_contract, person'],
    ['in a large one', club, large, 'paid group2_clubs 30 €: local_clubs, key_contract, person'],
    ['in a classroom', { purpose: 'hobby', ...locals }, classroom, 'paid group2_clubs 18 €: local_clubs, self_supervised, person'],
    ['friends of Tuusula', { ...club, applicant: 'unregistered_group' }, large, 'paid group2 30 €: local_adults, key_contract, person'],
    ['a club from elsewhere, small', { purpose: 'sport', localShare: 0.1 }, small, 'paid group3 36 €: others, key_contract, person'],
    ['medium', { purpose: 'sport' }, medium, 'paid group3 48 €: others, key_contract, person'],
    ['a firm', { applicant: 'company', purpose: 'sport', ...locals }, large, 'paid group3 60 €: business, key_contract, person'],
    ['a club that takes a fee', { ...club, entryFee: true }, small, 'paid group3 36 €: business, key_contract, person'],
    ['one person of Tuusula', { ...resident, purpose: 'sport', ...locals }, small, 'paid group3 36 €: private, key_contract, person'],
    ['an association’s party', { purpose: 'private_party', ...locals }, { ...classroom, kind: 'canteen' },
      'paid group3 48 €: private, self_supervised, person'],
  ])

  test.each<[story: string, wish: Partial<Facts>, space: SpaceTraits, outcome: string]>([
    ['an adult club has a large gym for half', club, large, 'paid group2_clubs 15 €: local_clubs, key_contract, person'],
    ['but no other gym', club, medium, 'paid group2_clubs 24 €: local_clubs, key_contract, person'],
    ['and nobody else has', { ...club, applicant: 'unregistered_group' }, large, 'paid group2 30 €: local_adults, key_contract, person'],
  ])('on a Saturday %s', (_, special, space, outcome) => {
    expect(told(tuusula, special, space, weekend)).toBe(outcome)
  })

  test('everybody is told when the decision comes', () => {
    expect(quote(tuusula, wish(club), large, october).because.map(reason => reason.rule)).toEqual(['local_clubs', 'written_decision', 'key'])
    expect(tuusula.limits).toMatchObject({ handlingWorkingDays: 23, decisionDaysAtMost: 14 })
  })
})

describe('a dearer edition that follows', () => {
  const { priceList } = cityFile('tuusula')
  const dearer = (extra: Partial<EditionFile> = {}) => changed('tuusula', {
    id: 'tuusula-2024', validFrom: '2024-08-01',
    priceList: { ...priceList, prices: priceList.prices.map(row => ({ ...row, centsPerHour: row.centsPerHour + 100, validFrom: '2024-08-01' })) },
    ...extra,
  })
  const now: Edition = { ...tuusula, later: [dearer()] }
  const cost = (edition: Edition, slot: Slot, special = club) => {
    const { totalCents, edition: decided, lines } = quote(edition, wish(special), large, slot)
    return [decided, totalCents, lines[0]?.vatRate]
  }
  const [before, first, later] = [on('2024-07-31', 18, 20), on('2024-08-01', 18, 20), on('2024-09-03', 18, 20)]

  test('counts from its first day of use on, while the old one decides', () => {
    expect(cost(now, before)).toEqual(['tuusula-2023', 3000, 24])
    expect(cost(now, first)).toEqual(['tuusula-2023', 3200, 24])
    expect(cost(now, later)).toEqual(['tuusula-2023', 3200, 25.5])
  })
  test('its weekend counts too', () => {
    expect(cost(now, on('2024-08-03', 18, 20))).toEqual(['tuusula-2023', 1700, 24])
  })
  test('not where the day of the request counts', () => {
    expect(cost({ ...now, pricedAsOf: '2024-06-01' }, later)).toEqual(['tuusula-2023', 3000, 24])
    expect(cost({ ...now, pricedAsOf: '2024-08-01' }, later)).toEqual(['tuusula-2023', 3200, 24])
  })
  test('of several that follow, the last that has begun', () => {
    const third = dearer({
      id: 'tuusula-2025', validFrom: '2025-08-01',
      priceList: { ...priceList, prices: priceList.prices.map(row => ({ ...row, centsPerHour: row.centsPerHour + 300 })) },
    })
    const both: Edition = { ...tuusula, later: [dearer(), third] }
    expect(cost(both, on('2025-07-31', 18, 20))).toEqual(['tuusula-2023', 3200, 25.5])
    expect(cost(both, on('2025-08-01', 18, 20))).toEqual(['tuusula-2023', 3600, 25.5])
  })
  test('a price group that it drops stays on the old list', () => {
    const merged = dearer({
      chargeRules: cityFile('tuusula').chargeRules.map(rule => rule.priceClass === 'group2_clubs' ? { ...rule, priceClass: 'group2' } : rule),
      priceList: {
        ...priceList, groups: priceList.groups.filter(({ id }) => id !== 'group2_clubs'),
        prices: priceList.prices.filter(row => row.group !== 'group2_clubs').map(row => ({ ...row, centsPerHour: row.centsPerHour + 100 })),
      },
    })
    expect(cost({ ...tuusula, later: [merged] }, later)).toEqual(['tuusula-2023', 3000, 25.5])
    expect(cost({ ...tuusula, later: [merged] }, later, { purpose: 'sport' })).toEqual(['tuusula-2023', 6200, 25.5])
  })
})

test('the four cities answer one wish, each in its own way', () => {
  const juniors: Partial<Facts> = { purpose: 'sport', association: 'verified', youthShare: 0.7, ...locals }
  const answers = cities.map(name => told(editionOf(name), juniors, withKey, on('2023-10-10', 18, 20)))
  expect(answers).toEqual([
    'free 0 €: association, staffed, person', 'paid gym 24 €: gyms, key_contract, person',
    'free 0 €: public_benefit, key_contract, person', 'paid group2_clubs 24 €: local_clubs, key_contract, person',
  ])
})
