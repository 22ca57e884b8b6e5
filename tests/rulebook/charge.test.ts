import { describe, expect, test } from 'vitest'
import type { Facts, SpaceTraits } from '../../src/rulebook/facts.ts'
import { asked, classroom, cultureHall, decided, example, gym, kitchen, youthHall } from './example.ts'

type Story = [story: string, wish: Partial<Facts>, space: SpaceTraits, outcome: string]

const stories: Story[] = [
  ['two hundred people need a rescue plan', { people: 200, openToAll: true }, gym, 'not_allowed: big_event'],
  ['one fewer is still for us', { people: 199, openToAll: true }, gym, 'free: open_activity'],
  ['candles on stage', { activities: ['open_fire'] }, gym, 'not_allowed: dangerous_activity'],
  ['fireworks', { activities: ['pyrotechnics'] }, gym, 'not_allowed: dangerous_activity'],
  ['a knife-throwing show', { activities: ['special_danger'] }, gym, 'not_allowed: dangerous_activity'],
  ['scouts who would sleep in a classroom', { youthShare: 1, activities: ['overnight'] }, classroom, 'not_allowed: overnight_stay'],
  ['a film crew', { applicant: 'company', activities: ['filming'] }, classroom, 'not_allowed: filming_or_demonstration'],
  ['a demonstration', { purpose: 'civic_activity', activities: ['demonstration'] }, gym, 'not_allowed: filming_or_demonstration'],
  ['a candidate in a youth centre', { purpose: 'election_event', openToAll: true }, youthHall, 'not_allowed: election_in_youth_premises'],
  ['the same, called civic activity', { purpose: 'civic_activity', activities: ['election'], openToAll: true }, youthHall,
    'not_allowed: election_in_youth_premises'],
  ['wine in a school', { purpose: 'private_party', activities: ['alcohol'] }, classroom, 'not_allowed: alcohol_near_children'],
  ['wine in a culture house', { purpose: 'private_party', activities: ['alcohol'] }, cultureHall, 'paid full: private_event'],

  ['a library that meets in a school', { applicant: 'city_unit', purpose: 'meeting', granted: true }, classroom, 'free: own_activity'],
  ['a school in its own gym', { applicant: 'school', purpose: 'sport', granted: true }, gym, 'free: own_activity'],
  ['a music school', { purpose: 'arts_education', applicant: 'educational_institution' }, classroom, 'free: arts_education'],
  ['a class committee', { applicant: 'parents_association', purpose: 'meeting' }, classroom, 'free: parents'],
  ['an afternoon club', { activities: ['after_school'], purpose: 'youth_activity' }, classroom, 'free: after_school'],
  ['someone who says to be from a school', { applicant: 'school', purpose: 'sport' }, gym, 'needs_person: unconfirmed_applicant'],
  ['someone whose right was not granted', { applicant: 'city_unit', granted: false }, gym, 'needs_person: unconfirmed_applicant'],

  ['cooking club in a kitchen that always costs', { openToAll: true }, kitchen, 'paid basic: always_paid'],
  ['birthday in a kitchen that always costs', { applicant: 'private_person', purpose: 'private_party' }, kitchen, 'paid full: always_paid_full'],
  ['sales evening', { purpose: 'commercial' }, classroom, 'paid full: commercial'],
  ['a firm trains its own people', { applicant: 'company', purpose: 'training' }, classroom, 'paid full: commercial'],
  ['a person sells tickets', { applicant: 'private_person', purpose: 'other', openToAll: true, entryFee: true }, gym, 'paid full: commercial'],
  ['birthday', { applicant: 'private_person', purpose: 'private_party' }, classroom, 'paid full: private_event'],
  ['an association rents for a wedding', { purpose: 'private_party', openToAll: true }, classroom, 'paid full: private_event'],
  ['a person who tells nothing more', { applicant: 'private_person', purpose: 'hobby' }, classroom, 'paid full: private_event'],
  ['a person asks friends to a meeting', { applicant: 'private_person', purpose: 'other', localShare: 1 }, classroom, 'paid full: private_event'],
  ['a club from the next town', { openToAll: true, localShare: 0.49 }, gym, 'paid full: mostly_from_elsewhere'],
  ['a state office', { applicant: 'other', openToAll: true, purpose: 'meeting' }, classroom, 'paid full: other_applicant'],
  ['a concert with tickets', { openToAll: true, entryFee: true }, classroom, 'paid basic: entry_fee'],

  ['prayers in a youth centre', { applicant: 'religious_community', purpose: 'religious_practice', openToAll: true }, youthHall,
    'paid basic: religious_in_youth_premises'],
  ['prayers in a school', { applicant: 'religious_community', purpose: 'religious_practice', openToAll: true }, classroom,
    'needs_person: religious_elsewhere'],
  ['a parish that runs an open café', { applicant: 'religious_community', purpose: 'civic_activity', openToAll: true }, youthHall,
    'free: open_activity'],

  ['a junior team, two thirds under twenty', { purpose: 'sport', people: 21, youthShare: 14 / 21 }, gym, 'free: youth'],
  ['a mixed team', { purpose: 'sport', people: 21, youthShare: 13 / 21 }, gym, 'needs_person: closed_group'],
  ['a private person with the neighbourhood children', { applicant: 'private_person', purpose: 'sport', youthShare: 1 }, gym, 'free: youth'],
  ['pensioners’ choir', { groups: ['pensioners'] }, classroom, 'free: special_groups'],
  ['a language café for people who moved here', { applicant: 'private_person', groups: ['integration'] }, classroom, 'free: special_groups'],
  ['students in a youth centre', { applicant: 'educational_institution', purpose: 'training', groups: ['young_adults'] }, youthHall,
    'free: students'],
  ['the same students in a school', { applicant: 'educational_institution', purpose: 'training', groups: ['young_adults'] }, classroom,
    'needs_person: unclear'],

  ['an ordinary association evening', { openToAll: true }, classroom, 'free: open_activity'],
  ['a group without a register number', { applicant: 'unregistered_group', purpose: 'civic_activity', openToAll: true }, classroom,
    'free: open_activity'],
  ['badminton among neighbours', { applicant: 'private_person', purpose: 'sport', people: 8, localShare: 1 }, gym, 'free: self_organised'],
  ['a person’s open drawing circle', { applicant: 'private_person', people: 30, openToAll: true }, classroom, 'free: self_organised'],
  ['an open circle that outgrew it', { applicant: 'private_person', people: 31, openToAll: true }, gym, 'needs_person: unclear'],
  ['a board of local members', { purpose: 'meeting', people: 9, openToAll: false, localShare: 0.9 }, classroom, 'free: self_organised'],
  ['exactly half is not mostly', { purpose: 'meeting', people: 9, openToAll: false, localShare: 0.5 }, classroom, 'needs_person: closed_group'],

  ['a candidate in a culture house', { purpose: 'election_event', openToAll: true }, cultureHall, 'needs_person: election_elsewhere'],
  ['a youth party’s election evening', { purpose: 'civic_activity', activities: ['election'], youthShare: 1, openToAll: true }, cultureHall,
    'needs_person: election_elsewhere'],
  ['members only', { openToAll: false }, classroom, 'needs_person: closed_group'],
  ['something else altogether', { purpose: 'other', openToAll: true }, classroom, 'needs_person: unclear'],
]

describe('free or paid, as the example edition has it', () => {
  test.each(stories)('%s', (_, wish, space, outcome) => {
    expect(decided(wish, space)).toBe(outcome)
  })

  test('has a story for every rule', () => {
    const told = new Set(stories.map(([, , , outcome]) => outcome.split(': ')[1]))
    expect(example.chargeRules.map(rule => rule.id).filter(id => !told.has(id))).toEqual([])
  })
})

describe('the order of the rules', () => {
  const order: Story[] = [
    ['not allowed before own activity', { applicant: 'school', granted: true, people: 200 }, gym, 'not_allowed: big_event'],
    ['own activity before a space that always costs', { applicant: 'city_unit', granted: true }, kitchen, 'free: own_activity'],
    ['parents before an entry fee', { applicant: 'parents_association', entryFee: true }, classroom, 'free: parents'],
    ['parents before a space that always costs', { applicant: 'parents_association' }, kitchen, 'free: parents'],
    ['arts education before a company', { applicant: 'company', purpose: 'arts_education' }, classroom, 'free: arts_education'],
    ['a space that always costs before youth', { youthShare: 1 }, kitchen, 'paid basic: always_paid'],
    ['a company before youth', { applicant: 'company', purpose: 'youth_activity', youthShare: 1 }, classroom, 'paid full: commercial'],
    ['a private party before youth', { applicant: 'private_person', purpose: 'private_party', youthShare: 1 }, youthHall,
      'paid full: private_event'],
    ['elsewhere before an entry fee', { entryFee: true, localShare: 0.1 }, gym, 'paid full: mostly_from_elsewhere'],
    ['an entry fee before pensioners', { entryFee: true, groups: ['pensioners'] }, classroom, 'paid basic: entry_fee'],
    ['religious practice before youth', { purpose: 'religious_practice', youthShare: 1 }, youthHall, 'paid basic: religious_in_youth_premises'],
    ['youth before members only', { openToAll: false, youthShare: 1 }, classroom, 'free: youth'],
  ]
  test.each(order)('%s', (_, wish, space, outcome) => {
    expect(decided(wish, space)).toBe(outcome)
  })
})

describe('what is not allowed', () => {
  test('gives every obstacle at once, the deciding one first, and whom to ask', () => {
    const answer = asked({ people: 250, activities: ['alcohol', 'overnight'] }, gym)
    expect(answer.because.map(reason => reason.rule)).toEqual(['big_event', 'overnight_stay', 'alcohol_near_children'])
    expect(answer.contact?.fi).toBe('Ota yhteyttä kaupungin tapahtumaneuvontaan hyvissä ajoin ennen tilaisuutta.')
    expect(answer).toMatchObject({ totalCents: null, priceClass: null, lines: [], approval: 'person' })
  })

  test('nothing else carries a contact', () => {
    expect('contact' in asked({ openToAll: true })).toBe(false)
  })
})
