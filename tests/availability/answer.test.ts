import { describe, expect, test } from 'vitest'
import { answer } from '../../src/availability/answer.ts'
import type { Schedule, Standing, Taken, Wish } from '../../src/availability/answer.ts'
import { unclearTimes } from '../../src/availability/refusals.ts'
import { parseWhen } from '../../src/time/wallclock.ts'
import { at, from, opening, schedule, taken } from './sample.ts'

const limits = { handlingWorkingDays: 7 }
const monday = at('2026-11-23T12:00')
const reason = { fi: 'Lattia hiotaan', sv: 'Golvet slipas' }

const tuesday = (start: string, end: string, given: Partial<Wish> = {}): Wish =>
  ({ ...from(`2026-11-24T${start}`, `2026-11-24T${end}`), people: 20, approval: 'automatic', ...given })

function refusals(wish: Wish, given: { schedule?: Schedule; taken?: Taken[]; now?: number; standing?: Standing } = {}) {
  return answer({ schedule: schedule(), taken: [], now: monday, limits, wish, ...given }).refusals
}

describe('a wish', () => {
  test('without anything against it is not refused', () => {
    expect(refusals(tuesday('18:00', '20:00'))).toEqual([])
  })

  test('must end after it starts; the rest is said all the same', () => {
    expect(refusals(tuesday('18:00', '18:00', { people: 61 })))
      .toEqual([{ code: 'end-before-start' }, { code: 'too-many-people', people: 60 }])
    expect(refusals(tuesday('18:00', '17:00'), { taken: [taken('2026-11-24T16:00', '2026-11-24T22:00')] }))
      .toEqual([{ code: 'end-before-start' }])
  })

  test('starts now at the earliest', () => {
    expect(refusals(tuesday('18:00', '20:00'), { now: at('2026-11-24T18:00') })).toEqual([])
    expect(refusals(tuesday('18:00', '20:00'), { now: at('2026-11-24T18:00') + 1 })).toEqual([{ code: 'in-the-past' }])
  })

  test('starts on the last bookable date at the latest', () => {
    const near = schedule({ space: { daysAhead: 1 }, openings: [opening({ from: 22 * 60, to: 26 * 60 })] })
    expect(refusals(tuesday('23:00', '24:00', { end: at('2026-11-25T01:00') }), { schedule: near })).toEqual([])
    expect(refusals({ ...tuesday('18:00', '20:00'), ...from('2026-11-25T00:00', '2026-11-25T01:00') }, { schedule: near }))
      .toEqual([{ code: 'too-early', lastDate: '2026-11-24' }])
  })

  test('that needs a person leaves them time, by the quote or by the space', () => {
    const late = [{ code: 'too-late', firstDate: '2026-12-02' }]
    const asks = schedule({ space: { approval: 'person' } })
    expect(refusals(tuesday('18:00', '20:00', { approval: 'person' }))).toEqual(late)
    expect(refusals(tuesday('18:00', '20:00'), { schedule: asks })).toEqual(late)
    expect(refusals({ ...tuesday('18:00', '20:00'), ...from('2026-12-02T16:00', '2026-12-02T17:00') }, { schedule: asks })).toEqual([])
  })

  test('has a length on the step between the limits', () => {
    expect(refusals(tuesday('18:00', '18:30'))).toEqual([{ code: 'too-short', minutes: 60 }])
    expect(refusals(tuesday('16:00', '20:30'))).toEqual([{ code: 'too-long', minutes: 240 }])
    expect(refusals(tuesday('18:10', '19:10'))).toEqual([{ code: 'off-step', minutes: 30 }])
    expect(refusals(tuesday('18:00', '19:15'))).toEqual([{ code: 'off-step', minutes: 30 }])
    expect(refusals(tuesday('18:00', '18:20')))
      .toEqual([{ code: 'too-short', minutes: 60 }, { code: 'off-step', minutes: 30 }])
  })

  test('lies in one opening', () => {
    const opensAt = [from('2026-11-24T08:00', '2026-11-24T12:00'), from('2026-11-24T16:00', '2026-11-24T22:00')]
    const twice = schedule({ openings: [opening(), opening({ from: 480, to: 720 })] })
    expect(refusals(tuesday('11:00', '13:00'), { schedule: twice })).toEqual([{ code: 'closed', opensAt }])
    expect(refusals(tuesday('11:00', '13:00'), { schedule: schedule({ openings: [] }) })).toEqual([{ code: 'closed', opensAt: [] }])
  })

  test('may use the end of an opening that began the evening before', () => {
    const night = schedule({ openings: [opening({ weekdays: [1], from: 20 * 60, to: 26 * 60 })] })
    expect(refusals(tuesday('00:30', '01:30'), { schedule: night })).toEqual([])
    expect(refusals(tuesday('01:30', '02:30'), { schedule: night })).toEqual([{ code: 'closed', opensAt: [] }])
  })

  test('hears the reason of a closure', () => {
    const closure = { ...from('2026-11-24T17:00', '2026-11-24T18:30'), reason }
    const closing = schedule({ closures: [closure] })
    expect(refusals(tuesday('18:00', '20:00'), { schedule: closing })).toEqual([{ code: 'closure', ...closure }])
    expect(refusals(tuesday('18:30', '20:00'), { schedule: closing })).toEqual([])
  })

  test('hears what is taken, not whose it is', () => {
    const others = [taken('2026-11-24T17:00', '2026-11-24T18:30'), taken('2026-11-24T18:30', '2026-11-24T19:00', { id: 'b2' })]
    expect(refusals(tuesday('18:00', '20:00'), { taken: others }))
      .toEqual([{ code: 'taken', busy: [from('2026-11-24T17:00', '2026-11-24T19:00')], gap: false }])
    expect(refusals(tuesday('19:00', '20:00'), { taken: others })).toEqual([])
  })

  test('keeps the gap to both sides, the larger of the two wishes', () => {
    const asked = schedule({ space: { bufferBefore: 15, bufferAfter: 30 } })
    const before = taken('2026-11-24T16:00', '2026-11-24T17:30', { after: 45 })
    const after = taken('2026-11-24T20:00', '2026-11-24T21:00', { before: 15 })
    const wish = tuesday('18:00', '20:00')
    expect(refusals(wish, { schedule: asked, taken: [before] }))
      .toEqual([{ code: 'taken', busy: [from('2026-11-24T16:00', '2026-11-24T17:30')], gap: true, minutes: 45 }])
    expect(refusals(wish, { schedule: asked, taken: [after] }))
      .toEqual([{ code: 'taken', busy: [from('2026-11-24T20:00', '2026-11-24T21:00')], gap: true, minutes: 30 }])
    expect(refusals(tuesday('18:30', '19:30'), { schedule: asked, taken: [before, after] })).toEqual([])
  })

  test('hears of an overlap and of a missing gap at once', () => {
    const others = [taken('2026-11-24T18:30', '2026-11-24T19:00'), taken('2026-11-24T16:30', '2026-11-24T17:30', { after: 60 })]
    expect(refusals(tuesday('18:00', '20:00'), { taken: others })).toEqual([
      { code: 'taken', busy: [from('2026-11-24T18:30', '2026-11-24T19:00')], gap: false },
      { code: 'taken', busy: [from('2026-11-24T16:30', '2026-11-24T17:30')], gap: true, minutes: 60 },
    ])
  })

  test('is measured against people, rules and quota', () => {
    const full = { openBookings: 4, limit: 4 }
    expect(refusals(tuesday('18:00', '20:00', { people: 60 }), { standing: { openBookings: 3, limit: 4 } })).toEqual([])
    expect(refusals(tuesday('18:00', '20:00', { people: 61, notAllowed: { rule: 'HEL-7' } }), { standing: full })).toEqual([
      { code: 'too-many-people', people: 60 },
      { code: 'not-allowed', rule: 'HEL-7' },
      { code: 'open-bookings', limit: 4, used: 4 },
    ])
  })

  test('hears all reasons at once, always in the same order', () => {
    const asked = schedule({ closures: [{ ...from('2026-11-24T10:00', '2026-11-24T12:00'), reason }] })
    const found = refusals(tuesday('06:10', '15:25', { approval: 'person', people: 99, notAllowed: { rule: 'R' } }), {
      schedule: asked, now: at('2026-11-24T12:00'), taken: [taken('2026-11-24T14:00', '2026-11-24T15:00')],
      standing: { openBookings: 9, limit: 4 },
    })
    expect(found.map(({ code }) => code)).toEqual([
      'in-the-past', 'too-late', 'too-long', 'off-step', 'closed', 'closure', 'taken', 'too-many-people', 'not-allowed',
      'open-bookings',
    ])
  })

  test('of a hundred years is answered like any other', () => {
    const long = { ...tuesday('18:00', '20:00'), end: at('2100-12-31T24:00') }
    expect(refusals(long).map(({ code }) => code)).toEqual(['too-long', 'closed'])
  })
})

describe('asked again about what already is', () => {
  const own = [
    taken('2026-11-24T18:00', '2026-11-24T20:00', { id: 'mine' }),
    taken('2026-11-24T18:00', '2026-11-24T20:00', { id: 'held', kind: 'hold' }),
  ]
  const busy = [from('2026-11-24T18:00', '2026-11-24T20:00')]

  test('its own booking and hold are no obstacle', () => {
    expect(refusals(tuesday('18:00', '20:00', { bookingId: 'mine', holdId: 'held' }), { taken: own })).toEqual([])
    expect(refusals(tuesday('18:00', '20:00', { bookingId: 'mine' }), { taken: own })).toEqual([{ code: 'taken', busy, gap: false }])
    expect(refusals(tuesday('18:00', '20:00', { bookingId: 'held', holdId: 'mine' }), { taken: own }))
      .toEqual([{ code: 'taken', busy, gap: false }])
  })

  test('its own time counts as free', () => {
    const { free } = answer({
      schedule: schedule(), taken: own, now: monday, limits, range: { from: '2026-11-24', to: '2026-11-24' },
      wish: tuesday('18:00', '20:00', { bookingId: 'mine', holdId: 'held' }),
    })
    expect(free).toEqual([from('2026-11-24T16:00', '2026-11-24T22:00')])
  })

  test('at approval lead time and quota no longer refuse, the past and the rest do', () => {
    const standing = { openBookings: 9, limit: 4 }
    const decided = tuesday('18:00', '20:00', { approval: 'person', decided: true })
    expect(refusals(decided, { standing })).toEqual([])
    expect(refusals(decided, { standing, now: at('2026-11-24T19:00'), taken: [own[0]!] }))
      .toEqual([{ code: 'in-the-past' }, { code: 'taken', busy, gap: false }])
  })
})

describe('an answer', () => {
  test('lists open and free times of the range, and refuses nothing without a wish', () => {
    expect(answer({
      schedule: schedule(), taken: [taken('2026-11-24T16:00', '2026-11-24T18:00')], now: monday, limits,
      range: { from: '2026-11-24', to: '2026-11-25' },
    })).toEqual({
      open: [from('2026-11-24T16:00', '2026-11-24T22:00'), from('2026-11-25T16:00', '2026-11-25T22:00')],
      free: [from('2026-11-24T18:00', '2026-11-24T22:00'), from('2026-11-25T16:00', '2026-11-25T22:00')],
      refusals: [],
    })
  })

  test('lists nothing without a range', () => {
    expect(answer({ schedule: schedule(), taken: [], now: monday, limits })).toEqual({ open: [], free: [], refusals: [] })
  })
})

describe('when the clocks change', () => {
  const always = schedule({ openings: [opening({ from: 0, to: 1440 })], space: { daysAhead: 365 } })
  const spanning = (start: string, end: string): Wish => ({ start: Date.parse(start), end: Date.parse(end), people: 1, approval: 'automatic' })
  const codes = (wish: Wish) => refusals(wish, { schedule: always, now: at('2026-03-01T12:00') }).map(({ code }) => code)

  test('lengths are the time gone by', () => {
    expect(codes(spanning('2026-03-29T02:30+02:00', '2026-03-29T04:00+03:00'))).toEqual(['too-short'])
    expect(codes(spanning('2026-10-25T02:00+03:00', '2026-10-25T05:00+02:00'))).toEqual([])
    expect(codes(spanning('2026-10-25T02:00+03:00', '2026-10-25T06:00+02:00'))).toEqual(['too-long'])
  })

  test('a time that does not exist or comes twice is said for each edge', () => {
    expect(unclearTimes(parsed('2026-03-29T03:30'), parsed('2026-03-29T05:00')))
      .toEqual([{ code: 'no-such-time', edge: 'start', next: Date.parse('2026-03-29T01:00Z') }])
    const first = Date.parse('2026-10-25T00:00Z')
    expect(unclearTimes(parsed('2026-10-25T02:00'), parsed('2026-10-25T03:00')))
      .toEqual([{ code: 'ambiguous-time', edge: 'end', first, second: first + 3_600_000 }])
    expect(unclearTimes(parsed('2026-11-24T18:00'), parsed('2026-11-24T20:00'))).toEqual([])
  })
})

function parsed(text: string) {
  const when = parseWhen(text)
  if (when.kind === 'malformed') throw new Error(text)
  return when
}
