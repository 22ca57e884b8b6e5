import { describe, expect, test } from 'vitest'
import type { Facts, SpaceTraits } from '../../src/rulebook/facts.ts'
import { asked, classroom, cultureHall, example, gym, youthHall } from './example.ts'

const mode = (wish: Partial<Facts>, space: SpaceTraits) => {
  const { supervision } = asked(wish, space)
  return `${supervision.mode}: ${supervision.because.rule}`
}
const only = (...supervision: SpaceTraits['supervision']): SpaceTraits => ({ ...classroom, supervision })

describe('who supervises', () => {
  test.each<[story: string, wish: Partial<Facts>, space: SpaceTraits, outcome: string]>([
    ['an ordinary evening in a classroom', { openToAll: true }, classroom, 'self_supervised: own_supervision'],
    ['a team in a gym', { openToAll: true }, gym, 'key_contract: key_to_hall'],
    ['a hundred people', { openToAll: true, people: 100 }, gym, 'staffed: guarded_event'],
    ['a youth hall', { openToAll: true }, youthHall, 'staffed: youth_hall_staff'],
    ['a sales event', { purpose: 'commercial' }, cultureHall, 'staffed: commercial_event_staff'],
    ['a hundred people where no staff can come', { people: 100 }, { ...gym, supervision: ['key_contract'] }, 'key_contract: key_to_hall'],
    ['a room that only has a key', {}, only('key_contract'), 'key_contract: key_only'],
    ['a room that always has staff', {}, only('staffed'), 'staffed: staff_only'],
    ['a room that offers nothing is taken as staffed', {}, only(), 'staffed: staff_only'],
  ])('%s', (_, wish, space, outcome) => {
    expect(mode(wish, space)).toBe(outcome)
  })

  test('duties are those of the mode, in the order before, during, after', () => {
    const texts = (...ids: string[]) => ids.map(id => example.duties.find(duty => duty.id === id)!.text)
    expect(asked({}, youthHall).supervision.duties).toEqual(texts(
      'safety', 'adult_present', 'people_and_space', 'no_intoxicants', 'follow_staff', 'tidy', 'leave_in_time', 'report_damage'))
    expect(asked({}, gym).supervision.duties).toEqual(texts(
      'commitment', 'key', 'safety', 'adult_present', 'own_group', 'people_and_space', 'no_intoxicants', 'alarm',
      'tidy', 'close_up', 'leave_in_time', 'log', 'report_damage'))
  })
})

describe('who approves', () => {
  const approval = (wish: Partial<Facts>, space: SpaceTraits) => {
    const { approval, because } = asked(wish, space)
    return [approval, ...because.map(reason => reason.rule)]
  }

  test('nobody needs to, in the ordinary case', () => {
    expect(approval({ openToAll: true }, classroom)).toEqual(['automatic', 'open_activity', 'own_supervision'])
  })
  test('a space with a limit wants a person', () => {
    expect(approval({ openToAll: true }, { ...classroom, approval: 'person' }))
      .toEqual(['person', 'open_activity', 'space_by_person', 'own_supervision'])
  })
  test('alcohol where it is possible', () => {
    expect(approval({ purpose: 'private_party', activities: ['alcohol'] }, cultureHall))
      .toEqual(['person', 'private_event', 'event_hall_by_person', 'alcohol_with_permission', 'key_to_hall'])
  })
  test('an election event in a space that always costs', () => {
    expect(approval({ purpose: 'election_event' }, { ...cultureHall, alwaysPaid: true }))
      .toEqual(['person', 'always_paid', 'event_hall_by_person', 'election_by_person', 'key_to_hall'])
  })
  test('a company that claims free use', () => {
    expect(approval({ applicant: 'company', purpose: 'arts_education' }, classroom))
      .toEqual(['person', 'arts_education', 'free_claim_checked', 'own_supervision'])
  })
})
