import fc from 'fast-check'
import { expect, test } from 'vitest'
import { activities, applicants, purposes } from '../../src/rulebook/facts.ts'
import { kept, told } from '../../src/rulebook/kept-quote.ts'
import { quote } from '../../src/rulebook/quote.ts'
import { classroom, cultureHall, evening, example, gym, kitchen, wish, youthHall } from './example.ts'

test('a stored quote is told again word for word', () => {
  const facts = fc.record({
    applicant: fc.constantFrom(...applicants), purpose: fc.constantFrom(...purposes), people: fc.integer({ min: 1, max: 250 }),
    openToAll: fc.boolean(), activities: fc.subarray([...activities], { maxLength: 2 }),
  })
  fc.assert(fc.property(facts, fc.constantFrom(classroom, gym, youthHall, kitchen, cultureHall), (said, space) => {
    const given = quote(example, wish(said), space, evening)
    const stored = JSON.stringify(kept(given))
    expect(told(example, JSON.parse(stored) as ReturnType<typeof kept>)).toEqual(given)
    expect(stored.length).toBeLessThan(2_500)
  }), { numRuns: 500 })
})

test('a rule that the edition does not have is an error, not an empty reason', () => {
  const stored = kept(quote(example, wish(), classroom, evening))
  expect(() => told(example, { ...stored, because: ['no_such_rule'] })).toThrow('no rule no_such_rule')
})
