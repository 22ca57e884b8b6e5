import { describe, expect, test } from 'vitest'
import { bodyErrors, quoteBody } from '../../src/bookings/body.ts'
import { refusalJson } from '../../src/bookings/refusal-json.ts'

const least = { space: 'sali', start: '2026-11-24T18:00', end: '2026-11-24T20:00:00+02:00', applicant: 'unregistered_group', purpose: 'hobby', people: 10 }
const at = (text: string) => Date.parse(text)
const faults = (body: unknown) => {
  const read = quoteBody.safeParse(body)
  return read.success ? [] : bodyErrors(read.error, body).map(({ path, code }) => `${path}: ${code}`)
}

describe('the body of a quote', () => {
  test('reads local times and instants, and leaves unknown fields out', () => {
    expect(quoteBody.parse({ ...least, hacker: true })).toEqual({
      space: 'sali', start: { kind: 'one', at: at('2026-11-24T16:00Z') }, end: { kind: 'one', at: at('2026-11-24T18:00Z') },
      facts: { applicant: 'unregistered_group', purpose: 'hobby', people: 10, groups: [], activities: [] },
    })
  })
  test('takes an entry fee as yes or no, or as a sum', () => {
    expect([true, false, 5, 0].map((entryFee) => quoteBody.parse({ ...least, entryFee }).facts.entryFee)).toEqual([true, false, true, false])
  })
  test('names an association by number, with or without a name', () => {
    expect(quoteBody.parse({ ...least, association: '123.456' }).association).toEqual({ kind: 'register_number', value: '123456' })
    expect(quoteBody.parse({ ...least, association: { number: '0201256-6', name: 'Kaupunki' } }).association)
      .toEqual({ kind: 'business_id', value: '0201256-6', name: 'Kaupunki' })
  })
  test('keeps each group and activity once', () => {
    expect(quoteBody.parse({ ...least, groups: ['children', 'children'], activities: ['alcohol'] }).facts)
      .toMatchObject({ groups: ['children'], activities: ['alcohol'] })
  })
  test('keeps a time that is none or two as what it is', () => {
    expect(quoteBody.parse({ ...least, start: '2027-03-28T03:30' }).start).toEqual({ kind: 'none', next: at('2027-03-28T01:00Z') })
    expect(quoteBody.parse({ ...least, start: '2026-10-25T03:30' }).start).toMatchObject({ kind: 'two' })
  })
  test('tells every fault with its place', () => {
    expect(faults({ start: 'tomorrow', applicant: 'king', people: 0, youthShare: 2, groups: ['cats'], association: '1234567-0' })).toEqual([
      'space: required', 'start: custom', 'end: required', 'applicant: invalid-value', 'purpose: required', 'people: too-small',
      'youthShare: too-big', 'groups.0: invalid-value', 'association: invalid-union',
    ])
  })
  test.each([[null], [[]], ['text'], [7], [{ ...least, people: '10' }], [{ ...least, people: 1.5 }], [{ ...least, groups: 'children' }], [{ ...least, groups: Array(99).fill('children') }]])(
    '%j is refused', (body) => {
      expect(faults(body).length).toBeGreaterThan(0)
    },
  )
})

test('a refusal is told with times that machines can read', () => {
  const [start, end] = [at('2026-11-24T16:00Z'), at('2026-11-24T18:00Z')]
  const read = { start: '2026-11-24T18:00:00+02:00', end: '2026-11-24T20:00:00+02:00' }
  expect(refusalJson({ code: 'taken', busy: [{ start, end }], gap: false })).toEqual({ code: 'taken', busy: [read], gap: false })
  expect(refusalJson({ code: 'closed', opensAt: [{ start, end }] })).toEqual({ code: 'closed', opensAt: [read] })
  expect(refusalJson({ code: 'closure', reason: { fi: 'Remontti' }, start, end })).toEqual({ code: 'closure', reason: { fi: 'Remontti' }, ...read })
  expect(refusalJson({ code: 'ambiguous-time', edge: 'start', first: start, second: end })).toEqual({ code: 'ambiguous-time', edge: 'start', first: read.start, second: read.end })
  expect(refusalJson({ code: 'no-such-time', edge: 'end', next: end })).toEqual({ code: 'no-such-time', edge: 'end', next: read.end })
  expect(refusalJson({ code: 'too-short', minutes: 60 })).toEqual({ code: 'too-short', minutes: 60 })
})
