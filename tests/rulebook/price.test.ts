import { describe, expect, test } from 'vitest'
import type { SpaceTraits } from '../../src/rulebook/facts.ts'
import { hourlyPrice, priceFor, vatRate } from '../../src/rulebook/price.ts'
import { quote } from '../../src/rulebook/quote.ts'
import { asked, classroom, cultureHall, evening, example, gym, kitchen, wish } from './example.ts'

const sized = (kind: SpaceTraits['kind'], areaM2: number): SpaceTraits => ({ ...classroom, kind, areaM2 })
const euros = (space: SpaceTraits) => ['basic', 'full'].map(group => hourlyPrice(example, group, space, '2026-02-03').cents / 100)

describe('the price list', () => {
  test.each([
    [sized('gym', 299), [9, 18]], [sized('gym', 300), [12, 24]], [sized('gym', 599.5), [12, 24]], [sized('gym', 600), [15, 30]],
    [sized('classroom', 60), [9, 18]], [sized('meeting_room', 20), [9, 18]], [sized('group_room', 15), [9, 18]],
    [sized('youth_hall', 900), [9, 18]], [sized('canteen', 200), [12, 24]], [sized('hall', 200), [12, 24]],
    [sized('studio', 40), [12, 24]], [sized('music_room', 40), [12, 24]], [sized('kitchen', 30), [12, 24]],
  ])('%j', (space, prices) => {
    expect(euros(space)).toEqual(prices)
  })

  test('an unknown class has no price', () => {
    expect(() => priceFor(example, 'gold', classroom, evening)).toThrow('No price "gold" for a classroom of 60 m²')
  })
})

describe('VAT', () => {
  test.each([
    ['2024-08-31', 24], ['2024-09-01', 25.5], ['2026-02-03', 25.5],
  ])('on %s is %d per cent', (date, rate) => {
    expect(vatRate(example, 'general', date)).toBe(rate)
  })

  test('a date before the whole list gets the first rate', () => {
    expect(vatRate(example, 'general', '1999-01-01')).toBe(24)
  })
})

describe('the bill', () => {
  test('the ordinary association evening is free and has no lines', () => {
    expect(asked({ openToAll: true })).toMatchObject({ charge: 'free', priceClass: null, totalCents: 0, lines: [], approval: 'automatic' })
  })

  test('a birthday in a classroom for two hours', () => {
    expect(asked({ applicant: 'private_person', purpose: 'private_party' })).toMatchObject({
      charge: 'paid', priceClass: 'full', totalCents: 3600,
      lines: [{ text: { fi: 'Tilan vuokra, täysi hinta' }, minutes: 120, cents: 3600, vatRate: 25.5 }],
    })
  })

  test('cents are rounded once, by whole minutes', () => {
    const slot = { ...evening, end: evening.start + 50 * 60_000 }
    expect(priceFor(example, 'basic', sized('gym', 100), slot).totalCents).toBe(750)
    expect(priceFor(example, 'basic', sized('gym', 100), { ...evening, end: evening.start + 61 * 60_000 }).totalCents).toBe(915)
  })

  test('the night when the clock goes back is an hour longer, and costs it', () => {
    const night = { start: Date.UTC(2026, 9, 24, 23), end: Date.UTC(2026, 9, 25, 3), date: '2026-10-25' }
    expect(priceFor(example, 'basic', classroom, night)).toMatchObject({ totalCents: 3600, lines: [{ minutes: 240 }] })
  })

  test('a big open event is free, its supervisor is not', () => {
    const answer = asked({ openToAll: true, people: 120 }, gym)
    expect(answer).toMatchObject({ charge: 'free', totalCents: 6000, approval: 'person' })
    expect(answer.lines.map(line => [line.text.en, line.cents])).toEqual([['Supervisor, because the event has 100 people or more', 6000]])
    expect(answer.because.map(reason => reason.rule)).toEqual(['open_activity', 'event_guard', 'many_people', 'guarded_event'])
  })

  test('a school brings its own supervisors', () => {
    expect(asked({ applicant: 'school', granted: true, people: 150 }, gym).totalCents).toBe(0)
  })

  test('a big party in a kitchen pays rent and cleaning', () => {
    const answer = asked({ applicant: 'private_person', purpose: 'private_party', people: 40 }, kitchen)
    expect(answer.lines.map(line => line.cents)).toEqual([4800, 6000])
    expect(answer.totalCents).toBe(10_800)
  })

  test('when a person decides, only the extras are known; the approval adds the rent', () => {
    const space = cultureHall
    const answer = asked({ purpose: 'election_event', people: 120 }, space)
    expect(answer).toMatchObject({ charge: 'needs_person', priceClass: null, totalCents: null, approval: 'person' })
    expect(answer.lines.map(line => line.cents)).toEqual([6000])
    expect(priceFor(example, 'basic', space, evening, { extras: answer.lines })).toMatchObject({ totalCents: 8400, lines: [{ cents: 2400 }, { cents: 6000 }] })
    expect(priceFor(example, null, space, evening, { extras: answer.lines }).totalCents).toBe(6000)
  })

  test('names the edition that answered', () => {
    expect(quote(example, wish(), classroom, evening).edition).toBe('example-1')
  })
})
