import { describe, expect, test } from 'vitest'
import { questions } from '../../src/rulebook/answers.ts'
import type { Facts, SpaceTraits } from '../../src/rulebook/facts.ts'
import { asked, classroom, example, gym, kitchen, youthHall } from './example.ts'

describe('facts that were left out and could help', () => {
  test.each<[story: string, wish: Partial<Facts>, space: SpaceTraits, missing: string[]]>([
    ['an open association has told enough', { openToAll: true }, classroom, []],
    ['an association that told nothing', {}, classroom, ['openToAll', 'localShare', 'youthShare']],
    ['too many to be a small group', { people: 31 }, gym, ['openToAll', 'youthShare']],
    ['a private person', { applicant: 'private_person' }, classroom, ['openToAll', 'localShare', 'youthShare']],
    ['a private person who is not open', { applicant: 'private_person', openToAll: false }, classroom, ['localShare', 'youthShare']],
    ['a private person with everything told', { applicant: 'private_person', openToAll: false, localShare: 0.2, youthShare: 0 }, classroom, []],
    ['nothing helps a company', { applicant: 'company' }, classroom, []],
    ['nothing helps two hundred people', { people: 200 }, gym, []],
    ['nothing helps prayers in a youth centre', { purpose: 'religious_practice' }, youthHall, []],
    ['a state office may get the lower price', { applicant: 'other' }, kitchen, ['localShare']],
    ['a state office with young people needs to tell two things', { applicant: 'other', purpose: 'youth_activity' }, classroom,
      ['localShare', 'youthShare']],
    ['a group elsewhere counts as it said', { localShare: 0.1 }, classroom, []],
    ['a fee once told is told', { entryFee: true }, classroom, []],
  ])('%s', (_, wish, space, missing) => {
    expect(asked(wish, space).missing).toEqual(missing)
  })
})

describe('what a form should ask', () => {
  test('an association', () => {
    expect(questions(example, 'registered_association', 'hobby'))
      .toEqual(['openToAll', 'entryFee', 'localShare', 'youthShare', 'groups', 'activities'])
  })
  test('parents only say what they will do', () => {
    expect(questions(example, 'parents_association', 'meeting')).toEqual(['activities'])
  })
  test('a company too', () => {
    expect(questions(example, 'company', 'training')).toEqual(['activities'])
  })
  test('a space that always costs does not ask about youth', () => {
    expect(questions(example, 'registered_association', 'hobby', kitchen)).toEqual(['localShare', 'activities'])
  })
  test('religious practice', () => {
    expect(questions(example, 'religious_community', 'religious_practice')).toEqual(['entryFee', 'localShare', 'activities'])
  })
})
