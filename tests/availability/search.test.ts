import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answer } from '../../src/availability/answer.ts'
import { dayBar } from '../../src/availability/day-bar.ts'
import { formLink } from '../../src/availability/form-link.ts'
import { searchOf, searchQuery } from '../../src/availability/search-query.ts'
import { fitsExactly, groupsOf, hitsOf, lengthFor, nextFitting, soonestFirst } from '../../src/availability/search.ts'
import type { Candidate, TimeWish } from '../../src/availability/search.ts'
import type { Taken } from '../../src/availability/taken.ts'
import type { Unit } from '../../src/spaces/catalogue.ts'
import type { Space } from '../../src/spaces/space.ts'
import { at, calendar, opening, schedule } from './sample.ts'

const now = at('2026-11-23T09:00')
const limits = { handlingWorkingDays: 7 }
const unit = { id: 'school', slug: 'school', kind: 'school', name: { fi: 'Koulu' }, areaIds: [] } as unknown as Unit
const taken = (start: string, end: string): Taken => ({ id: start, start: at(start), end: at(end), before: 0, after: 0, kind: 'booking' })

function candidate(id: string, own: Partial<Space> = {}, busy: Taken[] = []): Candidate {
  const made = schedule({ space: { id, slug: id, partIds: [id], ...own } })
  return { listed: { space: made.space, unit, openings: [...made.openings], closures: [], calendar, words: '' }, schedule: made, taken: busy }
}

const evening: TimeWish = { date: '2026-11-24', from: 17 * 60, to: 21 * 60, minutes: 60 }
const ids = (groups: ReturnType<typeof groupsOf>) => groups.map(({ head }) => head.listed.space.id)

describe('what is looked for when little is said', () => {
  const said = (query: object, moment = now) => searchOf(searchQuery.parse(query), moment)

  test('this evening for an hour', () => {
    expect(said({})).toEqual({
      filter: { q: undefined, unitKind: undefined, kind: undefined, area: undefined, people: undefined },
      who: null, date: '2026-11-23', passed: false, from: 17 * 60, to: 21 * 60, minutes: 60, fits: false, page: 1,
    })
  })
  test('tomorrow evening when today is late, and the whole day at a weekend', () => {
    expect(said({}, at('2026-11-23T18:00'))).toMatchObject({ date: '2026-11-24', from: 17 * 60 })
    expect(said({ date: '2026-11-28' })).toMatchObject({ from: 9 * 60, to: 21 * 60 })
  })
  test('today instead of a day that is over, and the page can say so', () => {
    expect(said({ date: '2026-11-22' })).toMatchObject({ date: '2026-11-23', passed: true })
  })
  test('a late start has till midnight, a long wish as long as it needs', () => {
    expect(said({ from: '23:30' })).toMatchObject({ from: 1410, to: 1440, minutes: 30 })
    expect(said({ from: '17:00', minutes: '360' })).toMatchObject({ from: 1020, to: 1380, minutes: 360 })
    expect(said({ to: '10:00' })).toMatchObject({ from: 540, to: 600, minutes: 60 })
  })
  test('an end that is not after the start counts as not said', () => {
    expect(said({ from: '19:00', to: '18:00' })).toMatchObject({ from: 1140, to: 1260 })
    expect(said({ from: '19:00', to: '20:00', minutes: '120' })).toMatchObject({ from: 1140, to: 1260, minutes: 120 })
  })
  test('empty form fields are not said, and of repeated ones the last counts', () => {
    expect(said({ people: '', q: ' ', kind: ['gym', 'hall'] }).filter).toMatchObject({ kind: 'hall', people: undefined, q: undefined })
  })
  test('a purpose alone names its usual applicant', () => {
    expect(said({ purpose: 'private_party' }).who).toEqual({ applicant: 'private_person', purpose: 'private_party', openToAll: false })
    expect(said({ applicant: 'company', openToAll: '1' }).who).toEqual({ applicant: 'company', purpose: 'commercial', openToAll: true })
  })
  test.each([
    [{ date: '2026-02-30' }, 'date'], [{ from: '25:00' }, 'from'], [{ from: '24:00' }, 'from'], [{ to: '7' }, 'to'], [{ minutes: '5' }, 'minutes'],
    [{ people: '0' }, 'people'], [{ people: '1e3' }, 'people'], [{ kind: 'castle' }, 'kind'], [{ q: 'x'.repeat(101) }, 'q'], [{ page: '0' }, 'page'],
  ])('%j is a fault of one field', (query, field) => {
    const issues = searchQuery.safeParse(query).error?.issues ?? []
    expect(issues.map(({ path }) => path[0])).toEqual([field])
    expect(issues.every(({ message }) => message.startsWith('spaces.error.'))).toBe(true)
  })
  test('whatever is said makes a search with room between its times', () => {
    const half = fc.integer({ min: 0, max: 47 }).map((n) => `${String(n >> 1).padStart(2, '0')}:${n % 2 ? '30' : '00'}`)
    fc.assert(fc.property(fc.record({ from: half, to: half, minutes: fc.integer({ min: 15, max: 1440 }).map(String) }, { requiredKeys: [] }), (query) => {
      const { from, to, minutes } = said(query)
      expect(from).toBeGreaterThanOrEqual(0)
      expect(to).toBeLessThanOrEqual(1440)
      expect(from).toBeLessThan(to)
      expect(minutes).toBeGreaterThan(0)
    }))
  })
})

describe('the first time of a wish', () => {
  test('starts when others have gone', () => {
    const [hit] = hitsOf([candidate('gym', {}, [taken('2026-11-24T17:00', '2026-11-24T18:30')])], evening, now, limits)
    expect(hit?.first).toEqual({ start: at('2026-11-24T18:30'), end: at('2026-11-24T19:30') })
  })
  test('is as long as the space takes, and never where the wish is too long for it', () => {
    const [short, step, long] = hitsOf(
      [candidate('short', { minMinutes: 120 }), candidate('step', { stepMinutes: 60, minMinutes: 60 }), candidate('long', { maxMinutes: 60 })],
      { ...evening, minutes: 90 }, now, limits,
    )
    expect([short?.minutes, step?.minutes, long?.minutes]).toEqual([120, 120, null])
    expect(long?.first).toBeNull()
  })
  test('machines get exactly the length they asked for', () => {
    const hits = hitsOf([candidate('hour'), candidate('two', { minMinutes: 120 })], evening, now, limits)
    expect(fitsExactly(hits, 60).map(({ listed }) => listed.space.id)).toEqual(['hour'])
  })
  test('agrees with the one answer: what the search offers is not refused', () => {
    fc.assert(fc.property(
      fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 8 }), fc.constantFrom(15, 30, 60),
      (busyFrom, busyFor, wished, step) => {
        const busy = taken('2026-11-24T17:00', '2026-11-24T18:00')
        const one = candidate('gym', { stepMinutes: step, bufferAfter: 30 }, [
          { ...busy, start: busy.start + busyFrom * 1_800_000, end: busy.start + (busyFrom + busyFor) * 1_800_000 },
        ])
        const [hit] = hitsOf([one], { ...evening, minutes: wished * 30 }, now, limits)
        if (!hit?.first) return
        const { refusals } = answer({ ...one, now, limits, wish: { ...hit.first, people: 1, approval: 'automatic' } })
        expect(refusals).toEqual([])
      },
    ))
  })
  test('lengths stay on the step and between the shortest and the longest', () => {
    const gym = { minMinutes: 60, maxMinutes: 180, stepMinutes: 30 }
    expect([15, 60, 61, 180, 181].map((minutes) => lengthFor(gym, minutes))).toEqual([60, 60, 90, 180, null])
  })
  test('a space that is full that evening says when it is free next, within two weeks', () => {
    const one = candidate('gym')
    const full = (date: string) => taken(`${date}T16:00`, `${date}T22:00`)
    const busy = ['2026-11-25', '2026-11-26'].map(full)
    expect(nextFitting(one, busy, evening, now, limits)).toEqual({ start: at('2026-11-27T17:00'), end: at('2026-11-27T18:00') })
    const shut = { ...one, schedule: { ...one.schedule, openings: [opening({ validFrom: '2026-12-09' })] } }
    expect(nextFitting(shut, [], evening, now, limits)).toBeNull()
  })
})

describe('the order of results', () => {
  test('those that fit first come first, equals in the order of the list, the rest after them', () => {
    const hits = hitsOf([
      candidate('full', {}, [taken('2026-11-24T16:00', '2026-11-24T22:00')]),
      candidate('later', {}, [taken('2026-11-24T16:00', '2026-11-24T18:00')]),
      candidate('b-now'), candidate('a-now'),
    ], evening, now, limits)
    expect(ids(groupsOf(hits))).toEqual(['b-now', 'a-now', 'later', 'full'])
    expect(soonestFirst(fitsExactly(hits, 60)).map(({ listed }) => listed.space.id)).toEqual(['b-now', 'a-now', 'later'])
  })
  test('halves stand under their whole, and bring it up when one of them is free earlier', () => {
    const busy = [taken('2026-11-24T16:00', '2026-11-24T20:00')]
    const hits = hitsOf([
      candidate('other', {}, [taken('2026-11-24T16:00', '2026-11-24T18:00')]),
      candidate('hall', { partIds: ['a', 'b'] }, busy), candidate('a', { wholeId: 'hall' }), candidate('b', { wholeId: 'hall' }, busy),
    ], evening, now, limits)
    const groups = groupsOf(hits)
    expect(ids(groups)).toEqual(['hall', 'other'])
    expect(groups[0]?.halves.map(({ listed }) => listed.space.id)).toEqual(['a', 'b'])
    expect(groups[0]?.first).toBe(at('2026-11-24T17:00'))
  })
  test('a half whose whole does not match stands alone', () => {
    expect(ids(groupsOf(hitsOf([candidate('a', { wholeId: 'hall' })], evening, now, limits)))).toEqual(['a'])
  })
})

test('the bar shows the hours around the wish: open, taken, and where it fits', () => {
  const one = candidate('gym', {}, [taken('2026-11-24T18:00', '2026-11-24T19:30')])
  const { bar, fits } = dayBar(one, evening, 90, now, limits)
  expect(bar).toEqual({
    from: 960, to: 1320, open: [{ start: 960, end: 1320 }], taken: [{ start: 1080, end: 1170 }], fits: [{ start: 1170, end: 1260 }],
  })
  expect(fits).toEqual([{ start: at('2026-11-24T19:30'), end: at('2026-11-24T21:00') }])
})

describe('the link into the form', () => {
  const slot = (start: string, end: string) => ({ start: at(start), end: at(end) })
  test('carries the time and who asks', () => {
    const who = { applicant: 'company', purpose: 'commercial', openToAll: true } as const
    expect(formLink('gym', slot('2026-11-24T18:00', '2026-11-24T19:30'), { who, people: 20 }))
      .toBe('/bookings/new?space=gym&date=2026-11-24&from=18%3A00&to=19%3A30&people=20&applicant=company&purpose=commercial&openToAll=1')
  })
  test('a time that ends at midnight ends at 24:00 of its date', () => {
    expect(formLink('gym', slot('2026-11-24T22:00', '2026-11-25T00:00'), { who: null }))
      .toBe('/bookings/new?space=gym&date=2026-11-24&from=22%3A00&to=24%3A00')
  })
})
